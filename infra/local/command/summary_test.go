package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/outbox"
)

// begun is a store with somebody of each role on record, whose summaries have begun at the start of October 2025.
func begun(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	must(t, guildhall(t, "import", received(t, t.TempDir(), "members.en.xlsx"), "--mode", "valid", "--data", data, "--at", "2025-09-01"), 0)
	for _, args := range [][]string{
		{"anna@example.org", "--role", "secretariat"}, {"tom@example.org", "--role", "treasurer", "--reads", "es"},
		{"otto@example.org", "--role", "auditor"}, {"fr@example.org", "--role", "commission", "--scope", "FR", "--reads", "fr"},
		{"lyon@example.org", "--role", "city", "--scope", "FR#brest", "--reads", "fr"},
	} {
		people(t, data, append([]string{"invite"}, args...)...)
	}
	got := guildhall(t, "summary", "run", "--data", data, "--at", "2025-10-01")
	if must(t, got, 0); !strings.HasPrefix(got.out, "The first run only begins") {
		t.Fatalf("%q", got.out)
	}
	return data
}

// summaries runs a subcommand about summaries that has to end so, and gives what it prints as JSON.
func summaries(t *testing.T, data string, status int, args ...string) map[string]any {
	t.Helper()
	got := guildhall(t, append(append([]string{"summary"}, args...), "--data", data, "--format", "json")...)
	must(t, got, status)
	var object map[string]any
	if err := json.Unmarshal([]byte(got.out), &object); err != nil {
		t.Fatalf("%q: %v", got.out, err)
	}
	return object
}

// counted tells of a run what there is any of.
func counted(t *testing.T, run map[string]any) map[string]float64 {
	t.Helper()
	found := map[string]float64{}
	for name, n := range run["run"].(map[string]any) {
		if n.(float64) > 0 {
			found[name] = n.(float64)
		}
	}
	return found
}

func TestWhatIsDueIsMadeOnceAndListedAndShown(t *testing.T) {
	data := begun(t)
	if got := counted(t, summaries(t, data, 0, "run", "--at", "2025-10-04")); len(got) != 0 {
		t.Errorf("before anything is due: %v", got)
	}
	first := counted(t, summaries(t, data, 0, "run", "--at", "2025-10-12"))
	if first["made"] == 0 || first["waiting"] == 0 {
		t.Errorf("the quarter's summary and the newsletters: %v", first)
	}
	again := counted(t, summaries(t, data, 0, "run", "--at", "2025-10-12"))
	if again["made"] != 0 || again["waiting"] != first["waiting"] {
		t.Errorf("again: %v", again)
	}
	list := summaries(t, data, 0, "list")["summaries"].([]any)
	if float64(len(list)) != first["made"]+first["nothing"]+first["nobody"] {
		t.Errorf("%d are listed, %v were dealt with", len(list), first)
	}
	var quarter string
	for _, one := range list {
		if id := one.(map[string]any)["id"].(string); strings.HasPrefix(id, "20250930-membership-quarter-") {
			quarter = id
		}
	}
	shown := summaries(t, data, 0, "show", quarter)
	if letters := shown["letters"].([]any); len(letters) != 2 { // of the secretariat and the auditor
		t.Errorf("letters: %v", letters)
	}
	for _, form := range [][2]string{{"text", "Subject: "}, {"html", "<!doctype html>"}} {
		got := guildhall(t, "summary", "show", quarter, "--format", form[0], "--data", data, "--address", "https://guildhall.example")
		if must(t, got, 0); !strings.HasPrefix(strings.ToLower(got.out), strings.ToLower(form[1])) || !strings.Contains(got.out, "https://guildhall.example/summaries/"+quarter) {
			t.Errorf("%s: %q", form[0], got.out)
		}
	}
}

var hashed = regexp.MustCompile(`-[0-9a-f]{12}\b`)

