// Package history tells what happened to one city, in the order of its days: its applications, its membership, what it answered
// and offered, and what it coordinated, each with where it came from. It applies no rule, and knows no sheet and no storage.
package history

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// Record is everything that is known of all cities, or of one; what is about others is left out.
type Record struct {
	Programme    *programme.Edition
	Applications map[string][]application.Event // by call
	Network      []network.Event
	Answers      map[string][]survey.Answer       // by survey
	Offers       map[string][]questionnaire.Offer // by term
	Candidacies  map[string][]coordinator.Candidacy
	Decisions    []coordinator.Decision // about coordinators' seats
	Mandates     []coordinator.Mandate
	News         []workplan.News
}

// Line is one thing that happened.
type Line struct {
	On     civil.Date
	Text   locale.Text
	Reason string // as it was given
	Origin Origin
	Ended  *Origin // what took it off the record again, by a correction or an undoing; nil while it stands
}

// Of tells a city's story, the earliest first; what happened on one day stands in the order of the network's own process:
// applications, membership, answers, offers, candidacies, decisions about seats, mandates, news.
func (r Record) Of(city string) []Line {
	return InOrder(slices.Concat(r.applications(city), r.membership(city), r.answers(city), r.offers(city), r.coordination(city), r.news(city)))
}

func (r Record) applications(city string) []Line {
	var lines []Line
	for _, call := range r.Programme.Calls {
		for _, e := range r.Applications[call.ID] {
			if e.City == city {
				text := with(call.Title, actions[e.Action])
				lines = append(lines, Line{
					On: civil.Of(e.At, call.Location()), Text: text, Reason: e.Reason, Origin: Origin{Source: e.Source, Person: e.Person},
				})
			}
		}
	}
	return lines
}

func (r Record) membership(city string) []Line {
	var lines []Line
	for _, e := range r.Network {
		text := e.Kind.Label()
		switch {
		case e.City != city && (e.Kind != network.Merged || e.Into != city):
			continue
		case e.City != city:
			text = with(text, locale.Same("← "+e.City))
		case e.Name != "" && (e.Kind == network.Joined || e.Kind == network.Renamed):
			text = with(text, locale.Same(e.Name))
		case e.Kind == network.Merged:
			text = with(text, locale.Same("→ "+e.Into))
		case e.Cluster != "":
			text = with(text, r.cluster(e.Cluster))
		}
		lines = append(lines, Line{On: e.On, Text: text, Reason: e.Reason, Origin: Origin{Source: e.Source, Person: e.Person}})
	}
	return lines
}

func (r Record) answers(city string) []Line {
	var lines []Line
	for _, s := range r.Programme.Surveys {
		for _, a := range r.Answers[s.ID] {
			if a.Member != city {
				continue
			}
			text := titled(s.ID, locale.Text{EN: "Survey", FR: "Enquête", ES: "Encuesta"})
			for _, id := range a.Topics {
				topic, _ := r.Programme.Topic(id)
				text = with(text, topic.Label)
			}
			if a.Coordinate {
				text = with(text, locale.Text{EN: "would coordinate", FR: "se propose de coordonner", ES: "se ofrece a coordinar"})
			}
			lines = append(lines, Line{On: a.AnsweredOn, Text: text})
		}
	}
	return lines
}

func (r Record) offers(city string) []Line {
	var lines []Line
	for _, term := range r.Programme.Terms {
		for _, o := range r.Offers[term.ID] {
			if o.Member != city {
				continue
			}
			text := titled(term.ID, locale.Text{EN: "Questionnaire", FR: "Questionnaire", ES: "Cuestionario"})
			for _, item := range r.Programme.Questionnaire.Items {
				if o.Offers(item.Number) {
					text = with(text, item.Short)
				}
			}
			lines = append(lines, Line{On: o.AnsweredOn, Text: text})
		}
	}
	return lines
}

