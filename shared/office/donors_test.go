package office_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

// problemIn is the problem that an error is, nil for none.
func problemIn(err error) *problem.Problem {
	var p *problem.Problem
	_ = errors.As(err, &p)
	return p
}

func TestADonorIsShownItselfAmongTheDonors(t *testing.T) {
	f := newTreasury(t)
	for role, want := range map[access.Role][]string{access.Auditor: {korea, hamburg}, access.Donor: {korea}} {
		all, err := f.Donors(f.as(role))
		var ids []string
		for _, d := range all {
			ids = append(ids, d.ID)
		}
		if !slices.Equal(ids, want) || err != nil {
			t.Errorf("%s sees %q, %v", role, ids, err)
		}
	}
}

func TestADonorSeesWhatItPromisedAndGave(t *testing.T) {
	f := newTreasury(t)
	ctx := f.as(access.Donor)
	one, err := f.Donor(ctx, korea)
	if err != nil || one.Name != "Republic of Korea" || one.Contributions != 1 || !slices.Equal(one.Received, []money.Amount{dollars(100_000)}) ||
		!slices.Equal(one.Pledged, []money.Amount{dollars(300_000)}) {
		t.Errorf("%+v, %v", one, err)
	}
	pledges, err := f.Pledges(ctx, korea)
	if err != nil || len(pledges) != 2 || pledges[0].Covered != dollars(100_000) || !pledges[1].Covered.IsZero() ||
		!pledges[0].Overdue || pledges[1].Overdue {
		t.Errorf("%+v, %v", pledges, err)
	}
	gave, err := f.Contributions(ctx, korea)
	if err != nil || len(gave) != 1 || gave[0].Reference != "R1" {
		t.Errorf("%+v, %v", gave, err)
	}
}

func TestSumsAreOfOneCurrencyEach(t *testing.T) {
	f := newTreasury(t)
	for i, currency := range []string{"XOF", "EUR", "EUR", "USD"} {
		c := fund.Contribution{
			Donor: "Korea", DonorType: fund.DonorCountry, Country: "KR", Amount: money.Amount{Minor: 10, Currency: currency},
			ReceivedOn: day("2026-02-01"), Reference: string(rune('a' + i)),
		}
		f.put(fund.RecordType, c.Year(), c.ID(), c)
	}
	one, err := f.Donor(f.as(access.Donor), korea)
	want := []money.Amount{{Minor: 20, Currency: "EUR"}, dollars(100_010), {Minor: 10, Currency: "XOF"}}
	if err != nil || !slices.Equal(one.Received, want) || one.Contributions != 5 {
		t.Errorf("%+v, %v", one, err)
	}
}

var january = office.Span{From: day("2026-01-01"), To: day("2026-01-31")}

func TestAStatementIsProvisionalUntilTwoPersonsMadeItFinal(t *testing.T) {
	f := newTreasury(t)
	donor := f.as(access.Donor)
	before, err := f.Statement(donor, korea, january)
	if err != nil || before.Status != statement.Provisional || before.Figures.Of(statement.Received).Period != 100_000 {
		t.Fatalf("%+v, %v", before, err)
	}
	if spent := before.Figures.Of(statement.Spent).Period; spent != -10_000 {
		t.Errorf("two thirds of 150.00 are %d", spent)
	}
	p, err := f.ProposeStatement(f.treasurer(), "", korea, january, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.ApproveProposal(f.treasurer(), "", p.ID); codeOf(err) != "SECOND_PERSON_NEEDED" {
		t.Errorf("%v", err)
	}
	if done, err := f.ApproveProposal(f.as(access.Secretariat), "", p.ID); err != nil || done.State != registry.ProposalApproved {
		t.Fatalf("%+v, %v", done, err)
	}
	after, err := f.Statement(donor, korea, january)
	if err != nil || after.Status != statement.Final || after.Digest != before.Digest || after.Version != 1 {
		t.Errorf("%+v, %v", after, err)
	}
	for role, shown := range map[access.Role]string{access.Donor: "", access.Auditor: "person-treasurer"} {
		all, err := f.FinalStatements(f.as(role), korea)
		if err != nil || len(all) != 1 || all[0].Person != shown || (all[0].Approver == "") != (shown == "") || all[0].Hash == "" {
			t.Errorf("%s: %+v, %v", role, all, err)
		}
	}
	if others, err := f.FinalStatements(f.as(access.Auditor), hamburg); err != nil || len(others) != 0 {
		t.Errorf("%+v, %v", others, err)
	}
}

func TestAStatementIsOfAPeriodThatThereIs(t *testing.T) {
	f := newTreasury(t)
	ctx := f.as(access.Auditor)
	current, err := f.Statement(ctx, korea, office.Span{})
	if err != nil || current.Period.Term != term || current.AsOf != day("2026-03-02") {
		t.Errorf("%+v, %v", current, err)
	}
	if named, err := f.Statement(ctx, korea, office.Span{Term: term}); err != nil || named.Period != current.Period {
		t.Errorf("%+v, %v", named, err)
	}
	for name, err := range map[string]error{
		"TERM_UNKNOWN":          second(f.Statement(ctx, korea, office.Span{Term: "2001"})),
		"DATE_ORDER":            second(f.Statement(ctx, korea, office.Span{From: january.To, To: january.From})),
		"DONOR_UNKNOWN":         second(f.Statement(ctx, "company#1", january)),
		"STATEMENT_PERIOD_OPEN": second(f.ProposeStatement(f.treasurer(), "", korea, office.Span{From: january.From, To: day("2026-02-01")}, "")),
	} {
		if string(codeOf(err)) != name {
			t.Errorf("%v, want %s", err, name)
		}
	}
	if err := second(f.ProposeStatement(f.treasurer(), "", "company#1", january, "")); codeOf(err) != "DONOR_UNKNOWN" {
		t.Errorf("%v", err)
	}
}

func TestWhatAnotherDonorIsChargedIsInNoOthersStatement(t *testing.T) {
	f := newTreasury(t)
	f.entered(trust.Event{Kind: trust.SupportCost, Donor: hamburg, Amount: dollars(700), Date: day("2026-02-01")})
	s, err := f.Statement(f.as(access.Donor), korea, office.Span{})
	if err != nil || s.Donor.ID != korea || len(s.Contributions) != 0 || s.Figures.Of(statement.Support).Period != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}
