package registry_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/trust"
)

const contributionsHeader = "Donor;Type of donor;City;Country;Amount;Currency;Received on;Bank reference;Earmarked for;Exchange rate;Rate date;Rate source;Remarks\n"

// given is a line of a sheet of contributions by a foundation.
func given(donor, amount, on, reference string) string {
	return fmt.Sprintf("%s;Foundation;;;%s;USD;%s;%s;;;;;\n", donor, amount, on, reference)
}

// imported imports a sheet of contributions whole, and gives the import.
func (w *world) imported(service *imports.Service, lines ...string) string {
	w.t.Helper()
	report, err := w.importing(service, lines...)
	if err != nil {
		w.t.Fatalf("%v: %+v", err, report)
	}
	return report.Import
}

func (w *world) importing(service *imports.Service, lines ...string) (*intake.Report, error) {
	w.t.Helper()
	sheet := contributionsHeader + strings.Join(lines, "")
	up := imports.Upload{Name: "contributions.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
	report, _, err := service.Import(w.t.Context(), up, imports.Options{Kind: "contributions", Person: "clara"}, intake.All, "")
	return report, err
}

func (w *world) entries() (all []ledger.Entry) {
	w.t.Helper()
	err := w.registry.FundEntries(w.t.Context(), func(e ledger.Entry) error {
		all = append(all, e)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// told are entries in short: kind, day, amount, and R for a reversal.
func told(entries []ledger.Entry) string {
	var all []string
	for _, e := range entries {
		event := trust.EventOf(e, "USD")
		text := fmt.Sprintf("%s %d.%d %d", event.Kind, e.Date.Day, e.Date.Month, event.Amount.Minor)
		if e.Reverses != "" {
			text = "R " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func (w *world) wantEntries(want string) {
	w.t.Helper()
	if got := told(w.entries()); got != want {
		w.t.Errorf("the books have %s\nwant %s", got, want)
	}
	w.verified()
}

func TestAnImportOfContributionsIsABatchOfDepositsTracedToTheirCells(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		service := w.imports()
		id := w.imported(service,
			given("Fondation Lumière", "1,500.50", "2025-05-06", "A-1"), given("Atlas Foundation", "200", "2025-05-02", "A-2"),
			"Norway;Donor country;;Norway;1000;EUR;2025-05-02;A-3;fund/1.1;1.0823450001;2025-05-01;UN;\n")
		w.wantEntries("deposit 2.5 20000, deposit 2.5 108235, deposit 6.5 150050")
		head := w.verified()
		if head.Total != 3 || head.Link.Number != 1 || head.Link.Batch != id || head.Link.Entries != 3 {
			t.Errorf("%+v", head)
		}
		entries := w.entries()
		source := entries[2].Source
		if source.Import != id || len(source.File) != 64 || source.Sheet != "csv" || source.Cell != "E2" || source.Value != "1,500.50" || source.Person != "clara" {
			t.Errorf("%+v", source)
		}
		original := entries[1].Original
		if original == nil || original.Amount.Minor != 100_000 || original.Rate.String() != "1.0823450001" || original.RateSource != "UN" {
			t.Errorf("%+v", original)
		}
		if event := trust.EventOf(entries[1], "USD"); event.Donor != "donor_country#NO" || event.Earmark != "fund/1.1" {
			t.Errorf("%+v", event)
		}
		for _, e := range entries {
			if text, _ := e.Canonical(); strings.Contains(string(text), "umi") || strings.Contains(string(text), "Atlas") {
				t.Errorf("a name stands in the books: %s", text)
			}
		}
		if got := w.fund(trust.Cash); got != 278_285 {
			t.Errorf("cash %d", got)
		}
	})
}

func TestAContributionThatIsSentAgainIsEnteredAgainOnlyWhereItsMoneyDiffers(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		service := w.imports()
		w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"), given("Atlas", "300", "2025-05-03", "A-2"), given("Atlas", "400", "2025-05-04", "A-3"))
		w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"), given("Atlas", "350", "2025-05-03", "A-2"),
			strings.Replace(given("Atlas", "400", "2025-05-04", "A-3"), ";\n", ";by mail\n", 1))
		w.wantEntries("deposit 2.5 20000, deposit 3.5 30000, deposit 3.5 35000, R deposit 3.5 30000, deposit 4.5 40000")
		if got := w.fund(trust.Contributions); got != 95_000 {
			t.Errorf("received %d", got)
		}
	})
}

func TestWhatIsInAClosedPeriodIsRefusedAtItsCellAndCorrectedInTheOpenOne(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"))
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	report, err := w.importing(service, given("Atlas", "500", "2025-05-05", "A-2"), given("Atlas", "500", "2025-05-12", "A-3"))
	wantCode(t, err, "ROWS_REFUSED")
	if p := report.Problems[0]; p.Code != "PERIOD_LOCKED" || p.Row != 2 || p.Col != 7 || p.Value != "2025-05-05" {
		t.Errorf("%+v", p)
	}
	w.imported(service, given("Atlas", "250", "2025-05-02", "A-1"))
	w.wantEntries("deposit 2.5 20000, deposit 11.5 25000, R deposit 11.5 20000")
	if entry := w.entries()[1]; entry.ValueDate != may(2) {
		t.Errorf("%+v", entry)
	}
	w.imported(service, given("Atlas", "250", "2025-05-02", "A-1")) // as it is
	w.wantEntries("deposit 2.5 20000, deposit 11.5 25000, R deposit 11.5 20000")
}

func TestAnUndoneImportIsReversedAndWhatItChangedComesBackWithItsSource(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		service := w.imports()
		first := w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"))
		second := w.imported(service, given("Atlas", "900", "2025-05-02", "A-1"), given("Atlas", "300", "2025-05-03", "A-2"))
		if _, err := service.Undo(t.Context(), imports.UndoOrder{Import: second, Person: "dora"}); err != nil {
			t.Fatal(err)
		}
		w.wantEntries("deposit 2.5 20000, deposit 2.5 90000, R deposit 2.5 20000, deposit 2.5 20000, R deposit 2.5 90000, " +
			"deposit 3.5 30000, R deposit 3.5 30000")
		back := w.entries()[3]
		if back.Source.Import != first || back.Source.Cell != "E2" || back.Source.Value != "200" || back.Reason != "undone" {
			t.Errorf("%+v", back.Source)
		}
		if w.fund(trust.Cash) != 20_000 || w.verified().Link.Batch != second+"#undo" {
			t.Error("it is not taken back")
		}
		if _, err := service.Undo(t.Context(), imports.UndoOrder{Import: first, Person: "dora"}); err != nil {
			t.Fatal(err)
		}
		if got := w.fund(trust.Cash); got != 0 {
			t.Errorf("cash %d", got)
		}
		w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"))
		if got := w.fund(trust.Cash); got != 20_000 {
			t.Errorf("cash %d", got)
		}
		w.verified()
	})
}

