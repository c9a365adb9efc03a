package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Letters that Unicode does not decompose although people type them without
// their stroke or ligature, in lower case. The degree sign stands for the ordinal o in "N°".
var unstroked = map[rune]string{
	'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", '°': "o",
}

// Fold reduces a text to what two spellings of the same word share, for matching
// only, never for storing or showing: compatibility decomposition without marks,
// case folded (ß is ss), œ oe, æ ae, ø o, ł l, ı i; hyphens, apostrophes, dots,
// all other punctuation and any white space become one space; outer spaces are
// trimmed. Symbols that carry meaning ($, €, %, +) stay. Folding is idempotent.
func Fold(s string) string {
	if isASCII(s) {
		return foldASCII(s)
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, string(unicode.ReplacementChar)) // bytes that are no text keep what follows from being decomposed
	}
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, r := range norm.NFKD.String(s) {
		r = lower(r)
		switch {
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r):
			continue
		case separates(r):
			pending = b.Len() > 0
			continue
		}
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		if plain, ok := unstroked[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// asciiFolds is what an ASCII character folds to; 0 stands between words.
var asciiFolds = func() (folds [utf8.RuneSelf]byte) {
	for c := range rune(utf8.RuneSelf) {
		if r := lower(c); !separates(r) {
			folds[c] = byte(r)
		}
	}
	return folds
}()

// foldASCII is Fold for ASCII, which most texts of a sheet are. What is folded already stays the same string.
func foldASCII(s string) string {
	same := true
	for i := range len(s) {
		between := s[i] == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' '
		if c := asciiFolds[s[i]]; !between && (c == 0 || c != s[i]) {
			same = false
			break
		}
	}
	if same {
		return s
	}
	folded := make([]byte, 0, len(s))
	pending := false
	for i := range len(s) {
		c := asciiFolds[s[i]]
		if c == 0 {
			pending = len(folded) > 0
			continue
		}
		if pending {
			folded, pending = append(folded, ' '), false
		}
		folded = append(folded, c)
	}
	return string(folded)
}

// lower goes by way of the upper case, which joins the letters that have two
// lower ones (s and ſ, σ and ς, i and ı). What folds to several letters has
// either been decomposed before (ŉ, ﬁ) or stands in unstroked (ß).
func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// separates tells what stands between words. The spacing marks of category Sk
// (` ´ ^) are there because people type them for apostrophes; the modifier
// letters are apostrophes in all but category. Unicode counts % as punctuation,
// but a column of per cents is not the column without.
func separates(r rune) bool {
	switch r {
	case '%':
		return false
	case 'ʼ', 'ʻ', 'ʹ', 'ꞌ':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.IsPunct(r) || unicode.Is(unicode.Sk, r)
}
