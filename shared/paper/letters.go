package paper

import (
	"strings"
	"unicode"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// box stands for a letter that the fonts have nothing like.
const box = "□"

// letters turns texts into what the fonts can show. They have Latin, Greek and Cyrillic.
type letters struct {
	font  *sfnt.Font
	known map[rune]string
	lossy bool // a letter was set as another
}

func newLetters() letters {
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // the font is part of the program
	}
	// Spaces and hyphens that the fonts lack have others of the same meaning.
	return letters{font: font, known: map[rune]string{
		'\u202F': "\u00A0", '\u2007': "\u00A0", '\u2009': "\u00A0", '\u2011': "-", '\u2010': "-", '\u2212': "-", '\t': " ", '\n': " ", '\r': "",
		'\u200B': "", '\u200E': "", '\u200F': "", '\uFEFF': "", '\u00AD': "",
	}}
}

// set gives a text in letters that the fonts have.
func (l *letters) set(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		shown, ok := l.known[r]
		if !ok {
			shown = l.nearest(r)
			l.known[r] = shown
		}
		l.lossy = l.lossy || !ok && shown != string(r)
		b.WriteString(shown)
	}
	return b.String()
}

func (l *letters) nearest(r rune) string {
	if l.has(r) {
		return string(r)
	}
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.Is(unicode.Mn, part):
		case l.has(part):
			b.WriteRune(part)
		default:
			return box
		}
	}
	if b.Len() == 0 {
		return box
	}
	return b.String()
}

func (l *letters) has(r rune) bool {
	glyph, err := l.font.GlyphIndex(nil, r)
	return err == nil && glyph != 0
}
