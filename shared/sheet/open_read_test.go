package sheet

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// readAll reads a file as `guildhall read` does: the lines of a sheet (the default one for ""), or the code of the refusal.
func readAll(t *testing.T, data []byte, name, sheet string, opts ...Option) string {
	t.Helper()
	lines, err := tryRead(data, name, sheet, opts...)
	annotateToo(t, data, name, sheet, lines, err, opts)
	var p *problem.Problem
	switch {
	case errors.As(err, &p):
		return string(p.Code)
	case err != nil:
		return err.Error()
	}
	return lines
}

func tryRead(data []byte, name, sheet string, opts ...Option) (string, error) {
	ctx := context.Background()
	book, err := Open(ctx, bytes.NewReader(data), int64(len(data)), name, opts...)
	if err != nil {
		return "", err
	}
	defer book.Close()
	if sheet == "" {
		info, err := book.DefaultSheet()
		if err != nil {
			return "", err
		}
		sheet = info.Name
	}
	rows, err := book.Rows(ctx, sheet)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	return lines(rows)
}

// lines prints the rows as JSONL, one line for each row of the sheet.
func lines(rows *Rows) (string, error) {
	var out []byte
	for printed := 0; rows.Next(); {
		for printed++; printed < rows.Row().Number; printed++ {
			out = append(out, "[]\n"...)
		}
		out = append(rows.Row().AppendJSON(out), '\n')
	}
	return strings.TrimSuffix(string(out), "\n"), rows.Err()
}

// row is a row with the given cells at number 1.
func row(cells string) string { return `<row r="1">` + cells + `</row>` }

