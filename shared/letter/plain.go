package letter

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is how many characters a line of plain text has, so that it can be quoted in an answer.
const lineWidth = 72

// text is plain text while it is written.
type text struct {
	strings.Builder
	colon string
}

// plain is the letter as plain text.
func plain(v view) string {
	t := &text{colon: v.Colon}
	t.para(v.Product)
	t.heading(v.Title, '=')
	t.para(v.When)
	if v.Corrected != "" {
		t.para(v.Corrected)
		t.rows(v.Corrections)
	}
	t.para(v.Leads)
	if v.Reminds {
		t.link(v.Acts)
	}
	t.para(v.Compared)
	for _, g := range append(v.Groups, v.Gone) {
		if len(g.Rows) > 0 {
			t.heading(g.Title, '-')
			t.rows(g.Rows)
			t.para(g.More)
		}
	}
	for _, l := range v.Lists {
		t.heading(l.Title, '-')
		t.para(l.Empty)
		t.entries(l.Entries)
		t.para(l.More)
	}
	if len(v.Files.Rows) > 0 {
		t.para(v.Files.Title)
		t.rows(v.Files.Rows)
	}
	t.link(v.Page)
	if !v.Reminds {
		t.link(v.Acts)
	}
	t.para(v.SignIn)
	t.line(strings.Repeat("-", lineWidth))
	t.para(v.AsOf)
	t.para(v.Why + " " + v.Declines)
	t.line(v.Decline)
	return strings.TrimRight(t.String(), "\n") + "\n"
}

// line is a line as it is; none of an empty one.
func (t *text) line(s string) {
	if s != "" {
		t.WriteString(s + "\n")
	}
}

// para is a paragraph with an empty line behind it; none of an empty text.
func (t *text) para(s string) {
	if s != "" {
		t.wrapped(s, "", "")
		t.WriteString("\n")
	}
}

// heading is a text with a line under it.
func (t *text) heading(s string, under rune) {
	if s == "" {
		return
	}
	t.wrapped(s, "", "")
	t.line(strings.Repeat(string(under), min(utf8.RuneCountInString(s), lineWidth)))
	if under == '=' {
		t.WriteString("\n")
	}
}

func (t *text) link(l link) {
	if l.Address != "" {
		t.line(l.Words + t.colon)
		t.line(l.Address + "\n")
	}
}

// rows are figures, a line each.
func (t *text) rows(rows []row) {
	for _, r := range rows {
		s := r.Label
		if r.Value != "" {
			s += t.colon + " " + r.Value
		}
		if r.Before != "" {
			s += " (" + r.Before + ")"
		}
		t.wrapped(s, "- ", "  ")
	}
	t.WriteString("\n")
}

func (t *text) entries(entries []entry) {
	for _, e := range entries {
		s := e.Name
		if e.Late != "" {
			s += " (" + e.Late + ")"
		}
		t.wrapped(s, "- ", "  ")
		if e.Facts != "" {
			t.wrapped(e.Facts, "  ", "  ")
		}
	}
	if len(entries) > 0 {
		t.WriteString("\n")
	}
}

// wrapped breaks a text into lines at its spaces; the first one begins otherwise than the others.
func (t *text) wrapped(s, first, others string) {
	line, begin := first, first
	for word := range strings.SplitSeq(s, " ") {
		if line != begin && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > lineWidth {
			t.line(line)
			line, begin = others, others
		}
		if line != begin {
			line += " "
		}
		line += word
	}
	t.line(line)
}
