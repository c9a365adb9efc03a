package registry_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// paged goes through the entries by pages.
func (w *world) paged(limit int, newest bool) (ids []string) {
	w.t.Helper()
	for place := ""; ; {
		entries, next, err := w.registry.FundEntryPage(w.t.Context(), registry.FundPage{After: place, Limit: limit, Newest: newest})
		if err != nil || len(entries) > limit {
			w.t.Fatal(len(entries), err)
		}
		for _, entry := range entries {
			ids = append(ids, entry.ID)
		}
		if place = next; place == "" {
			return ids
		}
	}
}

func TestPagesOfAnySizeShowEachEntryOnceInTheOrderOfDays(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		if got := w.paged(3, false); len(got) != 0 {
			t.Errorf("%q before the first entry", got)
		}
		var want []string
		for _, day := range []civil.Date{
			may(4), {Year: 2023, Month: 12, Day: 31}, may(2), {Year: 2023, Month: 1, Day: 1}, may(2), may(19), {Year: 2024, Month: 2, Day: 29},
		} {
			want = append(want, w.post(deposit("d1", 100, day)))
		}
		slices.Sort(want)
		backwards := slices.Clone(want)
		slices.Reverse(backwards)
		for limit := 1; limit <= len(want)+1; limit++ {
			if got := w.paged(limit, false); !slices.Equal(got, want) {
				t.Errorf("by %d: %q, want %q", limit, got, want)
			}
			if got := w.paged(limit, true); !slices.Equal(got, backwards) {
				t.Errorf("by %d, the last ones first: %q, want %q", limit, got, backwards)
			}
		}
		for _, place := range []string{"2022:", "x", "2024:nowhere", ":"} {
			if _, _, err := w.registry.FundEntryPage(t.Context(), registry.FundPage{After: place, Limit: 2}); !errors.Is(err, table.ErrCursor) {
				t.Errorf("%q: %v", place, err)
			}
		}
	})
}

func TestAnEntryTellsWhatTookItBack(t *testing.T) {
	w := newWorld(t)
	first, second := w.post(deposit("d1", 1000, may(2))), w.post(deposit("d1", 500, may(3)))
	back, err := w.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, first, may(4), "twice")
	if err != nil {
		t.Fatal(err)
	}
	for entry, want := range map[string]string{first: back, second: "", back: ""} {
		if _, by, err := w.registry.FundEntry(t.Context(), entry); by != want || err != nil {
			t.Errorf("%s: %q, %v, want %q", entry, by, err, want)
		}
	}
	_, _, err = w.registry.FundEntry(t.Context(), "2025")
	wantCode(t, err, "REF_NOT_FOUND")
}

// An identifier that others give stands in an address.
func TestAProposalsIdentifierStandsInAnAddressWhateverItsRequestIsCalled(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", 1000, may(2)))
	seen := map[string]bool{}
	for _, request := range []string{"a1", "anna/a1", "anna/a2", "bruno/a1", ""} {
		asked := registry.Origin{Person: "anna", Request: request}
		id, err := w.registry.ProposeClosing(t.Context(), asked, may(10), "month's end")
		if err != nil || !identity.WellFormed(id) || seen[id] {
			t.Errorf("%q: %q, %v", request, id, err)
		}
		if again, err := w.registry.ProposeClosing(t.Context(), asked, may(10), "month's end"); request != "" && (again != id || err != nil) {
			t.Errorf("%q again: %q, %v, want %q", request, again, err, id)
		}
		seen[id] = true
	}
	if !seen["a1"] {
		t.Error("who names a request can't name its proposal")
	}
}