func TestMoneyThatIsSetAsideKeepsItsContributionFromBeingUndone(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	id := w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"), given("Atlas", "50", "2025-05-02", "A-2"))
	if err := w.decided(onActivity(trust.Allocation, 18_000, may(3))); err != nil {
		t.Fatal(err)
	}
	_, err := service.Undo(t.Context(), imports.UndoOrder{Import: id, Person: "dora"})
	wantCode(t, err, "UNDO_REFUSED")
	report, err := service.Undo(t.Context(), imports.UndoOrder{Import: id, Person: "dora", Mode: intake.Valid})
	if err != nil || report.Rows.Reverted != 1 || report.Rows.Kept != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if p := report.Problems[0]; p.Code != "UNDO_KEPT_NEEDED" || p.Row != 2 {
		t.Errorf("%+v", p)
	}
	w.wantEntries("deposit 2.5 20000, deposit 2.5 5000, R deposit 2.5 5000, allocation 3.5 18000")
}

func TestAnEntryThatATreasurerTookBackIsNotTakenBackAgainWithItsImport(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	id := w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"), given("Atlas", "50", "2025-05-02", "A-2"))
	if _, err := w.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, w.entries()[0].ID, may(5), "paid by mistake"); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Undo(t.Context(), imports.UndoOrder{Import: id, Person: "dora"}); err != nil {
		t.Fatal(err)
	}
	w.wantEntries("deposit 2.5 20000, deposit 2.5 5000, R deposit 2.5 5000, R deposit 5.5 20000")
	if got := w.fund(trust.Cash); got != 0 {
		t.Errorf("cash %d", got)
	}
}

