package sheet

import (
	"strings"
	"unicode"
)

// signs of numbers in Arabic script, by what parses them: the mark before decimals, the one between groups, per cent.
var arabicSigns = map[rune]rune{'٫': '.', '٬': '\'', '٪': '%'}

const (
	firstFullWidth, lastFullWidth = '！', '～' // ASCII's printable characters as wide as an ideograph
	fullWidthOffset               = firstFullWidth - '!'
)

// westernDigits writes a text's digits of another script (٢٠٢٥, ２０２５) with those that numbers and dates are parsed in, and its
// signs with them. ok is false where digits of two scripts are mixed: nobody types that, and a reader may see another number.
func westernDigits(text string) (western string, changed, ok bool) {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) {
		return text, false, true
	}
	zero, mixed := rune(0), false
	western = strings.Map(func(r rune) rune {
		if value, digit := digitValue(r); digit {
			mixed = mixed || zero != 0 && zero != r-value
			zero = r - value
			return '0' + value
		}
		if sign, known := arabicSigns[r]; known {
			return sign
		}
		if r >= firstFullWidth && r <= lastFullWidth {
			return r - fullWidthOffset
		}
		return r
	}, text)
	return western, zero > '0' && !mixed, !mixed
}

// digitValue is what a decimal digit of any script counts. Unicode has the ten of each script in a row.
func digitValue(r rune) (value rune, ok bool) {
	if r < 0x80 {
		return r - '0', '0' <= r && r <= '9'
	}
	for _, block := range unicode.Nd.R16 {
		if lo, hi := rune(block.Lo), rune(block.Hi); lo <= r && r <= hi {
			return (r - lo) % 10, true
		}
	}
	for _, block := range unicode.Nd.R32 {
		if lo, hi := rune(block.Lo), rune(block.Hi); lo <= r && r <= hi {
			return (r - lo) % 10, true
		}
	}
	return 0, false
}

// otherCalendar reports whether a year is one that another calendar writes for our times: Islamic and Persian (1404 to 1447 for
// 2025), Buddhist (2568), Jewish (5785). Taken for a year of ours it would be centuries off.
func otherCalendar(year int) bool {
	return 1300 <= year && year < 1500 || 2400 <= year && year < 2700 || 5600 <= year && year < 5900
}
