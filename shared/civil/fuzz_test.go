package civil_test

import (
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
)

// A text is refused, or is the one text of a day that the calendar has.
func FuzzDates(f *testing.F) {
	for _, text := range []string{"2025-06-15", "2024-02-29", "2025-02-29", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2025-6-1", "2025-06-15T00:00:00Z", " 2025-06-15", "٢٠٢٥-٠٦-١٥", "-001-01-01"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := civil.Parse(text)
		if err != nil {
			return
		}
		if !day.Valid() || day.String() != text {
			t.Errorf("%q is read as %v", text, day)
		}
		if other, err := time.Parse(time.DateOnly, text); err != nil || civil.Of(other, time.UTC) != day {
			t.Errorf("%q is read as %v, by another as %v (%v)", text, day, other, err)
		}
	})
}
