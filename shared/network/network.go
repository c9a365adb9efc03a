package network

import (
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Terms is what events are judged by.
type Terms struct {
	Programme *programme.Edition
	// ReportYears is after how many years a member reports its progress (practice); 0 asks for no reports.
	ReportYears int
}

// Network is all cities as events have made them.
type Network struct {
	Terms
	cities map[string]*City
}

// Refusal is an event that could not be, with why.
type Refusal struct {
	Event   Event
	Problem *problem.Problem
}

// At folds the events up to a day, in the order of their days, into the network as it was then. Events that break a rule are left
// out and returned; where events are only added through Add there are none. What a network says of later days is what holds if
// nothing else happens: participations lapse, memberships go on.
func At(terms Terms, events []Event, day civil.Date) (*Network, []Refusal) {
	n := &Network{Terms: terms, cities: map[string]*City{}}
	var refused []Refusal
	for _, e := range inOrder(events) {
		if e.On.After(day) {
			break
		}
		if p := n.apply(e); p != nil {
			refused = append(refused, Refusal{e, p})
		}
	}
	return n, refused
}

// Add records an event, whose day may lie before others on record. It is refused with the problem of the rule that it breaks (see
// the kinds of events in rules.go), or with EVENT_CONFLICT when it keeps the rules and a later event on record then doesn't.
func Add(terms Terms, events []Event, e Event) ([]Event, *problem.Problem) {
	before := map[Event]bool{}
	_, refused := At(terms, events, endOfTime)
	for _, r := range refused {
		before[r.Event] = true
	}
	all := append(slices.Clip(events), e)
	_, refused = At(terms, all, endOfTime)
	var conflict *problem.Problem
	for _, r := range refused {
		switch {
		case r.Event == e:
			return events, r.Problem
		case !before[r.Event] && conflict == nil:
			conflict = problem.New("EVENT_CONFLICT").In("on").Valued(e.On.String()).
				With("city", nameOf(events, r.Event.City)).WithText("event", r.Event.Kind.Label()).WithText("date", r.Event.On.Text())
		}
	}
	if conflict != nil {
		return events, conflict
	}
	return all, nil
}

var endOfTime = civil.Date{Year: 9999, Month: 12, Day: 31}

// nameOf is the latest name that events give a city.
func nameOf(events []Event, id string) string {
	name := id
	for _, e := range inOrder(events) {
		if e.City == id && e.Name != "" {
			name = e.Name
		}
	}
	return name
}

// City is a city by its identifier, which is or was a member.
func (n *Network) City(id string) (City, bool) {
	c, ok := n.cities[id]
	if !ok {
		return City{}, false
	}
	return c.copy(), true
}

// Cities lists all cities that are or were members, by identifier.
func (n *Network) Cities() []City {
	var all []City
	for _, id := range slices.Sorted(maps.Keys(n.cities)) {
		all = append(all, n.cities[id].copy())
	}
	return all
}

func (c *City) copy() City {
	clone := *c
	clone.Names, clone.Times = slices.Clone(c.Names), slices.Clone(c.Times)
	clone.Stays, clone.Reports = slices.Clone(c.Stays), slices.Clone(c.Reports)
	return clone
}

// Successor is the city that stands for another one since mergers: the last that it has merged into, or itself.
func (n *Network) Successor(id string) string {
	for range n.cities {
		c, ok := n.cities[id]
		if !ok || c.Into == "" {
			break
		}
		id = c.Into
	}
	return id
}

// Likeness is two members whose names may mean one city.
type Likeness struct{ A, B City }

// Duplicates proposes members of one country that may be the same city, written otherwise or in another language, on a day. Nothing is
// merged by it: that is an event which somebody records.
func (n *Network) Duplicates(day civil.Date) []Likeness {
	var all []Likeness
	index := city.NewIndex()
	for _, c := range n.Cities() {
		if !c.On(day) {
			continue
		}
		named := city.City{ID: c.ID, Name: c.NameOn(day), Country: c.Country}
		match := index.Match(named.Name, named.Country)
		for _, other := range match.Candidates() {
			all = append(all, Likeness{n.cities[other.ID].copy(), c})
		}
		index.Add(named)
	}
	slices.SortStableFunc(all, func(a, b Likeness) int { return strings.Compare(a.A.ID, b.A.ID) })
	return all
}
