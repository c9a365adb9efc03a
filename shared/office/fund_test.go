package office_test

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

func TestTheFundsTotalsAddUp(t *testing.T) {
	f := newTreasury(t)
	got, err := f.FundTotals(f.as(access.City))
	if err != nil {
		t.Fatal(err)
	}
	if got.Received != 150_000 || got.Spent != 15_000 || got.Allocated != 45_000 || got.Unallocated != 90_000 || got.ClosedTo != day("2026-01-31") {
		t.Errorf("%+v", got)
	}
	if got.Held != got.Received+got.Interest+got.Exchange-got.Spent-got.Support-got.Refunded || got.Held != got.Allocated+got.Unallocated {
		t.Errorf("what is left is not what came and went: %+v", got)
	}
	i := slices.IndexFunc(got.Activities, func(a office.FundActivity) bool { return a.Activity.Code == "fund/1.1" })
	if i < 0 || got.Activities[i].Spent != 15_000 || got.Activities[i].Allocated != 45_000 {
		t.Errorf("%+v", got.Activities)
	}
}

func TestAnEventIsEnteredAsItWasStated(t *testing.T) {
	f := newTreasury(t)
	rate, err := money.ParseRate("1.1")
	if err != nil {
		t.Fatal(err)
	}
	entry, err := f.PostEvent(f.treasurer(), "k1", office.FundEvent{
		Kind: trust.Expenditure, Activity: "fund/1.1", Date: day("2026-02-03"), Category: f.Programme.ExpenseCategories[0].ID,
		Paid:  registry.Payment{Amount: money.Amount{Minor: 10_000, Currency: "EUR"}, Rate: rate, RateSource: "the bank"},
		Payee: "A. Person", Beneficiaries: []string{"CM", "FR#brest"},
	}, "voucher 7")
	if err != nil {
		t.Fatal(err)
	}
	event := trust.EventOf(entry.Entry, "USD")
	if event.Amount.Minor != 11_000 || event.Original.RateDate != day("2026-02-03") || !slices.Equal(event.Beneficiary, []string{"CM", "FR#brest"}) ||
		entry.Reason != "voucher 7" || entry.Source.Person != "person-treasurer" || entry.TakenBackBy != "" {
		t.Errorf("%+v", entry)
	}
	if event.Payee == "" || event.Payee == "A. Person" {
		t.Errorf("the books have the payee as %q", event.Payee)
	}
	deposit, err := f.PostEvent(f.treasurer(), "", office.FundEvent{
		Kind: trust.Deposit, Donor: "Corée du Sud", Date: day("2026-02-04"), Paid: registry.Payment{Amount: dollars(100)}, Agreement: "Kor 2026",
	}, "")
	if err != nil || deposit.Attributes["donor"] != korea || deposit.Attributes["agreement"] != "kor-2026" {
		t.Errorf("%+v, %v", deposit, err)
	}
}

