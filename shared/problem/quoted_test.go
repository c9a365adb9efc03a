package problem_test

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

func TestWhatAMessageQuotesBreaksNoLineAndSteersNoTerminal(t *testing.T) {
	const odd = "Fra\x1b[2Jnce\nERROR\u009b1m"
	for _, lang := range locale.Langs {
		for _, p := range []*problem.Problem{
			problem.New("COUNTRY_UNKNOWN").Valued(odd), problem.New("FILE_UNREADABLE").With("file", odd),
		} {
			if got := p.Message(lang); strings.ContainsAny(got, "\x1b\n\u009b") || !strings.Contains(got, "Fra [2Jnce ERROR") {
				t.Errorf("%s: %q", lang, got)
			}
		}
	}
}
