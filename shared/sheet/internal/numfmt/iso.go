package numfmt

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// AppendISO prints the ISO 8601 value of a t="d" cell in the forms of AppendSerial: a date, a date with a time, or a time of
// day, which may also be written as a time on the day 0 of the serial numbers. A "Z" is left out; any other zone, and what is no
// date, is not ok.
func AppendISO(dst []byte, value string, class Class, date1904 bool) (out []byte, ok bool) {
	value = strings.TrimSuffix(strings.TrimSpace(value), "Z")
	date, clock, both := strings.Cut(value, "T")
	if !both && strings.Contains(value, ":") {
		date, clock = "", value
	}
	ms := 0
	if both || clock != "" {
		if ms, ok = parseClock(clock); !ok {
			return dst, false
		}
	}
	if date == "" && clock != "" {
		return AppendClock(dst, min(ms, msPerDay-1)), true
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return dst, false
	}
	if class == Time && dayZero(date, date1904) {
		return AppendClock(dst, min(ms, msPerDay-1)), true
	}
	day = day.Add(time.Duration(ms) * time.Millisecond)
	if day.Year() > 9999 {
		day, ms = day.AddDate(0, 0, -1), msPerDay-1
	}
	ms %= msPerDay
	dst = AppendDay(dst, day.Year(), int(day.Month()), day.Day())
	if ms > 0 {
		dst = AppendClock(append(dst, 'T'), ms)
	}
	return dst, true
}

// dayZero reports whether a date is the one that serial numbers below 1 fall on: in the 1900 system the day before the first as
// Excel counts, and the day before that as other programs do.
func dayZero(date string, date1904 bool) bool {
	if date1904 {
		return date == "1904-01-01"
	}
	return date == "1899-12-31" || date == "1899-12-30"
}

// parseClock reads hh:mm, hh:mm:ss or hh:mm:ss.fff… and returns milliseconds, rounded; up to a whole day when rounding adds up.
func parseClock(clock string) (ms int, ok bool) {
	fields := strings.Split(clock, ":")
	if len(fields) < 2 || len(fields) > 3 {
		return 0, false
	}
	whole, fraction, dotted := "", "", false
	if len(fields) == 3 {
		whole, fraction, dotted = strings.Cut(fields[2], ".")
		fields[2] = whole
	}
	limits := [3]int{24, 60, 60}
	for i, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || len(f) != 2 || f[0] == '+' || f[0] == '-' || n >= limits[i] {
			return 0, false
		}
		ms = ms*60 + n
	}
	if len(fields) == 2 {
		ms *= 60
	}
	ms *= 1000
	if !dotted {
		return ms, true
	}
	f, err := strconv.ParseFloat("0."+fraction, 64)
	if err != nil || fraction == "" || strings.Trim(fraction, "0123456789") != "" {
		return 0, false
	}
	return ms + int(math.Round(f*1000)), true
}
