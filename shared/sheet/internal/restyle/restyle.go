// Package restyle copies the XML of a worksheet and changes nothing in it but the style of some cells. It knows rows and cells
// by their numbers and nothing of what styles mean.
package restyle

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/learning-cities/guildhall/shared/sheet/a1"
	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// Why a sheet can't be changed safely.
var (
	ErrStrict     = errors.New("restyle: the sheet is not of the usual (transitional) kind")
	ErrProtected  = errors.New("restyle: the sheet is protected")
	ErrUnexpected = errors.New("restyle: the sheet has a form that isn't expected")
)

// Cell is a cell to be changed; Level is handed to Options.Style.
type Cell struct{ Row, Col, Level int }

// Options say what to change.
type Options struct {
	Cells []Cell // ascending by row and column, each once
	// Style gives the style of a cell of a level whose own is style.
	Style func(style, level int) (int, error)
	// Clean gives the style of every other cell, and the own style of those in Cells; nil leaves them as they are. Without it
	// rows that have none of Cells are copied unread: the sheet must have been read already.
	Clean func(style int) (int, error)
	// Drawing is the relationship of the notes' drawing, which the sheet shall name if it names none.
	Drawing string
}

const (
	nsMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsRels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// Copy copies the sheet from src to dst. It returns the relationship of the drawing that the copy names.
func Copy(dst io.Writer, src io.Reader, opts Options) (drawing string, err error) {
	c := &copier{out: bufio.NewWriterSize(dst, 64<<10), scan: markup.NewScanner(src), opts: opts, todo: opts.Cells}
	for c.err == nil && c.scan.Next() {
		c.token(c.scan.Token())
	}
	if c.err == nil {
		c.err = c.scan.Err()
	}
	if errors.Is(c.err, markup.ErrMarkup) || c.err == nil && (!c.seenData || len(c.todo) > 0) {
		c.err = ErrUnexpected
	}
	if c.err == nil {
		c.err = c.out.Flush()
	}
	return c.drawing, c.err
}

type copier struct {
	out     *bufio.Writer
	scan    *markup.Scanner
	opts    Options
	drawing string
	err     error

	prefix   string // of the sheet's elements
	seenData bool
	inData   bool
	columns  []columnStyle

	todo     []Cell // still to come, ascending
	row, col int    // the current ones, or the last
	rowStyle int    // of cells that the row doesn't store; -1 for their column's
	inRow    bool
	rowDone  bool // nothing more can be inserted into the row
	named    bool // the drawing was named
	scratch  []byte
}

type columnStyle struct{ first, last, style int }

func (c *copier) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *copier) write(raw []byte) {
	if _, err := c.out.Write(raw); err != nil {
		c.fail(err)
	}
}

// token handles one token at its depth: the sheet is 1, its parts 2, rows 3, cells 4.
func (c *copier) token(t *markup.Token) {
	if t.Kind == markup.Text || t.Kind == markup.Other {
		c.declaration(t)
		c.write(t.Raw)
		return
	}
	depth := c.scan.Depth()
	if t.Kind == markup.End {
		c.end(t, depth)
		return
	}
	switch {
	case depth == 4 && c.inRow:
		c.cell(t)
	case depth == 3 && c.inData:
		c.startRow(t)
	case depth == 3:
		c.third(t)
	case depth == 2:
		c.second(t)
	case depth == 1:
		c.root(t)
	default:
		c.write(t.Raw)
	}
}

func (c *copier) declaration(t *markup.Token) {
	if t.Kind == markup.Other && c.prefix == "" && bytes.HasPrefix(t.Raw, []byte("<?xml ")) {
		if encoding, _, ok := t.Attr("encoding"); ok && !bytes.EqualFold(encoding, []byte("utf-8")) {
			c.fail(ErrUnexpected)
		}
	}
	if c.inData && t.Kind == markup.Other && bytes.HasPrefix(t.Raw, []byte("<![CDATA[")) && c.scan.Depth() < 5 {
		c.fail(ErrUnexpected)
	}
}

