// Package paper sets documents on pages of A4 as PDF: headings, texts, facts and tables that go on over pages, in fonts that are part of
// the file. It knows neither the network nor sheets, and the same content gives the same bytes.
package paper

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Options is what a document says about itself, in its properties and on each of its pages.
type Options struct {
	Title   string
	Subject string
	Author  string
	Lang    locale.Lang
	Date    time.Time // of the document, as its properties say it; no clock is read
	Head    string    // at the top of every page
	Foot    string    // at the bottom of every page, before its number
}

// The page, in millimetres.
const (
	width, height = 210.0, 297.0
	side          = 18.0
	top, bottom   = 25.0, 22.0
	inner         = width - 2*side
)

// style is how a text is set.
type style struct {
	face string  // "" upright, "B" bold, "I" italic
	size float64 // in points
	grey bool
}

// leading is the distance between two lines, in millimetres.
func (s style) leading() float64 { return s.size * 0.3528 * 1.36 }

var (
	titleStyle    = style{face: "B", size: 19}
	subtitleStyle = style{size: 11, grey: true}
	headingStyles = [...]style{{face: "B", size: 13}, {face: "B", size: 10}}
	textStyle     = style{size: 9}
	noteStyle     = style{face: "I", size: 8, grey: true}
	factStyle     = style{size: 9}
	headStyle     = style{face: "B", size: 8}
	cellStyle     = style{size: 8}
	sumStyle      = style{face: "B", size: 8}
	underStyle    = style{size: 6.5, grey: true}
	edgeStyle     = style{size: 7, grey: true}
)

const family = "go"

// Document is being set from the top down. It keeps its first failure, which Output gives.
type Document struct {
	pdf     *fpdf.Fpdf
	options Options
	y       float64 // where the next thing goes
	letters letters
}

// New starts a document on its first page.
func New(o Options) *Document {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(o.Date.UTC())
	pdf.SetModificationDate(o.Date.UTC())
	pdf.SetLang(string(o.Lang))
	pdf.SetTitle(o.Title, true)
	pdf.SetSubject(o.Subject, true)
	pdf.SetAuthor(o.Author, true)
	pdf.SetDisplayMode("fullwidth", "continuous")
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	pdf.AddUTF8FontFromBytes(family, "I", goitalic.TTF)
	d := &Document{pdf: pdf, options: o, letters: newLetters()}
	d.page()
	return d
}

// Title sets the document's title, and a line under it.
func (d *Document) Title(text, under string) {
	d.bookmark(text, 0)
	d.block(titleStyle, text)
	d.y++
	d.block(subtitleStyle, under)
	d.y += 4
}

// Heading sets a heading of level 1 or 2, which is a bookmark too, and keeps it with what follows.
func (d *Document) Heading(level int, text string) {
	s := headingStyles[level-1]
	d.y += 6 - 2*float64(level-1)
	d.need(s.leading() + 32/float64(level)) // a heading of level 2 may follow, and some lines
	d.bookmark(text, level)
	d.block(s, text)
	d.y += 1.5
}

// Text sets a paragraph; each of its lines begins a new one.
func (d *Document) Text(text string) { d.block(textStyle, text); d.y += 1.5 }

// Note sets a remark on what stands above.
func (d *Document) Note(text string) { d.block(noteStyle, text); d.y += 1.5 }

// Lossy reports whether a text so far had letters that the fonts lack, which are set as their nearest or as a box.
func (d *Document) Lossy() bool { return d.letters.lossy }

// Output numbers the pages and writes the document.
func (d *Document) Output(w io.Writer) error {
	pages := d.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		d.pdf.SetPage(n)
		d.rule(top-6, 0.15, 90)
		d.line(edgeStyle, side, top-8, d.options.Head)
		d.rule(height-bottom+5, 0.15, 90)
		d.line(edgeStyle, side, height-bottom+9, d.options.Foot)
		number := fmt.Sprintf(pageOf.In(d.options.Lang), n, pages)
		d.use(edgeStyle)
		d.line(edgeStyle, width-side-d.pdf.GetStringWidth(number), height-bottom+9, number)
	}
	if err := d.pdf.Output(w); err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	return nil
}

var pageOf = locale.Text{EN: "Page %d of %d", FR: "Page %d sur %d", ES: "Página %d de %d"}

func (d *Document) page() {
	d.pdf.AddPage()
	d.y = top
}

// left is the height that the page still has.
func (d *Document) left() float64 { return height - bottom - d.y }

// need starts a new page where less than this is left.
func (d *Document) need(high float64) {
	if d.left() < high {
		d.page()
	}
}

func (d *Document) bookmark(text string, level int) {
	d.use(textStyle) // bookmarks are encoded as the font in use is
	d.pdf.Bookmark(text, level, d.y)
}

// block sets a text over the whole width, from line to line and page to page.
func (d *Document) block(s style, text string) {
	for _, line := range d.wrap(s, text, inner) {
		d.need(s.leading())
		d.line(s, side, d.y+0.75*s.leading(), line)
		d.y += s.leading()
	}
}

func (d *Document) use(s style) { d.pdf.SetFont(family, s.face, s.size) }

// line sets one line, at the left end of its baseline.
func (d *Document) line(s style, x, y float64, text string) {
	if text == "" {
		return
	}
	d.use(s)
	ink := 25
	if s.grey {
		ink = 90
	}
	d.pdf.SetTextColor(ink, ink, ink)
	d.pdf.Text(x, y, d.letters.set(text))
}

// rule draws a line over the whole width, in a grey from 0 (black) to 255.
func (d *Document) rule(y, thick float64, grey int) {
	d.pdf.SetDrawColor(grey, grey, grey)
	d.pdf.SetLineWidth(thick)
	d.pdf.Line(side, y, width-side, y)
}
