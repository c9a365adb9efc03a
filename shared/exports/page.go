package exports

import (
	"strconv"

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
	r *request
}

// headerRow is where the titles of a page's main table stand, below the page's title, subtitle and a blank row.
const headerRow = 4

// page starts a sheet for people to read: landscape, as wide as the paper, with page numbers; frozen rows are repeated in print.
func (b *book) page(tab string, frozen int, widths ...float64) (*page, error) {
	s, err := b.Sheet(sheet.SheetSpec{
		Name: tab, Widths: widths, FreezeRows: frozen, TitleRows: frozen, Landscape: true, FitWidth: true, HideGrid: true,
		Footer: tab + "\t" + b.r.in(asOf(b.r)) + "\t{page} / {pages}", TabColor: navy,
	})
	if err != nil {
		return nil, err
	}
	return &page{SheetWriter: s, look: b.look, r: b.r}, nil
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

// heading writes the title of a further table, after a blank row.
func (p *page) heading(text string) {
	p.Skip(1)
	p.TallRow(18, sheet.OutCell{Value: text, Style: p.section})
}

// remark writes a line of explanation.
func (p *page) remark(text string) { p.Row(sheet.OutCell{Value: text, Style: p.note}) }

// titles writes the titles of a table; those of numbers are set to the right.
func (p *page) titles(columns ...column) {
	cells := make([]sheet.OutCell, len(columns))
	for i, c := range columns {
		style := p.head
		if c.number {
			style = p.headRight
		}
		cells[i] = sheet.OutCell{Value: p.r.in(c.title), Style: style}
	}
	p.TallRow(32, cells...)
}

// column is one column of a table for people.
type column struct {
	title  locale.Text
	number bool
}

// words and figures are columns of texts and of numbers.
func words(title locale.Text) column   { return column{title: title} }
func figures(title locale.Text) column { return column{title: title, number: true} }

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

// quoted is a text within a formula.
func quoted(text string) string {
	out := []byte{'"'}
	for i := range len(text) {
		if text[i] == '"' {
			out = append(out, '"')
		}
		out = append(out, text[i])
	}
	return string(append(out, '"'))
}

// say is a text in the three languages.
func say(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }
