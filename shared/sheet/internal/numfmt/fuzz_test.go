package numfmt

import (
	"math"
	"testing"
	"time"
)

// What a cell of a date is shown as is a day or a time of day that there is, whichever way the sheet has it.
func FuzzDatesOfCells(f *testing.F) {
	for _, value := range []string{"2025-06-15", "2025-06-15T10:30:00.5Z", "10:30", "1899-12-31T25:00:00", "2025-02-30", "0000-01-01", "T", ":", "9999-12-31T23:59:59.9999"} {
		f.Add(value, 45823.5, uint8(1), false)
	}
	for _, serial := range []float64{0, 59, 60, 61, -1, 2958465.999999, 2958466, 1e300, math.Inf(1), math.NaN(), 0.9999999999} {
		f.Add("", serial, uint8(2), true)
	}
	f.Fuzz(func(t *testing.T, value string, serial float64, class uint8, date1904 bool) {
		of := Class(class % (uint8(Elapsed) + 1))
		if out, ok := AppendISO(nil, value, of, date1904); ok && !isMoment(string(out)) {
			t.Errorf("%q is shown as %q", value, out)
		}
		if out, ok := AppendSerial(nil, serial, of, date1904); ok && of != Elapsed && !isMoment(string(out)) {
			t.Errorf("%v is shown as %q", serial, out)
		}
	})
}

// isMoment reports whether another parser takes a text for a day, a day with its time, or a time of day.
func isMoment(text string) bool {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04:05.000", time.TimeOnly, "15:04:05.000", "15:04"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}
