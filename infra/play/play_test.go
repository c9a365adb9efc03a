package play_test

import (
	"net"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/play"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/app/server"
)

func TestThePlayIsTheSameEachTimeAtTheRootAndBelowAPath(t *testing.T) {
	wait := func() { time.Sleep(5 * time.Millisecond) }
	first := play.Play(t, play.Stage{Address: serving.Start(t, serving.Options{}).Address, Wait: wait})
	if len(first) < 60 {
		t.Errorf("%d lines", len(first))
	}
	below := serving.Options{Address: func(l net.Listener) string { return server.Root(l) + "Prod/" }}
	again := play.Play(t, play.Stage{Address: serving.Start(t, below).Address, Wait: wait})
	if len(again) != len(first) {
		t.Fatalf("%d lines, and there were %d", len(again), len(first))
	}
	for i, line := range again {
		if line != first[i] {
			t.Errorf("line %d is\n%+v, and was\n%+v", i, line, first[i])
		}
	}
}
