package sheet

import (
	"math"
	"strconv"
	"strings"
)

// parseDigits reads digits with their separators: groups of three set off by spaces, apostrophes, commas or points, and a
// decimal mark.
func parseDigits(s string, hint numberHint) numberText {
	if strings.ContainsAny(s, "eE") {
		return parseScientific(s)
	}
	groups, marks, ok := splitDigits(s)
	if !ok {
		return numberText{}
	}
	if len(marks) == 0 {
		return numberText{reading: numberRead, decimal: canonical(groups[0], ""), plain: true}
	}
	whole, fraction, decimalMark := groups, "", byte(0)
	if last := marks[len(marks)-1]; isDecimalMark(marks) {
		whole, fraction, decimalMark = groups[:len(groups)-1], groups[len(groups)-1], last
		marks = marks[:len(marks)-1]
	}
	if decimalMark != 0 && len(marks) == 0 {
		return singleMark(whole[0], fraction, decimalMark, hint)
	}
	if !wellGrouped(whole, marks) {
		return numberText{reading: numberMalformed, suggestion: likelyGrouping(groups)}
	}
	n := numberText{reading: numberRead, decimal: canonical(strings.Join(whole, ""), fraction), mark: decimalMark}
	if decimalMark == 0 {
		n.mark = map[byte]byte{',': '.', '.': ','}[marks[0]]
	}
	return n
}

// splitDigits takes digits and separators apart; runs of spaces are one. It fails on any other character, on two separators in a
// row, and where one stands at the end, or at the beginning unless it is a decimal mark (.5).
func splitDigits(s string) (groups []string, marks []byte, ok bool) {
	s = apostrophes.Replace(s)
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			continue
		}
		if c != '.' && c != ',' && c != ' ' && c != '\'' {
			return nil, nil, false
		}
		if c == ' ' && i > 0 && s[i-1] == ' ' {
			start = i + 1
			continue
		}
		if i == start && (i > 0 || c == ' ' || c == '\'') {
			return nil, nil, false
		}
		groups, marks = append(groups, s[start:i]), append(marks, c)
		start = i + 1
	}
	if start == len(s) {
		return nil, nil, false
	}
	return append(groups, s[start:]), marks, true
}

var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "´", "'", "`", "'", "\u00a0", " ", "\u202f", " ")

// isDecimalMark reports whether the last separator stands before decimals: a point or comma that occurs once, and behind
// separators of another kind, if there are any.
func isDecimalMark(marks []byte) bool {
	last := marks[len(marks)-1]
	if last != '.' && last != ',' {
		return false
	}
	for _, m := range marks[:len(marks)-1] {
		if m == last {
			return false
		}
	}
	return true
}

// wellGrouped reports whether the digits are grouped as a number's are: by one kind of separator into threes from the right,
// or, with commas, as in South Asia, into a three and twos before it (10,00,000).
func wellGrouped(groups []string, marks []byte) bool {
	for _, m := range marks {
		if m != marks[0] {
			return false
		}
	}
	if first := len(groups[0]); first < 1 || first > 3 || len(groups[len(groups)-1]) != 3 {
		return false
	}
	inner, width := groups[1:len(groups)-1], 3
	if len(inner) > 0 && len(inner[0]) == 2 && marks[0] == ',' && len(groups[0]) <= 2 {
		width = 2
	}
	for _, g := range inner {
		if len(g) != width {
			return false
		}
	}
	return true
}

// singleMark reads a number with one point or comma. Before three digits it may group them or stand before decimals.
func singleMark(whole, rest string, mark byte, hint numberHint) numberText {
	decimal := numberText{reading: numberRead, decimal: canonical(whole, rest), plain: true, mark: mark}
	grouped := numberText{reading: numberRead, decimal: canonical(whole+rest, "")}
	canGroup := len(rest) == 3 && len(whole) >= 1 && len(whole) <= 3 && whole[0] != '0'
	switch {
	case !canGroup:
		return decimal
	case hint.mark != 0 && mark == hint.mark:
		return decimal
	case hint.mark != 0, hint.whole, mark == ',' && hint.english:
		return grouped
	}
	return numberText{reading: numberAmbiguous, decimal: decimal.decimal, other: grouped.decimal}
}

// likelyGrouping guesses what a wrongly grouped number was meant to be: a last group of zeros lost one (1,000,00), other short
// last groups are decimals (1,234,56), and otherwise the digits are right and the separators wrong.
func likelyGrouping(groups []string) string {
	last := groups[len(groups)-1]
	head := strings.Join(groups[:len(groups)-1], "")
	if len(last) < 3 && wellGrouped(append(groups[:len(groups)-1:len(groups)-1], "000"), make([]byte, len(groups)-1)) {
		if strings.Trim(last, "0") == "" {
			return canonical(head+"000", "")
		}
		return canonical(head, last)
	}
	return canonical(head+last, "")
}

// parseScientific reads 1.23E+05: a number that a spreadsheet shortened when it wrote it as text. Digits may be missing, so it
// is never taken.
func parseScientific(s string) numberText {
	f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || strings.ContainsAny(s, "xXpP_") {
		return numberText{}
	}
	n := numberText{reading: numberImprecise}
	if math.Abs(f) < 1e15 {
		n.suggestion = strconv.FormatFloat(f, 'f', -1, 64)
	}
	return n
}
