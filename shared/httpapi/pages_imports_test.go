package httpapi_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// keepReview keeps what a page shows of an import's check: an ambiguous date, an amount with a suggestion, a donor that was edited, and a record
// that the commit changes.
func (w *world) keepReview(id string) {
	w.t.Helper()
	sent := "Anon"
	date := problem.New("DATE_AMBIGUOUS").At("gifts", 2, 3).In("date").Valued("03/04/2026").WithInt("count", 2).
		With("first", "3 April 2026").With("second", "4 March 2026")
	amount := problem.New("NUMBER_MALFORMED_GROUPING").At("gifts", 3, 2).In("amount").Valued("1,000,00").Suggest("100000").Under("R-FUN-4")
	edited := problem.New("CELL_EDITED").At("gifts", 3, 1).In("donor").With("before", sent).With("after", "<Anna>")
	whole := problem.New("ROW_DUPLICATE_IN_FILE").At("gifts", 4, 0).WithInt("other", 3)
	file := problem.New("FILE_EXTERNAL_LINKS")
	report := &intake.Report{
		Import: id, Check: "c1", Kind: "members", Plan: "plan", Rows: intake.Counts{Read: 3, Create: 1, Update: 1, Fail: 1}, Lang: locale.EN,
		Sheet: "gifts", HeaderRow: 1, File: intake.File{Name: "gifts.csv"}, Answers: map[string]string{"amount": "comma", "city:Hambourg": "new"},
		Problems: []problem.Problem{*file, *date, *amount, *edited, *whole},
	}
	title := func(en string) locale.Text { return locale.Same(en) }
	review := w.intake.NewReview(w.t.Context(), report, []intake.ReviewColumn{
		{Col: 1, Letter: "A", Field: "donor", Title: "Donor", Label: title("Donor")},
		{Col: 2, Letter: "B", Field: "amount", Title: "Amount", Label: title("Amount")},
		{Col: 3, Letter: "C", Field: "date", Label: title("Value date")},
		{Col: 4, Letter: "D", Field: "note", Title: "Remarks", Label: title("Remarks")},
	}, 1)
	cells := func(texts ...string) (all []intake.ReviewCell) {
		for _, text := range texts {
			all = append(all, intake.ReviewCell{Text: text})
		}
		return all
	}
	third := cells("<Anna>", "1,000,00", "2026-05-01", "")
	third[0].Before = &sent
	for _, row := range []intake.ReviewRow{
		{Row: 2, Outcome: intake.Fail, Label: "Bruno, 5", Cells: cells("Bruno", "5", "03/04/2026", ""), Problems: []problem.Problem{*date}},
		{Row: 3, Outcome: intake.Fail, Label: "Anna", Cells: third, Problems: []problem.Problem{*edited, *amount}},
		{Row: 4, Outcome: intake.Fail, Cells: cells("Anna", "1", "2026-05-01", ""), Problems: []problem.Problem{*whole}},
	} {
		w.must(review.Row(&row))
	}
	w.must(review.Change(&intake.ReviewChange{
		Row: 5, Label: "Brest", Fields: []intake.ChangedField{{Record: "member", Name: "website", Before: "http://a", After: "http://b"}},
	}))
	w.must(review.Commit())
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// fields sends a form as a browser does: fields are names and values by turns.
func (w *world) fields(path string, fields ...string) reply {
	w.t.Helper()
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	return w.ask("POST", path, values.Encode(), append([]string{"Accept", "text/html"}, asForm...)...)
}

// fileForm sends a form with a file.
func (w *world) fileForm(path, name, content string, fields ...string) reply {
	w.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		w.must(parts.WriteField(fields[i], fields[i+1]))
	}
	part, err := parts.CreateFormFile("file", name)
	w.must(err)
	_, err = part.Write([]byte(content))
	w.must(err)
	w.must(parts.Close())
	return w.ask("POST", path, body.String(), "Accept", "text/html", "Content-Type", parts.FormDataContentType())
}

