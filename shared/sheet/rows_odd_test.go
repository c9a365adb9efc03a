package sheet

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// inline is a cell with text as written in XML.
func inline(name, xml string) string {
	return `<c r="` + name + `" t="inlineStr"><is><t>` + xml + `</t></is></c>`
}

func TestOddTextsAreReadAsStored(t *testing.T) {
	for _, c := range []struct{ name, xml, want string }{
		{"a lone underscore", "_", `"_"`},
		{"the beginning of an escape", "a_x", `"a_x"`},
		{"an escape cut short", "_x000", `"_x000"`},
		{"an escape without its end", "_x000D", `"_x000D"`},
		{"an escape of wrong digits", "_x00G0_", `"_x00G0_"`},
		{"an escape of too many digits", "_x0000D_", `"_x0000D_"`},
		{"an escape behind an underscore", "__x0041__", `"_A_"`},
		{"escapes one behind the other", "_x000D__x000A_", `"\r\n"`},
		{"escapes that share an underscore", "_x0041_x0042_", `"Ax0042_"`},
		{"an escape with small digits", "_x00e9_", `"é"`},
		{"an escaped escape is decoded once", "_x005F_x005F_x005F_x0041_", `"_x005F_x0041_"`},
		{"an escaped underscore before an escape", "_x005F_x005F_x0041_", `"_x005FA"`},
		{"half a surrogate pair", "_xD83D_", `"_xD83D_"`},
		{"a surrogate pair the wrong way round", "_xDE00__xD83D_", `"_xDE00__xD83D_"`},
		{"half a surrogate pair before a letter", "_xD83D__x0041_", `"_xD83D_A"`},
		{"an escape of NUL", "a_x0000_b", `"a\u0000b"`},
		{"an escape over a CDATA section", "_x00<![CDATA[0D]]>_", `"\r"`},
		{"an escape over a comment", "_x000<!-- -->D_", `"\r"`},
		{"an escape of entities", "_x&#48;00D_", `"\r"`},
		{"line ends by reference stay", "a&#13;&#10;b&#13;c", `"a\r\nb\rc"`},
		{"line ends of Windows", "a\r\nb", `"a\nb"`},
		{"line ends of Windows in CDATA", "<![CDATA[a\r\nb\rc]]>", `"a\nb\nc"`},
		{"a carriage return right before a reference", "a\r&#10;b", `"a\n\nb"`},
		{"a tab", "a\tb", `"a\tb"`},
		{"nothing but white space", "  \t ", `"  \t "`},
		{"nothing but a line end", "\n", `"\n"`},
		{"no-break and thin spaces", "\u00a01\u202f000\u2009", "\"\u00a01\u202f000\u2009\""},
		{"a zero-width space and a byte order mark", "a\u200b\ufeffb", "\"a\u200b\ufeffb\""},
		{"separators of lines and paragraphs", "a\u2028b\u2029c\u0085d", `"a\u2028b\u2029c\u0085d"`},
		{"control characters that XML allows", "\u007f\u0080", "\"\u007f\u0080\""},
		{"private and unassigned characters", "\ue000\U000F0000\U0001F9FF", "\"\ue000\U000F0000\U0001F9FF\""},
		{"the last characters of all", "\ufffd\U0010FFFF", "\"\ufffd\U0010FFFF\""},
		{"empty CDATA", "<![CDATA[]]>", `null`},
		{"brackets", "a]]b]&gt;c]]&gt;", `"a]]b]>c]]>"`},
		{"the end of CDATA in CDATA", "<![CDATA[a]]]]><![CDATA[>b]]>", `"a]]>b"`},
		{"markup in CDATA", "<![CDATA[<t>&amp;</t>]]>", `"<t>&amp;</t>"`},
		{"escapes of references", "&amp;lt;&amp;#65;", `"&lt;&#65;"`},
		{"references with leading zeros", "&#0065;&#x0000042;", `"AB"`},
		{"a reference beyond Unicode", "&#x110000;", `FILE_CORRUPT`},
		{"a reference to a surrogate", "&#xD800;", `FILE_CORRUPT`},
		{"a reference to NUL", "&#0;", `FILE_CORRUPT`},
		{"a reference to a control character", "&#1;", `FILE_CORRUPT`},
		{"a reference with a capital X", "&#X41;", `FILE_CORRUPT`},
		{"a reference without its end", "&amp", `FILE_CORRUPT`},
		{"a bare ampersand", "a & b", `FILE_CORRUPT`},
		{"U+FFFF", "\uffff", `FILE_CORRUPT`},
		{"UTF-8 of a surrogate", "\xed\xa0\x80", `FILE_CORRUPT`},
		{"UTF-8 that is too long", "\xc0\xaf", `FILE_CORRUPT`},
		{"UTF-8 cut in the middle", "\xe2\x82", `FILE_CORRUPT`},
		{"a vertical tab", "\v", `FILE_CORRUPT`},
		{"two hyphens in a comment", "<!-- a -- b -->", `FILE_CORRUPT`},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := c.want
			if !strings.HasPrefix(want, "FILE_") {
				want = strings.Replace("["+c.want+",1]", `"",`, `null,`, 1)
			}
			after := `<c r="B1"><v>1</v></c>`
			shared := `<c r="A1" t="s"><v>0</v></c>` + after
			for place, book := range map[string]*xlsxtest.Book{
				"inline":            xlsxtest.New(row(inline("A1", c.xml) + after)),
				"shared":            xlsxtest.New(row(shared)).Strings(`<si><t>` + c.xml + `</t></si>`),
				"shared, preserved": xlsxtest.New(row(shared)).Strings(`<si><t xml:space="preserve">` + c.xml + `</t></si>`),
				"run":               xlsxtest.New(row(shared)).Strings(`<si><r><t/></r><r><rPr><b/></rPr><t>` + c.xml + `</t></r></si>`),
				"formula":           xlsxtest.New(row(`<c r="A1" t="str"><f>X</f><v>` + c.xml + `</v></c>` + after)),
			} {
				data := each(book, func(e *xlsxtest.Entry) { e.Store = true }).Bytes()
				if got := readAll(t, data, "x.xlsx", ""); got != want {
					t.Errorf("%s: got %s, want %s", place, got, want)
				}
			}
		})
	}
}