func (r Record) coordination(city string) []Line {
	var lines []Line
	for _, term := range r.Programme.Terms {
		for _, c := range r.Candidacies[term.ID] {
			if c.Member == city {
				text := titled(term.ID, locale.Text{
					EN: "Candidate for coordinating",
					FR: "Candidate à la coordination",
					ES: "Candidata a la coordinación",
				})
				score := coordinator.ScoreOf(r.Programme.Coordinators, c).Text()
				lines = append(lines, Line{On: c.AnsweredOn, Text: with(with(text, r.cluster(c.Cluster)), score)})
			}
		}
	}
	for _, d := range r.Decisions {
		for _, seat := range d.Seats {
			if seat.Member != city {
				continue
			}
			decided := locale.Text{EN: "Selected as coordinating city", FR: "Choisie comme ville coordinatrice", ES: "Elegida ciudad coordinadora"}
			lines = append(lines, Line{
				On: d.DecidedOn, Text: with(decided, r.cluster(seat.Cluster)), Reason: d.Reason, Origin: Origin{Person: d.DecidedBy},
			})
			if !d.AnnouncedOn.IsZero() {
				announced := locale.Text{EN: "Announced as coordinating city", FR: "Annoncée comme ville coordinatrice", ES: "Anunciada ciudad coordinadora"}
				lines = append(lines, Line{On: d.AnnouncedOn, Text: with(announced, r.cluster(seat.Cluster))})
			}
		}
	}
	for _, m := range r.Mandates {
		if m.Member == city {
			text := locale.Text{EN: "Coordinating city", FR: "Ville coordinatrice", ES: "Ciudad coordinadora"}
			until := m.Until.Text()
			lines = append(lines, Line{On: m.From, Text: with(with(text, r.cluster(m.Cluster)),
				locale.Text{EN: "until " + until.EN, FR: "jusqu’au " + until.FR, ES: "hasta el " + until.ES})})
		}
	}
	return lines
}

func (r Record) news(city string) []Line {
	var lines []Line
	for _, n := range r.News {
		if n.Member == city {
			sent := locale.Text{EN: "News sent", FR: "Nouvelles envoyées", ES: "Noticias enviadas"}
			lines = append(lines, Line{On: n.On, Text: with(sent, r.cluster(n.Cluster))})
		}
	}
	return lines
}

func (r Record) cluster(id string) locale.Text {
	if c, ok := r.Programme.Cluster(id); ok {
		return c.Label
	}
	return locale.Same(id)
}

// titled puts an identifier behind a title.
func titled(id string, title locale.Text) locale.Text {
	return locale.Text{EN: title.EN + " " + id, FR: title.FR + " " + id, ES: title.ES + " " + id}
}

// with adds a detail to a text.
func with(text, detail locale.Text) locale.Text {
	return locale.Text{EN: text.EN + ", " + detail.EN, FR: text.FR + ", " + detail.FR, ES: text.ES + ", " + detail.ES}
}

// actions are what has been done to an application.
var actions = map[application.Action]locale.Text{
	application.Start: {EN: "application begun", FR: "candidature commencée", ES: "solicitud iniciada"},
	application.Edit:  {EN: "application changed", FR: "candidature modifiée", ES: "solicitud modificada"},
	application.Send: {
		EN: "sent to the National Commission",
		FR: "envoyée à la Commission nationale",
		ES: "enviada a la Comisión Nacional",
	},
	application.Withdraw: {EN: "withdrawn by the city", FR: "retirée par la ville", ES: "retirada por la ciudad"},
	application.Return:   {EN: "returned to the city", FR: "renvoyée à la ville", ES: "devuelta a la ciudad"},
	application.Endorse: {
		EN: "endorsed by the National Commission",
		FR: "avalisée par la Commission nationale",
		ES: "avalada por la Comisión Nacional",
	},
	application.Submit: {EN: "submitted to the secretariat", FR: "présentée au secrétariat", ES: "presentada a la secretaría"},
	application.Recall: {
		EN: "recalled by the National Commission",
		FR: "reprise par la Commission nationale",
		ES: "recuperada por la Comisión Nacional",
	},
	application.Accept:  {EN: "accepted", FR: "acceptée", ES: "aceptada"},
	application.Defer:   {EN: "deferred", FR: "reportée", ES: "aplazada"},
	application.Decline: {EN: "declined", FR: "refusée", ES: "rechazada"},
}