// reviewed has an import that was checked, with its review.
func (w *world) reviewed() string {
	id := w.checked(1)
	w.keepReview(id)
	w.put(id, func(imp *intake.Import) {
		imp.Rows, imp.Person = intake.Counts{Read: 3, Create: 1, Update: 1, Fail: 1}, w.actor.Person
		imp.Become(intake.Step{State: intake.Checked, At: w.now, Plan: "plan"})
	})
	return id
}

func TestThePagesOfImportsReadWellInThreeLanguages(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	for _, lang := range locale.Langs {
		for name, path := range map[string]string{
			"list": "/imports", "review": "/imports/" + id, "row": "/imports/" + id + "/rows/3", "changes": "/imports/" + id + "/changes",
		} {
			r := w.html(path + "?lang=" + string(lang))
			if r.status != http.StatusOK {
				t.Fatalf("%s: %d %s", name, r.status, r.text)
			}
			text := strings.ReplaceAll(r.text, id, "ID")
			golden(t, "imports/"+name+"."+string(lang)+".html", text)
			wellFormed(t, r.text, lang)
			for _, link := range linksOf(t, r.text) {
				to, _, _ := strings.Cut(strings.Split(link.to, "#")[0], "?")
				if !leads(link.method, to) {
					t.Errorf("%s: %s %s leads nowhere", name, link.method, link.to)
				}
			}
			if strings.Contains(r.text, "<Anna>") {
				t.Errorf("%s: a cell's text is HTML", name)
			}
		}
	}
}

func TestAFileOfAFormIsCheckedOnceHoweverOftenItIsSent(t *testing.T) {
	w := newWorld(t)
	request := w.config.IDs()
	var to string
	for range 2 {
		r := w.fileForm("/imports", `C:\sheets\gifts.csv`, "a,b", "request", request, "kind", "members", "lang", "fr", "call", "2025")
		if to = r.header.Get("Location"); r.status != http.StatusSeeOther || to != "/imports/"+request+"?done=sent" {
			t.Fatalf("%d to %q: %s", r.status, to, r.text)
		}
	}
	imp, err := w.intake.Find(t.Context(), request)
	if err != nil || imp.File.Name != "gifts.csv" || imp.Request.Kind != "members" || imp.Request.Lang != locale.FR || imp.Request.Call != "2025" {
		t.Errorf("%+v, %v", imp, err)
	}
	if r := w.fileForm("/imports", "others.csv", "a,b", "request", request); r.status != http.StatusSeeOther || r.header.Get("Location") == to {
		t.Errorf("another file under the request of the first: %d to %q", r.status, r.header.Get("Location"))
	}
}

func TestAFileThatIsNotTakenIsSaidAtItsFieldAndTheRestIsKept(t *testing.T) {
	w := newWorld(t)
	for name, sent := range map[string]func() reply{
		"no file":     func() reply { return w.fields("/imports", "kind", "pledges") },
		"no sheet":    func() reply { return w.fileForm("/imports", "a.pdf", "x", "kind", "pledges") },
		"nothing":     func() reply { return w.fileForm("/imports", "a.csv", "", "kind", "pledges") },
		"no language": func() reply { return w.fileForm("/imports", "a.csv", "x", "kind", "pledges", "lang", "de") },
	} {
		r := sent()
		if r.status != http.StatusBadRequest && r.status != http.StatusUnprocessableEntity && r.status != http.StatusUnsupportedMediaType {
			t.Errorf("%s: %d %s", name, r.status, r.text)
		}
		wellFormed(t, r.text, locale.EN)
		if !strings.Contains(r.text, `href="#field-`) || !strings.Contains(r.text, `<option value="pledges" selected>`) {
			t.Errorf("%s: %s", name, r.text)
		}
	}
	if ids, _ := w.listed("/api/imports?limit=9"); len(ids) > 0 || len(w.checks.bodies) > 0 {
		t.Errorf("there are %v", ids)
	}
}

