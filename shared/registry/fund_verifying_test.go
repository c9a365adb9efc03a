package registry_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/trust"
)

// tampered writes a record as somebody with a hand on the table would: change gets the body of one record, and what it leaves is written
// under another reference.
func (w *world) tampered(from, to records.Ref, change func(body map[string]any)) {
	w.t.Helper()
	record, err := w.reader.Get(w.t.Context(), from)
	if err != nil {
		w.t.Fatal(err)
	}
	change(record.Body)
	put := records.Put{Record: record, Base: record.Version}
	if put.Ref = to; from != to {
		put.Base = 0
	}
	put.Provenance.Request = "by hand"
	writes, err := put.Writes("")
	if err = errors.Join(err, w.table.Transact(w.t.Context(), writes)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) removed(ref records.Ref) {
	w.t.Helper()
	if err := w.table.Write(w.t.Context(), table.Write{Delete: ref.Key()}); err != nil {
		w.t.Fatal(err)
	}
}

func entryRecord(id string) records.Ref {
	return records.Ref{Type: "fund_entry", Partition: id[:4], ID: id}
}

func TestVerifyingNamesWhatWasTamperedWith(t *testing.T) {
	const (
		first    = "2025-05-02#000000000001#0000001"
		second   = "2025-05-03#000000000002#0000001"
		reversed = "2025-05-04#000000000003#0000001"
		back     = "2025-05-05#000000000004#0000001"
	)
	head := records.Ref{Type: "fund_head", ID: "head"}
	link := records.Ref{Type: "fund_link", ID: "000000000002"}
	day := records.Ref{Type: "fund_day", Partition: "2025", ID: "2025-05-12"}
	mark := records.Ref{Type: "fund_reversed", Partition: "2025", ID: reversed}
	as := func(map[string]any) {}
	changed := func(ref records.Ref, change func(body map[string]any)) func(*world) {
		return func(w *world) { w.tampered(ref, ref, change) }
	}
	cash := func(of string) func(map[string]any) {
		return func(body map[string]any) { body[of].(map[string]any)["cash"] = int64(5) }
	}
	for name, c := range map[string]struct {
		tamper func(w *world)
		flaw   ledger.Flaw
	}{
		"an entry's reason": {changed(entryRecord(first), func(body map[string]any) { body["reason"] = "better" }), ledger.BatchChanged},
		"what an entry was converted from": {changed(entryRecord(first), func(body map[string]any) {
			paid := map[string]any{"minor": int64(1000), "currency": "EUR"}
			body["original"] = map[string]any{"amount": paid, "rate": "1/0.92", "rateDate": "2025-05-01", "rateSource": "UN"}
		}), ledger.ConversionOff},
		"a balance":      {changed(head, cash("balances")), ledger.BalanceOff},
		"a day":          {changed(day, cash("moves")), ledger.DayOff},
		"the opening":    {changed(head, cash("opening")), ledger.DayOff},
		"a link":         {changed(link, func(body map[string]any) { body["batch"] = "another" }), ledger.ChainBroken},
		"a link's days":  {changed(link, func(body map[string]any) { body["days"] = []any{"2025-05-04"} }), ledger.BatchChanged},
		"the first year": {changed(head, func(body map[string]any) { body["first"] = int64(2026) }), ledger.HeadOff},
		"the last year":  {changed(head, func(body map[string]any) { body["last"] = int64(2027) }), ledger.HeadOff},
		"an entry that is kept on another day": {func(w *world) {
			changed(link, func(body map[string]any) { body["days"] = []any{"2025-05-07"} })(w)
			w.tampered(entryRecord(second), entryRecord(strings.Replace(second, "-03#", "-07#", 1)), as)
			w.removed(entryRecord(second))
		}, ledger.NotAnEntry},
		"an entry that no link has": {func(w *world) {
			w.tampered(entryRecord(second), entryRecord(strings.Replace(second, "-03#", "-07#", 1)), as)
		}, ledger.BatchChanged},
		"an entry of no batch": {func(w *world) { w.tampered(entryRecord(second), entryRecord("2025-05-03"), as) }, ledger.BatchChanged},
		"an entry beyond the head": {func(w *world) {
			w.tampered(entryRecord(second), entryRecord("2025-05-03#000000000099#0000001"), as)
		}, ledger.HeadOff},
		"a reversal without its mark": {func(w *world) { w.removed(mark) }, ledger.ReversedAgain},
		"a mark of another reversal":  {changed(mark, func(body map[string]any) { body["by"] = back + "0" }), ledger.ReversedAgain},
		"a mark of what was not taken": {func(w *world) {
			w.tampered(mark, records.Ref{Type: mark.Type, Partition: "2025", ID: first}, as)
		}, ledger.ReversedAgain},
		"books that are open again": {changed(head, func(body map[string]any) {
			delete(body, "closedTo")
			body["opening"] = map[string]any{}
		}), ledger.HeadOff},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.post(deposit("d1", 1000, may(2)))
			w.post(deposit("d1", 500, may(3)))
			w.post(deposit("d1", 70, may(4)))
			if _, err := w.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, reversed, may(5), "typo"); err != nil {
				t.Fatal(err)
			}
			if err := w.closed(may(10)); err != nil {
				t.Fatal(err)
			}
			w.post(deposit("d2", 30, may(12)))
			w.verified()
			c.tamper(w)
			var fault *ledger.Fault
			if _, err := w.registry.VerifyFund(t.Context()); !errors.As(err, &fault) || fault.Flaw != c.flaw {
				t.Errorf("%v, want %s", err, c.flaw)
			}
		})
	}
}

