package privacy

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"unicode/utf8"
)

func marksOf(t *testing.T, w Who) *Marks {
	t.Helper()
	namings, err := w.namings()
	if err != nil {
		t.Fatal(err)
	}
	salt := []byte("salt")
	m := newMarks(salt)
	for _, n := range namings {
		m.add(n.kind, len(n.words), n.hash(salt))
	}
	return m
}

func TestAPersonIsFoundHoweverItIsWritten(t *testing.T) {
	m := marksOf(t, Who{Names: []string{"Yann Kerbrat-Évrard"}, Emails: []string{"Y.Kerbrat@Example.org"}})
	for text, want := range map[string]string{
		"Yann Kerbrat-Évrard":                        Mark,
		"M. YANN KERBRAT EVRARD, maire":              "M. " + Mark + ", maire",
		"KERBRAT\u2011ÉVRARD, Yann":                  Mark,
		"(yann  kerbrat’evrard)":                     "(" + Mark + ")",
		"Kerbrat-E\u0301vrard Yann et Anne Le Goff":  Mark + " et Anne Le Goff",
		"mailto:y.kerbrat@example.org?subject=a":     "mailto:" + Mark + "?subject=a",
		"<y.kerbrat@example.org>,<anne@example.org>": "<" + Mark + ">,<anne@example.org>",
		"Yann Kerbrat-Évrard, Yann Kerbrat-Évrard":   Mark + ", " + Mark,
		"Yann Kerbrat":                               "Yann Kerbrat",
		"Yannis Kerbrat-Évrard":                      "Yannis Kerbrat-Évrard",
		"kerbrat@example.org":                        "kerbrat@example.org",
		"":                                           "",
	} {
		if got := m.Redact(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
		if m.Named(text) != (text != want) {
			t.Errorf("Named(%q) is %t", text, text == want)
		}
		if again := m.Redact(want); again != want {
			t.Errorf("redacted again %q becomes %q", want, again)
		}
	}
}

func TestANamingByWhichOthersWouldBeMeantIsRefused(t *testing.T) {
	for _, w := range []Who{
		{}, {Names: []string{"Yann"}}, {Names: []string{"A B"}}, {Names: []string{""}}, {Emails: []string{"yann"}}, {Emails: []string{"a@b@c.org"}}, {Account: "a/b"},
		{Names: []string{strings.Repeat("Yann ", 50)}}, {Names: strings.Split(strings.Repeat("Yann Kerbrat\n", MaxNamings+1), "\n")[:MaxNamings+1]},
	} {
		if _, err := w.namings(); err == nil || !strings.Contains(err.Error(), "FIELD_INVALID") {
			t.Errorf("%+v: %v", w, err)
		}
	}
	if _, err := (Who{Account: "01"}).namings(); err != nil {
		t.Error(err)
	}
}

// FuzzWordsAreThoseOfFold holds the words with their places to what the rest of the product takes for the same words.
func FuzzWordsAreThoseOfFold(f *testing.F) {
	for _, text := range []string{"Yann Kerbrat", "O’Neil-Évrard…", "½ ﬁn", "a\u0301\u200bb", "  ", "\xff", "Ǆ", "a\u00b4b", "ʼ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got []string
		last := 0
		for _, w := range wordsOf(text) {
			if w.from < 0 || w.to > len(text) || w.from >= w.to || w.from < last && w.to != last {
				t.Fatalf("%q: a word at %v", text, w.span)
			}
			last = w.to
			got = append(got, w.text)
		}
		if want := foldedWords(text); !slices.Equal(got, want) && utf8.ValidString(text) {
			t.Errorf("%q: words %q, not %q", text, got, want)
		}
	})
}

func TestALetterOrDigitOfASCIIIsFoldedAsEveryOtherText(t *testing.T) {
	for r := range rune(128) {
		if isAlphanumeric(r) && locale.Fold(string(r)) != strings.ToLower(string(r)) {
			t.Errorf("%q folds to %q", r, locale.Fold(string(r)))
		}
	}
}
