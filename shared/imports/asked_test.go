package imports

import (
	"bytes"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
)

// Whatever the batches, the rows of one question stand in it, and each of them fails.
func TestRowsThatRaiseOneQuestionAskItOnce(t *testing.T) {
	for _, batch := range []int{1, 2, 100} {
		s := newWorld(stones()).service(t, nil, func(c *Config) { c.Batch = batch })
		r := check(t, s, csv("a1,like Anna,3,,", "b2,Ben,,,", "c3,like ANNÁ,,,", "d4,like Ana,,,", "e5,like anna,,,"))
		wantList(t, "problems", codes(r), "question CITY_NEAR_DUPLICATE@B2", "question CITY_NEAR_DUPLICATE@B5")
		if want := (intake.Counts{Read: 5, Create: 1, Fail: 4}); r.Rows != want {
			t.Errorf("counts %+v, want %+v", r.Rows, want)
		}
		if p := r.Problems[0]; !slices.Equal(p.Also, []int{4, 6}) || intake.Question(&p) != "name:Anna" {
			t.Errorf("%+v", p)
		}
		stored, err := s.intake.Report(t.Context(), r.Import)
		if err != nil || !slices.Equal(stored.Problems[0].Also, []int{4, 6}) || stored.Problems[0].About != "Anna" {
			t.Errorf("stored: %v, %+v", err, stored)
		}
	}
}

func TestEachCellThatAQuestionIsAboutIsMarked(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	r := check(t, s, stonesWorkbook(t, []string{"a1", "like Anna"}, []string{"b2", "Ben"}, []string{"c3", "like Anna"}))
	var out bytes.Buffer
	copied, err := s.Annotated(t.Context(), r, &out, locale.ES)
	if err != nil || len(r.Problems) != 1 || copied.Marked != 2 {
		t.Errorf("%v: %+v, %+v", err, copied, r.Problems)
	}
}
