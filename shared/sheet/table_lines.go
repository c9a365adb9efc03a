package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// classify makes the current line of a row.
func (t *Table) classify(row *Row) {
	t.line = Line{Row: row, Number: row.Number}
	first, filled := t.look(row)
	if filled == 0 {
		t.line.Class = LineBlank
		return
	}
	t.skippedBlanks(row.Number)
	t.previous = row.Number
	if word := t.totalWord(row, first); word != nil {
		t.line.Class = LineTotal
		t.raise(problem.New("ROW_TOTAL_DETECTED").At(t.loc.Sheet, row.Number, word.Col).Valued(word.Value()))
		return
	}
	if t.titleLine(row) || row.Hidden && !t.hiddenLine() {
		return
	}
	t.ragged(row)
	t.noteUntitled(row)
}

func (t *Table) raise(p *problem.Problem) { t.line.Problems = append(t.line.Problems, *p) }

// titleLine deals with titles among the lines, and with what stands below other ones than the header's.
func (t *Table) titleLine(row *Row) bool {
	repeated, moved := t.titles.again(row)
	switch {
	case repeated:
		t.titles.other = 0
		t.line.Class = LineTitles
		t.raise(problem.New("HEADER_REPEATED").At(t.loc.Sheet, row.Number, 0))
		return true
	case moved:
		t.titles.other = row.Number
	case t.titles.other == 0:
		return false
	}
	t.line.Class = LineOther
	t.raise(problem.New("HEADER_CHANGED").At(t.loc.Sheet, row.Number, 0).WithInt("row", t.titles.other))
	return true
}

// look finds the first filled cell below any title, and counts those in declared columns.
func (t *Table) look(row *Row) (first *Cell, filled int) {
	for i := range row.Cells {
		c := &row.Cells[i]
		if c.Col >= len(t.roles) {
			break
		}
		role := t.roles[c.Col]
		if role == roleNone || isBlank(c) {
			continue
		}
		if first == nil {
			first = c
		}
		if role == roleRead {
			filled++
		}
	}
	return first, filled
}

// isBlank reports whether a cell holds nothing that can be seen.
func isBlank(c *Cell) bool {
	if c == nil || c.Kind == KindEmpty {
		return true
	}
	if c.Kind != KindText || c.Text != "" && c.Text[0] > ' ' && c.Text[0] < 0x7f {
		return false
	}
	text, _ := locale.Normalise(c.Text)
	return text == ""
}

// skippedBlanks says of each blank row between others that it was skipped, up to a number: a sheet may have a million.
func (t *Table) skippedBlanks(row int) {
	const most = 20
	for blank := t.previous + 1; blank < row && blank <= t.previous+most; blank++ {
		t.raise(problem.New("ROW_BLANK_SKIPPED").At(t.loc.Sheet, blank, 0))
	}
}

// hiddenLine deals with a hidden row that holds something; it reports whether the row is data.
func (t *Table) hiddenLine() bool {
	switch t.answers.hidden {
	case hiddenSkip:
		t.line.Class = LineHiddenSkipped
		return false
	case hiddenOpen:
		t.hidden++
		t.line.Open = true
	}
	return true
}

// ragged compares the number of a CSV record's fields with the header's. Blank fields too many are harmless; too few are not,
// because nobody knows which separator is missing.
func (t *Table) ragged(row *Row) {
	if !t.csv || t.width == 0 || row.Fields == t.width {
		return
	}
	at := row.Fields + 1
	if row.Fields > t.width {
		excess := slices.IndexFunc(row.Cells, func(c Cell) bool { return c.Col > t.width && !isBlank(&c) })
		if excess < 0 {
			return
		}
		at = row.Cells[excess].Col
	} else if row.Fields >= len(t.roles)-1 {
		return // only columns without a title are missing
	}
	t.raise(problem.New("ROW_RAGGED").At(t.loc.Sheet, row.Number, at).Valued(row.At(at).Value()).
		WithInt("cells", row.Fields).WithInt("columns", t.width))
}

// noteUntitled notes columns that hold something below no title.
func (t *Table) noteUntitled(row *Row) {
	if n := len(row.Cells); n == 0 || row.Cells[n-1].Col < len(t.roles) && len(t.loc.titled) == 1 && t.loc.titled[0].First <= row.Cells[0].Col {
		return // the usual case: all cells are below titles
	}
	for i := range row.Cells {
		c := &row.Cells[i]
		if c.Col < len(t.roles) && t.roles[c.Col] != roleNone || isBlank(c) {
			continue
		}
		if t.csv && c.Col > t.width || t.untitled[c.Col] || inSpans(t.loc.merged, c.Col) {
			continue
		}
		t.untitled[c.Col] = true
	}
}

