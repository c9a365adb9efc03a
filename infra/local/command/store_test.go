package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const at = "2025-10-20T09:00:00Z"

func TestCheckChangesNothingAndImportDoes(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	file := received(t, folder, "members.en.xlsx")
	for range 2 {
		if r := guildhall(t, "check", file, "--data", data); r.status != 0 || !strings.Contains(r.out, "rows read: 109 (109 new)") {
			t.Fatalf("status %d: %s%s", r.status, r.out, r.err)
		}
	}
	if r := guildhall(t, "import", file, "--data", data); r.status != 0 || !strings.Contains(r.out, "109 new, 0 changed") {
		t.Fatalf("status %d: %s%s", r.status, r.out, r.err)
	}
	if r := guildhall(t, "import", file, "--data", data); r.status != 0 || !strings.Contains(r.out, "rows read: 109 (109 unchanged)") {
		t.Errorf("again: status %d: %s%s", r.status, r.out, r.err)
	}
}

func TestTheExportedMembersImportAgainAsAllUnchanged(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	must(t, guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data), 0)
	for _, lang := range []string{"en", "fr", "es"} {
		book := filepath.Join(folder, lang+".xlsx")
		must(t, guildhall(t, "export", "membership", "--lang", lang, "--data", data, "--at", at, "-o", book), 0)
		r := guildhall(t, "check", book, "--kind", "members", "--data", data, "--format", "json")
		must(t, r, 0)
		var report struct {
			Kind, Language string
			Rows           struct{ Read, Unchanged int }
		}
		if err := json.Unmarshal([]byte(r.out), &report); err != nil {
			t.Fatal(err)
		}
		if report.Rows.Read != 109 || report.Rows.Unchanged != 109 || report.Language != lang {
			t.Errorf("%s: %+v", lang, report)
		}
	}
}

func TestTheSameDataGivesTheSameBytes(t *testing.T) {
	folder := t.TempDir()
	var books [2][3][]byte
	for run := range 2 {
		data := filepath.Join(folder, "data", string(rune('a'+run)))
		for _, name := range []string{"members.en.xlsx", "survey.fr.xlsx", "contributions.es.xlsx"} {
			must(t, guildhall(t, "import", received(t, folder, name), "--data", data, "--term", "2019-2021"), 0)
		}
		for i, name := range []string{"budget", "membership", "survey"} {
			book := filepath.Join(folder, name+".xlsx")
			must(t, guildhall(t, "export", name, "--data", data, "--term", "2019-2021", "--at", at, "-o", book), 0)
			content, err := os.ReadFile(book)
			if err != nil {
				t.Fatal(err)
			}
			books[run][i] = content
		}
	}
	for i, name := range []string{"budget", "membership", "survey"} {
		if string(books[0][i]) != string(books[1][i]) {
			t.Errorf("two %s workbooks of the same data differ", name)
		}
	}
}

func TestAnImportInModeAllStoresNothingWhenARowFails(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	file := received(t, folder, "applications.fr.xlsx")
	r := guildhall(t, "import", file, "--data", data)
	must(t, r, 1)
	if !strings.Contains(r.out, "NATCOM_QUOTA_EXCEEDED") || strings.Contains(r.out, "stored by") {
		t.Errorf("printed:\n%s", r.out)
	}
	if !strings.Contains(r.out, "nothing was imported") {
		t.Errorf("that nothing was imported is not said:\n%s", r.out)
	}
	for _, city := range []string{"Bafoussam", "Garoua", "Maroua", "Bamenda"} {
		if !strings.Contains(r.out, city) {
			t.Errorf("%s is not named among the contenders:\n%s", city, r.out)
		}
	}
	r = guildhall(t, "import", file, "--data", data, "--mode", "valid")
	must(t, r, 1)
	if !strings.Contains(r.out, "6 new, 0 changed\nNOT stored: 1 row ") {
		t.Errorf("printed:\n%s", r.out)
	}
}

func TestAnImportWithNothingToStoreSaysSo(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	wrong := written(t, folder, "members.csv", []byte("City,Country,Member since\n,France,2019-01-01\nNice,Atlantis,2020-01-01\n"))
	r := guildhall(t, "import", wrong, "--data", data, "--mode", "valid")
	must(t, r, 1)
	if !strings.Contains(r.out, "nothing to store: no row is new or changed\nNOT stored: 2 rows") || strings.Contains(r.out, "stored by") {
		t.Errorf("printed:\n%s", r.out)
	}
}

func TestAnAnswerIsGivenOnceForEachSender(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	dated := func(name, day string) string {
		return written(t, folder, name, []byte("City,Country,Member since\nNice,France,"+day+"\n"))
	}
	first, next := dated("first.csv", "03/04/2019"), dated("next.csv", "05/06/2019")
	r := guildhall(t, "import", first, "--data", data)
	must(t, r, 1)
	if !strings.Contains(r.out, "(--answer joined_on=…)") {
		t.Errorf("how to answer is not said:\n%s", r.out)
	}
	must(t, guildhall(t, "import", first, "--data", data, "--answer", "joined_on=dmy"), 0)
	r = guildhall(t, "check", next, "--data", data, "--lang", "fr")
	must(t, r, 0)
	if !strings.Contains(r.out, "ANSWER_REMEMBERED") || !strings.Contains(r.out, "joined_on=dmy") {
		t.Errorf("what was remembered is not said:\n%s", r.out)
	}
	must(t, guildhall(t, "check", next, "--data", data, "--as", "somebody else"), 1)
}

