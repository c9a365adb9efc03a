package httpapi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// leadsTo is where an answer's location leads whoever asked at a path of an API that stands below another, such as its stage.
func (w *world) leadsTo(r reply, asked string) string {
	w.t.Helper()
	base, err := url.Parse("https://api.example/v1" + asked)
	if err != nil {
		w.t.Fatal(err)
	}
	location, err := base.Parse(r.header.Get("Location"))
	if err != nil {
		w.t.Fatal(err)
	}
	path, below := strings.CutPrefix(location.Path, "/v1")
	if !below || location.Host != base.Host {
		w.t.Errorf("asked at %s, the answer leads to %s", base, location)
	}
	return path
}

func TestAnImportIsAnsweredWithTheLinkForItsFile(t *testing.T) {
	w := newWorld(t)
	r := w.ask("POST", "/api/imports", `{"name":"Gifts 2020.XLSX","bytes":4096,"kind":"contributions","lang":"fr","answers":{"a":"b"}}`)
	id, _ := r.at("import", "id").(string)
	if r.status != http.StatusCreated || w.leadsTo(r, "/api/imports") != "/api/imports/"+id || r.at("import", "state") != "awaiting" {
		t.Fatalf("%d %s", r.status, r.text)
	}
	want := map[string]any{
		"method": "PUT", "url": "https://files/incoming/" + id, "expires": "2026-11-21T09:15:00Z",
		"headers": map[string]any{"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	}
	if got := r.at("upload"); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	imp, err := w.intake.Find(t.Context(), id)
	if err != nil || imp.Person != w.actor.Person || imp.Request.Answers["a"] != "b" || imp.Request.Lang != locale.FR || imp.Request.Bytes != 4096 {
		t.Errorf("%+v, %v", imp, err)
	}
	found := w.ask("GET", "/api/imports/"+id, "")
	if found.status != http.StatusOK || !reflect.DeepEqual(found.at("import"), r.at("import")) || found.at("upload") != nil {
		t.Errorf("found %s", found.text)
	}
}

func TestAWholeNumberIsOneHoweverItIsWritten(t *testing.T) {
	w := newWorld(t)
	for _, written := range []string{"12", "12.0", "1.2e1", "120E-1"} {
		r := w.ask("POST", "/api/imports", `{"name":"gifts.csv","bytes":`+written+`}`)
		if r.status != http.StatusCreated {
			t.Errorf("%s: %d %s", written, r.status, r.text)
			continue
		}
		if imp, err := w.intake.Find(t.Context(), r.at("import", "id").(string)); err != nil || imp.Request.Bytes != 12 {
			t.Errorf("%s is read as %d, %v", written, imp.Request.Bytes, err)
		}
	}
}

func TestTheSameKeyAndBodyCreateOneImport(t *testing.T) {
	w := newWorld(t)
	first := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k")
	again := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k")
	if first.status != http.StatusCreated || first.text != again.text || first.status != again.status {
		t.Errorf("%s\n%s", first.text, again.text)
	}
	other := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "l")
	if other.at("import", "id") == first.at("import", "id") {
		t.Error("another key gave the same import")
	}
	w.actor.Person = "somebody else"
	if theirs := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k"); theirs.at("import", "id") == first.at("import", "id") {
		t.Error("somebody else got it under the same key")
	}
}

func TestAKeyIsForOneRequest(t *testing.T) {
	w := newWorld(t)
	w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k")
	r := w.ask("POST", "/api/imports", `{"name":"other.csv","bytes":12}`, "Idempotency-Key", "k")
	w.refused(r, http.StatusUnprocessableEntity, "IDEMPOTENCY_KEY_REUSED")
	if export := w.ask("POST", "/api/exports", `{"kind":"budget"}`, "Idempotency-Key", "k"); export.status != http.StatusAccepted {
		t.Errorf("an export under an import's key: %s", export.text)
	}
	for _, key := range []string{"", "two words", strings.Repeat("k", 129), "é"} {
		w.refused(w.ask("POST", "/api/imports", upload, "Idempotency-Key", key), http.StatusBadRequest, "IDEMPOTENCY_KEY_INVALID")
	}
}

