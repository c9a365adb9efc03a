package paper

// Column is one of a table's.
type Column struct {
	Title string
	Share float64 // of the table's width, beside those of the other columns; above zero
	Right bool    // figures are set to the right
}

// Table is being set, row by row. Its titles are set again on each page that it goes on to.
type Table struct {
	d       *Document
	columns []Column
	at      []float64 // the left edge of each column, and the right edge of the last
	begun   bool
}

// The room inside a cell, in millimetres.
const (
	padX = 1.2
	padY = 0.8
)

// Table starts a table over the whole width. Nothing of it is set before its first row.
func (d *Document) Table(columns ...Column) *Table {
	t := &Table{d: d, columns: columns, at: []float64{side}}
	var all, so float64
	for _, c := range columns {
		all += c.Share
	}
	for _, c := range columns {
		so += c.Share
		t.at = append(t.at, side+inner*so/all)
	}
	return t
}

// Row sets a row, a cell for each column; columns beyond the cells stay empty.
func (t *Table) Row(cells ...string) { t.set(cellStyle, t.wrapped(cellStyle, cells), ""); t.hair() }

// RowUnder sets a row with a small line under its cells, over all columns.
func (t *Table) RowUnder(under string, cells ...string) {
	t.set(cellStyle, t.wrapped(cellStyle, cells), under)
	t.hair()
}

// Group sets a row of one text over all columns, which heads the rows under it.
func (t *Table) Group(text string) {
	if t.d.left() < 4*sumStyle.leading() { // no group without a row on its page
		t.next()
	}
	t.set(sumStyle, [][]string{t.d.wrap(sumStyle, text, inner-2*padX)}, "")
	t.hair()
}

// Sum sets a row that sums those above it: bold, between two lines.
func (t *Table) Sum(cells ...string) {
	t.line(0.25)
	t.set(sumStyle, t.wrapped(sumStyle, cells), "")
	t.line(0.25)
}

// End leaves a table behind.
func (t *Table) End() { t.d.y += 3 }

func (t *Table) line(thick float64) { t.d.rule(t.d.y, thick, 90) }

// hair is the line between two rows.
func (t *Table) hair() { t.d.rule(t.d.y, 0.1, 190) }

func (t *Table) wrapped(s style, cells []string) [][]string {
	lines := make([][]string, min(len(cells), len(t.columns)))
	for i := range lines {
		lines[i] = t.d.wrap(s, cells[i], t.at[i+1]-t.at[i]-2*padX)
	}
	return lines
}

// set sets the lines of a row's cells. A row is kept on one page, unless it is longer than a page.
func (t *Table) set(s style, cells [][]string, under string) {
	below := t.d.wrap(underStyle, under, inner-2*padX)
	lines := 1
	for _, cell := range cells {
		lines = max(lines, len(cell))
	}
	high := float64(lines)*s.leading() + float64(len(below))*underStyle.leading() + 2*padY
	t.titles(high)
	t.d.y += padY
	for n := range lines {
		t.room(s.leading() + padY)
		for i, cell := range cells {
			if n < len(cell) {
				t.cell(s, i, cell[n])
			}
		}
		t.d.y += s.leading()
	}
	for _, line := range below {
		t.room(underStyle.leading() + padY)
		t.d.line(underStyle, side+padX, t.d.y+0.75*underStyle.leading(), line)
		t.d.y += underStyle.leading()
	}
	t.d.y += padY
}

// titles sets the titles before the first row, and again where a row of this height needs a new page.
func (t *Table) titles(high float64) {
	if t.begun && t.d.left() >= high {
		return
	}
	head := t.wrapped(headStyle, titlesOf(t.columns))
	lines := 1
	for _, cell := range head {
		lines = max(lines, len(cell))
	}
	over := float64(lines)*headStyle.leading() + 2*padY
	if high = min(high, height-top-bottom-over); t.d.left() < high+over {
		t.d.page()
	}
	t.begun = true
	t.d.pdf.SetFillColor(232, 238, 247)
	t.d.pdf.Rect(side, t.d.y, inner, over, "F")
	t.line(0.25)
	for i, cell := range head {
		for n, line := range cell {
			t.at1(headStyle, i, t.d.y+padY+(float64(lines-len(cell)+n)+0.75)*headStyle.leading(), line)
		}
	}
	t.d.y += over
	t.line(0.25)
}

// room goes on to the next page inside a row that is longer than a page.
func (t *Table) room(high float64) {
	if t.d.left() < high {
		t.next()
		t.titles(high)
	}
}

// next goes on to the next page, on which the titles are set again.
func (t *Table) next() {
	t.d.page()
	t.begun = false
}

func (t *Table) cell(s style, column int, line string) {
	t.at1(s, column, t.d.y+0.75*s.leading(), line)
}

// at1 sets one line of a cell with its baseline at a height.
func (t *Table) at1(s style, column int, y float64, line string) {
	x := t.at[column] + padX
	if t.columns[column].Right {
		t.d.use(s)
		x = t.at[column+1] - padX - t.d.pdf.GetStringWidth(line)
	}
	t.d.line(s, x, y, line)
}

func titlesOf(columns []Column) []string {
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.Title
	}
	return titles
}

// Fact is something that a document says of itself or its subject.
type Fact struct{ Label, Value string }

// factLabel is the share of the width that the labels of facts take.
const factLabel = 0.32

// Facts sets a list of facts, label beside value; those without a value are left out.
func (d *Document) Facts(facts ...Fact) {
	label := style{face: "B", size: factStyle.size}
	for _, f := range facts {
		if f.Value == "" {
			continue
		}
		labels, values := d.wrap(label, f.Label, inner*factLabel-2), d.wrap(factStyle, f.Value, inner*(1-factLabel))
		for n := range max(len(labels), len(values)) {
			d.need(factStyle.leading())
			if n < len(labels) {
				d.line(label, side, d.y+0.75*factStyle.leading(), labels[n])
			}
			if n < len(values) {
				d.line(factStyle, side+inner*factLabel, d.y+0.75*factStyle.leading(), values[n])
			}
			d.y += factStyle.leading()
		}
		d.y += 0.6
	}
	d.y += 2
}
