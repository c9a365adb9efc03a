package digest

import (
	"context"
	"fmt"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/summary"
)

func callTypes() []string {
	return []string{member.RecordType, application.RecordType, application.EndorsementType, application.DecisionType}
}

// readCall reads the applications to the occasion's call of the cities whose identifiers begin with a prefix.
func (d *draft) readCall(ctx context.Context, from records.Reader, prefix string) (*application.Round, error) {
	call, ok := d.Programme.Call(d.Subject.Call)
	if !ok {
		return nil, fmt.Errorf("no call %q", d.Subject.Call)
	}
	return registry.ReadRoundOf(ctx, from, call, prefix)
}

// callCity reminds a city of the day by which its application is to be sent to the National Commission (R-APP-1).
func callCity(ctx context.Context, from records.Reader, d *draft) error {
	round, err := d.readCall(ctx, from, d.Subject.City)
	if err != nil {
		return err
	}
	all, err := readCity(ctx, from, d.Subject.City)
	if err != nil {
		return err
	}
	c := round.Case(d.Subject.City)
	name := called(all, d.Subject.City)
	d.report.Path = applicationsArea
	if c.State != application.None {
		name, d.report.Path = c.Name, d.applicationPath(d.Subject.City)
	}
	lead := applicationSent
	switch c.State {
	case application.None, application.Draft, application.Withdrawn:
		lead = applicationOpen
	case application.Returned:
		lead = applicationReturned
	}
	d.report.Title = say(callCityTitle, "city", name, "day", d.Day, "call", round.Call.Title)
	d.report.Lead = say(lead, "city", name, "closing", d.closing(round))
	d.lastDay(closesWord)
	d.figure("state", locale.Text{}, stateWord, summary.Value{Text: c.State.Label()})
	missing := len(application.CheckForm(locale.Same(name), c.Form, d.Programme))
	if (c.State == application.Draft || c.State == application.Returned) && missing > 0 {
		d.figure("missing", locale.Text{}, answersMissing, summary.Number(missing))
	}
	return nil
}

// callCommission reminds a National Commission of the day by which it endorses and submits (R-APP-2), and of what waits for it.
func callCommission(ctx context.Context, from records.Reader, d *draft) error {
	round, err := d.readCall(ctx, from, d.Subject.Country+"#")
	if err != nil {
		return err
	}
	country := d.country(d.Subject.Country).Name
	quota := round.Quota(d.Subject.Country)
	d.report.Title = say(callCommissionTitle, "country", country, "day", d.Day, "call", round.Call.Title)
	d.report.Lead = say(callCommissionLead, "country", country, "limit", quota.Limit, "left", quota.Left, "closing", d.closing(round),
		"waiting", counted(len(quota.Waiting), oneWaits, moreWait), "endorsed", counted(len(quota.Choice), oneEndorsed, moreEndorsed))
	d.report.Path = applicationsArea + "/" + steps(d.Subject.Call+"#"+d.Subject.Country)

	none := locale.Text{}
	d.lastDay(closesWord)
	d.figure("waiting", none, waitingTitle, summary.Number(len(quota.Waiting)))
	d.figure("endorsed", none, endorsedTitle, summary.Number(len(quota.Choice)))
	d.figure("submitted", none, submittedTitle, summary.Number(quota.Used))
	d.figure("left", none, placesWord, summary.Number(quota.Left))
	d.list(summary.List{Key: "waiting", Title: waitingTitle, Entries: d.applications(quota.Waiting)})
	d.list(summary.List{Key: "endorsed", Title: endorsedTitle, Entries: d.applications(quota.Choice)})
	d.list(summary.List{Key: "submitted", Title: submittedTitle, Entries: d.applications(quota.By)})
	return nil
}

func (d *draft) applications(cases []application.Case) (entries []summary.Entry) {
	for _, c := range cases {
		entries = append(entries, summary.Entry{
			Key: c.City, Name: d.cityOf(c.Name, c.Country), Note: c.State.Label(), Path: d.applicationPath(c.City),
		})
	}
	return entries
}

const applicationsArea = "applications"

func (d *draft) applicationPath(city string) string {
	return applicationsArea + "/" + steps(d.Subject.Call+"#"+city)
}

// closing is the last moment of the deadline, on the clocks of the call's zone.
func (d *draft) closing(round *application.Round) locale.Text {
	if d.Closes.IsZero() {
		return d.Day.Text()
	}
	at := d.Closes.In(round.Call.Location())
	return say(closingText, "day", civil.Of(at, round.Call.Location()), "hour", at.Format("15"), "minute", at.Format("04"), "zone", round.Call.Zone)
}

