package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// dateReading is how a text was understood as a date.
type dateReading uint8

const (
	dateInvalid dateReading = iota
	dateRead
	dateAmbiguous // 03/04/2025
	dateYearOnly
)

// dateOrder is which of day and month stands first in 03/04/2025.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

// dateText is what a text says as a date.
type dateText struct {
	reading    dateReading
	date       civil.Date // of an ambiguous text the day with the day first
	other      civil.Date // of an ambiguous text the day with the month first
	proves     dateOrder  // what the text shows of its writer's habit
	suggestion string
}

// understandDate reads a date as people type it: ISO 8601; day, month and year in either order with any separator; with the
// month's name in any of the three languages. The time of day and the weekday are left out. Two-digit years are never
// completed, only suggested: which century is meant is the sender's to say. Nor are years of another calendar converted.
func understandDate(text string, order dateOrder) dateText {
	d := parseDate(text, order)
	if d.reading != dateInvalid && d.reading != dateYearOnly && otherCalendar(d.date.Year) {
		return dateText{}
	}
	return d
}

func parseDate(text string, order dateOrder) dateText {
	if d, ok := isoDate(text); ok {
		return dateText{reading: dateRead, date: d}
	}
	text, _ = locale.Normalise(text)
	text, _, ok := westernDigits(text)
	if !ok {
		return dateText{}
	}
	if strings.ContainsAny(text, ":hH") {
		text = timeOfDay.ReplaceAllString(text, "")
	}
	words := dateWords(text)
	switch len(words) {
	case 1:
		return understandDateNumber(words[0])
	case 3:
		return understandDateParts(words, order)
	}
	return dateText{}
}

// timeOfDay stands behind a date: T10:00:00Z, 14:30, at 2:30 pm, à 14h30, 10:00:00.000 +02:00.
var timeOfDay = regexp.MustCompile(
	`(?i)(?:T|[\s,]+(?:at\s+|à\s+|a\s+las\s+)?)\d{1,2}(?:(?::|h)\d{2}(?::\d{2}(?:[.,]\d+)?)?|h)\s*(?:[ap]\.?\s?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*$`)

// dateWords takes a text apart where digits, letters and everything else meet, and leaves out what a date does not need:
// weekdays, articles, ordinal endings.
func dateWords(text string) []string {
	const most = 8 // words; a longer text is no date
	var words []string
	for _, field := range strings.Fields(locale.Fold(text)) {
		for field != "" && len(words) < most {
			end := strings.IndexFunc(field, otherThan(field))
			if end < 0 {
				end = len(field)
			}
			if word := field[:end]; !dateNoise[word] {
				words = append(words, word)
			}
			field = field[end:]
		}
	}
	if len(words) > 3 && words[0] == "mar" {
		words = words[1:] // mardi, martes
	}
	return words
}

// otherThan finds where a run of digits, or of anything else, ends.
func otherThan(field string) func(rune) bool {
	digits := field[0] >= '0' && field[0] <= '9'
	return func(r rune) bool { return unicode.IsDigit(r) != digits }
}

var dateNoise = setOf(locale.Fold("年 月 日 년 월 일") + ` st nd rd th er ere eme o a of the on day de del d le el l du dated date
	monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
	lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom`)

var monthNumbers = map[string]time.Month{}

func init() {
	for i, names := range []string{
		"january jan janvier janv enero ene", "february feb fevrier fevr fev febrero", "march mar mars marzo",
		"april apr avril avr abril abr", "may mai mayo", "june jun juin junio", "july jul juillet juil julio",
		"august aug aout ago agosto", "september sep sept septembre septiembre setiembre set", "october oct octobre octubre",
		"november nov novembre noviembre", "december dec decembre diciembre dic",
	} {
		for name := range setOf(names) {
			monthNumbers[name] = time.Month(i + 1)
		}
	}
}

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// understandMonth reads a month of a year, with its name or number and four digits of the year, as its first day.
func understandMonth(text string) (civil.Date, bool) {
	text, _ = locale.Normalise(text)
	text, _, ok := westernDigits(text)
	words := dateWords(text)
	if !ok || len(words) != 2 {
		return civil.Date{}, false
	}
	if len(words[0]) == len("2025") && words[0][0] <= '9' {
		words[0], words[1] = words[1], words[0]
	}
	month, named := monthNumbers[words[0]]
	if n, isNumber := digitsOf(words[0]); !named && isNumber && len(words[0]) <= 2 {
		month = time.Month(n)
	}
	year, isNumber := digitsOf(words[1])
	first := civil.Date{Year: year, Month: month, Day: 1}
	return first, isNumber && len(words[1]) == len("2025") && isDay(first) && !otherCalendar(year)
}

