package sheet

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// part is a small part of the package, made whole.
type part struct {
	name    string
	content []byte
}

// relationships are the parts that a part refers to.
type relationships []relationship

type relationship struct{ kind, part string }

// add gives the identifier by which the part's XML refers to the relationship.
func (r *relationships) add(kind, part string) string {
	*r = append(*r, relationship{kind, part})
	return "rId" + strconv.Itoa(len(*r))
}

// xml is the relationships part of the part at from.
func (r relationships) xml(from string) []byte {
	b := []byte(xmlHeader + `<Relationships xmlns="` + nsPackage + `">`)
	for i, rel := range r {
		kind := nsRels + "/" + rel.kind
		if rel.kind == "core-properties" {
			kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
		}
		b = fmt.Appendf(b, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i+1, kind, attr(relativeTo(from, rel.part)))
	}
	return append(b, "</Relationships>"...)
}

// relsOf names the relationships part of a part; that of the package itself is relsOf("").
func relsOf(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

// relativeTo gives the path of a part as seen from another.
func relativeTo(from, part string) string {
	here := strings.Split(path.Dir(from), "/")
	if path.Dir(from) == "." {
		here = nil
	}
	there := strings.Split(part, "/")
	shared := 0
	for shared < len(here) && shared < len(there)-1 && here[shared] == there[shared] {
		shared++
	}
	return strings.Repeat("../", len(here)-shared) + strings.Join(there[shared:], "/")
}

// workbookParts are the parts of the workbook as a whole.
func (w *Writer) workbookParts() []part {
	var rels relationships
	book := w.workbookXML(&rels)
	rels.add("styles", "xl/styles.xml")
	var package_ relationships
	package_.add("officeDocument", "xl/workbook.xml")
	package_.add("core-properties", "docProps/core.xml")
	package_.add("extended-properties", "docProps/app.xml")
	return []part{
		{"xl/workbook.xml", book},
		{relsOf("xl/workbook.xml"), rels.xml("xl/workbook.xml")},
		{"xl/styles.xml", w.styles.xml()},
		{"docProps/core.xml", w.opts.core()},
		{"docProps/app.xml", []byte(xmlHeader + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`)},
		{relsOf(""), package_.xml("")},
		{"[Content_Types].xml", w.contentTypes()},
	}
}

// workbookXML asks programs to calculate everything anew when they open the workbook, so that formulas never lag behind.
func (w *Writer) workbookXML(rels *relationships) []byte {
	b := []byte(xmlHeader + `<workbook xmlns="` + nsMain + `" xmlns:r="` + nsRels + `"><workbookPr/><bookViews><workbookView activeTab="`)
	b = fmt.Appendf(b, `%d"/></bookViews><sheets>`, w.firstVisible())
	for i, s := range w.sheets {
		b = append(b, `<sheet name="`+attr(s.spec.Name)+`" sheetId="`+strconv.Itoa(i+1)+`"`...)
		switch {
		case s.spec.VeryHidden:
			b = append(b, ` state="veryHidden"`...)
		case s.spec.Hidden:
			b = append(b, ` state="hidden"`...)
		}
		b = append(b, ` r:id="`+rels.add("worksheet", s.part)+`"/>`...)
	}
	b = append(b, "</sheets>"...)
	if names := w.allNames(); len(names) > 0 {
		b = append(b, "<definedNames>"...)
		for _, n := range names {
			b = append(b, n.xml()...)
		}
		b = append(b, "</definedNames>"...)
	}
	return append(b, `<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`...)
}

// allNames are the names that were defined and those that filters and print titles need, in alphabetical order.
func (w *Writer) allNames() []definedName {
	names := slices.Clone(w.names)
	for i, s := range w.sheets {
		names = append(names, s.names(i)...)
	}
	slices.SortStableFunc(names, func(a, b definedName) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), cmp.Compare(a.sheet, b.sheet))
	})
	return names
}

// names are those that the filter and the print titles of a sheet, at an index of the workbook, need.
func (s *SheetWriter) names(index int) (names []definedName) {
	if s.filter != nil {
		names = append(names, definedName{"_xlnm._FilterDatabase", Ref(s.spec.Name, s.filter.absolute()), index, true})
	}
	if n := s.spec.TitleRows; n > 0 {
		names = append(names, definedName{"_xlnm.Print_Titles", Ref(s.spec.Name, fmt.Sprintf("$1:$%d", n)), index, false})
	}
	return names
}

// absolute is the range with dollar signs: $A$1:$B$2.
func (r Range) absolute() string {
	cell := func(col, row int) string { return "$" + ColumnName(col) + "$" + strconv.Itoa(row) }
	return cell(r.FirstCol, r.FirstRow) + ":" + cell(r.LastCol, r.LastRow)
}

func (n definedName) xml() string {
	out := `<definedName name="` + attr(n.name) + `"`
	if n.sheet >= 0 {
		out += ` localSheetId="` + strconv.Itoa(n.sheet) + `"`
	}
	if n.hidden {
		out += ` hidden="1"`
	}
	return out + ">" + string(markup.AppendText(nil, n.ref)) + "</definedName>"
}

func (o WriterOptions) core() []byte {
	b := []byte(xmlHeader + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/">`)
	for _, p := range []struct{ element, text string }{
		{"dc:title", o.Title}, {"dc:creator", o.Creator}, {"dc:language", string(o.Lang)},
	} {
		if p.text != "" {
			b = append(markup.AppendPlain(append(b, "<"+p.element+">"...), p.text), "</"+p.element+">"...)
		}
	}
	return append(b, "</cp:coreProperties>"...)
}

// contentTypeOf maps the folder and kind of a part to its content type.
var contentTypeOf = []struct{ pattern, contentType string }{
	{"xl/workbook.xml", typePrefix + "spreadsheetml.sheet.main+xml"},
	{"xl/styles.xml", typePrefix + "spreadsheetml.styles+xml"},
	{"xl/worksheets/*.xml", typePrefix + "spreadsheetml.worksheet+xml"},
	{"xl/comments*.xml", typePrefix + "spreadsheetml.comments+xml"},
	{"xl/drawings/*.xml", typePrefix + "drawing+xml"},
	{"xl/charts/*.xml", typePrefix + "drawingml.chart+xml"},
	{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
	{"docProps/app.xml", typePrefix + "extended-properties+xml"},
}

func contentType(part string) string {
	for _, c := range contentTypeOf {
		if ok, _ := path.Match(c.pattern, part); ok {
			return c.contentType
		}
	}
	return ""
}

const (
	typeRels = "application/vnd.openxmlformats-package.relationships+xml"
	typeVML  = typePrefix + "vmlDrawing"
)

func (w *Writer) contentTypes() []byte {
	b := []byte(xmlHeader + `<Types xmlns="` + nsTypes + `"><Default Extension="rels" ContentType="` + typeRels + `"/>` +
		`<Default Extension="vml" ContentType="` + typeVML + `"/><Default Extension="xml" ContentType="application/xml"/>`)
	names := append(w.archive.Names(), "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml", "docProps/app.xml")
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if kind := contentType(name); kind != "" {
			b = append(b, `<Override PartName="/`+attr(name)+`" ContentType="`+kind+`"/>`...)
		}
	}
	return append(b, "</Types>"...)
}
