package application_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The whole process, state by action: a new state, with the deadline up to which it can be reached, or the refusal.
const process = `
            start            edit                  send                  withdraw       return                 endorse                submit               recall              accept              defer               decline
none        draft<city       NONE                  NONE                  NONE           NONE                   NONE                   NONE                 NONE                NONE                NONE                NONE
draft       OPEN             draft<city            sent<city             withdrawn      AT_CITY                AT_CITY                MISSING              NOT_SUBMITTED       MISSING             MISSING             MISSING
sent        OPEN             AT_COMMISSION         AT_COMMISSION         withdrawn      returned<commission    endorsed<commission    MISSING              NOT_SUBMITTED       MISSING             MISSING             MISSING
returned    OPEN             returned<commission   sent<commission       withdrawn      AT_CITY                AT_CITY                MISSING              NOT_SUBMITTED       MISSING             MISSING             MISSING
endorsed    OPEN             AT_COMMISSION         AT_COMMISSION         withdrawn      returned<commission    ENDORSED               submitted<commission NOT_SUBMITTED       NOT_SUBMITTED       NOT_SUBMITTED       NOT_SUBMITTED
submitted   OPEN             SUBMITTED             SUBMITTED             withdrawn      SUBMITTED              SUBMITTED              SUBMITTED            endorsed<commission accepted            deferred            declined
accepted    DECIDED          DECIDED               DECIDED               DECIDED        DECIDED                DECIDED                DECIDED              DECIDED             DECIDED             DECIDED             DECIDED
deferred    DECIDED          DECIDED               DECIDED               withdrawn      DECIDED                DECIDED                DECIDED              DECIDED             accepted            DECIDED             declined
declined    DECIDED          DECIDED               DECIDED               DECIDED        DECIDED                DECIDED                DECIDED              DECIDED             DECIDED             DECIDED             DECIDED
withdrawn   draft<city       WITHDRAWN             WITHDRAWN             WITHDRAWN      WITHDRAWN              WITHDRAWN              WITHDRAWN            WITHDRAWN           WITHDRAWN           WITHDRAWN           WITHDRAWN
`

// expected reads a cell of the process.
func expected(cell string) application.Outcome {
	if cell == strings.ToUpper(cell) {
		if cell == "MISSING" {
			return application.Outcome{Refused: "ENDORSEMENT_MISSING"}
		}
		return application.Outcome{Refused: problem.Code("APPLICATION_" + cell)}
	}
	state, deadline, _ := strings.Cut(cell, "<")
	return application.Outcome{To: application.State(state), Until: application.Deadline(deadline)}
}

// eachCell goes through every state and action.
func eachCell(t *testing.T, do func(s application.State, a application.Action, want application.Outcome)) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(process), "\n")
	actions, cells := strings.Fields(lines[0]), 0
	for i, line := range lines[1:] {
		words := strings.Fields(line)
		if s := string(application.States[i]); s != words[0] && s != strings.TrimPrefix(words[0], "none") {
			t.Fatalf("state %d is %q, the table has %q", i, s, words[0])
		}
		for j, action := range actions {
			cells++
			do(application.States[i], application.Action(action), expected(words[1+j]))
		}
	}
	if cells != len(application.States)*len(application.Actions) || cells != 110 {
		t.Errorf("%d cells", cells)
	}
}

func TestEveryStateHasAnOutcomeForEveryAction(t *testing.T) {
	eachCell(t, func(s application.State, a application.Action, want application.Outcome) {
		if got := application.Transition(s, a); got != want {
			t.Errorf("%q in %q gives %+v, want %+v", a, s, got, want)
		}
	})
}

// paths bring an application into each state.
var paths = map[application.State]string{
	application.None: "", application.Draft: "start", application.Sent: "start send", application.Returned: "start send return",
	application.Endorsed: "start send endorse", application.Submitted: "start send endorse submit",
	application.Accepted: "start send endorse submit accept", application.Deferred: "start send endorse submit defer",
	application.Declined: "start send endorse submit decline", application.Withdrawn: "start withdraw",
}

func berlin(s string) time.Time {
	at, err := time.ParseInLocation(time.DateTime, s, call.Location())
	if err != nil {
		panic(err)
	}
	return at
}

