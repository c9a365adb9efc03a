package history_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func region(country string) string {
	c, _ := reference.Load().Country(country)
	return c.Region
}

// world is a network that lives through a term with a clock of its own.
type world struct {
	t     *testing.T
	today civil.Date
	history.Record
	term  programme.Term
	round *application.Round
}

// begin has three members and the programme of 2025 with a survey of that year.
func begin(t *testing.T) *world {
	e := *programme.Current()
	e.Surveys = append([]programme.Survey{}, e.Surveys...)
	e.Surveys = append(e.Surveys, programme.Survey{ID: "2025", Opens: day("2025-09-05"), Closes: day("2025-09-25"), Zone: "Europe/Berlin"})
	w := &world{t: t, term: e.LatestTerm(), Record: history.Record{Programme: &e, Applications: map[string][]application.Event{},
		Answers: map[string][]survey.Answer{}, Offers: map[string][]questionnaire.Offer{}, Candidacies: map[string][]coordinator.Candidacy{}}}
	w.on("2016-01-01")
	for _, id := range []string{"SN#dakar", "CH#lausanne", "FR#nanterre"} {
		w.happens(network.Event{Kind: network.Joined, City: id, Name: name(id), Country: id[:2]})
	}
	w.round = application.NewRound(application.Terms{Programme: &e, Call: e.LatestCall(),
		Country: func(c string) locale.Text { return locale.Same(c) },
		Member: func(id string, on civil.Date) (civil.Date, bool) {
			m := w.members()[id]
			return m.JoinedOn, !m.JoinedOn.IsZero() && m.On(on)
		}})
	return w
}

func name(id string) string { return strings.ToUpper(id[3:4]) + id[4:] }

func (w *world) on(date string) { w.today = day(date) }

func (w *world) fine(problems ...*problem.Problem) {
	w.t.Helper()
	for _, p := range problems {
		if p != nil {
			w.t.Fatalf("%s: %v", w.today, p)
		}
	}
}

func (w *world) happens(e network.Event) {
	w.t.Helper()
	e.On, e.Source = w.today, "7"
	events, p := network.Add(network.Terms{Programme: w.Programme}, w.Network, e)
	w.fine(p)
	w.Network = events
}

func (w *world) applies(action application.Action, role application.Role, reason string) {
	w.t.Helper()
	call := w.round.Call
	e := application.Event{City: "FR#brest", Name: "Brest", Country: "FR", Action: action, At: w.today.EndOf(call.Location()), Reason: reason,
		Actor: application.Actor{Role: role, City: "FR#brest", Country: "FR"}, Person: "person-1"}
	if action == application.Start {
		e.Form = &application.Application{Mayor: application.Mayor{Name: "A"}, Contact: application.Contact{Name: "B", Email: "b@example.org"},
			Pledge: application.Pledge{Given: true}, Motivation: "To learn.", Plans: "To go on learning."}
	}
	w.fine(w.round.Apply(e)...)
	w.Applications[call.ID] = append(w.Applications[call.ID], e)
}

func (w *world) members() map[string]member.Member {
	n, refused := network.At(network.Terms{Programme: w.Programme}, w.Network, w.today)
	if len(refused) > 0 {
		w.t.Fatalf("%v", refused[0].Problem)
	}
	members := map[string]member.Member{}
	for _, c := range n.Cities() {
		members[c.ID] = c.Record()
	}
	return members
}

// play lives through the term, from the call to the newsletter.
func (w *world) play() {
	w.t.Helper()
	w.on("2025-05-20")
	w.applies(application.Start, application.ByCity, "")
	w.on("2025-06-15")
	w.applies(application.Send, application.ByCity, "")
	w.on("2025-06-20")
	w.applies(application.Return, application.ByCommission, "The mayor's title is missing.\x1b[2J")
	w.on("2025-07-01")
	w.applies(application.Send, application.ByCity, "")
	w.on("2025-07-15")
	w.applies(application.Endorse, application.ByCommission, "")
	w.applies(application.Submit, application.ByCommission, "")
	w.on("2025-09-01")
	w.applies(application.Accept, application.BySecretariat, "")
	from, _ := w.round.Case("FR#brest").MemberFrom(w.round.Call)
	w.today = from
	w.happens(network.Event{Kind: network.Joined, City: "FR#brest", Name: "Brest", Country: "FR"})

	w.on("2025-09-10")
	for _, id := range []string{"FR#brest", "SN#dakar"} {
		w.Answers["2025"] = append(w.Answers["2025"], survey.Answer{Member: id, City: name(id), Country: id[:2],
			Topics: survey.Choose(w.Programme, []string{"health", "esd"}), Coordinate: true, AnsweredOn: w.today})
	}
	w.on("2025-10-01")
	for _, id := range []string{"FR#brest", "SN#dakar", "FR#nanterre"} {
		w.happens(network.Event{Kind: network.ClusterJoined, City: id, Cluster: "health"})
	}
	w.stand()

	w.on("2025-11-15")
	w.Offers[w.term.ID] = []questionnaire.Offer{{Member: "FR#brest", City: "Brest", Country: "FR", Items: [6]string{"", "We host.", "no"}, AnsweredOn: w.today}}
	w.plan()
}