func TestAPlanIsExecutedOnlyAsItWasMade(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	file := received(t, folder, "members.en.xlsx")
	r := guildhall(t, "check", file, "--data", data, "--format", "json")
	must(t, r, 0)
	var report struct{ Plan string }
	if err := json.Unmarshal([]byte(r.out), &report); err != nil {
		t.Fatal(err)
	}
	if r := guildhall(t, "check", file, "--data", data); !strings.Contains(r.out, "\nplan "+report.Plan+"\n") {
		t.Errorf("the plan is not shown:\n%s", r.out)
	}
	r = guildhall(t, "import", file, "--data", data, "--plan", strings.Repeat("0", 64))
	if r.status != 2 || !strings.HasPrefix(r.lastLine(), "PLAN_STALE ") {
		t.Errorf("another plan: status %d, %q", r.status, r.lastLine())
	}
	// What a script passes on when its check gave no plan is not leave to import anything.
	r = guildhall(t, "import", file, "--data", data, "--plan", "")
	if r.status != 2 || !strings.HasPrefix(r.lastLine(), "USAGE ") {
		t.Errorf("an empty plan: status %d, %q", r.status, r.lastLine())
	}
	must(t, guildhall(t, "import", file, "--data", data, "--plan", report.Plan), 0)
	// The same plan again gives the earlier result.
	if r := guildhall(t, "import", file, "--data", data, "--plan", report.Plan); r.status != 0 || !strings.Contains(r.out, "109 new") {
		t.Errorf("again: status %d: %s%s", r.status, r.out, r.err)
	}
}

func TestTemplatesOfEveryKindAreReadBackInEveryLanguage(t *testing.T) {
	folder := t.TempDir()
	for _, kind := range []string{
		"applications", "endorsements", "decisions", "members", "survey", "questionnaire", "coordinators", "news", "pledges",
		"contributions", "expenditures", "results",
	} {
		for _, lang := range []string{"en", "fr", "es"} {
			book := filepath.Join(folder, kind+"."+lang+".xlsx")
			must(t, guildhall(t, "template", kind, "--lang", lang, "-o", book, "--data", filepath.Join(folder, "data")), 0)
			r := guildhall(t, "check", book, "--data", filepath.Join(folder, "data"), "--format", "json")
			must(t, r, 0)
			var report struct {
				Kind, Language string
				Problems       []struct{ Code string }
			}
			if err := json.Unmarshal([]byte(r.out), &report); err != nil {
				t.Fatal(err)
			}
			if report.Kind != kind || report.Language != lang || len(report.Problems) > 0 {
				t.Errorf("%s in %s is read as %+v", kind, lang, report)
			}
		}
	}
}

func TestTheDemoDoesTheMainJob(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for range 2 { // also over an earlier demo
		r := guildhall(t, "demo", "--out", out, "--at", at)
		must(t, r, 0)
		for _, said := range []string{"read ", "refused ", "stored ", "109 member cities", "103 survey answers", "written "} {
			if !strings.Contains(r.out, said) {
				t.Errorf("no %q in\n%s", said, r.out)
			}
		}
	}
	for _, name := range []string{"budget.en", "budget.fr", "budget.es", "membership.en", "membership.fr", "membership.es",
		"survey.en", "survey.fr", "survey.es"} {
		if _, err := os.Stat(filepath.Join(out, "workbooks", name+".xlsx")); err != nil {
			t.Error(err)
		}
	}
}

func must(t *testing.T, r ran, status int) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d\n%s%s", r.status, status, r.out, r.err)
	}
}

func TestTheDemosWorkbooksShowWhatTheSourcesPrint(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	must(t, guildhall(t, "demo", "--out", out, "--at", at), 0)
	for _, c := range []struct {
		book, sheet string
		lines       []string
	}{
		{"membership.en", "Survey", []string{ // R-SUR-3, ties in the order of topic numbers (R-SUR-5)
			`[1,"1. Education for Sustainable Development",60,60,60,0]`, `[2,"2. Equity and inclusion",59,`,
			`[3,"3. Educational planning, monitoring and evaluation",45,`, `[4,"4. Global citizenship education",36,`,
			`[5,"5. Entrepreneurship",34,`, `[6,"6. Health and well-being",29,`, `[7,"7. Literacy",29,`,
			`["Cities",null,101,null,101,0]`, `["Countries",null,37,null,37,0]`, `["UNESCO regions",null,5,null,5,0]`,
		}},
		{"survey.en", "Overview", []string{`["Answers on record",103]`, `["Answers counted",101]`, `["Votes",292]`}}, // R-SUR-2
		{"budget.fr", "Vue d’ensemble", []string{ // R-BUD-1, R-BUD-2
			`,160000,160000,160000,160000,160000,160000,160000,1120000]`, `,100000,100000,100000,100000,100000,100000,100000,700000]`,
			`,70000,70000,70000,70000,70000,70000,70000,490000]`, `["4. Communication",20000,20000,20000,20000,20000,20000,20000,140000]`,
			`["Total",350000,350000,350000,350000,350000,350000,350000,2450000]`,
		}},
		{"budget.es", "Fondo", []string{`,1000000,`, `,400000,`, `,500000,`, `,100000,`}}, // R-FUN-1, R-FUN-6
	} {
		r := guildhall(t, "read", filepath.Join(out, "workbooks", c.book+".xlsx"), "--sheet", c.sheet)
		must(t, r, 0)
		rest := r.out
		for _, line := range c.lines {
			_, after, found := strings.Cut(rest, line)
			if !found {
				t.Errorf("%s, %s: no %s after what comes before it in\n%s", c.book, c.sheet, line, r.out)
				break
			}
			rest = after
		}
	}
}
