package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// checking are the options of check and import.
type checking struct {
	common
	language
	kind, sheet, call, term string
	answers                 []string
	format, annotate        string
}

func (c *checking) declare(flags *pflag.FlagSet) {
	flags.StringVar(&c.kind, "kind", "", "what kind of sheet it is (default: the one that fits best)")
	flags.StringVar(&c.sheet, "sheet", "", "the sheet's exact name (default: the one that fits best)")
	c.language.declare(flags)
	flags.StringVar(&c.call, "call", "", "the call (default: the latest)")
	flags.StringVar(&c.term, "term", "", "the term (default: today's)")
	flags.StringArrayVar(&c.answers, "answer", nil, "COLUMN=VALUE, the answer to a question, which an import remembers; repeatable")
	flags.StringVar(&c.format, "format", "text", "text or json")
	flags.StringVar(&c.annotate, "annotate", "", "write the workbook with its problems marked to this file")
	c.common.declare(flags)
}

// options turns what was typed into the services' options.
func (c *checking) options() (imports.Options, error) {
	if c.format != "text" && c.format != "json" {
		return imports.Options{}, notOneOf("format", c.format, "text, json")
	}
	answers := sheet.Answers{}
	for _, answer := range c.answers {
		column, value, ok := strings.Cut(answer, "=")
		if !ok || column == "" {
			return imports.Options{}, problem.New("ANSWER_INVALID").With("answer", answer)
		}
		answers[column] = value
	}
	return imports.Options{
		Kind: c.kind, Sheet: c.sheet, Call: c.call, Term: c.term, Answers: answers, Person: c.person,
	}, nil
}

// outcome is what check or import has to print. The result is nil for a check, and for an import that was not done: of that the
// refusal says why.
type outcome struct {
	report  *intake.Report
	result  *intake.Result
	refusal *problem.Problem
}

// runCheck says what is wrong in a sheet.
func runCheck(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("check", pflag.ContinueOnError)
	var opts checking
	opts.declare(flags)
	return withUpload(ctx, s, flags, &opts, args,
		func(a *app.App, up imports.Upload, o imports.Options) (outcome, error) {
			if err := opts.noted(ctx, trailOf(a), access.ImportCreate); err != nil {
				return outcome{}, err
			}
			report, err := a.Imports.Check(ctx, up, o)
			return outcome{report: report}, err
		})
}

// runImport checks a sheet and stores its rows.
func runImport(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("import", pflag.ContinueOnError)
	var opts checking
	mode := flags.String("mode", string(intake.All), "all (nothing when a row fails) or valid (the rows that don't)")
	plan := flags.String("plan", "", "execute exactly the plan with this hash")
	opts.declare(flags)
	return withUpload(ctx, s, flags, &opts, args,
		func(a *app.App, up imports.Upload, o imports.Options) (outcome, error) {
			if *mode != string(intake.All) && *mode != string(intake.Valid) {
				return outcome{}, notOneOf("mode", *mode, "all, valid")
			}
			if *plan == "" && flags.Changed("plan") { // as of a script whose check gave none
				return outcome{}, usage(locale.Text{EN: "--plan is empty", FR: "--plan est vide", ES: "--plan está vacío"})
			}
			if err := opts.noted(ctx, trailOf(a), access.ImportCommit); err != nil {
				return outcome{}, err
			}
			report, result, err := a.Imports.Import(ctx, up, o, intake.Mode(*mode), *plan)
			return outcome{report: report, result: result}, err
		})
}

// withUpload opens the store and the file, has work done with them, and prints what came of it.
func withUpload(
	ctx context.Context, s *streams, flags *pflag.FlagSet, opts *checking, args []string,
	work func(a *app.App, up imports.Upload, o imports.Options) (outcome, error),
) (int, error) {
	var name string
	var done outcome
	names, err := parse(s, flags, args, needFile)
	switch {
	case err == pflag.ErrHelp:
		return NotDone, err
	case err != nil:
		opts.format = optionAsked(args, "format") // JSON is printed on every exit
	default:
		name = names[0]
		done, err = opts.upload(ctx, s, name, work)
	}
	exit, err := done.status(err)
	if err != nil {
		refusal := s.problem(ctx, err)
		done, err = outcome{report: refused(name, done.report, refusal)}, refusal
	}
	if printErr := s.print(opts, done, s.lang); printErr != nil {
		return NotDone, printErr
	}
	return exit, err
}

