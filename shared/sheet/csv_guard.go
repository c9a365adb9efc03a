package sheet

import "strings"

// GuardCSV returns a text as it may stand in a CSV that people open in a spreadsheet program: one that would be taken for a
// formula gets a leading apostrophe, which reading a CSV takes off again. Numbers are not text and need no guard.
func GuardCSV(text string) string {
	rest := strings.TrimLeft(text, "'")
	if rest != "" && strings.ContainsRune("=+-@\t\r", rune(rest[0])) {
		return "'" + text
	}
	return text
}
