package registry_test

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// What an act was judged by can change before it is written. Nothing is written by the judgement of then.
func TestAnActThatIsOvertakenIsJudgedByWhatHoldsNow(t *testing.T) {
	for _, c := range []struct {
		name      string
		before    string
		meanwhile func(w *world)
		action    application.Action
		want      problem.Code
	}{
		{"an import begins to write", "start send", func(w *world) {
			if err := w.reader.Acquire(t.Context(), []string{application.EndorsementType}, "import-7", "plan"); err != nil {
				t.Error(err)
			}
		}, application.Endorse, "RECORD_BUSY"},
		{"a sheet makes the city a member", "start", func(w *world) {
			w.stored(w.imports(), "members", "City;Country;Member since\nBrest;France;2019-01-01\n", "create")
		}, application.Send, "ALREADY_MEMBER"},
		{"a sheet brings an endorsement", "start send", func(w *world) {
			w.stored(w.imports(), "endorsements", endorsementSheet("2025-05-20", brest), "create")
		}, application.Endorse, "APPLICATION_SUBMITTED"},
		{"a sheet brings a decision", "start send endorse submit", func(w *world) {
			w.stored(w.imports(), "decisions", decisionSheet("deferred", "2025-05-20", brest), "create")
		}, application.Recall, "APPLICATION_DECIDED"},
		{"another act is done", "start send endorse", func(w *world) { w.do(brest, "withdraw") }, application.Submit, "APPLICATION_WITHDRAWN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			below := memory.New(table.Config{})
			others := worldOver(t, below)
			others.do(brest, c.before)
			first := true
			w := worldOver(t, faulty.New(below, faulty.Plan{Before: func(int) {
				if first {
					first = false
					c.meanwhile(others)
				}
			}}))
			_, err := w.registry.Do(t.Context(), officer, w.act(brest, c.action))
			if p := problemOf(err); p == nil || p.Code != c.want || first {
				t.Errorf("%s: %v, want %s", c.action, err, c.want)
			}
		})
	}
}

// A sheet that was checked rests on what an act may take away before it is committed: then it is checked again.
func TestASheetThatAnActOvertakesIsNotCommittedByItsEarlierCheck(t *testing.T) {
	for _, c := range []struct{ name, before, kind, sheet, meanwhile string }{
		{"an endorsement of what is withdrawn", "start send", "endorsements", endorsementSheet("2025-05-20", brest), "withdraw"},
		{"a decision about what is withdrawn", "start send", "decisions", decisionSheet("deferred", "2025-05-20", brest), "withdraw"},
		{"an acceptance of what is recalled", "start send endorse submit", "decisions", decisionSheet("accepted", "2025-05-20", brest), "recall"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			service := w.imports()
			w.do(brest, c.before)
			up := imports.Upload{Name: "sheet.csv", Source: strings.NewReader(c.sheet), Size: int64(len(c.sheet))}
			report, err := service.Check(t.Context(), up, imports.Options{Kind: c.kind})
			if err != nil || report.Rows.Create != 1 {
				t.Fatalf("%+v, %v", report.Rows, err)
			}
			w.do(brest, c.meanwhile)
			_, err = service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan, Mode: intake.All})
			if p := problemOf(err); p == nil || p.Code != "PLAN_STALE" {
				t.Errorf("committed, %v", err)
			}
			if broken := w.sound(); broken != nil {
				t.Error(strings.Join(broken, "\n"))
			}
		})
	}
}
