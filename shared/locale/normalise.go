package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalise is what happens to every text at the door: canonical composition
// (NFC), zero-width and bidirectional control characters removed, no-break, thin
// and other exotic spaces turned into plain ones, line ends into \n, outer white
// space trimmed. It reports whether it changed anything that the sender should
// hear of (TEXT_NORMALISED): outer trimming and line ends are not worth saying.
// Joiners stay where a script needs them (Persian, the languages of India).
func Normalise(s string) (string, bool) {
	trimmed := strings.TrimSpace(s)
	if isPlain(trimmed) {
		return trimmed, false
	}
	lines := unifyLineEnds(trimmed)
	var b strings.Builder
	b.Grow(len(lines))
	previous := rune(0)
	for _, r := range lines { // an invalid byte arrives here as U+FFFD
		switch {
		case isInvisible(r, previous):
			continue
		case r != '\n' && r != '\t' && unicode.IsSpace(r):
			r = ' '
		}
		b.WriteRune(r)
		previous = r
	}
	clean := norm.NFC.String(b.String())
	return strings.TrimSpace(clean), clean != lines
}

// isPlain is the usual case, answered without allocating: ASCII and the letters of Latin alphabets, each a single character.
func isPlain(s string) bool {
	const noBreakSpace, softHyphen, lastLatin = '\u00A0', '\u00AD', '\u024F'
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c == '\r' || c == '\v' || c == '\f' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r <= noBreakSpace || r == softHyphen || r > lastLatin {
			return false
		}
		i += size
	}
	return true
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

func unifyLineEnds(s string) string { return lineEnds.Replace(s) }

// isInvisible tells the characters without width that come along when people
// copy from pages and mail. The two joiners are letters' business after a letter
// of a script that shapes its letters; those all lie above Hebrew.
func isInvisible(r, previous rune) bool {
	const firstJoiningScript = 0x0600
	switch {
	case r == '\u200C' || r == '\u200D':
		return previous < firstJoiningScript
	case r == '\u200B', r == '\u2060', r == '\uFEFF', r == '\u00AD':
		return true
	case r == '\u200E', r == '\u200F', r == '\u061C':
		return true
	}
	return (r >= '\u202A' && r <= '\u202E') || (r >= '\u2066' && r <= '\u2069')
}
