package locale_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestAQuotedTextStaysOnItsLineAndSteersNoTerminal(t *testing.T) {
	for text, want := range map[string]string{
		"Évry-Courcouronnes":   "Évry-Courcouronnes",
		"a\nb\tc\r":            "a b c ",
		"\x1b[2JBrest\u009b1m": " [2JBrest 1m",
		"a\u2028b\u2029c":      "a b c",
		"بغداد 北京":             "بغداد 北京",
		"":                     "",
	} {
		if got := locale.OneLine(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
