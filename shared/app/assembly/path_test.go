package assembly_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

const term = "2019-2021"

// sheets are sample workbooks in the order in which they build on each other.
var sheets = []string{"members.en.xlsx", "applications.fr.xlsx", "endorsements.es.csv", "survey.en.xlsx", "contributions.en.xlsx"}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// cells prints every cell of every sheet of a workbook.
func cells(t *testing.T, content []byte) string {
	t.Helper()
	book, err := sheet.Open(t.Context(), bytes.NewReader(content), int64(len(content)), "workbook.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var text []byte
	for _, tab := range book.Sheets() {
		text = append(text, tab.Name+"\n"...)
		rows, err := book.Rows(t.Context(), tab.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			text = append(rows.Row().AppendJSON(text), '\n')
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return ownMarks.ReplaceAllString(string(text), "…")
}

// ownMarks are what every store has its own of: identifiers of imports, moments of entering, and the hash over the entries that hold them.
var ownMarks = regexp.MustCompile(`\b([0-9a-z]{26}|[0-9a-f]{64}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\b`)

// embeddedWorkbooks are those of the embedded stack after the same sheets.
func embeddedWorkbooks(t *testing.T) map[request.Kind]string {
	t.Helper()
	a, err := app.OpenEmbedded(t.Context(), t.TempDir(), app.Options{Clock: identity.Fixed(began)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, name := range sheets {
		content := sample(t, name)
		up := imports.Upload{Name: name, Source: bytes.NewReader(content), Size: int64(len(content))}
		if _, _, err := a.Imports.Import(t.Context(), up, imports.Options{Term: term, Person: "anna"}, intake.Valid, ""); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	printed := map[request.Kind]string{}
	for _, kind := range request.Kinds() {
		var workbook bytes.Buffer
		err := exports.Write(t.Context(), &workbook, kind, exports.Input{
			Records: a.Records, Programme: a.Programme, Reference: a.Reference, Lang: locale.FR, Term: term, At: began,
		})
		if err != nil {
			t.Fatal(err)
		}
		printed[kind] = cells(t, workbook.Bytes())
	}
	return printed
}

// A message that comes three times is done once, so both ways give what one process gives.
func TestSheetsThroughTheAPIAndItsQueuesGiveTheWorkbooksOfTheEmbeddedStack(t *testing.T) {
	want := embeddedWorkbooks(t)
	for _, times := range []int{1, 3} {
		s := newStack(t, memory.New(table.Config{}))
		s.times = times
		for _, name := range sheets {
			id := s.upload(object{"name": name, "term": term}, sample(t, name))
			s.settle()
			if state := s.find(id)["state"]; state != "checked" {
				t.Fatalf("%s is %v", name, s.find(id))
			}
			s.ask(http.StatusOK, "GET", "/api/imports/"+id+"/report", nil)
			s.commit(id, "valid")
			s.settle()
			if state := s.find(id)["state"]; state != "committed" {
				t.Fatalf("%s is %v", name, s.find(id))
			}
		}
		for kind, printed := range want {
			got := cells(t, s.export(object{"kind": kind, "lang": "fr", "term": term, "at": began}))
			if got != printed {
				t.Errorf("messages %d times: the workbook %s differs: %d and %d bytes of cells", times, kind, len(got), len(printed))
			}
		}
	}
}

func TestASheetWithErrorsIsAnsweredWithItsMarkedCopy(t *testing.T) {
	s := newStack(t, memory.New(table.Config{}))
	s.role = access.Treasurer
	id := s.upload(object{"name": "gifts.csv", "kind": "contributions"}, []byte(gifts("x")))
	s.settle()
	s.ask(http.StatusConflict, "POST", "/api/imports/"+id+"/commit", object{"plan": s.find(id)["plan"]})
	copied := s.get(s.ask(http.StatusOK, "GET", "/api/imports/"+id+"/annotated", nil)["link"])
	report := s.ask(http.StatusOK, "GET", "/api/imports/"+id+"/report", nil)
	code := report["problems"].([]any)[0].(object)["code"].(string)
	if printed := cells(t, copied); !strings.Contains(printed, "Company 1") || !strings.Contains(printed, code) {
		t.Errorf("the copy lacks its row or its problem: %s", printed)
	}
}

// gifts is a sheet of three contributions.
func gifts(amount string) string {
	text := "Donor;Type of donor;Amount;Currency;Received on;Bank reference;Exchange rate;Rate date;Rate source\n"
	for n := range 3 {
		text += fmt.Sprintf("Company %d;company;%s;USD;2025-01-1%d;BANK-%d;;;\n", n, amount, n, n)
	}
	return text
}

// giftsStored prints what is stored of contributions, without the identifiers by which imports are told apart.
func giftsStored(t *testing.T, over table.Table) string {
	t.Helper()
	page, err := over.Query(t.Context(), table.Query{Partition: "contribution#2025"})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, item := range page.Items {
		provenance, _ := item.Attributes["provenance"].(map[string]any)
		delete(provenance, "import")
		delete(item.Attributes, "import")
		lines = append(lines, fmt.Sprint(item.Key, item.Attributes["version"], item.Attributes["body"]))
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

// committed takes a sheet through the stack; the functions work over a table that may fail, until they start anew over the sound one.
func committed(t *testing.T, plan faulty.Plan) (stored string, writes int) {
	t.Helper()
	sound := memory.New(table.Config{})
	s := newStack(t, sound)
	id := s.upload(object{"name": "gifts.csv", "kind": "contributions"}, []byte(gifts("100.50")))
	over := faulty.New(sound, plan)
	s.start(over)
	s.drain()
	if found, err := s.parts(sound).Intake().Find(t.Context(), id); err == nil && found.State == intake.Checked {
		task := fmt.Sprintf(`{"import":%q,"plan":%q,"mode":"all"}`, id, found.Plan)
		if err := s.queues["commit"].Send(t.Context(), []byte(task), 0); err != nil {
			t.Fatal(err)
		}
	}
	s.drain()
	s.start(sound)
	s.settle()
	if s.find(id)["state"] == "checked" {
		s.commit(id, "all")
		s.settle()
	}
	if state := s.find(id)["state"]; state != "committed" {
		t.Errorf("%+v: the import is %v", plan, s.find(id))
	}
	return giftsStored(t, sound), over.Writes()
}

func TestFunctionsThatAreKilledBetweenAnyTwoWritesChangeNothing(t *testing.T) {
	want, writes := committed(t, faulty.Plan{})
	if writes < 6 || strings.Count(want, "\n") != 2 {
		t.Fatalf("%d writes, stored %s", writes, want)
	}
	for n := 1; n <= writes; n++ {
		for _, effect := range []bool{false, true} {
			if got, _ := committed(t, faulty.Plan{Fail: n, Effect: effect, Halt: true}); got != want {
				t.Errorf("killed at write %d of %d (done: %v), stored\n%s\nwant\n%s", n, writes, effect, got, want)
			}
			if got, _ := committed(t, faulty.Plan{Fail: n, Effect: effect}); got != want {
				t.Errorf("without an answer to write %d of %d (done: %v), stored\n%s\nwant\n%s", n, writes, effect, got, want)
			}
		}
	}
}

func cityNamed(n int) string {
	first := []string{"Barrio", "Cerro", "Fuente", "Laguna", "Monte", "Puerto", "Quebrada", "Tierra"}
	second := []string{"Alegre", "Blanco", "Cristal", "Dorado", "Esperanza", "Hondo", "Viejo", "Zafiro"}
	return first[n%8] + second[n/8%8]
}

// together has several functions of each kind work at the same time until nothing is left to do, also nothing that waits. Who finds the
// lock held waits for another round, so that there may be as many as there are imports.
func (s *stack) together(ctx context.Context) {
	s.t.Helper()
	for range 100 {
		if s.atOnce(ctx) == 0 {
			return
		}
		s.elapsed.Add(int64(queue.MaxDelay))
	}
	s.t.Fatal("there is no end to it")
}

// atOnce has them work until none finds anything to do, and counts the messages.
func (s *stack) atOnce(ctx context.Context) int {
	var group sync.WaitGroup
	var messages atomic.Int64
	for name, q := range s.queues {
		for range 4 {
			group.Go(func() {
				for {
					n, err := s.runners[name].Receive(ctx, q, hidden)
					if err != nil {
						s.t.Error(err)
					}
					if n == 0 || err != nil {
						return
					}
					messages.Add(int64(n))
				}
			})
		}
	}
	group.Wait()
	return int(messages.Load())
}

func TestR_APP_3_OfFiftyEndorsementsThatQueuesBringAtOnceThreeAreStored(t *testing.T) {
	s := newStack(t, memory.New(table.Config{}))
	const cities = 50
	applications := "Ville;Pays;Maire;Personne de contact;Courriel;Langue;Engagement du maire;Motivation;Plans de mise en œuvre;Reçue le\n"
	for n := range cities {
		applications += cityNamed(n) + ";Cameroun;A. Bello;O. Hamadou;o.h@ville.example;français;oui;Relier nos écoles;Un comité;2025-05-19\n"
	}
	id := s.upload(object{"name": "a.csv", "kind": "applications"}, []byte(applications))
	s.settle()
	s.commit(id, "all")
	s.settle()
	var ids []string
	for n := range cities {
		text := "Ciudad;País;Avalada el;Firmado por\n" + cityNamed(n) + ";Camerún;2025-06-20;Comisión Nacional\n"
		ids = append(ids, s.upload(object{"name": "e.csv", "kind": "endorsements"}, []byte(text)))
	}
	s.together(t.Context())
	states := map[any]int{}
	for round := 0; len(ids) > 0; round++ {
		if round > 3 { // three slots take three rounds at most, and the last one finds that there are no more
			t.Fatalf("%d imports are still under way", len(ids))
		}
		ids = s.endorse(ids, states)
	}
	held, err := records.Holders(t.Context(), records.New(s.table), application.Slots("2025", "CM"))
	if err != nil || len(held) != 3 || states["committed"] != 3 || states["refused"] != cities-3 {
		t.Errorf("%v, slots %v, %v", states, held, err)
	}
}

// endorse commits checked imports, all at once, counts what comes of them, and has those that others overtook checked again.
func (s *stack) endorse(ids []string, states map[any]int) (overtaken []string) {
	s.t.Helper()
	var confirmed []string
	for _, id := range ids {
		imp := s.find(id)
		if imp["state"] != "checked" {
			s.t.Fatalf("%v", imp)
		}
		if imp["rows"].(object)["fail"] == 1.0 {
			states["refused"]++
			s.ask(http.StatusConflict, "POST", "/api/imports/"+id+"/commit", object{"plan": imp["plan"]})
			continue
		}
		s.commit(id, "all")
		confirmed = append(confirmed, id)
	}
	s.together(s.t.Context())
	for _, id := range confirmed {
		imp := s.find(id)
		if imp["state"] == "committed" {
			states["committed"]++
			continue
		}
		if imp["state"] != "failed" || imp["problem"].(object)["code"] != "PLAN_STALE" {
			s.t.Fatalf("%v", imp)
		}
		s.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/check", nil)
		overtaken = append(overtaken, id)
	}
	s.together(s.t.Context())
	return overtaken
}

// Its function was ended each time and its message is among the dead letters, which nobody looks at.
func TestACommitThatWasLeftBehindIsFinishedByTheHourlyLook(t *testing.T) {
	for n := 1; n <= 4; n++ {
		sound := memory.New(table.Config{})
		s := newStack(t, sound)
		id := s.upload(object{"name": "gifts.csv", "kind": "contributions"}, []byte(gifts("100.50")))
		s.settle()
		s.commit(id, "all")
		s.start(faulty.New(sound, faulty.Plan{Fail: n, Effect: true, Halt: true}))
		s.work()
		for lost := true; lost; { // whatever is in the queue of commits, also for later
			s.elapsed.Add(int64(queue.MaxDelay))
			messages, err := s.queues["commit"].Receive(t.Context(), queue.MaxReceive, hidden)
			for _, message := range messages {
				err = errors.Join(err, s.queues["commit"].Done(t.Context(), message))
			}
			if lost = len(messages) > 0; err != nil {
				t.Fatal(err)
			}
		}
		s.start(sound)
		if state := s.find(id)["state"]; state != "committing" {
			t.Fatalf("stopped after write %d the import is %v", n, state)
		}
		other := s.upload(object{"name": "more.csv", "kind": "contributions"}, []byte(strings.ReplaceAll(gifts("7"), "BANK-", "OTHER-")))
		s.drain()
		s.commit(other, "all")
		s.drain()
		s.elapsed.Add(int64(jobs.LeftFor))
		if err := s.queues["commit"].Send(t.Context(), task.Recover(), 0); err != nil {
			t.Fatal(err)
		}
		s.settle()
		if state, waiting := s.find(id)["state"], s.find(other)["state"]; state != "committed" || waiting != "committed" {
			t.Errorf("stopped after write %d it is %v, and what waited for it %v", n, state, waiting)
		}
		if stored := giftsStored(t, sound); strings.Count(stored, "\n") != 5 {
			t.Errorf("stored %s", stored)
		}
	}
}