// The golden files have what a person reads in each language; identifiers end in a hash there, which is left out.
func TestWhatWouldLeaveOnADayIsSaidInEachLanguage(t *testing.T) {
	for _, lang := range []string{"en", "fr", "es"} {
		data := begun(t)
		var text strings.Builder
		for _, args := range [][]string{
			{"run", "--dry-run", "--at", "2026-04-10"}, {"run", "--dry-run", "--at", "2026-04-11"}, {"run", "--at", "2025-10-12"},
			{"run", "--dry-run", "--at", "2025-10-05"}, {"list"},
		} {
			got := guildhall(t, append(append([]string{"summary"}, args...), "--data", data, "--lang", lang)...)
			must(t, got, 0)
			text.WriteString("guildhall summary " + strings.Join(args, " ") + "\n" + got.out + "\n")
		}
		got, golden := hashed.ReplaceAllString(text.String(), ""), filepath.Join("testdata", "summary."+lang+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want, err := os.ReadFile(golden); err != nil || string(want) != got {
			t.Errorf("not as in %s (%v): run go test ./infra/local/command -update\n%s", golden, err, got)
		}
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	data := begun(t)
	before := summaries(t, data, 0, "run", "--dry-run", "--at", "2025-10-10")["occasions"].([]any)
	if len(before) == 0 {
		t.Fatal("nothing would be made")
	}
	for _, one := range before {
		if one.(map[string]any)["made"] != false {
			t.Errorf("%v is made", one)
		}
	}
	if list := summaries(t, data, 0, "list")["summaries"].([]any); len(list) != 0 {
		t.Errorf("%d were made", len(list))
	}
	summaries(t, data, 0, "run", "--at", "2025-10-10")
	for _, one := range summaries(t, data, 0, "run", "--dry-run", "--at", "2025-10-10")["occasions"].([]any) {
		if one.(map[string]any)["made"] != true {
			t.Errorf("%v is not made", one)
		}
	}
}

// After an outage what is too old is passed over, and the exit status says that a person has to look.
func TestARunAfterALongOutageSaysWhatItPassedOver(t *testing.T) {
	data := begun(t)
	got := counted(t, summaries(t, data, 1, "run", "--at", "2026-04-12"))
	if got["passedOver"] == 0 || got["made"] == 0 || got["left"] != 0 {
		t.Errorf("%v", got)
	}
}

func TestLettersWhoseFateIsUnknownAreListed(t *testing.T) {
	data := begun(t)
	summaries(t, data, 0, "run", "--at", "2025-10-12")
	waiting := summaries(t, data, 0, "list", "--state", "waiting")["letters"].([]any)
	if len(waiting) == 0 {
		t.Fatal("no letter waits")
	}
	name := waiting[0].(map[string]any)
	a, err := app.OpenEmbedded(t.Context(), data, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	made := outbox.New(a.Table, identity.Fixed(time.Date(2025, 10, 13, 0, 0, 0, 0, time.UTC)), a.Parts.IDs)
	m, ours, err := made.Begin(t.Context(), outbox.Letter{Summary: name["summary"].(string), Revision: 1, Person: name["person"].(string)})
	if err != nil || !ours {
		t.Fatal(ours, err)
	}
	if err := made.Doubt(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	a.Close()
	if got := counted(t, summaries(t, data, 1, "run", "--at", "2025-10-13T06:00:00Z")); got["uncertain"] != 1 {
		t.Errorf("%v", got)
	}
	if got := guildhall(t, "summary", "list", "--state", "uncertain", "--data", data, "--lang", "fr"); strings.Count(got.out, "\n") != 2 || !strings.Contains(got.out, m.Summary) {
		t.Errorf("%q", got.out)
	}
}

func TestWhatCantBeDoneAboutSummariesIsSaid(t *testing.T) {
	data := begun(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "USAGE "},
		{[]string{"send"}, `USAGE The command was not understood: summary can't "send"`},
		{[]string{"show"}, "USAGE The command was not understood: summary show needs SUMMARY"},
		{[]string{"show", "nothing", "--lang", "es"}, "SUMMARY_UNKNOWN No existe"},
		{[]string{"show", "nothing", "--format", "pdf"}, "USAGE "},
		{[]string{"run", "--format", "html"}, "USAGE "},
		{[]string{"run", "--at", "soon"}, "USAGE "},
		{[]string{"list", "--state", "sent"}, "USAGE "},
		{[]string{"list", "--most", "0"}, "USAGE "},
	} {
		got := guildhall(t, append(append([]string{"summary"}, c.args...), "--data", data)...)
		if got.status != 2 || !strings.HasPrefix(got.lastLine(), c.want) {
			t.Errorf("%q: %d %q", c.args, got.status, got.err)
		}
	}
	if got := guildhall(t, "summary", "run", "--data", filepath.Join(data, "nowhere")); !strings.HasPrefix(got.lastLine(), "STORE_MISSING ") {
		t.Errorf("%q", got.err)
	}
	if got := guildhall(t, "summary", "show", "--help"); got.status != 0 || !strings.HasPrefix(got.out, "guildhall summary show SUMMARY [options]") {
		t.Errorf("%d %q", got.status, got.out)
	}
}

// Whatever falls due until then would be passed over, and nothing made before that day comes.
func TestNothingIsMadeOfWhatIsStillToCome(t *testing.T) {
	data := begun(t)
	must(t, guildhall(t, "summary", "run", "--data", data, "--at", "9000-01-01"), 2)
	if got := counted(t, summaries(t, data, 0, "run", "--at", "2025-10-12")); got["made"] == 0 {
		t.Errorf("afterwards what is due is not made: %v", got)
	}
}
