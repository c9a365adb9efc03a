package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// MembershipTypes are the records that the events of a membership change, and follow from.
var MembershipTypes = []string{member.RecordType, network.RecordType}

// membershipEvent is one event of a city's stream, which is stored by the city and the event's place.
type membershipEvent struct {
	Event network.Event `json:"event"`
	// Retold is the city's past before the event where sheets had made another of it than the stream told: the stream goes on from this.
	Retold []network.Event `json:"retold"`
}

// past is what is on record of a city: its record, which sheets and acts share, and the events that tell it.
type past struct {
	id     string
	member storedMember
	events []network.Event
	told   bool // the stream tells the record; else the events are told from the record
	last   int  // place of the stream's last event
}

// Enter enters what happened to a city that is or was a member: it joins, renews or leaves a cluster, leaves the network or joins it again, is
// renamed, merges, or reports. On is today where it is none; the event's source, person and moment are the request's. The record of
// the member, which sheets and workbooks share, is changed with it, so that on no day a city is in more clusters than it may (R-CLU-1)
// or longer than its participation lasts (R-CLU-2). *Refused with the problem of network.Add, NOT_A_MEMBER for a city that never was
// one, TEXT_TOO_LONG; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Enter(ctx context.Context, o Origin, e network.Event) (network.Event, error) {
	if !slices.Contains(network.Kinds, e.Kind) {
		return e, fmt.Errorf("registry: no such event: %q", e.Kind)
	}
	if err := errors.Join(bounded("name", e.Name, longLine), bounded("reason", e.Reason, longReason)); err != nil {
		return e, err
	}
	id, err := r.perform(ctx, o, e, MembershipTypes, func(from records.Reader, o Origin, now time.Time) ([]table.Write, string, error) {
		return r.enter(ctx, from, o, now, e)
	})
	if err != nil {
		return e, err
	}
	entered, err := find[membershipEvent](ctx, r.records, records.Ref{Type: network.RecordType, ID: id})
	return entered.Event, err
}

func (r *Registry) enter(
	ctx context.Context, from records.Reader, o Origin, now time.Time, e network.Event,
) ([]table.Write, string, error) {
	city, err := r.pastOf(ctx, from, e.City)
	if err != nil {
		return nil, "", err
	}
	if city.member.version == 0 {
		return nil, "", refused(member.NotAMember(locale.Same(e.City)))
	}
	if e.On.IsZero() {
		e.On = r.today(now)
	}
	e.Source, e.Person, e.RecordedAt = o.Request, o.Person, now
	events, writes, err := r.mergedInto(ctx, from, append(slices.Clip(city.events), e))
	if err != nil {
		return nil, "", err
	}
	events, p := network.Add(r.terms(), slices.Concat(events, city.events), e)
	if p != nil {
		return nil, "", refused(p)
	}
	changed, err := city.record(r.terms(), events, o.provenance(now))
	if err != nil {
		return nil, "", err
	}
	ref := records.Ref{Type: network.RecordType, ID: e.City + "#" + number(city.last+1)}
	entry := membershipEvent{Event: e}
	if !city.told {
		entry.Retold = city.events
	}
	entered, err := written(records.Put{Record: records.Record{Ref: ref, Provenance: o.provenance(now)}}, entry)
	return slices.Concat(writes, changed, entered), ref.ID, err
}

// mergedInto gives the events of the cities that others merge into, and holds them to their records.
func (r *Registry) mergedInto(ctx context.Context, from records.Reader, events []network.Event) ([]network.Event, []table.Write, error) {
	var others []network.Event
	var writes []table.Write
	for _, e := range events {
		if e.Kind != network.Merged || e.Into == e.City {
			continue
		}
		into, err := r.pastOf(ctx, from, e.Into)
		if err != nil {
			return nil, nil, err
		}
		others = append(others, into.events...)
		writes = append(writes, records.Unchanged(memberRef(e.Into), into.member.version))
	}
	return others, writes, nil
}

// record gives the writes that make the city's record what events tell.
func (c *past) record(terms network.Terms, events []network.Event, by records.Provenance) ([]table.Write, error) {
	body := tell(terms, events, c.id, c.member.body)
	ref := memberRef(c.id)
	if sameStanding(body, c.member.body) {
		return []table.Write{records.Unchanged(ref, c.member.version)}, nil
	}
	return written(records.Put{Record: records.Record{Ref: ref, Provenance: by}, Base: c.member.version}, body)
}

func memberRef(id string) records.Ref { return records.Ref{Type: member.RecordType, ID: id} }

func (r *Registry) terms() network.Terms { return network.Terms{Programme: r.Programme} }

// today is the day of a moment in the zone in which the network's calls are open.
func (r *Registry) today(now time.Time) civil.Date {
	return civil.Of(now, r.Programme.LatestCall().Location())
}

