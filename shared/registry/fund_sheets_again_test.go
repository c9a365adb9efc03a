package registry_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// remarked is a line with a remark.
func remarked(line string) string { return strings.Replace(line, ";\n", ";by mail\n", 1) }

func (w *world) undone(service *imports.Service, id string) {
	w.t.Helper()
	if _, err := service.Undo(w.t.Context(), imports.UndoOrder{Import: id, Person: "dora"}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) takenBack(entry string) {
	w.t.Helper()
	if _, err := w.registry.Reverse(w.t.Context(), registry.Origin{Person: "anna"}, entry, may(5), "paid by mistake"); err != nil {
		w.t.Fatal(err)
	}
}

func TestARemarkDoesNotBringBackWhatATreasurerTookBack(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	line := given("Atlas", "200", "2025-05-02", "A-1")
	w.imported(service, line)
	w.takenBack(w.entries()[0].ID)
	second := w.imported(service, remarked(line))
	w.wantEntries("deposit 2.5 20000, R deposit 5.5 20000")
	w.undone(service, second)
	w.wantEntries("deposit 2.5 20000, R deposit 5.5 20000")
}

func TestUndoingAChangeDoesNotBringBackWhatATreasurerTookBackBeforeIt(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"))
	w.takenBack(w.entries()[0].ID)
	second := w.imported(service, given("Atlas", "250", "2025-05-02", "A-1"))
	if got := w.fund(trust.Cash); got != 25_000 {
		t.Errorf("cash %d", got)
	}
	w.undone(service, second)
	w.wantEntries("deposit 2.5 20000, deposit 2.5 25000, R deposit 2.5 25000, R deposit 5.5 20000")
	w.imported(service, remarked(given("Atlas", "200", "2025-05-02", "A-1")))
	w.wantEntries("deposit 2.5 20000, deposit 2.5 25000, R deposit 2.5 25000, R deposit 5.5 20000")
}

func TestImportsThatAreUndoneOneAfterTheOtherGiveEachEntryBackWithItsSource(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	var ids []string
	for n, amount := range []string{"200", "300", "400"} {
		other := given("Borea", "1", "2025-05-01", fmt.Sprint("B-", n)) // moves the row
		ids = append(ids, w.imported(service, strings.Repeat(other, n)+given("Atlas", amount, "2025-05-02", "A-1")))
	}
	standing := func() (import_, cell, value string) {
		taken := map[string]bool{}
		all := w.entries()
		for _, e := range all {
			taken[e.Reverses] = true
		}
		for _, e := range all {
			if e.Reverses == "" && !taken[e.ID] && e.Date == may(2) {
				import_, cell, value = import_+e.Source.Import, cell+e.Source.Cell, value+e.Source.Value
			}
		}
		return import_, cell, value
	}
	if id, cell, value := standing(); id != ids[2] || cell != "E4" || value != "400" {
		t.Fatalf("%s %s %s", id, cell, value)
	}
	w.undone(service, ids[2])
	if id, cell, value := standing(); id != ids[1] || cell != "E3" || value != "300" {
		t.Errorf("after one: %s %s %s", id, cell, value)
	}
	w.undone(service, ids[1])
	if id, cell, value := standing(); id != ids[0] || cell != "E2" || value != "200" {
		t.Errorf("after two: %s %s %s", id, cell, value)
	}
	w.undone(service, ids[0])
	if id, _, _ := standing(); id != "" || w.fund(trust.Cash) != 0 {
		t.Errorf("%s stands", id)
	}
	w.verified()
}

func TestAContributionOfAClosedPeriodThatWasUndoneCanBeImportedAgain(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	line := given("Atlas", "200", "2025-05-02", "A-1")
	id := w.imported(service, line)
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	w.undone(service, id)
	w.wantEntries("deposit 2.5 20000, R deposit 11.5 20000")
	w.imported(service, line)
	w.wantEntries("deposit 2.5 20000, R deposit 11.5 20000, deposit 11.5 20000")

	early := given("Atlas", "30", "2025-05-12", "A-2")
	w.undone(service, w.imported(service, early))
	if err := w.closed(may(15)); err != nil {
		t.Fatal(err)
	}
	_, err := w.importing(service, early) // it was never part of a closed period
	wantCode(t, err, "ROWS_REFUSED")
}

func TestAContributionThatIsSentAgainWithAnotherDayDonorOrEarmarkIsMoved(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.imported(service, given("Atlas", "200", "2025-05-02", "A-1"))
	for _, line := range []string{
		given("Atlas", "200", "2025-05-04", "a 1"), given("Borea", "200", "2025-05-04", "A-1"),
		"Borea;Foundation;;;200;USD;2025-05-04;A-1;fund/1.1;;;;\n", given("Borea", "210", "2025-05-04", "A-1"),
	} {
		w.imported(service, line)
		if n := len(w.entries()); n%2 != 1 {
			t.Errorf("%d entries", n)
		}
	}
	if got := w.fund(trust.Contributions); got != 21_000 {
		t.Errorf("received %d", got)
	}
	w.verifiedSums()
}

func TestADepositThatSupportWasChargedOnIsTakenBackThoughNothingElseIsLeft(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	pledge := func(percent string) {
		text := "Agreement reference;Donor;Type of donor;Country;Amount pledged;Currency;Signed on;Support costs (%)\n" +
			"ATL-1;Atlas;Foundation;;1000;USD;2025-05-01;" + percent + "\n"
		if _, codes := w.send(service, "pledges", text); codes != "" {
			t.Fatal(codes)
		}
	}
	pledge("7")
	w.imported(service, given("Atlas", "100", "2025-05-02", "A-1"))
	if err := w.decided(onActivity(trust.Allocation, 9_300, may(3))); err != nil {
		t.Fatal(err)
	}
	pledge("6")
	second := w.imported(service, given("Atlas", "100", "2025-05-02", "A-1"))
	if got := w.fund(trust.Unallocated); got != 100 {
		t.Errorf("unallocated %d", got)
	}
	w.undone(service, second)
	w.verifiedSums()
	w = newWorld(t)
	service = w.imports()
	pledge("7")
	w.undone(service, w.imported(service, given("Atlas", "100", "2025-05-02", "A-1")))
	if got := w.fund(trust.Cash); got != 0 {
		t.Errorf("cash %d", got)
	}
	w.verifiedSums()
}
