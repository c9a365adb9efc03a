// Package notes writes the two parts that make up the notes of a sheet, comments and the drawing of their boxes, and merges
// new notes into those of another program. It knows cells by number and nothing else of the sheet.
package notes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/sheet/a1"
	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// Note is a comment at a cell; Col and Row count from 1.
type Note struct {
	Col, Row int
	Text     string
}

// Name is the cell's name in A1 style.
func (n Note) Name() string { return a1.Cell(n.Col, n.Row) }

// Sort orders notes by row and column, as programs store them.
func Sort(list []Note) {
	slices.SortStableFunc(list, func(a, b Note) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col)) })
}

const (
	header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
)

// Comments is a whole comments part.
func Comments(author string, list []Note) []byte {
	b := append(markup.AppendText([]byte(header+`<comments xmlns="`+nsMain+`"><authors><author>`), author),
		"</author></authors><commentList>"...)
	for _, n := range list {
		b = appendComment(b, "", n, 0)
	}
	return append(b, "</commentList></comments>"...)
}

func appendComment(b []byte, prefix string, n Note, author int) []byte {
	b = fmt.Appendf(b, `<%scomment ref="%s" authorId="%d"><%stext>`, prefix, n.Name(), author, prefix)
	b = appendRun(b, prefix, n.Text)
	return append(b, "</"+prefix+"text></"+prefix+"comment>"...)
}

func appendRun(b []byte, p, text string) []byte {
	b = append(b, `<`+p+`r><`+p+`rPr><`+p+`sz val="9"/><`+p+`color indexed="81"/><`+p+`rFont val="Tahoma"/><`+p+`family val="2"/></`+p+
		`rPr><`+p+`t xml:space="preserve">`...)
	return append(markup.AppendText(b, text), "</"+p+"t></"+p+"r>"...)
}

// shapesPerBlock is how many shape numbers a block has; blocks must not be shared by the drawings of a workbook.
const shapesPerBlock = 1024

// Blocks is how many blocks of shape numbers n notes take.
func Blocks(n int) int { return (n + shapesPerBlock) / shapesPerBlock } // the first number of a block stays free

const (
	drawingStart = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"` +
		` xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>`
	shapeType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
		`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
	drawingEnd = "</xml>"
)

// Drawing is a whole drawing of the boxes, with shape numbers of the blocks from firstBlock on.
func Drawing(list []Note, firstBlock int) []byte {
	blocks := make([]string, Blocks(len(list)))
	for i := range blocks {
		blocks[i] = fmt.Sprint(firstBlock + i)
	}
	b := fmt.Appendf(nil, drawingStart, strings.Join(blocks, ","))
	b = append(b, shapeType...)
	for i, n := range list {
		b = appendShape(b, n, firstBlock*shapesPerBlock+1+i)
	}
	return append(b, drawingEnd...)
}

// The size of a box follows its text: programs don't fit it themselves.
const (
	boxColumns  = 4  // that a box is wide
	lineLetters = 44 // that fit into a line of the box
	boxLines    = 30 // at most
	lastColumn  = a1.MaxColumn - 1
	lastRow     = a1.MaxRow - 1
)

func appendShape(b []byte, n Note, id int) []byte {
	lines := 2
	for _, line := range strings.Split(n.Text, "\n") {
		lines += 1 + utf8.RuneCountInString(line)/lineLetters
	}
	lines = min(max(lines, 4), boxLines)
	left, top := min(n.Col, lastColumn-boxColumns), min(max(n.Row-2, 0), lastRow-boxLines)
	return fmt.Appendf(b, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;`+
		`width:220pt;height:%dpt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>`+
		`<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>`+
		`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 31, %d, 1</x:Anchor>`+
		`<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
		id, 12*lines, left, top, left+boxColumns, top+lines*4/5+1, n.Row-1, n.Col-1)
}