var early = berlin("2025-05-20 12:00:00")

func form() *application.Application {
	return &application.Application{Mayor: application.Mayor{Name: "A. Maire"}, Contact: application.Contact{Name: "C. Contact", Email: "c@example.org"},
		Pledge: application.Pledge{Given: true}, Motivation: "We want to learn.", Plans: "We will learn."}
}

func terms() application.Terms {
	return application.Terms{
		Programme: programme.Current(), Call: call, Country: func(c string) locale.Text { return locale.Same(c) },
		Member: func(string, civil.Date) (civil.Date, bool) { return civil.Date{}, false },
	}
}

// event is an action by the one whose action it is; city is like "FR#brest".
func event(city, action string, at time.Time) application.Event {
	country, name, _ := strings.Cut(city, "#")
	e := application.Event{City: city, Name: name, Country: country, Action: application.Action(action), At: at}
	e.Actor = application.Actor{Role: e.Action.By()}
	switch e.Actor.Role {
	case application.ByCity:
		e.Actor.City = city
	case application.ByCommission:
		e.Actor.Country = country
	}
	if action == "start" {
		e.Form = form()
	}
	return e
}

// walk does what a path says, all at one moment.
func walk(t *testing.T, r *application.Round, city, path string, at time.Time) {
	t.Helper()
	for _, action := range strings.Fields(path) {
		if problems := r.Apply(event(city, action, at)); len(problems) > 0 {
			t.Fatalf("%s %s: %v", action, city, problems[0])
		}
	}
}

func first(problems []*problem.Problem) *problem.Problem {
	if len(problems) == 0 {
		return nil
	}
	return problems[0]
}

func TestEveryActionInEveryStateChangesTheStateOrIsRefusedWithItsCode(t *testing.T) {
	eachCell(t, func(s application.State, a application.Action, want application.Outcome) {
		r := application.NewRound(terms())
		walk(t, r, "FR#brest", paths[s], early)
		if got := r.Case("FR#brest").State; got != s {
			t.Fatalf("%q leads to %q", paths[s], got)
		}
		before := len(r.Case("FR#brest").History)
		p := first(r.Apply(event("FR#brest", string(a), early)))
		after := r.Case("FR#brest")
		if want.Refused == "" && (p != nil || after.State != want.To || len(after.History) != before+1) {
			t.Errorf("%s in %q: %v, then %q", a, s, p, after.State)
		}
		if want.Refused != "" {
			if p == nil || p.Code != want.Refused || after.State != s || len(after.History) != before {
				t.Errorf("%s in %q: %v, then %q; want %s", a, s, p, after.State, want.Refused)
			}
			expect(t, p, string(want.Refused), p.Rule, "state")
			for _, lang := range locale.Langs {
				if strings.Contains(p.Message(lang), "()") {
					t.Errorf("%s", p.Message(lang))
				}
			}
		}
	})
}

func TestTheLastSecondCountsAndTheNextDoesNot(t *testing.T) {
	for _, s := range application.States {
		for _, a := range application.Actions {
			outcome := application.Transition(s, a)
			last := map[application.Deadline]string{"": "2030-01-01 00:00:00", "city": "2025-06-15 23:59:59", "commission": "2025-07-15 23:59:59"}[outcome.Until]
			for seconds, late := range []bool{false, outcome.Until != ""} {
				r := application.NewRound(terms())
				walk(t, r, "FR#brest", paths[s], early)
				p := first(r.Apply(event("FR#brest", string(a), berlin(last).Add(time.Duration(seconds)*time.Second))))
				if outcome.Refused != "" {
					continue
				}
				code, rule, field := "", "", ""
				if late {
					code, rule, field = "CYCLE_CLOSED_CITY", "R-APP-1", "received_on"
					if outcome.Until == application.CommissionDeadline {
						code, rule, field = "CYCLE_CLOSED_NATCOM", "R-APP-2", "endorsed_on"
					}
				}
				expect(t, p, code, rule, field)
			}
		}
	}
}

func TestR_APP_1_TheDeadlineHoldsInTheCallsZone(t *testing.T) {
	for at, code := range map[string]string{"2025-06-15T21:59:59.999Z": "", "2025-06-15T22:00:00Z": "CYCLE_CLOSED_CITY", "2025-06-15T23:59:59+14:00": ""} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		r := application.NewRound(terms())
		expect(t, first(r.Apply(event("FR#brest", "start", moment))), code, "R-APP-1", "received_on")
	}
}

