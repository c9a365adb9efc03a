package office

import (
	"context"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/story"
)

// Member is a city that is or was a member, as it stands on record.
type Member struct {
	ID      string // such as "FR#brest"
	Version int64
	member.Member
}

// MemberState is what a city on record is to the network on a day.
type MemberState string

// The states.
const (
	MemberNow    MemberState = "member"
	MemberBefore MemberState = "former"
	MemberLater  MemberState = "future" // its first day is on record, and yet to come
)

// MemberStates lists all states.
var MemberStates = []MemberState{MemberNow, MemberBefore, MemberLater}

// StateOn is what the city is on a day.
func (m Member) StateOn(day civil.Date) MemberState {
	first := m.JoinedOn
	if len(m.Earlier) > 0 {
		first = m.Earlier[0].JoinedOn
	}
	switch {
	case m.On(day):
		return MemberNow
	case day.Before(first):
		return MemberLater
	}
	return MemberBefore
}

// MemberFilter chooses members; what is zero asks for nothing.
type MemberFilter struct {
	Country string // ISO 3166-1 alpha-2
	Region  string // UNESCO's (R-REG-1)
	Cluster string // in which the city takes part on the day
	State   MemberState
	On      civil.Date // none is today
}

// Members lists the cities on record, by identifier, and the day by which they were chosen. CLUSTER_UNKNOWN, RECORD_BUSY.
func (o *Office) Members(ctx context.Context, filter MemberFilter) ([]Member, civil.Date, error) {
	part, err := o.reach(ctx, access.MemberRead)
	if err != nil {
		return nil, filter.On, err
	}
	if filter.On.IsZero() {
		filter.On = o.today()
	}
	if filter.Cluster != "" {
		if _, err := o.cluster(filter.Cluster); err != nil {
			return nil, filter.On, err
		}
	}
	all, err := o.members(ctx)
	return slices.DeleteFunc(all, func(m Member) bool {
		return !holds(part, m.Country, m.ID) || !o.chosen(m, filter)
	}), filter.On, err
}

func (o *Office) chosen(m Member, by MemberFilter) bool {
	return (by.Country == "" || m.Country == by.Country) && (by.Region == "" || o.region(m.Country) == by.Region) &&
		(by.State == "" || m.StateOn(by.On) == by.State) &&
		(by.Cluster == "" || m.On(by.On) && slices.Contains(m.ClustersOn(by.On), by.Cluster))
}

func (o *Office) members(ctx context.Context) (all []Member, err error) {
	err = o.snapshot(ctx, []string{member.RecordType}, func(from records.Reader) error {
		all, err = membersOf(ctx, from)
		return err
	})
	return all, err
}

func membersOf(ctx context.Context, from records.Reader) (all []Member, err error) {
	err = scan(ctx, from, member.RecordType, "", "", func(record records.Record, m member.Member) {
		all = append(all, Member{record.Ref.ID, record.Version, m})
	})
	return all, err
}

// Member is one city on record, and today, by which it is told. CITY_UNKNOWN.
func (o *Office) Member(ctx context.Context, id string) (Member, civil.Date, error) {
	today := o.today()
	if err := o.leave(ctx, access.MemberRead, access.Object{City: id}); err != nil {
		return Member{}, today, err
	}
	if !isCity(id) {
		return Member{}, today, cityUnknown(id)
	}
	record, err := o.Records.Get(ctx, records.Ref{Type: member.RecordType, ID: id})
	if errors.Is(err, records.ErrNotFound) {
		return Member{}, today, cityUnknown(id)
	}
	m := Member{ID: id, Version: record.Version}
	if err == nil {
		err = records.Decode(record.Body, &m.Member)
	}
	return m, today, err
}

func cityUnknown(id string) *problem.Problem {
	return problem.New("CITY_UNKNOWN").In("city").Valued(id).WithText("near", locale.Text{
		EN: "Look for it in the list of members.", FR: "Cherchez-la dans la liste des membres.", ES: "Búsquela en la lista de miembros.",
	})
}

// EnterEvent enters what happened to a city's membership, see registry.Enter: of the event its kind, city, day, and what the kind takes
// (a name, the city into which it merges, a cluster, a reason) are asked for; none is today.
func (o *Office) EnterEvent(ctx context.Context, request string, e network.Event) (network.Event, error) {
	if err := o.leave(ctx, access.MemberEnter, access.Object{City: e.City}); err != nil {
		return e, err
	}
	if !isCity(e.City) {
		return e, cityUnknown(e.City)
	}
	if e.Kind == network.Merged && !isCity(e.Into) {
		return e, member.NotAMember(locale.Text{EN: "The other city", FR: "L'autre ville", ES: "La otra ciudad"}).In("into").Valued(e.Into)
	}
	return o.Registry.Enter(ctx, origin(ctx, request), e)
}

// History tells a city's whole story as it is on record today. Whoever may not read who stands for coordinator is told nothing of that, and of
// seats what is announced; who may not read imports or people is not told which file or whom something came from. CITY_UNKNOWN, RECORD_BUSY.
func (o *Office) History(ctx context.Context, id string) (history.Page, error) {
	if err := o.leave(ctx, access.HistoryRead, access.Object{City: id}); err != nil {
		return history.Page{}, err
	}
	teller := story.Teller{
		Programme: o.Programme, Reference: o.Reference, At: o.Clock(),
		Outside: access.Decide(access.ActorOf(ctx), access.CoordinatorReadCandidates, access.Object{}) != nil,
	}
	var page history.Page
	err := o.snapshot(ctx, story.Types, func(from records.Reader) error {
		teller.Records = from
		cities, err := teller.Cities(ctx)
		if err != nil {
			return err
		}
		found, ok := cities.ByID(id)
		if !ok {
			return cityUnknown(id)
		}
		page, err = teller.Tell(ctx, found)
		return err
	})
	for i := range page.Lines {
		line := &page.Lines[i]
		line.Origin = originFor(ctx, line.Origin)
		if line.Ended != nil {
			ended := originFor(ctx, *line.Ended)
			line.Ended = &ended
		}
	}
	return page, err
}

// originFor is what the actor may know of where something came from.
func originFor(ctx context.Context, o history.Origin) history.Origin {
	if access.Decide(access.ActorOf(ctx), access.ImportRead, access.Object{}) != nil {
		o.File, o.Sheet, o.Row, o.Source = "", "", 0, ""
	}
	o.Person = shown(ctx, o.Person)
	return o
}