func TestCellsAreReadExactlyOrRefused(t *testing.T) {
	for _, c := range []struct{ name, cells, want string }{
		{"number", `<c r="A1"><v>1.5</v></c>`, `[1.5]`},
		{"number with its type", `<c r="A1" t="n"><v>1.5</v></c>`, `[1.5]`},
		{"number with white space", "<c r=\"A1\"><v> 7\n</v></c>", `[7]`},
		{"negative number", `<c r="A1"><v>-0.5</v></c>`, `[-0.5]`},
		{"number with an exponent", `<c r="A1"><v>1.5E-7</v></c>`, `[1.5e-07]`},
		{"large number", `<c r="A1"><v>1e300</v></c>`, `[1e+300]`},
		{"number below the smallest double", `<c r="A1"><v>1e-400</v></c>`, `[0]`},
		{"number with 17 digits", `<c r="A1"><v>0.10000000000000001</v></c>`, `[0.1]`},
		{"number with 30 digits", `<c r="A1"><v>123456789012345678901234567890</v></c>`, `[1.2345678901234568e+29]`},
		{"number with leading zeros", `<c r="A1"><v>00123</v></c>`, `[123]`},
		{"number with a plus", `<c r="A1"><v>+5</v></c>`, `[5]`},
		{"number without a whole part", `<c r="A1"><v>.5</v></c>`, `[0.5]`},
		{"NaN", `<c r="A1"><v>NaN</v></c>`, `[{"error":"NUMBER_INVALID","raw":"NaN"}]`},
		{"infinity", `<c r="A1"><v>-INF</v></c>`, `[{"error":"NUMBER_INVALID","raw":"-INF"}]`},
		{"number beyond a double", `<c r="A1"><v>1e400</v></c>`, `[{"error":"NUMBER_INVALID","raw":"1e400"}]`},
		{"number in hexadecimal", `<c r="A1"><v>0x10</v></c>`, `[{"error":"NUMBER_INVALID","raw":"0x10"}]`},
		{"number with an underscore", `<c r="A1"><v>1_000</v></c>`, `[{"error":"NUMBER_INVALID","raw":"1_000"}]`},
		{"number with a comma", `<c r="A1"><v>1,5</v></c>`, `[{"error":"NUMBER_INVALID","raw":"1,5"}]`},
		{"letters as a number", `<c r="A1"><v>abc</v></c>`, `[{"error":"NUMBER_INVALID","raw":"abc"}]`},
		{"exponent without digits", `<c r="A1"><v>1e</v></c>`, `[{"error":"NUMBER_INVALID","raw":"1e"}]`},
		{"only a sign", `<c r="A1"><v>-</v></c>`, `[{"error":"NUMBER_INVALID","raw":"-"}]`},
		{"blank number", `<c r="A1"><v></v></c><c r="B1"><v>1</v></c>`, `[null,1]`},
		{"booleans", `<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="b"><v>true</v></c>`, `[true,false,true]`},
		{"a boolean that is none", `<c r="A1" t="b"><v>2</v></c>`, `[{"error":"BOOLEAN_INVALID","raw":"2"}]`},
		{"error", `<c r="A1" t="e"><v>#N/A</v></c>`, `[{"error":"#N/A"}]`},
		{"ISO date", `<c r="A1" t="d"><v>2025-06-15</v></c>`, `["2025-06-15"]`},
		{"ISO date at midnight", `<c r="A1" t="d"><v>2025-06-15T00:00:00</v></c>`, `["2025-06-15"]`},
		{"ISO date with a time", `<c r="A1" t="d"><v>2025-06-15T10:30:00.250Z</v></c>`, `["2025-06-15T10:30:00.250"]`},
		{"ISO time", `<c r="A1" t="d"><v>10:30:00</v></c>`, `["10:30:00"]`},
		{"ISO date that doesn't exist", `<c r="A1" t="d"><v>2025-02-30</v></c>`, `[{"error":"DATE_INVALID","raw":"2025-02-30"}]`},
		{"inline text", `<c r="A1" t="inlineStr"><is><t>abc</t></is></c>`, `["abc"]`},
		{"inline text with white space", `<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a  b </t></is></c>`, `[" a  b "]`},
		{"inline text with white space and no xml:space", `<c r="A1" t="inlineStr"><is><t> a </t></is></c>`, `[" a "]`},
		{"inline rich text", `<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></is></c>`, `["ab"]`},
		{"inline phonetic text", `<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></is></c>`, `["東京"]`},
		{"inline text without its type", `<c r="A1"><is><t>abc</t></is></c>`, `["abc"]`},
		{"text in the value of an inline cell", `<c r="A1" t="inlineStr"><v>abc</v></c>`, `["abc"]`},
		{"empty inline text", `<c r="A1" t="inlineStr"><is><t></t></is></c><c r="B1" t="inlineStr"><is/></c><c r="C1"><v>1</v></c>`, `[null,null,1]`},
		{"entities", `<c r="A1" t="inlineStr"><is><t>&lt;&amp;&gt;&quot;&apos;&#233;&#x1F600;</t></is></c>`, `["<&>\"'é😀"]`},
		{"CDATA", `<c r="A1" t="inlineStr"><is><t>a<![CDATA[<b> & ]]>c</t></is></c>`, `["a<b> & c"]`},
		{"comment and instruction in a text", `<c r="A1" t="inlineStr"><is><t>a<!-- x -->b<?y z?>c</t></is></c>`, `["abc"]`},
		{"comment in a number", `<c r="A1"><v>1<!-- -->2</v></c>`, `[12]`},
		{"comments between cells", `<!-- a --><c r="A1"><v>1</v></c> <!-- b --> <c r="B1"><v>2</v></c>`, `[1,2]`},
		{"escapes", `<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041__xD83D__xDE00_</t></is></c>`, `["a\rb_x0041_😀"]`},
		{"escape in formula text", `<c r="A1" t="str"><f>X</f><v>a_x000A_b</v></c>`, `["a\nb"]`},
		{"something like an escape", `<c r="A1" t="inlineStr"><is><t>my_x_file_x12_ _X0041_</t></is></c>`, `["my_x_file_x12_ _X0041_"]`},
		{"line ends", "<c r=\"A1\" t=\"inlineStr\"><is><t>a\r\nb\rc\nd</t></is></c>", `["a\nb\nc\nd"]`},
		{"composed and decomposed accents stay", `<c r="A1" t="inlineStr"><is><t>é` + "e\u0301" + `</t></is></c>`, `["é` + "e\u0301" + `"]`},
		{"right-to-left text and emoji", `<c r="A1" t="inlineStr"><is><t>مدينة 👩‍🏫</t></is></c>`, `["مدينة 👩‍🏫"]`},
		{"control characters in JSON", `<c r="A1" t="inlineStr"><is><t>_x0000__x001F_</t></is></c>`, `["\u0000\u001f"]`},
		{"text like a formula", `<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>`, `["=1+1"]`},
		{"40,000 characters", `<c r="A1" t="inlineStr"><is><t>` + strings.Repeat("x", 40_000) + `</t></is></c>`, `["` + strings.Repeat("x", 40_000) + `"]`},
		{"a long text of entities", `<c r="A1" t="inlineStr"><is><t>` + strings.Repeat("&amp;", 40_000) + `</t></is></c>`, `["` + strings.Repeat("&", 40_000) + `"]`},

		{"formula with its value", `<c r="A1"><f>SUM(B1)</f><v>3</v></c>`, `[3]`},
		{"formula with text", `<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>`, `["ab"]`},
		{"formula with a boolean", `<c r="A1" t="b"><f>TRUE()</f><v>1</v></c>`, `[true]`},
		{"formula with an error", `<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, `[{"error":"#DIV/0!"}]`},
		{"formula without a value", `<c r="A1"><f>SUM(B1)</f></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"formula with an empty value", `<c r="A1"><f>SUM(B1)</f><v></v></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"formula with an empty value element", `<c r="A1"><f>SUM(B1)</f><v/></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"text formula without a value", `<c r="A1" t="str"><f>X</f></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"formula with an empty text", `<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>`, `[null,1]`},
		{"formula with an empty text last", `<c r="A1" t="str"><f>""</f><v></v></c>`, `[]`},
		{"shared formula", `<c r="A1"><f t="shared" ref="A1:B1" si="0">C1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c>`, `[1,2]`},
		{"shared formula without a value", `<c r="A1"><f t="shared" si="0"/></c>`, `[{"error":"FORMULA_NO_CACHED_VALUE"}]`},
		{"array formula", `<c r="A1"><f t="array" ref="A1:B1">C1:D1</f><v>1</v></c><c r="B1"><v>2</v></c>`, `[1,2]`},
		{"dynamic array formula", `<c r="A1" cm="1"><f t="array" ref="A1">X</f><v>1</v></c>`, `[1]`},

		{"cells without references", `<c><v>1</v></c><c><v>2</v></c>`, `[1,2]`},
		{"some cells without references", `<c r="B1"><v>1</v></c><c><v>2</v></c><c r="E1"><v>3</v></c>`, `[null,1,2,null,3]`},
		{"attributes in any order and quotes", `<c t='b' r='A1' ><v>1</v></c>`, `[true]`},
		{"reference with an entity", `<c r="&#65;1"><v>1</v></c>`, `[1]`},
		{"reference in lower case", `<c r="b1"><v>1</v></c>`, `[null,1]`},
		{"the last column", `<c r="XFD1"><v>1</v></c>`, `[` + strings.Repeat("null,", 16383) + `1]`},
		{"blank formatted cells", `<c r="A1" s="0"/><c r="B1"><v>1</v></c><c r="C1" s="0"/>`, `[null,1]`},
		{"attributes of other namespaces", `<c r="A1" xmlns:x="u" x:y="1"><v>1</v></c>`, `[1]`},
		{"elements of other namespaces", `<c r="A1"><x:y xmlns:x="u"><x:v>9</x:v></x:y><v>1</v></c>`, `[1]`},
		{"extensions of a cell", `<c r="A1"><v>1</v><extLst><ext><v>9</v></ext></extLst></c>`, `[1]`},

		{"column ZZZZ", `<c r="ZZZZ1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"column XFE", `<c r="XFE1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"one cell more than columns", `<c r="XFD1"><v>1</v></c><c><v>2</v></c>`, `FILE_TOO_LARGE`},
		{"reference without a row", `<c r="A"><v>1</v></c>`, `FILE_CORRUPT`},
		{"reference without a column", `<c r="1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"reference into another row", `<c r="A2"><v>1</v></c>`, `FILE_CORRUPT`},
		{"absolute reference", `<c r="$A$1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"reference to a range", `<c r="A1:B1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"empty reference", `<c r=""><v>1</v></c>`, `FILE_CORRUPT`},
		{"the same cell twice", `<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>`, `FILE_CORRUPT`},
		{"cells out of order", `<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>`, `FILE_CORRUPT`},
		{"blank cells out of order", `<c r="B1"/><c r="A1"/>`, `FILE_CORRUPT`},
		{"unknown type", `<c r="A1" t="x"><v>1</v></c>`, `FILE_CORRUPT`},
		{"unknown attribute", `<c r="A1" u="1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"unknown element", `<c r="A1"><w>1</w></c>`, `FILE_CORRUPT`},
		{"two values", `<c r="A1"><v>1</v><v>2</v></c>`, `FILE_CORRUPT`},
		{"element in a value", `<c r="A1"><v>1<b/></v></c>`, `FILE_CORRUPT`},
		{"stray text in a cell", `<c r="A1">1</c>`, `FILE_CORRUPT`},
		{"stray text in a row", `1<c r="A1"/>`, `FILE_CORRUPT`},
		{"style that doesn't exist", `<c r="A1" s="7"><v>1</v></c>`, `FILE_CORRUPT`},
		{"negative style", `<c r="A1" s="-1"><v>1</v></c>`, `FILE_CORRUPT`},
		{"shared text without shared texts", `<c r="A1" t="s"><v>0</v></c>`, `FILE_CORRUPT`},
		{"tags that do not match", `<c r="A1"><v>1</c></v>`, `FILE_CORRUPT`},
		{"an end missing", `<c r="A1"><v>1</v>`, `FILE_CORRUPT`},
		{"unknown entity", `<c r="A1" t="inlineStr"><is><t>&nbsp;</t></is></c>`, `FILE_CORRUPT`},
		{"bad UTF-8", "<c r=\"A1\" t=\"inlineStr\"><is><t>\xe9</t></is></c>", `FILE_CORRUPT`},
		{"NUL", "<c r=\"A1\" t=\"inlineStr\"><is><t>\x00</t></is></c>", `FILE_CORRUPT`},
		{"cells nested a million times", strings.Repeat("<c>", 1_000_000), `FILE_CORRUPT`},
		{"an element within cells nested a million times", `<c r="A1"><v>1</v><extLst>` + strings.Repeat("<a>", 1_000_000), `FILE_TOO_LARGE`},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := xlsxtest.New(row(c.cells)).Styles(0).Bytes()
			for _, slow := range []bool{false, true} {
				if got := readAll(t, data, "x.xlsx", "", scannerOnly(slow)); got != c.want {
					t.Errorf("scanner only %v: got %.300s, want %.300s", slow, got, c.want)
				}
			}
		})
	}
}

// scannerOnly turns off the faster way through plain cells.
func scannerOnly(on bool) Option { return func(o *openOptions) { o.scannerOnly = on } }

func TestRowsAreReadExactlyOrRefused(t *testing.T) {
	const cell = `<c><v>1</v></c>`
	for _, c := range []struct{ name, rows, want string }{
		{"rows without numbers", `<row>` + cell + `</row><row>` + cell + `</row>`, "[1]\n[1]"},
		{"some rows without numbers", `<row r="2">` + cell + `</row><row>` + cell + `</row>`, "[]\n[1]\n[1]"},
		{"a header at D12", `<row r="12"><c r="D12"><v>1</v></c></row>`, strings.Repeat("[]\n", 11) + "[null,null,null,1]"},
		{"hidden row", `<row r="1" hidden="1">` + cell + `</row>`, "[1]"},
		{"all attributes of a row", `<row r="1" spans="1:3" s="1" customFormat="1" ht="15" hidden="false" customHeight="1" outlineLevel="1" collapsed="0" thickTop="1" thickBot="1" ph="0">` + cell + `</row>`, "[1]"},
		{"no rows", ``, ``},
		{"blank rows at the end", `<row r="1">` + cell + `</row><row r="2"/><row r="3"><c r="A3"/></row>`, "[1]"},
		{"comments between rows", `<!-- a --><row r="1">` + cell + `</row>` + "\n<?b?>" + `<row r="2">` + cell + `</row>`, "[1]\n[1]"},
		{"elements of other namespaces between rows", `<x:row xmlns:x="u"/><row r="1">` + cell + `</row>`, "[1]"},
		{"the same row twice", `<row r="1">` + cell + `</row><row r="1">` + cell + `</row>`, "FILE_CORRUPT"},
		{"rows out of order", `<row r="2">` + cell + `</row><row r="1">` + cell + `</row>`, "FILE_CORRUPT"},
		{"row 0", `<row r="0">` + cell + `</row>`, "FILE_CORRUPT"},
		{"row -1", `<row r="-1">` + cell + `</row>`, "FILE_CORRUPT"},
		{"row abc", `<row r="abc">` + cell + `</row>`, "FILE_CORRUPT"},
		{"row 01", `<row r="01">` + cell + `</row>`, "FILE_CORRUPT"},
		{"empty row number", `<row r="">` + cell + `</row>`, "FILE_CORRUPT"},
		{"row 1048577", `<row r="1048577">` + cell + `</row>`, "FILE_CORRUPT"},
		{"row 2147483647", `<row r="2147483647">` + cell + `</row>`, "FILE_CORRUPT"},
		{"row 1000000000", `<row r="1000000000">` + cell + `</row>`, "FILE_CORRUPT"},
		{"one row more than there are", `<row r="1048576">` + cell + `</row><row>` + cell + `</row>`, "FILE_TOO_LARGE"},
		{"unknown attribute of a row", `<row r="1" foo="1">` + cell + `</row>`, "FILE_CORRUPT"},
		{"hidden neither true nor false", `<row r="1" hidden="maybe">` + cell + `</row>`, "FILE_CORRUPT"},
		{"cells outside of rows", cell, "FILE_CORRUPT"},
		{"a row within a row", `<row r="1"><row r="2">` + cell + `</row></row>`, "FILE_CORRUPT"},
		{"text between rows", `text<row r="1">` + cell + `</row>`, "FILE_CORRUPT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readAll(t, xlsxtest.New(c.rows).Bytes(), "x.xlsx", ""); got != c.want {
				t.Errorf("got %.300s, want %.300s", got, c.want)
			}
		})
	}
}

func TestOneCellAtTheEndOfASheet(t *testing.T) {
	data := xlsxtest.New(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`).Bytes()
	book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), "x.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.Rows(context.Background(), "Data")
	if err != nil {
		t.Fatal(err)
	}
	if !rows.Next() || rows.Row().Number != 1048576 || len(rows.Row().Cells) != 1 || rows.Row().At(16384) == nil || rows.Next() || rows.Err() != nil {
		t.Errorf("got %+v (%v)", rows.Row(), rows.Err())
	}
}

