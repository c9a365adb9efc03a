package command

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// deadLettersVerbs are what can be done with dead letters.
var deadLettersVerbs = []string{"list", "again", "discard"}

// printedLetter is a dead letter in JSON.
type printedLetter struct {
	ID        string           `json:"id"`
	Queue     string           `json:"queue"`
	Work      deadletters.Work `json:"work"` // "" of a task that can't be read
	Import    string           `json:"import,omitempty"`
	Export    string           `json:"export,omitempty"`
	Summary   string           `json:"summary,omitempty"`
	Code      problem.Code     `json:"code"`
	Message   string           `json:"message"`
	Cause     problem.Code     `json:"cause,omitempty"`
	Reference string           `json:"reference,omitempty"`
	Attempts  int              `json:"attempts,omitempty"`
	Sent      time.Time        `json:"sent,omitzero"`
	Since     time.Time        `json:"since"`
}

// runDeadLetters shows the tasks that could not be done, sends one again or discards one.
func runDeadLetters(ctx context.Context, s *streams, args []string) (int, error) {
	verb := deadLettersVerbs[0]
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		verb, args = args[0], args[1:]
	}
	if !slices.Contains(deadLettersVerbs, verb) {
		return NotDone, unknownVerb("dead-letters", verb, strings.Join(deadLettersVerbs, "|"))
	}
	var c common
	var l language
	var format string
	flags := pflag.NewFlagSet("dead-letters", pflag.ContinueOnError)
	flags.Usage = func() { deadLettersHelp(s.out, flags) }
	flags.StringVar(&format, "format", "text", "text or json")
	l.declare(flags)
	c.declare(flags)
	var needs []locale.Text
	if verb != "list" {
		needs = append(needs, needDeadLetter)
	}
	names, err := parse(s, flags, args, needs...)
	if err != nil {
		return NotDone, err
	}
	lang, err := l.lang()
	if err != nil {
		return NotDone, err
	}
	if format != "text" && format != "json" {
		return NotDone, notOneOf("format", format, "text, json")
	}
	a, err := c.openThere(ctx, s, lang)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	on, _, err := a.Door(ctx)
	if err != nil {
		return NotDone, err
	}
	o := a.Parts.Office(on, services.Work{DeadLetters: a.DeadLetters()}, slog.New(slog.DiscardHandler))
	// Whoever holds the folder could write into it whatever there is to be written.
	ctx = audit.WithCall(ctx, "", audit.Command)
	ctx = access.WithActor(ctx, access.Actor{Person: c.person, Role: access.Secretariat, Lang: lang})
	letters, err := deadLetters(ctx, o, verb, names)
	if err != nil {
		return NotDone, err
	}
	if err := outputFailed(printDeadLetters(s.out, lang, format, verb, letters)); err != nil {
		return NotDone, err
	}
	if verb == "list" && len(letters) > 0 {
		return DoneWithOpen, nil
	}
	return Done, nil
}

func deadLettersHelp(w io.Writer, flags *pflag.FlagSet) {
	fmt.Fprint(w, "guildhall dead-letters [list|again LETTER|discard LETTER] [options]\n",
		"Tasks of the product that could not be done. What is sent again is done by guildhall serve.\n",
		"exit status: 0 there are none, or it is done; 1 there are some; 2 could not be done\n")
	flags.PrintDefaults()
}

// deadLetters does what is asked for, and gives the letters that it is about.
func deadLetters(ctx context.Context, o *office.Office, verb string, names []string) ([]deadletters.Letter, error) {
	if verb == "list" {
		var all []deadletters.Letter
		for after := table.Cursor(""); ; {
			page, next, err := o.DeadLetters(ctx, "", after, 100)
			if all = append(all, page...); err != nil || next == "" {
				return all, err
			}
			after = next
		}
	}
	do := o.SendTaskAgain
	if verb == "discard" {
		do = o.DiscardTask
	}
	letter, err := do(ctx, names[0])
	return []deadletters.Letter{letter}, err
}

func printDeadLetters(out io.Writer, lang locale.Lang, format, verb string, letters []deadletters.Letter) error {
	if format == "json" {
		printed := []printedLetter{}
		for _, l := range letters {
			printed = append(printed, printedLetter{
				l.ID, l.Line, l.Work, l.Import, l.Export, l.Summary, l.Code, l.Problem().Message(lang), l.Cause, l.Reference, l.Attempts, l.Sent, l.Since,
			})
		}
		return encode(out, map[string]any{"letters": printed})
	}
	_, err := io.WriteString(out, toldDeadLetters(lang, verb, letters))
	return err
}

func toldDeadLetters(lang locale.Lang, verb string, letters []deadletters.Letter) string {
	switch {
	case verb == "again":
		return fmt.Sprintf(textTaskSent.In(lang), letters[0].ID)
	case verb == "discard":
		return fmt.Sprintf(textTaskDiscarded.In(lang), letters[0].ID)
	case len(letters) == 0:
		return textNoDeadLetters.In(lang)
	}
	rows := [][]string{{headLetter.In(lang), headTask.In(lang), headSubject.In(lang), headAttempts.In(lang), headSince.In(lang), headReason.In(lang)}}
	for _, l := range letters {
		about, work, tries := l.Import+l.Export+l.Summary, string(l.Work), "-"
		if about == "" {
			about = "-"
		}
		if work == "" {
			work = "-"
		}
		if l.Attempts > 0 {
			tries = strconv.Itoa(l.Attempts)
		}
		rows = append(rows, []string{l.ID, work, about, tries, l.Since.UTC().Format("2006-01-02 15:04"), string(l.Code) + " " + l.Problem().Message(lang)})
	}
	return columns(rows)
}

var (
	needDeadLetter = locale.Text{EN: "LETTER", FR: "TÂCHE", ES: "TAREA"}
	headLetter     = locale.Text{EN: "letter", FR: "tâche", ES: "tarea"}
	headTask       = locale.Text{EN: "task", FR: "travail", ES: "trabajo"}

	textNoDeadLetters = locale.Text{EN: "No task has failed.\n", FR: "Aucune tâche n'a échoué.\n", ES: "No ha fallado ninguna tarea.\n"}
	textTaskSent      = locale.Text{
		EN: "%s is in its queue again; guildhall serve does it.\n", FR: "%s est de nouveau dans sa file ; guildhall serve l'exécute.\n",
		ES: "%s está de nuevo en su cola; guildhall serve la hace.\n",
	}
	textTaskDiscarded = locale.Text{EN: "%s is discarded.\n", FR: "%s est écartée.\n", ES: "%s está descartada.\n"}
)
