package httpapi_test

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// aQuarter is the period of the tests' reports.
var aQuarter = schedule.Period{From: day("2026-07-01"), To: day("2026-09-30")}

// written are what is written about in the tests.
var written = map[string]schedule.Occasion{
	"digest":       {Schedule: "cluster-digest", About: programme.ClusterDigest, Subject: schedule.Subject{Cluster: "health"}, Period: aQuarter},
	"fund":         {Schedule: "fund-month", About: programme.FundSummary, Period: aQuarter},
	"membership":   {Schedule: "membership-quarter", About: programme.MembershipSummary, Period: aQuarter},
	"ownDonor":     {Schedule: "donor-statement", About: programme.DonorStatement, Subject: schedule.Subject{Donor: "donor_country#KR"}, Period: aQuarter},
	"foreignDonor": {Schedule: "donor-statement", About: programme.DonorStatement, Subject: schedule.Subject{Donor: "donor_country#NO"}, Period: aQuarter},
	"ownCity":      callEnds("FR#brest"), "foreignCity": callEnds("DE#kiel"),
}

func callEnds(city string) schedule.Occasion {
	return schedule.Occasion{
		Schedule: "call-city", About: programme.CallCity, Subject: schedule.Subject{Call: "2025", City: city}, Day: day("2026-10-01"), Ahead: 7,
	}
}

// someSummaries makes a report or reminder of each occasion, with a letter about each to whoever asks.
func someSummaries(w *world, actor access.Actor) map[string]string {
	w.t.Helper()
	names := enrolled(w, actor)
	for name, o := range written {
		o.Due = w.now
		report := summary.Report{
			Occasion: o, AsOf: w.now, Title: locale.Text{EN: "How it stands", FR: "État des lieux", ES: "Situación"}, News: true,
			Lead: locale.Text{EN: "It stands well.", FR: "Tout va bien.", ES: "Todo va bien."}, Path: "clusters/health",
			Figures: []summary.Figure{{Key: "members", Label: locale.Same("members"), Value: summary.Number(1234)}},
			Lists: []summary.List{{
				Key: "late", Title: locale.Same("Late"), Entries: []summary.Entry{{Key: "FR#brest", Name: locale.Same("Brest"), On: day("2026-09-01"), Late: true}},
			}},
			Files: []summary.File{
				{Kind: string(request.Fund), Label: locale.Same("the fund")},
				{Kind: string(request.Donor), Format: string(request.PDF), Label: locale.Same("paper"), Donor: "donor_country#KR", From: aQuarter.From, To: aQuarter.To},
			},
		}
		entry, _, err := w.outbox.Make(w.t.Context(), report, []string{actor.Person})
		if err != nil {
			w.t.Fatal(err)
		}
		names[name] = entry.ID
	}
	return names
}

// seesCities is who sees what of a city is written.
const seesCities = "all no own own no all"

func ofSummary(name string) string { return "/api/summaries/{" + name + "}" }

var summaryRows = []row{
	{route: "GET /api/summaries", prepare: someSummaries, own: asked{path: "/api/summaries"}, reach: seenByAll},
	{route: "GET /api/summaries/due", prepare: someSummaries, own: asked{path: "/api/summaries/due"}, reach: seenInOffice},
	{route: "GET /api/summaries/{summary}", prepare: someSummaries, own: asked{path: ofSummary("digest")}, reach: seenByAllButOne},
	{route: "GET /api/summaries/{summary}", prepare: someSummaries, own: asked{path: ofSummary("fund")}, reach: readsBooks},
	{
		route: "GET /api/summaries/{summary}", prepare: someSummaries, reach: seesDonors,
		own: asked{path: ofSummary("ownDonor")}, foreign: asked{path: ofSummary("foreignDonor")},
	},
	{
		route: "GET /api/summaries/{summary}", prepare: someSummaries, reach: seesCities,
		own: asked{path: ofSummary("ownCity")}, foreign: asked{path: ofSummary("foreignCity")},
	},
	{
		route: "POST /api/summaries/{summary}/correction", prepare: someSummaries, reach: bySecretariat,
		own: asked{path: ofSummary("membership") + "/correction", header: atFirst},
	},
	{
		route: "POST /api/summaries/{summary}/correction", prepare: someSummaries, reach: decidesBooks,
		own: asked{path: ofSummary("fund") + "/correction", header: atFirst},
	},
	{
		route: "POST /api/summaries/{summary}/files/{file}", prepare: someSummaries, reach: readsBooks,
		own: asked{path: ofSummary("fund") + "/files/0"},
	},
	{
		route: "POST /api/summaries/{summary}/files/{file}", prepare: someSummaries, reach: seesDonors,
		own: asked{path: ofSummary("ownDonor") + "/files/1"}, foreign: asked{path: ofSummary("foreignDonor") + "/files/1"},
	},
}

var mailRows = []row{
	{route: "GET /api/mails", prepare: someSummaries, own: asked{path: "/api/mails"}, reach: seenInOffice},
	{route: "GET /api/summaries/{summary}/mails", prepare: someSummaries, own: asked{path: ofSummary("digest") + "/mails"}, reach: seenInOffice},
	{
		route: "GET /api/summaries/{summary}/mails/{revision}/{person}", prepare: someSummaries, reach: seenInOffice,
		own: asked{path: ofSummary("digest") + "/mails/1/{own}"},
	},
	{
		route: "POST /api/summaries/{summary}/mails/{revision}/{person}/again", prepare: someSummaries, reach: bySecretariat,
		own: asked{path: ofSummary("digest") + "/mails/1/{own}/again", header: atFirst},
	},
	{
		route: "POST /api/summaries/{summary}/mails/{revision}/{person}/end", prepare: someSummaries, reach: bySecretariat,
		own: asked{path: ofSummary("digest") + "/mails/1/{own}/end", header: atFirst},
	},
}

var letterRows = []row{
	{route: "GET /api/me/letters", prepare: enrolled, own: asked{path: "/api/me/letters"}, reach: seenByAll},
	{
		route: "PUT /api/me/letters", prepare: enrolled, reach: seenByAll,
		own: asked{path: "/api/me/letters", body: `{"declined":[]}`, header: atFirst},
	},
	ofPerson("POST /api/people/{person}/renewal", "/renewal", "", "all own own own own own"),
}