func TestR_FUN_9_AnEventIsConvertedAtTheStatedRateOrTheMonthsOnRecord(t *testing.T) {
	w := worldOver(t, memory.New(table.Config{}))
	w.rated(w.imports(), "EUR;0.5")
	event := deposit("d1", 0, may(6))
	rate, err := money.ParseRate("1.25")
	if err != nil {
		t.Fatal(err)
	}
	euros := money.Amount{Minor: 1000, Currency: "EUR"}
	for name, c := range map[string]struct {
		paid registry.Payment
		want int64
		from civil.Date
	}{
		"the fund's own": {registry.Payment{Amount: money.Amount{Minor: 1000, Currency: "USD"}}, 1000, civil.Date{}},
		"on record":      {registry.Payment{Amount: euros}, 2000, may(1)},
		"stated":         {registry.Payment{Amount: euros, Rate: rate, RateSource: "the bank"}, 1250, may(6)},
		"of a day":       {registry.Payment{Amount: euros, Rate: rate, RateDate: may(5), RateSource: "the bank"}, 1250, may(5)},
	} {
		got, err := w.registry.Paid(t.Context(), event, c.paid)
		if err != nil || got.Amount != (money.Amount{Minor: c.want, Currency: "USD"}) {
			t.Errorf("%s: %v, %v", name, got.Amount, err)
		}
		if original := got.Original; (original == nil) != (c.from == civil.Date{}) || original != nil && original.RateDate != c.from {
			t.Errorf("%s: %+v", name, original)
		}
		if problems := got.Check(w.registry.Programme); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
	_, err = w.registry.Paid(t.Context(), event, registry.Payment{Amount: money.Amount{Minor: 1, Currency: "CHF"}})
	wantCode(t, err, "FX_RATE_MISSING")
	_, err = w.registry.Paid(t.Context(), event, registry.Payment{Amount: money.Amount{Minor: money.Bound, Currency: "EUR"}})
	wantCode(t, err, "NUMBER_OUT_OF_RANGE")
	rates, err := w.registry.Rates(t.Context(), 2025, "EUR")
	if err != nil || len(rates) != 1 || rates[0].From != may(1) {
		t.Errorf("%+v, %v", rates, err)
	}
	for year, currency := range map[int]string{2025: "EU", 2024: "EUR"} {
		if rates, err := w.registry.Rates(t.Context(), year, currency); err != nil || len(rates) != 0 {
			t.Errorf("%d %s: %+v, %v", year, currency, rates, err)
		}
	}
}

// whole fails unless what is shown of the books, beside an import that is at work, is what stands up to one head: so many entries.
func (w *world) whole(among ...int64) {
	w.t.Helper()
	at, err := w.registry.FundStanding(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	shown, sums := w.paged(2, true), ledger.Balances{}
	for _, id := range shown {
		entry, by, err := w.registry.FundEntry(w.t.Context(), id)
		if err != nil || by != "" && !slices.Contains(shown, by) {
			w.t.Errorf("%s was taken back by %q, %v", id, by, err)
		}
		if err := sums.Add(entry); err != nil {
			w.t.Fatal(err)
		}
	}
	if int64(len(shown)) != at.Total || !slices.Contains(among, at.Total) || !maps.Equal(sums, at.Balances) {
		w.t.Errorf("%d entries with %v, of %d with %v", len(shown), sums, at.Total, at.Balances)
	}
}

func TestTheBooksAreReadWholeWhileAnImportEntersOrTakesBackItsBatch(t *testing.T) {
	rows := []string{given("Atlas", "200", "2025-05-02", "A-1"), given("Atlas", "300", "2025-05-03", "A-2"), given("Boreal", "5", "2025-05-03", "A-3")}
	for _, undo := range []bool{false, true} {
		for n, stopped := 1, true; stopped; n++ {
			w, folder := newWorld(t), t.TempDir()
			w.post(deposit("d1", 10, may(4)))
			over := w.importsOver(faulty.New(w.table, faulty.Plan{Fail: n, Effect: true, Halt: true}), folder)
			if !undo {
				_, err := w.importing(over, rows...)
				stopped = err != nil
				w.whole(1, 4)
				continue
			}
			id := w.imported(w.importsOver(w.table, folder), rows...)
			_, err := over.Undo(t.Context(), imports.UndoOrder{Import: id, Person: "dora"})
			stopped = err != nil
			w.whole(4, 7)
		}
	}
}