func TestAnEventThatDoesNotHoldTogetherIsRefusedAtItsField(t *testing.T) {
	f := newTreasury(t)
	rate, err := money.ParseRate("1.1")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(e *office.FundEvent)
		code   problem.Code
		field  string
	}{
		"a payee of interest":       {func(e *office.FundEvent) { e.Payee = "A" }, "FIELD_UNKNOWN", "payee"},
		"an activity of interest":   {func(e *office.FundEvent) { e.Activity = "fund/1.1" }, "FIELD_UNKNOWN", "activity"},
		"a rate of interest":        {func(e *office.FundEvent) { e.Paid.Rate = rate }, "FIELD_UNKNOWN", "rate"},
		"interest in euros":         {func(e *office.FundEvent) { e.Paid.Amount.Currency = "EUR" }, "CURRENCY_MISMATCH", "currency"},
		"no currency":               {func(e *office.FundEvent) { e.Paid.Amount.Currency = "XXX" }, "CURRENCY_UNKNOWN", "currency"},
		"no kind":                   {func(e *office.FundEvent) { e.Kind, e.Donor = "gift", "Sweden" }, "ENUM_UNKNOWN", "kind"},
		"no amount":                 {func(e *office.FundEvent) { e.Paid.Amount.Minor = 0 }, "NUMBER_OUT_OF_RANGE", "amount"},
		"no day":                    {func(e *office.FundEvent) { e.Date = day("") }, "CELL_REQUIRED", "date"},
		"a deposit of nobody":       {func(e *office.FundEvent) { e.Kind = trust.Deposit }, "CELL_REQUIRED", "donor"},
		"a deposit of a stranger":   {func(e *office.FundEvent) { e.Kind, e.Donor = trust.Deposit, "Sweden" }, "REF_NOT_FOUND", "donor"},
		"an allocation by one":      {func(e *office.FundEvent) { e.Kind, e.Activity = trust.Allocation, "fund/1.1" }, "SECOND_PERSON_NEEDED", ""},
		"a country that is not":     {func(e *office.FundEvent) { e.Kind, e.Beneficiaries = trust.Expenditure, []string{"XX"} }, "COUNTRY_UNKNOWN", "beneficiaries"},
		"a city that is not":        {func(e *office.FundEvent) { e.Kind, e.Beneficiaries = trust.Expenditure, []string{"FR#oz"} }, "REF_NOT_FOUND", "city"},
		"a rate of the fund's own":  {func(e *office.FundEvent) { e.Kind, e.Paid.Rate = trust.Expenditure, rate }, "FIELD_UNKNOWN", "rate"},
		"a source without its rate": {func(e *office.FundEvent) { e.Kind, e.Paid.RateSource = trust.Expenditure, "b" }, "FIELD_MISSING", "rate"},
		"a rate without its source": {func(e *office.FundEvent) {
			e.Kind, e.Paid.Rate, e.Paid.Amount.Currency = trust.Expenditure, rate, "EUR"
		}, "FIELD_MISSING", "rateSource"},
		"no rate on record": {func(e *office.FundEvent) { e.Kind, e.Paid.Amount.Currency = trust.Expenditure, "EUR" }, "FX_RATE_MISSING", "rate"},
	} {
		event := earned(100)
		c.change(&event)
		_, err := f.PostEvent(f.treasurer(), "", event, "")
		if p := problemIn(err); p == nil || p.Code != c.code || p.Field != c.field {
			t.Errorf("%s: %v, want %s at %q", name, err, c.code, c.field)
		}
	}
}

func TestAKeyIsItsPersonsAndItsRequestsOwn(t *testing.T) {
	f := newTreasury(t)
	first, err := f.PostEvent(f.treasurer(), "k", earned(5), "")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := f.PostEvent(f.treasurer(), "k", earned(5), ""); err != nil || again.ID != first.ID {
		t.Errorf("%q, %v, want %q again", again.ID, err, first.ID)
	}
	if _, err := f.PostEvent(f.treasurer(), "k", earned(6), ""); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("%v", err)
	}
	other := access.WithActor(t.Context(), access.Actor{Person: "another", Role: access.Treasurer})
	if second, err := f.PostEvent(other, "k", earned(5), ""); err != nil || second.ID == first.ID {
		t.Errorf("%q, %v", second.ID, err)
	}
}

