package agenda_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/workplan"
)

func day(text string) civil.Date {
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// noon is a moment of a day.
func noon(text string) time.Time { return day(text).StartOf(time.UTC).Add(12 * time.Hour) }

// known are people who may use the product, in no order of their identifiers.
type known []people.Person

func (k known) Each(_ context.Context, fn func(people.Person) error) error {
	for _, p := range k {
		if err := fn(p); err != nil {
			return err
		}
	}
	return nil
}

func person(id string, role access.Role, scope access.Scope) people.Person {
	return people.Person{ID: id, Standing: people.Standing{Role: role, Scope: scope, Lang: locale.FR}}
}

// world is what is on record.
type world struct {
	t       testing.TB
	records *records.Store
	people  known
	events  int
}

func newWorld(t testing.TB, people ...people.Person) *world {
	noPause := records.WithPause(func(context.Context, int) error { return nil })
	return &world{t: t, records: records.New(memory.New(table.Config{}), noPause), people: people}
}

func (w *world) source() agenda.Source {
	return agenda.Source{Records: w.records, Programme: programme.Current(), People: w.people}
}

func (w *world) write(ref records.Ref, body any) {
	w.t.Helper()
	encoded, err := records.Encode(body)
	if err != nil {
		w.t.Fatal(err)
	}
	current, err := w.records.Get(w.t.Context(), ref)
	if err != nil && !errors.Is(err, records.ErrNotFound) {
		w.t.Fatal(err)
	}
	put := records.Put{Base: current.Version, Record: records.Record{
		Ref: ref, Body: encoded, Provenance: records.Provenance{Import: "import-of-" + ref.Type, At: noon("2019-01-01")},
	}}
	for _, err := range w.records.PutEach(w.t.Context(), put.Provenance.Import, []records.Put{put}) {
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) member(id string, m member.Member) {
	m.City, m.Country = id[3:], id[:2]
	w.write(records.Ref{Type: member.RecordType, ID: id}, m)
}

func takes(from, until string, clusters ...string) member.Participation {
	return member.Participation{From: day(from), Until: day(until), Clusters: clusters}
}

const term = "2025-2027"

func (w *world) seat(cluster, city, from, until string) {
	m := coordinator.Mandate{Member: city, Country: city[:2], Cluster: cluster, Term: term, From: day(from), Until: day(until)}
	w.write(records.Ref{Type: coordinator.MandateType, Partition: term, ID: m.ID()}, m)
}

func (w *world) news(cluster, city, on string) {
	n := workplan.News{Cluster: cluster, Member: city, On: day(on)}
	w.write(records.Ref{Type: workplan.NewsType, Partition: term, ID: n.ID()}, n)
}

func (w *world) plan(cluster string, activities ...workplan.Activity) {
	w.write(records.Ref{Type: workplan.RecordType, Partition: term, ID: cluster}, workplan.Plan{Cluster: cluster, Term: term, Activities: activities})
}

// did is what a city, its National Commission or the secretariat did to an application to the call of 2025, in order.
func (w *world) did(city string, actions ...application.Action) {
	for _, action := range actions {
		w.events++
		e := application.Event{City: city, Name: city[3:], Country: city[:2], Action: action, At: noon("2025-05-20")}
		ref := records.Ref{Type: "application_event", Partition: "2025", ID: fmt.Sprintf("%s#%06d", city, w.events)}
		w.write(ref, struct {
			Event application.Event `json:"event"`
		}{e})
	}
}

func (w *world) extended(d application.Deadline, country, city, until, granted string) {
	w.events++
	w.write(records.Ref{Type: "extension", Partition: "2025", ID: fmt.Sprintf("%06d", w.events)}, application.Extension{
		Deadline: d, Country: country, City: city, Until: day(until), GrantedAt: noon(granted),
	})
}

func usd(amount int64) money.Amount { return money.Amount{Minor: amount * 100, Currency: "USD"} }

// pledged is an instalment of a donor country's agreement; no due day is "".
func (w *world) pledged(agreement, country, signed string, number int, amount int64, due string) {
	i := fund.Instalment{
		Agreement: agreement, Donor: country, DonorType: fund.DonorCountry, Country: country, SignedOn: day(signed), Number: number,
		Amount: usd(amount), Pledged: usd(1000),
	}
	if due != "" {
		i.DueOn = day(due)
	}
	w.write(records.Ref{Type: fund.InstalmentType, ID: i.ID()}, i)
}

func (w *world) gave(country, on string, amount int64) {
	w.events++
	c := fund.Contribution{
		Donor: country, DonorType: fund.DonorCountry, Country: country, ReceivedOn: day(on), Amount: usd(amount),
		Reference: fmt.Sprintf("ref-%d", w.events),
	}
	w.write(records.Ref{Type: fund.RecordType, Partition: c.Year(), ID: c.ID()}, c)
}

// facts are those of a day.
func (w *world) facts(on string) schedule.Facts {
	w.t.Helper()
	f, err := w.source().Facts(w.t.Context(), noon(on))
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// marks are the days of a matter, a line each, in order.
func (w *world) marks(on string, about programme.About) string {
	w.t.Helper()
	var lines []string
	for _, m := range w.facts(on).Marks {
		if m.About == about {
			s := m.Subject
			line := strings.Join(slices.DeleteFunc([]string{s.Call, s.Term, s.Cluster, s.Country, s.City, s.Donor, s.Agreement}, func(part string) bool { return part == "" }), " ")
			if s.Number > 0 {
				line += fmt.Sprintf(" %d", s.Number)
			}
			line += " " + m.Day.String()
			if m.Zone != nil {
				line += " " + m.Zone.String()
			}
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func (w *world) readers(o schedule.Occasion) string {
	w.t.Helper()
	readers, err := w.source().Readers(w.t.Context(), o)
	if err != nil {
		w.t.Fatal(err)
	}
	var ids []string
	for _, r := range readers {
		if r.Lang != locale.FR || !r.Role.Valid() || !r.Scope.Fits(r.Role) {
			w.t.Errorf("%+v", r)
		}
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}
