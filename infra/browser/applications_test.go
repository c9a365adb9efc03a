package browser

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
)

// inCall are options of a product that stands on a day on which the call of 2025 is open, in which cities of France have sent applications.
func inCall(t *testing.T, cities ...string) serving.Options {
	t.Helper()
	var o serving.Options
	o.App.Clock = func() time.Time { return time.Date(2025, time.May, 20, 10, 0, 0, 0, time.UTC) }
	o.App.Table.Clock = o.App.Clock // or sessions would have ended before they begin
	o.Furnish = func(a *app.App, on *people.Service) {
		log := slog.New(slog.DiscardHandler)
		acts := a.Parts.Office(on, services.Work{}, log)
		for _, name := range cities {
			id := "FR#" + strings.ToLower(name)
			ctx := access.WithActor(t.Context(), access.Actor{Person: "of-" + name, Role: access.City, Scope: access.Scope(id)})
			for _, do := range []application.Action{application.Start, application.Send} {
				act := office.ApplicationAct{Call: "2025", City: id, Action: do, Name: name}
				if do == application.Start {
					act.Form = &application.Application{
						Mayor: application.Mayor{Name: "A. Maire"}, Contact: application.Contact{Name: "C. Contact", Email: "c@ville.example"},
						Pledge: application.Pledge{Given: true}, Motivation: "Relier nos écoles.", Plans: "Un comité.",
					}
				}
				if _, err := acts.Do(ctx, "", act); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return o
}

// signedIn is a window in which a sample person of a role has signed in, on the way to a path.
func signedIn(t *testing.T, browser *chromium.Browser, served product, role, lang, path string) *chromium.Page {
	t.Helper()
	window := browser.OpenIn(t, lang, served.address+"signin?next="+url.QueryEscape("/"+path))
	for _, person := range issuer.Samples() {
		if person.Role == role {
			if status := choose(window, person); status != http.StatusOK || window.Address() != served.address+path {
				t.Fatalf("led to %s, %d: %s", window.Address(), status, window.Text())
			}
		}
	}
	return window
}

// reads checks that a page has texts and keeps nobody out, which a script looks at.
func reads(t *testing.T, window *chromium.Page, texts ...string) {
	t.Helper()
	readsQuietly(t, window, texts...)
	for _, line := range window.Violations() {
		t.Errorf("%s: %s", window.Address(), line)
	}
}

// readsQuietly checks that a page has texts, and that nothing is complained of.
func readsQuietly(t *testing.T, window *chromium.Page, texts ...string) {
	t.Helper()
	page := window.Text()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Fatalf("%s has no %q: %s", window.Address(), text, page)
		}
	}
	quiet(t, window)
}

func TestANationalCommissionSubmitsThreeOfFour(t *testing.T) {
	browser := chromium.Start(t)
	cities := []string{"Angers", "Lille", "Metz", "Nancy"}
	served := serveWith(t, stage, inCall(t, cities...))
	window := signedIn(t, browser, served, "commission", "fr", "applications")
	reads(t, window, "Candidatures (France)", "0 sur 3 sont prises.", "56 jours restants")
	for _, city := range cities {
		window.Click(`a[href$="/` + strings.ToLower(city) + `/endorse"]`)
		if city == cities[0] {
			reads(t, window, "Avaliser la candidature d'Angers", "ne prend pas encore de place : 0 sur 3 sont prises")
		}
		window.Click("main form button")
	}
	reads(t, window, "La candidature est avalisée.", "Rien n'attend.")
	for _, city := range cities {
		window.Press(`input[value="FR#` + strings.ToLower(city) + `"]`)
	}
	window.Fill(`input[name="signed"]`, "Claire Morel, secrétaire générale")
	window.Click("main form button")
	heard := window.Console()
	if page := window.Text(); !strings.Contains(page, "peut présenter 3 villes à cet appel ; il y a : Angers, Lille, Metz, Nancy") {
		t.Fatal(page)
	}
	window.Press(`input[value="FR#nancy"]`) // the fourth is left out; what was written is still there
	window.Click("main form button")
	page := window.Text()
	for _, text := range []string{"C'est présenté au secrétariat.", "3 sur 3 sont prises."} {
		if !strings.Contains(page, text) {
			t.Fatal(page)
		}
	}
	for _, line := range window.Violations() {
		t.Error(line)
	}
	for _, line := range heard { // the browser itself says that the four were answered with 409
		if !strings.Contains(line, "409") {
			t.Error(line)
		}
	}
}

// words is a text of so many.
func words(n int) string { return strings.TrimSpace(strings.Repeat("mot ", n)) }

func TestACityIsToldHowManyWordsItHasWritten(t *testing.T) {
	browser := chromium.Start(t)
	for _, base := range bases {
		for _, script := range []bool{true, false} {
			if !script && base == "/" {
				continue // once is enough
			}
			name := map[bool]string{true: "with script at ", false: "without script at "}[script]
			t.Run(name+base, func(t *testing.T) {
				served := serveWith(t, base, inCall(t))
				window := signedIn(t, browser, served, "city", "en", "applications")
				read := reads
				if !script {
					window.Scriptless()
					read = readsQuietly
				}
				read(t, window, "15 June 2025 (26 days left)")
				window.Click("main form button")
				read(t, window, "The application has begun.", "What is missing before it can be sent", "0 of at most 200 words")
				for field, text := range map[string]string{
					"mayor_name": "A. Maire", "contact_name": "C. Contact", "contact_email": "c@ville.example", "population": "140,064",
					"plans": "A committee.", "motivation": words(201),
				} {
					window.Fill(`[name="`+field+`"]`, text)
				}
				window.Press(`#field-pledge`)
				if script {
					if page := window.Text(); !strings.Contains(page, "201 of at most 200 words") || !strings.Contains(page, "2 of at most 200 words") {
						t.Fatalf("nothing is counted while it is typed: %s", page)
					}
				}
				window.Click(`button[name="next"]`)
				read(t, window, "What is missing before it can be sent", "The text has 201 words; at most 200 are allowed.")
				window.Click(`a[href$="#field-motivation"]`)
				read(t, window, "201 of at most 200 words")
				window.Fill(`[name="motivation"]`, words(200))
				window.Click(`button[name="next"]`)
				read(t, window, "The application goes to the National Commission (France)", "by 15 July 2025 (56 days left)")
				window.Click("main form button")
				read(t, window, "The application is with the National Commission.", "140,064", "200 of at most 200 words")
			})
		}
	}
}
