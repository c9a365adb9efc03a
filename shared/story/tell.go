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
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
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
	acts, lines, err := t.membershipActs(ctx, c.ID)
	if err != nil {
		return page, err
	}
	page.Lines = slices.Concat(page.Lines, lines, tell(t, members, t.membership(c.ID, acts)))
	for _, part := range []func(context.Context, string) ([]history.Line, error){t.answers, t.offers, t.candidacies, t.seats, t.news} {
		lines, err := part(ctx, c.ID)
		if err != nil {
			return page, err
		}
		page.Lines = append(page.Lines, lines...)
	}
	if t.Hindsight {
		page.Lines = slices.DeleteFunc(page.Lines, func(l history.Line) bool { return l.On.After(t.day()) })
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
	entered, err := registry.ApplicationEvents(ctx, t.Records, call.ID, id)
	if err != nil {
		return nil, err
	}
	of := func(events ...application.Event) []history.Line {
		return history.Record{Programme: t.Programme, Applications: map[string][]application.Event{call.ID: events}}.Of(id)
	}
	acts, lines := acted(t, entered, func(e application.Event) []history.Line { return of(e) })
	sheets := func(on civil.Date, reason string, actions ...application.Action) []history.Line {
		var events []application.Event
		for _, action := range actions {
			events = append(events, application.Event{City: id, Action: action, At: on.EndOf(call.Location()), Reason: reason})
		}
		return of(events...)
	}
	return slices.Concat(
		lines,
		tell(t, applications, telling[application.Application]{
			func(a application.Application) []history.Line { return sheets(a.ReceivedOn, "", application.Send) },
			[]string{"receivedOn"}, details(call.Title), acts,
		}),
		tell(t, endorsements, telling[application.Endorsement]{
			func(e application.Endorsement) []history.Line {
				return sheets(e.EndorsedOn, "", application.Endorse, application.Submit)
			},
			[]string{"endorsedOn", "origin"}, details(call.Title), acts,
		}),
		tell(t, decisions, telling[application.Decision]{
			func(d application.Decision) []history.Line { return sheets(d.DecidedOn, d.Reason, decided[d.Decision]) },
			[]string{"decision", "decidedOn", "reason"}, details(call.Title), acts,
		}),
	), nil
}

var decided = map[string]application.Action{
	application.Accepted: application.Accept, application.Deferred: application.Defer, application.Declined: application.Decline,
}

// acted tells what acts entered by the teller's moment, and gives their requests.
func acted[E any](t Teller, entered []registry.Entered[E], of func(E) []history.Line) (requests map[string]bool, lines []history.Line) {
	requests = map[string]bool{}
	for _, e := range entered {
		if !t.knows(e.By.At) {
			continue
		}
		requests[e.By.Request] = true
		for _, line := range of(e.Event) {
			line.Origin = t.origin(e.By)
			lines = append(lines, line)
		}
	}
	return requests, lines
}

// membershipActs tells the acts about a city's membership, also those about cities that merge into it.
func (t Teller) membershipActs(ctx context.Context, id string) (map[string]bool, []history.Line, error) {
	entered, err := registry.MembershipEvents(ctx, t.Records)
	requests, lines := acted(t, entered, func(e network.Event) []history.Line {
		return history.Record{Programme: t.Programme, Network: []network.Event{e}}.Of(id)
	})
	return requests, lines, err
}

func (t Teller) membership(id string, acts map[string]bool) telling[member.Member] {
	years := t.Programme.Limits.ParticipationYears
	return telling[member.Member]{
		func(m member.Member) []history.Line {
			m.City = "" // how it is written stands above the story
			return history.Record{Programme: t.Programme, Network: network.EventsOf(id, m, years)}.Of(id)
		},
		[]string{"joinedOn", "leftOn", "participations", "earlier"}, details(membershipTitle), acts,
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
			[]string{"answeredOn"}, details(title), nil,
		})...)
	}
	return all, nil
}

func (t Teller) candidacies(ctx context.Context, id string) ([]history.Line, error) {
	var all []history.Line
	if t.Outside {
		return all, nil
	}
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

// seats tells the decisions about coordinators' seats, and the mandates.
func (t Teller) seats(ctx context.Context, id string) ([]history.Line, error) {
	var all []history.Line
	for _, term := range t.Programme.Terms {
		for _, cluster := range t.Programme.Clusters {
			seat := coordinator.Seat{Cluster: cluster.ID, Member: id}.ID()
			decisions, err := trailOf[coordinator.Decision](ctx, t, records.Ref{Type: coordinator.DecisionType, Partition: term.ID, ID: seat})
			if err != nil {
				return nil, err
			}
			mandates, err := trailOf[coordinator.Mandate](ctx, t, records.Ref{Type: coordinator.MandateType, Partition: term.ID, ID: seat})
			if err != nil {
				return nil, err
			}
			if t.Outside && !t.public(decisions, mandates) {
				continue
			}
			all = append(all, tell(t, decisions, telling[coordinator.Decision]{lines: func(d coordinator.Decision) []history.Line {
				if t.Outside {
					d.Reason = ""
				}
				return history.Record{Programme: t.Programme, Decisions: []coordinator.Decision{d}}.Of(id)
			}})...)
			all = append(all, tell(t, mandates, telling[coordinator.Mandate]{lines: func(m coordinator.Mandate) []history.Line {
				return history.Record{Programme: t.Programme, Mandates: []coordinator.Mandate{m}}.Of(id)
			}})...)
		}
	}
	return all, nil
}

// public reports whether a seat is one that everybody may know of.
func (t Teller) public(decisions trail[coordinator.Decision], mandates trail[coordinator.Mandate]) bool {
	decision, _ := decisions.last()
	mandate, there := mandates.last()
	return there && coordinator.Public(decision, mandate, t.day())
}

// news tells what a city sent for the newsletter.
func (t Teller) news(ctx context.Context, id string) ([]history.Line, error) {
	var all []history.Line
	for _, term := range t.Programme.Terms {
		found, err := trails[workplan.News](ctx, t, workplan.NewsType, term.ID, "")
		if err != nil {
			return nil, err
		}
		for _, one := range found {
			all = append(all, tell(t, one, telling[workplan.News]{lines: func(n workplan.News) []history.Line {
				return history.Record{Programme: t.Programme, News: []workplan.News{n}}.Of(id)
			}})...)
		}
	}
	return all, nil
}
