package command

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// open opens the embedded store, and says what became of imports that were interrupted before.
func (c *common) open(ctx context.Context, s *streams, lang locale.Lang) (*app.App, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	clock, err := c.clock()
	if err != nil {
		return nil, err
	}
	a, err := app.OpenEmbedded(ctx, c.data, app.Options{Clock: clock})
	if err != nil {
		return nil, err
	}
	for _, result := range a.Recovered {
		words := textRecovered
		if result.Undone {
			words = textTakenBack
		}
		fmt.Fprintf(s.err, words.In(lang), result.Import)
	}
	if a.Unfinished != nil {
		logInternal(s.err, problem.New("INTERNAL").With("reference", s.ids()), a.Unfinished)
	}
	return a, nil
}

// logInternal keeps what an internal error says for those who run the command; people are shown its reference only.
func logInternal(out io.Writer, p *problem.Problem, err error) {
	slog.New(slog.NewTextHandler(out, nil)).Error("internal error", "reference", p.Params["reference"].EN, "error", err.Error())
}