func TestR_APP_2_ADeadlineIsExtendedByARecordedEvent(t *testing.T) {
	granted := berlin("2025-07-16 09:00:00")
	late := berlin("2025-07-20 23:59:59")
	submit := func(extensions []application.Extension, at time.Time) *problem.Problem {
		terms := terms()
		terms.Extensions = extensions
		r := application.NewRound(terms)
		walk(t, r, "FR#brest", "start send endorse", early)
		return first(r.Apply(event("FR#brest", "submit", at)))
	}
	closed := func(p *problem.Problem) { t.Helper(); expect(t, p, "CYCLE_CLOSED_NATCOM", "R-APP-2", "endorsed_on") }
	closed(submit(nil, late))
	for _, scope := range []application.Extension{{}, {Country: "FR"}, {City: "FR#brest"}} {
		scope.Deadline, scope.Until, scope.GrantedAt, scope.Reason = application.CommissionDeadline, day("2025-07-20"), granted, "Flood"
		all, p := application.Extend(call, nil, scope)
		expect(t, p, "", "", "")
		expect(t, submit(all, late), "", "", "")
		closed(submit(all, late.Add(time.Second)))
		closed(submit(all, granted.Add(-time.Second))) // it was not granted yet
	}
	for _, other := range []application.Extension{{Country: "SN"}, {City: "FR#nanterre"}, {Deadline: application.CityDeadline}} {
		if other.Deadline == "" {
			other.Deadline = application.CommissionDeadline
		}
		other.Until, other.GrantedAt = day("2025-07-20"), granted
		closed(submit([]application.Extension{other}, late))
	}
	if call.CommissionDeadline != day("2025-07-15") {
		t.Error("the call itself was changed")
	}
}

func TestR_APP_1_ADeadlineIsNeverMovedForward(t *testing.T) {
	e := application.Extension{Deadline: application.CityDeadline, Until: day("2025-06-20"), GrantedAt: early, Reason: "Holidays"}
	all, p := application.Extend(call, nil, e)
	expect(t, p, "", "", "")
	e.Until = day("2025-06-20")
	same, p := application.Extend(call, all, e)
	expect(t, p, "DEADLINE_NOT_EXTENDED", "R-APP-1", "until")
	if len(same) != 1 {
		t.Errorf("%d extensions", len(same))
	}
	e.Until, e.Reason = day("2025-06-21"), " "
	_, p = application.Extend(call, all, e)
	expect(t, p, "CELL_REQUIRED", "R-APP-1", "reason")
	if got := application.LastDay(call, all, application.CityDeadline, "FR#brest", "FR", early); got != day("2025-06-20") {
		t.Errorf("the last day is %s", got)
	}
	if got := application.LastDay(call, all, application.CityDeadline, "FR#brest", "FR", early.Add(-1)); got != call.CityDeadline {
		t.Errorf("before it was granted, the last day is %s", got)
	}
}

func TestAnActionIsDoneByTheOneWhoseActionItIs(t *testing.T) {
	actors := []application.Actor{
		{Role: application.ByCity, City: "FR#brest"}, {Role: application.ByCity, City: "FR#nanterre"},
		{Role: application.ByCommission, Country: "FR"}, {Role: application.ByCommission, Country: "SN"},
		{Role: application.BySecretariat}, {},
	}
	right := map[application.Role]int{application.ByCity: 0, application.ByCommission: 2, application.BySecretariat: 4}
	for _, s := range application.States {
		for _, a := range application.Actions {
			for i, actor := range actors {
				r := application.NewRound(terms())
				walk(t, r, "FR#brest", paths[s], early)
				e := event("FR#brest", string(a), early)
				e.Actor = actor
				p := first(r.Apply(e))
				if refused := p != nil && p.Code == "APPLICATION_ACTOR"; refused != (i != right[a.By()]) {
					t.Errorf("%s in %q by %+v: %v", a, s, actor, p)
				}
			}
		}
	}
}

