package term

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
	"github.com/learning-cities/guildhall/shared/workplan"
)

const (
	call = "2025"
	term = "2025-2027"
)

const members = `City;Country;Member since
Brest;France;2019-04-02
Suwon;Republic of Korea;2016-05-10
Cali;Colombia;2018-09-17
Cork;Ireland;2015-09-28
Querétaro;Mexico;2017-02-20
`

const pledges = `Donor;Type of donor;City;Country;Agreement reference;Amount pledged;Currency;Signed on;Instalment;Instalment amount;Due on
Norway;Donor country;;Norway;NO 2024/7;120000;USD;2024-02-29;1;40000;2025-11-30
Norway;Donor country;;Norway;NO 2024/7;120000;USD;2024-02-29;2;40000;2026-06-30
Norway;Donor country;;Norway;NO 2024/7;120000;USD;2024-02-29;3;40000;2027-02-28
`

const spain = `Donor;Type of donor;City;Country;Agreement reference;Amount pledged;Currency;Signed on;Instalment;Instalment amount;Due on
Spain;Donor country;;Spain;ES 2025/1;50000;USD;2025-10-15;1;25000;2026-01-31
Spain;Donor country;;Spain;ES 2025/1;50000;USD;2025-10-15;2;25000;2027-01-31
`

const (
	giftHead    = "Donor;Type of donor;City;Country;Amount;Currency;Received on;Reference;Agreement reference\n"
	paymentHead = "Date paid;Activity;Amount;Currency;Expense category;Payee;Voucher\n"
	newsHead    = "City;Country;Cluster;Date sent;News\n"
	memberHead  = "City;Country;Member since\n"
)

const candidates = `City;Country;Cluster;Answered on;1. Experience in the theme;2. Draft of the work plan;Rating 1;Rating 2;Rating 3;Rating 4;Rating 5
Brest;France;Health and well-being;2025-10-03;Health mediators.;Three workshops.;5;4;4;4;5
Suwon;Republic of Korea;Health and well-being;2025-10-03;Walking groups.;Yearly study visits.;4;4;5;4;4
Cali;Colombia;Literacy;2025-10-02;Community libraries.;Case studies.;5;4;4;4;4
`

// act is what happens at a moment, an hour of UTC: to what is on record of the network and the fund, or to people and letters.
type act struct {
	at   string
	what string
	// record is written again as it was where the term is played once more; live is done anew each time.
	record func(w *world)
	live   func(p *play)
}

// beginnings are what there is on the first day.
func beginnings(w *world) {
	if _, err := w.people.First(w.Context(), "anna@example.org", locale.EN); err != nil {
		w.Fatal(err)
	}
	anna, err := w.people.ByEmail(w.Context(), "anna@example.org")
	w.must(err)
	w.named["anna"] = anna.ID
	for _, one := range []struct {
		name  string
		role  access.Role
		scope access.Scope
		lang  locale.Lang
	}{
		{"sofia", access.Secretariat, "", locale.ES},
		{"jonas", access.Treasurer, "", locale.EN},
		{"lucia", access.Auditor, "", locale.ES},
		{"claire", access.Commission, "FR", locale.FR},
		{"maria", access.Commission, "CO", locale.ES},
		{"yann", access.City, "FR#brest", locale.FR},
		{"minji", access.City, "KR#suwon", locale.EN},
		{"diego", access.City, "CO#cali", locale.ES},
		{"aoife", access.City, "IE#cork", locale.EN},
		{"quimper", access.City, "FR#quimper", locale.FR},
		{"lorient", access.City, "FR#lorient", locale.FR},
		{"pasto", access.City, "CO#pasto", locale.ES},
		{"ingrid", access.Donor, "donor_country#NO", locale.EN},
		{"ines", access.Donor, "donor_country#ES", locale.ES},
	} {
		w.invited(one.name, one.role, one.scope, one.lang)
	}
	w.sheet("anna", "members", members)
	w.sheet("jonas", "pledges", pledges)
}