func TestNumbersReadAsTheirFormatSays(t *testing.T) {
	for _, c := range []struct {
		name     string
		format   any
		value    string
		date1904 bool
		want     string
	}{
		{"date", 14, "45823", false, `"2025-06-15"`},
		{"date with a fraction", 14, "45823.4375", false, `"2025-06-15T10:30:00"`},
		{"date and time without a fraction", 22, "45823", false, `"2025-06-15"`},
		{"date to the millisecond", "yyyy-mm-dd", "45823.437502893519", false, `"2025-06-15T10:30:00.250"`},
		{"date in the 1904 system", 14, "44361", true, `"2025-06-15"`},
		{"first day of the 1904 system", 14, "0", true, `"1904-01-01"`},
		{"the last of February 1900", 14, "59", false, `"1900-02-28"`},
		{"the day that never was", 14, "60", false, `60`},
		{"the first of March 1900", 14, "61", false, `"1900-03-01"`},
		{"a date below the first", 14, "0.5", false, `0.5`},
		{"a negative date", 14, "-1", false, `-1`},
		{"the last date", 14, "2958465", false, `"9999-12-31"`},
		{"a date after the last", 14, "2958466", false, `2958466`},
		{"the last date of 1904", 14, "2957003", true, `"9999-12-31"`},
		{"a date after the last of 1904", 14, "2957004", true, `2957004`},
		{"time", 20, "0.4375", false, `"10:30:00"`},
		{"midnight", 21, "0", false, `"00:00:00"`},
		{"a time of more than a day", 21, "1.5", false, `1.5`},
		{"elapsed time", 46, "0.5", false, `0.5`},
		{"elapsed hours", "[h]:mm", "36.5", false, `36.5`},
		{"month and year", "mmm-yy", "45823", false, `"2025-06-15"`},
		{"minutes and seconds", "mm:ss", "0.5", false, `"12:00:00"`},
		{"Japanese date", 31, "45823", false, `"2025-06-15"`},
		{"Chinese date", 57, "45823", false, `"2025-06-15"`},
		{"Japanese era", `[$-411]ggge"年"`, "45823", false, `"2025-06-15"`},
		{"Swiss date", `dd\.mm\.yyyy;@`, "45823", false, `"2025-06-15"`},
		{"per cent", 9, "0.12", false, `0.12`},
		{"currency", `#,##0.00\ [$€-40C]`, "50000.456", false, `50000.456`},
		{"leading zeros", "00000", "123", false, `123`},
		{"text format", 49, "123", false, `123`},
		{"a word that only looks like a date", `0" days"`, "45823", false, `45823`},
		{"a format that is not defined", 165, "45823", false, `45823`},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := xlsxtest.New(row(`<c r="A1" s="1"><v>`+c.value+`</v></c>`)).Styles(0, c.format)
			if c.date1904 {
				book.Replace(xlsxtest.WorkbookPart, `<sheets>`, `<workbookPr date1904="1"/><sheets>`)
			}
			if got := readAll(t, book.Bytes(), "x.xlsx", ""); got != "["+c.want+"]" {
				t.Errorf("got %s, want [%s]", got, c.want)
			}
		})
	}
}