func TestAPlanIsStaleWhenTheBooksWereClosedSinceItsCheck(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	sheet := contributionsHeader + given("Atlas", "200", "2025-05-02", "A-1")
	up := imports.Upload{Name: "c.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
	report, err := service.Check(t.Context(), up, imports.Options{Kind: "contributions", Person: "clara"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	_, err = service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan})
	wantCode(t, err, "PLAN_STALE")
	w.wantEntries("")
}

func TestABookedRowThatIsNotMoneyOfTheFundIsRefused(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	for _, c := range []struct {
		line, code string
		col        int
	}{
		{given("Atlas", "200", "2025-05-21", "A-1"), "DATE_AHEAD", 7},
		{given("Atlas", "200", "1999-05-02", "A-1"), "DATE_ORDER", 7},
		{"Atlas;Foundation;;;1;KRW;2025-05-02;A-3;;0.0000000001;2025-05-01;UN;\n", "NUMBER_OUT_OF_RANGE", 5},
	} {
		report, err := w.importing(service, c.line)
		wantCode(t, err, "ROWS_REFUSED")
		at := slices.IndexFunc(report.Problems, func(p problem.Problem) bool { return p.Severity == problem.Error })
		if at < 0 || string(report.Problems[at].Code) != c.code || report.Problems[at].Col != c.col {
			t.Errorf("%s: %+v", c.code, report.Problems)
		}
	}
}

// A commit, then an undo, is stopped at every one of its writes, before or after it takes effect; recovered, or run again, the books are as
// after an undisturbed one.
func TestTheBooksOfAnImportThatWasStoppedAtAnyWriteAreWhole(t *testing.T) {
	for _, c := range []stopped{
		{kind: "contributions", before: func(*world) {}, stored: contributionsHeader + given("Atlas", "200", "2025-05-02", "A-1"),
			sheet: contributionsHeader + given("Atlas", "900", "2025-05-02", "A-1") + given("Atlas", "300", "2025-05-03", "A-2") +
				given("Borea", "400", "2025-05-03", "A-3")},
		{kind: "expenditures", before: func(w *world) {
			w.post(deposit("d1", 100_000, may(1)))
			if err := w.decided(onActivity(trust.Allocation, 100_000, may(1))); err != nil {
				w.t.Fatal(err)
			}
		}, stored: expendituresHeader + paid("900", "2025-05-02", "V-1"),
			sheet: expendituresHeader + paid("200", "2025-05-02", "V-1") + paid("300", "2025-05-03", "V-2") + paid("500", "2025-05-03", "V-3")},
	} {
		t.Run(c.kind, func(t *testing.T) { c.wantWhole(t) })
	}
}

const expendituresHeader = "Date paid;Activity;Amount;Currency;Expense category;Payee;Voucher\n"

// paid is a line of a sheet of expenditures, of fund/1.1.
func paid(amount, on, reference string) string {
	return fmt.Sprintf("%s;fund/1.1;%s;USD;Travel;Ana Ruiz;%s\n", on, amount, reference)
}

// stopped is a sheet whose commit and undo are stopped, in books that have some entries and what an earlier sheet stored.
type stopped struct {
	kind          string
	before        func(*world)
	stored, sheet string
}

func (c stopped) wantWhole(t *testing.T) {
	upload := func(sheet string) imports.Upload {
		return imports.Upload{Name: "c.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
	}
	// one runs a commit or an undo whose first try is stopped as planned.
	one := func(plan faulty.Plan, undo bool) (w *world, writes int) {
		w = worldOver(t, memory.New(table.Config{}))
		folder := t.TempDir()
		sound := w.importsOver(w.table, folder)
		c.before(w)
		options := imports.Options{Kind: c.kind, Person: "clara"}
		if _, _, err := sound.Import(t.Context(), upload(c.stored), options, intake.All, ""); err != nil {
			t.Fatal(err)
		}
		report, err := sound.Check(t.Context(), upload(c.sheet), options)
		if err != nil {
			t.Fatal(err)
		}
		commit := func(s *imports.Service) error {
			_, err := s.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan})
			return err
		}
		act := commit
		if undo {
			if err := commit(sound); err != nil {
				t.Fatal(err)
			}
			act = func(s *imports.Service) error {
				_, err := s.Undo(t.Context(), imports.UndoOrder{Import: report.Import, Person: "dora"})
				return err
			}
		}
		over := faulty.New(w.table, plan)
		err = act(w.importsOver(over, folder))
		if plan.Halt != (err != nil) {
			t.Fatalf("%+v: %v", plan, err)
		}
		if plan.Halt && plan.Fail%2 == 0 {
			if _, err := sound.Recover(t.Context()); err != nil {
				t.Fatalf("%+v: recover: %v", plan, err)
			}
		}
		if err := act(sound); err != nil {
			t.Fatalf("%+v: again: %v", plan, err)
		}
		return w, over.Writes()
	}
	for _, undo := range []bool{false, true} {
		undisturbed, writes := one(faulty.Plan{}, undo)
		want, balances := told(undisturbed.entries()), undisturbed.verified().Balances
		if writes < 15 {
			t.Fatalf("%d writes", writes)
		}
		for n := 1; n <= writes; n++ {
			for _, plan := range []faulty.Plan{{Fail: n, Halt: true}, {Fail: n, Effect: true, Halt: true}, {Fail: n, Effect: true}, {Fail: n}} {
				w, _ := one(plan, undo)
				if got := told(w.entries()); got != want {
					t.Fatalf("undo %v, %+v: %s\nwant %s", undo, plan, got, want)
				}
				if got := w.verified().Balances; !maps.Equal(got, balances) {
					t.Fatalf("undo %v, %+v: %v, want %v", undo, plan, got, balances)
				}
			}
		}
		t.Logf("undo %v: %d writes, each stopped in four ways", undo, writes)
	}
}

