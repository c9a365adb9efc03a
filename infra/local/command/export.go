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
	"github.com/learning-cities/guildhall/shared/civil"
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
	flags.StringVar(&of.donor, "donor", "", "the donor of a statement: its name or identifier, a country or a city")
	from := flags.String("from", "", "a statement's first day, where it is not of a term")
	to := flags.String("to", "", "a statement's last day")
	format := flags.String("format", "xlsx", "xlsx; of a donor's statement also pdf and csv, of the fund also iati")
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
	of.name, of.format = names[0], request.Format(*format)
	switch {
	case !slices.Contains(exportable(), request.Kind(of.name)):
		return NotDone, usage(locale.Text{
			EN: "there is no workbook %q: %s", FR: "il n'y a pas de classeur %q : %s", ES: "no existe el libro %q: %s",
		}, of.name, workbookNames())
	case !slices.Contains(request.Kind(of.name).Formats(), request.Format(*format)):
		return NotDone, notOneOf("format", *format, formatNames(request.Kind(of.name)))
	case *output == "":
		return NotDone, missing("export", needOutput)
	}
	if err := of.ofDonor(*from, *to); err != nil {
		return NotDone, err
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

// exportable are the workbooks of what is on record; that of the audit trail is made by audit export.
func exportable() []request.Kind {
	return slices.DeleteFunc(request.All(), func(k request.Kind) bool { return k == request.Audit })
}

// workbookNames is what can be written, as a person is told it.
func workbookNames() string {
	var names []string
	for _, kind := range exportable() {
		names = append(names, string(kind))
	}
	return strings.Join(names, "|")
}

// formatNames is in what a workbook can be written, as a person is told it.
func formatNames(kind request.Kind) string {
	var names []string
	for _, format := range kind.Formats() {
		names = append(names, string(format))
	}
	return strings.Join(names, ", ")
}

// exported says which workbook is to be written.
type exported struct {
	name, term, call string
	format           request.Format
	donor            string     // of a statement
	from, to         civil.Date // of a statement that is not of a term
	lang             locale.Lang
	past             bool // as of the clock's moment, and not what is on record now
}

// ofDonor checks that a statement has its donor, and at most one period, and that no other workbook has. USAGE.
func (e *exported) ofDonor(from, to string) error {
	statement := e.name == string(request.Donor)
	switch {
	case statement && e.donor == "":
		return missing("export donor", needDonor)
	case !statement && (e.donor != "" || from != "" || to != ""):
		return usage(locale.Text{
			EN: "--donor, --from and --to are for the workbook donor", FR: "--donor, --from et --to sont pour le classeur donor",
			ES: "--donor, --from y --to son para el libro donor",
		})
	case from == "" && to == "":
		return nil
	case from == "" || to == "" || e.term != "":
		return usage(locale.Text{
			EN: "a statement is of a --term, or of the days --from and --to", FR: "un relevé est d'un mandat, --term, ou des jours --from à --to",
			ES: "un estado de cuenta es de un periodo, --term, o de los días --from y --to",
		})
	}
	for _, one := range []struct {
		typed string
		day   *civil.Date
	}{{from, &e.from}, {to, &e.to}} {
		var err error
		if *one.day, err = civil.Parse(one.typed); err != nil {
			return usage(locale.Text{
				EN: "%q is not a day such as 2025-07-15", FR: "%q n'est pas un jour comme 2025-07-15", ES: "%q no es un día como 2025-07-15",
			}, one.typed)
		}
	}
	return nil
}

func (e exported) write(ctx context.Context, s *streams, a *app.App, file string) error {
	return writeFile(file, func(f *os.File) error {
		in := exports.Input{
			Records: a.Records, Programme: a.Programme, Reference: a.Reference,
			Lang: e.lang, Format: e.format, Term: e.term, Call: e.call, Donor: e.donor, From: e.from, To: e.to, At: a.Clock(), Trail: trailOf(a),
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