// totalWords recognise the beginning of a total row.
type totalWords struct {
	words []string // folded
}

func newTotalWords(schema *Schema) totalWords {
	t := totalWords{words: []string{
		"total", "totals", "totaux", "totales", "sum", "sums", "somme", "sommes", "suma", "sumas", "subtotal", "sub total", "sous total",
		"grand total", "gran total", "overall total", "montant total", "importe total", "monto total", "somme totale", "suma total",
		"total general", "cumul",
	}}
	for _, word := range schema.TotalWords {
		if word = locale.Fold(word); word != "" {
			t.words = append(t.words, word)
		}
	}
	return t
}

// mayBegin takes a quick look at the first letters of a text: most texts begin with others than the words do.
func (t *totalWords) mayBegin(text string) bool {
	const look = 3
	first, known := firstLetter(text)
	if !known {
		return true
	}
	for _, word := range t.words {
		if word[0] != first {
			continue
		}
		n := 1
		for n < min(look, len(word), len(text)) && (text[n]|0x20 == word[n] || text[n] >= utf8.RuneSelf || word[n] == ' ') {
			n++
		}
		if n == min(look, len(word), len(text)) {
			return true
		}
	}
	return false
}

// match reports whether a text begins with a word for a total, and whether it says little else ("Total", "TOTAL 2025").
func (t *totalWords) match(text string) (begins, bare bool) {
	const longest = 80 // bytes; a longer text is none
	text = strings.TrimLeft(text, " \u00a0Σ*-")
	if text == "" || len(text) > longest || !t.mayBegin(text) {
		return false, false
	}
	key := locale.Fold(text)
	for _, word := range t.words {
		rest, ok := strings.CutPrefix(key, word)
		if ok && (rest == "" || rest[0] == ' ') {
			begins = true
			bare = bare || strings.Trim(rest, " 0123456789%$€") == "" || rest == " general" || rest == " usd" || rest == " eur"
		}
	}
	return begins, bare
}

// firstLetter is the character with which a folded text begins, as a quick look tells it: 'e' of "Évry". It is not told of other
// alphabets and of letters that fold to something else.
func firstLetter(text string) (letter byte, ok bool) {
	if text == "" {
		return 0, true
	}
	letter = text[0]
	if letter >= utf8.RuneSelf {
		plain := norm.NFKD.PropertiesString(text).Decomposition()
		if len(plain) == 0 || plain[0] >= utf8.RuneSelf {
			return 0, false
		}
		letter = plain[0]
	}
	if 'A' <= letter && letter <= 'Z' {
		letter += 'a' - 'A'
	}
	return letter, true
}

// totalWord gives the cell by which a row is known as a total: its first filled cell begins with a word for it, and what tells
// a row of data from another is missing. A bare "Total" needs one required column to be blank; a text that only begins so
// ("Total Energies") needs all of them to be, lest a donor of that name be skipped.
func (t *Table) totalWord(row *Row, first *Cell) *Cell {
	if first == nil || first.Kind != KindText {
		return nil
	}
	begins, bare := t.words.match(first.Text)
	if !begins {
		return nil
	}
	blank, filled := 0, 0
	for _, i := range t.required {
		switch col := t.loc.Columns[i]; {
		case col == first.Col:
		case isBlank(row.At(col)):
			blank++
		case !t.isCurrency(i):
			filled++
		}
	}
	if blank+filled == 0 {
		filled = t.otherTexts(row, first)
		if filled == 0 {
			return first
		}
		return nil
	}
	if filled == 0 || bare && blank > 0 {
		return first
	}
	return nil
}

// otherTexts counts the filled cells beside the first one that hold no numbers.
func (t *Table) otherTexts(row *Row, first *Cell) int {
	n := 0
	for i, col := range t.loc.Columns {
		column := &t.loc.Schema.Columns[i]
		if col > 0 && col != first.Col && !column.numeric() && !t.isCurrency(i) && !isBlank(row.At(col)) {
			n++
		}
	}
	return n
}

// isCurrency reports whether a column states the currency of another: sums have it too.
func (t *Table) isCurrency(i int) bool {
	id := t.loc.Schema.Columns[i].ID
	return slices.ContainsFunc(t.loc.Schema.Columns, func(c Column) bool { return c.CurrencyColumn == id })
}
