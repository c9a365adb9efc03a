package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"

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
	c.recovered(s, a, lang)
	return a, nil
}

// recovered says what became of imports that were interrupted before.
func (c *common) recovered(s *streams, a *app.App, lang locale.Lang) {
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
}

// openThere opens the embedded store where there is one: what rests on records says nothing of a folder without any, and a mistyped --data
// leaves none behind. STORE_MISSING.
func (c *common) openThere(ctx context.Context, s *streams, lang locale.Lang) (*app.App, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if table, _ := app.EmbeddedFiles(c.data); !isThere(table) {
		return nil, problem.New("STORE_MISSING").With("store", c.data)
	}
	return c.open(ctx, s, lang)
}

func isThere(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// logInternal keeps what an internal error says for those who run the command; people are shown its reference only.
func logInternal(out io.Writer, p *problem.Problem, err error) {
	slog.New(slog.NewTextHandler(out, nil)).Error("internal error", "reference", p.Params["reference"].EN, "error", err.Error())
}
