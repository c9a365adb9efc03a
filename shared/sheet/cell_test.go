package sheet

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

func TestNamesOfCells(t *testing.T) {
	for name, place := range map[string][2]int{"A1": {1, 1}, "Z9": {26, 9}, "AA10": {27, 10}, "XFD1048576": {16384, 1048576}} {
		if got := CellName(place[0], place[1]); got != name {
			t.Errorf("%v is named %s, want %s", place, got, name)
		}
		if col, row, ok := ParseCell(name); !ok || col != place[0] || row != place[1] {
			t.Errorf("%s is read as %d, %d (%v)", name, col, row, ok)
		}
	}
	for col := 1; col <= MaxColumns; col++ {
		if back, _, ok := ParseCell(ColumnName(col) + "1"); !ok || back != col {
			t.Fatalf("%d is named %s, which is read as %d", col, ColumnName(col), back)
		}
	}
	for _, name := range []string{"", "A", "1", "A0", "A01", "XFE1", "AAAA1", "A1048577", "A99999999", "$A$1", "A1:B2", "A-1", " A1", "Ä1", "[1", "@1"} {
		if col, row, ok := ParseCell(name); ok {
			t.Errorf("%q is read as %d, %d", name, col, row)
		}
	}
}

func TestCellsAndTheirJSONAgree(t *testing.T) {
	for want, cell := range map[string]*Cell{
		`null`:                                   nil,
		`"a\"\\b"`:                               {Kind: KindText, Text: `a"\b`},
		`"\u0000\t\n\r\u001fé<>&"`:               {Kind: KindText, Text: "\x00\t\n\r\x1fé<>&"},
		`"a\u2028\u0085b\u2029é"`:                {Kind: KindText, Text: "a\u2028\u0085b\u2029é"},
		`0.1`:                                    {Kind: KindNumber, Number: 0.1},
		`-1e-07`:                                 {Kind: KindNumber, Number: -1e-7},
		`100000000000000000000`:                  {Kind: KindNumber, Number: 1e20},
		`1e+21`:                                  {Kind: KindNumber, Number: 1e21},
		`0`:                                      {Kind: KindNumber},
		`true`:                                   {Kind: KindBool, Bool: true},
		`"2025-06-15"`:                           {Kind: KindDate, Text: "2025-06-15", Number: 45823},
		`{"error":"#N/A"}`:                       {Kind: KindError, Text: "#N/A"},
		`{"error":"NUMBER_INVALID","raw":"NaN"}`: {Kind: KindError, Text: "NUMBER_INVALID", Raw: "NaN"},
	} {
		got := string(cell.AppendJSON(nil))
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		var back any
		if err := json.Unmarshal([]byte(got), &back); err != nil || !reflect.DeepEqual(back, cell.Value()) {
			t.Errorf("%s is read back as %v (%v), the value is %v", got, back, err, cell.Value())
		}
	}
}

func TestNumbersAreTheNearestDoubles(t *testing.T) {
	for _, text := range []string{
		"0", "-0", "1", "0.1", "0.3", "123456789012345", "1234567890.12345", "999999999999999", "9007199254740993", "0.000001",
		"1e22", "1e23", "4.9e-324", "1.7976931348623157e308", "2.2250738585072011e-308", "8.41", "0.00000000000000000000001", "100000.00",
	} {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := parseDouble([]byte(text)); !ok || math.Float64bits(got) != math.Float64bits(want) {
			t.Errorf("%s: got %v (%v), want %v", text, got, ok, want)
		}
	}
}

func TestStoredCellsAreFoundByColumn(t *testing.T) {
	r := Row{Cells: []Cell{{Col: 2}, {Col: 5}, {Col: 9}}}
	for col := 0; col <= 10; col++ {
		cell := r.At(col)
		stored := col == 2 || col == 5 || col == 9
		if (cell != nil) != stored || stored && cell.Col != col {
			t.Errorf("column %d: got %v", col, cell)
		}
	}
}

func TestCellsCarryWhatTheSenderSaw(t *testing.T) {
	cells := `<c r="A1" s="1"><v>00123</v></c><c r="B1" s="2"><v>0.12</v></c><c r="C1" s="3"><v>50000.456</v></c>` +
		`<c r="D1" s="4"><f>TODAY()</f><v>45823.5</v></c><c r="E1" s="5" t="inlineStr"><is><t>=1</t></is></c>`
	book := xlsxtest.New(row(cells)).StylesXML(`<numFmts><numFmt numFmtId="164" formatCode="00000"/>` +
		`<numFmt numFmtId="165" formatCode="#,##0.00\ [$€-40C]"/></numFmts><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="10"/>` +
		`<xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="49" quotePrefix="1"/></cellXfs>`)
	rows, err := openBytes(t, book.Bytes(), "x.xlsx").Rows(t.Context(), "Data")
	if err != nil || !rows.Next() {
		t.Fatal(err, rows.Err())
	}
	var got []string
	for _, c := range rows.Row().Cells {
		got = append(got, fmt.Sprintf("%s %q %+v %v", c.Text, c.Raw, *c.Style, c.Formula))
	}
	want := []string{
		` "00123" {Format:00000 Class:1 Currency: Decimals:0 LeadingZeros:5 QuotePrefix:false} false`,
		` "0.12" {Format:0.00% Class:2 Currency: Decimals:2 LeadingZeros:0 QuotePrefix:false} false`,
		` "50000.456" {Format:#,##0.00\ [$€-40C] Class:3 Currency:EUR Decimals:2 LeadingZeros:0 QuotePrefix:false} false`,
		`2025-06-15T12:00:00 "45823.5" {Format:m/d/yyyy h:mm Class:6 Currency: Decimals:0 LeadingZeros:0 QuotePrefix:false} true`,
		`=1 "" {Format:@ Class:8 Currency: Decimals:0 LeadingZeros:0 QuotePrefix:true} false`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
