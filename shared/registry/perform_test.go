package registry_test

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func request(id string) registry.Origin { return registry.Origin{Request: id, Person: "officer"} }

func TestARepetitionOfARequestIsGivenTheSameAnswerAndDoesNothing(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		begun, err := w.registry.Do(t.Context(), request("begin"), w.act(brest, application.Start))
		if err != nil {
			t.Fatal(err)
		}
		w.do(brest, "send endorse")
		before := w.items()
		again, err := w.registry.Do(t.Context(), request("begin"), w.act(brest, application.Start))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(again, begun) {
			t.Errorf("got  %+v\nwant %+v", again, begun)
		}
		equal(t, again.State, application.Draft)
		equal(t, w.items(), before)
		equal(t, w.state(brest), application.Endorsed)
	})
}

func TestARequestsIdentifierStandsForOneRequestOfOnePerson(t *testing.T) {
	w := newWorld(t)
	if _, err := w.registry.Do(t.Context(), request("one"), w.act(brest, application.Start)); err != nil {
		t.Fatal(err)
	}
	other := w.act(brest, application.Start)
	other.Form.Motivation = "Autre chose."
	for name, try := range map[string]func() error{
		"another act": func() error {
			_, err := w.registry.Do(t.Context(), request("one"), w.act(brest, application.Send))
			return err
		},
		"another form": func() error {
			_, err := w.registry.Do(t.Context(), request("one"), other)
			return err
		},
		"another person": func() error {
			_, err := w.registry.Do(t.Context(), registry.Origin{Request: "one", Person: "another"}, w.act(brest, application.Start))
			return err
		},
	} {
		if p := problemOf(try()); p == nil || p.Code != "IDEMPOTENCY_KEY_REUSED" {
			t.Errorf("%s: %v", name, p)
		}
	}
}

func TestARefusedRequestIsJudgedAnew(t *testing.T) {
	w := newWorld(t)
	if _, err := w.registry.Do(t.Context(), request("one"), w.act(brest, application.Send)); problemOf(err) == nil {
		t.Fatal("an application that was not begun was sent")
	}
	w.do(brest, "start")
	sent, err := w.registry.Do(t.Context(), request("one"), w.act(brest, application.Send))
	if err != nil || sent.State != application.Sent {
		t.Errorf("%q, %v", sent.State, err)
	}
}

func TestWhileAnImportHoldsTheLockAnActIsToldWhichAndChangesNothing(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		w.do(brest, "start send endorse")
		for typ := range map[string]bool{application.RecordType: true, application.EndorsementType: true, "member": true} {
			if err := w.reader.Acquire(t.Context(), []string{typ}, "import-7", "plan"); err != nil {
				t.Fatal(err)
			}
			if p := w.refused(brest, application.Submit, "RECORD_BUSY"); p.Params["import"].EN != "import-7" {
				t.Errorf("%s: told %v", typ, p.Params)
			}
			if err := w.reader.ReleaseWith(t.Context(), []string{typ}, "import-7"); err != nil {
				t.Fatal(err)
			}
		}
		w.do(brest, "submit")
	})
}

// story is a whole life of an application, each request with an identifier of its own.
var story = []application.Action{"start", "edit", "send", "return", "edit", "send", "endorse", "submit", "recall", "submit", "defer", "accept"}

// Every write of the story fails once before it takes effect, and once behind it, so that only its answer is lost. The whole
// request is repeated besides, as a client does that hears nothing.
func TestAnAnswerThatIsLostLeavesAnActDoneOnce(t *testing.T) {
	for _, effect := range []bool{false, true} {
		for fail := 1; fail <= len(story); fail++ {
			over := faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: fail, Effect: effect})
			w := worldOver(t, over)
			for n, action := range story {
				for range 2 {
					if _, err := w.registry.Do(t.Context(), request(fmt.Sprint(n)), w.act(brest, action)); err != nil {
						t.Fatalf("write %d, effect %v: %s: %v", fail, effect, action, err)
					}
				}
			}
			events := w.round().Case(brest.ID).History
			if len(events) != len(story) || over.Writes() < len(story) || len(w.slots("FR")) != 1 {
				t.Errorf("write %d, effect %v: %d events, slots %v", fail, effect, len(events), w.slots("FR"))
			}
		}
	}
}

func TestTheSameRequestSentManyTimesAtOnceIsDoneOnce(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		act := w.act(brest, application.Start)
		var group sync.WaitGroup
		errs := make([]error, 20)
		for n := range errs {
			group.Go(func() { _, errs[n] = w.registry.Do(t.Context(), request("one"), act) })
		}
		group.Wait()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		equal(t, len(w.round().Case(brest.ID).History), 1)
	})
}
