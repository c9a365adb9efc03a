package intake

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var at = time.Date(2025, 6, 1, 9, 30, 0, 0, time.UTC)

func newStore(t *testing.T) *Store {
	t.Helper()
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{
		Table: memory.NewStore().Table(table.Config{}), Blobs: blobs, Clock: identity.Fixed(at), IDs: identity.NewIDs(identity.Fixed(at), nil),
	})
}

// put stores an import as others leave it.
func put(t *testing.T, s *Store, imp *Import) {
	t.Helper()
	before, err := s.Find(t.Context(), imp.ID)
	if err != nil {
		before = nil
	}
	write, err := imp.Write(before)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.table.Write(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code problem.Code) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestAnImportIsAwaitedFromTheMomentItIsAskedFor(t *testing.T) {
	s := newStore(t)
	asked := Request{Name: "sheet \xff.xlsx", Bytes: 4096, Kind: "members", Lang: locale.FR, Call: "2025", Answers: map[string]string{"joined_on": "dmy"}, Person: "anna"}
	created, err := s.Create(t.Context(), asked)
	if err != nil {
		t.Fatal(err)
	}
	imp, err := s.Find(t.Context(), created.ID)
	if err != nil {
		t.Fatal(err)
	}
	asked.Name = "sheet \uFFFD.xlsx"
	got := imp.Request
	if got.Answers["joined_on"] != "dmy" || imp.State != Awaiting || imp.File != (File{Name: asked.Name, Bytes: 4096}) || imp.Person != "anna" || !imp.AskedAt.Equal(at) {
		t.Errorf("%+v", imp)
	}
	if got.Answers, asked.Answers = nil, nil; got.Name != asked.Name || got.Kind != asked.Kind || got.Lang != asked.Lang || got.Call != asked.Call {
		t.Errorf("%+v, asked for %+v", got, asked)
	}
	_, err = s.Report(t.Context(), imp.ID)
	wantCode(t, err, "IMPORT_NOT_CHECKED")
	_, err = s.Find(t.Context(), "none")
	wantCode(t, err, "IMPORT_UNKNOWN")
	_, err = s.Report(t.Context(), "none")
	wantCode(t, err, "IMPORT_UNKNOWN")
}

func TestOnlyAnImportThatRestsIsCheckedAgain(t *testing.T) {
	for state, code := range map[State]problem.Code{
		Awaiting: "IMPORT_NOT_CHECKED", Checking: "IMPORT_NOT_CHECKED", Committing: "RECORD_BUSY", Committed: "IMPORT_DONE",
		Checked: "", Refused: "", Failed: "",
	} {
		s := newStore(t)
		put(t, s, &Import{
			ID: "1", State: state, Plan: "old", Attempt: 3, CheckedAt: at, Done: 7, Problem: "PLAN_STALE",
			Request: Request{Answers: map[string]string{"a": "1", "b": "2", "c": "3"}},
		})
		imp, err := s.Again(t.Context(), "1", "", map[string]string{"b": "4", "c": "", "d": "5"}, nil)
		if code != "" {
			wantCode(t, err, code)
			continue
		}
		if err != nil || imp.State != Checking || imp.Plan != "" || imp.Attempt != 4 || imp.Done != 0 || imp.Problem != "" {
			t.Errorf("%s: %+v, %v", state, imp, err)
		}
		if want := map[string]string{"a": "1", "b": "4", "d": "5"}; err == nil && !maps.Equal(imp.Request.Answers, want) {
			t.Errorf("%s: answers %v", state, imp.Request.Answers)
		}
		_, err = s.Report(t.Context(), "1")
		wantCode(t, err, "IMPORT_NOT_CHECKED")
	}
}

func TestAFileThatWasNotTakenIsNotCheckedAgain(t *testing.T) {
	s := newStore(t)
	put(t, s, &Import{ID: "1", State: Refused, Problem: "FILE_SIZE_DIFFERS", CheckedAt: at})
	_, err := s.Again(t.Context(), "1", "", nil, nil)
	wantCode(t, err, "FILE_SIZE_DIFFERS")
}

func TestWhatCanNotBeDoneIsNotedAndWhatIsDoneStays(t *testing.T) {
	for plan, fails := range map[string]map[State]bool{
		"": {Awaiting: true, Checking: true}, "plan": {Checked: true}, "another": {},
	} {
		for _, state := range []State{Awaiting, Checking, Checked, Committing, Committed, Refused, Failed} {
			s := newStore(t)
			put(t, s, &Import{ID: "1", State: state, Plan: "plan"})
			imp, err := s.Fail(t.Context(), "1", plan, problem.New("ROWS_REFUSED"))
			if err != nil {
				t.Fatal(err)
			}
			if got := imp.Problem == "ROWS_REFUSED"; got != fails[state] || got != (imp.State != state) && state != Failed {
				t.Errorf("%s of plan %q becomes %s (%s)", state, plan, imp.State, imp.Problem)
			}
		}
	}
}

func TestACheckThatWasGivenUpCanBegin(t *testing.T) {
	begun := at.Add(-time.Hour)
	for _, c := range []struct {
		before Import
		begins bool
	}{
		{Import{State: Awaiting}, true},
		{Import{State: Failed, Problem: "INTERNAL"}, true},
		{Import{State: Failed, Problem: "PLAN_STALE", CheckedAt: at}, false},
		{Import{State: Checking, BegunAt: begun}, false},
		{Import{State: Checked, CheckedAt: at}, false},
		{Import{State: Refused, CheckedAt: at}, false},
	} {
		s := newStore(t)
		c.before.ID = "1"
		put(t, s, &c.before)
		imp, err := s.Begin(t.Context(), "1")
		if err != nil {
			t.Fatal(err)
		}
		if !c.begins && imp.State != c.before.State || c.begins && (imp.State != Checking || imp.Problem != "" || !imp.BegunAt.Equal(at)) {
			t.Errorf("%+v becomes %+v", c.before, imp)
		}
	}
	s := newStore(t) // it acts as of its beginning, however often it is taken up again
	put(t, s, &Import{ID: "1", State: Failed, Problem: "INTERNAL", BegunAt: begun})
	if imp, err := s.Begin(t.Context(), "1"); err != nil || !imp.BegunAt.Equal(begun) {
		t.Errorf("%+v, %v", imp, err)
	}
}

func TestAnImportKeepsNoMoreAnswersThanItsRecordHolds(t *testing.T) {
	many := func(n, size int) map[string]string {
		answers := map[string]string{}
		for i := range n {
			answers[fmt.Sprintf("q%d", i)] = strings.Repeat("x", size)
		}
		return answers
	}
	for _, c := range []struct {
		answers map[string]string
		fits    bool
	}{
		{many(MaxAnswers, 1), true}, {many(MaxAnswers+1, 1), false}, {many(60, MaxAnswer), true}, {many(70, MaxAnswer), false},
		{many(1, MaxAnswer+1), false}, {map[string]string{strings.Repeat("q", MaxAnswer+1): "x"}, false}, {map[string]string{"": "x"}, false},
	} {
		s := newStore(t)
		_, err := s.CreateAs(t.Context(), "1", Request{Name: "a.csv", Bytes: 1, Answers: c.answers})
		if c.fits && err != nil {
			t.Error(err)
		} else if !c.fits {
			wantCode(t, err, "ANSWERS_TOO_MANY")
		}
		put(t, s, &Import{ID: "2", State: Checked, CheckedAt: at, Request: Request{Answers: map[string]string{"q0": "x"}}})
		_, err = s.Again(t.Context(), "2", "", c.answers, nil)
		if c.fits && err != nil {
			t.Error(err)
		} else if !c.fits {
			wantCode(t, err, "ANSWERS_TOO_MANY")
		}
	}
}

func TestWhatHasNoIdentifierIsUnknown(t *testing.T) {
	s := newStore(t)
	for _, id := range []string{"", "\xff", "a b", "é", strings.Repeat("x", 65), "a/b"} {
		_, err := s.Find(t.Context(), id)
		wantCode(t, err, "IMPORT_UNKNOWN")
	}
}

func TestOnlyACommitThatFailedAndIsNotStaleIsTakenUpAgain(t *testing.T) {
	for _, c := range []struct {
		before Import
		plan   string
		want   State
	}{
		{Import{State: Failed, Plan: "plan", Problem: "UNAVAILABLE"}, "plan", Checked},
		{Import{State: Failed, Plan: "plan", Problem: "UNAVAILABLE"}, "another", Failed},
		{Import{State: Failed, Plan: "plan", Problem: "PLAN_STALE"}, "plan", Failed},
		{Import{State: Failed, Problem: "INTERNAL"}, "", Failed},
		{Import{State: Committing, Plan: "plan"}, "plan", Committing},
	} {
		s := newStore(t)
		c.before.ID, c.before.CheckedAt = "1", at
		put(t, s, &c.before)
		if imp, err := s.TakeUp(t.Context(), "1", c.plan); err != nil || imp.State != c.want || c.want == Checked && imp.Problem != "" {
			t.Errorf("%+v becomes %+v, %v", c.before, imp, err)
		}
	}
}

func TestAReportIsGivenBackAsItWasKept(t *testing.T) {
	s := newStore(t)
	kept := sample()
	kept.Import, kept.Check = "1", "2"
	if err := s.KeepReport(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	put(t, s, &Import{ID: "1", State: Checked, Check: "2", CheckedAt: at})
	report, err := s.Report(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	if report.PlanBlob() != kept.PlanBlob() || report.Rows != kept.Rows || len(report.Problems) != len(kept.Problems) || report.File != kept.File {
		t.Errorf("%+v", report)
	}
}

func TestAnImportIsMadeOnceUnderAnIdentifierThatWasMadeForIt(t *testing.T) {
	s := newStore(t)
	if _, err := s.CreateAs(t.Context(), "1", Request{Name: "a.csv", Bytes: 1}); err != nil {
		t.Fatal(err)
	}
	put(t, s, &Import{ID: "1", State: Checked, File: File{Name: "a.csv"}})
	imp, err := s.CreateAs(t.Context(), "1", Request{Name: "b.csv", Bytes: 2})
	if err != nil || imp.State != Checked || imp.File.Name != "a.csv" {
		t.Errorf("%+v, %v", imp, err)
	}
}

// Two workers of one attempt note how far they have come, and so does one of an attempt that is over.
func TestAPositionMovesForwardOnlyAndForItsOwnStepOnly(t *testing.T) {
	s := newStore(t)
	put(t, s, &Import{ID: "1", State: Committing, Attempt: 2})
	find := func() *Import {
		imp, err := s.Find(t.Context(), "1")
		if err != nil {
			t.Fatal(err)
		}
		return imp
	}
	slow, quick := find(), find()
	for _, step := range []struct {
		who        *Import
		done, want int64
	}{{quick, 200, 200}, {quick, 400, 400}, {slow, 200, 400}, {slow, 600, 600}, {quick, 500, 600}, {quick, 800, 800}} {
		if err := s.Advance(t.Context(), step.who, step.done); err != nil {
			t.Fatal(err)
		}
		if now := find(); now.Done != step.want || step.who.Done != step.want {
			t.Errorf("after %d it is %d, and known as %d, want %d", step.done, now.Done, step.who.Done, step.want)
		}
	}
	var overtaken *table.ConditionError
	for _, other := range []Import{
		{ID: "1", State: Committing, Attempt: 1}, {ID: "1", State: Committing, Attempt: 2, Confirmed: true}, {ID: "1", State: Checking, Attempt: 2},
	} {
		if err := s.Advance(t.Context(), &other, 900); !errors.As(err, &overtaken) {
			t.Errorf("%+v: %v", other, err)
		}
	}
	if now := find(); now.Done != 800 {
		t.Errorf("it was moved to %d", now.Done)
	}
}

func TestOnlyTheLastPlanIsCommittedAndNotWhenItIsStale(t *testing.T) {
	for _, c := range []struct {
		imp  Import
		mode Mode
		want problem.Code
	}{
		{Import{State: Checked, Plan: "plan"}, "", ""},
		{Import{State: Committing, Plan: "plan"}, All, ""},
		{Import{State: Checked, Plan: "newer"}, All, "PLAN_STALE"},
		{Import{State: Awaiting}, All, "IMPORT_NOT_CHECKED"},
		{Import{State: Checking}, All, "IMPORT_NOT_CHECKED"},
		{Import{State: Refused}, All, "PLAN_STALE"},
		{Import{State: Committed, Plan: "plan"}, All, "PLAN_STALE"},
		{Import{State: Failed, Plan: "plan", Problem: "PLAN_STALE"}, Valid, "PLAN_STALE"},
		{Import{State: Failed, Plan: "plan"}, Valid, "PLAN_STALE"},
		{Import{State: Checked, Plan: "plan", Rows: Counts{Fail: 1}}, "", "ROWS_REFUSED"},
		{Import{State: Failed, Plan: "plan", Problem: "ROWS_REFUSED", Rows: Counts{Fail: 1}}, All, "ROWS_REFUSED"},
		{Import{State: Failed, Plan: "plan", Problem: "ROWS_REFUSED", Rows: Counts{Fail: 1}}, Valid, ""},
	} {
		err := c.imp.Committable("plan", c.mode)
		if c.want == "" && err != nil {
			t.Errorf("%+v: %v", c.imp, err)
		} else if c.want != "" {
			wantCode(t, err, c.want)
		}
	}
	wantCode(t, (&Import{State: Checked}).Committable("", All), "PLAN_STALE")
}
