package command_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/table"
)

// auditOf runs a subcommand about the audit trail, and gives what it prints as JSON.
func auditOf(t *testing.T, status int, data string, args ...string) map[string]any {
	t.Helper()
	got := guildhall(t, append(append([]string{"audit"}, args...), "--data", data, "--format", "json")...)
	must(t, got, status)
	var object map[string]any
	if err := json.Unmarshal([]byte(got.out), &object); err != nil {
		t.Fatalf("%q: %v", got.out, err)
	}
	return object
}

// noted are the entries of the trail from the first to the last, as "person action object".
func noted(t *testing.T, data string, args ...string) (all []string) {
	t.Helper()
	for _, one := range auditOf(t, 0, data, append([]string{"list"}, args...)...)["entries"].([]any) {
		e := one.(map[string]any)
		if e["door"] != "command" || e["role"] != "secretariat" || e["outcome"] != "allowed" {
			t.Errorf("noted is %v", e)
		}
		all = append(all, fmt.Sprint(e["person"], " ", e["action"], " ", e["object"]))
	}
	slices.Reverse(all)
	return all
}

func TestWhatTheCommandDoesIsNotedInTheAuditTrail(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	members := received(t, folder, "members.en.xlsx")
	must(t, guildhall(t, "check", members, "--data", data), 0)
	id := importOf(t, data, members, "--as", "anna", "--at", "2026-03-02")
	must(t, guildhall(t, "undo", id, "--data", data, "--as", "Anna Müller"), 0)
	must(t, guildhall(t, "extend", "city", "2025-07-20", "--call", "2025", "--reason", "floods", "--data", data, "--at", "2025-06-01"), 0)
	person := people(t, data, "invite", "yann@example.org", "--role", "secretariat")["person"].(map[string]any)["id"].(string)
	people(t, data, "sessions", "yann@example.org")
	must(t, guildhall(t, "export", "membership", "--data", data, "-o", filepath.Join(folder, "m.xlsx")), 0)
	must(t, guildhall(t, "dead-letters", "discard", "export:1", "--data", data), 2)
	want := []string{
		"secretariat import.create ", "anna import.commit ", " import.undo " + id, "secretariat call.extend 2025",
		"secretariat people.invite ", "secretariat session.read " + person,
		"secretariat dead_letter.settle ",
	}
	if got := noted(t, data)[:len(want)]; !slices.Equal(got, want) {
		t.Errorf("noted are\n%q, want\n%q", got, want)
	}
	if got := noted(t, data, "--action", "audit.read", "--most", "1"); !slices.Equal(got, []string{"secretariat audit.read "}) {
		t.Errorf("of those who looked at the trail: %q", got)
	}
	if got := noted(t, data, "--person", "anna", "--kind", "import"); len(got) != 1 {
		t.Errorf("of anna's imports: %q", got)
	}
	if got := noted(t, data, "--to", "2026-03-31"); len(got) != 0 { // --at is not when it was done
		t.Errorf("of days before: %q", got)
	}
}

func TestATrailThatIsTamperedWithIsToldByVerify(t *testing.T) {
	data := t.TempDir()
	people(t, data, "invite", "anna@example.org", "--role", "secretariat")
	people(t, data, "list")
	head := auditOf(t, 0, data, "verify")["head"].(map[string]any)
	mark := fmt.Sprintf("%v:%v", head["number"], head["hash"])
	for lang, want := range map[string]string{"en": "The trail is whole: 2 entries", "fr": "est intact : 2 entrées", "es": "está íntegro: 2 entradas"} {
		got := guildhall(t, "audit", "verify", "--head", mark, "--data", data, "--lang", lang)
		if must(t, got, 0); !strings.Contains(got.out, want) || !strings.Contains(got.out, "--head "+mark) {
			t.Errorf("%s: %q", lang, got.out)
		}
	}
	a, err := app.OpenEmbedded(t.Context(), data, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := table.Key{Partition: "audit#000000000", Sort: "000000000001"}
	stored, err := a.Table.Get(t.Context(), first)
	if err == nil {
		stored.Attributes["person"] = "bruno"
		err = a.Table.Write(t.Context(), table.Write{Put: &stored})
	}
	if err = errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	fault := auditOf(t, 1, data, "verify")["fault"].(map[string]any)
	if fault["flaw"] != "changed" || fault["number"] != 1.0 {
		t.Errorf("found %v", fault)
	}
	for lang, want := range map[string]string{"en": "entry 1: the entry was changed", "fr": "l'entrée 1 : l'entrée a été modifiée", "es": "la entrada 1: la entrada fue modificada"} {
		got := guildhall(t, "audit", "verify", "--data", data, "--lang", lang)
		if must(t, got, 1); !strings.Contains(got.out, want) {
			t.Errorf("%s: %q", lang, got.out)
		}
	}
}

func TestWhatCanNotBeAskedOfTheTrailIsRefused(t *testing.T) {
	data := t.TempDir()
	people(t, data, "invite", "anna@example.org", "--role", "secretariat")
	for _, args := range [][]string{
		{}, {"sweep"}, {"list", "--from", "yesterday"}, {"list", "--most", "0"}, {"list", "--format", "xml"}, {"verify", "--head", "x"},
		{"verify", "--head", "1:abc"}, {"verify", "twice"},
	} {
		got := guildhall(t, append(append([]string{"audit"}, args...), "--data", data)...)
		if must(t, got, 2); !strings.HasPrefix(got.err, "USAGE") {
			t.Errorf("%v: %q", args, got.err)
		}
	}
}

func TestTheTrailIsExportedAsAWorkbookInEachLanguage(t *testing.T) {
	data, folder := t.TempDir(), t.TempDir()
	people(t, data, "invite", "anna@example.org", "--role", "secretariat")
	for lang, want := range map[string]string{"en": "invite a person", "fr": "inviter une personne", "es": "invitar a una persona"} {
		file := filepath.Join(folder, lang+".xlsx")
		must(t, guildhall(t, "audit", "export", "-o", file, "--lang", lang, "--data", data), 0)
		got := guildhall(t, "read", file, "--sheet", map[string]string{"en": "Entries", "fr": "Entrées", "es": "Entradas"}[lang])
		if must(t, got, 0); !strings.Contains(got.out, want) || strings.Contains(got.out, "example.org") {
			t.Errorf("%s: %q", lang, got.out)
		}
	}
	if got := guildhall(t, "audit", "export", "--data", data); got.status != 2 {
		t.Errorf("nowhere: %d", got.status)
	}
	if got := guildhall(t, "export", "audit", "-o", filepath.Join(folder, "x.xlsx"), "--data", data); got.status != 2 {
		t.Errorf("as a workbook of records: %d", got.status)
	}
}