func TestAKeyIsForgottenAfterADay(t *testing.T) {
	w := newWorld(t)
	first := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k")
	w.now = w.now.Add(httpapi.KeyKept + time.Second)
	if r := w.ask("POST", "/api/imports", `{"name":"other.csv","bytes":12}`, "Idempotency-Key", "k"); r.status != http.StatusCreated ||
		r.at("import", "id") == first.at("import", "id") {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestAnImportThatHasItsFileGetsNoFurtherLink(t *testing.T) {
	w := newWorld(t)
	first := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k")
	w.put(first.at("import", "id").(string), func(imp *intake.Import) { imp.State = intake.Checking })
	if r := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k"); r.status != http.StatusCreated || r.at("upload") != nil {
		t.Errorf("%d %s", r.status, r.text)
	}
}

// checked makes an import with a report of a row that fails.
func (w *world) checked(problems int) string {
	w.t.Helper()
	id := w.create()
	report := &intake.Report{
		Import: id, Check: "c1", Kind: "members", Plan: "plan", Rows: intake.Counts{Read: 3, Create: 2, Fail: 1}, Lang: locale.EN,
		File: intake.File{Name: "gifts.csv", SHA256: "abc", Format: "csv", Bytes: 12},
	}
	for range problems {
		report.Problems = append(report.Problems, *problem.New("CELL_REQUIRED").At("gifts", 2, 1).In("amount"))
	}
	if err := w.intake.KeepReport(w.t.Context(), report); err != nil {
		w.t.Fatal(err)
	}
	w.put(id, func(imp *intake.Import) {
		imp.State, imp.Check, imp.Plan, imp.Rows, imp.CheckedAt = intake.Checked, "c1", "plan", report.Rows, w.now
		imp.Kind, imp.File = report.Kind, report.File
	})
	return id
}

func TestAReportIsAnsweredAsTheCommandPrintsIt(t *testing.T) {
	w := newWorld(t)
	w.refused(w.ask("GET", "/api/imports/"+w.create()+"/report", ""), http.StatusConflict, "IMPORT_NOT_CHECKED")
	id := w.checked(2)
	report, err := w.intake.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	if err := report.WriteJSON(&printed, locale.ES); err != nil {
		t.Fatal(err)
	}
	if r := w.ask("GET", "/api/imports/"+id+"/report?lang=es", ""); r.status != http.StatusOK || r.text != printed.String() {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestALongReportIsFetchedThroughALink(t *testing.T) {
	w := newWorld(t)
	id := w.checked(14_000)
	w.refused(w.ask("GET", "/api/imports/"+id+"/report", ""), http.StatusConflict, "REPORT_NOT_READY")
	w.store(intake.PrintedBlob(id, "c1", locale.EN), "{}")
	r := w.ask("GET", "/api/imports/"+id+"/report", "")
	if r.status != http.StatusSeeOther || r.header.Get("Location") != r.at("link", "url") || len(r.text) > 1000 {
		t.Errorf("%d %v %.200s", r.status, r.header, r.text)
	}
}

func (w *world) store(name, text string) {
	w.t.Helper()
	blob, err := w.blobs.Create(w.t.Context(), name)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := blob.Write([]byte(text)); err != nil {
		w.t.Fatal(err)
	}
	if _, err := blob.Commit(); err != nil {
		w.t.Fatal(err)
	}
}

func TestTheMarkedCopyIsFetchedThroughALink(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	w.refused(w.ask("GET", "/api/imports/"+id+"/annotated", ""), http.StatusNotFound, "ANNOTATED_MISSING")
	w.store(intake.AnnotatedBlob(id, "c1"), "workbook")
	r := w.ask("GET", "/api/imports/"+id+"/annotated", "")
	if url, _ := r.at("link", "url").(string); r.status != http.StatusOK || !strings.HasSuffix(url, "annotated.xlsx?as=gifts.annotated.xlsx") {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestAPlanThatCanNotBeCommittedIsRefusedAtOnce(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	commit := "/api/imports/" + id + "/commit"
	w.refused(w.ask("POST", "/api/imports/"+w.create()+"/commit", `{"plan":"plan"}`), http.StatusConflict, "IMPORT_NOT_CHECKED")
	w.refused(w.ask("POST", commit, `{"plan":"another"}`), http.StatusConflict, "PLAN_STALE")
	w.refused(w.ask("POST", commit, `{"plan":"plan"}`), http.StatusConflict, "ROWS_REFUSED")
	w.refused(w.ask("POST", commit, `{"plan":"plan","mode":"some"}`), http.StatusBadRequest, "FIELD_INVALID")
	w.refused(w.ask("POST", commit, ``), http.StatusBadRequest, "FIELD_MISSING")
	w.put(id, func(imp *intake.Import) { imp.State, imp.Problem = intake.Failed, "PLAN_STALE" })
	w.refused(w.ask("POST", commit, `{"plan":"plan","mode":"valid"}`), http.StatusConflict, "PLAN_STALE")
	if len(w.commits.bodies) > 0 {
		t.Errorf("sent %v", w.commits.bodies)
	}
}

func TestAConfirmedPlanGoesToTheQueue(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	r := w.ask("POST", "/api/imports/"+id+"/commit", `{"plan":"plan","mode":"valid"}`)
	want := []string{`{"import":"` + id + `","plan":"plan","mode":"valid","person":"` + w.actor.Person + `"}`}
	if r.status != http.StatusAccepted || w.leadsTo(r, "/api/imports/"+id+"/commit") != "/api/imports/"+id ||
		!reflect.DeepEqual(w.commits.bodies, want) {
		t.Errorf("%d %s; sent %v", r.status, r.text, w.commits.bodies)
	}
}

func TestAPlanThatWasRefusedForItsRowsMayBeCommittedWithoutThem(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	if _, err := w.intake.Fail(t.Context(), id, "plan", problem.New("ROWS_REFUSED")); err != nil {
		t.Fatal(err)
	}
	if r := w.ask("GET", "/api/imports/"+id, ""); !strings.Contains(r.text, "(1)") { // how many rows
		t.Errorf("got %s", r.text)
	}
	if r := w.ask("POST", "/api/imports/"+id+"/commit", `{"plan":"plan","mode":"valid"}`); r.status != http.StatusAccepted {
		t.Errorf("%d %s", r.status, r.text)
	}
}

// Whoever looks how it stands must not take the earlier failure for the present one.
func TestAFailedCommitThatIsConfirmedAgainIsNoLongerFailed(t *testing.T) {
	w := newWorld(t)
	id := w.checked(0)
	w.put(id, func(imp *intake.Import) { imp.Rows.Fail = 0 })
	if _, err := w.intake.Fail(t.Context(), id, "plan", problem.New("RECORD_BUSY").With("import", "other")); err != nil {
		t.Fatal(err)
	}
	if r := w.ask("GET", "/api/imports/"+id, ""); !strings.Contains(r.text, "(other)") {
		t.Errorf("another import is in the way, and the answer is %s", r.text)
	}
	r := w.ask("POST", "/api/imports/"+id+"/commit", `{"plan":"plan"}`)
	if r.status != http.StatusAccepted || r.at("import", "state") != "checked" || r.at("import", "problem") != nil || len(w.commits.bodies) != 1 {
		t.Errorf("%d %s", r.status, r.text)
	}
	if now := w.ask("GET", "/api/imports/"+id, ""); now.at("import", "state") != "checked" {
		t.Errorf("%s", now.text)
	}
}

func TestAnImportWhoseFileWasLostGetsAnotherLink(t *testing.T) {
	w := newWorld(t)
	first := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k")
	id := first.at("import", "id").(string)
	if _, err := w.intake.Fail(t.Context(), id, "", problem.New("IMPORT_FILE_AWAITED").Valued(id)); err != nil {
		t.Fatal(err)
	}
	if r := w.ask("POST", "/api/imports", upload, "Idempotency-Key", "k"); r.status != http.StatusCreated || r.at("upload", "method") != "PUT" {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestTheAnswersOfAnImportAreBoundedHoweverManyRequestsBringThem(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	refused := false
	for n := 0; n < 30 && !refused; n++ {
		answers := map[string]string{}
		for i := range 40 {
			answers[fmt.Sprintf("column:%d-%d", n, i)] = strings.Repeat("x", 900)
		}
		body, err := json.Marshal(map[string]any{"answers": answers})
		if err != nil {
			t.Fatal(err)
		}
		r := w.ask("POST", "/api/imports/"+id+"/check", string(body))
		if refused = r.status != http.StatusAccepted; refused {
			w.refused(r, http.StatusBadRequest, "ANSWERS_TOO_MANY")
		}
		w.put(id, func(imp *intake.Import) { imp.State, imp.CheckedAt = intake.Checked, w.now })
	}
	imp, err := w.intake.Find(t.Context(), id)
	if err != nil || !refused || len(imp.Request.Answers) > 100 {
		t.Errorf("refused: %v; %d answers are kept, %v", refused, len(imp.Request.Answers), err)
	}
}

func TestACommitThatIsDoneIsAnsweredAsDone(t *testing.T) {
	w := newWorld(t)
	id := w.checked(0)
	w.put(id, func(imp *intake.Import) { imp.State, imp.CommittedAt, imp.Mode = intake.Committed, w.now, intake.Valid })
	r := w.ask("POST", "/api/imports/"+id+"/commit", `{"plan":"plan","mode":"valid"}`)
	if r.status != http.StatusOK || r.at("import", "state") != "committed" || r.at("import", "committedAt") == nil || len(w.commits.bodies) > 0 {
		t.Errorf("%d %s; sent %v", r.status, r.text, w.commits.bodies)
	}
	w.refused(w.ask("POST", "/api/imports/"+id+"/check", `{}`), http.StatusConflict, "IMPORT_DONE")
}

func TestACheckIsDoneAgainWithAnswers(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	body := `{"answers":{"joined_on":"dmy"}}`
	w.checks.err = errors.New("the queue is away")
	w.refused(w.ask("POST", "/api/imports/"+id+"/check", body), http.StatusInternalServerError, "INTERNAL")
	w.checks.err = nil
	r := w.ask("POST", "/api/imports/"+id+"/check", body) // the same once more, now that its message can be sent
	if r.status != http.StatusAccepted || r.at("import", "state") != "checking" ||
		!reflect.DeepEqual(w.checks.bodies, []string{`{"import":"` + id + `"}`}) {
		t.Errorf("%d %s; sent %v", r.status, r.text, w.checks.bodies)
	}
	imp, err := w.intake.Find(t.Context(), id)
	if err != nil || imp.Request.Answers["joined_on"] != "dmy" {
		t.Errorf("%+v, %v", imp, err)
	}
	w.refused(w.ask("POST", "/api/imports/"+id+"/check", `{"answers":{"joined_on":"mdy"}}`), http.StatusConflict, "IMPORT_NOT_CHECKED")
}

func TestARefusedImportSaysWhyInFull(t *testing.T) {
	w := newWorld(t)
	id := w.create()
	report := &intake.Report{Import: id, Check: "c1"}
	report.Refuse(problem.New("FILE_TYPE_UNSUPPORTED").With("format", "ods"))
	if err := w.intake.KeepReport(t.Context(), report); err != nil {
		t.Fatal(err)
	}
	w.put(id, func(imp *intake.Import) {
		imp.State, imp.Check, imp.CheckedAt, imp.Problem = intake.Refused, "c1", w.now, "FILE_TYPE_UNSUPPORTED"
	})
	r := w.ask("GET", "/api/imports/"+id, "")
	if message, _ := r.at("import", "problem", "message").(string); !strings.Contains(message, "ods") || r.at("import", "rows") != nil {
		t.Errorf("%s", r.text)
	}
}

func TestACheckThatWasGivenUpForNoFaultOfTheFileIsNamedByItsImport(t *testing.T) {
	w := newWorld(t)
	id := w.create()
	if _, err := w.intake.Fail(t.Context(), id, "", problem.New("INTERNAL")); err != nil {
		t.Fatal(err)
	}
	r := w.ask("GET", "/api/imports/"+id, "")
	if message, _ := r.at("import", "problem", "message").(string); !strings.Contains(message, "(reference "+id+")") {
		t.Errorf("%s", r.text)
	}
}

func TestKeysOfAnAnswerAreAlwaysThere(t *testing.T) {
	w := newWorld(t)
	r := w.ask("GET", "/api/imports/"+w.create(), "")
	var imp map[string]json.RawMessage
	if err := json.Unmarshal([]byte(r.text[len(`{"import":`):len(r.text)-1]), &imp); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"id", "state", "kind", "file", "sheet", "rows", "plan", "mode", "done", "problem", "askedAt", "checkedAt", "committedAt"} {
		if _, ok := imp[key]; !ok {
			t.Errorf("%s is missing: %s", key, r.text)
		}
	}
}
