package registry_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/table"
)

func TestOfManyWhoChangeTheVersionThatTheyReadOneDoes(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		seen := w.do(brest, "start").Version()
		var group sync.WaitGroup
		var done, late atomic.Int32
		for n := range 6 {
			group.Go(func() {
				edit := w.act(brest, application.Edit)
				edit.Form, edit.Seen = form(), seen
				edit.Form.Plans = string(rune('a' + n))
				_, err := w.registry.Do(t.Context(), officer, edit)
				if p := problemOf(err); p != nil && p.Code == "RECORD_CHANGED" {
					late.Add(1)
				} else if err == nil {
					done.Add(1)
				} else {
					t.Error(err)
				}
			})
		}
		group.Wait()
		equal(t, done.Load(), 1)
		equal(t, late.Load(), 5)
		equal(t, len(w.round().Case(brest.ID).History), 2)
	})
}

// Everybody who looks at a call's applications reads all that was ever answered in them.
func TestAnApplicationThatIsChangedWithoutEndKeepsNoMoreAnswers(t *testing.T) {
	w := newWorld(t)
	w.do(brest, "start")
	change := func() error {
		edit := w.act(brest, application.Edit)
		edit.Form = form()
		edit.Form.Plans = strings.Repeat("Un comité. ", 9000)
		_, err := w.registry.Do(t.Context(), officer, edit)
		return err
	}
	kept := 0
	var err error
	for err = change(); err == nil && kept < 100; err = change() {
		kept++
	}
	if p := problemOf(err); p == nil || p.Code != "APPLICATION_CHANGES_MANY" || kept < 10 {
		t.Errorf("after %d changes: %v", kept, err)
	}
	w.do(brest, "withdraw") // as everything else that can be done
}

func TestTheVersionOfAnApplicationChangesWithWhatSheetsDoToIt(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	version := func() int64 {
		c, err := w.registry.Application(t.Context(), w.call.ID, brest.ID)
		if err != nil {
			t.Fatal(err)
		}
		return c.Version()
	}
	w.do(brest, "start")
	versions := map[int64]bool{version(): true}
	for _, sheet := range []struct{ kind, text string }{
		{"applications", applicationSheet("2025-05-19", brest)},
		{"endorsements", endorsementSheet("2025-05-20", brest)},
		{"decisions", decisionSheet("deferred", "2025-05-20", brest)},
	} {
		before := version()
		w.send(service, sheet.kind, sheet.text)
		accept := w.act(brest, application.Accept)
		accept.Seen = before
		if _, err := w.registry.Do(t.Context(), officer, accept); problemOf(err) == nil || problemOf(err).Code != "RECORD_CHANGED" {
			t.Errorf("after the sheet of %s, by the version before it: %v", sheet.kind, err)
		}
		versions[version()] = true
		w.send(service, sheet.kind, sheet.text) // which changes nothing
		versions[version()] = true
	}
	equal(t, len(versions), 4)
}

// The answer to an act and what is read after it are of one version, also where the act entered first what a sheet had told.
func TestWhatAnActAnswersIsWhatIsReadAfterIt(t *testing.T) {
	w := newWorld(t)
	w.do(brest, "start")
	w.send(w.imports(), "applications", applicationSheet("2025-05-19", brest))
	answered := w.do(brest, "endorse")
	read, err := w.registry.Application(t.Context(), w.call.ID, brest.ID)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, read.Version(), answered.Version())
	equal(t, read.State, application.Endorsed)
}

func TestWhatIsOnRecordOfACallIsGivenByCity(t *testing.T) {
	w := newWorld(t)
	cities := unlike(3, "FR")
	for _, c := range cities {
		w.do(c, "start send endorse submit defer")
	}
	endorsed, err := w.registry.Endorsements(t.Context(), w.call.ID, "FR#")
	if err != nil {
		t.Fatal(err)
	}
	decided, err := w.registry.Decisions(t.Context(), w.call.ID, cities[1].ID)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, len(endorsed), 3)
	equal(t, endorsed[0].Body.EndorsedBy, "A. Signataire")
	equal(t, len(decided), 1)
	equal(t, decided[0].City, cities[1].ID)
	equal(t, decided[0].Body.Decision, application.Deferred)
	_, err = w.registry.Endorsements(t.Context(), "1999", "")
	if p := problemOf(err); p == nil || p.Code != "CALL_UNKNOWN" {
		t.Errorf("no such call: %v", err)
	}
}
