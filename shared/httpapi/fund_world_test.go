package httpapi_test

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The donors of the tests' fund.
const (
	korea   = "donor_country#KR"
	hamburg = "member_city#DE#hamburg"
)

func dollars(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "USD"} }

// aFund puts on record that Korea pledged 3,000.00 dollars and gave 1,000.00, and Hamburg 500.00; 600.00 were allocated and 150.00 spent. The
// books are closed up to the end of January 2026. In February 5.00 of interest came, whose entry's path it gives.
func aFund(w *world, _ access.Actor) map[string]string {
	pledge := fund.Instalment{
		Agreement: "KOR 2026", Donor: "Republic of Korea", DonorType: fund.DonorCountry, Country: "KR", Pledged: dollars(300_000),
		SignedOn: day("2025-12-01"), Number: 1, Amount: dollars(300_000), DueOn: day("2026-02-01"), Remarks: "the minister is in doubt",
	}
	w.keep(fund.InstalmentType, "", pledge.ID(), pledge)
	for _, c := range []fund.Contribution{
		{
			Donor: "Republic of Korea", DonorType: fund.DonorCountry, Country: "KR", Amount: dollars(100_000), ReceivedOn: day("2026-01-05"),
			Reference: "R1", Remarks: "the minister is in doubt",
		},
		{
			Donor: "City of Hamburg", DonorType: fund.MemberCity, Member: "DE#hamburg", City: "Hamburg", Country: "DE", Amount: dollars(50_000),
			ReceivedOn: day("2026-01-06"), Reference: "R2",
		},
	} {
		w.keep(fund.RecordType, c.Year(), c.ID(), c)
	}
	for _, event := range []trust.Event{
		{Kind: trust.Deposit, Donor: korea, Amount: dollars(100_000), Date: day("2026-01-05")},
		{Kind: trust.Deposit, Donor: hamburg, Amount: dollars(50_000), Date: day("2026-01-06")},
		{Kind: trust.Allocation, Activity: "fund/1.1", Amount: dollars(60_000), Date: day("2026-01-10")},
		{Kind: trust.Expenditure, Activity: "fund/1.1", Amount: dollars(15_000), Date: day("2026-01-20"), Beneficiary: []string{"CM"}},
	} {
		w.entered(event)
	}
	books := w.config.Office.Registry
	w.decided(books.ProposeClosing(w.t.Context(), registry.Origin{Person: "first"}, day("2026-01-31"), ""))
	id := w.entered(trust.Event{Kind: trust.Earned, Amount: dollars(500), Date: day("2026-02-10")})
	return map[string]string{"entry": strings.ReplaceAll(id, "#", "/")}
}

// aProposal makes the fund, and proposes an allocation.
func aProposal(w *world, actor access.Actor) map[string]string {
	named := aFund(w, actor)
	event := trust.Event{Kind: trust.Allocation, Activity: "fund/1.2", Amount: dollars(100), Date: day("2026-02-11")}
	id, err := w.config.Office.Registry.ProposeEvent(w.t.Context(), registry.Origin{Person: "first"}, event, "as decided")
	if err != nil {
		w.t.Fatal(err)
	}
	named["proposal"] = id
	return named
}

// entered enters an event by as many persons as it takes.
func (w *world) entered(e trust.Event) string {
	w.t.Helper()
	books := w.config.Office.Registry
	if e.Kind.NeedsSecond() {
		return w.decided(books.ProposeEvent(w.t.Context(), registry.Origin{Person: "first"}, e, ""))
	}
	id, err := books.Post(w.t.Context(), registry.Origin{Person: "first"}, e, "")
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) decided(proposal string, err error) string {
	w.t.Helper()
	if err == nil {
		proposal, err = w.config.Office.Registry.Approve(w.t.Context(), registry.Origin{Person: "second"}, proposal)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return proposal
}

// as has a person of a role ask from now on.
func (w *world) as(role access.Role) *world {
	w.actor = actorOf(role)
	return w
}
