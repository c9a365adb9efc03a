package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

const (
	one    = `<row r="1"><c r="A1"><v>1</v></c></row>`
	shared = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`
	dated  = `<row r="1"><c r="A1" s="1"><v>45823</v></c></row>`
)

func simple() *xlsxtest.Book { return xlsxtest.New(one) }

func wideXML(xml string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(xml)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

func strict(b *xlsxtest.Book) *xlsxtest.Book {
	for i := range b.Entries {
		data := string(b.Entries[i].Data)
		data = strings.ReplaceAll(data, xlsxtest.Main, xlsxtest.StrictMain)
		b.Entries[i].Data = []byte(strings.ReplaceAll(data, xlsxtest.Rel, xlsxtest.StrictRel))
	}
	return b
}

func prefixed(xml string) string {
	xml = strings.ReplaceAll(strings.ReplaceAll(xml, "</", "<\x00"), "<", "<x:")
	xml = strings.ReplaceAll(xml, "<x:\x00", "</x:")
	return strings.ReplaceAll(strings.ReplaceAll(xml, "<x:?", "<?"), `xmlns="`, `xmlns:x="`)
}

func each(b *xlsxtest.Book, edit func(*xlsxtest.Entry)) *xlsxtest.Book {
	for i := range b.Entries {
		edit(&b.Entries[i])
	}
	return b
}

func TestWorkbooksAreReadExactlyOrRefused(t *testing.T) {
	sheetXML := xlsxtest.Worksheet(one)
	for _, c := range []struct {
		name string
		book *xlsxtest.Book
		want string
	}{
		{"the least there can be", simple(), `[1]`},
		{"shared texts", xlsxtest.New(shared).Strings(`<si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r></si>`), `["a","bc"]`},
		{"shared phonetic texts", xlsxtest.New(shared).Strings(`<si><t>東京</t><rPh sb="0" eb="2"><t>x</t></rPh><phoneticPr fontId="1"/></si><si><t/></si>`), `["東京"]`},
		{"wrong counts of shared texts", xlsxtest.New(shared).Strings(`<si><t>a</t></si><si><t>b</t></si>`).Replace(xlsxtest.StringsPart, `<sst `, `<sst count="-7" uniqueCount="9999999999999" `), `["a","b"]`},
		{"shared texts that nobody uses", simple().Strings(``), `[1]`},
		{"shared text beyond the end", xlsxtest.New(shared).Strings(`<si><t>a</t></si>`), `FILE_CORRUPT`},
		{"negative shared text", xlsxtest.New(row(`<c r="A1" t="s"><v>-1</v></c>`)).Strings(`<si><t>a</t></si>`), `FILE_CORRUPT`},
		{"shared text without an index", xlsxtest.New(row(`<c r="A1" t="s"><v></v></c>`)).Strings(`<si><t>a</t></si>`), `FILE_CORRUPT`},
		{"shared texts missing", xlsxtest.New(shared).Relate("rIdS", "sharedStrings", "sharedStrings.xml"), `FILE_CORRUPT`},
		{"shared texts empty", xlsxtest.New(shared).Strings(``).Set(xlsxtest.StringsPart, ``), `FILE_TRUNCATED`},
		{"shared texts truncated", xlsxtest.New(shared).Strings(`<si><t>a</t></si>`).Replace(xlsxtest.StringsPart, `</sst>`, ``), `FILE_TRUNCATED`},
		{"shared texts not well-formed", xlsxtest.New(shared).Strings(`<si><t>a</si></t>`), `FILE_CORRUPT`},
		{"shared texts with a document type", xlsxtest.New(shared).Strings(``).Set(xlsxtest.StringsPart, `<!DOCTYPE x []><sst/>`), `FILE_CORRUPT`},

		{"Strict", strict(xlsxtest.New(shared).Strings(`<si><t>a</t></si><si><t>b</t></si>`)), `["a","b"]`},
		{"Strict dates", strict(xlsxtest.New(dated).Styles(0, 14)), `["2025-06-15"]`},
		{"prefixed elements", xlsxtest.NewSheet(prefixed(sheetXML)), `[1]`},
		{"prefixed everywhere", simple().Set(xlsxtest.SheetPart, prefixed(sheetXML)).
			Set(xlsxtest.WorkbookPart, prefixed(xlsxtest.Workbook(`<sheet name="Data" sheetId="1" r:id="rId1"/>`))).
			Set(xlsxtest.WorkbookRels, prefixed(xlsxtest.Relationships(`<Relationship Id="rId1" Type="u/worksheet" Target="worksheets/sheet1.xml"/>`))), `[1]`},
		{"a prefix that means something else", xlsxtest.NewSheet(strings.Replace(prefixed(sheetXML), xlsxtest.Main, "urn:other", 1)), `FILE_CORRUPT`},
		{"UTF-16 parts", each(simple(), func(e *xlsxtest.Entry) {
			e.Data = []byte(wideXML(strings.Replace(string(e.Data), "UTF-8", "UTF-16", 1)))
		}), `[1]`},
		{"a byte order mark", simple().Set(xlsxtest.SheetPart, "\ufeff"+sheetXML), `[1]`},
		{"another declared encoding", simple().Replace(xlsxtest.SheetPart, "UTF-8", "ISO-8859-1"), `FILE_CORRUPT`},
		{"white space before the declaration", simple().Set(xlsxtest.SheetPart, "\n"+sheetXML), `FILE_CORRUPT`},

		{"absolute part names", simple().Replace(xlsxtest.WorkbookRels, `Target="worksheets`, `Target="/xl/worksheets`), `[1]`},
		{"part names with backslashes", simple().Replace(xlsxtest.WorkbookRels, `Target="worksheets/`, `Target="worksheets\`), `[1]`},
		{"entries with backslashes", each(simple(), func(e *xlsxtest.Entry) { e.Name = strings.ReplaceAll(e.Name, "/", `\`) }), `[1]`},
		{"entries with leading slashes", each(simple(), func(e *xlsxtest.Entry) { e.Name = "/" + e.Name }), `[1]`},
		{"entries in other letter case", each(simple(), func(e *xlsxtest.Entry) { e.Name = strings.ToUpper(e.Name) }), `[1]`},
		{"part names with dots", simple().Replace(xlsxtest.WorkbookRels, `Target="worksheets`, `Target="./x/../worksheets`), `[1]`},
		{"part names that leave the package", simple().Replace(xlsxtest.WorkbookRels, `Target="worksheets`, `Target="../../../../xl/worksheets`), `[1]`},
		{"part names with escapes", simple().Replace(xlsxtest.WorkbookRels, `sheet1`, `sheet%31`), `[1]`},
		{"a main part of another name", simple().Remove(xlsxtest.WorkbookPart).Remove(xlsxtest.WorkbookRels).
			Set("main/book.xml", xlsxtest.Workbook(`<sheet name="Data" sheetId="1" r:id="rId1"/>`)).
			Set("main/_rels/book.xml.rels", xlsxtest.Relationships(`<Relationship Id="rId1" Type="u/worksheet" Target="../xl/worksheets/sheet1.xml"/>`)).
			Replace(xlsxtest.RootRels, "xl/workbook.xml", "main/book.xml").Replace(xlsxtest.TypesPart, "xl/workbook.xml", "main/book.xml"), `[1]`},

		{"zip64", each(simple(), func(e *xlsxtest.Entry) { e.Zip64 = true }), `[1]`},
		{"streamed", each(simple(), func(e *xlsxtest.Entry) { e.Descriptor = true }), `[1]`},
		{"not compressed", each(simple(), func(e *xlsxtest.Entry) { e.Store = true }), `[1]`},
		{"folders", simple().Add(xlsxtest.Entry{Name: "xl/media/", Store: true}), `[1]`},
		{"no styles", xlsxtest.New(dated), `[45823]`},
		{"styles missing though referred to", xlsxtest.New(dated).Relate("rIdStyles", "styles", "styles.xml"), `[45823]`},
		{"empty styles", xlsxtest.New(dated).StylesXML(``), `[45823]`},
		{"styles without formats", xlsxtest.New(dated).StylesXML(`<cellXfs/>`), `[45823]`},
		{"styles not well-formed", xlsxtest.New(dated).StylesXML(`<cellXfs>`), `FILE_CORRUPT`},
		{"styles cut short", xlsxtest.New(dated).StylesXML(``).Set(xlsxtest.StylesPart, `<styleSheet xmlns="`+xlsxtest.Main+`">`), `FILE_TRUNCATED`},
		{"a format that is no number", xlsxtest.New(dated).StylesXML(`<cellXfs><xf numFmtId="x"/></cellXfs>`), `FILE_CORRUPT`},
		{"a built-in format redefined", xlsxtest.New(dated).StylesXML(`<numFmts><numFmt numFmtId="14" formatCode="0.00"/></numFmts><cellXfs><xf/><xf numFmtId="14"/></cellXfs>`), `[45823]`},
		{"the 1904 system", xlsxtest.New(dated).Styles(0, 14).Replace(xlsxtest.WorkbookPart, `<sheets>`, `<workbookPr date1904="true"/><sheets>`), `["2029-06-16"]`},
		{"neither 1900 nor 1904", xlsxtest.New(dated).Styles(0, 14).Replace(xlsxtest.WorkbookPart, `<sheets>`, `<workbookPr date1904="2"/><sheets>`), `FILE_CORRUPT`},
		{"a dimension that lies", simple().Replace(xlsxtest.SheetPart, `<sheetData>`, `<dimension ref="A1:XFD1048576"/><sheetData>`), `[1]`},
		{"all that stands beside the data", simple().Replace(xlsxtest.SheetPart, `<sheetData>`, `<sheetPr/><dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="2"/></cols><sheetData>`).
			Replace(xlsxtest.SheetPart, `</sheetData>`, `</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><hyperlinks><hyperlink ref="A1" r:id="x"/></hyperlinks><extLst><ext uri="u"><sheetData/></ext></extLst>`), `[1]`},

		{"sheet missing", simple().Remove(xlsxtest.SheetPart), `FILE_CORRUPT`},
		{"another sheet missing", simple().Sheet("Other", "", "").Remove("xl/worksheets/sheet2.xml"), `FILE_CORRUPT`},
		{"sheet empty", simple().Set(xlsxtest.SheetPart, ``), `FILE_TRUNCATED`},
		{"sheet without data", simple().Set(xlsxtest.SheetPart, `<worksheet xmlns="`+xlsxtest.Main+`"/>`), `FILE_CORRUPT`},
		{"sheet with its data twice", simple().Replace(xlsxtest.SheetPart, `</sheetData>`, `</sheetData><sheetData/>`), `FILE_CORRUPT`},
		{"sheet that is something else", simple().Set(xlsxtest.SheetPart, `<chartsheet xmlns="`+xlsxtest.Main+`"/>`), `FILE_CORRUPT`},
		{"sheet without its namespace", simple().Replace(xlsxtest.SheetPart, `xmlns="`+xlsxtest.Main+`"`, ``), `FILE_CORRUPT`},
		{"sheet with a document type", simple().Set(xlsxtest.SheetPart, `<!DOCTYPE worksheet>`+sheetXML[55:]), `FILE_CORRUPT`},
		{"sheet with an external entity", simple().Set(xlsxtest.SheetPart, `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+sheetXML[55:]), `FILE_CORRUPT`},
		{"sheet cut after its data", simple().Replace(xlsxtest.SheetPart, `</worksheet>`, ``), `FILE_TRUNCATED`},
		{"sheet cut in its data", simple().Set(xlsxtest.SheetPart, strings.TrimSuffix(sheetXML, `</row></sheetData></worksheet>`)), `FILE_TRUNCATED`},
		{"content after the sheet", simple().Set(xlsxtest.SheetPart, sheetXML+`<x/>`), `FILE_CORRUPT`},
		{"text after the sheet", simple().Set(xlsxtest.SheetPart, sheetXML+`x`), `FILE_CORRUPT`},
		{"merge of no cells", simple().Replace(xlsxtest.SheetPart, `</sheetData>`, `</sheetData><mergeCells><mergeCell ref="A0:B1"/></mergeCells>`), `FILE_CORRUPT`},
		{"external sheet", simple().Replace(xlsxtest.WorkbookRels, `Target="worksheets/sheet1.xml"`, `TargetMode="External" Target="http://example.org/sheet.xml"`), `FILE_CORRUPT`},
		{"sheet without a relationship", simple().Replace(xlsxtest.WorkbookRels, `"rId1"`, `"rId2"`), `FILE_CORRUPT`},
		{"relationship twice", simple().Relate("rId1", "worksheet", "worksheets/sheet1.xml"), `FILE_CORRUPT`},
		{"relationships missing", simple().Remove(xlsxtest.WorkbookRels), `FILE_CORRUPT`},
		{"package relationships missing", simple().Remove(xlsxtest.RootRels), `FILE_CORRUPT`},
		{"workbook missing", simple().Remove(xlsxtest.WorkbookPart), `FILE_CORRUPT`},
		{"no sheets", simple().Set(xlsxtest.WorkbookPart, xlsxtest.Workbook(``)), `FILE_CORRUPT`},
		{"two sheets of one name", simple().Sheet("DATA", "", sheetXML), `FILE_CORRUPT`},
		{"two sheets in one part", simple().Replace(xlsxtest.WorkbookPart, `</sheets>`, `<sheet name="B" sheetId="2" r:id="rId1"/></sheets>`), `FILE_CORRUPT`},
		{"sheet without a name", simple().Replace(xlsxtest.WorkbookPart, `name="Data"`, `name=""`), `FILE_CORRUPT`},
		{"sheet of unknown visibility", simple().Replace(xlsxtest.WorkbookPart, `name="Data"`, `name="Data" state="gone"`), `FILE_CORRUPT`},
		{"workbook not well-formed", simple().Replace(xlsxtest.WorkbookPart, `</sheets>`, ``), `FILE_CORRUPT`},
		{"content types not well-formed", simple().Set(xlsxtest.TypesPart, `<Types`), `FILE_TRUNCATED`},

		{"macros", simple().Add(xlsxtest.Entry{Name: "xl/vbaProject.bin"}), `FILE_MACRO`},
		{"macros under another name", simple().Add(xlsxtest.Entry{Name: "xl/picture.bin"}).
			Replace(xlsxtest.TypesPart, `</Types>`, `<Override PartName="/xl/picture.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`), `FILE_MACRO`},
		{"macros by the type of an extension", simple().Add(xlsxtest.Entry{Name: "xl/picture.bin"}).
			Replace(xlsxtest.TypesPart, `</Types>`, `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`), `FILE_MACRO`},
		{"macros by relationship", simple().Relate("rIdV", "vbaProject", "x.xml"), `FILE_MACRO`},
		{"a workbook for macros", simple().Replace(xlsxtest.TypesPart, `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml`, `application/vnd.ms-excel.sheet.macroEnabled.main+xml`), `FILE_MACRO`},
		{"a macro sheet", simple().Replace(xlsxtest.WorkbookRels, `/worksheet"`, `/xlMacrosheet"`), `FILE_MACRO`},
		{"a template", simple().Replace(xlsxtest.TypesPart, `sheet.main+xml`, `template.main+xml`), `[1]`},
		{"the type of an extension nobody has", simple().Replace(xlsxtest.TypesPart, `</Types>`, `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`), `[1]`},
		{"a Word document", simple().Replace(xlsxtest.TypesPart, `spreadsheetml.sheet`, `wordprocessingml.document`), `FILE_TYPE_UNSUPPORTED`},
		{"a presentation", simple().Replace(xlsxtest.TypesPart, `spreadsheetml.sheet`, `presentationml.presentation`), `FILE_TYPE_UNSUPPORTED`},
		{"a binary workbook", simple().Replace(xlsxtest.TypesPart, `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml`, `application/vnd.ms-excel.sheet.binary.macroEnabled.main`), `FILE_TYPE_UNSUPPORTED`},
		{"an OpenDocument spreadsheet", (&xlsxtest.Book{}).Add(xlsxtest.Entry{Name: "mimetype", Store: true, Data: []byte("application/vnd.oasis.opendocument.spreadsheet")}), `FILE_TYPE_UNSUPPORTED`},
		{"some zip archive", (&xlsxtest.Book{}).Set("readme.txt", "hello"), `FILE_TYPE_UNSUPPORTED`},

		{"the same entry twice", simple().Add(xlsxtest.Entry{Name: xlsxtest.SheetPart, Data: []byte(sheetXML)}), `FILE_CORRUPT`},
		{"the same entry in other letter case", simple().Add(xlsxtest.Entry{Name: "XL/worksheets/SHEET1.xml", Data: []byte(sheetXML)}), `FILE_CORRUPT`},
		{"an entry with the name of a folder", simple().Add(xlsxtest.Entry{Name: "xl/worksheets/sheet1.xml/", Store: true}), `FILE_CORRUPT`},
		{"path traversal", simple().Add(xlsxtest.Entry{Name: "../../etc/passwd"}), `FILE_CORRUPT`},
		{"path traversal with backslashes", simple().Add(xlsxtest.Entry{Name: `xl\..\..\x`}), `FILE_CORRUPT`},
		{"a drive letter", simple().Add(xlsxtest.Entry{Name: `C:\x`}), `FILE_CORRUPT`},
		{"NUL in a name", simple().Add(xlsxtest.Entry{Name: "xl/\x00"}), `FILE_CORRUPT`},
		{"a symbolic link", simple().Add(xlsxtest.Entry{Name: "xl/link", Mode: 0o120777, Data: []byte("/etc/passwd")}), `FILE_CORRUPT`},
		{"an encrypted entry", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Encrypted = true }), `FILE_ENCRYPTED`},
		{"a method of compression that nobody uses", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Method = 14 }), `FILE_CORRUPT`},
		{"a wrong checksum", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.CRC = func(c uint32) uint32 { return c + 1 } }), `FILE_CORRUPT`},
		{"a wrong checksum behind the data", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Descriptor, e.CRC = true, func(c uint32) uint32 { return c + 1 } }), `FILE_CORRUPT`},
		{"a size that is too small", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Size = func(n uint32) uint32 { return n - 1 } }), `FILE_CORRUPT`},
		{"a size that is too large", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Size = func(n uint32) uint32 { return n + 1 } }), `FILE_CORRUPT`},
		{"two sizes", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.LocalSize = func(n uint32) uint32 { return n + 1 } }), `FILE_CORRUPT`},
		{"two names", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.LocalName = strings.ToUpper(e.Name) }), `FILE_CORRUPT`},
		{"compressed data that is wrong", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Packed = func(b []byte) []byte { b[0] ^= 6; return b } }), `FILE_CORRUPT`},
		{"compressed data that ends early", simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Packed = func(b []byte) []byte { return b[:len(b)/2] } }), `FILE_CORRUPT`},
		{"overlapping entries", simple().Add(xlsxtest.Entry{Name: "xl/media/a.png", SameAs: 5}), `FILE_CORRUPT`},
		{"20,000 entries", manyEntries(20_000), `FILE_TOO_LARGE`},
		{"media that lie about their size", simple().Add(xlsxtest.Entry{Name: "xl/media/a.png", Store: false, Data: noise(1 << 16), Size: func(uint32) uint32 { return 10 }}), `FILE_CORRUPT`},
		{"4 GB of media", simple().Add(xlsxtest.Entry{Name: "xl/media/a.png", Data: []byte("x"), Descriptor: true, Size: func(uint32) uint32 { return 0xfffffff0 }}), `FILE_TOO_LARGE`},
		{"3,000 sheets", manySheets(3_000), `FILE_TOO_LARGE`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readAll(t, c.book.Bytes(), "x.xlsx", ""); got != c.want {
				t.Errorf("got %.300s, want %.300s", got, c.want)
			}
		})
	}
}

