// Package numfmt tells what a number format shows a number as, and prints serial numbers as dates and times. It does not
// format numbers the way a spreadsheet program displays them.
package numfmt

import "strings"

// Class is what a format shows a number as. The order is that of sheet.Class.
type Class uint8

// The classes.
const (
	General Class = iota
	Number
	Percent
	Currency
	Date
	Time
	DateTime
	Elapsed
	Text
)

// Format is what is known of a format code.
type Format struct {
	Code     string
	Class    Class
	Currency string // ISO 4217 where told, else the symbol
	Decimals int
	Zeros    int // digits always shown before the decimal point
}

// Parse classifies a format code as Excel stores it (ECMA-376 Part 1, 18.8.31). The first section decides; where it has a
// condition, the one that has the most to say of dates does: a day, elapsed time, a time of day.
func Parse(code string) Format {
	s := parseSection(code)
	decides := s
	for s.conditional && s.rest != "" {
		if s = parseSection(s.rest); s.dateness() > decides.dateness() {
			decides = s
		}
	}
	return decides.format(code)
}

// section is what the tokens of one section say.
type section struct {
	conditional bool
	rest        string // the sections behind it

	year, month, day     bool
	hour, second, minute bool
	elapsed              bool
	text, percent        bool
	general              bool
	placeholders         bool // 0, # or ? that are not fractions of a second
	currency             string
	decimals, zeros      int

	exponent bool // what follows are digits of an exponent
	lastTime byte // the last of y m d h s, to tell months from minutes
	pendingM int  // months counted so far that a following second makes minutes
	afterDot bool
}

func (s *section) isDate() bool {
	return !s.placeholders && (s.year || s.month || s.day || s.hour || s.minute || s.second || s.elapsed)
}

// dateness orders sections by what they say of dates.
func (s *section) dateness() int {
	switch {
	case !s.isDate():
		return 0
	case s.year || s.month || s.day:
		return 3
	case s.elapsed:
		return 2
	default:
		return 1
	}
}

func (s *section) format(code string) Format {
	f := Format{Code: code, Decimals: s.decimals, Zeros: s.zeros, Currency: s.currency}
	date := s.year || s.month || s.day
	clock := s.hour || s.minute || s.second
	switch {
	case s.isDate():
		f.Decimals, f.Zeros, f.Currency = 0, 0, ""
		switch {
		case date && clock:
			f.Class = DateTime
		case date:
			f.Class = Date
		case s.elapsed:
			f.Class = Elapsed
		default:
			f.Class = Time
		}
	case s.percent:
		f.Class = Percent
	case s.currency != "":
		f.Class = Currency
	case s.placeholders:
		f.Class = Number
	case s.text:
		f.Class = Text
	case s.general || code == "":
		f.Class = General
	default:
		f.Class = Number // only literals: the number is hidden behind them
	}
	return f
}

// parseSection reads up to the next unquoted semicolon.
func parseSection(code string) section {
	var s section
	for i := 0; i < len(code); {
		switch c := code[i]; {
		case c == ';':
			s.rest = code[i+1:]
			return s
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return s
			}
			s.literal(code[i+1 : i+1+end])
			i += end + 2
		case c == '\\':
			end := i + 1 + runeLen(code[i+1:])
			s.literal(code[i+1 : end])
			i = end
		case c == '_' || c == '*': // a space as wide as the next character, or that character repeated
			i += 1 + runeLen(code[i+1:])
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return s
			}
			s.bracket(code[i+1 : i+end])
			i += end + 1
		default:
			i += s.token(code[i:])
		}
	}
	return s
}

func runeLen(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// generals are the names of the General format: the one that files have, and those of locales that other programs than Excel
// write into files too.
var generals = []string{"general", "standard", "g/通用格式", "g/標準", "g/표준"}

// token reads an unquoted token and returns its length.
func (s *section) token(code string) int {
	for _, general := range generals {
		if len(code) >= len(general) && strings.EqualFold(code[:len(general)], general) {
			s.general = true
			return len(general)
		}
	}
	for _, marker := range []string{"am/pm", "a/p", "上午/下午", "午前/午後", "오전/오후"} {
		if len(code) >= len(marker) && strings.EqualFold(code[:len(marker)], marker) {
			s.hour = true
			return len(marker)
		}
	}
	c := code[0] | 0x20 // lower case of a letter
	n := 1
	for n < len(code) && code[n]|0x20 == c {
		n++
	}
	switch c {
	case 'y', 'b', 'g': // b is the Buddhist year, g the Japanese era
		s.year, s.lastTime = true, 'y'
	case 'e':
		if len(code) > 1 && (code[1] == '+' || code[1] == '-') && s.placeholders {
			s.exponent = true
			return 2
		}
		s.year, s.lastTime = true, 'y'
	case 'd', 'a': // aaa is the name of the day
		s.day, s.lastTime = true, 'd'
	case 'h':
		s.hour, s.lastTime = true, 'h'
	case 's':
		s.seconds()
	case 'm':
		s.months(n)
	default:
		return s.sign(code)
	}
	return n
}

func (s *section) seconds() {
	if s.pendingM > 0 && s.lastTime == 'm' {
		s.minute, s.month = true, s.pendingM > 1
		s.pendingM = 0
	}
	s.second, s.lastTime = true, 's'
}

// months reads a run of m: minutes behind hours or before seconds, else months.
func (s *section) months(n int) {
	if s.lastTime == 'h' && n <= 2 {
		s.minute = true
		return
	}
	s.month, s.lastTime = true, 'm'
	if n <= 2 {
		s.pendingM++
	} else {
		s.pendingM += 2
	}
}

// sign reads what is not a letter of a date and returns its length.
func (s *section) sign(code string) int {
	switch code[0] {
	case '0', '#', '?':
		if s.afterDot && s.lastTime == 's' && code[0] == '0' {
			return 1 // fraction of a second
		}
		s.digit(code[0])
		return 1
	case '.':
		s.afterDot = true
		return 1
	case '%':
		s.percent = true
		return 1
	case '@':
		s.text = true
		return 1
	case '/':
		s.afterDot = false // a fraction: 0/0
		return 1
	}
	n := runeLen(code)
	s.literal(code[:n])
	return n
}

func (s *section) digit(c byte) {
	s.placeholders = true
	switch {
	case s.exponent:
	case s.afterDot:
		s.decimals++
	case c == '0':
		s.zeros++
	}
}

// bracket reads what stands in brackets: a colour, a condition, a currency with its locale, elapsed time.
func (s *section) bracket(inner string) {
	switch {
	case inner == "":
	case inner[0] == '$':
		symbol, locale, _ := strings.Cut(inner[1:], "-")
		if symbol != "" && s.currency == "" {
			s.currency = currencyOf(symbol, locale)
		}
	case inner[0] == '<' || inner[0] == '>' || inner[0] == '=':
		s.conditional = true
	case onlyOf(inner, 'h'), onlyOf(inner, 'm'), onlyOf(inner, 's'):
		s.elapsed, s.lastTime = true, inner[0]|0x20
		if s.lastTime == 'm' {
			s.lastTime = 'h' // what follows is not a month
		}
	}
}

func onlyOf(s string, letter byte) bool {
	for i := range len(s) {
		if s[i]|0x20 != letter {
			return false
		}
	}
	return true
}

// literal notices a currency in quoted or escaped text and in signs that need no quotes.
func (s *section) literal(text string) {
	if s.currency == "" {
		s.currency = currencyOfLiteral(strings.TrimSpace(text))
	}
}
