package registry_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

var candidates = []city.City{
	cityOf("Bafoussam", "CM"), cityOf("Garoua", "CM"), cityOf("Maroua", "CM"), cityOf("Kribi", "CM"), cityOf("Limbé", "CM"), brest,
}

// sound tells every rule that what is stored breaks: the quota and its slots (R-APP-3), that nothing is submitted or accepted without an
// endorsement (R-APP-4), that who is accepted is a member from that day and nobody else is (R-APP-9), and that the records which
// sheets share say what the events say.
func (w *world) sound() (broken []string) {
	w.t.Helper()
	check := func(ok bool, what string, args ...any) {
		if !ok {
			broken = append(broken, fmt.Sprintf(what, args...))
		}
	}
	counts := map[string][]string{}
	for _, c := range w.round().Cases() {
		if c.Counts {
			counts[c.Country] = append(counts[c.Country], c.City)
		}
		_, applied := read[application.Application](w, application.RecordType, c.City)
		_, endorsed := read[application.Endorsement](w, application.EndorsementType, c.City)
		decision, decided := read[application.Decision](w, application.DecisionType, c.City)
		joined, isMember := read[member.Member](w, member.RecordType, c.City)
		isSubmitted := c.State == application.Submitted || c.State.Decided()
		isSent := isSubmitted || slices.Contains([]application.State{application.Sent, application.Returned, application.Endorsed}, c.State)
		check((applied > 0) == isSent, "%s is %s and its application has version %d", c.City, c.State, applied)
		check(endorsed == 0 || isSubmitted && c.Counts, "R-APP-3: %s is %s, endorsed, and counts: %v", c.City, c.State, c.Counts)
		if c.State == application.Submitted || c.State == application.Accepted { // a sheet can decline what nobody endorsed
			check(endorsed > 0, "R-APP-4: %s is %s and has no endorsement", c.City, c.State)
		}
		check((decided > 0) == c.State.Decided(), "%s is %s and its decision has version %d", c.City, c.State, decided)
		check(!c.State.Decided() || decision.Decision == string(c.State), "%s is %s and its decision %s", c.City, c.State, decision.Decision)
		check((isMember > 0) == (c.State == application.Accepted), "R-APP-9: %s is %s and its membership has version %d", c.City, c.State, isMember)
		check(isMember == 0 || joined.JoinedOn == decision.DecidedOn, "R-APP-9: %s joined on %s", c.City, joined.JoinedOn)
	}
	for _, country := range []string{"CM", "FR"} {
		held := w.slots(country)
		slices.Sort(held)
		check(len(held) <= w.call.Quota, "R-APP-3: %v have slots", held)
		check(slices.Equal(held, counts[country]), "R-APP-3: %v have slots, %v count", held, counts[country])
	}
	return broken
}

// ways are actions as likely as they are wanted: most go forward, so that the later states are reached.
var ways = []application.Action{
	"start", "start", "edit", "send", "send", "send", "return", "endorse", "endorse", "endorse", "submit", "submit", "submit", "recall",
	"accept", "defer", "decline", "withdraw",
}

// Random acts by everybody, allowed or not, while the deadlines go by and are extended: the registry does exactly what the pure rules
// allow, and no state breaks a rule.
func TestNoSequenceOfActsLeadsToAStateThatBreaksARule(t *testing.T) {
	reached := map[application.State]int{}
	for seed := range uint64(25) {
		random := rand.New(rand.NewPCG(seed, 6))
		w := newWorld(t)
		var granted []application.Extension
		model := application.NewRound(application.Terms{Programme: programme.Current(), Call: w.call, Country: countryName})
		model.Member = func(id string, _ civil.Date) (civil.Date, bool) { return model.Case(id).MemberFrom(w.call) }
		for step := range 160 {
			if random.IntN(4) == 0 {
				w.now = w.now.Add(time.Duration(random.IntN(50)) * time.Hour)
			}
			if random.IntN(40) == 0 {
				granted = append(granted, w.extendAnything(random, granted)...)
				model.Extensions = granted
			}
			act := w.act(candidates[random.IntN(len(candidates))], ways[random.IntN(len(ways))])
			if random.IntN(12) == 0 {
				act.Actor.Country, act.Actor.City = "FR", brest.ID
			}
			if random.IntN(12) == 0 {
				act.Form = &application.Application{Motivation: strings.Repeat("mot ", 201)}
			}
			form := act.Form
			_, err := w.registry.Do(t.Context(), officer, act)
			want := model.Apply(application.Event{
				City: act.City.ID, Name: act.City.Name, Country: act.City.Country, Action: act.Action, At: w.now, Actor: act.Actor, Form: form,
			})
			if (err == nil) != (len(want) == 0) || err != nil && problemOf(err).Code != want[0].Code {
				t.Fatalf("seed %d, step %d: %s %s: %v, want %v", seed, step, act.Action, act.City.ID, err, want)
			}
			if step%8 != 7 {
				continue
			}
			round := w.round()
			for _, c := range candidates {
				if got, want := round.Case(c.ID).State, model.Case(c.ID).State; got != want {
					t.Fatalf("seed %d, step %d: %s is %q, want %q", seed, step, c.ID, got, want)
				}
			}
			if broken := w.sound(); broken != nil {
				t.Fatalf("seed %d, step %d: %s %s: %s", seed, step, act.Action, act.City.ID, strings.Join(broken, "\n"))
			}
		}
		for _, c := range w.round().Cases() {
			reached[c.State]++
		}
	}
	for _, s := range application.States {
		if reached[s] == 0 && s != application.None {
			t.Errorf("no sequence ends in %q: %v", s, reached)
		}
	}
}

