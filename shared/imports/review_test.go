package imports

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

func reviewOf(t testing.TB, s *Service, id string) *intake.Review {
	t.Helper()
	review, err := s.intake.ReviewOf(t.Context(), find(t, s, id))
	if err != nil {
		t.Fatal(err)
	}
	return review
}

// reviewRows reads all rows of a review that a filter chooses, page by page.
func reviewRows(t testing.TB, s *Service, r *intake.Review, filter intake.ReviewFilter, limit int) []intake.ReviewRow {
	t.Helper()
	var all []intake.ReviewRow
	for after := table.Cursor(""); ; {
		rows, next, err := s.intake.ReviewRows(t.Context(), r, filter, after, limit)
		if err != nil || len(rows) > limit {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		if all = append(all, rows...); next == "" {
			return all
		}
		after = next
	}
}

// wantedMarks are the problems of a report's rows as a review is to have them, each at each of its rows, where a row has any that somebody has
// to look at.
func wantedMarks(report *intake.Report, keep func(*problem.Problem) bool) []string {
	marks := map[int][]string{}
	shown := map[int]bool{}
	for i := range report.Problems {
		p := &report.Problems[i]
		if p.Row <= report.HeaderRow || p.Sheet != report.Sheet {
			continue
		}
		for _, row := range append([]int{p.Row}, p.Also...) {
			marks[row] = append(marks[row], markOf(row, p))
			shown[row] = shown[row] || keep(p)
		}
	}
	var all []string
	for row, list := range marks {
		if shown[row] {
			all = append(all, list...)
		}
	}
	slices.Sort(all)
	return all
}

func markOf(row int, p *problem.Problem) string {
	return fmt.Sprintf("%06d %02d %s %s %s", row, p.Col, p.Severity, p.Code, p.Field)
}

func marksOfRows(rows []intake.ReviewRow) []string {
	var all []string
	for i := range rows {
		for k := range rows[i].Problems {
			all = append(all, markOf(rows[i].Problems[k].Row, &rows[i].Problems[k]))
		}
	}
	slices.Sort(all)
	return all
}

func needsAttention(p *problem.Problem) bool {
	return p.Severity != problem.Info || p.Code == "CELL_EDITED"
}

// anyStones are lines of a sheet of which some have problems.
func anyStones(random *rand.Rand, n int) []string {
	lines := []string{",,3,,,,", "s%[1]d,Anna,x,,,,", "s%[1]d,odd,,,,,", "s%[1]d,like Bert,,,,,", "s%[1]d,late,,,,,", "s%[1]d,Anna,3,,,03/04/2025,",
		"s%[1]d,Anna,3,,,,huge", "s1,Again,3,,,,", ",,,,,,", "s%[1]d,Otto,4,East,,,small", "s%[1]d,Otto,4,,,,", "s%[1]d,Otto,5,,,,"}
	rows := make([]string, n)
	for i := range rows {
		rows[i] = strings.ReplaceAll(lines[random.IntN(len(lines))], "%[1]d", fmt.Sprint(i))
	}
	return rows
}

func fullText(rows []string) string {
	return "Code,Name,Weight,Quarry,Version,Found on,Size\n" + strings.Join(rows, "\n") + "\n"
}

func TestTheRowsOfAReviewHaveTheProblemsOfTheReport(t *testing.T) {
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 9))
		s := newWorld(stones()).service(t, nil)
		n := 1 + random.IntN(700)
		rows := anyStones(random, n)
		var changes []intake.EditChange
		for range random.IntN(40) {
			changes = append(changes, edit(1+random.IntN(n+3), 1+random.IntN(8), fmt.Sprint("e", random.IntN(9))))
		}
		imp := ask(t, s, fullText(rows))
		if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
			t.Fatal(err)
		}
		report := recheck(t, s, imp.ID, changes...)
		review := reviewOf(t, s, imp.ID)
		got := reviewRows(t, s, review, intake.ReviewFilter{}, 1+random.IntN(150))
		wantList(t, fmt.Sprint("seed ", seed), marksOfRows(got), wantedMarks(report, needsAttention)...)
		if review.Listed != len(got) || review.Rows != report.Rows || review.Plan != report.Plan {
			t.Errorf("seed %d: %d rows, %+v", seed, len(got), review)
		}
		wantOutcomes(t, s, report, got)
		problems := 0
		for _, cause := range review.Causes {
			problems += cause.Problems
			filtered := reviewRows(t, s, review, intake.ReviewFilter{Cause: cause.Key}, 50)
			want := slices.DeleteFunc(slices.Clone(got), func(row intake.ReviewRow) bool {
				return !slices.ContainsFunc(row.Problems, func(p problem.Problem) bool {
					return p.Code == cause.First.Code && p.Field == cause.First.Field && p.Severity == cause.First.Severity
				})
			})
			if !reflect.DeepEqual(rowNumbers(filtered), rowNumbers(want)) {
				t.Errorf("seed %d, %s: rows %v, want %v", seed, cause.Key, rowNumbers(filtered), rowNumbers(want))
			}
		}
		if problems != len(report.Problems) {
			t.Errorf("seed %d: the causes have %d problems, the report %d", seed, problems, len(report.Problems))
		}
	}
}