func TestOneAnswerForAColumnAndEditsHaveTheSheetCheckedAgain(t *testing.T) {
	for name, sent := range map[string]struct {
		path   string
		fields []string
		holds  func(*intake.Import) bool
	}{
		"an answer": {"/check", []string{"question-0", "date", "answer-0", "dmy", "question-1", "x", "answer-1", ""}, func(imp *intake.Import) bool {
			return len(imp.Request.Answers) == 1 && imp.Request.Answers["date"] == "dmy"
		}},
		"a suggestion":     {"/edits", []string{"cell.3.2", "100000"}, func(imp *intake.Import) bool { return imp.Request.Edited == 1 }},
		"a row":            {"/rows/3", []string{"cell.3.1", "Anna", "cell.3.2", "7", "cell.3.3", "2026-05-01"}, func(imp *intake.Import) bool { return imp.Request.Edited == 2 }},
		"cells of a grid":  {"/edits", []string{"cell.3.2", "5", "cell.2.3", "2026-04-03"}, func(imp *intake.Import) bool { return imp.Request.Edited == 2 }},
		"nothing but that": {"/check", nil, func(imp *intake.Import) bool { return imp.Request.Edited == 0 && len(imp.Request.Answers) == 0 }},
	} {
		w := newWorld(t)
		id := w.reviewed()
		r := w.fields("/imports/"+id+sent.path, sent.fields...)
		imp, err := w.intake.Find(t.Context(), id)
		if err != nil || r.status != http.StatusSeeOther || !strings.HasPrefix(r.header.Get("Location"), "/imports/"+id+"?done=") {
			t.Errorf("%s: %d to %q, %v", name, r.status, r.header.Get("Location"), err)
			continue
		}
		if imp.State != intake.Checking || !sent.holds(imp) || len(w.checks.bodies) != 1 {
			t.Errorf("%s: %+v", name, imp.Request)
		}
		page := w.html(r.header.Get("Location"))
		if !strings.Contains(page.text, "<progress") || !strings.Contains(page.text, `name="again"`) {
			t.Errorf("%s: %s", name, page.text)
		}
		wellFormed(t, page.text, locale.EN)
	}
}

func TestAnAnswerThatIsRefusedIsKept(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	r := w.fields("/imports/"+id+"/check", "question-0", "date", "answer-0", "mdy", "question-1", "amount", "answer-1", strings.Repeat("x", 64_000))
	if r.status < 400 || !strings.Contains(r.text, `value="mdy" checked`) {
		t.Errorf("%d %.3000s", r.status, r.text)
	}
	wellFormed(t, r.text, locale.EN)
}

func TestARowThatStaysAsItIsIsNotCheckedAgain(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	r := w.fields("/imports/"+id+"/rows/3", "cell.3.1", "<Anna>", "cell.3.2", "1,000,00")
	if r.status != http.StatusSeeOther || r.header.Get("Location") != "/imports/"+id || len(w.checks.bodies) > 0 {
		t.Errorf("%d to %q, %v", r.status, r.header.Get("Location"), w.checks.bodies)
	}
	if r := w.html("/imports/" + id + "/rows/9"); r.status != http.StatusSeeOther || r.header.Get("Location") != "/imports/"+id {
		t.Errorf("a row in which nothing was found: %d to %q", r.status, r.header.Get("Location"))
	}
}

func TestACellThatIsTooLongIsSaidAtItsFieldAndKept(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	long := strings.Repeat("x", intake.MaxEdit+1)
	r := w.fields("/imports/"+id+"/rows/3", "cell.3.1", "Bruno", "cell.3.4", long)
	if r.status < 400 || !strings.Contains(r.text, `href="#field-cell-3-4"`) || !strings.Contains(r.text, long) || !strings.Contains(r.text, `value="Bruno"`) {
		t.Errorf("%d %.3000s", r.status, r.text)
	}
	wellFormed(t, r.text, locale.EN)
}