func manyEntries(n int) *xlsxtest.Book {
	b := simple()
	for i := range n {
		b.Add(xlsxtest.Entry{Name: fmt.Sprintf("xl/media/%d", i), Store: true})
	}
	return b
}

func manySheets(n int) *xlsxtest.Book {
	b := simple()
	var sheets, relations strings.Builder
	for i := range n {
		fmt.Fprintf(&sheets, `<sheet name="S%d" sheetId="%d" r:id="r%d"/>`, i, i+1, i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="u/worksheet" Target="worksheets/s%d.xml"/>`, i, i)
		b.Add(xlsxtest.Entry{Name: fmt.Sprintf("xl/worksheets/s%d.xml", i), Data: []byte(xlsxtest.Worksheet("")), Store: true})
	}
	return b.Set(xlsxtest.WorkbookPart, xlsxtest.Workbook(sheets.String())).Set(xlsxtest.WorkbookRels, xlsxtest.Relationships(relations.String()))
}

func TestFilesThatAreNoArchives(t *testing.T) {
	whole := simple().Bytes()
	compound := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1000)
	for _, c := range []struct{ name, file, data, want, format string }{
		{"nothing", "x.xlsx", "", "FILE_EMPTY", "unknown"},
		{"a workbook under the name of a CSV", "x.csv", string(whole), "[1]", "xlsx"},
		{"an archive cut off", "x.xlsx", string(whole[:len(whole)-30]), "FILE_TRUNCATED", "xlsx"},
		{"an archive without its last byte", "x.xlsx", string(whole[:len(whole)-1]), "FILE_TRUNCATED", "xlsx"},
		{"an archive cut to its first bytes", "x.xlsx", string(whole[:8]), "FILE_TRUNCATED", "zip"},
		{"an archive with padding", "x.xlsx", string(whole) + "\x00\x00\r\n", "[1]", "xlsx"},
		{"an archive followed by something", "x.xlsx", string(whole) + "something", "[1]", "xlsx"},
		{"two archives in one", "x.xlsx", string(whole) + string(whole), "FILE_CORRUPT", "xlsx"},
		{"a CSV in disguise", "x.xlsx", "a,b\n1,2\n", "FILE_TYPE_UNSUPPORTED", "csv"},
		{"a web page", "x.xls", "\ufeff\r\n<!DOCTYPE html><html></html>", "FILE_TYPE_UNSUPPORTED", "html"},
		{"a table of a web page", "x.xls", "<table><tr><td>1</td></tr></table>", "FILE_TYPE_UNSUPPORTED", "html"},
		{"rows of a web page's table", "x.xls", "<tr><td>1</td><td>2</td></tr>", "FILE_TYPE_UNSUPPORTED", "html"},
		{"a heading above a web page's table", "x.csv", "<h1>Report</h1>\n<TABLE border=1><tr><td>1,2</td></tr></TABLE>", "FILE_TYPE_UNSUPPORTED", "html"},
		{"a comment above a web page's table", "x.csv", "<!-- made by x --><table><tr><td>1</td></tr></table>", "FILE_TYPE_UNSUPPORTED", "html"},
		{"a web page in UTF-16", "x.csv", "\xff\xfe" + wideText(binary.LittleEndian, "<html><table><tr><td>1</td></tr></table></html>"), "FILE_TYPE_UNSUPPORTED", "html"},
		{"a web page in UTF-16 without a mark", "x.xls", wideText(binary.BigEndian, "<html><body><p>1</p></body></html>"), "FILE_TYPE_UNSUPPORTED", "html"},
		{"XML in UTF-16", "x.xls", "\xff\xfe" + wideText(binary.LittleEndian, `<?xml version="1.0" encoding="UTF-16"?><Workbook/>`), "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"markup in the first title of a CSV", "x.csv", "<b>a</b>,b\n1,2\n", `["<b>a</b>","b"]` + "\n" + `["1","2"]`, "csv"},
		{"a symbolic link sheet", "x.slk", "ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"a\"\r\nE\r\n", "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"a symbolic link sheet under another name", "x.csv", "ID;PCALCOOO32\nB;Y1;X1\nC;X1;Y1;K1\nE\n", "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"a CSV with the first title ID", "x.csv", "ID;Product\nC;1\n", `["ID","Product"]` + "\n" + `["C","1"]`, "csv"},
		{"a data interchange sheet", "x.dif", "TABLE\r\n0,1\r\n\"EXCEL\"\r\nVECTORS\r\n0,2\r\n\"\"\r\n", "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"a CSV with the first title TABLE", "x.csv", "TABLE\n1\n2\n", `["TABLE"]` + "\n" + `["1"]` + "\n" + `["2"]`, "csv"},
		{"a web archive", "x.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related", "FILE_TYPE_UNSUPPORTED", "html"},
		{"an XML workbook of 2003", "x.xls", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`, "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"a PDF", "x.xlsx", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "FILE_TYPE_UNSUPPORTED", "pdf"},
		{"a picture", "x.xlsx", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"an old workbook", "x.xls", compound + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00\x00\x00", "FILE_TYPE_UNSUPPORTED", "xls"},
		{"an older workbook", "x.xls", "\x09\x08\x10\x00\x00\x06\x05\x00\x00\x00", "FILE_TYPE_UNSUPPORTED", "xls"},
		{"an old document", "x.xls", compound + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00\x00\x00", "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"an encrypted workbook", "x.xlsx", compound + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00\x00\x00", "FILE_ENCRYPTED", "unknown"},
		{"binary data", "x.csv", "\x00\x01\x02\x03", "FILE_TYPE_UNSUPPORTED", "unknown"},
		{"a compressed file", "x.csv", "\x1f\x8b\x08\x00\x00\x00", "FILE_TYPE_UNSUPPORTED", "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readAll(t, []byte(c.data), c.file, ""); got != c.want {
				t.Errorf("got %.300s, want %.300s", got, c.want)
			}
			format, err := DetectFormat(context.Background(), strings.NewReader(c.data), int64(len(c.data)))
			if string(format) != c.format || err != nil {
				t.Errorf("the format is %s (%v), want %s", format, err, c.format)
			}
		})
	}
}

func TestFormatsOfPackagesAreTold(t *testing.T) {
	for want, book := range map[Format]*xlsxtest.Book{
		XLSX: simple().Add(xlsxtest.Entry{Name: "xl/vbaProject.bin"}),
		XLSB: simple().Replace(xlsxtest.TypesPart, `openxmlformats-officedocument.spreadsheetml.sheet.main+xml`, `ms-excel.sheet.binary.macroEnabled.main`),
		ODS:  (&xlsxtest.Book{}).Add(xlsxtest.Entry{Name: "mimetype", Data: []byte("application/vnd.oasis.opendocument.spreadsheet")}),
		ZIP:  simple().Replace(xlsxtest.TypesPart, `spreadsheetml.sheet`, `wordprocessingml.document`),
	} {
		data := book.Bytes()
		if got, err := DetectFormat(context.Background(), bytes.NewReader(data), int64(len(data))); got != want || err != nil {
			t.Errorf("got %s (%v), want %s", got, err, want)
		}
	}
}

func TestRefusalsSayWhatTheyAreAbout(t *testing.T) {
	for want, data := range map[string][]byte{
		"FILE_TYPE_UNSUPPORTED This file is a PDF document, which":                                           []byte("%PDF-1.7\n\x00"),
		"FILE_CORRUPT The file is damaged (xl/worksheets/sheet1.xml: a cell reference is wrong).":            xlsxtest.New(row(`<c r="A2"/>`)).Bytes(),
		"FILE_TRUNCATED The file ends before it is complete (xl/worksheets/sheet1.xml: the XML ends early).": simple().Set(xlsxtest.SheetPart, "").Bytes(),
		"FILE_TOO_LARGE The file is larger than can be accepted: its number of parts (at most 2000).":        manyEntries(2001).Bytes(),
	} {
		_, err := tryRead(data, "x.xlsx", "")
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s…", err, want)
		}
	}
}

