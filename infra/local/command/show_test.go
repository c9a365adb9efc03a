package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// lived is a store into which sheets came on different days, some of them corrections of earlier ones.
func lived(t *testing.T) (folder, data string) {
	t.Helper()
	folder = t.TempDir()
	data = filepath.Join(folder, "data")
	send := func(at, file string, options ...string) {
		t.Helper()
		args := append([]string{"import", file, "--data", data, "--at", at, "--mode", "valid", "--as", "ana", "--quiet"}, options...)
		if r := guildhall(t, args...); r.status == 2 {
			t.Fatal(r.err)
		}
	}
	for _, c := range []struct{ at, name string }{
		{"2025-01-10", "members.en.xlsx"}, {"2025-07-16", "applications.fr.xlsx"}, {"2025-10-07", "decisions.en.xlsx"},
		{"2025-01-11", "survey.fr.xlsx"}, {"2025-01-12", "questionnaire.fr.xlsx"},
	} {
		send(c.at, received(t, folder, c.name), "--term", "2019-2021")
	}
	send("2025-11-20T10:00:00Z", written(t, folder, "commission.csv",
		[]byte("Ville;Pays;Décision;Décidée le;Motif\nLiège;Belgique;acceptée;2025-11-19;Le comité est nommé\n")))
	send("2025-12-01", written(t, folder, "corrections.csv", []byte(
		"City,Country,Joined on,Website,Clusters,In clusters since\nMontpellier,France,2022-10-01,https://montpellier.example,,\n"+
			"Liège,Belgium,2025-11-19,,Health and well-being,2025-12-01\n")))
	return folder, data
}

var identifier = regexp.MustCompile(`\b[0-9a-z]{26}\b`)

func TestTheStoryOfACityIsToldInThreeLanguages(t *testing.T) {
	_, data := lived(t)
	for _, city := range []string{"Liège", "Montpellier"} {
		for _, lang := range []string{"en", "fr", "es"} {
			r := guildhall(t, "show", "city", city, "--lang", lang, "--data", data, "--at", "2026-01-15")
			must(t, r, 0)
			got := identifier.ReplaceAllString(r.out, "<identifier>")
			golden := filepath.Join("testdata", "story."+strings.ToLower(city)+"."+lang+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("not as in %s: run go test ./infra/local/command -update\n%s", golden, got)
			}
		}
	}
}

func TestTheSizesOfTheNetworkAreToldAsOnRecordAtAMoment(t *testing.T) {
	_, data := lived(t)
	show := func(at, lang string) string {
		t.Helper()
		r := guildhall(t, "show", "network", "--data", data, "--at", at, "--lang", lang)
		must(t, r, 0)
		return r.out
	}
	now := show("2026-01-15", "en")
	for _, says := range []string{
		"Members at the end of each year, and on 15 January 2026\n", "\nCities ", "\n  Belgium ",
		"1 October 2019: 170 cities of 53 countries (003); on record:", "Progress reports due, every 2 years (practice): ",
	} {
		if !strings.Contains(now, says) {
			t.Errorf("%q is not said:\n%s", says, now)
		}
	}
	cities := func(text string) string {
		t.Helper()
		_, rest, _ := strings.Cut(text, "\nCities ")
		line, _, _ := strings.Cut(rest, "\n")
		counts := strings.Fields(line)
		return counts[len(counts)-1]
	}
	for at, want := range map[string]string{"2025-07-01": "109", "2025-10-07": "112", "2026-01-15": "113"} {
		if got := cities(show(at, "en")); got != want {
			t.Errorf("on %s: %s cities, want %s", at, got, want)
		}
	}
	if got := show("2026-01-15", "es"); !strings.Contains(got, "Informes de progreso") || !strings.Contains(got, "\n  Bélgica ") {
		t.Errorf("in Spanish:\n%s", got)
	}
	none := guildhall(t, "show", "network", "--data", data, "--at", "2026-01-15", "--reports-every", "0")
	if must(t, none, 0); strings.Contains(none.out, "Progress") {
		t.Errorf("no reports are asked for:\n%s", none.out)
	}
	must(t, guildhall(t, "show", "network", "Brest", "--data", data), 2)
	must(t, guildhall(t, "show", "network", "--data", data, "--reports-every", "-1"), 2)
}

func TestAStoryOfThePastTellsWhatWasOnRecordThen(t *testing.T) {
	_, data := lived(t)
	r := guildhall(t, "show", "city", "liege", "--data", data, "--at", "2025-10-31")
	must(t, r, 0)
	if !strings.Contains(r.out, "31 October 2025\n  not a member\n") || !strings.Contains(r.out, "deferred") || strings.Contains(r.out, "accepted") {
		t.Errorf("printed:\n%s", r.out)
	}
}

