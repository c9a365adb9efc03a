package sheet

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n"

// likeGoogle is a workbook as Google Sheets exports it.
func likeGoogle() *xlsxtest.Book {
	return xlsxtest.NewSheet(declaration+`<worksheet xmlns="`+xlsxtest.Main+`" xmlns:r="`+xlsxtest.Rel+`" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" `+
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:mv="urn:schemas-microsoft-com:mac:vml"><sheetPr>`+
		`<outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews>`+
		`<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData>`+
		`<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"><v>45823.0</v></c></row>`+
		`<row r="2" ht="22.5" customHeight="1"><c r="A2" s="3" t="b"><v>1</v></c><c r="B2" s="1"><f t="shared" ref="B2:B3" si="1">SUM(1,2)</f><v>3.0</v></c></row>`+
		`<row r="3"><c r="B3" s="1"><f t="shared" si="1"/><v>3.0</v></c><c r="C3" s="1" t="str"><f>IFERROR(__xludf.DUMMYFUNCTION("x"),"v")</f><v>v</v></c></row>`+
		`</sheetData><drawing r:id="rId1"/></worksheet>`).
		Strings(`<si><t>Ville</t></si>`).Styles(0, 0, "d mmm yyyy", 0)
}

// likeLibreOffice is a workbook as LibreOffice saves it.
func likeLibreOffice() *xlsxtest.Book {
	return xlsxtest.NewSheet(declaration+`<worksheet xmlns="`+xlsxtest.Main+`" xmlns:r="`+xlsxtest.Rel+`" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">`+
		`<sheetPr filterMode="false"><pageSetUpPr fitToPage="false"/></sheetPr><dimension ref="A1:C2"/><cols><col collapsed="false" customWidth="true" hidden="false" outlineLevel="0" max="1" min="1" style="0" width="11.52"/></cols>`+
		`<sheetData><row r="1" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false">`+
		`<c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="1" t="n"><v>45823</v></c><c r="C1" s="0" t="str"><f aca="false">""</f><v></v></c></row>`+
		`<row r="2" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"><c r="A2" s="0" t="n"><f aca="false">1+1</f><v>2</v></c>`+
		`<c r="B2" s="0" t="e"><f aca="false">1/0</f><v>#DIV/0!</v></c><c r="C2" s="0" t="b"><f aca="false">TRUE()</f><v>1</v></c></row></sheetData>`+
		`<printOptions headings="false"/><headerFooter differentFirst="false"><oddHeader>&amp;C&amp;A</oddHeader></headerFooter></worksheet>`).
		Strings(`<si><t xml:space="preserve">Ville</t></si>`).
		StylesXML(`<numFmts count="1"><numFmt numFmtId="165" formatCode="[$-40C]dd\.mm\.yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>`+
			`<cellXfs count="2"><xf numFmtId="164" fontId="0" applyFont="false" xfId="0"><alignment horizontal="general"/><protection locked="true" hidden="false"/></xf><xf numFmtId="165" xfId="0"/></cellXfs>`).
		Replace(xlsxtest.WorkbookPart, `<sheets>`, `<workbookPr backupFile="false" showObjects="all" date1904="false"/><sheets>`)
}

// likeWPS is a workbook as WPS Spreadsheets saves it.
func likeWPS() *xlsxtest.Book {
	return xlsxtest.NewSheet(declaration+`<worksheet xmlns="`+xlsxtest.Main+`" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" xmlns:xdr="u"><sheetPr/><dimension ref="A1:B1"/>`+
		`<sheetData><row r="1" s="1" customFormat="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c><c r="C1" s="1"><v>5</v></c></row></sheetData></worksheet>`).
		Strings(`<si><t>城市</t><phoneticPr fontId="1" type="noConversion"/></si>`).Styles(0, "[DBNum2][$-804]G/通用格式")
}