// pastOf reads what is on record of a city.
func (r *Registry) pastOf(ctx context.Context, from records.Reader, id string) (*past, error) {
	known, err := loadMember(ctx, from, id)
	if err != nil {
		return nil, err
	}
	c := &past{id: id, member: known}
	err = scan(ctx, from, network.RecordType, "", id+"#", func(_ records.Record, e membershipEvent) error {
		c.add(e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	c.settle(r.terms())
	return c, nil
}

// add takes in the next event of the stream.
func (c *past) add(e membershipEvent) {
	if len(e.Retold) > 0 {
		c.events = slices.Clone(e.Retold)
	}
	c.events = append(c.events, e.Event)
	c.last++
}

// settle tells the events from the record where the stream tells another one: a sheet has changed it since, and what it says holds.
func (c *past) settle(terms network.Terms) {
	c.told = len(c.events) > 0 && sameStanding(tell(terms, c.events, c.id, c.member.body), c.member.body)
	if !c.told && c.member.version > 0 {
		c.events = network.EventsOf(c.id, c.member.body, terms.Programme.Limits.ParticipationYears)
	}
}

// tell is a member's record as events make it, with what events do not speak of as before.
func tell(terms network.Terms, events []network.Event, id string, before member.Member) member.Member {
	if i := slices.IndexFunc(events, func(e network.Event) bool { return e.Kind == network.Merged && e.City == id }); i >= 0 {
		events = slices.Clone(events) // the other city may not be among them: what counts here is the end of this one
		events[i].Kind, events[i].On = network.Left, events[i].On.AddDays(-1)
	}
	n, _ := network.At(terms, events, civil.Date{Year: 9999, Month: 12, Day: 31})
	c, _ := n.City(id)
	told := c.Record()
	told.Website, told.Population, told.OtherNames = before.Website, before.Population, before.OtherNames
	if before.City != "" && before.City != told.City && !slices.Contains(told.OtherNames, before.City) {
		told.OtherNames = append(slices.Clone(told.OtherNames), before.City) // sheets may go on calling it by its former name
	}
	first := told.JoinedOn
	if len(told.Earlier) > 0 {
		first = told.Earlier[0].JoinedOn
	}
	for _, p := range before.Participations { // a sheet can have corrected the day of joining: no event tells what was before it
		if p.Until.Before(first) {
			told.Participations = append(told.Participations, p)
		}
	}
	slices.SortFunc(told.Participations, func(a, b member.Participation) int { return a.From.Compare(b.From) })
	return told
}

// sameStanding compares what events tell of a member.
func sameStanding(a, b member.Member) bool {
	return a.City == b.City && a.Country == b.Country && a.JoinedOn == b.JoinedOn && a.LeftOn == b.LeftOn &&
		slices.Equal(a.Earlier, b.Earlier) &&
		slices.EqualFunc(a.Participations, b.Participations, func(p, q member.Participation) bool {
			return p.From == q.From && p.Until == q.Until && slices.Equal(p.Clusters, q.Clusters)
		})
}

// Events gives what happened to all members (see EventsOf). RECORD_BUSY.
func (r *Registry) Events(ctx context.Context) (all []network.Event, err error) {
	err = r.records.Snapshot(ctx, MembershipTypes, func(from records.Reader) (err error) {
		all, err = EventsOf(ctx, from, r.Programme)
		return err
	})
	return all, busy(err)
}

// EventsOf gives what happened to all members, by city and day: what was entered, and where sheets brought or changed a member, what
// their record tells. network.At makes the network of any day of them. It reads the MembershipTypes.
func EventsOf(ctx context.Context, from records.Reader, edition *programme.Edition) ([]network.Event, error) {
	cities := map[string]*past{}
	var ids []string
	err := scan(ctx, from, member.RecordType, "", "", func(record records.Record, m member.Member) error {
		id := record.Ref.ID
		ids = append(ids, id)
		cities[id] = &past{id: id, member: storedMember{body: m, version: record.Version}}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = scan(ctx, from, network.RecordType, "", "", func(record records.Record, e membershipEvent) error {
		if c := cities[record.Ref.ID[:strings.LastIndex(record.Ref.ID, "#")]]; c != nil {
			c.add(e)
		}
		return nil
	})
	var all []network.Event
	for _, id := range ids {
		cities[id].settle(network.Terms{Programme: edition})
		all = append(all, cities[id].events...)
	}
	return all, err
}

// find reads a record's body, which there is.
func find[T any](ctx context.Context, from records.Reader, ref records.Ref) (body T, err error) {
	record, err := from.Get(ctx, ref)
	if err == nil {
		err = records.Decode(record.Body, &body)
	}
	return body, err
}

// term is a term by its identifier. TERM_UNKNOWN.
func (r *Registry) term(id string) (t programme.Term, err error) {
	t, ok := r.Programme.Term(id)
	if ok {
		return t, nil
	}
	known := make([]string, len(r.Programme.Terms))
	for i, term := range r.Programme.Terms {
		known[i] = term.ID
	}
	return t, problem.New("TERM_UNKNOWN").Valued(id).With("known", strings.Join(known, ", "))
}
