package fund_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
)

func TestADonorIsNamedAsItWasNamedLast(t *testing.T) {
	contributions := []fund.Contribution{
		{Donor: "Republic of Korea", DonorType: fund.DonorCountry, Country: "KR", ReceivedOn: day("2025-02-01")},
		{Donor: "Korea", DonorType: fund.DonorCountry, Country: "KR", ReceivedOn: day("2024-02-01")},
		{Donor: "Brest", DonorType: fund.MemberCity, Member: "FR#brest", City: "Brest", Country: "FR", ReceivedOn: day("2024-02-01")},
		{Donor: "ACME Ltd", DonorType: fund.Company, ReceivedOn: day("2024-02-01")},
		{Donor: "Acme LTD", DonorType: fund.Company, ReceivedOn: day("2024-02-01")},
	}
	instalments := []fund.Instalment{
		{Donor: "Korea (Rep.)", DonorType: fund.DonorCountry, Country: "KR", SignedOn: day("2023-02-01")},
		{Donor: "acme ltd", DonorType: fund.Company, City: "Ulm", Country: "DE", SignedOn: day("2020-02-01")},
		{Donor: "Norway", DonorType: fund.DonorCountry, Country: "NO", SignedOn: day("2023-02-01")},
	}
	acme := contributions[3].DonorID()
	want := map[string]fund.Donor{
		"donor_country#KR":     {ID: "donor_country#KR", Type: fund.DonorCountry, Name: "Republic of Korea", Country: "KR"},
		"donor_country#NO":     {ID: "donor_country#NO", Type: fund.DonorCountry, Name: "Norway", Country: "NO"},
		"member_city#FR#brest": {ID: "member_city#FR#brest", Type: fund.MemberCity, Name: "Brest", Member: "FR#brest", City: "Brest", Country: "FR"},
		acme:                   {ID: acme, Type: fund.Company, Name: "ACME Ltd", City: "Ulm", Country: "DE"},
	}
	for range 2 { // in any order
		if got := fund.Donors(slices.Values(contributions), slices.Values(instalments)); !maps.Equal(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
		slices.Reverse(contributions)
		slices.Reverse(instalments)
	}
}
