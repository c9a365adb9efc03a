package command

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/locale"
)

// named is a verb: a subcommand of a subcommand.
type named interface{ called() string }

// verbNames are what a subcommand can do, as a person is told it: a|b|c.
func verbNames[V named](verbs []V) string {
	names := make([]string, len(verbs))
	for i, verb := range verbs {
		names[i] = verb.called()
	}
	return strings.Join(names, "|")
}

// asksForHelp reports whether a command line begins with a question for help.
func asksForHelp(args []string) bool {
	return len(args) > 0 && slices.Contains([]string{"help", "--help", "-h"}, args[0])
}

// chosen is the verb of a subcommand with which a command line begins. USAGE; pflag.ErrHelp where help was asked for, which then was given.
func chosen[V named](s *streams, subcommand string, verbs []V, args []string) (V, error) {
	var none V
	if len(args) == 0 {
		return none, missing(subcommand, locale.Same(verbNames(verbs)))
	}
	if asksForHelp(args) {
		fmt.Fprintf(s.out, "guildhall %s %s …\n", subcommand, verbNames(verbs))
		return none, pflag.ErrHelp
	}
	i := slices.IndexFunc(verbs, func(v V) bool { return v.called() == args[0] })
	if i < 0 {
		return none, unknownVerb(subcommand, args[0], verbNames(verbs))
	}
	return verbs[i], nil
}

// unknownVerb is the refusal of what a subcommand can't do.
func unknownVerb(subcommand, typed, names string) error {
	return usage(locale.Text{
		EN: "%s can't %q: %s", FR: "%s ne sait pas faire %q : %s", ES: "%s no sabe hacer %q: %s",
	}, subcommand, typed, names)
}

// printTold prints what a verb has to say, as text or as an object of JSON.
func printTold(out io.Writer, format, text string, object any) error {
	if format == "json" {
		return encode(out, object)
	}
	_, err := io.WriteString(out, text)
	return err
}

// encode writes JSON for programs, in which < and & stand as they are.
func encode(out io.Writer, object any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(object)
}
