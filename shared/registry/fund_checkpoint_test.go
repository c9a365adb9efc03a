package registry_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// checkpoint is the record of what was kept when a period was closed.
func checkpoint(day civil.Date) records.Ref {
	return records.Ref{Type: "fund_checkpoint", ID: day.String()}
}

// parts are the records of the text of what was kept.
func (w *world) parts(day civil.Date) []records.Ref {
	w.t.Helper()
	record, err := w.reader.Get(w.t.Context(), checkpoint(day))
	if err != nil {
		w.t.Fatal(err)
	}
	var refs []records.Ref
	err = w.reader.Scan(w.t.Context(), "fund_figures", record.Body["text"].(string), "", func(r records.Record) error {
		refs = append(refs, r.Ref)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return refs
}

// kept is the text of donors' figures at the end of a closed period.
func (w *world) kept(day civil.Date) (text string) {
	w.t.Helper()
	for _, ref := range w.parts(day) {
		part, err := w.reader.Get(w.t.Context(), ref)
		if err != nil {
			w.t.Fatal(err)
		}
		text += part.Body["text"].(string)
	}
	return text
}

// followed is that text by all entries.
func (w *world) followed(day civil.Date) string {
	w.t.Helper()
	fund, err := registry.ReadFundBooks(w.t.Context(), w.reader)
	if err != nil {
		w.t.Fatal(err)
	}
	book, err := trust.Attribute(fund.Entries(w.t.Context()), day, trust.AreaOf)
	if err != nil {
		w.t.Fatal(err)
	}
	var text bytes.Buffer
	if err := book.Write(&text); err != nil {
		w.t.Fatal(err)
	}
	return text.String()
}

func TestClosedPeriodsAreNotReadAgainToJudgeWhatIsTakenFromADonor(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		june := civil.Date{Year: 2024, Month: 6, Day: 3}
		first := w.post(deposit("d1", 1000, june))
		w.post(deposit("d2", 1000, june.AddMonths(2)))
		if err := w.closed(june.AddMonths(3)); err != nil {
			t.Fatal(err)
		}
		if err := w.decided(onActivity(trust.Allocation, 1000, may(1))); err != nil {
			t.Fatal(err)
		}
		w.post(onActivity(trust.Expenditure, 1000, may(2)))
		// Whoever looked at this entry would not find it.
		w.removed(entryRecord(first))
		refund := deposit("d1", 501, may(4))
		refund.Kind = trust.Refund
		wantCode(t, w.decided(refund), "FUND_DONOR_EXCEEDED")
		refund.Amount.Minor = 300
		if err := w.decided(refund); err != nil {
			t.Fatal(err)
		}
		support := deposit("d1", 201, may(4))
		support.Kind = trust.SupportCost
		_, err := w.registry.Post(t.Context(), registry.Origin{Person: "anna"}, support, "")
		wantCode(t, err, "FUND_DONOR_EXCEEDED")
		support.Amount.Minor = 200
		w.post(support)
	})
}

func TestWhatAClosingKeptOfADepositIsWhatCanBeTakenBack(t *testing.T) {
	w := newWorld(t)
	id := w.post(deposit("d1", 1000, may(1)))
	w.post(deposit("d2", 3000, may(1)))
	cost := deposit("d1", 10, may(2))
	cost.Kind = trust.SupportCost
	w.post(cost)
	if err := w.closed(may(3)); err != nil {
		t.Fatal(err)
	}
	back := func() error {
		_, err := w.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, id, may(5), "never came")
		return err
	}
	wantCode(t, back(), "FUND_DONOR_EXCEEDED")
	w.post(deposit("d1", 10, may(4)))
	if err := back(); err != nil {
		t.Fatal(err)
	}
	w.verified()
}

func TestAnEntryOfAClosedPeriodIsRefusedAsSuchWhateverItTakes(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", 1000, may(1)))
	if err := w.closed(may(3)); err != nil {
		t.Fatal(err)
	}
	refund := deposit("d1", 5000, may(2))
	refund.Kind = trust.Refund
	wantCode(t, w.decided(refund), "PERIOD_LOCKED")
}

func TestEachClosingKeepsWhatAllEntriesMakeOfDonorsFigures(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", 1000, civil.Date{Year: 2024, Month: 12, Day: 30}))
	w.post(deposit("d2", 700, may(2)))
	for _, to := range []int{1, 5, 12} {
		if err := w.closed(may(to)); err != nil {
			t.Fatal(err)
		}
		w.post(deposit("d3", 70, may(to+1)))
		w.post(deposit("d1", 7, may(to+4)))
	}
	for _, to := range []int{1, 5, 12} {
		if kept, all := w.kept(may(to)), w.followed(may(to)); kept != all {
			t.Errorf("%d May:\n%s\n%s", to, kept, all)
		}
	}
	w.verified()
}

