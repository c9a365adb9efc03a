package office_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Whatever people of any role try with the fund, in any order: what two persons have to decide two did, who may not change the books didn't, and
// the books are in order.
func TestWhateverPeopleTryTheFundsBooksAreKeptByThoseWhoMay(t *testing.T) {
	for seed := range uint64(6) {
		f, random := newTreasury(t), rand.New(rand.NewPCG(seed, 8))
		crowd := map[string]access.Actor{}
		var names []string
		for _, role := range access.Roles {
			for _, n := range []string{"-1", "-2"} {
				name := string(role) + n
				crowd[name] = access.Actor{Person: name, Role: role, Scope: standings[role].Scope}
				names = append(names, name)
			}
		}
		for range 120 {
			who := crowd[names[random.IntN(len(names))]]
			if random.IntN(2) == 0 { // most of what is tried is by those who may
				who = crowd[[]string{"treasurer-1", "treasurer-2", "secretariat-1"}[random.IntN(3)]]
			}
			f.tries(access.WithActor(t.Context(), who), random)
		}
		f.kept(crowd)
	}
}

// tries does something with the fund, which may be refused.
func (f *treasury) tries(ctx context.Context, random *rand.Rand) {
	f.t.Helper()
	proposals, err := f.Registry.FundProposals(f.t.Context(), true)
	if err != nil {
		f.t.Fatal(err)
	}
	some := proposals[random.IntN(len(proposals))].ID
	entries, _, err := f.Registry.FundEntryPage(f.t.Context(), registry.FundPage{Limit: 1 + random.IntN(20), Newest: true})
	if err != nil {
		f.t.Fatal(err)
	}
	entry, on := entries[len(entries)-1].ID, day("2026-02-15")
	minor := int64(1 + random.IntN(30_000))
	switch random.IntN(9) {
	case 0:
		_, err = f.PostEvent(ctx, "", earned(minor), "")
	case 1:
		_, err = f.ProposeEvent(ctx, "", allocated(minor), "")
	case 2:
		spent := allocated(minor)
		spent.Kind = trust.Expenditure
		_, err = f.PostEvent(ctx, "", spent, "")
	case 3:
		_, err = f.ReverseEntry(ctx, "", entry, on, "wrong")
	case 4:
		_, err = f.ProposeReversal(ctx, "", registry.Reversal{Entry: entry, On: on}, "wrong")
	case 5:
		_, err = f.RejectProposal(ctx, "", some)
	case 6:
		refund := office.FundEvent{Kind: trust.Refund, Donor: korea, Paid: registry.Payment{Amount: dollars(minor)}, Date: on}
		_, err = f.ProposeEvent(ctx, "", refund, "asked for")
	default:
		_, err = f.ApproveProposal(ctx, "", some)
	}
	if err != nil && problemIn(err) == nil {
		f.t.Fatal(err)
	}
}

// kept checks what became of the books.
func (f *treasury) kept(crowd map[string]access.Actor) {
	f.t.Helper()
	if v, err := f.VerifyFund(f.as(access.Auditor)); err != nil || v.Fault != nil {
		f.t.Errorf("%+v, %v", v.Fault, err)
	}
	proposals, err := f.Registry.FundProposals(f.t.Context(), true)
	if err != nil {
		f.t.Fatal(err)
	}
	decided := map[string]bool{}
	for _, p := range proposals {
		if p.State == registry.ProposalApproved {
			decided[p.Entry] = true
			if p.Person == p.Approver {
				f.t.Errorf("%s approved what it proposed: %+v", p.Person, p)
			}
		}
		for person, do := range map[string]access.Action{p.Person: access.FundPropose, p.Approver: access.FundApprove} {
			if who, known := crowd[person]; known && access.Decide(who, do, access.Object{}) != nil {
				f.t.Errorf("%s did %s", person, do)
			}
		}
	}
	err = f.Registry.FundEntries(f.t.Context(), func(e ledger.Entry) error {
		two := trust.Kind(e.Kind).NeedsSecond() || e.Reverses != "" && trust.Kind(e.Kind).TakingBackNeedsSecond()
		if two && !decided[e.ID] {
			f.t.Errorf("one person entered %+v", e)
		}
		if who, known := crowd[e.Source.Person]; known && who.Role != access.Treasurer && !decided[e.ID] {
			f.t.Errorf("%s entered %+v", who.Role, e)
		}
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
}
