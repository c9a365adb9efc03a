package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// undoing are the options of undo.
type undoing struct {
	common
	language
	mode, format string
}

func (u *undoing) declare(flags *pflag.FlagSet) {
	flags.StringVar(&u.mode, "mode", string(intake.All), "all (nothing while other records rest on a row) or valid (the other rows)")
	u.language.declare(flags)
	flags.StringVar(&u.format, "format", "text", "text or json")
	u.common.declare(flags)
}

// runUndo takes back what an import stored.
func runUndo(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("undo", pflag.ContinueOnError)
	var opts undoing
	opts.declare(flags)
	var id string
	var report *intake.UndoReport
	names, err := parse(s, flags, args, needImport)
	switch {
	case err == pflag.ErrHelp:
		return NotDone, err
	case err != nil:
		opts.format = optionAsked(args, "format") // JSON is printed on every exit
	default:
		id = names[0]
		report, err = opts.undo(ctx, s, id)
	}
	return s.tellUndo(ctx, &opts, id, report, s.lang, err)
}

func (u *undoing) undo(ctx context.Context, s *streams, id string) (*intake.UndoReport, error) {
	lang, err := u.lang()
	switch {
	case err != nil:
		return nil, err
	case u.format != "text" && u.format != "json":
		return nil, notOneOf("format", u.format, "text, json")
	case u.mode != string(intake.All) && u.mode != string(intake.Valid):
		return nil, notOneOf("mode", u.mode, "all, valid")
	}
	a, err := u.openThere(ctx, s, lang)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	return u.undoIn(ctx, s, a, id)
}

func (u *undoing) undoIn(ctx context.Context, s *streams, a *app.App, id string) (*intake.UndoReport, error) {
	if err := u.noted(ctx, trailOf(a), access.ImportUndo, id); err != nil {
		return nil, err
	}
	shown := newProgress(s.err, u.quiet)
	defer shown.end()
	return a.Imports.Undo(ctx, imports.UndoOrder{Import: id, Person: u.person, Mode: intake.Mode(u.mode), Progress: shown.rows})
}

// tellUndo prints the report and gives the exit status. Rows that kept an import from being undone are an answer, not a failure; JSON is
// printed on every exit.
func (s *streams) tellUndo(
	ctx context.Context, opts *undoing, id string, report *intake.UndoReport, lang locale.Lang, err error,
) (int, error) {
	var refusal *problem.Problem
	if err != nil {
		refusal = s.problem(ctx, err)
	}
	switch {
	case report == nil && opts.format == "json":
		none := &intake.UndoReport{Import: id, Problems: []problem.Problem{*refusal}}
		return NotDone, errors.Join(refusal, outputFailed(none.WriteJSON(s.out, lang)))
	case report == nil:
		return NotDone, refusal
	case opts.format == "json":
		if refusal != nil {
			report.Problems = append([]problem.Problem{*refusal}, report.Problems...)
		}
		err = report.WriteJSON(s.out, lang)
	default:
		if err = report.WriteText(s.out, lang); err == nil && refusal != nil {
			_, err = fmt.Fprint(s.out, "\n", refusal.Message(lang), "\n")
		}
	}
	switch {
	case err != nil:
		return NotDone, outputFailed(err)
	case len(report.Problems) > 0:
		return DoneWithOpen, nil
	default:
		return Done, nil
	}
}
