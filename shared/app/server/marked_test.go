package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/table"
)

// The marks of a person. Nothing else in this test has "zuloxi" in it; identifiers and hashes have no u.
const (
	markedName  = "Zuloxi Märk"
	markedEmail = "zuloxi.maerk@ville.example"
)

func isMarked(text string) bool { return strings.Contains(strings.ToLower(text), "zuloxi") }

// marked is the sample of applications in which a mark stands in place of whoever is named.
func marked(t *testing.T) []byte {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(sample(t, "applications.fr.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	name := book.GetSheetName(0)
	rows, err := book.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	marks := map[string]string{
		"Maire": markedName, "Personne de contact": markedName, "Courriel": markedEmail, "Signataire": markedName, "Motivation": markedName, "Comité": markedName,
	}
	columns := map[int]string{}
	set := 0
	for i, row := range rows {
		for col, text := range row {
			if mark, is := marks[text]; is {
				columns[col] = mark // a title
			} else if mark := columns[col]; mark != "" && text != "" {
				cell, err := excelize.CoordinatesToCellName(col+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				if err := book.SetCellStr(name, cell, mark); err != nil {
					t.Fatal(err)
				}
				set++
			}
		}
	}
	if set == 0 {
		t.Fatalf("nobody is named in it: %q", rows)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A person's name and address come in by a sheet and its name, by edits and answers, invitations, addresses of pages and what is refused,
// and go out by workbooks, pages and letters: the log with its figures, the audit trail and the fund's books have neither.
func TestNothingThatIsWrittenDownNamesAPerson(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	get := func(path string) {
		w.send("GET", w.address+path, nil, "Accept", "text/html", "User-Agent", markedName, "Referer", w.address+"/"+url.PathEscape(markedName))
	}
	id := w.upload(object{"name": markedName + ".xlsx", "kind": "applications", "call": "2025"}, marked(t))
	path := "/api/imports/" + id
	checked := w.state(id, "checked")
	w.ask(http.StatusAccepted, "POST", path+"/check", object{
		"edits": []object{{"cell": "B5", "value": markedName}, {"cell": "C6", "value": markedEmail}},
	})
	w.again(id, checked["plan"])
	other := w.upload(object{"name": markedName + ".xlsx", "kind": "applications", "call": "2025"}, marked(t))
	w.state(other, "checked")
	w.ask(http.StatusAccepted, "POST", "/api/imports/"+other+"/check", object{"answers": object{markedName: markedName}})
	w.state(other, "refused")
	for _, page := range []string{"", "/report", "/review", "/review/rows", "/file"} {
		get(path + page)
	}
	w.commit(id, "valid")
	if rows := w.state(id, "committed")["rows"].(object); rows["create"] == 0.0 {
		t.Fatalf("nothing is stored: %v", rows)
	}
	w.ask(http.StatusAccepted, "POST", path+"/undo", nil)
	w.state(id, "undone")
	wrong := w.upload(object{"name": markedName + ".csv", "kind": "members"}, []byte("City,Country,Member since\n"+markedName+","+markedName+","+markedName+"\n"))
	w.state(wrong, "checked")
	broken := w.upload(object{"name": markedName + ".xlsx", "kind": "members"}, []byte("PK\x03\x04"+markedName))
	w.until("/api/imports/"+broken, func(got object) bool { s := got["import"].(object)["state"]; return s != "waiting" && s != "checking" })

	export := w.ask(http.StatusAccepted, "POST", "/api/exports", object{"kind": "membership"})["export"].(object)["id"].(string)
	w.until("/api/exports/"+export, func(got object) bool { return got["download"] != nil })

	w.ask(http.StatusCreated, "POST", "/api/people", object{"email": markedEmail, "role": "city", "scope": "FR#brest", "lang": "fr"})
	for _, refused := range []object{
		{"email": markedName, "role": "city", "scope": "FR#brest", "lang": "fr"}, {"email": "a@ville.example", "role": markedName, "lang": "fr"},
		{"email": markedEmail, "role": "city", "scope": "FR#brest", "lang": "fr"}, {markedName: markedName},
	} {
		text, err := json.Marshal(refused)
		if err != nil {
			t.Fatal(err)
		}
		w.send("POST", w.address+"/api/people", bytes.NewReader(text), "Content-Type", "application/json")
	}
	box, err := w.app.Mail()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := box.Send(t.Context(), mail.Message{
		ID: "20260331-fund-month-aa.1.anna", From: "Network <network@learning-cities.example>", To: markedEmail, Subject: markedName,
		Text: markedName, HTML: "<!doctype html><p>" + markedName, Lang: "en", Date: w.app.Clock(),
	}); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"/mail", "/mail/20260331-fund-month-aa.1.anna", "/mail/" + url.PathEscape(markedName), "/" + url.PathEscape(markedName), "/api/" + url.PathEscape(markedName),
		"/api/members/FR/" + url.PathEscape(markedName), "/members/FR/" + url.PathEscape(markedName), "/api/people?cursor=" + url.QueryEscape(markedName),
		"/signin?next=/" + url.QueryEscape(markedName), "/signin/return?state=" + url.QueryEscape(markedName) + "&code=" + url.QueryEscape(markedName),
		"/signin/return?error=" + url.QueryEscape(markedName) + "&error_description=" + url.QueryEscape(markedName),
		"/files/" + url.PathEscape(markedName) + "?as=" + url.QueryEscape(markedName) + "&signature=" + url.QueryEscape(markedName),
		"/people", "/imports", "/imports/" + id, "/?lang=" + url.QueryEscape(markedName),
	} {
		get(address)
	}
	w.send("POST", w.address+"/signin", strings.NewReader("person="+url.QueryEscape(markedName)), "Content-Type", "application/x-www-form-urlencoded")
	var items []table.Item
	for after := table.Cursor(""); ; {
		page, err := w.app.Table.Scan(t.Context(), table.Scan{After: after})
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, page.Items...)
		if after = page.Cursor; after == "" {
			break
		}
	}
	w.stop()

	records := 0
	for _, item := range items {
		if !isMarked(fmt.Sprint(item.Key, item.Attributes)) {
			continue
		}
		records++
		kind, _, _ := strings.Cut(item.Key.Partition, "#")
		if strings.HasPrefix(kind, "audit") || strings.HasPrefix(kind, "fund_") {
			t.Errorf("%s has %v", item.Key, item.Attributes)
		}
	}
	if records == 0 {
		t.Error("nobody is on record: the test looks at nothing")
	}
	text := w.log.String()
	if !strings.Contains(text, `"figures"`) || !strings.Contains(text, id) {
		t.Errorf("the log says too little to be looked at: %s", text)
	}
	for line := range strings.Lines(text) {
		if isMarked(line) {
			t.Errorf("the log says %s", line)
		}
	}
}
