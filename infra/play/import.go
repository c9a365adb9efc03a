package play

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/learning-cities/guildhall/fixtures"
)

type object = map[string]any

// bringInASheet is the whole way of a sheet of contributions: announced, sent, checked, asked about, committed, taken back; and then of
// another one, which stays.
func (c cast) bringInASheet() {
	v := c.treasurer
	v.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/contributions.fr.csv")
	if err != nil {
		v.Fatal(err)
	}
	wish := object{"name": "Dons.csv", "bytes": len(content), "term": "2019-2021"}
	c.city.ask("POST /api/imports", call{body: wish, want: http.StatusForbidden})
	made := v.ask("POST /api/imports", call{body: wish, key: "the-first-sheet", want: http.StatusCreated})
	id := made.text("import", "id")
	if again := v.ask("POST /api/imports", call{body: wish, key: "the-first-sheet", want: http.StatusCreated}); again.text("import", "id") != id {
		v.Errorf("the same request makes another import")
	}
	v.follow(made.at("upload"), content)
	of := call{path: map[string]string{"id": id}}
	checked := v.until("GET /api/imports/{id}", of, inState("checked"))
	report := v.ask("GET /api/imports/{id}/report", call{path: of.path, query: url.Values{"lang": {"fr"}}})
	if asked, _ := report.at("problems").([]any); len(asked) == 0 {
		v.Error("the sheet has no questions")
	}
	answers := object{"answers": object{"csv.encoding": "windows-1252", "rate_date": "dmy"}}
	v.ask("POST /api/imports/{id}/check", call{path: of.path, body: answers, want: http.StatusAccepted})
	first := checked.text("import", "plan")
	checked = v.until("GET /api/imports/{id}", of, func(r reply) bool {
		return inState("checked")(r) && r.text("import", "plan") != first
	})
	v.ask("POST /api/imports/{id}/commit", call{path: of.path, body: object{"plan": first, "mode": "valid"}, want: http.StatusConflict})
	order := object{"plan": checked.text("import", "plan"), "mode": "valid"}
	c.auditor.ask("POST /api/imports/{id}/commit", call{path: of.path, body: order, want: http.StatusForbidden})
	c.secretariat.ask("POST /api/imports/{id}/commit", call{path: of.path, body: order, want: http.StatusForbidden})
	v.ask("POST /api/imports/{id}/commit", call{path: of.path, body: order, want: http.StatusAccepted})
	v.until("GET /api/imports/{id}", of, inState("committed"))
	c.auditor.ask("GET /api/fund/entries", call{})
	v.ask("POST /api/imports/{id}/undo", call{path: of.path, want: http.StatusAccepted})
	v.until("GET /api/imports/{id}", of, inState("undone"))
	v.ask("GET /api/imports/{id}/history", of)
	v.ask("GET /api/imports/{id}/undo", of)
	v.ask("GET /api/imports", call{})
	c.donor.ask("GET /api/imports/{id}", call{path: of.path, want: http.StatusForbidden})
	c.take("contributions.en.xlsx", "2019-2021")
}

// take has a sample sheet of the fund committed, with all that is right in it.
func (c cast) take(sheet, term string) {
	v := c.treasurer
	v.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + sheet)
	if err != nil {
		v.Fatal(err)
	}
	made := v.ask("POST /api/imports", call{body: object{"name": sheet, "bytes": len(content), "term": term}, want: http.StatusCreated})
	of := call{path: map[string]string{"id": made.text("import", "id")}}
	v.follow(made.at("upload"), content)
	checked := v.until("GET /api/imports/{id}", of, inState("checked"))
	order := object{"plan": checked.text("import", "plan"), "mode": "valid"}
	v.ask("POST /api/imports/{id}/commit", call{path: of.path, body: order, want: http.StatusAccepted})
	v.until("GET /api/imports/{id}", of, inState("committed"))
}

// inState reports whether an import has come to a state; one that fails doesn't come to it any more.
func inState(state string) func(reply) bool {
	return func(r reply) bool {
		now := r.text("import", "state")
		return now == state || strings.HasPrefix(now, "failed")
	}
}
