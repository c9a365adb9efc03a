package command

import (
	"context"
	"io"
	"log/slog"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/problem"
)

// open opens the embedded store.
func (c *common) open(ctx context.Context) (*app.App, error) {
	clock, err := c.clock()
	if err != nil {
		return nil, err
	}
	return app.OpenEmbedded(ctx, c.data, app.Options{Clock: clock})
}

// logInternal keeps what an internal error says for those who run the command; people are shown its reference only.
func logInternal(out io.Writer, p *problem.Problem, err error) {
	slog.New(slog.NewTextHandler(out, nil)).Error("internal error", "reference", p.Params["reference"].EN, "error", err.Error())
}
