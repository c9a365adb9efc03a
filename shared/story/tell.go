package story

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
)

// Tell gives a city's whole story: who decided what, when, from which import or request.
func (t Teller) Tell(ctx context.Context, c City) (history.Page, error) {
	page := history.Page{
		ID: c.ID, Name: c.Name, Country: t.country(c.Country), Region: t.region(c.Country), Names: c.Names, On: t.day(),
	}
	members, err := trailOf[member.Member](ctx, t, records.Ref{Type: member.RecordType, ID: c.ID})
	if err != nil {
		return page, err
	}
	m, there := members.last()
	page.Standing = t.standing(m, there)
	for _, call := range t.Programme.Calls {
		lines, err := t.application(ctx, call, c.ID)
		if err != nil {
			return page, err
		}
		page.Lines = append(page.Lines, lines...)
	}
	page.Lines = append(page.Lines, tell(t, members, t.membership(c.ID))...)
	for _, part := range []func(context.Context, string) ([]history.Line, error){t.answers, t.offers, t.candidacies} {
		lines, err := part(ctx, c.ID)
		if err != nil {
			return page, err
		}
		page.Lines = append(page.Lines, lines...)
	}
	page.Lines = history.InOrder(page.Lines)
	return page, nil
}

// standing is what a city is and takes part in on the page's day.
func (t Teller) standing(m member.Member, there bool) []locale.Text {
	day := t.day()
	if !there || !m.On(day) {
		if there && !m.LeftOn.IsZero() && m.LeftOn.Before(day) {
			return []locale.Text{dated(wasMember, m.LeftOn)}
		}
		return []locale.Text{noMember}
	}
	says := []locale.Text{dated(memberSince, m.JoinedOn)}
	for _, p := range m.Participations {
		if day.Before(p.From) || day.After(p.Until) {
			continue
		}
		for _, id := range p.Clusters {
			cluster, _ := t.Programme.Cluster(id)
			says = append(says, dated(locale.Text{
				EN: "in the cluster " + cluster.Label.EN + " until ",
				FR: "dans le pôle " + cluster.Label.FR + " jusqu’au ",
				ES: "en el grupo " + cluster.Label.ES + " hasta el ",
			}, p.Until))
		}
	}
	return says
}

func dated(text locale.Text, day civil.Date) locale.Text {
	on := day.Text()
	return locale.Text{EN: text.EN + on.EN, FR: text.FR + on.FR, ES: text.ES + on.ES}
}

var (
	memberSince = locale.Text{EN: "member since ", FR: "membre depuis le ", ES: "miembro desde el "}
	wasMember   = locale.Text{EN: "member until ", FR: "membre jusqu’au ", ES: "miembro hasta el "}
	noMember    = locale.Text{EN: "not a member", FR: "n’est pas membre", ES: "no es miembro"}
)

// application tells a city's way through one call.
func (t Teller) application(ctx context.Context, call programme.Call, id string) ([]history.Line, error) {
	ref := func(typ string) records.Ref { return records.Ref{Type: typ, Partition: call.ID, ID: id} }
	applications, err := trailOf[application.Application](ctx, t, ref(application.RecordType))
	if err != nil {
		return nil, err
	}
	endorsements, err := trailOf[application.Endorsement](ctx, t, ref(application.EndorsementType))
	if err != nil {
		return nil, err
	}
	decisions, err := trailOf[application.Decision](ctx, t, ref(application.DecisionType))
	if err != nil {
		return nil, err
	}
	acts := func(on civil.Date, reason string, actions ...application.Action) []history.Line {
		var events []application.Event
		for _, action := range actions {
			events = append(events, application.Event{City: id, Action: action, At: on.EndOf(call.Location()), Reason: reason})
		}
		return history.Record{Programme: t.Programme, Applications: map[string][]application.Event{call.ID: events}}.Of(id)
	}
	return slices.Concat(
		tell(t, applications, telling[application.Application]{
			func(a application.Application) []history.Line { return acts(a.ReceivedOn, "", application.Send) },
			[]string{"receivedOn"}, details(call.Title),
		}),
		tell(t, endorsements, telling[application.Endorsement]{
			func(e application.Endorsement) []history.Line {
				return acts(e.EndorsedOn, "", application.Endorse, application.Submit)
			},
			[]string{"endorsedOn", "origin"}, details(call.Title),
		}),
		tell(t, decisions, telling[application.Decision]{
			func(d application.Decision) []history.Line { return acts(d.DecidedOn, d.Reason, decided[d.Decision]) },
			[]string{"decision", "decidedOn", "reason"}, details(call.Title),
		}),
	), nil
}

var decided = map[string]application.Action{
	application.Accepted: application.Accept, application.Deferred: application.Defer, application.Declined: application.Decline,
}

func (t Teller) membership(id string) telling[member.Member] {
	years := t.Programme.Limits.ParticipationYears
	return telling[member.Member]{
		func(m member.Member) []history.Line {
			m.City = "" // how it is written stands above the story
			return history.Record{Programme: t.Programme, Network: network.EventsOf(id, m, years)}.Of(id)
		},
		[]string{"joinedOn", "leftOn", "participations", "earlier"}, details(membershipTitle),
	}
}

var membershipTitle = locale.Text{EN: "Membership", FR: "Adhésion", ES: "Membresía"}

func (t Teller) answers(ctx context.Context, id string) ([]history.Line, error) {
	var all []history.Line
	for _, s := range t.Programme.Surveys {
		found, err := trails[survey.Answer](ctx, t, survey.RecordType, s.ID, id+"#")
		if err != nil {
			return nil, err
		}
		for _, one := range found {
			all = append(all, tell(t, one, telling[survey.Answer]{lines: func(a survey.Answer) []history.Line {
				return history.Record{Programme: t.Programme, Answers: map[string][]survey.Answer{s.ID: {a}}}.Of(id)
			}})...)
		}
	}
	return all, nil
}

func (t Teller) offers(ctx context.Context, id string) ([]history.Line, error) {
	var all []history.Line
	for _, term := range t.Programme.Terms {
		found, err := trailOf[questionnaire.Offer](ctx, t, records.Ref{Type: questionnaire.RecordType, Partition: term.ID, ID: id})
		if err != nil {
			return nil, err
		}
		title := locale.Text{EN: "Questionnaire " + term.ID, FR: "Questionnaire " + term.ID, ES: "Cuestionario " + term.ID}
		all = append(all, tell(t, found, telling[questionnaire.Offer]{
			func(o questionnaire.Offer) []history.Line {
				return history.Record{Programme: t.Programme, Offers: map[string][]questionnaire.Offer{term.ID: {o}}}.Of(id)
			},
			[]string{"answeredOn"}, details(title),
		})...)
	}
	return all, nil
}

func (t Teller) candidacies(ctx context.Context, id string) ([]history.Line, error) {
	var all []history.Line
	for _, term := range t.Programme.Terms {
		found, err := trails[coordinator.Candidacy](ctx, t, coordinator.RecordType, term.ID, id+"#")
		if err != nil {
			return nil, err
		}
		for _, one := range found {
			all = append(all, tell(t, one, telling[coordinator.Candidacy]{lines: func(c coordinator.Candidacy) []history.Line {
				return history.Record{Programme: t.Programme, Candidacies: map[string][]coordinator.Candidacy{term.ID: {c}}}.Of(id)
			}})...)
		}
	}
	return all, nil
}
