package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/story"
)

var officer = registry.Origin{Person: "officer"}

// world is the product over a data folder, living through a term with a clock of its own: sheets come in as people send them, others
// act in the registry, and workbooks are taken out at any time.
type world struct {
	*testing.T
	app  *app.App
	call programme.Call
	now  time.Time
	kept []shown
}

func newWorld(t *testing.T) *world {
	w := &world{T: t}
	edition := *programme.Current()
	w.call = edition.LatestCall()
	edition.Surveys = append(slices.Clone(edition.Surveys), programme.Survey{
		ID: "2025", Opens: w.day("2025-09-05"), Closes: w.day("2025-09-25"), Zone: "Europe/Berlin",
	})
	w.at("2025-05-16 10:00:00")
	clock := func() time.Time { return w.now }
	a, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{Clock: clock, Programme: &edition})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	w.app = a
	return w
}

func (w *world) day(s string) civil.Date {
	w.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		w.Fatal(err)
	}
	return d
}

// at sets the clock to a moment in the call's zone.
func (w *world) at(moment string) {
	w.Helper()
	at, err := time.ParseInLocation(time.DateTime, moment, w.call.Location())
	if err != nil {
		w.Fatal(err)
	}
	if at.Before(w.now) {
		w.Fatalf("time goes back to %s", moment)
	}
	w.now = at
}

// send imports what is valid of a sheet, and compares the language that it is recognised in, its counts and its problems (as "CODE
// cell", in order) with what is expected.
func (w *world) send(kind string, lang locale.Lang, text string, want intake.Counts, problems ...string) {
	w.Helper()
	up := imports.Upload{Name: kind + ".csv", Source: strings.NewReader(text), Size: int64(len(text))}
	report, _, err := w.app.Imports.Import(w.Context(), up, imports.Options{Kind: kind, Person: "secretariat"}, intake.Valid, "")
	if err != nil {
		w.Fatalf("%s: %v", kind, err)
	}
	var found []string
	for _, p := range report.Problems {
		if p.Severity != problem.Info {
			found = append(found, strings.TrimSpace(string(p.Code)+" "+sheet.CellName(p.Col, p.Row)))
		}
	}
	if report.Lang != lang || report.Rows != want || !slices.Equal(found, problems) {
		w.Errorf("%s on %s, in %s: %+v with %q; want, in %s, %+v with %q", kind, w.now.Format(time.DateOnly), report.Lang, report.Rows, found, lang, want, problems)
	}
}

// act does things to a city's application, by those whose actions they are.
func (w *world) act(c city.City, actions string) {
	w.Helper()
	for _, action := range strings.Fields(actions) {
		if _, err := w.app.Registry.Do(w.Context(), officer, w.actOf(c, application.Action(action))); err != nil {
			w.Fatalf("%s %s: %v", action, c.Name, err)
		}
	}
}

// refused does something to an application that must be refused with a code.
func (w *world) refused(c city.City, action application.Action, code problem.Code) {
	w.Helper()
	_, err := w.app.Registry.Do(w.Context(), officer, w.actOf(c, action))
	w.refusedWith(err, code)
}

func (w *world) refusedWith(err error, code problem.Code) {
	w.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != code {
		w.Errorf("got %v, want %s", err, code)
	}
}

func (w *world) actOf(c city.City, action application.Action) registry.Act {
	act := registry.Act{Call: w.call.ID, City: c, Action: action, Actor: application.Actor{Role: action.By()}, Signed: "A. Firma"}
	switch act.Actor.Role {
	case application.ByCity:
		act.Actor.City = c.ID
	case application.ByCommission:
		act.Actor.Country = c.Country
	}
	switch action {
	case application.Start:
		act.Form = &application.Application{
			Mayor: application.Mayor{Name: "A. Alcalde"}, Contact: application.Contact{Name: "B. Contacto", Email: "b@ciudad.example", Language: "en"},
			Pledge: application.Pledge{Given: true}, Motivation: "Aprender.", Plans: "Por etapas.",
		}
	case application.Return:
		act.Reason = "Falta el cargo."
	}
	return act
}

// done asks that an act was possible.
func (w *world) done(_ any, err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("on %s: %v", w.now.Format(time.DateOnly), err)
	}
}

// not asks that an act was refused with a code.
func (w *world) not(code problem.Code) func(_ any, err error) {
	return func(_ any, err error) {
		w.Helper()
		w.refusedWith(err, code)
	}
}

// states lists the applications with their states, as the registry has them.
func (w *world) states() string {
	w.Helper()
	round, err := w.app.Registry.Round(w.Context(), w.call.ID, time.Time{})
	if err != nil {
		w.Fatal(err)
	}
	var all []string
	for _, c := range round.Cases() {
		all = append(all, c.Name+" "+string(c.State))
	}
	return strings.Join(all, ", ")
}

