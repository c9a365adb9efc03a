package office_test

import (
	"context"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The donors of the tests' fund.
const (
	korea   = "donor_country#KR"
	hamburg = "member_city#DE#hamburg"
)

// treasury is the network with a fund: Korea pledged 3,000.00 dollars and gave 1,000.00, Hamburg gave 500.00; 600.00 were allocated and 150.00
// spent. The books are closed up to the end of January 2026; it is 2 March.
type treasury struct {
	*network
	deposit string // Korea's entry
}

func dollars(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "USD"} }

func newTreasury(t *testing.T) *treasury {
	t.Helper()
	f := &treasury{network: newNetwork(t)}
	f.Registry.Figures = donors.Figures(programme.Current(), reference.Load())
	pledge := fund.Instalment{
		Agreement: "KOR 2026", Donor: "Republic of Korea", DonorType: fund.DonorCountry, Country: "KR", Pledged: dollars(300_000),
		SignedOn: day("2025-12-01"), Number: 1, Amount: dollars(150_000), DueOn: day("2026-02-01"), Remarks: "the minister is in doubt",
	}
	f.put(fund.InstalmentType, "", pledge.ID(), pledge)
	pledge.Number, pledge.DueOn = 2, day("2026-12-01")
	f.put(fund.InstalmentType, "", pledge.ID(), pledge)
	for _, c := range []fund.Contribution{
		{Donor: "Republic of Korea", DonorType: fund.DonorCountry, Country: "KR", Amount: dollars(100_000), ReceivedOn: day("2026-01-05"), Reference: "R1"},
		{
			Donor: "City of Hamburg", DonorType: fund.MemberCity, Member: "DE#hamburg", City: "Hamburg", Country: "DE", Amount: dollars(50_000),
			ReceivedOn: day("2026-01-06"), Reference: "R2",
		},
	} {
		f.put(fund.RecordType, c.Year(), c.ID(), c)
	}
	events := []trust.Event{
		{Kind: trust.Deposit, Donor: korea, Amount: dollars(100_000), Date: day("2026-01-05")},
		{Kind: trust.Deposit, Donor: hamburg, Amount: dollars(50_000), Date: day("2026-01-06")},
		{Kind: trust.Allocation, Activity: "fund/1.1", Amount: dollars(60_000), Date: day("2026-01-10")},
		{Kind: trust.Expenditure, Activity: "fund/1.1", Amount: dollars(15_000), Date: day("2026-01-20"), Beneficiary: []string{"CM"}},
	}
	for i, event := range events {
		id := f.entered(event)
		if i == 0 {
			f.deposit = id
		}
	}
	proposal, err := f.Registry.ProposeClosing(t.Context(), registry.Origin{Person: "first"}, day("2026-01-31"), "")
	f.decided(proposal, err)
	return f
}

// entered enters an event by as many persons as it takes.
func (f *treasury) entered(e trust.Event) string {
	f.t.Helper()
	if e.Kind.NeedsSecond() {
		proposal, err := f.Registry.ProposeEvent(f.t.Context(), registry.Origin{Person: "first"}, e, "")
		return f.decided(proposal, err)
	}
	id, err := f.Registry.Post(f.t.Context(), registry.Origin{Person: "first"}, e, "")
	if err != nil {
		f.t.Fatal(err)
	}
	return id
}

func (f *treasury) decided(proposal string, err error) string {
	f.t.Helper()
	if err == nil {
		proposal, err = f.Registry.Approve(f.t.Context(), registry.Origin{Person: "second"}, proposal)
	}
	if err != nil {
		f.t.Fatal(err)
	}
	return proposal
}

func (f *treasury) treasurer() context.Context { return f.as(access.Treasurer) }

// earned is interest of a day in February.
func earned(minor int64) office.FundEvent {
	return office.FundEvent{Kind: trust.Earned, Paid: registry.Payment{Amount: dollars(minor)}, Date: day("2026-02-10")}
}

// allocated is an allocation of that day.
func allocated(minor int64) office.FundEvent {
	return office.FundEvent{
		Kind: trust.Allocation, Activity: "fund/1.1", Paid: registry.Payment{Amount: dollars(minor)}, Date: day("2026-02-10"),
	}
}