// wantOutcomes fails the test unless the rows of a review have the outcomes of the plan.
func wantOutcomes(t *testing.T, s *Service, report *intake.Report, rows []intake.ReviewRow) {
	t.Helper()
	planned := map[int]PlanRow{}
	if err := s.Plan(t.Context(), report.Import, func(row PlanRow) error { planned[row.Row] = row; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if want := planned[row.Row]; row.Outcome != want.Outcome || row.Label != want.Label {
			t.Errorf("row %d: %s %q, want %s %q", row.Row, row.Outcome, row.Label, want.Outcome, want.Label)
		}
	}
}

func rowNumbers(rows []intake.ReviewRow) []int {
	numbers := make([]int, len(rows))
	for i := range rows {
		numbers[i] = rows[i].Row
	}
	return numbers
}

func TestAReviewShowsCellsAsTheyStandAndWhatWasSent(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	long := strings.Repeat("é", intake.MaxEdit+1)
	imp := ask(t, s, fullText([]string{"a1,,3,,,,", "b2," + long + ",x,,,,", "c3,Carl,,,,,"}))
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	recheck(t, s, imp.ID, edit(2, 2, "Anna"), edit(2, 3, ""), edit(9, 1, "z"))
	review := reviewOf(t, s, imp.ID)
	if c := review.Columns[5]; len(review.Columns) != 7 || c.Letter != "F" || c.Field != "found" || c.Title != "Found on" || c.Label.FR != "Trouvée le" {
		t.Errorf("%+v", review.Columns)
	}
	three := "3"
	none := ""
	rows := reviewRows(t, s, review, intake.ReviewFilter{}, 50)
	if len(rows) != 3 {
		t.Fatalf("%+v", rows)
	}
	if want := []intake.ReviewCell{{Text: "a1"}, {Text: "Anna", Before: &none}, {Before: &three}, {}, {}, {}, {}}; !reflect.DeepEqual(rows[0].Cells, want) {
		t.Errorf("%+v", rows[0].Cells)
	}
	if cell := rows[1].Cells[1]; !cell.Cut || len([]rune(cell.Text)) != intake.MaxEdit || cell.Before != nil {
		t.Errorf("a long text: %d characters, %t", len([]rune(cell.Text)), cell.Cut)
	}
	if rows[2].Row != 9 || rows[2].Cells != nil || rows[2].Outcome != "" || rows[2].Problems[0].Code != "EDIT_MISPLACED" {
		t.Errorf("a row that the sheet does not have: %+v", rows[2])
	}
	want := []intake.Edited{{Row: 2, Col: 2, Field: "name", After: "Anna"}, {Row: 2, Col: 3, Field: "weight", Before: "3"}}
	if !slices.Equal(review.Edits, want) || review.Edited != 3 {
		t.Errorf("%+v of %d", review.Edits, review.Edited)
	}
}

func TestACauseSaysWhatItTakesToAnswerIt(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	imp := ask(t, s, fullText([]string{"a1,Anna,,,,03/04/2025,", "b2,like Bert,,,,,", "c3,like Bert,,,,13/04/2025,", "d4,,,,,05/06/2025,"}))
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	causes := map[string]intake.Cause{}
	for _, cause := range reviewOf(t, s, imp.ID).Causes {
		causes[cause.Key] = cause
	}
	dates := causes["DATE_AMBIGUOUS:found:question"]
	want := []intake.Asked{{Question: "found", Value: "03/04/2025", Suggestion: "dmy", Answers: []string{"dmy", "mdy"}, Rows: 2}}
	if dates.Rows != 2 || dates.Problems != 1 || !reflect.DeepEqual(dates.Questions, want) {
		t.Errorf("%+v", dates)
	}
	near := causes["CITY_NEAR_DUPLICATE:name:question"]
	want = []intake.Asked{{Question: "name:Bert", Value: "like Bert", Rows: 2}}
	if near.Rows != 2 || !reflect.DeepEqual(near.Questions, want) {
		t.Errorf("%+v", near)
	}
	if blank := causes["CELL_REQUIRED:name:error"]; blank.Rows != 1 || blank.Questions != nil || blank.First.Row != 5 {
		t.Errorf("%+v", blank)
	}
}

func TestARefusedFileHasAReviewOfItsRefusal(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	imp := ask(t, s, "%PDF-1.7\n")
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	review := reviewOf(t, s, imp.ID)
	if !review.Refused() || len(review.Problems) != 1 || review.Problems[0].Code != "FILE_TYPE_UNSUPPORTED" || review.Listed != 0 {
		t.Errorf("%+v", review)
	}
}

func TestChangesOfStoredRecordsAreShownBeforeAndAfter(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	commitAll(t, s, firstCheck(t, s, "a1,Anna,3,,", "b2,Bert,5,,", "c3,Carl,1,,"))
	report := firstCheck(t, s, "a1,Anna,4,,", "b2,Bert,5,,", "d4,Dora,1,,")
	again := recheck(t, s, report.Import, edit(3, 2, "Berta"), edit(3, 3, ""))
	review := reviewOf(t, s, again.Import)
	var got []intake.ReviewChange
	for after := table.Cursor(""); ; {
		changes, next, err := s.intake.ReviewChanges(t.Context(), review, after, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, changes...); next == "" {
			break
		}
		after = next
	}
	want := []intake.ReviewChange{
		{Row: 2, Label: "Anna", Fields: []intake.ChangedField{{Record: stoneType, Name: "weight", Before: "3", After: "4"}}},
		{Row: 3, Label: "Berta", Fields: []intake.ChangedField{
			{Record: stoneType, Name: "name", Before: "Bert", After: "Berta"}, {Record: stoneType, Name: "weight", Before: "5"},
		}},
	}
	if !reflect.DeepEqual(got, want) || review.Changed != 2 {
		t.Errorf("%+v of %d", got, review.Changed)
	}
}

func TestValuesOfRecordsAreShownAsTexts(t *testing.T) {
	type object = map[string]any
	for _, c := range []struct {
		before, after any
		want          []intake.ChangedField
	}{
		{nil, "Brest", []intake.ChangedField{{Record: "r", Name: "f", After: "Brest"}}},
		{int64(3), int64(-4), []intake.ChangedField{{Record: "r", Name: "f", Before: "3", After: "-4"}}},
		{true, false, []intake.ChangedField{{Record: "r", Name: "f", Before: "true", After: "false"}}},
		{[]any{"a", "b"}, []any{"b"}, []intake.ChangedField{{Record: "r", Name: "f", Before: "a; b", After: "b"}}},
		{object{"minor": int64(12345), "currency": "USD"}, object{"minor": int64(500), "currency": "JPY"},
			[]intake.ChangedField{{Record: "r", Name: "f", Before: "123.45 USD", After: "500 JPY"}}},
		{object{"name": "A", "role": "x", "at": object{"y": int64(1)}}, object{"name": "B", "role": "x", "at": object{"y": int64(2)}},
			[]intake.ChangedField{{Record: "r", Name: "f.at.y", Before: "1", After: "2"}, {Record: "r", Name: "f.name", Before: "A", After: "B"}}},
	} {
		if got := changedValues("r", "f", c.before, c.after); !slices.Equal(got, c.want) {
			t.Errorf("%v to %v: %+v", c.before, c.after, got)
		}
	}
}

func TestARowThatAnEditMakesBlankIsShownWithWhatWasSent(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	id := firstCheck(t, s, "a1,Anna,3,,", "b2,,,,", "c3,Carl,1,,").Import
	report := recheck(t, s, id, edit(3, 1, ""))
	wantList(t, "rows", outcomes(t, s, report), "2:create", "4:create")
	rows := reviewRows(t, s, reviewOf(t, s, id), intake.ReviewFilter{}, 50)
	if len(rows) != 1 || rows[0].Row != 3 || rows[0].Outcome != "" || *rows[0].Cells[0].Before != "b2" || rows[0].Cells[0].Text != "" {
		t.Errorf("%+v", rows)
	}
}
