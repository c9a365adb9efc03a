package city

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// allowedSlips is by how many letters names of these lengths may differ for one to be a slip of the other; 0 for none. Short names
// differ by one letter too often to ask about each: Metz and Sens are no slips of Retz and Lens. What was measured stands in
// docs/decisions/0004-cities.md.
func allowedSlips(a, b int) int {
	switch letters := min(a, b); {
	case letters < 5:
		return 0
	case letters < 9:
		return 1
	}
	return 2
}

// shape is what names share that are similar, but for their length. Names that begin otherwise are not, as slips hardly ever do that:
// Garoua is not Maroua, nor Nantes Mantes. Nor are names with other numbers, such as the districts of one city.
type shape struct {
	country string
	first   rune
	numbers string
	letters int
}

func shapeOf(core, country string) shape {
	first, _ := utf8.DecodeRuneInString(core)
	return shape{country, first, numbers(core), utf8.RuneCountInString(core)}
}

// numbers are the digits of a core, and its words that are Roman numerals.
func numbers(core string) string {
	if strings.IndexFunc(core, unicode.IsDigit) < 0 && strings.IndexByte(core, ' ') < 0 {
		return ""
	}
	var all strings.Builder
	for word := range strings.SplitSeq(core, " ") {
		if strings.Trim(word, "ivx") == "" {
			all.WriteString(word)
			continue
		}
		for _, r := range word {
			if unicode.IsDigit(r) {
				all.WriteRune(r)
			}
		}
	}
	return all.String()
}

// parity has a bit for each letter (letters share the 64 bits) that stands in a text an odd number of times. One slip changes at
// most two of them, and a swap none.
func parity(core string) (bits uint64) {
	for _, r := range core {
		bits ^= 1 << (uint(r) % 64)
	}
	return bits
}
