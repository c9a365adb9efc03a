package play_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/infra/play"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/identity"
)

// serve serves a product without records on this machine, below a path that ends in a slash, and gives its address.
func serve(t *testing.T, below string) string {
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
	address := server.Root(listener) + below
	on, _, err := a.Door(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	says, err := builtin.Open(t.Context(), address, on, clock)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(t.Context(), server.Config{
		App: a, Listener: listener, Address: address, Issuer: says.URL(), Client: builtin.Client, BoundTo: builtin.Name,
		IDs: identity.NewIDs(clock, nil), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, tell := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		tell()
		for _, err := range []error{<-ended, says.Close(ctx), a.Close()} {
			if err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	return address
}

func TestThePlayIsTheSameEachTimeAtTheRootAndBelowAPath(t *testing.T) {
	wait := func() { time.Sleep(5 * time.Millisecond) }
	first := play.Play(t, play.Stage{Address: serve(t, ""), Wait: wait})
	if len(first) < 60 {
		t.Errorf("%d lines", len(first))
	}
	again := play.Play(t, play.Stage{Address: serve(t, "Prod/"), Wait: wait})
	if len(again) != len(first) {
		t.Fatalf("%d lines, and there were %d", len(again), len(first))
	}
	for i, line := range again {
		if line != first[i] {
			t.Errorf("line %d is\n%+v, and was\n%+v", i, line, first[i])
		}
	}
}
