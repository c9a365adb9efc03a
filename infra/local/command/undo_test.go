package command_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// importOf is the import by which a sample was stored.
func importOf(t *testing.T, data, file string, options ...string) string {
	t.Helper()
	r := guildhall(t, append([]string{"import", file, "--mode", "valid", "--data", data}, options...)...)
	found := regexp.MustCompile(`stored by import (\w+):`).FindStringSubmatch(r.out)
	if found == nil {
		t.Fatalf("status %d: %s%s", r.status, r.out, r.err)
	}
	return found[1]
}

func TestAnImportIsUndoneAndItsFileImportedAnew(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	members := received(t, folder, "members.en.xlsx")
	id := importOf(t, data, members)
	for range 2 { // the second time it says the same
		r := guildhall(t, "undo", id, "--data", data)
		if r.status != 0 || r.out != id+", members.en.xlsx: undone: 109 of 109 rows are as before the import\n" {
			t.Errorf("status %d: %s%s", r.status, r.out, r.err)
		}
	}
	r := guildhall(t, "import", members, "--data", data)
	if r.status != 0 || !strings.Contains(r.out, "109 new, 0 changed") || strings.Contains(r.out, "FILE_DUPLICATE") {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
}

func TestAFileThatIsSentAgainNamesTheImportThatStoredItsRows(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	members := received(t, folder, "members.en.xlsx")
	id := importOf(t, data, members)
	for range 3 { // none stores anything, so none takes the place of the first
		r := guildhall(t, "import", members, "--data", data)
		if r.status != 0 || !strings.Contains(r.out, "nothing to store") || !strings.Contains(r.out, "imported before ("+id+",") {
			t.Fatalf("status %d: %s%s", r.status, r.out, r.err)
		}
	}
	if r := guildhall(t, "undo", id, "--data", data); r.status != 0 || !strings.Contains(r.out, "109 of 109 rows") {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	if r := guildhall(t, "check", members, "--data", data); strings.Contains(r.out, "FILE_DUPLICATE") {
		t.Errorf("of what was undone: %s", r.out)
	}
}

func TestAnUndoThatOthersRestOnIsRefusedAndSaysWhyInEveryLanguage(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	id := importOf(t, data, received(t, folder, "members.en.xlsx"))
	survey := importOf(t, data, received(t, folder, "survey.fr.xlsx"))
	for lang, want := range map[string]string{
		"en": "nothing was undone", "fr": "rien n'a été annulé", "es": "no se deshizo nada",
	} {
		r := guildhall(t, "undo", id, "--data", data, "--lang", lang)
		if r.status != 1 || !strings.Contains(r.out, want) || !strings.Contains(r.out, "UNDO_KEPT_NEEDED (10)") {
			t.Errorf("status %d: %s%s", r.status, r.out, r.err)
		}
	}
	r := guildhall(t, "undo", id, "--data", data, "--mode", "valid", "--format", "json", "--as", "anna")
	var report struct {
		Undone   bool
		UndoneBy string
		Rows     struct{ Stored, Reverted, Kept int }
		Problems []struct{ Code, Severity, Message string }
	}
	if err := json.Unmarshal([]byte(r.out), &report); err != nil || r.status != 1 {
		t.Fatalf("status %d: %v in %s%s", r.status, err, r.out, r.err)
	}
	if !report.Undone || report.UndoneBy != "anna" || report.Rows.Kept != 10 || report.Rows.Reverted != 99 || len(report.Problems) != 10 {
		t.Errorf("%s", r.out)
	}
	if p := report.Problems[0]; p.Code != "UNDO_KEPT_NEEDED" || !strings.Contains(p.Message, "an answer to the survey of 2019") {
		t.Errorf("%+v", p)
	}
	if r := guildhall(t, "undo", survey, "--data", data); r.status != 0 {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
}

func TestAnUndoThatCanNotBeDoneHasItsCodeAndStatus2(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	must(t, guildhall(t, "show", "network", "--data", data), 0) // a store without records
	r := guildhall(t, "undo", "nothing", "--data", data)
	if r.status != 2 || !strings.HasPrefix(r.lastLine(), "IMPORT_UNKNOWN ") || r.out != "" {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	r = guildhall(t, "undo", "nothing", "--data", data, "--format", "json")
	if r.status != 2 || !strings.HasPrefix(r.lastLine(), "IMPORT_UNKNOWN ") || !json.Valid([]byte(r.out)) {
		t.Errorf("status %d: %s%s", r.status, r.out, r.err)
	}
	for _, wrong := range [][]string{{"undo"}, {"undo", "x", "--mode", "some"}, {"undo", "x", "--format", "xml"}} {
		if r := guildhall(t, append(wrong, "--data", data)...); r.status != 2 || !strings.HasPrefix(r.lastLine(), "USAGE ") {
			t.Errorf("%v: status %d: %s%s", wrong, r.status, r.out, r.err)
		}
	}
}

func TestOneRowIsSaidInTheSingular(t *testing.T) {
	folder := t.TempDir()
	one := written(t, folder, "one.csv", []byte("City,Country,Joined on\nBrest,France,2017-10-01\n"))
	for lang, want := range map[string][]string{
		"en": {"(1 new)", ": 1 new, 0 changed"}, "fr": {"(1 nouvelle)", " : 1 nouvelle, 0 modifiée"}, "es": {"(1 nueva)", ": 1 nueva, 0 modificadas"},
	} {
		r := guildhall(t, "import", one, "--kind", "members", "--data", filepath.Join(folder, lang), "--lang", lang)
		contains(t, r.out, want...)
	}
}
