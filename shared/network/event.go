// Package network is the membership of the whole network over time: cities join, are renamed, merge and leave, and take part in
// clusters, as dated events from which the state on any day follows, and how large the network was. It knows no sheet and no storage.
package network

import (
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
)

// RecordType is the type under which events are stored.
const RecordType = "membership_event"

// Kind is what happened to a city.
type Kind string

// The kinds of events.
const (
	Joined         Kind = "joined"          // the network, from this day (R-APP-9)
	Renamed        Kind = "renamed"         // to Name, from this day; the identifier stays
	Merged         Kind = "merged"          // into the member city Into: from this day it is no city of its own
	Left           Kind = "left"            // the network; this day is its last
	ClusterJoined  Kind = "cluster-joined"  // for the programme's number of years, from this day (R-CLU-2)
	ClusterRenewed Kind = "cluster-renewed" // for as many years after those that run
	ClusterLeft    Kind = "cluster-left"    // before its time; this day is its last
	Reported       Kind = "reported"        // its progress, on this day
)

// Kinds lists all kinds.
var Kinds = []Kind{Joined, Renamed, Merged, Left, ClusterJoined, ClusterRenewed, ClusterLeft, Reported}

// Event is one thing that happened to one city. Events are only ever added; what was wrong is put right by another one.
type Event struct {
	Kind       Kind       `json:"kind"`
	City       string     `json:"city"` // identifier, such as "FR#brest"
	On         civil.Date `json:"on"`   // the day from which it holds, or the last day
	Name       string     `json:"name"` // of Joined and Renamed
	Country    string     `json:"country"`
	Into       string     `json:"into"`    // identifier, of Merged
	Cluster    string     `json:"cluster"` // of the cluster's events
	Reason     string     `json:"reason"`
	Source     string     `json:"source"` // the import or request that brought it
	Person     string     `json:"person"` // identifier of who recorded it
	RecordedAt time.Time  `json:"recordedAt"`
}

// Known gives the events that had been recorded by a moment, in their order: what the network knew then, whatever the days are that
// they speak of.
func Known(events []Event, at time.Time) []Event {
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return e.RecordedAt.After(at) })
}

// EventsOf tells a member's record as events: the times of its membership, and its participation in clusters. years is how long a
// participation lasts. One that goes on in the next period was renewed, on the last day on which it could be; one that ended before its time
// was left. So the record that the events make is the one that they were told from.
func EventsOf(id string, m member.Member, years int) []Event {
	var events []Event
	add := func(kind Kind, on civil.Date) *Event {
		events = append(events, Event{Kind: kind, City: id, On: on})
		return &events[len(events)-1]
	}
	for _, time := range append(slices.Clone(m.Earlier), member.Membership{JoinedOn: m.JoinedOn, LeftOn: m.LeftOn}) {
		joined := add(Joined, time.JoinedOn)
		joined.Name, joined.Country = m.City, m.Country
		for _, run := range runsOf(m.Participations, time) {
			add(ClusterJoined, run.from).Cluster = run.cluster
			end := member.Participate(run.from, years, nil).Until
			for n := 2; end.Before(run.until) && years > 0; n++ {
				add(ClusterRenewed, end).Cluster = run.cluster
				end = member.Participate(run.from, n*years, nil).Until
			}
			if run.until.Before(end) {
				add(ClusterLeft, run.until).Cluster = run.cluster
			}
		}
		if !time.LeftOn.IsZero() {
			add(Left, time.LeftOn)
		}
	}
	return inOrder(events)
}

// run is a time in one cluster without a day between.
type run struct {
	cluster     string
	from, until civil.Date
}

// runsOf joins the periods of a time of membership to runs, by their beginning; one that began before the city was a member counts from then.
func runsOf(periods []member.Participation, time member.Membership) []*run {
	var all []*run
	for _, p := range periods {
		if p.Until.Before(time.JoinedOn) || !time.LeftOn.IsZero() && p.From.After(time.LeftOn) {
			continue
		}
		from := p.From
		if from.Before(time.JoinedOn) {
			from = time.JoinedOn
		}
		for _, cluster := range p.Clusters {
			i := slices.IndexFunc(all, func(r *run) bool { return r.cluster == cluster && r.until.AddDays(1) == from })
			if i < 0 {
				all = append(all, &run{cluster, from, p.Until})
				continue
			}
			all[i].until = p.Until
		}
	}
	return all
}

// inOrder sorts events by their days; those of one day stay in the order given.
func inOrder(events []Event) []Event {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b Event) int { return a.On.Compare(b.On) })
	return events
}
