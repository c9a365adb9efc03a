package httpapi_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// listed are the identifiers of all pages of a list, and how many pages it has.
func (w *world) listed(path string) (ids []string, pages int) {
	w.t.Helper()
	for next := ""; ; {
		r := w.ask("GET", path+next, "")
		if r.status != http.StatusOK {
			w.t.Fatal(r.text)
		}
		for _, item := range r.body["items"].([]any) {
			ids = append(ids, item.(map[string]any)["id"].(string))
		}
		pages++
		cursor, more := r.body["next"].(string)
		if !more {
			return ids, pages
		}
		next = "&cursor=" + cursor
	}
}

func TestImportsAndExportsAreListedPageByPageFromTheLatestOn(t *testing.T) {
	w := newWorld(t)
	var imports, exports []string
	for range 5 {
		imports = append(imports, w.create())
		exports = append(exports, w.ask("POST", "/api/exports", `{"kind":"budget"}`).at("export", "id").(string))
	}
	slices.Reverse(imports)
	slices.Reverse(exports)
	for path, want := range map[string][]string{"/api/imports?limit=2": imports, "/api/exports?limit=2": exports} {
		if got, pages := w.listed(path); !slices.Equal(got, want) || pages < 3 {
			t.Errorf("%s lists %v on %d pages, want %v", path, got, pages, want)
		}
	}
	for _, path := range []string{"/api/imports?cursor=YQ", "/api/exports?cursor=" + w.ask("GET", "/api/imports?limit=2", "").body["next"].(string)} {
		w.refused(w.ask("GET", path, ""), http.StatusBadRequest, "CURSOR_INVALID")
	}
}

func TestWhoMayNotSeeAllExportsIsListedItsOwn(t *testing.T) {
	w := newWorld(t)
	w.ask("POST", "/api/exports", `{"kind":"fund","format":"iati"}`)
	w.actor = actorOf(access.Donor)
	own := w.ask("POST", "/api/exports", `{"kind":"donor"}`).at("export", "id").(string)
	if got, _ := w.listed("/api/exports?limit=9"); !slices.Equal(got, []string{own}) {
		t.Errorf("listed %v", got)
	}
}

func TestAnUndoGoesToTheQueueAndItsReportIsThereAtItsEnd(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	undo := "/api/imports/" + id + "/undo"
	w.refused(w.ask("POST", undo, ""), http.StatusConflict, "UNDO_NOTHING_STORED")
	w.refused(w.ask("GET", undo, ""), http.StatusNotFound, "UNDO_UNASKED")
	w.put(id, committed)
	w.refused(w.ask("POST", undo, `{"mode":"some"}`), http.StatusBadRequest, "FIELD_INVALID")
	for range 2 {
		r := w.ask("POST", undo, `{"mode":"valid"}`)
		if r.status != http.StatusAccepted || w.leadsTo(r, undo) != "/api/imports/"+id || r.at("import", "undo", "mode") != "valid" {
			t.Errorf("%d %s", r.status, r.text)
		}
	}
	want := `{"import":"` + id + `","mode":"valid","person":"anna","step":"undo"}`
	if !slices.Equal(w.commits.bodies, []string{want, want}) {
		t.Errorf("sent %v", w.commits.bodies)
	}
	if r := w.ask("GET", undo, ""); r.body["code"] != "UNDO_NOT_DONE" || r.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", r.status, r.text)
	}
	w.undone(id, 2)
	r := w.ask("GET", undo, "")
	if r.status != http.StatusOK || r.body["undone"] != true || r.body["undoneBy"] != "anna" || len(r.body["problems"].([]any)) != 2 {
		t.Errorf("%d %s", r.status, r.text)
	}
	if r := w.ask("POST", undo, ""); r.status != http.StatusOK || r.at("import", "state") != "undone" || len(w.commits.bodies) != 2 {
		t.Errorf("%d %s", r.status, r.text)
	}
}

// undone ends the undo of an import, whose report names rows that were kept.
func (w *world) undone(id string, kept int) {
	w.t.Helper()
	report := &intake.Report{Import: id, Check: "u1", File: intake.File{Name: "gifts.csv"}, Kind: "members"}
	for range kept {
		report.Problems = append(report.Problems, *problem.New("UNDO_KEPT_EDITED").With("record", "Brest").With("by", "import a").At("gifts", 2, 0))
	}
	if err := w.intake.KeepReport(w.t.Context(), report); err != nil {
		w.t.Fatal(err)
	}
	w.put(id, func(imp *intake.Import) {
		imp.Undo.Check, imp.Undo.EndedAt, imp.Undo.Rows = "u1", w.now, intake.UndoCounts{Stored: 3, Reverted: 3 - min(kept, 3), Kept: min(kept, 3)}
		imp.Become(intake.Step{State: intake.Undone, At: w.now})
	})
}