func TestACommitAndAnUndoAreOrderedWithWhatTheFormSaid(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	page := "/imports/" + id
	if text := w.html(page).text; !strings.Contains(text, `name="plan" value="plan"`) || !strings.Contains(text, `name="mode" value="valid"`) {
		t.Error(text)
	}
	if r := w.fields(page+"/commit", "plan", "another", "mode", "valid"); r.status != http.StatusConflict || !strings.Contains(r.text, `role="alert"`) {
		t.Errorf("%d %s", r.status, r.text)
	}
	r := w.fields(page+"/commit", "plan", "plan", "mode", "valid")
	if r.status != http.StatusSeeOther || r.header.Get("Location") != page+"?done=commit" || len(w.commits.bodies) != 1 {
		t.Fatalf("%d %s", r.status, r.text)
	}
	if text := w.html(page + "?done=commit").text; !strings.Contains(text, "<progress") || strings.Contains(text, page+"/commit") {
		t.Errorf("what was ordered is offered again: %s", text)
	}
	w.put(id, func(imp *intake.Import) {
		imp.Become(intake.Step{State: intake.Committed, At: w.now, Mode: intake.Valid, Plan: "plan"})
	})
	text := w.html(page).text
	if !strings.Contains(text, "left out: 1 row") || !strings.Contains(text, page+"/undo") || strings.Contains(text, page+"/edits") {
		t.Error(text)
	}
	if r := w.fields(page+"/undo", "mode", "all"); r.status != http.StatusSeeOther || len(w.commits.bodies) != 2 {
		t.Errorf("%d %s", r.status, r.text)
	}
	w.undone(id, 2)
	text = w.html(page).text
	wellFormed(t, text, locale.EN)
	if strings.Contains(text, page+"/undo") || strings.Count(text, "import a") != 2 {
		t.Error(text)
	}
}

func TestWhoMayNotStoreASheetIsNotAskedTo(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	for role, offered := range map[access.Role][]string{
		access.Secretariat: {"/commit", "/edits", "/check"}, access.Treasurer: {"/edits", "/check"}, access.Auditor: nil,
	} {
		w.actor = actorOf(role)
		text := w.html("/imports/" + id).text
		wellFormed(t, text, locale.EN)
		for _, act := range []string{"/commit", "/edits", "/check", "/rows/3"} {
			want := strings.Contains(strings.Join(offered, " "), act) || act == "/rows/3" && offered != nil
			if got := strings.Contains(text, "/imports/"+id+act); got != want {
				t.Errorf("%s is offered %s: %v", role, act, got)
			}
		}
	}
}

func TestTheRowsOfOneCauseAreShownAlone(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	text := w.html("/imports/" + id + "?cause=" + url.QueryEscape("ROW_DUPLICATE_IN_FILE::error")).text
	if !strings.Contains(text, ">Row 4<") || strings.Contains(text, ">Row 3<") || strings.Contains(text, ">Row 2<") {
		t.Error(text)
	}
	wellFormed(t, text, locale.EN)
}

func TestAPageLeadsToTheMarkedCopy(t *testing.T) {
	w := newWorld(t)
	id := w.reviewed()
	if r := w.html("/imports/" + id + "/annotated"); r.status != http.StatusNotFound || !strings.Contains(r.text, "ANNOTATED_MISSING") {
		t.Errorf("%d %s", r.status, r.text)
	}
	w.store(intake.AnnotatedBlob(id, "c1"), "workbook")
	r := w.html("/imports/" + id + "/annotated")
	if r.status != http.StatusSeeOther || r.header.Get("Location") != "https://files/"+intake.AnnotatedBlob(id, "c1")+"?as=gifts.annotated.xlsx" {
		t.Errorf("%d %v", r.status, r.header)
	}
}
