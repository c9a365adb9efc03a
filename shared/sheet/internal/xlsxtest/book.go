package xlsxtest

import (
	"fmt"
	"strings"
)

// Namespaces and relationship types of Transitional and Strict OOXML.
const (
	Main         = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	StrictMain   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	Rel          = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	StrictRel    = "http://purl.oclc.org/ooxml/officeDocument/relationships"
	PackageRel   = "http://schemas.openxmlformats.org/package/2006/relationships"
	ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types"
)

// Names of the parts of a Book.
const (
	TypesPart    = "[Content_Types].xml"
	RootRels     = "_rels/.rels"
	WorkbookPart = "xl/workbook.xml"
	WorkbookRels = "xl/_rels/workbook.xml.rels"
	SheetPart    = "xl/worksheets/sheet1.xml"
	StylesPart   = "xl/styles.xml"
	StringsPart  = "xl/sharedStrings.xml"
)

// Book is a workbook in the making: its parts in the order in which they will stand in the archive.
type Book struct{ Entries []Entry }

// New returns a workbook with one sheet named Data, which has the given rows.
func New(rows string) *Book { return NewSheet(Worksheet(rows)) }

// Worksheet wraps rows into the XML of a sheet.
func Worksheet(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<worksheet xmlns="` + Main + `" xmlns:r="` + Rel + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

// NewSheet returns a workbook with one sheet named Data, which is the given XML.
func NewSheet(xml string) *Book {
	b := &Book{}
	b.Set(TypesPart, `<Types xmlns="`+ContentTypes+`">`+
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+
		`</Types>`)
	b.Set(RootRels, Relationships(`<Relationship Id="rId1" Type="`+Rel+`/officeDocument" Target="xl/workbook.xml"/>`))
	b.Set(WorkbookPart, Workbook(`<sheet name="Data" sheetId="1" r:id="rId1"/>`))
	b.Set(WorkbookRels, Relationships(`<Relationship Id="rId1" Type="`+Rel+`/worksheet" Target="worksheets/sheet1.xml"/>`))
	return b.Set(SheetPart, xml)
}

// Workbook wraps sheet elements into the XML of a workbook's main part.
func Workbook(sheets string) string {
	return `<workbook xmlns="` + Main + `" xmlns:r="` + Rel + `"><sheets>` + sheets + `</sheets></workbook>`
}

// Relationships wraps relationships into the XML of their part.
func Relationships(items string) string {
	return `<Relationships xmlns="` + PackageRel + `">` + items + `</Relationships>`
}

// Set replaces a part or adds it behind the others.
func (b *Book) Set(name, data string) *Book {
	for i := range b.Entries {
		if b.Entries[i].Name == name {
			b.Entries[i].Data = []byte(data)
			return b
		}
	}
	return b.Add(Entry{Name: name, Data: []byte(data)})
}

// Add adds an entry, even one whose name is there already.
func (b *Book) Add(e Entry) *Book {
	b.Entries = append(b.Entries, e)
	return b
}

// Remove takes a part out.
func (b *Book) Remove(name string) *Book {
	kept := b.Entries[:0]
	for _, e := range b.Entries {
		if e.Name != name {
			kept = append(kept, e)
		}
	}
	b.Entries = kept
	return b
}

// Edit changes the entry of a part.
func (b *Book) Edit(name string, edit func(*Entry)) *Book {
	for i := range b.Entries {
		if b.Entries[i].Name == name {
			edit(&b.Entries[i])
		}
	}
	return b
}

// Replace replaces text within a part.
func (b *Book) Replace(name, old, new string) *Book {
	return b.Edit(name, func(e *Entry) { e.Data = []byte(strings.Replace(string(e.Data), old, new, 1)) })
}

// Relate adds a relationship of the workbook.
func (b *Book) Relate(id, kind, target string) *Book {
	return b.Replace(WorkbookRels, `</Relationships>`,
		fmt.Sprintf(`<Relationship Id=%q Type="%s/%s" Target=%q/></Relationships>`, id, Rel, kind, target))
}

// Strings adds a shared strings part with the given si elements.
func (b *Book) Strings(items string) *Book {
	return b.Set(StringsPart, `<sst xmlns="`+Main+`">`+items+`</sst>`).Relate("rIdStrings", "sharedStrings", "sharedStrings.xml")
}

// Styles adds a styles part whose cell formats have the given number formats, in order: a number for a built-in one, else a
// format code.
func (b *Book) Styles(formats ...any) *Book {
	var codes, xfs strings.Builder
	for i, f := range formats {
		if id, ok := f.(int); ok {
			fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, id)
			continue
		}
		code := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(fmt.Sprint(f))
		fmt.Fprintf(&codes, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, code)
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, 164+i)
	}
	return b.StylesXML(`<numFmts>` + codes.String() + `</numFmts><cellXfs>` + xfs.String() + `</cellXfs>`)
}

// StylesXML adds a styles part with the given content.
func (b *Book) StylesXML(xml string) *Book {
	return b.Set(StylesPart, `<styleSheet xmlns="`+Main+`">`+xml+`</styleSheet>`).Relate("rIdStyles", "styles", "styles.xml")
}

// Sheet adds another sheet with the given attributes besides its name, such as state="hidden".
func (b *Book) Sheet(name, attributes, xml string) *Book {
	n := strings.Count(string(b.Part(WorkbookPart)), "<sheet ") + 1
	id, file := fmt.Sprintf("rIdSheet%d", n), fmt.Sprintf("worksheets/sheet%d.xml", n)
	b.Replace(WorkbookPart, `</sheets>`, fmt.Sprintf(`<sheet name=%q sheetId="%d" r:id=%q %s/></sheets>`, name, n, id, attributes))
	return b.Relate(id, "worksheet", file).Set("xl/"+file, xml)
}

// Part returns the data of a part, or nil.
func (b *Book) Part(name string) []byte {
	for _, e := range b.Entries {
		if e.Name == name {
			return e.Data
		}
	}
	return nil
}

// Bytes writes the workbook.
func (b *Book) Bytes() []byte { return Zip(b.Entries...) }