func TestActsOnTheBooksWaitWhileAnImportEntersItsBatch(t *testing.T) {
	w := newWorld(t)
	folder := t.TempDir()
	w.imported(w.importsOver(w.table, folder), given("Atlas", "200", "2025-05-02", "A-1"))
	over := faulty.New(w.table, faulty.Plan{Fail: 8, Halt: true})
	if _, err := w.importing(w.importsOver(over, folder), given("Atlas", "300", "2025-05-03", "A-2")); !errors.Is(err, table.ErrUnavailable) {
		t.Fatal(err)
	}
	_, err := w.registry.Post(t.Context(), registry.Origin{Person: "anna"}, deposit("d1", 10, may(4)), "")
	wantCode(t, err, "RECORD_BUSY")
	_, err = w.registry.VerifyFund(t.Context())
	wantCode(t, err, "RECORD_BUSY")
	if _, err := w.importsOver(w.table, folder).Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.post(deposit("d1", 10, may(4)))
	w.wantEntries("deposit 2.5 20000, deposit 3.5 30000, deposit 4.5 10")
}

// A commit, then an undo, that may do one batch of two rows at a time: what is left for the books in the end has a piece of its own.
func TestTheBooksOfAnImportThatIsDoneInPiecesAreWhole(t *testing.T) {
	w := newWorld(t)
	service := w.importsOver(w.table, t.TempDir(), func(c *imports.Config) { c.Hurry = func(context.Context) bool { return true } })
	sheet := contributionsHeader + given("Atlas", "1", "2025-05-02", "A-1") + given("Atlas", "2", "2025-05-03", "A-2") + given("Borea", "3", "2025-05-02", "A-3")
	up := imports.Upload{Name: "c.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
	report, err := service.Check(t.Context(), up, imports.Options{Kind: "contributions"})
	if err != nil {
		t.Fatal(err)
	}
	pieces := func(act func() error) (n int) {
		var unfinished *imports.Unfinished
		for n = 1; n < 20; n++ {
			if err := act(); err == nil {
				return n
			} else if !errors.As(err, &unfinished) {
				t.Fatal(err)
			}
		}
		return n
	}
	if n := pieces(func() error {
		_, err := service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan})
		return err
	}); n < 4 || n > 6 {
		t.Errorf("committed in %d pieces", n)
	}
	w.wantEntries("deposit 2.5 100, deposit 2.5 300, deposit 3.5 200")
	if n := pieces(func() error {
		_, err := service.Undo(t.Context(), imports.UndoOrder{Import: report.Import, Person: "dora"})
		return err
	}); n < 3 || n > 6 {
		t.Errorf("undone in %d pieces", n)
	}
	w.wantEntries("deposit 2.5 100, deposit 2.5 300, R deposit 2.5 100, R deposit 2.5 300, deposit 3.5 200, R deposit 3.5 200")
}

