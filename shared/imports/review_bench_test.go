package imports

import (
	"fmt"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
)

// BenchmarkReview is what keeping a review adds to the check of 10,000 rows: without and with it, and of a sheet in which nothing is wrong,
// one row in ten is, or each is.
func BenchmarkReview(b *testing.B) {
	for _, wrong := range []int{0, 10, 1} {
		rows := make([]string, 10_000)
		for i := range rows {
			rows[i] = fmt.Sprintf("s%d,Stone of the %dth day,%d,Quarry %d,", i, i, i%90, i)
			if wrong > 0 && i%wrong == 0 {
				rows[i] = fmt.Sprintf("s%d,,x%d,Quarry %d,", i, i, i)
			}
		}
		for _, review := range []bool{false, true} {
			b.Run(fmt.Sprintf("wrong=%d/review=%t", wrong, review), func(b *testing.B) {
				s := newWorld(stones()).service(b, nil)
				for b.Loop() {
					report := &intake.Report{Import: "i", Check: "c"}
					if _, err := s.check(b.Context(), csv(rows...), Options{Kind: stoneKind, review: review}, report); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkReviewPage reads the first page and one behind the middle of a review with 10,000 rows.
func BenchmarkReviewPage(b *testing.B) {
	rows := make([]string, 10_000)
	for i := range rows {
		rows[i] = fmt.Sprintf("s%d,,x%d,Quarry %d,", i, i, i)
	}
	s := newWorld(stones()).service(b, nil)
	imp := ask(b, s, csvText(rows...))
	if _, err := s.CheckIncoming(b.Context(), imp.ID); err != nil {
		b.Fatal(err)
	}
	for name, filter := range map[string]intake.ReviewFilter{"all": {}, "cause": {Cause: "CELL_REQUIRED:name:error"}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				review := reviewOf(b, s, imp.ID)
				page, _, err := s.intake.ReviewRows(b.Context(), review, filter, "5000", 50)
				if err != nil || len(page) != 50 {
					b.Fatal(len(page), err)
				}
			}
		})
	}
}
