package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/infra/local/command"
)

// ran is what one run of the command left behind.
type ran struct {
	status   int
	out, err string
}

// lastLine is the last line on standard error, where a refusal stands.
func (r ran) lastLine() string {
	lines := strings.Split(strings.TrimRight(r.err, "\n"), "\n")
	return lines[len(lines)-1]
}

func guildhall(t *testing.T, args ...string) ran {
	t.Helper()
	var out, errOut bytes.Buffer
	status := command.Main(t.Context(), args, &out, &errOut)
	return ran{status, out.String(), errOut.String()}
}

// received puts a sample into a folder and returns its name.
func received(t *testing.T, folder, name string) string {
	t.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, folder, filepath.Base(name), content)
}

func written(t *testing.T, folder, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(folder, name)
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWhatIsNoSheetIsRefusedWithItsCodeAndStatus2(t *testing.T) {
	folder := t.TempDir()
	workbook, err := fixtures.Sheets.ReadFile("sheets/members.en.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")
	for name, c := range map[string]struct {
		content []byte
		code    string
		options []string
	}{
		"an empty file":                       {nil, "FILE_EMPTY", nil},
		"a picture renamed .xlsx":             {png, "FILE_TYPE_UNSUPPORTED", nil},
		"a cut-off zip":                       {workbook[:len(workbook)/2], "FILE_TRUNCATED", nil},
		"an encrypted workbook":               {compound("EncryptionInfo", "EncryptedPackage"), "FILE_ENCRYPTED", nil},
		"a workbook of the nineties (.xls)":   {compound("Workbook"), "FILE_TYPE_UNSUPPORTED", nil},
		"a workbook without the sheet asked":  {workbook, "SHEET_MISSING", []string{"--sheet", "Membres"}},
		"a kind that does not exist":          {workbook, "KIND_UNKNOWN", []string{"--kind", "member"}},
		"a call that does not exist":          {workbook, "CALL_UNKNOWN", []string{"--call", "1999"}},
		"a term that does not exist":          {workbook, "TERM_UNKNOWN", []string{"--term", "1999"}},
		"an answer without a question":        {workbook, "ANSWER_INVALID", []string{"--answer", "dmy"}},
		"a web page saved as .xls":            {[]byte("<html><table><tr><td>1</td></tr></table></html>"), "FILE_TYPE_UNSUPPORTED", nil},
		"an option that does not exist":       {workbook, "USAGE", []string{"--colour", "red"}},
		"a language that is not spoken here":  {workbook, "USAGE", []string{"--lang", "de"}},
		"nobody who acts":                     {workbook, "USAGE", []string{"--as", ""}},
		"a person whose name is no text":      {workbook, "USAGE", []string{"--as", "\xff"}},
		"a marked copy without a folder":      {workbook, "OUTPUT_FAILED", []string{"--annotate", filepath.Join(folder, "missing", "marked.xlsx")}},
		"a marked copy named like a folder":   {workbook, "OUTPUT_FAILED", []string{"--annotate", folder}},
		"a moment that is not one":            {workbook, "USAGE", []string{"--at", "tomorrow"}},
		"a printing format that is not there": {workbook, "USAGE", []string{"--format", "xml"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := written(t, t.TempDir(), "sent.xlsx", c.content)
			r := guildhall(t, append([]string{"check", file, "--data", filepath.Join(folder, "data")}, c.options...)...)
			if r.status != 2 || !strings.HasPrefix(r.lastLine(), c.code+" ") {
				t.Errorf("status %d, %q; want 2 and %s", r.status, r.lastLine(), c.code)
			}
			if r.out != "" {
				t.Errorf("on standard output: %q", r.out)
			}
		})
	}
}

func TestARefusedFileStillGivesTheWholeObjectAsJSON(t *testing.T) {
	folder := t.TempDir()
	r := guildhall(t, "check", written(t, folder, "sent.xlsx", nil), "--data", filepath.Join(folder, "data"), "--format", "json")
	if r.status != 2 {
		t.Fatalf("status %d: %s", r.status, r.err)
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(r.out), &object); err != nil {
		t.Fatalf("%v in %q", err, r.out)
	}
	for _, key := range []string{"kind", "sheet", "headerRow", "language", "plan"} {
		if value, ok := object[key]; !ok || value != nil {
			t.Errorf("%s is %v, want null", key, value)
		}
	}
	problems := object["problems"].([]any)
	if len(problems) != 1 || problems[0].(map[string]any)["code"] != "FILE_EMPTY" {
		t.Errorf("problems: %v", problems)
	}
}

func TestEveryRefusalOfACheckIsAnObjectToo(t *testing.T) {
	folder := t.TempDir()
	members := received(t, folder, "members.en.xlsx")
	stale := []string{"--plan", strings.Repeat("0", 64)}
	for name, c := range map[string]struct {
		args []string
		code string
	}{
		"no such file": {[]string{"check", filepath.Join(folder, "missing.xlsx")}, "FILE_UNREADABLE"},
		"no such kind": {[]string{"check", members, "--kind", "stones"}, "KIND_UNKNOWN"},
		"another plan": {append([]string{"import", members}, stale...), "PLAN_STALE"},
	} {
		t.Run(name, func(t *testing.T) {
			r := guildhall(t, append(c.args, "--data", filepath.Join(folder, "data"), "--format", "json")...)
			must(t, r, 2)
			var object struct {
				Kind, Plan *string
				Rows       struct{ Read int }
				Problems   []struct{ Code string }
			}
			if err := json.Unmarshal([]byte(r.out), &object); err != nil {
				t.Fatalf("%v in %q", err, r.out)
			}
			if object.Kind != nil || object.Plan != nil || object.Rows.Read != 0 || len(object.Problems) != 1 || object.Problems[0].Code != c.code {
				t.Errorf("printed %s", r.out)
			}
			if !strings.HasPrefix(r.lastLine(), c.code+" ") {
				t.Errorf("last line %q", r.lastLine())
			}
		})
	}
}

func TestAMarkedCopyNeverTakesTheSheetsPlaceAndIsAskedForBeforeAnythingIsStored(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	file := received(t, folder, "members.en.xlsx")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for place, code := range map[string]string{file: "USAGE", filepath.Join(folder, "missing", "marked.xlsx"): "OUTPUT_FAILED"} {
		r := guildhall(t, "import", file, "--data", data, "--annotate", place)
		if r.status != 2 || !strings.HasPrefix(r.lastLine(), code+" ") {
			t.Errorf("%s: status %d, %q; want %s", place, r.status, r.lastLine(), code)
		}
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the sheet was changed: %v", err)
	}
	if r := guildhall(t, "check", file, "--data", data); !strings.Contains(r.out, "109 new") {
		t.Errorf("something was stored:\n%s", r.out)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".guildhall-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	r := guildhall(t, "--help")
	if r.status != 0 || r.err != "" {
		t.Fatalf("status %d: %s", r.status, r.err)
	}
	for _, name := range []string{"demo", "template", "check", "import", "undo", "export", "show", "application", "quota", "extend", "fund", "serve", "read"} {
		if !strings.Contains(r.out, "guildhall "+name+" ") {
			t.Errorf("no %s in\n%s", name, r.out)
		}
	}
}

func TestACommandWithoutItsFileSaysWhatIsMissing(t *testing.T) {
	for _, args := range [][]string{nil, {"chek"}, {"check"}, {"check", "a", "b"}, {"template"}, {"export", "donors", "-o", "x.xlsx"}, {"export", "budget"}, {"read", "x", "--format", "xml"}} {
		if r := guildhall(t, args...); r.status != 2 || !strings.HasPrefix(r.lastLine(), "USAGE ") {
			t.Errorf("%q: status %d, %q", args, r.status, r.lastLine())
		}
	}
	if r := guildhall(t, "read", filepath.Join(t.TempDir(), "missing.xlsx")); r.status != 2 || !strings.HasPrefix(r.lastLine(), "FILE_UNREADABLE ") {
		t.Errorf("status %d, %q", r.status, r.lastLine())
	}
}

// compound is the smallest file of the old compound format whose directory names the given streams.
func compound(streams ...string) []byte {
	file := make([]byte, 512*4)
	copy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	copy(file[24:], "\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00") // version 3, little endian, sectors of 512 bytes, short ones of 64
	file[44] = 1                                                // one sector of the allocation table
	file[48] = 1                                                // the directory begins in sector 1
	copy(file[56:], "\x00\x10\x00\x00\xfe\xff\xff\xff\x00\x00\x00\x00\xfe\xff\xff\xff\x00\x00\x00\x00")
	for i := 76; i < 512; i++ {
		file[i] = 0xff
	}
	copy(file[76:], "\x00\x00\x00\x00") // the allocation table is sector 0
	for i := 512; i < 1024; i++ {
		file[i] = 0xff
	}
	copy(file[512:], "\xfd\xff\xff\xff\xfe\xff\xff\xff\xfe\xff\xff\xff")
	for i, name := range append([]string{"Root Entry"}, streams...) {
		entry := file[1024+128*i:]
		for j, r := range name {
			entry[2*j] = byte(r)
		}
		entry[64] = byte(2*len(name) + 2)
		entry[66] = 2
		if i == 0 {
			entry[66] = 5
		}
	}
	return file
}