// meanwhile does something the first time that a partition is read, as another process would at that moment.
type meanwhile struct {
	table.Table
	partition string
	do        func()
}

func (m *meanwhile) Query(ctx context.Context, q table.Query) (table.Page, error) {
	if do := m.do; do != nil && q.Partition == m.partition {
		m.do = nil
		do()
	}
	return m.Table.Query(ctx, q)
}

func TestBooksThatGoOnWhileTheyAreVerifiedAreInOrder(t *testing.T) {
	for _, partition := range []string{"fund_day#2025", "fund_entry#2025", "fund_reversed#2025"} {
		sound := memory.New(table.Config{})
		other := worldOver(t, sound)
		first := other.post(deposit("d1", 1000, may(2)))
		other.post(deposit("d1", 1000, may(3)))
		during := &meanwhile{Table: sound, partition: partition, do: func() {
			other.post(deposit("d1", 5, may(2)))
			if _, err := other.registry.Reverse(t.Context(), registry.Origin{Person: "anna"}, first, may(4), "typo"); err != nil {
				t.Error(err)
			}
		}}
		if head := worldOver(t, during).verified(); head.Total < 2 || during.do != nil {
			t.Errorf("%s: %+v", partition, head)
		}
	}
}

// The days of one year are read before another process posts, and those of the next year after: an allocation shows without the deposit
// that it is from.
func TestWhatIsRefusedByBooksThatMovedIsJudgedAnew(t *testing.T) {
	sound := memory.New(table.Config{})
	other := worldOver(t, sound)
	other.post(deposit("d1", 10, civil.Date{Year: 2024, Month: 12, Day: 30}))
	other.post(deposit("d1", 5, may(1)))
	during := &meanwhile{Table: sound, partition: "fund_day#2025", do: func() {
		other.post(deposit("d2", 100, civil.Date{Year: 2024, Month: 12, Day: 31}))
		if err := other.decided(onActivity(trust.Allocation, 100, may(3))); err != nil {
			t.Error(err)
		}
	}}
	w := worldOver(t, during)
	cost := deposit("", 10, may(2))
	cost.Kind = trust.SupportCost
	w.post(cost)
	if got := w.fund(trust.Unallocated); got != 5 {
		t.Errorf("unallocated %d", got)
	}
}
