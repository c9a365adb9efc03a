package exports

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// book is a workbook being written. Its Writer keeps the first failure, so that only closing it need be looked at.
type book struct {
	*sheet.Writer
	*look
	r *request
}

// page is one of its sheets, written from the top down.
type page struct {
	*sheet.SheetWriter
	*look
	r      *request
	widths []float64
}

// headerRow is where the titles of a page's main table stand, below the page's title, subtitle and a blank row.
const headerRow = 4

// page starts a sheet of several tables: landscape, as wide as the paper, with page numbers. The rows down to frozen stay in view;
// in print the sheet's title is repeated.
func (b *book) page(tab string, frozen int, widths ...float64) (*page, error) {
	return b.start(sheet.SheetSpec{Name: tab, FreezeRows: frozen, TitleRows: 2}, widths)
}

// poster starts a sheet of tables and charts that don't grow with the network, and are printed on one page.
func (b *book) poster(tab string, frozen int, widths ...float64) (*page, error) {
	return b.start(sheet.SheetSpec{Name: tab, FreezeRows: frozen, OnePage: true}, widths)
}

// list starts a sheet of one long table, whose titles stay in view and are repeated in print.
func (b *book) list(tab string, widths ...float64) (*page, error) {
	return b.start(sheet.SheetSpec{Name: tab, FreezeRows: headerRow, TitleRows: headerRow}, widths)
}

// wideList is a list with more columns than a screen shows, whose first two stay in view.
func (b *book) wideList(tab string, widths ...float64) (*page, error) {
	return b.start(sheet.SheetSpec{Name: tab, FreezeRows: headerRow, FreezeCols: 2, TitleRows: headerRow}, widths)
}

func (b *book) start(spec sheet.SheetSpec, widths []float64) (*page, error) {
	spec.Widths, spec.Landscape, spec.FitWidth, spec.HideGrid, spec.TabColor = widths, true, true, true, navy
	spec.Footer = spec.Name + "\t" + b.r.in(asOf(b.r)) + "\t{page} / {pages}"
	s, err := b.Sheet(spec)
	if err != nil {
		return nil, err
	}
	return &page{SheetWriter: s, look: b.look, r: b.r, widths: widths}, nil
}

// asOf is the date that the workbook shows, in words.
func asOf(r *request) locale.Text {
	day := r.day.Text()
	return say("as of "+day.EN, "au "+day.FR, "a "+day.ES)
}

// title writes the page's first three rows.
func (p *page) title(title, subtitle string) {
	p.TallRow(24, sheet.OutCell{Value: title, Style: p.look.title})
	p.Row(sheet.OutCell{Value: subtitle, Style: p.subtitle})
	p.Skip(1)
}

// firstHeading writes the title of the first of several tables.
func (p *page) firstHeading(text string) { p.TallRow(18, sheet.OutCell{Value: text, Style: p.section}) }

// heading writes the title of a further table, after a blank row.
func (p *page) heading(text string) {
	p.Skip(1)
	p.firstHeading(text)
}

// titles writes the titles of a table, aligned as what stands below them.
func (p *page) titles(columns ...column) {
	cells := make([]sheet.OutCell, len(columns))
	for i, c := range columns {
		cells[i] = sheet.OutCell{Value: p.r.in(c.title), Style: [...]sheet.StyleID{p.head, p.headRight, p.headCentre}[c.align]}
	}
	p.TallRow(max(p.height(cells), 30), cells...)
}

// Row writes the next row, as high as its wrapped texts need: programs don't work that out for a file that they open, or each
// its own way.
func (p *page) Row(cells ...sheet.OutCell) { p.TallRow(p.height(cells), cells...) }

// The height of a line and the space above and below a row's text, in points; and how many average characters of any usual
// typeface go into a column's unit of width, of which the space before a text takes some.
const (
	lineHeight   = 13.5
	rowSpace     = 4.5
	mostLines    = 29 // a row can't be higher than 409 points
	perWidthUnit = 1.2
	perWidthBold = 1.05
	textSpace    = 1.5
)