func TestR_APP_3_TheFourthSubmissionIsRefusedAndARecallMakesRoom(t *testing.T) {
	r := application.NewRound(terms())
	for _, city := range []string{"FR#brest", "FR#nanterre", "FR#sarcelles"} {
		walk(t, r, city, "start send endorse submit", early)
	}
	walk(t, r, "FR#montpellier", "start send endorse", early)
	walk(t, r, "FR#lyon", "start send", early)
	walk(t, r, "SN#dakar", "start send endorse submit", early)
	p := first(r.Apply(event("FR#montpellier", "submit", early)))
	expect(t, p, "NATCOM_QUOTA_EXCEEDED", "R-APP-3", "country")
	if got := p.Params["contenders"].EN; got != "brest, nanterre, sarcelles, montpellier" {
		t.Errorf("contenders: %s", got)
	}
	walk(t, r, "FR#nanterre", "withdraw", early) // it was submitted all the same
	expect(t, first(r.Apply(event("FR#montpellier", "submit", early))), "NATCOM_QUOTA_EXCEEDED", "R-APP-3", "country")
	walk(t, r, "FR#sarcelles", "recall", early)
	expect(t, first(r.Apply(event("FR#montpellier", "submit", early))), "", "", "")

	v := r.Quota("FR")
	names := func(cases []application.Case) string {
		var all []string
		for _, c := range cases {
			all = append(all, c.Name)
		}
		return strings.Join(all, " ")
	}
	if v.Limit != 3 || v.Used != 3 || v.Left != 0 || names(v.By) != "brest montpellier nanterre" || names(v.Choice) != "sarcelles" || names(v.Waiting) != "lyon" {
		t.Errorf("%d of %d used by %s; to choose from: %s; waiting: %s", v.Used, v.Limit, names(v.By), names(v.Choice), names(v.Waiting))
	}
	if v := r.Quota("CH"); v.Used != 0 || v.Left != 3 {
		t.Errorf("%+v", v)
	}
}

func TestR_APP_5_AMemberDoesNotApply(t *testing.T) {
	terms := terms()
	terms.Member = func(city string, on civil.Date) (civil.Date, bool) {
		return day("2025-06-01"), city == "FR#brest" && !on.Before(day("2025-06-01"))
	}
	r := application.NewRound(terms)
	walk(t, r, "FR#brest", "start", early)
	expect(t, first(r.Apply(event("FR#brest", "send", berlin("2025-06-01 08:00:00")))), "ALREADY_MEMBER", "R-APP-5", "city")
	expect(t, first(application.NewRound(terms).Apply(event("FR#brest", "start", berlin("2025-06-01 08:00:00")))), "ALREADY_MEMBER", "R-APP-5", "city")
	walk(t, r, "FR#nanterre", "start send", berlin("2025-06-01 08:00:00"))
}

func TestR_APP_9_MembershipBeginsOnTheDayOfTheDecisionInTheCallsZone(t *testing.T) {
	t.Run("passes: accepted", func(t *testing.T) {
		r := application.NewRound(terms())
		walk(t, r, "FR#brest", "start send endorse submit", early)
		at, err := time.Parse(time.RFC3339, "2025-08-31T22:30:00Z")
		if err != nil {
			t.Fatal(err)
		}
		walk(t, r, "FR#brest", "accept", at)
		if from, ok := r.Case("FR#brest").MemberFrom(call); !ok || from != day("2025-09-01") {
			t.Errorf("a member from %s", from)
		}
	})
	t.Run("fails: in every other state the city is no member", func(t *testing.T) {
		for state, path := range paths {
			r := application.NewRound(terms())
			walk(t, r, "FR#brest", path, early)
			if _, ok := r.Case("FR#brest").MemberFrom(call); ok != (state == application.Accepted) {
				t.Errorf("%q makes a member: %v", state, ok)
			}
		}
	})
}

