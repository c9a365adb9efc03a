package httpapi_test

import (
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

var summaryPageRows = []row{
	{route: "GET /summaries", own: asked{path: "/summaries?about=fund_summary"}, reach: everybody, prepare: summarised},
	{route: "GET /summaries/planned", own: asked{path: "/summaries/planned"}, reach: "all no no no no all", prepare: enrolled},
	{
		route: "GET /summaries/{id}", own: asked{path: "/summaries/{korea}"}, foreign: asked{path: "/summaries/{lausanne}"},
		reach: "all all no no own all", prepare: summarised,
	},
	{
		route: "GET /summaries/{id}", own: asked{path: "/summaries/{brest}"}, foreign: asked{path: "/summaries/{hamburg}"},
		reach: "all no own own no all", prepare: summarised,
	},
	{route: "GET /summaries/{id}", own: asked{path: "/summaries/{fund}"}, reach: "all all no no no all", prepare: summarised},
	{
		route: "POST /summaries/{id}", own: asked{path: "/summaries/{korea}", body: "version=1", header: asForm},
		reach: "all all no no no no", prepare: summarised,
	},
	{
		route: "POST /summaries/{id}/files/{number}", own: asked{path: "/summaries/{korea}/files/0", body: "request=a1", header: asForm},
		foreign: asked{path: "/summaries/{lausanne}/files/0", body: "request=a1", header: asForm},
		reach:   "all all no no own all", prepare: summarised,
	},
	{route: "GET /summaries/{id}/mails", own: asked{path: "/summaries/{korea}/mails"}, reach: "all no no no no all", prepare: summarised},
	{route: "GET /mails", own: asked{path: "/mails?state=waiting"}, reach: "all no no no no all", prepare: summarised},
	{
		route: "POST /mails", own: asked{path: "/mails", body: "act=let-go&version=1&letter={korea}.1.somebody", header: asForm},
		reach: "all no no no no no", prepare: summarised,
	},
	{route: "GET /account/letters", own: asked{path: "/account/letters"}, reach: everybody, prepare: enrolled},
	{
		route: "POST /account/letters", own: asked{path: "/account/letters", body: "request=a1&wanted=network-digest", header: asForm},
		reach: everybody, prepare: enrolled,
	},
}

// occasionOf is one of the first quarter of 2026, or of its last day.
func occasionOf(id string, about programme.About, of schedule.Subject) schedule.Occasion {
	o := schedule.Occasion{Schedule: id, About: about, Subject: of, Due: time.Date(2026, 4, 5, 6, 0, 0, 0, time.UTC)}
	first, last := civil.Date{Year: 2026, Month: 1, Day: 1}, civil.Date{Year: 2026, Month: 3, Day: 31}
	if about.Reminds() {
		o.Day, o.Ahead = last, -5
	} else {
		o.Period = schedule.Period{From: first, To: last}
	}
	return o
}

// reported is a report that says little.
func reported(o schedule.Occasion) summary.Report {
	return summary.Report{
		Occasion: o, AsOf: o.Due, News: true, Title: locale.Text{EN: "What happened", FR: "Ce qui s’est passé", ES: "Qué ocurrió"},
		Lead: locale.Text{EN: "It was much.", FR: "C’était beaucoup.", ES: "Fue mucho."},
	}
}

// summarised puts summaries on record, of which each went to the actor and somebody else.
func summarised(w *world, actor access.Actor) map[string]string {
	w.t.Helper()
	names := enrolled(w, actor)
	for name, o := range map[string]schedule.Occasion{
		"fund":     occasionOf("fund-month", programme.FundSummary, schedule.Subject{}),
		"korea":    occasionOf("donor-statement", programme.DonorStatement, schedule.Subject{Donor: "donor_country#KR", Agreement: "kor-1"}),
		"lausanne": occasionOf("donor-statement", programme.DonorStatement, schedule.Subject{Donor: "member_city#CH#lausanne", Agreement: "lau-1"}),
		"brest":    occasionOf("call-city", programme.CallCity, schedule.Subject{Call: "2025", City: "FR#brest"}),
		"hamburg":  occasionOf("call-city", programme.CallCity, schedule.Subject{Call: "2025", City: "DE#hamburg"}),
	} {
		report := reported(o)
		if o.About == programme.DonorStatement {
			report.Files = []summary.File{{
				Label: locale.Same("Statement"), Kind: string(request.Donor), Donor: o.Subject.Donor, From: o.Period.From, To: o.Period.To,
			}}
		}
		w.written(report, "somebody", actor.Person)
		names[name] = o.ID()
	}
	return names
}

// written has a report made and its letters written to people.
func (w *world) written(report summary.Report, people ...string) outbox.Entry {
	w.t.Helper()
	entry, made, err := w.outbox.Make(w.t.Context(), report, people)
	if err != nil || !made {
		w.t.Fatal(made, err)
	}
	return entry
}
