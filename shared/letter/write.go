package letter

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/summary"
)

// How many characters of a text stand in a letter.
const (
	longestTitle = 170
	longestLead  = 1200
	longestName  = 160
	longestNote  = 300
)

// writer writes for one reader.
type writer struct{ About }

// say is a text of the report, as it is shown.
func (w writer) say(text locale.Text, longest int) string {
	return w.typeset(clean(text.In(w.Lang), longest))
}

// value is a figure's value, "" where there is none.
func (w writer) value(v summary.Value) string { return w.typeset(clean(v.In(w.Lang), longestNote)) }

// word is a text of letters.
func (w writer) word(text locale.Text) string { return w.typeset(text.In(w.Lang)) }

// fill is a text of letters with other texts at the places in braces.
func (w writer) fill(text locale.Text, places ...any) string {
	filled := text.In(w.Lang)
	for i := 0; i+1 < len(places); i += 2 {
		filled = fill(filled, places[i].(string), clean(places[i+1].(locale.Text).In(w.Lang), longestNote))
	}
	return w.typeset(filled)
}

func fill(text, place, with string) string { return strings.ReplaceAll(text, "{"+place+"}", with) }

// frenchSpaces are those that French sets before a sign and within its quotation marks: no line breaks there.
var frenchSpaces = strings.NewReplacer(
	" :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!", " »", "\u00a0»", "« ", "«\u00a0", " %", "\u00a0%",
)

// typeset keeps together what stands in one line.
func (w writer) typeset(text string) string {
	if w.Lang != locale.FR {
		return text
	}
	return frenchSpaces.Replace(text)
}

// clean is a text as one line of at most so many characters: without what breaks lines, turns the direction or isn't seen, words with one
// space between them, "…" for what is left out. Texts that people wrote on record may be anything.
func clean(text string, longest int) string {
	blank := text == ""
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case r == unicode.ReplacementChar, unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.TrimSpace(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }), " "))
	if text == "" && !blank {
		return "…"
	}
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	cut := string([]rune(text)[:longest-1])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)*3/4 {
		cut = cut[:space]
	}
	return strings.TrimRightFunc(cut, unicode.IsSpace) + "…"
}

// below is the address of a page below the product's, "" for what is no such path.
func below(address, path string) string {
	if path == "" || strings.HasPrefix(path, "/") || strings.Contains(path, "..") ||
		strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\\\"'<>", r) }) {
		return ""
	}
	if relative, err := url.Parse(path); err != nil || relative.Scheme != "" || relative.Host != "" {
		return ""
	}
	return address + path
}
