package registry_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// world is a network whose clock stands until a test moves it.
type world struct {
	t        *testing.T
	table    table.Table
	registry *registry.Registry
	reader   *records.Store
	call     programme.Call
	now      time.Time
}

func newWorld(t *testing.T) *world { return worldOver(t, memory.New(table.Config{})) }

// worldOver does not wait between tries.
func worldOver(t *testing.T, over table.Table) *world {
	return worldPausing(t, over, func(ctx context.Context, _ int) error { return ctx.Err() })
}

func worldPausing(t *testing.T, over table.Table, pause func(context.Context, int) error) *world {
	w := &world{t: t, table: over, reader: records.New(over)}
	w.call, _ = programme.Current().Call("2025")
	w.at("2025-05-20 12:00:00")
	clock := func() time.Time { return w.now }
	w.registry = registry.New(registry.Config{
		Table: over, Programme: programme.Current(), Country: countryName, Region: regionOf, Clock: clock, IDs: identity.NewIDs(clock, nil),
		Pause: pause,
	})
	return w
}

func countryName(iso2 string) locale.Text {
	country, _ := reference.Load().Country(iso2)
	return country.Name
}

func regionOf(iso2 string) string {
	country, _ := reference.Load().Country(iso2)
	return country.Region
}

// engines runs a test on every engine.
func engines(t *testing.T, test func(t *testing.T, over table.Table)) {
	for name, open := range map[string]func(t *testing.T) table.Table{
		"memory": func(*testing.T) table.Table { return memory.New(table.Config{}) },
		"bolt": func(t *testing.T) table.Table {
			over, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = over.Close() })
			return over
		},
		"DynamoDB": func(t *testing.T) table.Table { return dynamodblocal.Open(t, table.Config{}, dynamo.Options{}) },
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// at sets the clock to a moment in the call's zone.
func (w *world) at(moment string) {
	w.t.Helper()
	at, err := time.ParseInLocation(time.DateTime, moment, w.call.Location())
	if err != nil {
		w.t.Fatal(err)
	}
	w.now = at
}

func cityOf(name, country string) city.City {
	return city.City{ID: city.ID(name, country), Name: name, Country: country}
}

// unlike invents at most 64 cities of which none is nearly another.
func unlike(n int, country string) (cities []city.City) {
	first := []string{"Barrio", "Cerro", "Fuente", "Laguna", "Monte", "Puerto", "Quebrada", "Tierra"}
	second := []string{"Alegre", "Blanco", "Cristal", "Dorado", "Esperanza", "Hondo", "Viejo", "Zafiro"}
	for i := range n {
		cities = append(cities, cityOf(first[i%8]+second[i/8], country))
	}
	return cities
}

var brest = cityOf("Brest", "FR")

func form() *application.Application {
	return &application.Application{
		Website:    "https://www.ville.example",
		Mayor:      application.Mayor{Name: "A. Maire"},
		Contact:    application.Contact{Name: "C. Contact", Email: "c@ville.example", Language: "fr"},
		Pledge:     application.Pledge{Given: true},
		Profile:    application.Profile{Population: application.Figure{Value: "140000", Year: 2022}},
		Motivation: "Relier nos écoles.", Plans: "Un comité.",
	}
}

// act is an action by the one whose action it is, with what it needs.
func (w *world) act(c city.City, action application.Action) registry.Act {
	act := registry.Act{Call: w.call.ID, City: c, Action: action, Actor: application.Actor{Role: action.By()}}
	switch act.Actor.Role {
	case application.ByCity:
		act.Actor.City = c.ID
	case application.ByCommission:
		act.Actor.Country = c.Country
	}
	switch action {
	case application.Start:
		act.Form = form()
	case application.Submit:
		act.Signed = "A. Signataire"
	case application.Return, application.Withdraw, application.Recall, application.Accept, application.Defer, application.Decline:
		act.Reason = "Because."
	}
	return act
}

var officer = registry.Origin{Person: "officer"}

// do does actions in a row, all of which must be possible.
func (w *world) do(c city.City, actions string) application.Case {
	w.t.Helper()
	var last application.Case
	for _, action := range strings.Fields(actions) {
		var err error
		if last, err = w.registry.Do(w.t.Context(), officer, w.act(c, application.Action(action))); err != nil {
			w.t.Fatalf("%s %s: %v", action, c.Name, err)
		}
	}
	return last
}

