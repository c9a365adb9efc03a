package intake

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

var update = flag.Bool("update", false, "write the golden files anew")

// wantGolden compares what was written of a report with a file of testdata. The words of messages are the catalogue's affair:
// each is replaced by its code.
func wantGolden(t *testing.T, name string, got []byte, report *Report, lang locale.Lang) {
	t.Helper()
	path := filepath.Join("testdata", name)
	for i := range report.Problems {
		p := &report.Problems[i]
		quoted, err := compact(p.Message(lang))
		if err != nil {
			t.Fatal(err)
		}
		words := []byte("<" + p.Code + ">")
		got = bytes.ReplaceAll(got, quoted[1:len(quoted)-1], words)
		got = bytes.ReplaceAll(got, []byte(p.Message(lang)), words)
	}
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n got %s\nwant %s", name, got, want)
	}
}

// sample is a report with a problem of every kind of place and value.
func sample() *Report {
	r := &Report{
		Import: "01", File: File{Name: "pierres <1>.xlsx", SHA256: "ab12", Format: "xlsx", Bytes: 4096},
		Kind: "stones", Sheet: "Pierres", HeaderRow: 3, Lang: locale.FR, Plan: "cd34",
		Rows: Counts{Read: 1240, Create: 1200, Update: 3, Unchanged: 30, Skip: 2, Fail: 5},
	}
	r.Problems = []problem.Problem{
		*problem.New("CELL_REQUIRED").At("Pierres", 9, 2).In("name").With("column", "name"),
		*problem.New("NUMBER_INVALID").At("Pierres", 7, 3).In("weight").Valued(map[string]any{"error": "NUMBER_INVALID", "raw": "NaN"}),
		*problem.New("ENUM_UNKNOWN").At("Pierres", 7, 2).In("name").Valued("Ana").Suggest("Anna").Under("R-APP-3").
			With("column", "name").With("choices", "Anna, Ben"),
		*problem.New("DATE_AMBIGUOUS").At("Pierres", 0, 0).In("found").WithInt("count", 4).With("first", "3/4").With("second", "4/3"),
		*problem.New("ROW_EXISTS_UNCHANGED").At("Pierres", 5, 0),
		*problem.New("SHEET_EXTRA_IGNORED").At("Notes", 0, 0).With("sheet", "Notes"),
		*problem.New("FILE_EXTERNAL_LINKS"),
		*problem.New("NUMBER_AS_TEXT").At("Pierres", 6, 3).In("weight").Valued(12.5).With("number", "12.5"),
	}
	for row := 20; row < 32; row++ {
		r.Problems = append(r.Problems, *problem.New("ROW_EXISTS_UNCHANGED").At("Pierres", row, 0))
	}
	r.Sort([]string{"Notes", "Pierres"})
	return r
}

func TestTheReportAsJSONHasEveryKeyAndTheOrderOfTheContract(t *testing.T) {
	var out bytes.Buffer
	if err := sample().WriteJSON(&out, locale.EN); err != nil {
		t.Fatal(err)
	}
	wantGolden(t, "report.json", out.Bytes(), sample(), locale.EN)
}

func TestTheReportForPeopleGroupsProblemsInEachLanguage(t *testing.T) {
	for _, lang := range locale.Langs {
		var out bytes.Buffer
		if err := sample().WriteText(&out, lang); err != nil {
			t.Fatal(err)
		}
		wantGolden(t, "report."+string(lang)+".txt", out.Bytes(), sample(), lang)
	}
}
