package locale

import (
	"slices"
	"strconv"
	"strings"
)

// The spaces of typeset numbers: neither lets a line break.
const (
	NoBreakSpace       = "\u00A0" // between an amount and its currency
	NarrowNoBreakSpace = "\u202F" // between groups of three digits
)

// FormatInt writes a whole number: 1,234,567 in English; 1 234 567 in French and
// Spanish with narrow no-break spaces; Spanish leaves four digits together (1234).
func FormatInt(l Lang, n int64) string {
	return FormatDecimal(l, strconv.FormatInt(n, 10))
}

// FormatDecimal writes an exact decimal ("-1234.50") keeping the digits it has:
// decimal point in English, comma in French and Spanish, groups as in FormatInt.
// What is not a decimal comes back unchanged.
func FormatDecimal(l Lang, decimal string) string {
	digits, sign := decimal, ""
	if strings.HasPrefix(decimal, "-") {
		digits, sign = decimal[1:], "-"
	}
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	if !allDigits(whole) || (hasFraction && !allDigits(fraction)) {
		return decimal
	}
	out := sign + grouped(l, whole)
	if hasFraction {
		out += decimalMark(l) + fraction
	}
	return out
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func decimalMark(l Lang) string {
	if l == EN {
		return "."
	}
	return ","
}

func grouped(l Lang, whole string) string {
	separator := ","
	if l != EN {
		separator = NarrowNoBreakSpace
	}
	if len(whole) <= 3 || (l == ES && len(whole) == 4) {
		return whole
	}
	var b strings.Builder
	head := len(whole) % 3
	b.WriteString(whole[:head])
	for i := head; i < len(whole); i += 3 {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(whole[i : i+3])
	}
	return b.String()
}

var months = map[Lang][12]string{
	EN: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	FR: {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	ES: {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
}

// FormatDate writes a calendar date in words, which no reader can take for
// another: 3 April 2025, 3 avril 2025 (1er avril), 3 de abril de 2025. A month
// outside 1 to 12 gives the empty text.
func FormatDate(l Lang, year, month, day int) string {
	rest := FormatMonth(l, year, month)
	switch d := strconv.Itoa(day); {
	case rest == "":
		return ""
	case l == ES:
		return d + " de " + rest
	case l == FR && day == 1:
		return "1er " + rest
	default:
		return d + " " + rest
	}
}

// FormatMonth writes a month of a year: April 2025, avril 2025, abril de 2025. A month outside 1 to 12 gives the empty text.
func FormatMonth(l Lang, year, month int) string {
	if month < 1 || month > 12 {
		return ""
	}
	names, ok := months[l]
	if !ok {
		names = months[EN]
	}
	between := " "
	if l == ES {
		between = " de "
	}
	return names[month-1] + between + strconv.Itoa(year)
}

// List joins items as a sentence does: "a, b and c", "a, b et c", "a, b y c"
// (Spanish "e" before the sound i). Items with commas of their own are kept apart
// by semicolons alone, and "…" at the end says that there are more.
func List(l Lang, items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := items[len(items)-1]
	switch {
	case slices.ContainsFunc(items, func(item string) bool { return strings.ContainsRune(item, ',') }):
		return strings.Join(items, semicolon(l))
	case last == "…":
		return strings.Join(items, ", ")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + conjunction(l, last) + " " + last
}

func semicolon(l Lang) string {
	if l == FR {
		return " ; "
	}
	return "; "
}

func conjunction(l Lang, next string) string {
	switch l {
	case FR:
		return "et"
	case ES:
		if soundsLikeI(Fold(next)) {
			return "e"
		}
		return "y"
	default:
		return "and"
	}
}

// soundsLikeI leaves out "hie-" and "hia-", where the i is a glide (y hielo).
func soundsLikeI(folded string) bool {
	if strings.HasPrefix(folded, "hi") {
		return !strings.HasPrefix(folded, "hie") && !strings.HasPrefix(folded, "hia")
	}
	return strings.HasPrefix(folded, "i")
}