// understandDateNumber reads a date that is one number: a year, or 20250425.
func understandDateNumber(word string) dateText {
	n, err := strconv.Atoi(word)
	switch {
	case err != nil:
		return dateText{}
	case len(word) == 4 && n >= 1000:
		return dateText{reading: dateYearOnly}
	case len(word) == 8:
		if d := (civil.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}); isDay(d) {
			return dateText{reading: dateRead, date: d}
		}
	case len(word) == 5:
		return dateText{suggestion: serialSuggestion(float64(n), false)}
	}
	return dateText{}
}

// understandDateParts reads three parts: numbers, or two numbers and the name of a month.
func understandDateParts(words []string, order dateOrder) dateText {
	var numbers [3]int
	month := -1
	for i, word := range words {
		n, err := strconv.Atoi(word)
		if m, ok := monthNumbers[word]; ok && month < 0 {
			month, n = i, int(m)
		} else if err != nil || len(word) > 4 || len(word) == 3 {
			return dateText{}
		}
		numbers[i] = n
	}
	yearAt := -1
	for i, word := range words {
		if i != month && len(word) == 4 {
			yearAt = i
		}
	}
	switch {
	case yearAt == 1:
		return dateText{}
	case yearAt < 0:
		return shortYear(numbers, month)
	case month >= 0:
		return exactly(civil.Date{Year: numbers[yearAt], Month: time.Month(numbers[month]), Day: numbers[3-yearAt-month]})
	case yearAt == 0:
		return exactly(civil.Date{Year: numbers[0], Month: time.Month(numbers[1]), Day: numbers[2]})
	}
	return dayAndMonth(numbers[0], numbers[1], numbers[2], order)
}

// dayAndMonth reads 25/04/2025 in the only way there is, or in the order that was answered.
func dayAndMonth(a, b, year int, order dateOrder) dateText {
	first := civil.Date{Year: year, Month: time.Month(b), Day: a}
	second := civil.Date{Year: year, Month: time.Month(a), Day: b}
	switch {
	case a == b || !isDay(second):
		read := exactly(first)
		if a != b && read.reading == dateRead {
			read.proves = dayFirst
		}
		return read
	case !isDay(first):
		return dateText{reading: dateRead, date: second, proves: monthFirst}
	case order == dayFirst:
		return dateText{reading: dateRead, date: first}
	case order == monthFirst:
		return dateText{reading: dateRead, date: second}
	}
	return dateText{reading: dateAmbiguous, date: first, other: second}
}

// shortYear suggests what a date with a two-digit year was likely meant to be, where its day and month are certain.
func shortYear(numbers [3]int, month int) dateText {
	year := numbers[2] + 1900
	if numbers[2] < 70 {
		year += 100
	}
	read := dateText{}
	switch {
	case month == 2:
		return dateText{}
	case month >= 0:
		read = exactly(civil.Date{Year: year, Month: time.Month(numbers[month]), Day: numbers[1-month]})
	default:
		read = dayAndMonth(numbers[0], numbers[1], year, orderUnknown)
	}
	if read.reading != dateRead {
		return dateText{}
	}
	return dateText{suggestion: read.date.String()}
}

func exactly(d civil.Date) dateText {
	if !isDay(d) {
		return dateText{}
	}
	return dateText{reading: dateRead, date: d}
}

// isDay leaves out years before 1000: nobody means them, and 0025 is a slip for 2025.
func isDay(d civil.Date) bool { return d.Year >= 1000 && d.Valid() }

// isoDate reads the first ten characters of "2025-04-25" and of "2025-04-25T10:00:00", the form in which date cells come.
func isoDate(text string) (civil.Date, bool) {
	if len(text) < 10 || text[4] != '-' || text[7] != '-' || len(text) > 10 && text[10] != 'T' {
		return civil.Date{}, false
	}
	year, ok1 := digitsOf(text[:4])
	month, ok2 := digitsOf(text[5:7])
	day, ok3 := digitsOf(text[8:10])
	d := civil.Date{Year: year, Month: time.Month(month), Day: day}
	return d, ok1 && ok2 && ok3 && isDay(d)
}

func digitsOf(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// serialSuggestion is the day that a number would be as a date's serial, for numbers that can be one of our times.
func serialSuggestion(serial float64, date1904 bool) string {
	const first, last = 20000, 80000 // 1954 to 2119
	if serial < first || serial > last {
		return ""
	}
	epoch := civil.Date{Year: 1899, Month: time.December, Day: 30}
	if date1904 {
		epoch = civil.Date{Year: 1904, Month: time.January, Day: 1}
	}
	return epoch.AddDays(int(serial)).String()
}