// stand has three candidates, of whom two are proposed, decided upon and appointed.
func (w *world) stand() {
	w.t.Helper()
	survey, _ := w.Programme.Survey("2025")
	if r := w.respond(survey); r.All.Members != 4 || r.All.Answered != 2 {
		w.t.Errorf("%+v", r.All)
	}
	for i, id := range []string{"FR#brest", "SN#dakar", "FR#nanterre"} {
		c := coordinator.Candidacy{Member: id, City: name(id), Country: id[:2], Cluster: "health", AnsweredOn: day("2025-09-28")}
		for _, item := range w.Programme.Coordinators.Items {
			c.Answers = append(c.Answers, coordinator.Answer{Item: item.ID, Text: "…", Rating: []int{5, 3, 4}[i]})
		}
		w.fine(coordinator.CheckAnswers(w.Programme.Coordinators, c)...)
		w.Candidacies[w.term.ID] = append(w.Candidacies[w.term.ID], c)
	}
	f := coordinator.Field{Programme: w.Programme, Term: w.term, Candidacies: w.Candidacies[w.term.ID], Members: w.members(), Mandates: w.Mandates, Region: region}
	proposal := f.Propose()
	decision, problems := f.Decide(proposal, proposal.Members(), "", w.today, "person-2")
	w.fine(problems...)
	decision, p := decision.Announce(w.today)
	w.fine(p)
	w.Mandates = f.Appoint(decision)
	if len(w.Mandates) != 2 || w.Mandates[0].Member != "FR#brest" || w.Mandates[1].Member != "SN#dakar" {
		w.t.Errorf("appointed: %+v", w.Mandates)
	}
}

func (w *world) respond(s programme.Survey) survey.Response {
	return survey.Respond(s, w.Answers[s.ID], w.members(), region)
}

// plan adopts a work plan, matches it with the offers, holds its meetings and sends its news.
func (w *world) plan() {
	w.t.Helper()
	rosters := cluster.Rosters(w.Programme, w.members(), w.term.Start, w.term.End)
	of := cluster.Of(rosters)
	for _, m := range questionnaire.Match(w.Programme, w.Offers[w.term.ID], func(id string) []string { return of[id] }) {
		if m.Cluster.ID == "health" && m.Gaps() != 3 {
			w.t.Errorf("%d gaps", m.Gaps())
		}
	}
	s := workplan.Setting{Programme: w.Programme, Term: w.term, Members: w.members(), Mandates: w.Mandates}
	plan := workplan.Draft(w.Programme, "health", w.term.ID)
	plan.Objectives, plan.Partners = "Health for all.", []workplan.Partner{{Name: "An institute"}}
	for i := range plan.Activities {
		if a := &plan.Activities[i]; a.Line == "cluster/1.4" || a.Line == "cluster/3.2" {
			a.By, a.Host, a.On = "SN#dakar", "FR#nanterre", day("2026-06-01")
		}
	}
	plan, problems := s.Adopt(plan, "SN#dakar", w.today)
	w.fine(problems...)
	for i := range plan.Activities {
		if plan.Activities[i].On.IsZero() {
			continue
		}
		var p *problem.Problem
		plan.Activities[i], p = plan.Activities[i].Become(workplan.Held)
		w.fine(p)
	}
	for i, date := range []string{"2026-03-01", "2026-09-30", "2027-03-31", "2027-04-01"} {
		w.on(date)
		n := workplan.News{Cluster: "health", Member: w.Mandates[i%2].Member, On: w.today, Text: "…"}
		w.fine(s.CheckCoordinator(n.Member, n.Cluster, n.On))
		w.News = append(w.News, n)
	}
	w.on("2027-10-01")
	var overdue []string
	for _, turn := range workplan.Turns(w.Programme, w.term, plan, w.News, w.today) {
		if turn.Overdue {
			overdue = append(overdue, turn.Duty.ID+" "+turn.Due.String())
		}
	}
	if got := strings.Join(overdue, ", "); got != "meeting 2027-09-30" {
		w.t.Errorf("overdue: %s", got)
	}
}