// extendAnything tries to extend a deadline, and gives the extension if it was granted.
func (w *world) extendAnything(random *rand.Rand, granted []application.Extension) []application.Extension {
	w.t.Helper()
	e := application.Extension{
		Deadline: []application.Deadline{application.CityDeadline, application.CommissionDeadline}[random.IntN(2)],
		Country:  []string{"", "CM", "FR"}[random.IntN(3)],
		Until:    civil.Of(w.now.AddDate(0, 0, random.IntN(40)), w.call.Location()), Reason: "Because.",
		GrantedAt: w.now,
	}
	_, want := application.Extend(w.call, granted, e)
	got, err := w.registry.Extend(w.t.Context(), officer, w.call.ID, application.Actor{Role: application.BySecretariat}, e)
	if (err == nil) != (want == nil) {
		w.t.Fatalf("%+v: %v, want %v", e, err, want)
	}
	if err != nil {
		return nil
	}
	return []application.Extension{got}
}

// The same with sheets among the acts, which may come at any time and in any order.
func TestNoSequenceOfActsAndSheetsLeadsToAStateThatBreaksARule(t *testing.T) {
	for seed := range uint64(10) {
		random := rand.New(rand.NewPCG(seed, 7))
		w := newWorld(t)
		service := w.imports()
		w.at("2025-06-01 12:00:00")
		for step := range 60 {
			c := candidates[random.IntN(len(candidates))]
			what := "an act"
			switch random.IntN(8) {
			case 0:
				what, _ = "applications", ignore(w.send(service, "applications", applicationSheet("2025-06-0"+fmt.Sprint(1+random.IntN(2)), c)))
			case 1:
				what, _ = "endorsements", ignore(w.send(service, "endorsements", endorsementSheet("2025-07-0"+fmt.Sprint(1+random.IntN(2)), c)))
			case 2:
				decision := []string{"accepted", "deferred", "declined"}[random.IntN(3)]
				what, _ = decision, ignore(w.send(service, "decisions", decisionSheet(decision, "2025-08-0"+fmt.Sprint(1+random.IntN(2)), c)))
			default:
				_, err := w.registry.Do(t.Context(), officer, w.act(c, ways[random.IntN(len(ways))]))
				if err != nil && problemOf(err) == nil {
					t.Fatal(err)
				}
			}
			if broken := w.sound(); broken != nil {
				t.Fatalf("seed %d, step %d: %s of %s: %s", seed, step, what, c.ID, strings.Join(broken, "\n"))
			}
		}
	}
}

func ignore(any, string) bool { return true }

// Everybody does something at the same moment, again and again. What was done is a sequence that the rules allow, without a gap.
func TestActsAtOnceAreASequenceThatTheRulesAllow(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		cities := candidates[:5]
		for _, c := range cities {
			w.do(c, "start send")
		}
		var group sync.WaitGroup
		done := make([]int, 12)
		errs := make([]error, len(done))
		for n := range done {
			group.Go(func() {
				random := rand.New(rand.NewPCG(uint64(n), 8))
				for range 8 {
					act := w.act(cities[random.IntN(len(cities))], ways[random.IntN(len(ways))])
					_, err := w.registry.Do(t.Context(), registry.Origin{Person: "officer"}, act)
					if err == nil {
						done[n]++
					} else if problemOf(err) == nil {
						errs[n] = err
					}
				}
			})
		}
		group.Wait()
		want := 2 * len(cities)
		for n := range done {
			if want += done[n]; errs[n] != nil {
				t.Error(errs[n])
			}
		}
		var events []application.Event
		for _, c := range w.round().Cases() {
			events = append(events, c.History...)
		}
		equal(t, len(events), want)
		if broken := w.sound(); broken != nil {
			t.Error(strings.Join(broken, "\n"))
		}
		if refused := replayed(w, events); len(refused) > 0 {
			t.Errorf("%v", refused)
		}
	})
}

// replayed judges the events of cities again by the pure rules, but for the quota, whose order among cities their moments do not tell.
func replayed(w *world, events []application.Event) []string {
	call := w.call
	call.Quota = len(events)
	round := application.NewRound(application.Terms{Programme: programme.Current(), Call: call, Country: countryName})
	round.Member = func(string, civil.Date) (civil.Date, bool) { return civil.Date{}, false }
	refused := map[string]bool{}
	for _, e := range events {
		for _, p := range round.Apply(e) {
			refused[e.City+" "+string(e.Action)+" "+string(p.Code)] = true
		}
	}
	return slices.Sorted(maps.Keys(refused))
}
