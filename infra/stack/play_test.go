package stack

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/infra/play"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/identity"
)

// Whatever people do, they are answered at the stage of the API, below its path and through its gateway, as they are by one process.
func TestThePlayIsTheSameAtTheStageAsInOneProcess(t *testing.T) {
	d := deploy(t, nil)
	d.invite(t)
	want := play.Play(t, play.Stage{Address: embedded(t), Wait: func() { time.Sleep(5 * time.Millisecond) }})
	got := play.Play(t, play.Stage{
		Address: d.output(t, "ProductAddress"), Transport: d.transport(t), Wait: func() { time.Sleep(100 * time.Millisecond) },
	})
	if len(got) != len(want) || len(got) < 60 {
		t.Errorf("%d lines at the stage, %d in one process", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("line %d is at the stage\n%+v, and in one process\n%+v", i, got[i], want[i])
		}
	}
	d.nothingRefused(t)
}

// embedded serves a product without records from this process, and gives its address.
func embedded(t *testing.T) string {
	t.Helper()
	clock := identity.System()
	a, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := server.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	on, _, err := a.Door(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	says, err := builtin.Open(t.Context(), server.Root(listener), on, clock)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(t.Context(), server.Config{
		App: a, Listener: listener, Issuer: says.URL(), Client: builtin.Client, BoundTo: builtin.Name,
		IDs: identity.NewIDs(clock, nil), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		end()
		if err := errors.Join(<-ended, a.Close()); err != nil {
			t.Error(err)
		}
		_ = says.Close(ctx)
	})
	return server.Root(listener)
}