// refused does an action that must be refused with a code, and changes nothing.
func (w *world) refused(c city.City, action application.Action, want problem.Code) *problem.Problem {
	w.t.Helper()
	before := w.items()
	_, err := w.registry.Do(w.t.Context(), officer, w.act(c, action))
	p := problemOf(err)
	if p == nil || p.Code != want {
		w.t.Fatalf("%s %s: %v, want %s", action, c.Name, err, want)
	}
	if after := w.items(); after != before {
		w.t.Errorf("%s %s was refused, and %d records became %d", action, c.Name, before, after)
	}
	return p
}

// state is how far a city has come by what the registry shows.
func (w *world) state(c city.City) application.State {
	w.t.Helper()
	return w.round().Case(c.ID).State
}

func (w *world) round() *application.Round {
	w.t.Helper()
	round, err := w.registry.Round(w.t.Context(), w.call.ID, time.Time{})
	if err != nil {
		w.t.Fatal(err)
	}
	return round
}

// types are those of all records that acts write.
var types = map[string]string{
	application.RecordType: "2025", application.EndorsementType: "2025", application.DecisionType: "2025", "member": "",
	"application_event": "2025", "extension": "2025",
}

// items counts the records that acts write, but those of requests.
func (w *world) items() int {
	w.t.Helper()
	n := 0
	for typ, partition := range types {
		err := w.reader.Scan(w.t.Context(), typ, partition, "", func(records.Record) error {
			n++
			return nil
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return n
}

// read gives a record of the call and its version, 0 when there is none.
func read[T any](w *world, typ, id string) (body T, version int64) {
	w.t.Helper()
	record, err := w.reader.Get(w.t.Context(), records.Ref{Type: typ, Partition: types[typ], ID: id})
	if errors.Is(err, records.ErrNotFound) {
		return body, 0
	}
	if err == nil {
		err = records.Decode(record.Body, &body)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return body, record.Version
}

// slots lists who holds the slots of a country.
func (w *world) slots(country string) []string {
	w.t.Helper()
	held, err := records.Holders(w.t.Context(), w.reader, application.Slots(w.call.ID, country))
	if err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for _, claim := range held {
		all = append(all, claim.Holder)
	}
	return all
}

// imports is the service of sheets over the same table and clock.
func (w *world) imports() *imports.Service { return w.importsOver(w.table, w.t.TempDir()) }

// importsOver is one over another view of the table, with its files in a folder.
func (w *world) importsOver(over table.Table, folder string, change ...func(*imports.Config)) *imports.Service {
	w.t.Helper()
	blobs, err := files.Open(folder)
	if err != nil {
		w.t.Fatal(err)
	}
	clock := func() time.Time { return w.now }
	pause := func(ctx context.Context, _ int) error { return ctx.Err() }
	books := registry.New(registry.Config{
		Table: over, Programme: programme.Current(), Country: countryName, Region: regionOf, Clock: clock, IDs: identity.NewIDs(clock, nil),
		Pause: pause,
	})
	config := imports.Config{
		Table: over, Records: records.New(over), Blobs: blobs, Programme: programme.Current(), Reference: reference.Load(), Kinds: kinds.All(),
		Books: books, Clock: clock, IDs: identity.NewIDs(clock, nil), Pause: pause, Batch: 2,
	}
	for _, one := range change {
		one(&config)
	}
	service, err := imports.New(config)
	if err != nil {
		w.t.Fatal(err)
	}
	return service
}

// send imports what is valid of a sheet in CSV, and gives the counts with the codes of its errors.
func (w *world) send(service *imports.Service, kind, sheetCSV string) (counts intake.Counts, codes string) {
	w.t.Helper()
	up := imports.Upload{Name: kind + ".csv", Source: strings.NewReader(sheetCSV), Size: int64(len(sheetCSV))}
	report, _, err := service.Import(w.t.Context(), up, imports.Options{Kind: kind}, intake.Valid, "")
	if err != nil {
		w.t.Fatal(err)
	}
	var found []string
	for _, p := range report.Problems {
		if p.Severity == problem.Error {
			found = append(found, string(p.Code))
		}
	}
	return report.Rows, strings.Join(found, " ")
}

func problemOf(err error) *problem.Problem {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