func TestR_APP_10_AFormIsCompleteWhenItIsSent(t *testing.T) {
	draft := func(t *testing.T) *application.Round {
		t.Helper()
		r := application.NewRound(terms())
		empty := event("FR#brest", "start", early)
		empty.Form = nil
		if problems := r.Apply(empty); len(problems) > 0 {
			t.Fatalf("a draft need not be complete: %v", problems[0])
		}
		return r
	}
	t.Run("passes: filled in", func(t *testing.T) {
		e := event("FR#brest", "send", early)
		e.Form = form()
		if problems := draft(t).Apply(e); len(problems) > 0 {
			t.Errorf("%v", problems[0])
		}
	})
	t.Run("fails: empty", func(t *testing.T) {
		var got []string
		for _, p := range draft(t).Apply(event("FR#brest", "send", early)) {
			got = append(got, p.Field)
			expect(t, p, string(p.Code), "R-APP-10", p.Field)
		}
		if want := []string{"mayor_name", "contact_name", "contact_email", "pledge", "motivation", "plans"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestR_APP_10_WordsAreCountedAsPeopleCountThem(t *testing.T) {
	word := strings.Repeat("l’apprentissage : ", 200) // a colon between spaces is no word
	expect(t, application.CheckWords("motivation", word, limits.MotivationWords), "", "", "")
	expect(t, application.CheckWords("motivation", word+"enfin", limits.MotivationWords), "TEXT_TOO_LONG", "R-APP-10", "motivation")
	f := form()
	f.Motivation, f.Plans = word+"enfin", word
	f.Challenges = []application.Rating{{Challenge: "poverty", Rating: 6}}
	f.Profile.Area.Value = "-1"
	var got []string
	for _, p := range application.CheckForm(brest, *f, programme.Current()) {
		got = append(got, p.Field+" "+string(p.Code))
	}
	if want := []string{"area_km2 NUMBER_OUT_OF_RANGE", "motivation TEXT_TOO_LONG", "challenge_poverty NUMBER_OUT_OF_RANGE"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestR_APP_10_AFormsValuesAreOnesThatTheNetworkKnows(t *testing.T) {
	problems := func(change func(*application.Application)) (codes []string) {
		f := form()
		change(f)
		for _, p := range application.CheckForm(brest, *f, programme.Current()) {
			codes = append(codes, p.Field+" "+string(p.Code))
		}
		return codes
	}
	p := programme.Current()
	t.Run("passes: whatever the programme lists", func(t *testing.T) {
		got := problems(func(f *application.Application) {
			f.Contact.Language, f.Profile.Area.Value = "fr", "49.51"
			f.Challenges = []application.Rating{{Challenge: p.Challenges[0].ID, Rating: 5}}
			f.Interests, f.Expertise = []string{p.Topics[0].ID, p.Topics[11].ID}, []string{p.Topics[3].ID}
			f.Features, f.Benefits = []string{p.Features[5].ID}, []string{p.Benefits[2].ID}
			f.Blocks, f.Conditions = []string{p.BuildingBlocks[0].ID}, []string{p.Conditions[1].ID}
		})
		if got != nil {
			t.Error(got)
		}
	})
	for want, change := range map[string]func(*application.Application){
		"contact_email EMAIL_INVALID":   func(f *application.Application) { f.Contact.Email = "C <c@example.org>" },
		"contact_language ENUM_UNKNOWN": func(f *application.Application) { f.Contact.Language = "es" },
		"gdp_city NUMBER_INVALID":       func(f *application.Application) { f.Profile.GDPCity.Value = "12.000,5" },
		"challenges ENUM_UNKNOWN": func(f *application.Application) {
			f.Challenges = []application.Rating{{Challenge: "boredom", Rating: 3}}
		},
		"interests ENUM_UNKNOWN":       func(f *application.Application) { f.Interests = []string{p.Topics[0].ID, "football"} },
		"expertise ENUM_UNKNOWN":       func(f *application.Application) { f.Expertise = []string{"football"} },
		"features ENUM_UNKNOWN":        func(f *application.Application) { f.Features = []string{""} },
		"benefits ENUM_UNKNOWN":        func(f *application.Application) { f.Benefits = []string{"money"} },
		"building_blocks ENUM_UNKNOWN": func(f *application.Application) { f.Blocks = []string{"bricks"} },
		"conditions ENUM_UNKNOWN":      func(f *application.Application) { f.Conditions = []string{"rain"} },
	} {
		t.Run("fails: "+want, func(t *testing.T) {
			if got := problems(change); len(got) != 1 || got[0] != want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestEventsOfOneCityComeInTheOrderOfTheirTimes(t *testing.T) {
	r := application.NewRound(terms())
	walk(t, r, "FR#brest", "start send", early)
	expect(t, first(r.Apply(event("FR#brest", "endorse", early.Add(-time.Second)))), "DATE_ORDER", "", "at")
	expect(t, first(r.Apply(event("FR#brest", "endorse", early))), "", "", "")
}

func TestARoundIsShownAsItWasAtAnyMoment(t *testing.T) {
	at := func(n int) time.Time { return early.Add(time.Duration(n) * time.Hour) }
	events := []application.Event{event("FR#brest", "send", at(1)), event("FR#brest", "start", at(0)), event("FR#brest", "accept", at(2)),
		event("FR#brest", "endorse", at(3)), event("FR#brest", "submit", at(4)), event("FR#brest", "accept", at(5))}
	for n, want := range []application.State{"draft", "sent", "sent", "endorsed", "submitted", "accepted"} {
		r, refused := application.Play(terms(), events, at(n))
		if got := r.Case("FR#brest").State; got != want || len(refused) != min(n/2, 1) {
			t.Errorf("after %d hours: %q with %d refused", n, got, len(refused))
		}
	}
	r, _ := application.Play(terms(), events, at(-1))
	if len(r.Cases()) != 0 || r.Case("FR#brest").State != application.None {
		t.Errorf("%v", r.Cases())
	}
}

func TestTheStateOfRecordsFromSheets(t *testing.T) {
	a, e := &application.Application{}, &application.Endorsement{}
	for want, got := range map[application.State]application.State{
		application.None: application.StateOf(nil, nil, nil), application.Sent: application.StateOf(a, nil, nil),
		application.Submitted: application.StateOf(a, e, nil), application.Deferred: application.StateOf(a, e, &application.Decision{Decision: application.Deferred}),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNoSequenceOfEventsBreaksARule(t *testing.T) {
	cities := []string{"FR#a", "FR#b", "FR#c", "FR#d", "FR#e", "SN#a", "SN#b", "SN#c", "SN#d", "CH#a"}
	done := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		round := application.NewRound(terms())
		at := early
		for range 150 {
			at = at.Add(time.Duration(r.IntN(20)) * time.Hour)
			e := event(cities[r.IntN(len(cities))], string(application.Actions[r.IntN(len(application.Actions))]), at)
			if round.Apply(e) != nil {
				continue // nothing has changed
			}
			done++
			if broken := brokenRule(round); broken != "" {
				t.Fatalf("seed %d: %s after %s of %s", seed, broken, e.Action, e.City)
			}
		}
	}
	if done < 1500 {
		t.Errorf("only %d events took effect", done)
	}
}

// brokenRule looks at the history alone.
func brokenRule(r *application.Round) string {
	submitted := map[string]int{}
	for _, c := range r.Cases() {
		counts, endorsed := false, false
		for i, e := range c.History {
			switch e.Action {
			case application.Endorse:
				endorsed = true
			case application.Return:
				endorsed = false
			case application.Submit:
				counts = true
				if !endorsed {
					return "R-APP-4: submitted without an endorsement"
				}
			case application.Recall:
				counts = false
			case application.Accept:
				if !counts || !endorsed {
					return "R-APP-4: accepted without being endorsed and submitted"
				}
			case application.Start:
				endorsed = false
				if i > 0 && c.History[i-1].Action != application.Withdraw {
					return "R-APP-5: applied twice"
				}
			}
			if e.Action == application.Start && e.At.After(berlin("2025-06-15 23:59:59")) {
				return "R-APP-1: begun after the deadline"
			}
			if e.Action.By() == application.ByCommission && e.At.After(berlin("2025-07-15 23:59:59")) {
				return "R-APP-2: a National Commission acted after its deadline"
			}
		}
		if counts {
			submitted[c.Country]++
		}
		if counts != c.Counts {
			return fmt.Sprintf("R-APP-3: %s counts: %v", c.City, c.Counts)
		}
	}
	for country, n := range submitted {
		if v := r.Quota(country); n > call.Quota || v.Used != n || v.Left != call.Quota-n {
			return fmt.Sprintf("R-APP-3: %s has submitted %d", country, n)
		}
	}
	return ""
}