// A shortcut that is damaged is not taken; verifying names it.
func TestFiguresThatAreNotWhatWasKeptAreLeftOutAndNamed(t *testing.T) {
	as := func(map[string]any) {}
	for name, damage := range map[string]func(w *world){
		"a donor's money": func(w *world) {
			ref := w.parts(may(10))[0]
			w.tampered(ref, ref, func(body map[string]any) { body["text"] = strings.Replace(body["text"].(string), "1030", "9000", 1) })
		},
		"the text is missing": func(w *world) { w.removed(w.parts(may(10))[0]) },
		"all of it is missing": func(w *world) {
			w.removed(w.parts(may(10))[0])
			w.removed(checkpoint(may(10)))
		},
		"what is told of the text": func(w *world) {
			w.tampered(checkpoint(may(10)), checkpoint(may(10)), func(body map[string]any) { body["text"] = strings.Repeat("0", 64) })
		},
		"a closing that was none": func(w *world) {
			w.tampered(checkpoint(may(10)), checkpoint(may(8)), func(body map[string]any) { body["day"], body["parts"] = "2025-05-08", int64(0) })
		},
		"an earlier closing's": func(w *world) {
			w.removed(checkpoint(may(10)))
			w.tampered(checkpoint(may(3)), checkpoint(may(10)), as)
		},
		"kept by another day": func(w *world) { w.tampered(checkpoint(may(10)), checkpoint(may(9)), as) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.post(deposit("d1", 1000, may(2)))
			if err := w.closed(may(3)); err != nil {
				t.Fatal(err)
			}
			w.post(deposit("d1", 30, may(5)))
			if err := w.closed(may(10)); err != nil {
				t.Fatal(err)
			}
			w.post(deposit("d2", 50, may(11)))
			w.verified()
			damage(w)
			if err := w.closed(may(15)); err != nil {
				t.Fatal(err)
			}
			if kept, all := w.kept(may(15)), w.followed(may(15)); kept != all {
				t.Errorf("%s\n%s", kept, all)
			}
			var fault *ledger.Fault
			if _, err := w.registry.VerifyFund(t.Context()); !errors.As(err, &fault) || fault.Flaw != ledger.FiguresOff {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestTheFiguresOfManyDonorsAreKeptInSeveralRecords(t *testing.T) {
	w := newWorld(t)
	for n := range 900 {
		w.post(deposit(fmt.Sprintf("company#%012x", n), int64(1000+n), may(2)))
	}
	for _, activity := range []string{"fund/1.1", "fund/1.2", "fund/2.1"} {
		e := onActivity(trust.Allocation, 60_000, may(3))
		e.Activity = activity
		if err := w.decided(e); err != nil {
			t.Fatal(err)
		}
		e.Kind = trust.Expenditure
		w.post(e)
	}
	if err := w.closed(may(4)); err != nil {
		t.Fatal(err)
	}
	if parts := w.parts(may(4)); len(parts) < 2 {
		t.Errorf("%v", parts)
	}
	if kept, all := w.kept(may(4)), w.followed(may(4)); kept != all {
		t.Errorf("%d bytes of %d are kept", len(kept), len(all))
	}
	w.verified()
	w.post(deposit("late", 5, may(6)))
	w.removed(w.parts(may(4))[1]) // what is left is not all
	if err := w.closed(may(8)); err != nil {
		t.Fatal(err)
	}
	if kept, all := w.kept(may(8)), w.followed(may(8)); kept != all {
		t.Errorf("%d bytes of %d are kept", len(kept), len(all))
	}
}

// The sheet's deposit is as if it had never been, while its donor was given something back of it: the books go on.
func TestBooksWhoseSheetWasUndoneAfterARefundAreFollowedAndClosed(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	undone := w.imported(service, given("Atlas Foundation", "100", "2025-05-02", "A-1"))
	atlas := w.entries()[0].Attributes["donor"]
	w.imported(service, given("Fondation Lumière", "1000", "2025-05-03", "L-1"))
	refund := deposit(atlas, 4000, may(5))
	refund.Kind = trust.Refund
	if err := w.decided(refund); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Undo(t.Context(), imports.UndoOrder{Import: undone, Person: "dora"}); err != nil {
		t.Fatal(err)
	}
	w.wantEntries("deposit 2.5 10000, R deposit 2.5 10000, deposit 3.5 100000, refund 5.5 4000")
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	w.imported(service, given("Atlas Foundation", "50", "2025-05-12", "A-2"))
	if err := w.closed(may(15)); err != nil {
		t.Fatal(err)
	}
	if kept, all := w.kept(may(15)), w.followed(may(15)); kept != all {
		t.Errorf("%s\n%s", kept, all)
	}
	w.verified()
}

// Two treasurers approve the closing of a month while papers of the open one, and late ones of that month, come in.
func TestAClosingBesidePostingsAndAnotherClosingIsDoneOnceAndKeepsWhatIsInIt(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		processes := []*world{worldPausing(t, over, nil), worldPausing(t, over, nil)}
		processes[0].post(deposit("d0", 1000, may(1)))
		var proposals [2]string
		for i, w := range processes {
			var err error
			if proposals[i], err = w.registry.ProposeClosing(t.Context(), registry.Origin{Person: "anna"}, may(10), "month's end"); err != nil {
				t.Fatal(err)
			}
		}
		var group sync.WaitGroup
		errs := make([]error, 2)
		for i, w := range processes {
			group.Go(func() {
				_, errs[i] = w.registry.Approve(t.Context(), registry.Origin{Person: fmt.Sprint("treasurer ", i)}, proposals[i])
			})
			for n := range 10 {
				group.Go(func() {
					_, err := w.registry.Post(t.Context(), registry.Origin{Person: "anna"}, deposit(fmt.Sprint("d", n), 10, may(6+n)), "")
					if p := problemOf(err); err != nil && (p == nil || p.Code != "PERIOD_LOCKED") {
						t.Error(err)
					}
				})
			}
		}
		group.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("%v, %v", errs[0], errs[1])
		}
		wantCode(t, errors.Join(errs...), "PERIOD_LOCKED")
		w := processes[0]
		if kept, all := w.kept(may(10)), w.followed(may(10)); kept != all {
			t.Errorf("%s\n%s", kept, all)
		}
		w.verified()
	})
}