func TestShowRefusesWhatItCannotFind(t *testing.T) {
	_, data := lived(t)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"city", "Lieje"}, `CITY_UNKNOWN No city "Lieje" is on record. Near it are: Liège (Belgium): BE#liege`},
		{[]string{"city", "Liège", "--country", "Atlantis"}, "COUNTRY_UNKNOWN"},
		{[]string{"city", "Liège", "--at", "2025-02-01"}, "CITY_UNKNOWN"},
		{[]string{"country", "Belgium"}, "USAGE"},
		{[]string{"city"}, "USAGE"},
	} {
		r := guildhall(t, append(append([]string{"show"}, c.args...), "--data", data)...)
		must(t, r, 2)
		if !strings.HasPrefix(r.lastLine(), c.says) {
			t.Errorf("%v: %s", c.args, r.lastLine())
		}
	}
}

// What a person exports of a past moment is what they would have exported then, byte for byte.
func TestAWorkbookOfAPastMomentIsTheOneExportedThen(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	export := func(kind, lang, at string) []byte {
		t.Helper()
		book := filepath.Join(folder, "book.xlsx")
		must(t, guildhall(t, "export", kind, "--lang", lang, "--data", data, "--at", at, "--term", "2019-2021", "-o", book), 0)
		content, err := os.ReadFile(book)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	type exported struct{ kind, lang, at string }
	then := map[exported][]byte{}
	last := "" // identifier of the latest import, which is undone in the end
	for _, came := range []struct{ at, file string }{
		{"2025-01-10", received(t, folder, "members.en.xlsx")},
		{"2025-01-20", received(t, folder, "survey.es.xlsx")},
		{"2025-02-10", received(t, folder, "questionnaire.es.xlsx")},
		{"2025-03-10", received(t, folder, "contributions.es.xlsx")},
		{"2025-07-16", received(t, folder, "applications.fr.xlsx")},
		{"2025-10-07", received(t, folder, "decisions.en.xlsx")},
		{"2025-12-01", written(t, folder, "corrections.csv",
			[]byte("City,Country,Joined on,Website\nMontpellier,France,2022-10-01,https://montpellier.example\n"))},
		{"2025-12-02", written(t, folder, "commission.csv",
			[]byte("Ville;Pays;Décision;Décidée le;Motif\nLiège;Belgique;acceptée;2025-11-19;Le comité est nommé\n"))},
	} {
		r := guildhall(t, "import", came.file, "--data", data, "--at", came.at, "--mode", "valid", "--term", "2019-2021")
		if r.status == 2 {
			t.Fatal(r.err)
		}
		last = identifier.FindString(r.out[strings.Index(r.out, "stored by"):])
		for _, kind := range []string{"budget", "membership", "survey"} {
			one := exported{kind, []string{"en", "fr", "es"}[len(then)%3], came.at}
			then[one] = export(one.kind, one.lang, one.at)
		}
	}
	must(t, guildhall(t, "undo", last, "--data", data, "--at", "2025-12-10"), 0)
	for one, want := range then {
		if !bytes.Equal(export(one.kind, one.lang, one.at), want) {
			t.Errorf("the %s workbook (%s) of %s is another one today", one.kind, one.lang, one.at)
		}
	}
}

func TestAMomentBeforeAnythingWasRecordedShowsWhatIsKnownOfItNow(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	must(t, guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data, "--at", "2025-06-01"), 0)
	book := filepath.Join(folder, "book.xlsx")
	r := guildhall(t, "export", "membership", "--data", data, "--at", "2024-06-01", "--lang", "fr", "-o", book)
	must(t, r, 0)
	if !strings.Contains(r.err, "rien n'était enregistré à ce moment-là") {
		t.Errorf("said: %s", r.err)
	}
	told := guildhall(t, "show", "city", "Montpellier", "--data", data, "--at", "2024-06-01", "--lang", "es")
	must(t, told, 0)
	if !strings.Contains(told.err, "nada constaba") || !strings.Contains(told.out, "1 de junio de 2024\n  miembro desde") {
		t.Errorf("said: %s\n%s", told.err, told.out)
	}
	before := guildhall(t, "show", "city", "Montpellier", "--data", data, "--at", "2012-06-01")
	if must(t, before, 0); strings.Contains(before.out, "joining") {
		t.Errorf("what came later is told:\n%s", before.out)
	}
	check := guildhall(t, "check", book, "--kind", "members", "--data", data)
	must(t, check, 0)
	if !strings.Contains(check.out, "109 unchanged") {
		t.Errorf("checked:\n%s", check.out)
	}
}

func TestASeriesOfMoreYearsThanAPageHoldsIsRefused(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	must(t, guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data, "--at", "2025-06-01"), 0)
	for lang, want := range map[string]string{"en": "a page has room for 60", "fr": "une page en contient 60 au plus", "es": "en una página caben 60"} {
		r := guildhall(t, "show", "network", "--data", data, "--at", "9999-12-31", "--lang", lang)
		if r.status != 2 || !strings.HasPrefix(r.lastLine(), "USAGE ") || !strings.Contains(r.lastLine(), want) || r.out != "" {
			t.Errorf("status %d: %s", r.status, r.err)
		}
	}
	must(t, guildhall(t, "show", "network", "--data", data, "--at", "2040-12-31"), 0)
}