func TestTheReportOfAnUndoThatIsTooLongIsFetchedThroughALink(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	w.put(id, committed)
	w.ask("POST", "/api/imports/"+id+"/undo", "")
	w.undone(id, 10_000)
	w.refused(w.ask("GET", "/api/imports/"+id+"/undo", ""), http.StatusConflict, "REPORT_NOT_READY")
	w.store(intake.PrintedBlob(id, "u1", locale.FR), "{}")
	r := w.ask("GET", "/api/imports/"+id+"/undo?lang=fr", "")
	if r.status != http.StatusSeeOther || !strings.Contains(r.header.Get("Location"), "/u1/report.fr.json") {
		t.Errorf("%d %s", r.status, r.text)
	}
}

func TestAnUndoThatWasRefusedSaysWhyInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	w.put(id, func(imp *intake.Import) {
		refusedUndo(imp)
		imp.Undo.Problem, imp.Undo.Needed = "UNDO_REFUSED", 7
	})
	want := problem.New("UNDO_REFUSED").WithInt("count", 7).Message(locale.ES)
	r := w.ask("GET", "/api/imports/"+id+"?lang=es", "")
	if r.at("import", "state") != "committed" || r.at("import", "problem") != nil || r.at("import", "undo", "problem", "message") != want {
		t.Errorf("%s", r.text)
	}
}

func TestTheHistoryOfAnImportNamesWhoAskedForWhat(t *testing.T) {
	w := newWorld(t)
	id := w.create()
	w.actor = actorOf(access.Treasurer)
	w.put(id, func(imp *intake.Import) {
		imp.Become(intake.Step{State: intake.Committing, At: w.now, Person: "treasurer", Mode: intake.All, Plan: "p"})
		imp.Become(intake.Step{State: intake.Failed, At: w.now, Plan: "p", Problem: "PLAN_STALE"})
	})
	const at = "2026-11-21T09:00:00Z"
	step := func(state string, person, mode, plan, problem any) map[string]any {
		return map[string]any{"state": state, "at": at, "person": person, "mode": mode, "plan": plan, "problem": problem}
	}
	for reader, anna := range map[access.Role]any{access.Auditor: "anna", access.Treasurer: nil} { // who may not see other people
		w.actor = actorOf(reader)
		want := []any{
			step("awaiting", anna, nil, nil, nil), step("committing", "treasurer", "all", "p", nil), step("failed", nil, nil, "p", "PLAN_STALE"),
		}
		if r := w.ask("GET", "/api/imports/"+id+"/history", ""); r.status != http.StatusOK || !reflect.DeepEqual(r.body["items"], any(want)) {
			t.Errorf("%s reads %d %s", reader, r.status, r.text)
		}
	}
}

func TestATemplateIsMadeForWhoFirstAsksForItAndFetchedThroughALink(t *testing.T) {
	w := newWorld(t)
	if kinds := w.ask("GET", "/api/templates", "").body["items"].([]any); len(kinds) != len(area.Kinds()) {
		t.Errorf("%d kinds", len(kinds))
	}
	r := w.ask("GET", "/api/templates/members?lang=fr", "")
	if r.status != http.StatusAccepted || r.body["download"] != nil || r.at("template", "file") != "members.fr.xlsx" || len(w.made.bodies) != 1 {
		t.Errorf("%d %s; sent %v", r.status, r.text, w.made.bodies)
	}
	w.store("exports/templates/2026-11-21/members.fr.xlsx", "workbook")
	r = w.ask("GET", "/api/templates/members?lang=fr", "")
	if url := fmt.Sprint(r.at("download", "url")); r.status != http.StatusOK || !strings.HasSuffix(url, "/2026-11-21/members.fr.xlsx?as=members.fr.xlsx") {
		t.Errorf("%d %s", r.status, r.text)
	}
	r = w.ask("GET", "/api/templates/member", "")
	w.refused(r, http.StatusNotFound, "KIND_UNKNOWN")
	if r.body["suggestion"] != "members" {
		t.Errorf("no suggestion: %s", r.text)
	}
}
