package registry_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	anna  = registry.Origin{Person: "anna"}
	bruno = registry.Origin{Person: "bruno"}
)

func TestWhatTwoPersonsDecidedIsNotUndoneByOne(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		w.post(deposit("d1", 1000, may(2)))
		if err := w.decided(onActivity(trust.Allocation, 600, may(3))); err != nil {
			t.Fatal(err)
		}
		w.post(onActivity(trust.Deallocation, 100, may(4)))
		refund := deposit("d1", 50, may(5))
		refund.Kind = trust.Refund
		if err := w.decided(refund); err != nil {
			t.Fatal(err)
		}
		for _, entry := range []string{
			"2025-05-04#000000000003#0000001", "2025-05-03#000000000002#0000001", "2025-05-05#000000000004#0000001",
		} {
			_, err := w.registry.Reverse(t.Context(), anna, entry, may(6), "a mistake")
			wantCode(t, err, "SECOND_PERSON_NEEDED")
			_, err = w.registry.ProposeReversal(t.Context(), anna, entry, may(6), "")
			wantCode(t, err, "CELL_REQUIRED")
			proposal, err := w.registry.ProposeReversal(t.Context(), anna, entry, may(6), "a mistake")
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.registry.Approve(t.Context(), anna, proposal)
			wantCode(t, err, "SECOND_PERSON_NEEDED")
			again, err := w.registry.ProposeReversal(t.Context(), anna, entry, may(6), "the same once more")
			if err != nil {
				t.Fatal(err)
			}
			back, err := w.registry.Approve(t.Context(), bruno, proposal)
			if err != nil {
				t.Fatal(err)
			}
			if got, _, err := w.registry.FundEntry(t.Context(), back); err != nil || got.Reverses != entry || got.Source.Person != "bruno" {
				t.Errorf("%+v, %v", got, err)
			}
			_, err = w.registry.Approve(t.Context(), bruno, again)
			wantCode(t, err, "ENTRY_REVERSED")
			if err := w.registry.Reject(t.Context(), bruno, again); err != nil {
				t.Error(err)
			}
		}
		if got := w.fund(trust.Unallocated); got != 1000 {
			t.Errorf("unallocated %d", got)
		}
		w.verified()
	})
}

func TestProposalsAreListedInTheirOrderUntilTheyAreDecided(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", 1000, may(2)))
	var ids []string
	for minor := int64(1); minor <= 3; minor++ {
		id, err := w.registry.ProposeEvent(t.Context(), anna, onActivity(trust.Allocation, minor, may(3)), "training")
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	entry, err := w.registry.Approve(t.Context(), bruno, ids[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := w.registry.Reject(t.Context(), anna, ids[2]); err != nil {
		t.Fatal(err)
	}
	open, err := w.registry.FundProposals(t.Context(), false)
	if err != nil || len(open) != 1 || open[0].ID != ids[0] || open[0].At.IsZero() || open[0].Person != "anna" {
		t.Errorf("%+v, %v", open, err)
	}
	all, err := w.registry.FundProposals(t.Context(), true)
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, p := range all {
		one, err := w.registry.FundProposal(t.Context(), p.ID)
		if err != nil || one.State != p.State {
			t.Errorf("%+v, %v", one, err)
		}
		if p.ID == ids[1] && (p.Entry != entry || p.Approver != "bruno" || p.Decided.IsZero()) {
			t.Errorf("%+v", p)
		}
	}
	_, err = w.registry.FundProposal(t.Context(), "none")
	wantCode(t, err, "REF_NOT_FOUND")
}

func TestWhereTheBooksStandIsTold(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", 1000, may(2)))
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	at, err := w.registry.FundStanding(t.Context())
	if err != nil || at.Total != 1 || at.Link.Hash != w.verified().Link.Hash || at.ClosedTo != may(10) || trust.Shown(at.Balances, trust.Cash) != 1000 {
		t.Errorf("%+v, %v", at, err)
	}
}
