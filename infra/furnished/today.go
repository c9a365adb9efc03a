package furnished

import (
	"context"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

const gifts = `Donor;Type of donor;City;Country;Amount;Currency;Received on;Reference;Earmarked for
Republic of Korea;Donor country;;Republic of Korea;60000;USD;2025-10-02;MDFM-2025-0001;fund/1.2
City of Hamburg;Member city;Hamburg;Germany;12000;USD;2025-10-06;MDFM-2025-0002;
`

const payments = `Date paid;Activity;Amount;Currency;Expense category;Payee;Beneficiary cities;Cluster;Budget line;Voucher
2025-10-10;fund/1.2;6480.50;USD;Travel;Ana Ruiz;Dakar;Literacy;1.2;V-2025-101
2025-10-13;fund/1.2;11250.00;USD;Contracts;Atelier du Plateau;Dakar;Literacy;1.2;V-2025-102
`

const twice = `Donor;Type of donor;City;Country;Amount;Currency;Received on;Reference
Harbour Foundation;Foundation;;United Kingdom of Great Britain and Northern Ireland;5000;USD;2025-10-01;MDFM-2025-0003
`

const changed = `City;Country;Member since;Website
Brest;France;2022-09-02;https://apprendre.brest.example
Nanterre;France;2022-09-02;https://www.nanterre.example
Dakar;Senegal;2013-10-21;https://ville.dakar.example
`

const sooner = `City;Country;Member since;Website
Brest;France;2022-09-02;https://www.ville-brest.example
`

// later is checked before sooner is stored, and committed after it.
const later = `City;Country;Member since;Website
Brest;France;2022-09-02;https://brest.example
`

// today is what lies on the desks: imports, proposals and exports in each state.
func (s *staff) today() {
	s.on("2025-10-15")
	committed := s.sent("jonas", gifts, intake.Request{Name: "Gifts of October.csv", Kind: "contributions", Term: current})
	s.committed("jonas", committed)
	s.named["import committed"] = committed
	s.allocated("fund/1.2", dollars(40_000), "2025-10-08")
	s.allocated("fund/3.1", dollars(12_000), "2025-10-08")
	s.committed("jonas", s.sent("jonas", payments, intake.Request{Name: "Payments of October.csv", Kind: "expenditures", Term: current}))
	undone := s.sent("jonas", twice, intake.Request{Name: "Gift of a foundation.csv", Kind: "contributions", Term: current})
	s.committed("jonas", undone)
	_, err := s.office.UndoImport(s.as("jonas"), undone, intake.All)
	s.must(err)
	s.commit.work()
	s.named["import undone"] = undone
	s.proposals()
	s.on("2025-10-17")
	s.imports()
	s.workbooks()
	s.clock(Now)
}

func (s *staff) proposals() {
	jonas, amina := s.as("jonas"), s.as("amina")
	interest := office.FundEvent{Kind: trust.Earned, Paid: registry.Payment{Amount: dollars(312)}, Date: s.day("2025-09-30")}
	entry, err := s.office.PostEvent(jonas, "", interest, "Interest of the third quarter.")
	s.must(err)
	s.named["entry"] = entry.ID
	allocation := office.FundEvent{
		Kind: trust.Allocation, Paid: registry.Payment{Amount: dollars(20_000)}, Date: s.day("2025-10-15"), Activity: "fund/2.2",
	}
	rejected, err := s.office.ProposeEvent(jonas, "", allocation, "For the policy briefs.")
	s.must(err)
	_, err = s.office.RejectProposal(amina, "", rejected.ID)
	s.must(err)
	allocation.Paid.Amount = dollars(15_000)
	proposed, err := s.office.ProposeEvent(jonas, "", allocation, "For the policy briefs, by the committee's minutes of 14 October.")
	s.must(err)
	s.named["proposal"], s.named["proposal rejected"] = proposed.ID, rejected.ID
	proposed, err = s.office.ProposeClosing(jonas, "", s.day("2020-12-31"), "The accounts of 2020 are audited.")
	s.must(err)
	s.named["proposal closing"] = proposed.ID
	half := office.Span{From: s.day("2020-01-01"), To: s.day("2020-06-30")}
	proposed, err = s.office.ProposeStatement(jonas, "", "donor_country#CH", half, "")
	s.must(err)
	s.named["proposal statement"] = proposed.ID
}

func (s *staff) imports() {
	s.named["import awaiting"] = s.asked("amina", intake.Request{Name: "Members of October.xlsx", Bytes: 20_000})
	s.named["import refused"] = s.sent("amina", "This is a letter, and no sheet.", intake.Request{Name: "Letter.xlsx"})
	s.named["import changed"] = s.sent("amina", changed, intake.Request{Name: "Websites.csv", Kind: "members"})
	stale := s.sent("amina", later, intake.Request{Name: "Website of Brest.csv", Kind: "members"})
	s.committed("amina", s.sent("amina", sooner, intake.Request{Name: "Website.csv", Kind: "members"}))
	_, err := s.office.CommitImport(s.as("amina"), stale, s.state(stale).Plan, intake.All)
	s.must(err)
	s.commit.work()
	s.named["import failed"] = stale
	for _, of := range []struct{ name, who, file, kind string }{
		{"import", "jonas", "bad/contributions.en.xlsx", "contributions"},
		{"import questions", "jonas", "bad/contributions.fr.csv", "contributions"},
		{"import members", "amina", "bad/members.fr.xlsx", "members"},
		{"import applications", "amina", "bad/applications.es.xlsx", "applications"},
	} {
		r := intake.Request{Name: strings.TrimPrefix(of.file, "bad/"), Kind: of.kind, Term: current}
		s.named[of.name] = s.sent(of.who, s.sample(of.file), r)
	}
	s.edited()
	s.check.idle = true
	checking := s.sent("amina", news, intake.Request{Name: "News.csv", Kind: "news"})
	s.check.idle = false
	s.put(checking, func(i *intake.Import) { i.State, i.BegunAt = intake.Checking, Now.Add(-time.Minute) })
	s.named["import checking"] = checking
	for _, state := range []intake.State{intake.Committing, intake.Undoing} {
		id := s.sent("jonas", twice, intake.Request{Name: "Gifts.csv", Kind: "contributions", Term: current})
		s.put(id, func(i *intake.Import) { i.State, i.StartedAt = state, Now.Add(-time.Minute) })
		s.named["import "+string(state)] = id
	}
}

// edited is the bad sheet of contributions once more, of which three cells were edited, one to no avail.
func (s *staff) edited() {
	s.Helper()
	r := intake.Request{Name: "contributions corrected.xlsx", Kind: "contributions", Term: current}
	id := s.sent("jonas", s.sample("bad/contributions.en.xlsx"), r)
	_, err := s.office.CheckImport(s.as("jonas"), id, nil, []intake.EditChange{
		{Edit: intake.Edit{Row: 5, Col: 5, Value: "100000"}}, {Edit: intake.Edit{Row: 10, Col: 6, Value: "USD"}},
		{Edit: intake.Edit{Row: 16, Col: 5, Value: "unknown"}},
	})
	s.must(err)
	s.check.work()
	s.named["import edited"] = id
}

// put stores an import in a state in which it stays for seconds only.
func (s *staff) put(id string, change func(*intake.Import)) {
	s.Helper()
	before := s.state(id)
	after := *before
	change(&after)
	write, err := after.Write(before)
	s.must(err)
	s.must(s.app.Table.Write(s.Context(), write))
}

// workbooks are exports that can be fetched, one that could not be made, and one that is still to be.
func (s *staff) workbooks() {
	s.export("export", "amina", request.Wish{Kind: request.Membership, Lang: locale.FR})
	s.export("export fund", "jonas", request.Wish{Kind: request.Fund, Lang: locale.EN, Format: request.IATI})
	s.export("export statement", "seo-yeon", request.Wish{
		Kind: request.Donor, Lang: locale.EN, Format: request.PDF, From: s.day("2020-01-01"), To: s.day("2020-12-31"),
	})
	s.export("export failed", "amina", request.Wish{Kind: request.Budget, Lang: locale.EN, Term: "1901-1903"})
	s.exports.idle = true
	s.export("export asked", "amina", request.Wish{Kind: request.Survey, Lang: locale.ES})
}

func (s *staff) export(name, who string, wish request.Wish) {
	s.Helper()
	identify := func(context.Context) (string, error) { return s.app.Parts.IDs(), nil }
	export, err := s.office.CreateExport(s.as(who), identify, wish)
	s.must(err)
	s.exports.work()
	s.named[name] = export.ID
}

// erased is somebody who has left and asked to be erased.
func (s *staff) erased() {
	s.Helper()
	s.invited("marc", people.Standing{Email: "marc.lefevre@secretariat.example", Role: access.Auditor, Lang: locale.FR})
	_, err := s.app.Parts.Privacy(nil, true).Erase(s.Context(), privacy.Who{Account: s.people["marc"].Person}, s.people["amina"].Person)
	s.must(err)
}
