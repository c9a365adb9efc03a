package locale_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/quick"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestFoldMakesSpellingsOfOneWordEqual(t *testing.T) {
	for _, spellings := range [][]string{
		{"Évry-Courcouronnes", "EVRY COURCOURONNES", "Evry–Courcouronnes", "  évry\u00a0-\u202fcourcouronnes "},
		{"Côte d’Ivoire", "Cote d'Ivoire", "CÔTE D´IVOIRE", "côte dʼivoire", "Co\u0302te d`Ivoire"},
		{"Türkiye", "TURKIYE", "Tu\u0308rkiye", "türki\u200bye"},
		{"Straße", "STRASSE", "strasse", "STRAẞE"},
		{"œuvre", "OEUVRE", "Œuvre"},
		{"Ærø", "aeroe"[:4], "AERO"},
		{"Łódź", "Lodz"},
		{"İstanbul", "istanbul", "ISTANBUL", "ıstanbul"},
		{"EE.UU.", "EE UU", "ee. uu."},
		{"N° de compte", "Nº de compte", "No de compte", "№ de compte"},
		{"ﬁnancement", "Financement"},
		{"Año", "ano", "AN\u0303O"},
		{"1.2", "1 2"},
		{"città (capitale)", "Citta capitale"},
	} {
		want := locale.Fold(spellings[0])
		for _, s := range spellings[1:] {
			if got := locale.Fold(s); got != want {
				t.Errorf("Fold(%q) = %q, want %q as for %q", s, got, want, spellings[0])
			}
		}
	}
}

func TestFoldKeepsSymbolsThatCarryMeaning(t *testing.T) {
	for _, pair := range [][2]string{{"GDP", "GDP %"}, {"US$", "US€"}, {"area", "area +"}} {
		if locale.Fold(pair[0]) == locale.Fold(pair[1]) {
			t.Errorf("%q and %q fold to the same", pair[0], pair[1])
		}
	}
}

func TestFoldIsIdempotentAndLeavesNoOuterOrDoubleSpace(t *testing.T) {
	property := func(s string) bool {
		folded := locale.Fold(s)
		return locale.Fold(folded) == folded && strings.TrimSpace(folded) == folded && !strings.Contains(folded, "  ")
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !property(string(r)) {
			t.Errorf("Fold(%q) = %q is not settled", r, locale.Fold(string(r)))
		}
	}
}

func TestFoldJoinsUpperAndLowerCaseOfEveryLetter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if upper := unicode.ToUpper(r); upper != r && locale.Fold(string(upper)) != locale.Fold(string(r)) {
			t.Errorf("%q folds to %q, %q to %q", r, locale.Fold(string(r)), upper, locale.Fold(string(upper)))
		}
	}
}

func TestNormaliseAtTheDoor(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		changed        bool
	}{
		{"plain text stays", "Brest", "Brest", false},
		{"outer white space goes without a word", " \t Brest\u00a0\r\n", "Brest", false},
		{"no-break and thin spaces become spaces", "50\u202f000\u00a0USD", "50 000 USD", true},
		{"decomposed letters are composed", "E\u0301vry", "Évry", true},
		{"composed letters stay", "Évry", "Évry", false},
		{"zero-width characters go", "Bre\u200bst\ufeff", "Brest", true},
		{"bidirectional marks from an address book go", "\u202a+33 2 98\u202c", "+33 2 98", true},
		{"a soft hyphen goes", "appren\u00adtissage", "apprentissage", true},
		{"line ends become one kind without a word", "a\r\nb\rc", "a\nb\nc", false},
		{"a space uncovered by a zero-width character is outer", "\u200b Brest", "Brest", true},
		{"the joiner of Persian stays", "می\u200cشود", "می\u200cشود", false},
		{"a joiner in Latin goes", "li\u200cfe", "life", true},
		{"an invalid byte is replaced", "a\xffb", "a\ufffdb", true},
		{"nothing stays nothing", " \u00a0 ", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, changed := locale.Normalise(c.in)
			if got != c.want || changed != c.changed {
				t.Errorf("Normalise(%q) = %q, %v; want %q, %v", c.in, got, changed, c.want, c.changed)
			}
		})
	}
}

func TestNormalisedTextIsNotChangedAgain(t *testing.T) {
	property := func(s string) bool {
		once, _ := locale.Normalise(s)
		twice, changed := locale.Normalise(once)
		return once == twice && !changed
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestNormalisedTextMatchesTheOriginal(t *testing.T) {
	for _, s := range []string{"E\u0301vry\u00a0-\u200bCourcouronnes", "50\u202f000", "Côte d’Ivoire"} {
		clean, _ := locale.Normalise(s)
		if locale.Fold(clean) != locale.Fold(s) {
			t.Errorf("%q folds to %q, normalised to %q", s, locale.Fold(s), locale.Fold(clean))
		}
	}
}

// ASCII is folded in a way of its own; a letter behind it makes all of the text go the other way.
func TestASCIIFoldsAlikeAmongOtherLetters(t *testing.T) {
	want := func(s string) string { return strings.TrimSpace(strings.TrimSuffix(locale.Fold(s+" é"), "e")) }
	seeded := rand.New(rand.NewPCG(2, 7))
	for n := range 200_000 {
		text := make([]byte, n%9)
		for i := range text {
			text[i] = byte(seeded.IntN(128))
			if seeded.IntN(3) == 0 {
				text[i] = " aB%-"[seeded.IntN(5)]
			}
		}
		if got := locale.Fold(string(text)); got != want(string(text)) {
			t.Fatalf("Fold(%q) = %q, want %q", text, got, want(string(text)))
		}
	}
}

func TestLatinLettersSideBySideAreNormalised(t *testing.T) {
	for a := rune(0xA1); a <= 0x24F; a++ {
		if a == 0xAD {
			continue
		}
		for b := rune(' ') + 1; b <= 0x24F; b++ {
			if b >= 0x7f && b <= 0xA0 || b == 0xAD {
				continue
			}
			text := string(a) + string(b)
			if got, changed := locale.Normalise(text); got != text || changed || !norm.NFC.IsNormalString(text) {
				t.Fatalf("Normalise(%q) = %q, %v", text, got, changed)
			}
		}
	}
}