// likeOpenXMLSDK is a workbook of programs that use Microsoft's library, such as ClosedXML: everything has a prefix.
func likeOpenXMLSDK() *xlsxtest.Book {
	b := simple().Set(xlsxtest.SheetPart, `<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:x="`+xlsxtest.Main+`">`+
		`<x:sheetPr/><x:sheetData><x:row r="1" spans="1:3" x14ac:dyDescent="0.25"><x:c r="A1" s="0" t="s"><x:v>0</x:v></x:c><x:c r="B1" s="1"><x:v>45823</x:v></x:c>`+
		`<x:c r="C1" t="inlineStr"><x:is><x:t xml:space="preserve"> a </x:t></x:is></x:c><x:c r="D1"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`)
	b.Set(xlsxtest.StringsPart, `<x:sst xmlns:x="`+xlsxtest.Main+`"><x:si><x:r><x:rPr><x:b/></x:rPr><x:t>Vil</x:t></x:r><x:r><x:t>le</x:t></x:r></x:si></x:sst>`).
		Relate("rIdStrings", "sharedStrings", "/xl/sharedStrings.xml")
	b.Set(xlsxtest.StylesPart, `<x:styleSheet xmlns:x="`+xlsxtest.Main+`"><x:numFmts><x:numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></x:numFmts><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="170"/></x:cellXfs></x:styleSheet>`).
		Relate("rIdStyles", "styles", "/xl/styles.xml")
	return b.Replace(xlsxtest.WorkbookRels, `Target="worksheets`, `Target="/xl/worksheets`)
}

func wideBigEndian(xml string) string {
	out := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(xml)) {
		out = binary.BigEndian.AppendUint16(out, u)
	}
	return string(out)
}

