package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// illegalChar finds a character that no text may hold: control characters, what is no character at all, and the sign that
// stands for bytes which could not be read.
func illegalChar(text string) (name string, found bool) {
	for _, r := range text {
		if r >= ' ' && r < unicode.MaxLatin1 && r != 0x7f && (r < 0x80 || r > 0x9f) || r == '\n' || r == '\t' || r == '\r' {
			continue
		}
		if unicode.IsControl(r) || r == utf8.RuneError || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef {
			return fmt.Sprintf("U+%04X", r), true
		}
	}
	return "", false
}

// readsLikeFormula reports whether a spreadsheet would take a text for a formula. Telephone numbers and negative numbers begin
// the same way and are not meant, nor are the dashes of a list.
func readsLikeFormula(text string) bool {
	if text == "" {
		return false
	}
	switch text[0] {
	case '=', '@':
		return len(text) > 1
	case '+', '-':
		rest := text[1:]
		return strings.Trim(rest, "0123456789 ()-./,;\n") != "" && !(text[0] == '-' && strings.HasPrefix(rest, " ") && !strings.ContainsAny(rest, "=(!|"))
	}
	return false
}

// shownNumber is a number cell as text: the digits that its format pads or the decimals that it fixes, as its sender saw them.
// lostZeros tells that the format, not the value, has leading zeros.
func shownNumber(c *Cell, decimal string) (shown string, lostZeros bool) {
	style := c.Style
	if style == nil {
		return decimal, false
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	if fraction == "" && style.LeadingZeros > len(whole) && decimal == whole {
		return strings.Repeat("0", style.LeadingZeros-len(whole)) + whole, true
	}
	if style.Class == ClassPercent {
		return percent(decimal) + "%", false
	}
	if fraction != "" && style.Class == ClassNumber && style.Decimals > len(fraction) && style.Decimals <= maxDigits {
		return decimal + strings.Repeat("0", style.Decimals-len(fraction)), false // 1.10 of a list 1.1 … 1.10
	}
	return decimal, false
}

// percent moves the decimal point two places to the right.
func percent(decimal string) string {
	negative := strings.HasPrefix(decimal, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	fraction += "00"
	moved := canonical(whole+fraction[:2], fraction[2:])
	if negative {
		return "-" + moved
	}
	return moved
}

// isShortened reports whether a text is a number in scientific notation, as a CSV has long codes that were opened and saved by
// a spreadsheet.
func isShortened(text string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(text), "E+")
	if !ok || mantissa == "" {
		return false
	}
	_, badMantissa := strconv.ParseFloat(strings.Replace(mantissa, ",", ".", 1), 64)
	_, badExponent := strconv.Atoi(exponent)
	return badMantissa == nil && badExponent == nil
}
