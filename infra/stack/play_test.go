package stack

import (
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/play"
	"github.com/learning-cities/guildhall/infra/serving"
)

// Whatever people do, they are answered at the stage of the API, below its path and through its gateway, as they are by one process.
func TestThePlayIsTheSameAtTheStageAsInOneProcess(t *testing.T) {
	d := deploy(t, nil)
	d.invite(t)
	want := play.Play(t, play.Stage{Address: serving.Start(t, serving.Options{}).Address, Wait: func() { time.Sleep(5 * time.Millisecond) }})
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
	pagesSendFiles(t, d)
	d.nothingRefused(t)
}