func TestWorkbooksOfOtherProgramsAreReadExactly(t *testing.T) {
	sheetXML := xlsxtest.Worksheet(one)
	for _, c := range []struct {
		name string
		book *xlsxtest.Book
		want string
	}{
		{"Google Sheets", likeGoogle(), `["Ville","2025-06-15"]` + "\n" + `[true,3]` + "\n" + `[null,3,"v"]`},
		{"LibreOffice", likeLibreOffice(), `["Ville","2025-06-15"]` + "\n" + `[2,{"error":"#DIV/0!"},true]`},
		{"WPS", likeWPS(), `["城市","=DISPIMG(\"ID_1\",1)",5]`},
		{"ClosedXML", likeOpenXMLSDK(), `["Ville","2025-06-15"," a ",2]`},
		{"SpreadJS, rows and cells without numbers", xlsxtest.New(`<row spans="1:2"><c t="s"><v>0</v></c><c><v>2</v></c></row><row/><row><c t="str"><v>x</v></c></row>`).Strings(`<si><t>a</t></si>`), `["a",2]` + "\n[]\n" + `["x"]`},
		{"SheetJS, texts as results of formulas", xlsxtest.New(row(`<c r="A1" t="str"><v xml:space="preserve"> a</v></c><c r="B1" t="str"><v></v></c><c r="C1" t="str"/><c r="D1" t="n"><v>1</v></c>`)), `[" a",null,null,1]`},
		{"SheetJS, dates as such", xlsxtest.New(row(`<c r="A1" s="1" t="d"><v>2025-06-15T10:30:00.000Z</v></c>`)).Styles(0, 14), `["2025-06-15T10:30:00"]`},
		{"Apache POI, streamed, with line ends between", xlsxtest.New("\n<row r=\"1\">\n<c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>\n<c r=\"B1\" t=\"n\"><v>1.0</v></c></row>\n"), `["a",1]`},
		{"PyExcelerate, a filter that is not there", xlsxtest.NewSheet(`<worksheet xmlns="` + xlsxtest.Main + `"><sheetData>` + row(`<c r="A1"><v>1</v></c>`) +
			"</sheetData>\n    \n    None\n    <pageMargins left=\"0.7\"/>\n</worksheet>"), `[1]`},
		{"openpyxl, formulas with empty values", xlsxtest.New(row(`<c r="A1"><f>SUM(1,2)</f><v /></c><c r="B1"><f>1</f><v></v></c>`)), `[{"error":"FORMULA_NO_CACHED_VALUE"},{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"XlsxWriter, a dynamic array", xlsxtest.New(row(`<c r="A1" cm="1"><f t="array" ref="A1:A2">_xlfn._xlws.SORT(B1:B2)</f><v>7</v></c>`) + `<row r="2"><c r="A2"><v>8</v></c></row>`), "[7]\n[8]"},
		{"Excel, a spilled error with rich values", xlsxtest.New(row(`<c r="A1" t="e" vm="1"><v>#VALUE!</v></c><c r="B1" t="e"><f>X</f><v>#SPILL!</v></c>`)), `[{"error":"#VALUE!"},{"error":"#SPILL!"}]`},
		{"Excel, a table of data", xlsxtest.New(row(`<c r="A1"><f t="dataTable" ref="A1:A2" dt2D="0" dtr="0" r1="B1"/><v>4</v></c>`)), `[4]`},
		{"Excel, everything it puts beside the data", xlsxtest.NewSheet(declaration + `<worksheet xmlns="` + xlsxtest.Main + `" xmlns:r="` + xlsxtest.Rel + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr xr2 xr3" ` +
			`xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xmlns:xr2="u2" xmlns:xr3="u3" xr:uid="{00000000-0001-0000-0000-000000000000}">` +
			`<sheetPr codeName="Sheet1"><tabColor theme="4"/></sheetPr><dimension ref="A1"/><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><sheetData><row r="1" spans="1:1" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row></sheetData>` +
			`<sheetProtection sheet="1"/><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1&gt;1</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>"a,b"</formula1></dataValidation></dataValidations>` +
			`<pageMargins left="0.7"/><headerFooter><oddFooter>&amp;P</oddFooter></headerFooter><mc:AlternateContent><mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14"/></mc:AlternateContent></controls></mc:Choice><mc:Fallback/></mc:AlternateContent>` +
			`<tableParts count="0"/><extLst><ext uri="{u}" xmlns:x14="u"><x14:sparklineGroups><x14:row r="2"/></x14:sparklineGroups></ext></extLst></worksheet>`), `[1]`},
		{"Excel, the workbook with its alternatives", simple().Set(xlsxtest.WorkbookPart, declaration+`<workbook xmlns="`+xlsxtest.Main+`" xmlns:r="`+xlsxtest.Rel+`" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15" xmlns:x15="u"><fileVersion appName="xl"/>`+
			`<workbookPr defaultThemeVersion="166925" filterPrivacy="1"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\x\" xmlns:x15ac="v"/></mc:Choice></mc:AlternateContent><bookViews><workbookView/></bookViews>`+
			`<sheets><sheet name="Data" sheetId="7" r:id="rId1"/></sheets><definedNames><definedName name="sheet">Data!$A$1</definedName></definedNames><calcPr calcId="1"/><extLst><ext uri="u"><x15:sheets><x15:sheet name="B"/></x15:sheets></ext></extLst></workbook>`), `[1]`},
		{"Strict, saved by Excel", strict(xlsxtest.New(row(`<c r="A1" s="1" t="d"><v>2025-06-15</v></c><c r="B1" s="2" t="d"><v>1899-12-31T06:30:00.000</v></c><c r="C1" s="1"><v>45823</v></c>`)).Styles(0, 14, 21)).
			Replace(xlsxtest.WorkbookPart, `<workbook `, `<workbook conformance="strict" `), `["2025-06-15","06:30:00","2025-06-15"]`},

		{"a content type by extension alone", simple().Set(xlsxtest.TypesPart, `<Types xmlns="`+xlsxtest.ContentTypes+`"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Default Extension="XML" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`), `[1]`},
		{"a content type in another letter case", simple().Replace(xlsxtest.TypesPart, `PartName="/xl/workbook.xml"`, `PartName="/XL/Workbook.XML"`), `[1]`},
		{"shared strings and styles elsewhere", simple().Set(xlsxtest.SheetPart, xlsxtest.Worksheet(row(`<c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>1</v></c>`))).
			Set("shared/texts.xml", `<sst xmlns="`+xlsxtest.Main+`"><si><t>a</t></si></sst>`).Relate("rIdS", "sharedStrings", "../shared/texts.xml").
			Set("xl/look.xml", `<styleSheet xmlns="`+xlsxtest.Main+`"><cellXfs><xf numFmtId="20"/></cellXfs></styleSheet>`).Relate("rIdY", "styles", "./look.xml"), `["a",1]`},
		{"a part name with a space", simple().Remove(xlsxtest.SheetPart).Set("xl/worksheets/sheet 1.xml", sheetXML).Replace(xlsxtest.WorkbookRels, `sheet1.xml`, `sheet%201.xml`), `[1]`},
		{"strings by extension namespaces with a slash", simple().Replace(xlsxtest.SheetPart, xlsxtest.Main, xlsxtest.Main+"/"), `[1]`},
		{"UTF-16 of the other byte order", each(simple(), func(e *xlsxtest.Entry) {
			e.Data = []byte(wideBigEndian(strings.Replace(string(e.Data), "UTF-8", "utf-16", 1)))
		}), `[1]`},
		{"UTF-16 without a mark", simple().Set(xlsxtest.SheetPart, wideXML(strings.Replace(sheetXML, "UTF-8", "UTF-16", 1))[2:]), `[1]`},
		{"UTF-16 of emoji", xlsxtest.NewSheet(wideXML(xlsxtest.Worksheet(row(`<c r="A1" t="inlineStr"><is><t>😀é</t></is></c>`))[55:])), `["😀é"]`},
		{"a declared encoding in lower case and single quotes", simple().Replace(xlsxtest.SheetPart, `encoding="UTF-8" standalone="yes"`, `encoding='utf-8'`), `[1]`},
		{"no declaration at all", simple().Set(xlsxtest.SheetPart, sheetXML[55:]), `[1]`},
		{"a style sheet of XML and comments before the root", simple().Set(xlsxtest.SheetPart, sheetXML[:55]+"\n<?xml-stylesheet href='x'?>\n<!-- by hand -->\n"+sheetXML[55:]+"\n<!-- end -->\n<?done?>\n"), `[1]`},
		{"a sheet indented for people", simple().Set(xlsxtest.SheetPart, strings.ReplaceAll(sheetXML, "><", ">\n\t<")), `[1]`},
		{"tags over several lines", simple().Replace(xlsxtest.SheetPart, `<c r="A1">`, "<c\r\n\tr = 'A1'\r\n>"), `[1]`},
		{"namespaces declared where they are used", simple().Replace(xlsxtest.SheetPart, `<row r="1">`, `<m:row xmlns:m="`+xlsxtest.Main+`" r="1">`).Replace(xlsxtest.SheetPart, `</row>`, `</m:row>`), `[1]`},
		{"a default namespace taken back", simple().Replace(xlsxtest.SheetPart, `<c r="A1">`, `<x xmlns=""><c r="Z9"/></x><c r="A1">`), `[1]`},
		{"a sheet in the folder of the package", simple().Remove(xlsxtest.SheetPart).Set("data.xml", sheetXML).Replace(xlsxtest.WorkbookRels, `worksheets/sheet1.xml`, `/data.xml`), `[1]`},
		{"sheets whose names hold what XML has to escape", simple().Replace(xlsxtest.WorkbookPart, `"Data"`, `"A &lt;&#10;&quot;B&quot;&gt;"`), `[1]`},

		{"alternatives among rows", simple().Replace(xlsxtest.SheetPart, `<row r="1">`, `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Fallback/></mc:AlternateContent><row r="1">`), `FILE_CORRUPT`},
		{"alternatives among cells", simple().Replace(xlsxtest.SheetPart, `<c r="A1">`, `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/><c r="A1">`), `FILE_CORRUPT`},
		{"alternatives within a cell", simple().Replace(xlsxtest.SheetPart, `<v>`, `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/><v>`), `FILE_CORRUPT`},
		{"alternatives among shared texts", xlsxtest.New(shared).Strings(`<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/><si><t>a</t></si><si><t>b</t></si>`), `FILE_CORRUPT`},
		{"alternatives within a shared text", xlsxtest.New(shared).Strings(`<si><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/><t>a</t></si><si><t>b</t></si>`), `FILE_CORRUPT`},
		{"alternatives among cell formats", xlsxtest.New(dated).StylesXML(`<cellXfs><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/><xf/><xf numFmtId="14"/></cellXfs>`), `FILE_CORRUPT`},
		{"alternatives among sheets", simple().Replace(xlsxtest.WorkbookPart, `<sheets>`, `<sheets><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>`), `FILE_CORRUPT`},
		{"sheets of another namespace", simple().Replace(xlsxtest.WorkbookPart, `</sheets>`, `</sheets><y:more xmlns:y="u"><sheet name="B" sheetId="2" r:id="rId1"/></y:more>`), `[1]`},
		{"an attribute with the prefix of its element", xlsxtest.NewSheet(strings.Replace(prefixed(sheetXML), `r="A1"`, `x:r="A1"`, 1)), `FILE_CORRUPT`},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := c.book.Bytes()
			for _, slow := range []bool{false, true} {
				if got := readAll(t, data, "x.xlsx", "", scannerOnly(slow)); got != c.want {
					t.Errorf("scanner only %v: got %.300s, want %.300s", slow, got, c.want)
				}
			}
		})
	}
}
