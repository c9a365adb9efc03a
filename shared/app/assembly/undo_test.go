package assembly_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// imported takes a sample through the stack until it is stored.
func (s *stack) imported(t *testing.T, name string) (id string) {
	t.Helper()
	id = s.upload(object{"name": name, "term": term}, sample(t, name))
	s.settle()
	s.commit(id, "valid")
	s.settle()
	if state := s.find(id)["state"]; state != "committed" {
		t.Fatalf("%s is %v", name, s.find(id))
	}
	return id
}

func TestWhatRestsOnAnImportKeepsItFromBeingUndoneUntilThatIsUndoneToo(t *testing.T) {
	s := newStack(t, memory.New(table.Config{}))
	members, survey := s.imported(t, "members.en.xlsx"), s.imported(t, "survey.en.xlsx")
	undo := func(id string) object {
		s.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/undo", nil)
		s.ask(http.StatusConflict, "GET", "/api/imports/"+id+"/undo", nil)
		s.settle()
		return s.ask(http.StatusOK, "GET", "/api/imports/"+id+"/undo", nil)
	}
	refused := undo(members)
	needed := refused["problems"].([]any)
	if refused["undone"] != false || len(needed) == 0 || needed[0].(object)["code"] != "UNDO_KEPT_NEEDED" {
		t.Errorf("%.500v", refused)
	}
	state := s.find(members)
	if p, _ := state["undo"].(object)["problem"].(object); state["state"] != "committed" || p["code"] != "UNDO_REFUSED" {
		t.Errorf("%v", state)
	}
	for _, id := range []string{survey, members} {
		if done := undo(id); done["undone"] != true || done["undoneBy"] != "anna" || done["rows"].(object)["kept"] != 0.0 {
			t.Errorf("%.500v", done)
		}
	}
	var history []string
	for _, step := range s.ask(http.StatusOK, "GET", "/api/imports/"+members+"/history", nil)["items"].([]any) {
		history = append(history, step.(object)["state"].(string))
	}
	want := "awaiting checking checked committing committed undoing committed undoing undone"
	if got := strings.Join(history, " "); got != want {
		t.Errorf("its history is %s", got)
	}
}

// The function is ended after each of its writes in turn, and its message is lost: the hourly look finds what it left.
func TestAnUndoThatIsStoppedAtAnyWriteIsFinishedByTheHourlyLook(t *testing.T) {
	for n := 1; n <= 6; n++ {
		sound := memory.New(table.Config{})
		s := newStack(t, sound)
		s.role = access.Treasurer
		id := s.upload(object{"name": "gifts.csv", "kind": "contributions"}, []byte(gifts("100.50")))
		s.settle()
		s.commit(id, "all")
		s.settle()
		s.role = access.Treasurer
		s.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/undo", nil)
		s.start(faulty.New(sound, faulty.Plan{Fail: n, Effect: true, Halt: true}))
		s.drain()
		s.start(sound)
		s.elapsed.Add(int64(jobs.LeftFor))
		if err := s.queues["commit"].Send(t.Context(), task.Recover(), 0); err != nil {
			t.Fatal(err)
		}
		s.settle()
		if state := s.find(id)["state"]; state != "undone" || strings.Count(giftsStored(t, sound), " 2 <nil>") != 3 { // gone, under a version of their own
			t.Errorf("stopped after write %d it is %v; stored is %q", n, s.find(id), giftsStored(t, sound))
		}
	}
}

func TestATemplateComesThroughTheQueueAndIsThatOfTheCommand(t *testing.T) {
	s := newStack(t, memory.New(table.Config{}))
	s.role = access.City // that is one of no city may do nothing
	s.ask(http.StatusForbidden, "GET", "/api/templates/members?lang=es", nil)
	s.role = access.Auditor
	if first := s.ask(http.StatusAccepted, "GET", "/api/templates/members?lang=es", nil); first["download"] != nil {
		t.Errorf("made by itself: %v", first)
	}
	s.settle()
	got := s.get(s.ask(http.StatusOK, "GET", "/api/templates/members?lang=es", nil)["download"])
	var want bytes.Buffer
	if err := s.parts(s.table).Template(&want, template("members", locale.ES)); err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%d bytes, want %d, %v", len(got), want.Len(), err)
	}
	if printed := cells(t, got); !strings.Contains(printed, "Ciudad") {
		t.Errorf("it has %.300s", printed)
	}
}

func TestWhoHadAnImportCommittedIsWhoStoredItsRows(t *testing.T) {
	s := newStack(t, memory.New(table.Config{}))
	id := s.imported(t, "members.en.xlsx")
	imp, err := s.parts(s.table).Intake().Find(t.Context(), id)
	if err != nil || imp.Committer != "anna" || imp.State != intake.Committed {
		t.Fatalf("%+v, %v", imp, err)
	}
	err = records.New(s.table).Scan(t.Context(), "member", "", "", func(r records.Record) error {
		if r.Provenance.Person != "anna" || r.Provenance.Import != id {
			t.Errorf("%s is stored by %+v", r.Ref, r.Provenance)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// template is one of the day on which the stack began.
func template(kind string, lang locale.Lang) request.Template {
	return request.Template{Kind: kind, Lang: lang, Day: civil.Of(began, time.UTC)}
}