func TestAFullTermFromTheCallToTheNewsletterIsTold(t *testing.T) {
	w := begin(t)
	w.play()
	want := `
20 May 2025               2025 call for membership, application begun
                            recorded by person-1
15 June 2025              2025 call for membership, sent to the National Commission
                            recorded by person-1
20 June 2025              2025 call for membership, returned to the city – The mayor's title is missing. [2J
                            recorded by person-1
1 July 2025               2025 call for membership, sent to the National Commission
                            recorded by person-1
15 July 2025              2025 call for membership, endorsed by the National Commission
                          2025 call for membership, submitted to the secretariat
                            recorded by person-1
1 September 2025          2025 call for membership, accepted
                            recorded by person-1
                          joining the network, Brest
                            recorded (request 7)
10 September 2025         Survey 2025, Education for Sustainable Development (ESD), Health and well-being, would coordinate
28 September 2025         Candidate for coordinating 2025-2027, Health and well-being, 100
1 October 2025            joining a cluster, Health and well-being
                            recorded (request 7)
                          Coordinating city, Health and well-being, until 30 September 2027
15 November 2025          Questionnaire 2025-2027, Learning and exchange
1 March 2026              News sent, Health and well-being
31 March 2027             News sent, Health and well-being
`
	lines := w.Of("FR#brest")
	if got := history.Text(lines, locale.EN); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("got\n%s", got)
	}
	for _, l := range lines {
		if missing := l.Text.Missing(); len(missing) > 0 {
			t.Errorf("%s is not told in %v", l.Text.EN, missing)
		}
	}
	for lang, begins := range map[locale.Lang]string{
		locale.FR: "20 mai 2025               Appel à candidatures 2025, candidature commencée",
		locale.ES: "20 de mayo de 2025        Convocatoria de adhesión 2025, solicitud iniciada",
	} {
		if got := history.Text(lines, lang); !strings.HasPrefix(got, begins) {
			t.Errorf("got\n%s", got)
		}
	}
	if got := w.Of("FR#nowhere"); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestTheStoryOfACityNamesMergersOnBothSides(t *testing.T) {
	w := begin(t)
	w.on("2020-01-01")
	w.happens(network.Event{Kind: network.Renamed, City: "FR#nanterre", Name: "Grand Nanterre"})
	w.happens(network.Event{Kind: network.Merged, City: "CH#lausanne", Into: "SN#dakar", Reason: "A test"})
	told := func(id string) string {
		return fmt.Sprint(strings.ReplaceAll(history.Text(w.Of(id), locale.EN), "\n", "|"))
	}
	from := strings.Repeat(" ", 28) + "recorded (request 7)|"
	joined := func(name string) string { return "1 January 2016            joining the network, " + name + "|" + from }
	for id, want := range map[string]string{
		"FR#nanterre": joined("Nanterre") + "1 January 2020            new name, Grand Nanterre|" + from,
		"CH#lausanne": joined("Lausanne") + "1 January 2020            merger, → SN#dakar – A test|" + from,
		"SN#dakar":    joined("Dakar") + "1 January 2020            merger, ← CH#lausanne – A test|" + from,
	} {
		if got := told(id); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
}

func TestEveryActionIsTold(t *testing.T) {
	for _, a := range application.Actions {
		r := history.Record{Programme: programme.Current(), Applications: map[string][]application.Event{
			"2025": {{City: "FR#brest", Action: a, At: time.Date(2025, 6, 15, 22, 0, 0, 0, time.UTC)}},
		}}
		lines := r.Of("FR#brest")
		if len(lines) != 1 || lines[0].On != day("2025-06-16") || strings.HasSuffix(lines[0].Text.EN, ", ") {
			t.Errorf("%s: %+v", a, lines)
		}
	}
}