// days are what happens in the two years, in the order of time. No act is on the day of a letter that it has to do with: a letter that
// is late by some hours then says and reaches the same.
var days = []act{
	{at: "2025-05-28 10:00", what: "Quimper begins its application", record: func(w *world) { w.does("Quimper", "FR", "start") }},
	{at: "2025-06-02 10:00", what: "Pasto begins its own, and never sends it", record: func(w *world) { w.does("Pasto", "CO", "start") }},
	{at: "2025-06-03 10:00", what: "Lorient begins its own", record: func(w *world) { w.does("Lorient", "FR", "start") }},
	{at: "2025-06-10 10:00", what: "Quimper sends it", record: func(w *world) { w.does("Quimper", "FR", "send") }},
	{at: "2025-06-12 10:00", what: "the cities of France have until 30 June", record: func(w *world) {
		_, err := w.office.Extend(w.as("anna"), "", call, application.Extension{
			Deadline: application.CityDeadline, Country: "FR", Until: w.day("2025-06-30"), Reason: "The storm closed the town halls.",
		})
		w.must(err)
	}},
	{at: "2025-06-20 10:00", what: "Quimper is endorsed", record: func(w *world) { w.does("Quimper", "FR", "endorse") }},
	{at: "2025-06-26 10:00", what: "Lorient sends its application", record: func(w *world) { w.does("Lorient", "FR", "send") }},
	{at: "2025-07-11 10:00", what: "Quimper is submitted, Lorient stays", record: func(w *world) { w.does("Quimper", "FR", "submit") }},
	{at: "2025-09-02 10:00", what: "Quimper becomes a member", record: func(w *world) { w.does("Quimper", "FR", "accept") }},

	{at: "2025-10-01 10:00", what: "the term begins: cities join the clusters", record: func(w *world) {
		for _, one := range []struct{ cluster, city string }{
			{"health", "FR#brest"}, {"health", "KR#suwon"}, {"health", "IE#cork"}, {"health", "FR#quimper"},
			{"literacy", "CO#cali"}, {"literacy", "MX#queretaro"}, {"literacy", "KR#suwon"},
		} {
			w.enter(network.Event{Kind: network.ClusterJoined, City: one.city, Cluster: one.cluster})
		}
	}},
	{at: "2025-10-06 10:00", what: "three cities stand as coordinators", record: func(w *world) { w.sheet("anna", "coordinators", candidates) }},
	{at: "2025-10-14 10:00", what: "and are appointed", record: func(w *world) {
		for _, seat := range []coordinator.Seat{
			{Cluster: "health", Member: "FR#brest"}, {Cluster: "health", Member: "KR#suwon"}, {Cluster: "literacy", Member: "CO#cali"},
		} {
			_, err := w.office.Appoint(w.as("anna"), "", registry.Choice{Term: term, Seat: seat, Reason: "The committee's choice."})
			w.must(err)
			_, err = w.office.AnnounceCoordinator(w.as("anna"), "", term, seat, civil.Date{})
			w.must(err)
		}
	}},
	{at: "2025-10-16 10:00", what: "Spain has signed an agreement", record: func(w *world) { w.sheet("jonas", "pledges", spain) }},
	{at: "2025-11-04 10:00", what: "the cluster of health plans a meeting", record: func(w *world) {
		of := registry.PlanOf{Term: term, Cluster: "health"}
		_, err := w.office.PlanObjectives(w.as("anna"), "", of, "Health is learned where people live.")
		w.must(err)
		_, err = w.office.PlanActivity(w.as("anna"), "", of, workplan.Activity{
			ID: "cluster/1.4#1", Line: "cluster/1.4", By: "FR#brest", Host: "FR#brest", On: w.day("2026-06-11"), Title: "First annual meeting",
		})
		w.must(err)
	}},
	{at: "2025-11-26 10:00", what: "Norway pays its first instalment in time", record: func(w *world) {
		w.sheet("jonas", "contributions", giftHead+"Norway;Donor country;;Norway;40000;USD;2025-11-25;B-1;NO 2024/7\n")
	}},
	{at: "2025-12-03 10:00", what: "money is set aside for workshops", record: func(w *world) { w.allocated("fund/1.2", 30_000, "2025-12-03") }},
	{at: "2026-01-21 10:00", what: "Spain pays; December's interest becomes known", record: func(w *world) {
		w.sheet("jonas", "contributions", giftHead+"Spain;Donor country;;Spain;25000;USD;2026-01-20;B-2;ES 2025/1\n")
		interest := office.FundEvent{Kind: trust.Earned, Paid: registry.Payment{Amount: dollars(310)}, Date: w.day("2025-12-31")}
		_, err := w.office.PostEvent(w.as("jonas"), "", interest, "Interest of the fourth quarter.")
		w.must(err)
	}},
	{at: "2026-01-22 10:00", what: "December's summary of the fund is corrected", live: func(p *play) {
		p.corrected("jonas", "fund-month", "2025-12-31")
	}},
	{at: "2026-02-12 10:00", what: "news of the cluster of literacy", record: func(w *world) {
		w.sheet("anna", "news", newsHead+"Cali;Colombia;Literacy;2026-02-11;Libraries lend at night.\n")
	}},
	{at: "2026-03-09 10:00", what: "workshops are paid for", record: func(w *world) { w.spent("2026-03-05;fund/1.2;5200.50;USD;Travel;Ana Ruiz;V-1\n") }},
	{at: "2026-03-11 10:00", what: "news of the cluster of health", record: func(w *world) {
		w.sheet("anna", "news", newsHead+"Brest;France;Health and well-being;2026-03-10;The cluster meets in June.\n")
	}},
	{at: "2026-04-14 10:00", what: "the newsletter to Cork comes back", live: func(p *play) { p.cameBack("aoife", networkDigest) }},
	{at: "2026-04-16 10:00", what: "Girona becomes a member", record: func(w *world) { w.sheet("anna", "members", memberHead+"Girona;Spain;2026-04-15\n") }},
	{at: "2026-05-06 10:00", what: "Suwon's officer declines the network's newsletter", live: func(p *play) {
		p.must(p.people.Decline(p.as("minji"), "", p.id("minji"), 0, []string{networkDigest}))
	}},
	{at: "2026-06-03 10:00", what: "the treasurer reads French from now on", live: func(p *play) {
		p.changed("jonas", func(s *people.Standing) { s.Lang = locale.FR })
	}},
	{at: "2026-06-12 10:00", what: "the cluster of health has met", record: func(w *world) {
		of := registry.PlanOf{Term: term, Cluster: "health"}
		for _, status := range []workplan.Status{workplan.Confirmed, workplan.Held} {
			_, err := w.office.PlanStatus(w.as("anna"), "", of, "cluster/1.4#1", status, w.day("2026-06-11"))
			w.must(err)
		}
	}},
	{at: "2026-08-11 10:00", what: "Norway pays its second instalment late", record: func(w *world) {
		w.sheet("jonas", "contributions", giftHead+"Norway;Donor country;;Norway;40000;USD;2026-08-10;B-3;NO 2024/7\n")
	}},
	{at: "2026-08-21 10:00", what: "news of the cluster of literacy", record: func(w *world) {
		w.sheet("anna", "news", newsHead+"Cali;Colombia;Literacy;2026-08-20;A handbook is in print.\n")
	}},
	{at: "2026-09-16 10:00", what: "workshops are paid for", record: func(w *world) {
		w.spent("2026-09-14;fund/1.2;11250.00;USD;Contracts;Atelier du Plateau;V-2\n")
	}},
	{at: "2026-09-21 10:00", what: "Cork will leave the cluster of health", record: func(w *world) {
		w.enter(network.Event{Kind: network.ClusterLeft, City: "IE#cork", Cluster: "health", On: w.day("2026-10-15"), Reason: "Other work."})
	}},
	{at: "2026-10-20 10:00", what: "health's news are late", record: func(w *world) {
		w.sheet("anna", "news", newsHead+"Brest;France;Health and well-being;2026-10-19;What the meeting of June decided.\n")
	}},
	{at: "2026-11-10 10:00", what: "Cork has another address", live: func(p *play) {
		p.changed("aoife", func(s *people.Standing) { s.Email = "aoife.b@example.org" })
	}},
	{at: "2026-11-17 10:00", what: "Suwon lays its seat down", record: func(w *world) {
		seat := coordinator.Seat{Cluster: "health", Member: "KR#suwon"}
		_, err := w.office.LayDownMandate(w.as("anna"), "", term, seat, w.day("2026-12-31"))
		w.must(err)
	}},
	{at: "2026-12-02 10:00", what: "Querétaro leaves the network", record: func(w *world) {
		w.enter(network.Event{Kind: network.Left, City: "MX#queretaro", On: w.day("2026-12-31"), Reason: "By decision of the council."})
	}},
	{at: "2027-01-19 10:00", what: "another auditor takes over", live: func(p *play) {
		p.know()
		p.must(p.people.Remove(p.as("anna"), "", p.id("lucia"), 0))
		p.invited("paul", access.Auditor, "", locale.FR)
	}},
	{at: "2027-02-16 10:00", what: "Spain pays its second instalment late; Norway will not pay its third", record: func(w *world) {
		w.sheet("jonas", "contributions", giftHead+"Spain;Donor country;;Spain;25000;USD;2027-02-15;B-4;ES 2025/1\n")
	}},
	{at: "2027-03-23 10:00", what: "news of the cluster of literacy", record: func(w *world) {
		w.sheet("anna", "news", newsHead+"Cali;Colombia;Literacy;2027-03-22;Ten cities use the handbook.\n")
	}},
	{at: "2027-07-20 10:00", what: "the cluster of health has reported", record: func(w *world) {
		of := registry.PlanOf{Term: term, Cluster: "health"}
		report := workplan.Activity{ID: "cluster/3.2#1", Line: "cluster/3.2", By: "FR#brest", On: w.day("2027-07-19"), Title: "Progress report"}
		_, err := w.office.PlanActivity(w.as("anna"), "", of, report)
		w.must(err)
		_, err = w.office.PlanStatus(w.as("anna"), "", of, report.ID, workplan.Held, report.On)
		w.must(err)
	}},
	{at: "2027-08-10 10:00", what: "Cali renews its participation", record: func(w *world) {
		w.enter(network.Event{Kind: network.ClusterRenewed, City: "CO#cali", Cluster: "literacy"})
	}},
	{at: "2027-09-06 10:00", what: "news of the cluster of literacy", record: func(w *world) {
		w.sheet("anna", "news", newsHead+"Cali;Colombia;Literacy;2027-09-03;The libraries go on.\n")
	}},
}

// networkDigest is the schedule that a city declines.
const networkDigest = "network-digest"

// dollars are an amount of the fund's currency.
func dollars(whole int64) money.Amount { return money.Amount{Minor: 100 * whole, Currency: "USD"} }

func (w *world) enter(e network.Event) {
	w.Helper()
	_, err := w.office.EnterEvent(w.as("anna"), "", e)
	w.must(err)
}

func (w *world) allocated(activity string, whole int64, on string) {
	w.Helper()
	w.decided(func(ctx context.Context) (string, error) {
		p, err := w.office.ProposeEvent(ctx, "", office.FundEvent{
			Kind: trust.Allocation, Paid: registry.Payment{Amount: dollars(whole)}, Date: w.day(on), Activity: activity,
		}, "As decided by the committee.")
		return p.ID, err
	})
}

func (w *world) spent(rows string) {
	w.Helper()
	w.sheet("jonas", "expenditures", paymentHead+rows)
}
