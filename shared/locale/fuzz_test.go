package locale_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Whatever text comes in: what is normalised or folded stays so, fits into a line, and is as far from itself as nothing.
func FuzzTexts(f *testing.F) {
	for _, text := range []string{"", " Évry\u00a0—\u200bCourcouronnes\r\n", "e\u0301", "\u202eevil", "ﬁ ß İ ı Ǆ", "می\u200cخواهم", "\xff\xc3", "50 000 mots", "Å\u0327", "\u0344"} {
		f.Add(text, "word")
	}
	f.Fuzz(func(t *testing.T, text, other string) {
		clean, _ := locale.Normalise(text)
		if again, changed := locale.Normalise(clean); utf8.ValidString(text) && (again != clean || changed) {
			t.Errorf("%q is normalised to %q, then to %q", text, clean, again)
		}
		if utf8.ValidString(text) != utf8.ValidString(clean) && !utf8.ValidString(clean) {
			t.Errorf("%q is normalised to %q", text, clean)
		}
		folded := locale.Fold(text)
		if again := locale.Fold(folded); again != folded {
			t.Errorf("%q is folded to %q, then to %q", text, folded, again)
		}
		if strings.ContainsFunc(locale.OneLine(text), unicode.IsControl) {
			t.Errorf("%q is more than a line", text)
		}
		if locale.Words(text) < 0 || locale.Words(text) > len(text) {
			t.Errorf("%q has %d words", text, locale.Words(text))
		}
		const most = 3
		if d := locale.Distance(text, text, most); d != 0 {
			t.Errorf("%q is %d from itself", text, d)
		}
		if there, back := locale.Distance(text, other, most), locale.Distance(other, text, most); there != back || there > most+1 {
			t.Errorf("%q and %q are %d and %d apart", text, other, there, back)
		}
		if near, ok := locale.Nearest(text, []string{other}); ok && near != other {
			t.Errorf("%q is near %q", text, near)
		}
	})
}

// What is taken for a language is one of ours, whatever follows its name.
func FuzzLanguages(f *testing.F) {
	for _, tag := range []string{"fr", "FR", "fr-CA", "es_ES.UTF-8", "en-", "english", "", "-", "f\u0072", " es "} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		lang, err := locale.ParseLang(tag)
		if err != nil {
			return
		}
		if !slices.Contains(locale.Langs[:], lang) || !strings.HasPrefix(strings.ToLower(strings.TrimSpace(tag)), string(lang)) {
			t.Errorf("%q is taken for %q", tag, lang)
		}
		if again, err := locale.ParseLang(string(lang)); err != nil || again != lang {
			t.Errorf("%q is taken for %q (%v)", lang, again, err)
		}
	})
}