func (w *world) wantStates(want string) {
	w.Helper()
	if got := w.states(); got != want {
		w.Errorf("on %s the applications are: %s\nwant: %s", w.now.Format(time.DateOnly), got, want)
	}
}

// workbook is the rows of a workbook as of now in a language, each as "tab: cells".
func (w *world) workbook(kind request.Kind, lang locale.Lang) string {
	w.Helper()
	return w.workbookOf(w.app.Records, w.now, kind, lang)
}

func (w *world) workbookOf(from exports.Snapshotter, at time.Time, kind request.Kind, lang locale.Lang) string {
	w.Helper()
	var out bytes.Buffer
	err := exports.Write(w.Context(), &out, kind, exports.Input{
		Records: from, Programme: w.app.Programme, Reference: w.app.Reference, Lang: lang, At: at,
	})
	if err != nil {
		w.Fatalf("%s: %v", kind, err)
	}
	book, err := sheet.Open(w.Context(), bytes.NewReader(out.Bytes()), int64(out.Len()), "export.xlsx")
	if err != nil {
		w.Fatal(err)
	}
	defer book.Close()
	var text strings.Builder
	for _, info := range book.Sheets() {
		if info.Visibility != sheet.Visible {
			continue
		}
		rows, err := book.Rows(w.Context(), info.Name)
		if err != nil {
			w.Fatal(err)
		}
		for rows.Next() {
			fmt.Fprintf(&text, "%s: %s\n", info.Name, rows.Row().AppendJSON(nil))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			w.Fatal(err)
		}
	}
	return text.String()
}

// shows asks that a workbook as of now has a row, in each language, that holds all of some pieces.
func (w *world) shows(kind request.Kind, pieces map[locale.Lang][]string) {
	w.Helper()
	for _, lang := range locale.Langs {
		w.has(string(kind)+" workbook", lang, w.workbook(kind, lang), pieces[lang])
	}
}

// tells asks that a city's story as of now has a line, in each language, that holds all of some pieces.
func (w *world) tells(name string, pieces map[locale.Lang][]string) {
	w.Helper()
	for _, lang := range locale.Langs {
		w.has("story of "+name, lang, w.story(name, lang), pieces[lang])
	}
}

func (w *world) has(what string, lang locale.Lang, text string, pieces []string) {
	w.Helper()
	if len(pieces) == 0 {
		w.Errorf("nothing is expected of the %s in %s", what, lang)
		return
	}
	lines := strings.Split(text, "\n")
	if slices.ContainsFunc(lines, func(line string) bool {
		return !slices.ContainsFunc(pieces, func(piece string) bool { return !strings.Contains(line, piece) })
	}) {
		return
	}
	near := slices.DeleteFunc(lines, func(line string) bool { return !strings.Contains(line, pieces[0]) })
	w.Errorf("on %s the %s in %s has no line with %q, but\n%s", w.now.Format(time.DateOnly), what, lang, pieces, strings.Join(near, "\n"))
}

// story is a city's whole story as of now.
func (w *world) story(name string, lang locale.Lang) string {
	w.Helper()
	var text string
	err := w.app.Records.Snapshot(w.Context(), story.Types, func(from records.Reader) error {
		teller := story.Teller{Records: from, Programme: w.app.Programme, Reference: w.app.Reference, At: w.now}
		cities, err := teller.Cities(w.Context())
		if err != nil {
			return err
		}
		found, err := cities.Find(name, "")
		if err != nil {
			return err
		}
		page, err := teller.Tell(w.Context(), found)
		text = page.Text(lang)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return text
}

// shown is a workbook as it was at the end of a stage.
type shown struct {
	at   time.Time
	kind request.Kind
	lang locale.Lang
	text string
}

// keep notes how the workbooks are now, in the language of the stage.
func (w *world) keep(stage int) {
	w.Helper()
	for _, kind := range request.Kinds() {
		lang := locale.Langs[stage%len(locale.Langs)]
		w.kept = append(w.kept, shown{w.now, kind, lang, w.workbook(kind, lang)})
	}
}

// remembers asks that every workbook that was kept can be had again as it was.
func (w *world) remembers() {
	w.Helper()
	for _, then := range w.kept {
		lines := strings.Split(w.workbookOf(w.app.Records.AsOf(then.at), then.at, then.kind, then.lang), "\n")
		for i, line := range strings.Split(then.text, "\n") {
			if i >= len(lines) || lines[i] != line {
				w.Errorf("the %s workbook of %s had\n%s\nand has now\n%q", then.kind, then.at.Format(time.DateTime), line, lines[min(i, len(lines)-1)])
				break
			}
		}
	}
}