func (c *copier) root(t *markup.Token) {
	c.prefix = t.Prefix()
	name := "xmlns"
	if c.prefix != "" {
		name += ":" + c.prefix[:len(c.prefix)-1]
	}
	ns, _, _ := t.Attr(name)
	switch {
	case string(t.Local()) != "worksheet" || t.Kind == markup.Empty:
		c.fail(ErrUnexpected)
	case string(ns) != nsMain:
		c.fail(ErrStrict)
	}
	c.write(t.Raw)
}

// behindDrawing are the parts of a sheet that stand behind the one that names the notes' drawing.
var behindDrawing = map[string]bool{
	"legacyDrawingHF": true, "drawingHF": true, "picture": true, "oleObjects": true, "controls": true, "webPublishItems": true,
	"tableParts": true, "extLst": true, "AlternateContent": true,
}

// second handles the parts of the sheet.
func (c *copier) second(t *markup.Token) {
	switch local := string(t.Local()); {
	case local == "sheetData":
		c.data(t)
		return
	case local == "sheetProtection":
		if on, _, ok := t.Attr("sheet"); ok && (string(on) == "1" || string(on) == "true") {
			c.fail(ErrProtected)
		}
	case local == "legacyDrawing":
		id := relationship(t)
		if id == "" {
			c.fail(ErrUnexpected)
		}
		c.drawing, c.named = id, true
	case c.seenData && behindDrawing[local]:
		c.nameDrawing()
	}
	c.write(t.Raw)
}

// relationship is the value of the id attribute, whatever its prefix.
func relationship(t *markup.Token) string {
	for _, prefix := range []string{"r:", "rel:", "relationships:", "d2p1:", "ns1:", "ns0:"} {
		if id, _, ok := t.Attr(prefix + "id"); ok {
			return string(id)
		}
	}
	return ""
}

func (c *copier) nameDrawing() {
	if c.named || c.opts.Drawing == "" {
		return
	}
	c.named, c.drawing = true, c.opts.Drawing
	c.write([]byte("<" + c.prefix + `legacyDrawing xmlns:r="` + nsRels + `" r:id="` + c.opts.Drawing + `"/>`))
}

// third handles what stands in the parts of the sheet other than its rows.
func (c *copier) third(t *markup.Token) {
	if string(t.Local()) == "col" {
		c.column(t)
		return
	}
	c.write(t.Raw)
}

func (c *copier) column(t *markup.Token) {
	first, ok1 := number(t, "min")
	last, ok2 := number(t, "max")
	style, has := number(t, "style")
	if !ok1 || !ok2 || first > last || last > a1.MaxColumn || len(c.columns) > a1.MaxColumn {
		c.fail(ErrUnexpected)
		return
	}
	clean := c.clean(style)
	c.columns = append(c.columns, columnStyle{first, last, clean})
	if has && clean != style {
		c.scratch = markup.SetAttr(c.scratch[:0], t.Raw, "style", strconv.Itoa(clean))
		c.write(c.scratch)
		return
	}
	c.write(t.Raw)
}

func (c *copier) clean(style int) int {
	if c.opts.Clean == nil {
		return style
	}
	clean, err := c.opts.Clean(style)
	if err != nil {
		c.fail(err)
	}
	return clean
}

// number reads an attribute that counts something; false when it isn't there or isn't a plain number.
func number(t *markup.Token, name string) (int, bool) {
	value, _, ok := t.Attr(name)
	if !ok || len(value) == 0 || len(value) > 9 {
		return 0, false
	}
	n := 0
	for _, b := range value {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = n*10 + int(b-'0')
	}
	return n, true
}

func (c *copier) end(t *markup.Token, depth int) {
	switch {
	case depth == 3 && c.inRow:
		c.finishRow()
		c.inRow = false
	case depth == 2 && c.inData:
		c.rowsBefore(a1.MaxRow + 1)
		c.inData = false
	case depth == 1:
		c.nameDrawing()
	}
	c.write(t.Raw)
}
