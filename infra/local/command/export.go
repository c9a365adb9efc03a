package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// runExport writes a workbook from what is stored.
func runExport(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("export", pflag.ContinueOnError)
	var opts common
	var in language
	var of exported
	flags.StringVar(&of.term, "term", "", "the term (default: today's)")
	flags.StringVar(&of.call, "call", "", "the call (default: the latest)")
	format := flags.String("format", "xlsx", "xlsx")
	output := flags.StringP("output", "o", "", "the workbook to write")
	in.declare(flags)
	opts.declare(flags)
	names, err := parse(s, flags, args, locale.Same(workbookNames()))
	if err != nil {
		return NotDone, err
	}
	if of.lang, err = in.lang(); err != nil {
		return NotDone, err
	}
	of.name = names[0]
	switch {
	case !slices.Contains(request.Kinds(), request.Kind(of.name)):
		return NotDone, usage(locale.Text{
			EN: "there is no workbook %q: %s", FR: "il n'y a pas de classeur %q : %s", ES: "no existe el libro %q: %s",
		}, of.name, workbookNames())
	case *format != "xlsx":
		return NotDone, notOneOf("format", *format, "xlsx")
	case *output == "":
		return NotDone, missing("export", needOutput)
	}
	if err := opts.mayWrite(*output); err != nil {
		return NotDone, err
	}
	a, err := opts.open(ctx, s, of.lang)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	of.past = opts.at != ""
	return Done, of.write(ctx, s, a, *output)
}

// workbookNames is what can be written, as a person is told it.
func workbookNames() string {
	var names []string
	for _, kind := range request.Kinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names, "|")
}

// exported says which workbook is to be written.
type exported struct {
	name, term, call string
	lang             locale.Lang
	past             bool // as of the clock's moment, and not what is on record now
}

func (e exported) write(ctx context.Context, s *streams, a *app.App, file string) error {
	return writeFile(file, func(f *os.File) error {
		in := exports.Input{
			Records: a.Records, Programme: a.Programme, Reference: a.Reference,
			Lang: e.lang, Term: e.term, Call: e.call, At: a.Clock(),
		}
		var past *records.Past
		if e.past {
			past = a.Records.AsOf(in.At).OrNow()
			in.Records = past
		}
		err := exports.Write(ctx, f, request.Kind(e.name), in)
		if err == nil && past != nil && past.Blank() {
			fmt.Fprint(s.err, textBeforeAll.In(e.lang))
		}
		return readable(err)
	})
}

// readable words why records could not be read.
func readable(err error) error {
	var busy *records.BusyError
	switch {
	case errors.As(err, &busy): // an earlier import could not be finished: half of it is never shown
		return problem.New("RECORD_BUSY").With("import", busy.Import)
	case errors.Is(err, records.ErrNotKept):
		return problem.New("PAST_NOT_KEPT")
	}
	return err
}

var textBeforeAll = locale.Text{
	EN: "nothing was on record at that moment: what is on record now is shown, as it holds on that day\n",
	FR: "rien n'était enregistré à ce moment-là : ce qui l'est maintenant est montré, tel qu'il vaut ce jour-là\n",
	ES: "nada constaba en ese momento: se muestra lo que consta ahora, tal como vale ese día\n",
}