// upload has work done with a file on the store, and writes the marked copy that was asked for.
func (c *checking) upload(
	ctx context.Context, s *streams, name string, work func(a *app.App, up imports.Upload, o imports.Options) (outcome, error),
) (outcome, error) {
	lang, err := c.lang()
	if err != nil {
		return outcome{}, err
	}
	o, err := c.options()
	if err != nil {
		return outcome{}, err
	}
	source, size, err := openFile(name)
	if err != nil {
		return outcome{}, err
	}
	defer source.Close()
	marked, err := c.createMarked(source)
	if err != nil {
		return outcome{}, err
	}
	if marked != nil {
		defer marked.discard()
	}
	a, err := c.open(ctx, s, lang)
	if err != nil {
		return outcome{}, err
	}
	defer a.Close()
	shown := newProgress(s.err, c.quiet)
	o.Progress = shown.rows
	done, err := work(a, imports.Upload{Name: filepath.Base(name), Source: source, Size: size}, o)
	shown.end()
	if done.report == nil || done.report.Refused() {
		return done, err
	}
	if marked != nil {
		if markErr := writeMarked(ctx, marked, a, done.report, lang); markErr != nil {
			return done, markErr
		}
	}
	return done, err
}

// refused is the report of a command that could not be done: the file as far as it is known, and the refusal.
func refused(name string, report *intake.Report, refusal *problem.Problem) *intake.Report {
	file := intake.File{Format: string(sheet.Unknown)}
	switch {
	case report != nil:
		file = report.File
	case name != "":
		file.Name = filepath.Base(name)
	}
	return &intake.Report{File: file, Problems: []problem.Problem{*refusal}}
}

// status is the exit status. Rows that kept an import from being done are an answer, not a failure.
func (o *outcome) status(err error) (int, error) {
	var p *problem.Problem
	switch {
	case errors.As(err, &p) && p.Code == "ROWS_REFUSED":
		o.refusal = p
		return DoneWithOpen, nil
	case err != nil:
		return NotDone, err
	case !o.report.Clean():
		return DoneWithOpen, nil
	default:
		return Done, nil
	}
}

// print writes the report to standard output: JSON on every exit, text when there is something to say.
func (s *streams) print(opts *checking, done outcome, lang locale.Lang) error {
	if opts.format == "json" {
		return outputFailed(done.report.WriteJSON(s.out, lang))
	}
	if done.report.Refused() {
		return nil // the refusal is the last line on standard error
	}
	if err := done.report.WriteText(s.out, lang); err != nil {
		return outputFailed(err)
	}
	return outputFailed(done.printEnd(s.out, lang))
}

// createMarked begins the marked copy, if one was asked for: that there is no place for it is said before anything is stored. It
// never takes the place of the sender's own file.
func (c *checking) createMarked(source *os.File) (*output, error) {
	if c.annotate == "" {
		return nil, nil
	}
	if err := c.mayWrite(c.annotate); err != nil {
		return nil, err
	}
	sent, err := source.Stat()
	if err != nil {
		return nil, err
	}
	if there, err := os.Stat(c.annotate); err == nil && os.SameFile(sent, there) {
		return nil, usage(locale.Text{
			EN: "--annotate names the sheet itself", FR: "--annotate désigne le fichier reçu lui-même",
			ES: "--annotate designa el propio archivo recibido",
		})
	}
	return createOutput(c.annotate)
}

// writeMarked writes the sender's workbook with its problems marked.
func writeMarked(ctx context.Context, marked *output, a *app.App, report *intake.Report, lang locale.Lang) error {
	if _, err := a.Imports.Annotated(ctx, report, marked.file, lang); err != nil {
		return err
	}
	return marked.keep()
}