func TestWhatTakesTwoPersonsTakesTwoWhateverTheirRoles(t *testing.T) {
	f := newTreasury(t)
	entry := f.entered(trust.Event{Kind: trust.Deallocation, Activity: "fund/1.1", Amount: dollars(100), Date: day("2026-02-01")})
	for name, propose := range map[string]func() (registry.Proposed, error){
		"an allocation": func() (registry.Proposed, error) { return f.ProposeEvent(f.treasurer(), "p/1", allocated(100), "") },
		"a reversal": func() (registry.Proposed, error) {
			return f.ProposeReversal(f.treasurer(), "", registry.Reversal{Entry: entry, On: day("2026-02-10")}, "wrong")
		},
		"a closing": func() (registry.Proposed, error) { return f.ProposeClosing(f.treasurer(), "", day("2026-02-20"), "") },
	} {
		p, err := propose()
		if err != nil || !identity.WellFormed(p.ID) || p.State != registry.ProposalOpen || p.Person != "person-treasurer" {
			t.Errorf("%s: %+v, %v", name, p, err)
			continue
		}
		if _, err := f.ApproveProposal(f.treasurer(), "", p.ID); codeOf(err) != "SECOND_PERSON_NEEDED" {
			t.Errorf("%s: by the same person: %v", name, err)
		}
	}
	open, err := f.FundProposals(f.as(access.Auditor), false)
	if err != nil || len(open) != 3 {
		t.Fatal(len(open), err)
	}
	for _, p := range open {
		if p.CloseTo.IsZero() {
			done, err := f.ApproveProposal(f.as(access.Secretariat), "", p.ID)
			if err != nil || done.State != registry.ProposalApproved || done.Approver != "person-secretariat" || done.Entry == "" {
				t.Errorf("%+v, %v", done, err)
			}
			continue
		}
		if done, err := f.RejectProposal(f.treasurer(), "", p.ID); err != nil || done.State != registry.ProposalRejected {
			t.Errorf("%+v, %v", done, err)
		}
		if _, err := f.RejectProposal(f.treasurer(), "", p.ID); codeOf(err) != "PROPOSAL_DECIDED" {
			t.Errorf("%v", err)
		}
	}
	for name, err := range map[string]error{
		"approve": second(f.ApproveProposal(f.as(access.Secretariat), "", "none")), "reject": second(f.RejectProposal(f.treasurer(), "", "none")),
		"read": second(f.FundProposal(f.treasurer(), "none")),
	} {
		if codeOf(err) != "PROPOSAL_UNKNOWN" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestAnEntryIsTakenBackByAnother(t *testing.T) {
	f := newTreasury(t)
	first, err := f.PostEvent(f.treasurer(), "", earned(500), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.ReverseEntry(f.treasurer(), "", first.ID, day("2026-02-11"), " "); codeOf(err) != "CELL_REQUIRED" {
		t.Errorf("without a reason: %v", err)
	}
	back, err := f.ReverseEntry(f.treasurer(), "", first.ID, day("2026-02-11"), "booked twice")
	if err != nil || back.Reverses != first.ID || back.Date != day("2026-02-11") {
		t.Errorf("%+v, %v", back, err)
	}
	if shown, err := f.FundEntry(f.as(access.Auditor), first.ID); err != nil || shown.TakenBackBy != back.ID {
		t.Errorf("%+v, %v", shown, err)
	}
	for _, id := range []string{"", "2026", "2026-02-10#000000000099#0000001"} {
		if err := second(f.FundEntry(f.treasurer(), id)); codeOf(err) != "ENTRY_UNKNOWN" {
			t.Errorf("%q: %v", id, err)
		}
		if err := second(f.ReverseEntry(f.treasurer(), "", id, day("2026-02-11"), "x")); codeOf(err) != "ENTRY_UNKNOWN" {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestBooksThatWereTamperedWithAreFoundOut(t *testing.T) {
	f := newTreasury(t)
	sound, err := f.VerifyFund(f.as(access.Auditor))
	if err != nil || sound.Fault != nil || sound.Head.Total != 4 {
		t.Fatalf("%+v, %v", sound, err)
	}
	ref := records.Ref{Type: "fund_entry", Partition: "2026", ID: f.deposit}
	entry, err := f.Records.Get(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	entry.Body["reason"] = "of another account"
	put := records.Put{Record: records.Record{Ref: ref, Body: entry.Body, Provenance: records.Provenance{Import: "x", At: f.now}}, Base: entry.Version}
	for _, err := range f.Records.PutEach(t.Context(), "x", []records.Put{put}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got, err := f.VerifyFund(f.as(access.Auditor)); err != nil || got.Fault == nil || got.Fault.Link != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}
