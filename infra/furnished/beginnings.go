package furnished

import (
	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// dollars are an amount of the fund's currency.
func dollars(whole int64) money.Amount { return money.Amount{Minor: 100 * whole, Currency: "USD"} }

// beginnings is what was there before: the sample sheets of the network, and who may use the product.
func (s *staff) beginnings() {
	s.invited("nolwenn", people.Standing{Email: Applicant.Email, Role: access.City, Scope: access.Scope(Applicant.Scope), Lang: locale.FR})
	s.invited("soren", people.Standing{Email: "soren.lund@secretariat.example", Role: access.Treasurer, Lang: locale.EN})
	s.invited("awa", people.Standing{Email: "awa.ndiaye@dakar.example", Role: access.City, Scope: "SN#dakar", Lang: locale.FR})
	s.invited("ingrid", people.Standing{Email: "ingrid.berg@donor.example", Role: access.Donor, Scope: "donor_country#NO", Lang: locale.EN})
	s.invited("paul", people.Standing{Email: "paul.martin@secretariat.example", Role: access.Secretariat, Lang: locale.FR})
	s.must(s.office.RemovePerson(s.as("amina"), "", s.people["paul"].Person, 0))
	s.named["person"] = s.people["nolwenn"].Person
	for _, name := range []string{
		"members.en.xlsx", "survey.en.xlsx", "survey.fr.xlsx", "survey.es.xlsx", "questionnaire.en.xlsx", "questionnaire.fr.xlsx",
		"questionnaire.es.xlsx", "coordinators.fr.xlsx", "coordinators.es.xlsx", "coordinators.en.xlsx", "news.en.xlsx", "news.fr.xlsx",
		"news.es.xlsx",
	} {
		s.stored("amina", name, nil)
	}
}

// invited puts somebody on record, who can ask from then on.
func (s *staff) invited(name string, standing people.Standing) {
	s.Helper()
	person, err := s.office.Invite(s.as("amina"), "", standing)
	s.must(err)
	s.people[name] = person.Actor()
}

// books are the fund's: the sample sheets with the allocations that they rest on, a year that is closed, statements that are final, and what
// is proposed.
func (s *staff) books() {
	s.on("2025-05-26")
	for _, name := range []string{
		"rates.en.xlsx", "rates.fr.csv", "rates.es.xlsx", "pledges.en.xlsx", "pledges.fr.xlsx", "pledges.es.xlsx", "contributions.en.xlsx",
		"contributions.es.xlsx",
	} {
		s.stored("jonas", name, nil)
	}
	s.stored("jonas", "contributions.fr.csv", map[string]string{"csv.encoding": "windows-1252", "rate_date": "dmy"})
	for _, a := range fixtures.Allocations {
		amount := money.Amount{Minor: a.Cents, Currency: "USD"}
		s.allocated(a.Activity, amount, fixtures.AllocatedOn)
	}
	for _, name := range []string{
		"expenditures.en.xlsx", "expenditures.fr.xlsx", "expenditures.es.csv", "results.en.xlsx", "results.fr.xlsx", "results.es.xlsx",
	} {
		s.stored("jonas", name, nil)
	}
	s.on("2025-06-02")
	s.approved(s.office.ProposeClosing(s.as("jonas"), "", s.day("2020-06-30"), "The accounts up to the middle of 2020 are audited."))
	half := office.Span{From: s.day("2020-01-01"), To: s.day("2020-06-30")}
	for _, donor := range []string{"donor_country#KR", "donor_country#NO"} {
		s.approved(s.office.ProposeStatement(s.as("jonas"), "", donor, half, ""))
	}
}

// allocated sets money aside.
func (s *staff) allocated(activity string, amount money.Amount, on string) {
	s.Helper()
	s.approved(s.office.ProposeEvent(s.as("jonas"), "", office.FundEvent{
		Kind: trust.Allocation, Paid: registry.Payment{Amount: amount}, Date: s.day(on), Activity: activity,
	}, "As decided by the committee."))
}

// approved has the secretariat approve what the treasurer proposed.
func (s *staff) approved(proposed registry.Proposed, err error) {
	s.Helper()
	s.must(err)
	_, err = s.office.ApproveProposal(s.as("amina"), "", proposed.ID)
	s.must(err)
}