func TestEveryRefusalGivesTheParamsOfItsMessage(t *testing.T) {
	for _, data := range [][]byte{
		[]byte("%PDF-1.7\n\x00"), xlsxtest.New(row(`<c r="A2"/>`)).Bytes(), simple().Set(xlsxtest.SheetPart, "").Bytes(), manyEntries(2001).Bytes(),
	} {
		_, err := tryRead(data, "x.xlsx", "")
		var p *problem.Problem
		if !errors.As(err, &p) {
			t.Fatalf("%v is no problem", err)
		}
		entry, _ := problem.Lookup(p.Code)
		for _, param := range entry.Params {
			if text := p.Params[param]; text.EN == "" || text.FR == "" || text.ES == "" {
				t.Errorf("%s: %s is %+v", p.Code, param, text)
			}
		}
	}
}

func TestSheetsAreListedAndChosen(t *testing.T) {
	other := xlsxtest.Worksheet(row(`<c r="A1"><v>2</v></c>`))
	chart := `<chartsheet xmlns="` + xlsxtest.Main + `"/>`
	data := xlsxtest.NewSheet(chart).Replace(xlsxtest.WorkbookRels, `/worksheet"`, `/chartsheet"`).
		Sheet("Hidden", `state="hidden"`, xlsxtest.Worksheet(one)).
		Sheet("Very", `state="veryHidden"`, xlsxtest.Worksheet(one)).
		Sheet("A &amp; B", ``, other).Bytes()
	book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	want := []SheetInfo{{"Data", Visible, true}, {"Hidden", Hidden, false}, {"Very", VeryHidden, false}, {"A & B", Visible, false}}
	if got := fmt.Sprint(book.Sheets()); got != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := readAll(t, data, "x.xlsx", ""); got != "[2]" {
		t.Errorf("the first visible worksheet is read as %s", got)
	}
	if got := readAll(t, data, "x.xlsx", "Very"); got != "[1]" {
		t.Errorf("a very hidden sheet named is read as %s", got)
	}
	for sheet, suggestion := range map[string]string{"Hiden": "Hidden", "Data": "", "hidden": "Hidden", "nothing like it": ""} {
		_, err := tryRead(data, "x.xlsx", sheet)
		var p *problem.Problem
		if !errors.As(err, &p) || p.Code != "SHEET_MISSING" || p.Suggestion != suggestion {
			t.Errorf("%s: got %v with suggestion %q, want SHEET_MISSING with %q", sheet, err, p.Suggestion, suggestion)
		}
	}
}

