package office_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// callRoom is an office over an empty network in the call of 2025, whose clock stands until a test moves it.
type callRoom struct {
	*office.Office
	t   *testing.T
	now time.Time
	log bytes.Buffer
}

func newCallRoom(t *testing.T) *callRoom {
	r := &callRoom{t: t, now: time.Date(2025, 5, 20, 10, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return r.now }
	over := memory.New(table.Config{Clock: clock})
	country := func(iso2 string) locale.Text {
		found, _ := reference.Load().Country(iso2)
		return found.Name
	}
	acts := registry.New(registry.Config{
		Table: over, Programme: programme.Current(), Country: country, Clock: clock, IDs: identity.NewIDs(clock, nil),
		Region: func(string) string { return "" },
		Pause:  func(ctx context.Context, _ int) error { return ctx.Err() },
	})
	r.Office = office.New(office.Config{
		Registry: acts, Programme: programme.Current(), Clock: clock, Trail: trailOver(over, clock), Log: slog.New(slog.NewTextHandler(&r.log, nil)),
	})
	return r
}

// as is a context in which somebody of a role asks: "commission FR", "city FR#brest", "auditor".
func (r *callRoom) as(who string) context.Context {
	role, scope, _ := strings.Cut(who, " ")
	person := strings.NewReplacer(" ", "-", "#", "-").Replace(who)
	return access.WithActor(r.t.Context(), access.Actor{Person: person, Role: access.Role(role), Scope: access.Scope(scope), Lang: locale.FR})
}

// act is an action on a city's application with what it needs.
func act(action application.Action, city, name string) office.ApplicationAct {
	a := office.ApplicationAct{Call: "2025", City: city, Action: action}
	switch action {
	case application.Start:
		a.Name, a.Form = name, filledForm()
	case application.Edit:
		a.Form = filledForm()
	case application.Submit:
		a.Signed = "A. Signataire"
	case application.Return, application.Withdraw, application.Recall, application.Accept, application.Defer, application.Decline:
		a.Reason = "Because."
	}
	return a
}

func filledForm() *application.Application {
	return &application.Application{
		Mayor:      application.Mayor{Name: "A. Maire"},
		Contact:    application.Contact{Name: "C. Contact", Email: "c@ville.example", Language: "fr"},
		Pledge:     application.Pledge{Given: true},
		Motivation: "Relier nos écoles.", Plans: "Un comité.",
	}
}

// bring does actions in a row, each as the one whose action it is.
func (r *callRoom) bring(city, name, actions string) (last office.Application) {
	r.t.Helper()
	country, _, _ := strings.Cut(city, "#")
	for action := range strings.FieldsSeq(actions) {
		who := map[application.Role]string{
			application.ByCity: "city " + city, application.ByCommission: "commission " + country, application.BySecretariat: "secretariat",
		}[application.Action(action).By()]
		var err error
		if last, err = r.Do(r.as(who), "", act(application.Action(action), city, name)); err != nil {
			r.t.Fatalf("%s %s: %v", action, city, err)
		}
	}
	return last
}
