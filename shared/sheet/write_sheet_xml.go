package sheet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
	"github.com/learning-cities/guildhall/shared/sheet/internal/notes"
)

const (
	xmlHeader  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsMain     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsRels     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage  = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsTypes    = "http://schemas.openxmlformats.org/package/2006/content-types"
	typePrefix = "application/vnd.openxmlformats-officedocument."
)

// start opens the part and writes what stands before the rows.
func (s *SheetWriter) start() error {
	out, err := s.w.archive.Create(s.part)
	if err != nil {
		return err
	}
	s.out = out
	b := append(s.buf, xmlHeader+`<worksheet xmlns="`+nsMain+`" xmlns:r="`+nsRels+`"><sheetPr>`...)
	if s.spec.TabColor != "" {
		b = append(b, `<tabColor rgb="FF`+attr(s.spec.TabColor)+`"/>`...)
	}
	if s.spec.FitWidth || s.spec.OnePage {
		b = append(b, `<pageSetUpPr fitToPage="1"/>`...)
	}
	b = append(b, "</sheetPr><sheetViews><sheetView"...)
	for _, flag := range []struct {
		xml string
		on  bool
	}{
		{` showGridLines="0"`, s.spec.HideGrid}, {` rightToLeft="1"`, s.spec.RightToLeft}, {` tabSelected="1"`, s.selected},
	} {
		if flag.on {
			b = append(b, flag.xml...)
		}
	}
	b = append(b, ` workbookViewId="0">`+s.spec.pane()+`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`...)
	b, err = s.appendColumns(b)
	s.buf = append(b, "<sheetData>"...)
	return err
}

func (spec *SheetSpec) pane() string {
	if spec.FreezeRows <= 0 && spec.FreezeCols <= 0 {
		return ""
	}
	pane, split := "bottomRight", ""
	if spec.FreezeCols > 0 {
		split = ` xSplit="` + strconv.Itoa(spec.FreezeCols) + `"`
	} else {
		pane = "bottomLeft"
	}
	if spec.FreezeRows > 0 {
		split += ` ySplit="` + strconv.Itoa(spec.FreezeRows) + `"`
	} else {
		pane = "topRight"
	}
	corner := CellName(max(spec.FreezeCols, 0)+1, max(spec.FreezeRows, 0)+1)
	return `<pane` + split + ` topLeftCell="` + corner + `" activePane="` + pane + `" state="frozen"/>` +
		`<selection pane="` + pane + `" activeCell="` + corner + `" sqref="` + corner + `"/>`
}

const (
	usualWidth   = 8.43
	widthPadding = 0.7109375 // what programs add to a width in characters for the cell's margins
)

func (s *SheetWriter) appendColumns(b []byte) ([]byte, error) {
	n := max(len(s.spec.Widths), len(s.spec.ColumnStyles))
	if n > MaxColumns {
		return b, fmt.Errorf("sheet %s: %d columns are more than a sheet holds", s.spec.Name, n)
	}
	before := len(b)
	b = append(b, "<cols>"...)
	empty := len(b)
	for i := range n {
		width, look := 0.0, StyleID(0)
		if i < len(s.spec.Widths) {
			width = s.spec.Widths[i]
		}
		if i < len(s.spec.ColumnStyles) {
			look = s.spec.ColumnStyles[i]
		}
		if width <= 0 && look == 0 {
			continue
		}
		if look < 0 || int(look) >= len(s.w.looks) {
			return b, fmt.Errorf("sheet %s: no style %d", s.spec.Name, look)
		}
		if width <= 0 {
			width = usualWidth
		}
		b = fmt.Appendf(b, `<col min="%d" max="%d" width="%s" customWidth="1"`, i+1, i+1,
			strconv.FormatFloat(min(width, 254)+widthPadding, 'f', -1, 64))
		if look != 0 {
			b = fmt.Appendf(b, ` style="%d"`, s.w.plain(look))
		}
		b = append(b, "/>"...)
	}
	if len(b) == empty {
		return b[:before], nil
	}
	return append(b, "</cols>"...), nil
}

// finish writes what stands behind the rows, and the parts that belong to the sheet.
func (s *SheetWriter) finish() error {
	if s.done {
		return nil
	}
	s.done = true
	rels, err := s.tail()
	if err != nil {
		return err
	}
	if err := s.flush(); err != nil {
		return err
	}
	if err := s.out.Close(); err != nil {
		return err
	}
	s.buf, s.scratch = nil, nil
	return s.putBeside(rels)
}