// height is that of a row in points.
func (p *page) height(cells []sheet.OutCell) float64 {
	most := 1
	for i, c := range cells {
		if text, ok := c.Value.(string); ok && p.wraps[c.Style] && i < len(p.widths) {
			most = max(most, lines(text, int((p.widths[i]-textSpace)*p.perUnit(c.Style))))
		}
	}
	return heightOf(most)
}

func heightOf(lines int) float64 { return float64(min(lines, mostLines))*lineHeight + rowSpace }

func (p *page) perUnit(style sheet.StyleID) float64 {
	if style == p.head || style == p.headRight || style == p.headCentre {
		return perWidthBold
	}
	return perWidthUnit
}

// wideRemark is a remark that may be long, spread over a number of columns.
func (p *page) wideRemark(text string, columns int) {
	row, width := p.NextRow(), 0.0
	for _, w := range p.widths[:columns] {
		width += w
	}
	p.Merge(sheet.Range{FirstCol: 1, FirstRow: row, LastCol: columns, LastRow: row})
	p.TallRow(heightOf(lines(text, int(width*perWidthUnit))), sheet.OutCell{Value: text, Style: p.note})
}

// nothing says below the titles of a list why it has no rows.
func (p *page) nothing(why locale.Text, columns int) { p.wideRemark(p.r.in(why), columns) }

// lines counts the lines that a text takes when words go to the next line where they don't fit.
func lines(text string, width int) int {
	count := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		count++
		used := 0
		for _, word := range strings.Fields(paragraph) {
			n := utf8.RuneCountInString(word)
			switch {
			case used == 0:
			case used+1+n > width:
				count++
				used = 0
			default:
				used++
			}
			used += n
			count += max(used-1, 0) / max(width, 1) // a word longer than the line
			used = min(used, width)
		}
	}
	return count
}

// column is one column of a table for people.
type column struct {
	title locale.Text
	align int // of its title: left, right, centre
}

// words, amounts and counts are columns of texts, of money and other measures, and of whole numbers.
func words(title locale.Text) column   { return column{title: title} }
func amounts(title locale.Text) column { return column{title: title, align: 1} }
func counts(title locale.Text) column  { return column{title: title, align: 2} }

// cell is a value in a style.
func cell(value any, style sheet.StyleID) sheet.OutCell {
	return sheet.OutCell{Value: value, Style: style}
}

// computed is a formula with its result.
func computed(formula string, result any, style sheet.StyleID) sheet.OutCell {
	return sheet.OutCell{Formula: formula, Value: result, Style: style}
}

// exact is an amount as an exact number of units of its currency.
func exact(a money.Amount) sheet.Number { return sheet.Number(a.Decimal(money.ISO(a.Currency))) }

// at names a cell of a formula: at(2, 5) is B5.
func at(col, row int) string { return sheet.CellName(col, row) }

// span names the cells of one column: span(2, 5, 8) is B5:B8.
func span(col, first, last int) string { return at(col, first) + ":" + at(col, last) }

// fixed is span that stays as it is when a formula is copied: $B$5:$B$8.
func fixed(col, first, last int) string {
	letters := "$" + sheet.ColumnName(col) + "$"
	return letters + strconv.Itoa(first) + ":" + letters + strconv.Itoa(last)
}

// listPlaces is where the rows of a list stand; one is left blank where there are none, so that formulas have cells to refer to.
type listPlaces struct{ first, last int }

func placeList(rows int) listPlaces {
	return listPlaces{first: headerRow + 1, last: headerRow + max(rows, 1)}
}

// column names the cells of a column of a list for a formula.
func (l listPlaces) column(tab string, col int) string {
	return sheet.Ref(tab, fixed(col, l.first, l.last))
}

// say is a text in the three languages.
func say(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }
