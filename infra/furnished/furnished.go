// Package furnished serves a product that people have worked with for years, so that every page has something to show: sheets, applications,
// clusters, money and workbooks, each in every state. All of it is invented, and the same each time. It knows the services and no page.
package furnished

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
)

// Now is the moment at which the product stands once it is furnished: in the third week of a term, while cities of France may still apply.
var Now = time.Date(2025, time.October, 20, 9, 0, 0, 0, time.UTC)

// Applicant is a city's officer who has begun an application, and can sign in besides the sample people.
var Applicant = issuer.Person{
	Email: "nolwenn.riou@quimper.example", Name: "Nolwenn Riou",
	Role: "city", Scope: "FR#quimper",
	Title: locale.Text{EN: "City of Quimper", FR: "Ville de Quimper", ES: "Ciudad de Quimper"},
}

// Product is a furnished product that is served until its test ends.
type Product struct {
	*serving.Served
	// Named are the identifiers of what was made, by what it shows: imports ("import", and "import checking" by their states), exports,
	// proposals, an entry of the books and a person.
	Named map[string]string
}

// Start serves it. Of the options it decides about what is in it and the clock, which stands still; so that who asks often isn't kept waiting
// for ever there are no limits unless some are given.
func Start(t testing.TB, o serving.Options) *Product {
	t.Helper()
	now := time.Date(2025, time.May, 20, 9, 0, 0, 0, time.UTC)
	o.App.Clock = func() time.Time { return now }
	o.App.Table.Clock = o.App.Clock // or sessions would have ended before they begin
	var seed [32]byte
	o.App.IDs = identity.NewIDs(o.App.Clock, rand.NewChaCha8(seed))
	o.People = append(o.People, Applicant)
	if o.Limits == nil {
		o.Limits = &httpapi.Limits{}
	}
	named := map[string]string{}
	o.Furnish = func(a *app.App, on *people.Service) {
		s := newStaff(t, a, on, func(to time.Time) { now = to })
		s.named = named
		s.beginnings()
		s.books()
		s.round()
		s.term()
		s.today()
		s.letters()
		s.failures()
		s.erased()
	}
	return &Product{serving.Start(t, o), named}
}

// on sets the clock to nine o'clock of a day.
func (s *staff) on(day string) { s.clock(s.day(day).StartOf(time.UTC).Add(9 * time.Hour)) }

// passes lets time pass.
func (s *staff) passes(d time.Duration) { s.clock(s.app.Clock().Add(d)) }

func (s *staff) day(text string) civil.Date {
	s.Helper()
	day, err := civil.Parse(text)
	s.must(err)
	return day
}

func (s *staff) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// as is somebody's request.
func (s *staff) as(name string) context.Context {
	s.Helper()
	who, ok := s.people[name]
	if !ok {
		s.Fatalf("nobody is called %s", name)
	}
	return access.WithActor(s.Context(), who)
}
