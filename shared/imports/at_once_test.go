package imports

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// Five stones want a place in a quarry that has two, all at the same moment: some through one service, some through others, as
// from other processes.
func TestOfImportsThatRaceForTheLastPlacesTheOthersAreRefusedWithTheirContenders(t *testing.T) {
	const contenders = 5
	w := newWorld(stones())
	patient := func(c *Config) { c.Checks = 10_000 } // nobody pauses here: on a busy machine many tries go by
	shared := w.service(t, nil, patient)
	var group sync.WaitGroup
	reports := make([]*intake.Report, contenders)
	errs := make([]error, contenders)
	for i := range contenders {
		s := shared
		if i >= contenders/2 {
			s = w.service(t, nil, patient)
		}
		group.Add(1)
		go func() {
			defer group.Done()
			up := csv(fmt.Sprintf("c%d,Stone %d,,North,", i, i))
			reports[i], _, errs[i] = s.Import(t.Context(), up, Options{Kind: stoneKind}, intake.All, "")
		}()
	}
	group.Wait()
	stored := w.stones(t)
	if len(stored) != places {
		t.Errorf("%d stones have found a place, want %d: %v", len(stored), places, errs)
	}
	holders, err := records.Holders(t.Context(), w.records(), quota("North"))
	if err != nil || len(holders) != places {
		t.Errorf("claims %v, %v", holders, err)
	}
	for i, err := range errs {
		id := fmt.Sprintf("c%d", i)
		if _, in := stored[id]; in {
			if err != nil {
				t.Errorf("%s is stored, and told %v", id, err)
			}
			continue
		}
		wantCode(t, err, "ROWS_REFUSED")
		at := slices.IndexFunc(reports[i].Problems, func(p problem.Problem) bool { return p.Code == "NATCOM_QUOTA_EXCEEDED" })
		if at < 0 {
			t.Errorf("%s is refused for %v", id, codes(reports[i]))
			continue
		}
		named := reports[i].Problems[at].Params["contenders"].EN
		for _, holder := range holders {
			if !strings.Contains(named, holder.Holder) {
				t.Errorf("%s is told of %q, not of %s", id, named, holder.Holder)
			}
		}
	}
}

func TestImportWithAPlanCommitsThatPlanOnly(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	up := csv("a1,Anna,3,,")
	reviewed := check(t, s, up)
	twin := w.copied()
	twin.blobs = w.blobs
	other := twin.service(t, nil)
	commitAll(t, other, check(t, other, csv("a1,Anne,3,,")))
	_, _, err := other.Import(t.Context(), up, Options{Kind: stoneKind}, intake.All, reviewed.Plan)
	wantCode(t, err, "PLAN_STALE")

	first, result, err := s.Import(t.Context(), up, Options{Kind: stoneKind}, intake.All, reviewed.Plan)
	if err != nil || first.Plan != reviewed.Plan || result.Rows.Create != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	report, again, err := s.Import(t.Context(), up, Options{Kind: stoneKind}, intake.All, reviewed.Plan)
	if err != nil || *again != *result || report.Import != first.Import {
		t.Errorf("again: %+v, %v, want %+v", again, err, result)
	}
	_, _, err = s.Import(t.Context(), csv("a1,Anna,3,,", "b2,Ben,,,"), Options{Kind: stoneKind}, intake.All, reviewed.Plan)
	wantCode(t, err, "PLAN_STALE")
}

func TestImportGivesUpWhenTheRecordsStayBusy(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	holder := w.plan(t, s, created("a", 1)...)
	if err := w.records().Acquire(t.Context(), []string{stoneType}, holder.ID, holder.Plan); err != nil {
		t.Fatal(err)
	}
	_, _, err := s.Import(t.Context(), csv("b2,Ben,,,"), Options{Kind: stoneKind}, intake.All, "")
	wantCode(t, err, "RECORD_BUSY")
}
