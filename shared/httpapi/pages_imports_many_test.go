package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// aThousandProblems has an import of 20 columns whose check found a problem in each of a thousand rows.
func aThousandProblems(w *world) string {
	id := w.reviewed()
	report := &intake.Report{
		Import: id, Check: "c1", Kind: "members", Plan: "plan", Rows: intake.Counts{Read: 1000, Fail: 1000}, Lang: locale.EN,
		Sheet: "gifts", HeaderRow: 1, File: intake.File{Name: "gifts.csv"},
	}
	codes := []problem.Code{"DATE_INVALID", "CURRENCY_MISSING", "NUMBER_INVALID", "CELL_REQUIRED"}
	for i := range 1000 {
		p := problem.New(codes[i%len(codes)]).At("gifts", i+2, i%20+1).In(fmt.Sprintf("field%d", i%20)).Valued("2020-13-02").Suggest("2020-12-02")
		report.Problems = append(report.Problems, *p)
	}
	var columns []intake.ReviewColumn
	for i := range 20 {
		columns = append(columns, intake.ReviewColumn{Col: i + 1, Letter: string(rune('A' + i)), Field: fmt.Sprintf("field%d", i), Title: "Title"})
	}
	review := w.intake.NewReview(w.t.Context(), report, columns, 0)
	for i := range report.Problems {
		cells := make([]intake.ReviewCell, len(columns))
		for k := range cells {
			cells[k].Text = "what stands in a cell"
		}
		w.must(review.Row(&intake.ReviewRow{
			Row: i + 2, Outcome: intake.Fail, Label: "Learning Trust", Cells: cells, Problems: report.Problems[i : i+1],
		}))
	}
	w.must(review.Commit())
	return id
}

func TestAPageOfAThousandProblemsShowsThemInParts(t *testing.T) {
	w := newWorld(t)
	path := "/imports/" + aThousandProblems(w)
	first := w.html(path)
	if n := strings.Count(first.text, `<th scope="row"><a href="`+path+`/rows/`); first.status != http.StatusOK || n != 50 || !strings.Contains(first.text, `rel="next"`) {
		t.Errorf("%d with %d rows", first.status, n)
	}
	wellFormed(t, first.text, locale.EN)
}

func BenchmarkAPageOfAThousandProblems(b *testing.B) {
	w := newWorld(b)
	path := "/imports/" + aThousandProblems(w)
	for b.Loop() {
		if first := w.html(path); first.status != http.StatusOK {
			b.Fatal(first.text)
		}
	}
}
