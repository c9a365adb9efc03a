package locale

import (
	"strings"
	"unicode"
)

// Words counts words as people count them: what stands between white space, when
// it has a letter or a digit (so French " : " and a lone dash count nothing);
// "well-being", "l'apprentissage" and "2019–2021" are one word, "50 000" is one
// number, a long dash or an ellipsis separates, and each Han or kana character
// is a word of its own, as word processors have it.
func Words(s string) int {
	count, group := 0, false
	for _, token := range strings.FieldsFunc(s, endsWord) {
		if group && isDigits(token, 3, 3) {
			continue // "000" of "50 000"
		}
		group = isDigits(token, 1, 3)
		count += wordsIn(token)
	}
	return count
}

func endsWord(r rune) bool {
	return unicode.IsSpace(r) || r == '—' || r == '…' || r == '\u200B'
}

func wordsIn(token string) int {
	ideographs, others := 0, 0
	for _, r := range token {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			ideographs++
		case unicode.IsLetter(r), unicode.IsNumber(r):
			others = 1
		}
	}
	return ideographs + others
}

func isDigits(s string, least, most int) bool {
	if len(s) < least || len(s) > most {
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}
