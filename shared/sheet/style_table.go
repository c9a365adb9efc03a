package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// styleTable collects what styles.xml lists: each distinct piece once, in the order of first use. It numbers from the counts
// that a workbook being extended has already.
type styleTable struct {
	formats, fonts, fills, borders, xfs pool
	prefix                              string // of the elements of the workbook being extended
}

// pool is a list of distinct elements whose numbers begin at base.
type pool struct {
	base  int
	items []string
	index map[string]int
}

func (p *pool) add(xml string) int {
	if n, ok := p.index[xml]; ok {
		return n
	}
	if p.index == nil {
		p.index = map[string]int{}
	}
	n := p.base + len(p.items)
	p.index[xml] = n
	p.items = append(p.items, xml)
	return n
}

// firstCustomFormat is the lowest number of a format that isn't built in.
const firstCustomFormat = 164

// newStyleTable has what every workbook must have: the plain cell, and the two fills that readers expect first.
func newStyleTable() *styleTable {
	t := &styleTable{formats: pool{base: firstCustomFormat}}
	t.fills.add(`<fill><patternFill patternType="none"/></fill>`)
	t.fills.add(`<fill><patternFill patternType="gray125"/></fill>`)
	t.intern(Style{})
	return t
}

// intern returns the number of the cell format for a style.
func (t *styleTable) intern(s Style) int {
	var b strings.Builder
	format, font, fill, border := t.format(s.NumFmt), t.fonts.add(t.dialect(fontXML(s))), t.fill(s.Fill), t.borders.add(t.dialect(borderXML(s.Border)))
	fmt.Fprintf(&b, `<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0"`, format, font, fill, border)
	if s.QuotePrefix {
		b.WriteString(` quotePrefix="1"`)
	}
	for _, apply := range []struct {
		name string
		on   bool
	}{
		{"applyNumberFormat", format != 0}, {"applyFont", font != 0}, {"applyFill", fill != 0},
		{"applyBorder", border != 0}, {"applyAlignment", s.aligned()}, {"applyProtection", s.Unlocked},
	} {
		if apply.on {
			b.WriteString(" " + apply.name + `="1"`)
		}
	}
	if !s.aligned() && !s.Unlocked {
		return t.xfs.add(t.dialect(b.String() + "/>"))
	}
	b.WriteString(">")
	if s.aligned() {
		b.WriteString(alignmentXML(s))
	}
	if s.Unlocked {
		b.WriteString(`<protection locked="0"/>`)
	}
	return t.xfs.add(t.dialect(b.String() + "</xf>"))
}

func (t *styleTable) dialect(xml string) string { return markup.Prefixed(xml, t.prefix) }

func (s Style) aligned() bool { return s.Wrap || s.Align != "" || s.VAlign != "" || s.Indent > 0 }

func alignmentXML(s Style) string {
	out := "<alignment"
	if s.Align == "" && s.Indent > 0 {
		s.Align = "left" // an indent counts from a side
	}
	if s.Align != "" {
		out += ` horizontal="` + attr(s.Align) + `"`
	}
	if s.Indent > 0 {
		out += ` indent="` + strconv.Itoa(s.Indent) + `"`
	}
	if s.VAlign != "" {
		out += ` vertical="` + attr(s.VAlign) + `"`
	}
	if s.Wrap {
		out += ` wrapText="1"`
	}
	return out + "/>"
}

const (
	usualFont = "Calibri"
	usualSize = 11
)

func fontXML(s Style) string {
	var b strings.Builder
	b.WriteString("<font>")
	for _, on := range []struct {
		element string
		on      bool
	}{{"<b/>", s.Bold}, {"<i/>", s.Italic}, {"<u/>", s.Underline}} {
		if on.on {
			b.WriteString(on.element)
		}
	}
	size := s.Size
	if size == 0 {
		size = usualSize
	}
	color := s.Color
	if color == "" {
		color = "000000"
	}
	fmt.Fprintf(&b, `<sz val="%d"/><color rgb="FF%s"/><name val="%s"/><family val="2"/></font>`, size, attr(color), usualFont)
	return b.String()
}

func (t *styleTable) fill(rgb string) int {
	if rgb == "" {
		return 0
	}
	return t.fills.add(t.dialect(solidFill(rgb)))
}

func solidFill(rgb string) string {
	return `<fill><patternFill patternType="solid"><fgColor rgb="FF` + attr(rgb) + `"/><bgColor indexed="64"/></patternFill></fill>`
}

func borderXML(on bool) string {
	if !on {
		return "<border><left/><right/><top/><bottom/><diagonal/></border>"
	}
	out := "<border>"
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out += "<" + side + ` style="thin"><color rgb="FFBFBFBF"/></` + side + ">"
	}
	return out + "<diagonal/></border>"
}

// builtIn are formats that have a number of their own in every workbook.
var builtIn = map[string]int{
	"": 0, "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49,
}

func (t *styleTable) format(code string) int {
	if n, ok := builtIn[code]; ok {
		return n
	}
	return t.formats.add(code)
}

// xml is the whole styles.xml of a new workbook.
func (t *styleTable) xml() []byte {
	out := []byte(xmlHeader + `<styleSheet xmlns="` + nsMain + `">`)
	if len(t.formats.items) > 0 {
		out = appendList(out, "numFmts", t.formatElements())
	}
	out = appendList(out, "fonts", t.fonts.items)
	out = appendList(out, "fills", t.fills.items)
	out = appendList(out, "borders", t.borders.items)
	out = append(out, `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`...)
	out = appendList(out, "cellXfs", t.xfs.items)
	return append(out, `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`+
		`<dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium9" defaultPivotStyle="PivotStyleLight16"/></styleSheet>`...)
}

func (t *styleTable) formatElements() []string {
	var out []string
	for i, code := range t.formats.items {
		out = append(out, t.dialect(`<numFmt numFmtId="`+strconv.Itoa(t.formats.base+i)+`" formatCode="`+attr(code)+`"/>`))
	}
	return out
}

func appendList(dst []byte, name string, items []string) []byte {
	dst = append(dst, "<"+name+` count="`+strconv.Itoa(len(items))+`">`...)
	for _, item := range items {
		dst = append(dst, item...)
	}
	return append(dst, "</"+name+">"...)
}

func attr(s string) string { return string(markup.AppendAttr(nil, s)) }
