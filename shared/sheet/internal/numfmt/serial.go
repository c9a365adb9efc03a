package numfmt

import "math"

const msPerDay = 24 * 60 * 60 * 1000

// AppendSerial prints a serial number as the class asks for: "2025-06-15", with "T10:30:00" or "T10:30:00.250" when it has a
// fraction (to the nearest millisecond), or "10:30:00" for a time of day. ok is false when no date or time has that serial:
// in the 1900 system below 1, from 60 to under 61 (the 29 February 1900 that never was) and from 2958466; in the 1904 system
// below 0 and from 2957004; for times of day outside of 0 to 1; and for every other class.
func AppendSerial(dst []byte, serial float64, class Class, date1904 bool) (out []byte, ok bool) {
	switch class {
	case Date, DateTime:
		return appendDate(dst, serial, date1904)
	case Time:
		if !(serial >= 0 && serial < 1) {
			return dst, false
		}
		// The last half millisecond of a day stays in it.
		return AppendClock(dst, min(int(math.Round(serial*msPerDay)), msPerDay-1)), true
	}
	return dst, false
}

func appendDate(dst []byte, serial float64, date1904 bool) ([]byte, bool) {
	day := math.Floor(serial)
	ms := int(math.Round((serial - day) * msPerDay))
	switch {
	case date1904:
		if !(serial >= 0 && serial < 2957004) {
			return dst, false
		}
		day -= daysTo1904
	case !(serial >= 1 && serial < 2958466), serial >= 60 && serial < 61:
		return dst, false
	case serial < 60:
		day -= daysTo1900 - 1
	default:
		day -= daysTo1900
	}
	if ms == msPerDay {
		day, ms = day+1, 0
		if day == noDay1900 || day == afterLastDay {
			day, ms = day-1, msPerDay-1 // there is no next day: the last half millisecond stays in this one
		}
	}
	year, month, dayOfMonth := fromDays(int(day))
	dst = AppendDay(dst, year, month, dayOfMonth)
	if ms > 0 {
		dst = AppendClock(append(dst, 'T'), ms)
	}
	return dst, true
}

// Days from the systems' day 0 to 1970-01-01.
const (
	daysTo1900 = 25569 // as counted from 1 March 1900 on
	daysTo1904 = 24107
)

// Days from 1970-01-01.
const (
	noDay1900    = 60 - (daysTo1900 - 1) // 1 March 1900, of which the 1900 system makes two days
	afterLastDay = 2958466 - daysTo1900  // 1 January 10000
)

// fromDays returns the date that many days after 1970-01-01 in the proleptic Gregorian calendar, for years from 1600. The
// arithmetic counts 400-year eras from March, so that the leap day comes last.
func fromDays(days int) (year, month, day int) {
	const era = 146097 // days in 400 years
	z := days + 719468 // from 0000-03-01
	n, doe := z/era, z%era
	yoe := (doe - doe/1460 + doe/36524 - doe/(era-1)) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	year, month, day = yoe+400*n, mp+3, doy-(153*mp+2)/5+1
	if month > 12 {
		month, year = month-12, year+1
	}
	return year, month, day
}

// AppendDay prints a date as "2025-06-15".
func AppendDay(dst []byte, year, month, day int) []byte {
	dst = append2(append2(dst, year/100), year%100)
	dst = append2(append(dst, '-'), month)
	return append2(append(dst, '-'), day)
}

// AppendClock prints the milliseconds since midnight as "hh:mm:ss" or, where they have a fraction of a second, "hh:mm:ss.fff".
func AppendClock(dst []byte, ms int) []byte {
	s := ms / 1000
	dst = append2(dst, s/3600)
	dst = append2(append(dst, ':'), s/60%60)
	dst = append2(append(dst, ':'), s%60)
	if f := ms % 1000; f > 0 {
		dst = append(dst, '.', byte('0'+f/100))
		dst = append2(dst, f%100)
	}
	return dst
}

func append2(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }
