package imports

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

// csv is an upload of stones under an English header.
func csv(lines ...string) Upload {
	text := "Code,Name,Weight,Quarry,Version\n" + strings.Join(lines, "\n") + "\n"
	return Upload{Name: "stones.csv", Source: strings.NewReader(text), Size: int64(len(text))}
}

func check(t testing.TB, s *Service, up Upload) *intake.Report {
	t.Helper()
	report, err := s.Check(t.Context(), up, Options{Kind: stoneKind})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func commitAll(t testing.TB, s *Service, report *intake.Report) {
	t.Helper()
	if _, err := s.Commit(t.Context(), Order{Import: report.Import, Plan: report.Plan, Mode: intake.Valid}); err != nil {
		t.Fatal(err)
	}
}

// codes lists the problems as CODE@row, with the cell instead of the row where there is one.
func codes(r *intake.Report) []string {
	var all []string
	for i := range r.Problems {
		p := &r.Problems[i]
		where := fmt.Sprint(p.Row)
		if p.Row != 0 && p.Col != 0 {
			where = sheet.CellName(p.Col, p.Row)
		}
		all = append(all, fmt.Sprintf("%s %s@%s", p.Severity, p.Code, where))
	}
	return all
}

// outcomes lists the plan's rows as row:outcome.
func outcomes(t testing.TB, s *Service, r *intake.Report) []string {
	t.Helper()
	var all []string
	err := s.Plan(t.Context(), r.Import, func(row PlanRow) error {
		all = append(all, fmt.Sprintf("%d:%s", row.Row, row.Outcome))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantList(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestACheckPlansNewRowsAndChangesNoRecord(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	r := check(t, s, csv("a1,Anna,3,,", "b2,Ben,,,"))
	if want := (intake.Counts{Read: 2, Create: 2}); r.Rows != want {
		t.Errorf("counts %+v, want %+v", r.Rows, want)
	}
	wantList(t, "problems", codes(r))
	wantList(t, "plan", outcomes(t, s, r), "2:create", "3:create")
	if n := len(w.stones(t)); n != 0 {
		t.Errorf("the check stored %d records", n)
	}
}

func TestTheSameRowsAgainAreUnchangedInTheSameFileOrAnother(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	up := csv("a1,Anna,3,North,", "b2,Ben,,North,")
	commitAll(t, s, check(t, s, up))
	again := check(t, s, up)
	if want := (intake.Counts{Read: 2, Unchanged: 2}); again.Rows != want {
		t.Errorf("counts %+v, want %+v", again.Rows, want)
	}
	wantList(t, "problems", codes(again),
		"info FILE_DUPLICATE@0", "info ROW_EXISTS_UNCHANGED@2", "info ROW_EXISTS_UNCHANGED@3")
	other := check(t, s, csv("b2,Ben,,North,", "a1,Anna,3,North,"))
	if want := (intake.Counts{Read: 2, Unchanged: 2}); other.Rows != want {
		t.Errorf("another file: counts %+v, want %+v", other.Rows, want)
	}
	commitAll(t, s, again)
	if v := w.stones(t)["a1"].Version; v != 1 {
		t.Errorf("the record was written again: version %d", v)
	}
}

func TestAChangedRowIsAnUpdateWithBeforeAfterAndFields(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	commitAll(t, s, check(t, s, csv("a1,Anna,3,,")))
	r := check(t, s, csv("a1,Anne,3,,"))
	var writes []PlanWrite
	if err := s.Plan(t.Context(), r.Import, func(row PlanRow) error {
		writes = append(writes, row.Writes...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []PlanWrite{{
		Op: intake.Update, Type: stoneType, ID: "a1", Base: 1, Fields: []string{"name"},
		Before: table.Attributes{"code": "a1", "name": "Anna", "weight": int64(3)},
		After:  table.Attributes{"code": "a1", "name": "Anne", "weight": int64(3)},
		From:   sourceOf(w.stones(t)["a1"].Provenance),
	}}
	if !reflect.DeepEqual(writes, want) {
		t.Errorf("got %#v\nwant %#v", writes, want)
	}
	commitAll(t, s, r)
	if got := w.stones(t)["a1"]; got.Version != 2 || got.Body["name"] != "Anne" {
		t.Errorf("stored %+v", got)
	}
}

func TestRowsOfOneFileAreComparedWithEachOther(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	r := check(t, s, csv("a1,Anna,3,,", "a1,Anna,3,,", "a1,Anna,4,,", "b2,Ben,,,", "b2,odd,,,"))
	wantList(t, "plan", outcomes(t, s, r), "2:create", "3:skip", "4:fail", "5:create", "6:fail")
	wantList(t, "problems", codes(r),
		"info ROW_DUPLICATE_IN_FILE@3", "error ROW_DUPLICATE_IN_FILE@4",
		"error ROW_DUPLICATE_IN_FILE@6", "error CELL_REQUIRED@C6")
	if got := r.Problems[1].Params["other"].EN; got != "2" {
		t.Errorf("the other row is %s, want 2", got)
	}
}

func TestAProblemOfARuleStandsAtItsCellWithItsValue(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	r := check(t, s, csv("a1,late,3,,", "b2,Ben,7,Q,", "c3,Cid,,Q,", "d4,Dan,,Q,"))
	wantList(t, "problems", codes(r), "question REF_AMBIGUOUS@B2", "error NATCOM_QUOTA_EXCEEDED@D5")
	if r.Problems[0].Value != "late" || r.Problems[1].Value != "Q" {
		t.Errorf("values %v and %v", r.Problems[0].Value, r.Problems[1].Value)
	}
	wantList(t, "plan", outcomes(t, s, r), "2:fail", "3:create", "4:create", "5:fail")
}

func TestARecordChangedSinceTheSheetWasExportedIsAConflict(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	commitAll(t, s, check(t, s, csv("a1,Anna,3,,")))
	commitAll(t, s, check(t, s, csv("a1,Anne,3,,")))
	r := check(t, s, csv("a1,Ann,3,,1"))
	wantList(t, "problems", codes(r), "error ROW_UPDATE_CONFLICT@2")
	if p := r.Problems[0]; p.Params["exported"].EN != "1" || p.Params["stored"].EN != "2" {
		t.Errorf("params %v", p.Params)
	}
	wantList(t, "the latest version", codes(check(t, s, csv("a1,Ann,3,,2"))))
	wantList(t, "what is stored already", codes(check(t, s, csv("a1,Anne,3,,1"))), "info ROW_EXISTS_UNCHANGED@2")
	wantList(t, "a record that is gone", codes(check(t, s, csv("z9,Zoe,3,,1"))), "error ROW_UPDATE_CONFLICT@2")
}

// Two rows need the quarry North; the first of them fails in the end, so the second has to bring it.
func TestWhatAFailingRowWouldHaveWrittenIsWrittenByTheNextRowThatNeedsIt(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	commitAll(t, s, check(t, s, csv("a1,Anna,3,,")))
	r := check(t, s, csv("c3,late,,North,", "a1,Ann,3,West,7", "b2,Ben,,North,", "d4,Dan,,West,"))
	wantList(t, "plan", outcomes(t, s, r), "2:fail", "3:fail", "4:create", "5:create")
	commitAll(t, s, r)
	for quarry, finder := range map[string]string{"North": "b2", "West": "d4"} {
		record, err := w.records().Get(t.Context(), records.Ref{Type: quarryType, ID: quarry})
		if err != nil || record.Body["found"] != finder {
			t.Errorf("%s: %+v, %v; want found by %s", quarry, record.Body, err, finder)
		}
	}
}

func TestTheSameInputAgainstTheSameStateGivesTheSamePlan(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	commitAll(t, s, check(t, s, csv("a1,Anna,3,,")))
	up := csv("a1,Anne,3,North,", "b2,Ben,,North,", "c3,late,,,", "c3,odd,,,")
	first := check(t, s, up)
	later := w.service(t, nil, func(c *Config) { c.Batch = 1 })
	if again := check(t, later, up); again.Plan != first.Plan {
		t.Errorf("plans %s and %s", first.Plan, again.Plan)
	}
	for name, other := range map[string]*intake.Report{
		"another file":  check(t, s, csv("a1,Anne,3,North,", "b2,Ben,,North,", "c3,late,,,", "c3,odd,1,,")),
		"another state": changedState(t, w.copied(), up),
	} {
		if other.Plan == first.Plan {
			t.Errorf("%s gives the same plan", name)
		}
	}
}

func changedState(t *testing.T, w *world, up Upload) *intake.Report {
	t.Helper()
	s := w.service(t, nil)
	commitAll(t, s, check(t, s, csv("b2,Benno,,,")))
	return check(t, s, up)
}

func TestTheCountsAddUpWhateverTheRows(t *testing.T) {
	seeded := rand.New(rand.NewPCG(3, 7))
	w := newWorld(stones())
	s := w.service(t, nil, func(c *Config) { c.Batch = 5 })
	names := []string{"Anna", "Ben", "odd", "late", "", "Total"}
	quarries := []string{"", "", "North", "West"}
	for round := range 60 {
		var lines []string
		for range seeded.IntN(25) {
			line := fmt.Sprintf("s%d,%s,%d,%s,", seeded.IntN(12), names[seeded.IntN(len(names))], seeded.IntN(2),
				quarries[seeded.IntN(len(quarries))])
			if seeded.IntN(8) == 0 {
				line = ",,,,"
			}
			lines = append(lines, line)
		}
		r := check(t, s, csv(lines...))
		c := r.Rows
		if c.Read != c.Create+c.Update+c.Unchanged+c.Skip+c.Fail {
			t.Fatalf("round %d: %+v does not add up for %q", round, c, lines)
		}
		blocked := map[int]bool{}
		for _, p := range r.Problems {
			if p.Severity.Blocks() {
				blocked[p.Row] = true
			}
		}
		if len(blocked) != c.Fail {
			t.Fatalf("round %d: %d rows fail, %d have an error or question: %q", round, c.Fail, len(blocked), lines)
		}
		commitAll(t, s, r)
		if again := check(t, s, csv(lines...)).Rows; again.Create+again.Update > 0 {
			t.Fatalf("round %d: %+v is left to do after %+v of %q", round, again, c, lines)
		}
	}
}

func TestARefusedFileHasAReportAndLeavesNothing(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	for name, c := range map[string]struct {
		up   Upload
		opts Options
		code problem.Code
	}{
		"empty":          {Upload{Name: "a.xlsx", Source: strings.NewReader("")}, Options{}, "FILE_EMPTY"},
		"another format": {Upload{Name: "a.xlsx", Source: strings.NewReader("%PDF-1.7"), Size: 8}, Options{}, "FILE_TYPE_UNSUPPORTED"},
		"no such kind":   {csv("a1,Anna,3,,"), Options{Kind: "stone"}, "KIND_UNKNOWN"},
		"no such call":   {csv("a1,Anna,3,,"), Options{Call: "1999"}, "CALL_UNKNOWN"},
		"no such term":   {csv("a1,Anna,3,,"), Options{Term: "1999"}, "TERM_UNKNOWN"},
		"no such column": {csv("a1,Anna,3,,"), Options{Answers: map[string]string{"wight": "kg"}}, "ANSWER_INVALID"},
		"an answer":      {csv("a1,Anna,3,,"), Options{Answers: map[string]string{"size:\xff": "small"}}, "ANSWER_INVALID"},
		"no such sheet":  {csv("a1,Anna,3,,"), Options{Sheet: "Nowhere"}, "SHEET_MISSING"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := s.Check(t.Context(), c.up, c.opts)
			wantCode(t, err, c.code)
			var out bytes.Buffer
			if err := r.WriteJSON(&out, locale.EN); err != nil {
				t.Fatal(err)
			}
			var object map[string]any
			if err := json.Unmarshal(out.Bytes(), &object); err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"kind", "sheet", "headerRow", "language", "plan"} {
				if value, there := object[key]; !there || value != nil {
					t.Errorf("%s is %v, want null", key, value)
				}
			}
			format := map[string]string{"empty": "unknown", "another format": "pdf"}[name]
			if format == "" {
				format = "csv"
			}
			if file := object["file"].(map[string]any); file["format"] != format {
				t.Errorf("file %v, want the format %s", file, format)
			}
			if problems := object["problems"].([]any); len(problems) != 1 {
				t.Errorf("problems %v", problems)
			}
			if len(w.blobs.blobs) != 0 {
				t.Errorf("blobs were left: %d", len(w.blobs.blobs))
			}
		})
	}
}

func TestAFileMayHaveAnyName(t *testing.T) {
	for _, name := range []string{"caf\xe9.csv", "", "\u202e.csv", strings.Repeat("long ", 200) + ".csv"} {
		s := newWorld(stones()).service(t, nil)
		up := csv("a1,Anna,3,,")
		up.Name = name
		commitAll(t, s, check(t, s, up))
	}
}

func TestTheReportIsStoredAsItWasGiven(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	r := check(t, s, csv("a1,late,x,,", "b2,odd,7,Q,", "b2,odd,7,Q,"))
	stored, err := s.intake.Report(t.Context(), r.Import)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Langs {
		var given, kept bytes.Buffer
		if err := r.WriteJSON(&given, lang); err != nil {
			t.Fatal(err)
		}
		if err := stored.WriteJSON(&kept, lang); err != nil {
			t.Fatal(err)
		}
		if given.String() != kept.String() {
			t.Errorf("given %s\nkept %s", &given, &kept)
		}
	}
}

func TestAMissingColumnFailsEveryRow(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	text := "Code,Weight\na1,3\nb2,4\n"
	r := check(t, s, Upload{Name: "stones.csv", Source: strings.NewReader(text), Size: int64(len(text))})
	if want := (intake.Counts{Read: 2, Fail: 2}); r.Rows != want {
		t.Errorf("counts %+v, want %+v", r.Rows, want)
	}
	if r.Problems[0].Code != "HEADER_MISSING" {
		t.Errorf("problems %q", codes(r))
	}
	_, err := s.Commit(t.Context(), Order{Import: r.Import, Plan: r.Plan})
	wantCode(t, err, "ROWS_REFUSED")
}

func TestTotalRowsAreSkippedAndBlankOnesAreNoRows(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	r := check(t, s, csv("a1,Anna,3,,", ",,,,", "b2,Ben,4,,", "Total,,7,,"))
	if want := (intake.Counts{Read: 3, Create: 2, Skip: 1}); r.Rows != want {
		t.Errorf("counts %+v, want %+v: %q", r.Rows, want, codes(r))
	}
	wantList(t, "problems", codes(r), "info ROW_BLANK_SKIPPED@3", "info ROW_TOTAL_DETECTED@A5")
}

func TestTheKindIsFoundByTheColumnsThatFit(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	text := "Code pierre;Nom;Poids\na1;Anna;3\n"
	r, err := s.Check(t.Context(), Upload{Name: "pierres.csv", Source: strings.NewReader(text), Size: int64(len(text))}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Kind != stoneKind || r.Lang != locale.FR || r.HeaderRow != 1 || r.Rows.Create != 1 {
		t.Errorf("%+v", r)
	}
}

func TestACheckTellsHowFarItIs(t *testing.T) {
	s := newWorld(stones()).service(t, nil, func(c *Config) { c.Batch = 2 })
	var told []int
	_, err := s.Check(t.Context(), csv("a1,Anna,,,", "b2,Ben,,,", "c3,Cid,,,"), Options{Kind: stoneKind, Progress: func(stage Stage, rows int) {
		if stage == Checking {
			told = append(told, rows)
		}
	}})
	if err != nil || !slices.Equal(told, []int{2, 3}) {
		t.Errorf("told %v, %v", told, err)
	}
}

func TestACheckThatIsCancelledLeavesNoImport(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil, func(c *Config) { c.Batch = 1 })
	ctx, cancel := context.WithCancel(t.Context())
	stop := func(Stage, int) { cancel() }
	r, err := s.Check(ctx, csv("a1,Anna,,,", "b2,Ben,,,", "c3,Cid,,,"), Options{Kind: stoneKind, Progress: stop})
	if !errors.Is(err, context.Canceled) || r != nil || len(w.blobs.blobs) != 0 {
		t.Errorf("%+v, %v, %d blobs", r, err, len(w.blobs.blobs))
	}
}
