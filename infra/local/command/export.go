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
	names, err := parse(s, flags, args, workbookNames())
	if err != nil {
		return NotDone, err
	}
	if of.lang, err = in.lang(); err != nil {
		return NotDone, err
	}
	of.name = names[0]
	switch {
	case !slices.Contains(request.Kinds(), request.Kind(of.name)):
		return NotDone, usage(fmt.Sprintf("there is no workbook %q: %s", of.name, workbookNames()))
	case *format != "xlsx":
		return NotDone, usage(fmt.Sprintf("--format %q: this workbook is written as xlsx", *format))
	case *output == "":
		return NotDone, usage("export needs -o and the name of the workbook to write")
	}
	a, err := opts.open(ctx, s, of.lang)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	return Done, of.write(ctx, a, *output)
}

// workbookNames is what can be written, as a person is told it.
func workbookNames() string {
	var names []string
	for _, kind := range request.Kinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// exported says which workbook is to be written.
type exported struct {
	name, term, call string
	lang             locale.Lang
}

func (e exported) write(ctx context.Context, a *app.App, file string) error {
	return writeFile(file, func(f *os.File) error {
		err := exports.Write(ctx, f, request.Kind(e.name), exports.Input{
			Records: a.Records, Programme: a.Programme, Reference: a.Reference,
			Lang: e.lang, Term: e.term, Call: e.call, At: a.Clock(),
		})
		var busy *records.BusyError
		if errors.As(err, &busy) { // an earlier import could not be finished: half of it is never shown
			return problem.New("RECORD_BUSY").With("import", busy.Import)
		}
		return err
	})
}