func TestOddCellsAreReadAsStored(t *testing.T) {
	for _, c := range []struct{ name, cells, want string }{
		{"an escape over two runs is none", `<c t="inlineStr"><is><r><t>_x00</t></r><r><t>0D_</t></r></is></c>`, `["_x000D_"]`},
		{"runs with a phonetic guide between", `<c t="inlineStr"><is><r><t>東</t></r><rPh sb="0" eb="1"><t>ひがし</t></rPh><r><t>京</t></r><phoneticPr fontId="1"/></is></c>`, `["東京"]`},
		{"plain text and runs", `<c t="inlineStr"><is><t>a</t><r><t>b</t></r></is></c>`, `["ab"]`},
		{"a run without text", `<c t="inlineStr"><is><r><rPr><sz val="8"/></rPr></r><r><t>b</t></r></is></c>`, `["b"]`},
		{"empty inline text and nothing else", `<c t="inlineStr"/><c><v>1</v></c>`, `[null,1]`},
		{"inline text with a formula", `<c t="inlineStr"><f>X</f><is><t>a</t></is></c>`, `["a"]`},
		{"inline text before the formula", `<c t="inlineStr"><is><t>a</t></is><f>X</f></c>`, `["a"]`},
		{"text without a formula", `<c t="str"><v>a</v></c>`, `["a"]`},
		{"white space of a formula's text", `<c t="str"><f>X</f><v> a </v></c>`, `[" a "]`},
		{"a formula's text that looks like a number", `<c t="str"><f>X</f><v>007</v></c>`, `["007"]`},
		{"a formula's empty text without an element", `<c t="str"><f>X</f></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"a formula's shared text", `<c t="s"><f>X</f><v>0</v></c>`, `["shared"]`},
		{"a shared text with white space around its index", "<c t=\"s\"><v>\n0 </v></c>", `["shared"]`},
		{"a shared text whose index has a sign", `<c t="s"><v>+0</v></c>`, `FILE_CORRUPT`},
		{"a shared text whose index is a fraction", `<c t="s"><v>0.0</v></c>`, `FILE_CORRUPT`},
		{"a shared text whose index is too long", `<c t="s"><v>00000000000</v></c>`, `FILE_CORRUPT`},
		{"no shared text", `<c t="s"/><c><v>1</v></c>`, `[null,1]`},
		{"a boolean of a formula", `<c t="b"><f>X</f><v>0</v></c>`, `[false]`},
		{"a boolean with white space", `<c t="b"><v> 1 </v></c>`, `[true]`},
		{"a boolean in capitals", `<c t="b"><v>TRUE</v></c>`, `[{"error":"BOOLEAN_INVALID","raw":"TRUE"}]`},
		{"no boolean", `<c t="b"><v/></c><c><v>1</v></c>`, `[null,1]`},
		{"no boolean of a formula", `<c t="b"><f>X</f></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"errors of newer versions", `<c t="e"><v>#GETTING_DATA</v></c><c t="e"><v>#CALC!</v></c><c t="e"><v>#FIELD!</v></c>`, `[{"error":"#GETTING_DATA"},{"error":"#CALC!"},{"error":"#FIELD!"}]`},
		{"an error in another language", `<c t="e"><v>#BEZUG!</v></c>`, `[{"error":"#BEZUG!"}]`},
		{"a whole number with its point", `<c><v>5.</v></c><c><v>-.5</v></c>`, `[5,-0.5]`},
		{"exponents", `<c><v>1E+05</v></c><c><v>1e-3</v></c><c><v>0e0</v></c><c><v>1.5e0010</v></c>`, `[100000,0.001,0,15000000000]`},
		{"the largest and the smallest doubles", `<c><v>1.7976931348623157E308</v></c><c><v>4.9E-324</v></c><c><v>2e308</v></c>`, `[1.7976931348623157e+308,5e-324,{"error":"NUMBER_INVALID","raw":"2e308"}]`},
		{"more digits than a double has", `<c><v>9007199254740993</v></c><c><v>0.30000000000000004</v></c><c><v>123456789012345678</v></c>`, `[9007199254740992,0.30000000000000004,123456789012345680]`},
		{"the usual noise of sums", `<c><v>1.1000000000000001</v></c><c><v>50000.456000000006</v></c>`, `[1.1,50000.456000000006]`},
		{"numbers with white space of XML", "<c><v>\t5\r\n</v></c>", `[5]`},
		{"numbers with another white space", "<c><v>\u00a05</v></c>", "[{\"error\":\"NUMBER_INVALID\",\"raw\":\"\u00a05\"}]"},
		{"numbers in words", `<c><v>Infinity</v></c><c><v>nan</v></c><c><v>1 000</v></c><c><v>1e5x</v></c><c><v>--1</v></c>`, `[{"error":"NUMBER_INVALID","raw":"Infinity"},{"error":"NUMBER_INVALID","raw":"nan"},{"error":"NUMBER_INVALID","raw":"1 000"},{"error":"NUMBER_INVALID","raw":"1e5x"},{"error":"NUMBER_INVALID","raw":"--1"}]`},
		{"digits of another script", `<c><v>١٢</v></c>`, `[{"error":"NUMBER_INVALID","raw":"١٢"}]`},
		{"a number in CDATA", `<c><v><![CDATA[5]]></v></c>`, `[5]`},
		{"a number of references", `<c><v>&#49;2</v></c>`, `[12]`},
		{"a value before its formula", `<c><v>5</v><f>X</f></c>`, `[5]`},
		{"a formula of 9,000 characters with markup", `<c><f>"` + strings.Repeat("&lt;a&gt;", 2250) + `"</f><v>5</v></c>`, `[5]`},
		{"an array formula over several cells", `<c r="A1"><f t="array" ref="A1:B1" aca="1" ca="1">X</f><v>1</v></c><c r="B1" t="str"><v>b</v></c>`, `[1,"b"]`},
		{"a shared formula with its own range", `<c><f t="shared" ref="A1:A2" si="0">X</f><v>1</v></c>`, `[1]`},
		{"cell metadata and phonetic marks", `<c cm="1" vm="2" ph="1"><v>1</v></c>`, `[1]`},
		{"attributes of other namespaces with names that matter", `<c xmlns:y="u" y:r="Z9" y:t="s" y:s="9"><v>1</v></c>`, `[1]`},
		{"an ISO date with white space", "<c t=\"d\"><v>\n2025-06-15 </v></c>", `["2025-06-15"]`},
		{"an ISO date to more than milliseconds", `<c t="d"><v>2025-06-15T10:30:00.1239999</v></c>`, `["2025-06-15T10:30:00.124"]`},
		{"an ISO date with a zone", `<c t="d"><v>2025-06-15T10:30:00+02:00</v></c>`, `[{"error":"DATE_INVALID","raw":"2025-06-15T10:30:00+02:00"}]`},
		{"an ISO duration", `<c t="d"><v>PT36H</v></c>`, `[{"error":"DATE_INVALID","raw":"PT36H"}]`},
		{"a date of a formula without its value", `<c t="d"><f>X</f></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"a letter for the column too many", `<c r="AAAA1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"a row number with leading zeros", `<c r="A01"><v>1</v></c>`, `FILE_CORRUPT`},
		{"a reference with white space", `<c r=" A1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"a reference in R1C1 style", `<c r="R1C1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"a style that is a fraction", `<c s="0.0"><v>1</v></c>`, `FILE_CORRUPT`},
		{"a type in capitals", `<c t="N"><v>1</v></c>`, `FILE_CORRUPT`},
		{"no type", `<c t=""><v>1</v></c>`, `FILE_CORRUPT`},
		{"an attribute twice", `<c r="A1" r="A1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"attributes without a space between", `<c r="A1"t="n"><v>1</v></c>`, `FILE_CORRUPT`},
		{"an attribute without quotes", `<c r=A1><v>1</v></c>`, `FILE_CORRUPT`},
		{"an attribute without a value", `<c r><v>1</v></c>`, `FILE_CORRUPT`},
		{"a tag within an attribute", `<c r="A1<"><v>1</v></c>`, `FILE_CORRUPT`},
		{"two formulas", `<c><f>X</f><f>Y</f><v>1</v></c>`, `FILE_CORRUPT`},
		{"a cell within a cell", `<c><c><v>1</v></c></c>`, `FILE_CORRUPT`},
		{"text in a text's place", `<c t="inlineStr"><is>a</is></c>`, `FILE_CORRUPT`},
		{"an element in a text", `<c t="inlineStr"><is><t>a<b/></t></is></c>`, `FILE_CORRUPT`},
		{"an undeclared prefix", `<y:c><v>1</v></y:c>`, `FILE_CORRUPT`},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := xlsxtest.New(row(c.cells)).Styles(0).Strings(`<si><t>shared</t></si>`).Bytes()
			for _, slow := range []bool{false, true} {
				if got := readAll(t, data, "x.xlsx", "", scannerOnly(slow)); got != c.want {
					t.Errorf("scanner only %v: got %.300s, want %.300s", slow, got, c.want)
				}
			}
		})
	}
}

func TestRoundingNeverShowsAnotherDayOrNone(t *testing.T) {
	for _, c := range []struct {
		format any
		value  string
		want   string
	}{
		{"hh:mm:ss.000", "0.99999999", `"23:59:59.999"`},
		{"hh:mm:ss", "0.9999999999999", `"23:59:59.999"`},
		{"hh:mm", "0.999999994", `"23:59:59.999"`},
		{"hh:mm", "1", `1`},
		{"mm:ss.0", "0.000347222222", `"00:00:30"`},
		{"mm:ss.0", "-0.1", `-0.1`},
		{"[h]:mm", "0.5", `0.5`},
		{"yyyy-mm-dd hh:mm", "45823.999999999", `"2025-06-16"`},
		{"yyyy-mm-dd hh:mm", "45823.99999998", `"2025-06-15T23:59:59.998"`},
		{"yyyy-mm-dd", "45823.000000001", `"2025-06-15"`},
		{"yyyy-mm-dd", "45823.0000000058", `"2025-06-15T00:00:00.001"`},
		{"yyyy-mm-dd", "59.9999999999", `"1900-02-28T23:59:59.999"`},
		{"yyyy-mm-dd", "60.9999999999", `60.9999999999`},
		{"yyyy-mm-dd", "0.9999999999", `0.9999999999`},
		{"yyyy-mm-dd", "2958465.9999999995", `"9999-12-31T23:59:59.999"`},
		{"yyyy-mm-dd", "2958466", `2958466`},
		{"yyyy-mm-dd", "1E5", `"2173-10-14"`},
		{"[$-409]d-mmm-yy;@", "45823", `"2025-06-15"`},
		{"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45823", `"2025-06-15"`},
		{"[DBNum2][$-804]G/通用格式", "45823", `45823`},
		{"Standard", "45823", `45823`},
		{"[<1]h:mm;yyyy-mm-dd", "45823", `"2025-06-15"`},
		{"_x0079__x0079_", "45823", `"2025-06-15"`}, // yy
	} {
		book := xlsxtest.New(row(`<c r="A1" s="1"><v>`+c.value+`</v></c>`)).Styles(0, c.format)
		if got := readAll(t, book.Bytes(), "x.xlsx", ""); got != "["+c.want+"]" {
			t.Errorf("%s as %v: got %s, want [%s]", c.value, c.format, got, c.want)
		}
	}
}