// lastDay begins the figures of a reminder: its day, and how far that is.
func (d *draft) lastDay(label locale.Text) {
	d.figure("day", locale.Text{}, label, summary.Day(d.Day))
	if d.Ahead >= 0 {
		d.figure("days", locale.Text{}, daysLeftWord, summary.Number(d.Ahead))
	} else {
		d.figure("days", locale.Text{}, daysLateWord, summary.Number(-d.Ahead))
	}
}

var (
	callCityTitle = locale.Text{
		EN: "{city}: application due by {day} ({call})",
		FR: "{city}\u00a0: candidature attendue d’ici au {day} ({call})",
		ES: "{city}: solicitud por enviar hasta el {day} ({call})",
	}
	applicationOpen = locale.Text{
		EN: "{city} has not sent its application to the National Commission yet. The call is open for cities until {closing}: please fill in what is missing and send it by then.",
		FR: "{city} n’a pas encore envoyé sa candidature à la Commission nationale. L’appel est ouvert aux villes jusqu’au {closing}\u00a0: complétez ce qui manque et envoyez-la d’ici là.",
		ES: "{city} todavía no ha enviado su solicitud a la Comisión Nacional. La convocatoria está abierta a las ciudades hasta el {closing}: complete lo que falta y envíela dentro de ese plazo.",
	}
	applicationReturned = locale.Text{
		EN: "The National Commission has returned the application of {city}. Please correct it, and send it again by {closing}.",
		FR: "La Commission nationale a renvoyé la candidature ({city}). Corrigez-la et envoyez-la de nouveau au plus tard le {closing}.",
		ES: "La Comisión Nacional ha devuelto la solicitud ({city}). Corríjala y vuelva a enviarla a más tardar el {closing}.",
	}
	applicationSent = locale.Text{
		EN: "The application of {city} has been sent. Nothing is left to do before {closing}.",
		FR: "La candidature est envoyée ({city}). Il ne reste rien à faire avant le {closing}.",
		ES: "La solicitud está enviada ({city}). No queda nada por hacer antes del {closing}.",
	}
	callCommissionTitle = locale.Text{
		EN: "{country}: applications to be submitted by {day} ({call})",
		FR: "{country}\u00a0: candidatures à présenter d’ici au {day} ({call})",
		ES: "{country}: solicitudes por presentar hasta el {day} ({call})",
	}
	callCommissionLead = locale.Text{
		EN: "{waiting}, {endorsed}. The National Commission ({country}) submits at most {limit} cities, until {closing}. Free places: {left} of {limit}.",
		FR: "{waiting}, {endorsed}. La Commission nationale ({country}) présente {limit} villes au plus, jusqu’au {closing}. Places libres\u00a0: {left} sur {limit}.",
		ES: "{waiting}, {endorsed}. La Comisión Nacional ({country}) presenta como máximo {limit} ciudades, hasta el {closing}. Plazas libres: {left} de {limit}.",
	}
	oneWaits     = locale.Text{EN: "application waits to be endorsed or returned", FR: "candidature est à avaliser ou à renvoyer", ES: "solicitud está por avalar o devolver"}
	moreWait     = locale.Text{EN: "applications wait to be endorsed or returned", FR: "candidatures sont à avaliser ou à renvoyer", ES: "solicitudes están por avalar o devolver"}
	oneEndorsed  = locale.Text{EN: "is endorsed but not submitted yet", FR: "est avalisée mais pas encore présentée", ES: "está avalada pero aún no se ha presentado"}
	moreEndorsed = locale.Text{EN: "are endorsed but not submitted yet", FR: "sont avalisées mais pas encore présentées", ES: "están avaladas pero aún no se han presentado"}
	closingText  = locale.Text{
		EN: "{day}, {hour}:{minute} ({zone})", FR: "{day}, {hour} h {minute} ({zone})", ES: "{day}, {hour}:{minute} ({zone})",
	}

	closesWord     = locale.Text{EN: "Last day", FR: "Dernier jour", ES: "Último día"}
	daysLeftWord   = locale.Text{EN: "Days left", FR: "Jours restants", ES: "Días restantes"}
	daysLateWord   = locale.Text{EN: "Days late", FR: "Jours de retard", ES: "Días de retraso"}
	stateWord      = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	answersMissing = locale.Text{EN: "Answers missing or to be corrected", FR: "Réponses manquantes ou à corriger", ES: "Respuestas que faltan o por corregir"}
	placesWord     = locale.Text{EN: "Free places", FR: "Places libres", ES: "Plazas libres"}
	waitingTitle   = locale.Text{EN: "To be endorsed or returned", FR: "À avaliser ou à renvoyer", ES: "Por avalar o devolver"}
	endorsedTitle  = locale.Text{EN: "Endorsed, not submitted yet", FR: "Avalisées, pas encore présentées", ES: "Avaladas, aún sin presentar"}
	submittedTitle = locale.Text{EN: "Submitted", FR: "Présentées", ES: "Presentadas"}
)
