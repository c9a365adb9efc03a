// Package civil is the calendar date: a day without time of day or zone, as
// deadlines, terms and cells of a sheet have it. It reads no clock.
package civil

import (
	"fmt"
	"time"
)

// Date is a day of the proleptic Gregorian calendar. The zero Date is "no date".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const layout = "2006-01-02"

// Parse reads "2025-06-15", years 0001 to 9999, and nothing looser.
func Parse(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("civil: %q is not a date of the form YYYY-MM-DD", s)
	}
	return fromUTC(t), nil
}

// Of is the date that the clock on a wall in loc shows at t.
func Of(t time.Time, loc *time.Location) Date { return fromUTC(t.In(loc)) }

func fromUTC(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

// String gives "2025-06-15", and "" for no date.
func (d Date) String() string {
	return string(d.append(nil))
}

func (d Date) append(dst []byte) []byte {
	switch {
	case d.IsZero():
		return dst
	case uint(d.Year) > 9999 || uint(d.Month) > 99 || uint(d.Day) > 99:
		return fmt.Appendf(dst, "%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
	}
	y, m := d.Year, int(d.Month)
	return append(dst, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+d.Day/10), byte('0'+d.Day%10))
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether the calendar has this day, in years 1 to 9999.
func (d Date) Valid() bool {
	if d.Year < 1 || d.Year > 9999 || d.Month < time.January || d.Month > time.December || d.Day < 1 {
		return false
	}
	return d.Day <= 28 || fromUTC(d.utc()) == d
}

// Compare gives -1, 0 or +1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.Before(e):
		return -1
	case e.Before(d):
		return +1
	}
	return 0
}

// Before reports whether d comes earlier than e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// After reports whether d comes later than e.
func (d Date) After(e Date) bool { return e.Before(d) }

// AddDays goes n days forward, or back when n is negative.
func (d Date) AddDays(n int) Date { return fromUTC(d.utc().AddDate(0, 0, n)) }

// AddMonths keeps the day of the month, or takes the month's last where it is
// shorter: one month after 31 January is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	first := fromUTC(time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
	last := fromUTC(time.Date(first.Year, first.Month+1, 0, 0, 0, 0, 0, time.UTC)).Day
	return Date{Year: first.Year, Month: first.Month, Day: min(d.Day, last)}
}

// AddYears is twelve months for each year: 29 February goes to the 28th.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// StartOf is the first instant of the day in loc.
func (d Date) StartOf(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// EndOf is the last second of the day in loc, 23:59:59: a deadline includes it
// (R-APP-1, practice).
func (d Date) EndOf(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 23, 59, 59, 0, loc)
}

func (d Date) utc() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// MarshalText gives "2025-06-15", and no text for no date.
func (d Date) MarshalText() ([]byte, error) {
	return d.AppendText([]byte{})
}

// AppendText is MarshalText at the end of what there is already.
func (d Date) AppendText(dst []byte) ([]byte, error) {
	if !d.IsZero() && !d.Valid() {
		return dst, fmt.Errorf("civil: %04d-%02d-%02d is not a day of the calendar", d.Year, int(d.Month), d.Day)
	}
	return d.append(dst), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