func (s *SheetWriter) tail() (relationships, error) {
	b := append(s.buf, "</sheetData>"...)
	if s.filter != nil {
		b = append(b, `<autoFilter ref="`+s.filter.String()+`"/>`...)
	}
	if len(s.merges) > 0 {
		b = fmt.Appendf(b, `<mergeCells count="%d">`, len(s.merges))
		for _, m := range s.merges {
			b = append(b, `<mergeCell ref="`+m.String()+`"/>`...)
		}
		b = append(b, "</mergeCells>"...)
	}
	b, err := appendValidations(b, s.validations)
	if err != nil {
		return nil, fmt.Errorf("sheet %s: %w", s.spec.Name, err)
	}
	b = appendLinks(b, s.links)
	b = append(b, `<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9"`...)
	if s.spec.FitWidth && !s.spec.OnePage {
		b = append(b, ` fitToHeight="0"`...)
	}
	if s.spec.Landscape {
		b = append(b, ` orientation="landscape"`...)
	} else {
		b = append(b, ` orientation="portrait"`...)
	}
	b = append(b, "/>"...)
	if b, err = s.appendHeaderFooter(b); err != nil {
		return nil, err
	}
	var rels relationships
	if len(s.charts) > 0 {
		b = append(b, `<drawing r:id="`+rels.add("drawing", s.w.freePart("xl/drawings/drawing%d.xml"))+`"/>`...)
	}
	if len(s.notes) > 0 {
		rels.add("comments", s.w.freePart("xl/comments%d.xml"))
		b = append(b, `<legacyDrawing r:id="`+rels.add("vmlDrawing", s.w.freePart("xl/drawings/vmlDrawing%d.vml"))+`"/>`...)
	}
	s.buf = append(b, "</worksheet>"...)
	return rels, nil
}

// maxLinks is how many links a program accepts in one sheet.
const maxLinks = 65530

func appendLinks(b []byte, links []link) []byte {
	if len(links) == 0 {
		return b
	}
	b = append(b, "<hyperlinks>"...)
	for _, l := range links[:min(len(links), maxLinks)] {
		b = append(b, `<hyperlink ref="`+l.cell+`" location="`...)
		b = markup.AppendAttr(b, l.target)
		b = append(b, `"/>`...)
	}
	return append(b, "</hyperlinks>"...)
}

func (s *SheetWriter) appendHeaderFooter(b []byte) ([]byte, error) {
	if s.spec.Header == "" && s.spec.Footer == "" {
		return b, nil
	}
	b = append(b, "<headerFooter>"...)
	for _, line := range []struct{ element, text string }{{"oddHeader", s.spec.Header}, {"oddFooter", s.spec.Footer}} {
		if line.text == "" {
			continue
		}
		code := printedLine(line.text)
		if units(code) > 255 {
			return b, errors.New("sheet: a printed header or footer of more than 255 characters")
		}
		b = append(b, "<"+line.element+">"...)
		b = markup.AppendText(b, code)
		b = append(b, "</"+line.element+">"...)
	}
	return append(b, "</headerFooter>"...), nil
}

// printedLine turns text with {page} and {pages} into the codes of headers and footers.
func printedLine(text string) string {
	positions := []string{"&L", "&C", "&R"}
	parts := strings.SplitN(text, "\t", 3)
	if len(parts) == 1 {
		positions = positions[1:]
	}
	out := ""
	for i, part := range parts {
		if part == "" {
			continue
		}
		part = strings.ReplaceAll(part, "&", "&&")
		out += positions[i] + strings.NewReplacer("{page}", "&P", "{pages}", "&N").Replace(part)
	}
	return out
}

// putBeside writes the parts that a sheet refers to.
func (s *SheetWriter) putBeside(rels relationships) error {
	if len(rels) == 0 {
		return nil
	}
	for _, rel := range rels {
		var err error
		switch rel.kind {
		case "drawing":
			err = s.putCharts(rel.part)
		case "comments":
			notes.Sort(s.notes)
			err = s.w.archive.Put(rel.part, notes.Comments(s.w.opts.Creator, s.notes))
		case "vmlDrawing":
			err = s.w.archive.Put(rel.part, notes.Drawing(s.notes, s.w.notes+1))
			s.w.notes += notes.Blocks(len(s.notes))
		}
		if err != nil {
			return err
		}
	}
	return s.w.archive.Put(relsOf(s.part), rels.xml(s.part))
}
