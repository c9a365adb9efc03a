package locale

import (
	"strings"
	"unicode"
)

// OneLine is a text as it can be quoted within a line that is shown: characters that break a line, or that a terminal obeys, are
// spaces.
func OneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}