func TestR_FUN_10_WhatAnAgreementGrantsForSupportIsChargedOnEachDepositAndTakenBackWithIt(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	pledges := "Agreement reference;Donor;Type of donor;Country;Amount pledged;Currency;Signed on;Support costs (%)\n" +
		"ATL-1;Atlas;Foundation;;1000;USD;2025-05-01;7.5\n"
	if rows, codes := w.send(service, "pledges", pledges); codes != "" || rows.Create != 1 {
		t.Fatalf("%+v %s", rows, codes)
	}
	id := w.imported(service, given("Atlas", "100.20", "2025-05-02", "A-1"), given("Borea", "50", "2025-05-02", "A-2"))
	w.wantEntries("deposit 2.5 10020, support 2.5 752, deposit 2.5 5000")
	support := trust.EventOf(w.entries()[1], "USD")
	if support.Agreement != "atl-1" || support.Donor != trust.EventOf(w.entries()[0], "USD").Donor {
		t.Errorf("%+v", support)
	}
	if got := w.fund(trust.Unallocated); got != 14_268 {
		t.Errorf("unallocated %d", got)
	}
	if _, err := service.Undo(t.Context(), imports.UndoOrder{Import: id, Person: "dora"}); err != nil {
		t.Fatal(err)
	}
	if w.fund(trust.Unallocated) != 0 || w.fund(trust.Support) != 0 {
		t.Error("it is not taken back")
	}
	w.verified()
}

func TestWhyAnImportTookSomethingBackIsSaidInTheReadersLanguage(t *testing.T) {
	for reason, want := range map[string]string{
		"undone": "import annulé", "changed": "corrigé par un import", "Committee of 4 May": "Committee of 4 May", "": "",
	} {
		if got := registry.ReasonText(reason).FR; got != want {
			t.Errorf("%q is %q", reason, got)
		}
	}
}

func TestTheBooksCanBeReadAsOfAMomentBetweenTwoImportsOrBeforeAnUndo(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		service := w.imports()
		var moments []time.Time
		acting := func(act func()) {
			w.now = w.now.Add(time.Hour)
			act()
			moments = append(moments, w.now.Add(time.Minute))
		}
		var second string
		acting(func() { w.imported(service, given("Atlas", "1", "2025-05-02", "A-1")) })
		acting(func() {
			second = w.imported(service, given("Atlas", "2", "2025-05-02", "A-1"), given("Atlas", "3", "2025-05-03", "A-2"))
		})
		acting(func() {
			if _, err := service.Undo(t.Context(), imports.UndoOrder{Import: second, Person: "dora"}); err != nil {
				t.Fatal(err)
			}
		})
		for i, want := range []int64{1, 4, 7} {
			err := records.New(over).AsOf(moments[i]).Snapshot(t.Context(), registry.FundTypes(), func(from records.Reader) error {
				books, err := registry.ReadFundBooks(t.Context(), from)
				if err != nil {
					return err
				}
				entries := int64(0)
				for _, err := range books.Entries(t.Context()) {
					if err != nil {
						return err
					}
					entries++
				}
				if entries != want || books.Head().Total != want {
					t.Errorf("moment %d: %d entries, %d in the head, want %d", i, entries, books.Head().Total, want)
				}
				return nil
			})
			if err != nil {
				t.Errorf("moment %d: %v", i, err)
			}
		}
	})
}
