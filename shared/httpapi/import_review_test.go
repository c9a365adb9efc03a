package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// review keeps that of an import's check: two rows that lack a name, one that was edited and one that changes a record.
func (w *world) review(id string) {
	w.t.Helper()
	required := problem.New("CELL_REQUIRED").In("city").WithText("column", locale.Same("City"))
	edited := problem.New("CELL_EDITED").In("city").With("before", "Brst").With("after", "Brest").At("gifts", 4, 1).Valued("Brest")
	dates := problem.New("DATE_AMBIGUOUS").In("on").Valued("03/04/2025").WithInt("count", 3).With("first", "a").With("second", "b").Suggest("dmy")
	report := &intake.Report{
		Import: id, Check: "c1", Kind: "members", Plan: "plan", Sheet: "gifts", HeaderRow: 1, Rows: intake.Counts{Read: 3, Update: 1, Fail: 2},
		Lang: locale.EN, File: intake.File{Name: "gifts.csv", SHA256: "abc", Format: "csv", Bytes: 12},
		Problems: []problem.Problem{*required.At("gifts", 2, 1), *required.At("gifts", 3, 1), *dates.At("gifts", 3, 2), *edited},
	}
	columns := []intake.ReviewColumn{
		{Col: 1, Letter: "A", Field: "city", Title: "Town", Label: label("City", "Ville", "Ciudad")},
		{Col: 2, Letter: "B", Field: "on", Title: "On", Label: label("On", "Le", "El")},
	}
	sent := "Brst"
	out := w.intake.NewReview(w.t.Context(), report, columns, 1)
	for _, row := range []intake.ReviewRow{
		{Row: 2, Outcome: intake.Fail, Cells: make([]intake.ReviewCell, 2), Problems: report.Problems[:1]},
		{Row: 3, Outcome: intake.Fail, Cells: []intake.ReviewCell{{}, {Text: "03/04/2025"}}, Problems: report.Problems[1:3]},
		{Row: 4, Outcome: intake.Update, Label: "Brest", Cells: []intake.ReviewCell{{Text: "Brest", Before: &sent}, {}}, Problems: report.Problems[3:]},
	} {
		if err := out.Row(&row); err != nil {
			w.t.Fatal(err)
		}
	}
	change := intake.ReviewChange{Row: 4, Label: "Brest", Fields: []intake.ChangedField{{Record: "city", Name: "name", Before: "Brst", After: "Brest"}}}
	if err := out.Change(&change); err != nil {
		w.t.Fatal(err)
	}
	if err := out.Commit(); err != nil {
		w.t.Fatal(err)
	}
}

func label(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

func TestAReviewIsAnsweredPageByPage(t *testing.T) {
	w := newWorld(t)
	id := w.create()
	w.refused(w.ask("GET", "/api/imports/"+id+"/review", ""), http.StatusConflict, "IMPORT_NOT_CHECKED")
	id = w.checked(1)
	for _, part := range []string{"", "/rows", "/changes"} {
		w.refused(w.ask("GET", "/api/imports/"+id+"/review"+part, ""), http.StatusNotFound, "REVIEW_MISSING")
	}
	w.review(id)
	r := w.ask("GET", "/api/imports/"+id+"/review?lang=fr", "")
	for want, got := range map[string]any{
		"edits":   fmt.Sprint(r.body["edits"]),
		"columns": fmt.Sprint(r.body["columns"].([]any)[0]),
		"listed":  fmt.Sprint(r.body["listed"], r.body["changed"], r.body["edited"]),
	} {
		if exact := map[string]string{
			"edits": "[map[after:Brest before:Brst cell:A4 column:city]]", "columns": "map[column:city label:Ville letter:A title:Town]",
			"listed": "3 1 1",
		}[want]; got != exact {
			t.Errorf("%s: %v, want %s", want, got, exact)
		}
	}
	for path, want := range map[string]string{
		"?limit=2": "[2 3 4]", "?severity=question": "[3]", "?cause=CELL_REQUIRED:city:error&limit=1": "[2 3]", "?cause=none": "[]",
		"?cause=CELL_EDITED:city:info": "[4]", "?severity=warning": "[]",
	} {
		if got := fmt.Sprint(w.rowsOf("/api/imports/"+id+"/review/rows", path)); got != want {
			t.Errorf("%s: rows %s, want %s", path, got, want)
		}
	}
	if got := fmt.Sprint(w.rowsOf("/api/imports/"+id+"/review/changes", "?limit=1")); got != "[4]" {
		t.Errorf("changes of rows %s", got)
	}
	w.refused(w.ask("GET", "/api/imports/"+id+"/review/rows?severity=bad", ""), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("GET", "/api/imports/"+id+"/review/rows?cursor=YQ", ""), http.StatusBadRequest, "CURSOR_INVALID")
}

// rowsOf are the numbers of the rows on all pages of a list.
func (w *world) rowsOf(path, query string) []int {
	w.t.Helper()
	rows := []int{}
	for next := ""; ; {
		r := w.ask("GET", path+query+next, "")
		if r.status != http.StatusOK {
			w.t.Fatal(r.text)
		}
		for _, item := range r.body["items"].([]any) {
			rows = append(rows, int(item.(map[string]any)["row"].(float64)))
		}
		cursor, more := r.body["next"].(string)
		if !more {
			return rows
		}
		next = "&cursor=" + cursor
	}
}

func TestEditsGoWithTheFurtherCheck(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	check := "/api/imports/" + id + "/check"
	for body, code := range map[string]string{
		`{"edits":{}}`:                               "FIELD_INVALID",
		`{"edits":[{"value":"x"}]}`:                  "FIELD_MISSING",
		`{"edits":[{"cell":"2C","value":"x"}]}`:      "FIELD_INVALID",
		`{"edits":[{"cell":"c2","value":"x"}]}`:      "FIELD_INVALID",
		`{"edits":[{"cell":"XFE1","value":"x"}]}`:    "FIELD_INVALID",
		`{"edits":[{"cell":"A1048577","value":""}]}`: "FIELD_INVALID",
		`{"edits":[{"cell":"C2","value":5}]}`:        "FIELD_INVALID",
		`{"edits":[{"cell":"C2","text":"x"}]}`:       "FIELD_UNKNOWN",
		`{"edits":[null]}`:                           "FIELD_INVALID",
		`{"edits":[{"cell":"C2","value":"` + strings.Repeat("é", intake.MaxEdit+1) + `"}]}`: "TEXT_TOO_LONG",
	} {
		if r := w.ask("POST", check, body); r.body["code"] != code || r.status >= 500 {
			t.Errorf("%.60s: %d %s", body, r.status, r.text)
		}
	}
	body := `{"edits":[{"cell":"C2","value":" 12 "},{"cell":"XFD1048576","value":""},{"cell":"B3"},{"cell":"B4","value":null}]}`
	for range 2 { // the second time as whoever got no answer to the first
		if r := w.ask("POST", check, body); r.status != http.StatusAccepted {
			t.Fatalf("%d %s", r.status, r.text)
		}
	}
	w.refused(w.ask("POST", check, `{"edits":[{"cell":"C2","value":"13"}]}`), http.StatusConflict, "IMPORT_NOT_CHECKED")
	imp, err := w.intake.Find(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	edits, err := w.intake.Edits(t.Context(), imp)
	if want := "[{2 3 12} {1048576 16384 }]"; err != nil || fmt.Sprint(edits) != want {
		t.Errorf("%v, %v; want %s", edits, err, want)
	}
}