func TestTheDefaultSheetOfHiddenOnesIsTheFirst(t *testing.T) {
	data := simple().Replace(xlsxtest.WorkbookPart, `name="Data"`, `name="Data" state="veryHidden"`).
		Sheet("B", `state="hidden"`, xlsxtest.Worksheet("")).Bytes()
	if got := readAll(t, data, "x.xlsx", ""); got != "[1]" {
		t.Errorf("got %s", got)
	}
	chart := simple().Replace(xlsxtest.WorkbookRels, `/worksheet"`, `/chartsheet"`).Bytes()
	if got := readAll(t, chart, "x.xlsx", ""); got != "SHEET_MISSING" {
		t.Errorf("a workbook with a chart sheet only: got %s", got)
	}
}

func TestReferencesToOtherFilesAreNoted(t *testing.T) {
	for name, c := range map[string]struct {
		book *xlsxtest.Book
		want int
	}{
		"none":              {simple(), 0},
		"a linked workbook": {simple().Relate("rIdE", "externalLink", "externalLinks/externalLink1.xml"), 1},
		"connections":       {simple().Relate("rIdE", "connections", "connections.xml"), 1},
	} {
		data := c.book.Bytes()
		book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		if got := book.Notes(); len(got) != c.want || c.want > 0 && got[0].Code != "FILE_EXTERNAL_LINKS" {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestErrorsOfTheSourceAndTheContextComeBackAsTheyAre(t *testing.T) {
	broken := errors.New("disk on fire")
	data := simple().Bytes()
	_, err := Open(context.Background(), failing{bytes.NewReader(data), broken}, int64(len(data)), "x.xlsx")
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Open(ctx, bytes.NewReader(data), int64(len(data)), "x.xlsx"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := readAll(t, append(data, 0), "x.xlsx", ""); got != "[1]" {
		t.Errorf("got %s", got)
	}
	short := struct{ io.ReaderAt }{bytes.NewReader(data[:len(data)-5])}
	_, err = Open(context.Background(), short, int64(len(data)), "x.xlsx")
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "FILE_TRUNCATED" {
		t.Errorf("a source shorter than its announced size: got %v", err)
	}
}

// failing fails to read all but the beginning.
type failing struct {
	io.ReaderAt
	err error
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off == 0 {
		return f.ReaderAt.ReadAt(p, off)
	}
	return iotest.ErrReader(f.err).Read(p)
}
