package sheet

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// visit is a row with a rule of each sort.
type visit struct {
	City   string     `sheet:"city" validate:"required,max=10"`
	Guests int64      `sheet:"guests" validate:"min=1,max=500"`
	Fee    string     `sheet:"fee" validate:"omitempty,atleast=0,below=1000.50"`
	Mail   string     `sheet:"mail" validate:"omitempty,email"`
	Site   string     `sheet:"site" validate:"omitempty,http_url"`
	Size   string     `sheet:"size" validate:"omitempty,oneof=small large"`
	Report string     `sheet:"report" validate:"maxwords=3"`
	Day    civil.Date `sheet:"day" validate:"required"`
	Topics []string   `sheet:"topics" validate:"min=1"`
	Note   string
}

func visitColumns() Schema {
	column := func(id string, typ Type) Column {
		return Column{ID: id, Label: locale.Same(strings.ToUpper(id[:1]) + id[1:]), Type: typ}
	}
	topics := column("topics", TypeEnums)
	topics.Choices = topicChoices()
	return Schema{Kind: "visits", Title: locale.Same("Visits"), Columns: []Column{
		column("city", TypeText), column("guests", TypeInteger), column("fee", TypeDecimal), column("mail", TypeText), column("site", TypeText),
		column("size", TypeText), column("report", TypeText), column("day", TypeDate), topics,
	}}
}

func TestRulesOfTagsBecomeCodes(t *testing.T) {
	titles := textCells("City", "Guests", "Fee", "Mail", "Site", "Size", "Report", "Day", "Topics")
	good := []any{"Brest", 5, 10, "a@b.org", "https://b.org", "small", "one two three", "2025-04-25", "Health"}
	for _, c := range []struct {
		col   int
		cell  any
		found string
	}{
		{1, "Brest", ""},
		{1, nil, "error CELL_REQUIRED A2 city"},
		{1, "Clermont-Ferrand", "error TEXT_TOO_LONG A2 city Clermont-Ferrand"},
		{2, 0, "error NUMBER_OUT_OF_RANGE B2 guests 0"},
		{2, 501, "error NUMBER_OUT_OF_RANGE B2 guests 501"},
		{2, nil, ""}, // a rule is about what is there
		{2, "many", "error NUMBER_INVALID B2 guests many"},
		{3, -0.01, "error NUMBER_OUT_OF_RANGE C2 fee -0.01"},
		{3, 1000.5, "error NUMBER_OUT_OF_RANGE C2 fee 1000.5"},
		{3, 1000.49, ""},
		{3, nil, ""},
		{4, "nobody", "error EMAIL_INVALID D2 mail nobody"},
		{5, "nowhere", "error URL_INVALID E2 site nowhere"},
		{6, "tiny", "error ENUM_UNKNOWN F2 size tiny"},
		{7, "one two three four", "error TEXT_TOO_LONG G2 report one two three four"},
		{8, nil, "error CELL_REQUIRED H2 day"},
		{8, "31/02/2025", "error DATE_INVALID H2 day 31/02/2025"},
		{9, ";", "error CELL_REQUIRED I2 topics ;"},
	} {
		cells := append([]any(nil), good...)
		cells[c.col-1] = c.cell
		got := readTable[visit](t, openXLSX(t, styledBook(xmlRow(1, titles...)+xmlRow(2, cells...))), TableOptions{}, visitColumns())
		if got.err != nil {
			t.Fatal(got.err)
		}
		var want []string
		if c.found != "" {
			want = []string{c.found}
		}
		same(t, "problems", got.found, want)
		if failed := len(got.bad[0]) > 0; failed != (c.found != "") {
			t.Errorf("%v: bad %v", c.cell, got.bad[0])
		}
	}
}

func TestTheRangeIsNamedWhole(t *testing.T) {
	titles := textCells("City", "Guests", "Day")
	got := readTable[visit](t, openXLSX(t, styledBook(xmlRow(1, titles...)+xmlRow(2, "Brest", 900, "2025-04-25"))), TableOptions{}, visitColumns())
	if len(got.problems) != 1 || got.problems[0].Params["range"].EN != "≥ 1, ≤ 500" {
		t.Errorf("%+v", got.problems)
	}
}

func TestTagsAndColumnsMustAgree(t *testing.T) {
	schema := Schema{Kind: "k", Title: locale.Same("K"), Columns: []Column{
		{ID: "a", Label: locale.Same("A")},
		{ID: "n", Label: locale.Same("N"), Type: TypeInteger},
		{ID: "d", Label: locale.Same("D"), Type: TypeDecimal},
		{ID: "t", Label: locale.Same("T"), Derived: true},
	}}
	fault := func(err error) string {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	for _, c := range []struct {
		name, got, want string
	}{
		{"a column without a field", fault(second(NewDecoder[struct {
			A string `sheet:"a"`
			N int64  `sheet:"n"`
		}](&schema))), "has no field for the column d"},
		{"a field without a column", fault(second(NewDecoder[struct {
			A string `sheet:"a"`
			N int64  `sheet:"n"`
			D string `sheet:"d"`
			X string `sheet:"x"`
		}](&schema))), "there is no column x"},
		{"a wrong type", fault(second(NewDecoder[struct {
			A string `sheet:"a"`
			N string `sheet:"n"`
			D string `sheet:"d"`
		}](&schema))), "a string is no whole number"},
		{"a float for money", fault(second(NewDecoder[struct {
			A string  `sheet:"a"`
			N int64   `sheet:"n"`
			D float64 `sheet:"d"`
		}](&schema))), "a float64 is no decimal"},
		{"a field for a derived column", fault(second(NewDecoder[struct {
			A string `sheet:"a"`
			N int64  `sheet:"n"`
			D string `sheet:"d"`
			T string `sheet:"t"`
		}](&schema))), "is derived"},
		{"a rule that counts a decimal's characters", fault(second(NewDecoder[struct {
			A string `sheet:"a"`
			N int64  `sheet:"n"`
			D string `sheet:"d" validate:"max=5"`
		}](&schema))), "no problem code"},
		{"a rule without a code", fault(second(NewDecoder[struct {
			A string `sheet:"a" validate:"alphanum"`
			N int64  `sheet:"n"`
			D string `sheet:"d"`
		}](&schema))), "no problem code"},
		{"two fields for a column", fault(second(NewDecoder[struct {
			A string `sheet:"a"`
			B string `sheet:"a"`
			N int64  `sheet:"n"`
			D string `sheet:"d"`
		}](&schema))), "same column"},
		{"a field that is not exported", fault(second(NewDecoder[struct {
			a string `sheet:"a"`
			N int64  `sheet:"n"`
			D string `sheet:"d"`
		}](&schema))), "not exported"},
		{"no struct", fault(second(NewDecoder[string](&schema))), "not a struct"},
		{"a star on no map", fault(second(NewDecoder[struct {
			A string `sheet:"a*"`
			N int64  `sheet:"n"`
			D string `sheet:"d"`
		}](&schema))), "no map"},
	} {
		if !strings.Contains(c.got, c.want) || c.got == "" {
			t.Errorf("%s: %q", c.name, c.got)
		}
	}
}

func TestFieldsOfEmbeddedStructsAndOtherGoTypesAreFilled(t *testing.T) {
	type place struct {
		City string `sheet:"city"`
	}
	type size string
	type row struct {
		place
		Guests  *int64  `sheet:"guests"`
		Beds    int     `sheet:"beds"`
		Size    size    `sheet:"size"`
		Agreed  bool    `sheet:"agreed"`
		Ignored float64 `sheet:"-"`
	}
	column := func(id string, typ Type) Column { return Column{ID: id, Label: locale.Same(id), Type: typ} }
	schema := Schema{Kind: "k", Title: locale.Same("K"), Columns: []Column{
		column("city", TypeText), column("guests", TypeInteger), column("beds", TypeInteger), column("size", TypeText), column("agreed", TypeBool),
	}}
	rows := xmlRow(1, textCells("city", "guests", "beds", "size", "agreed")...) + xmlRow(2, "Brest", 0, 7, "L", true) + xmlRow(3, "Lyon")
	got := readTable[row](t, openXLSX(t, styledBook(rows)), TableOptions{}, schema)
	same(t, "problems", got.found, nil)
	if r := got.rows[0]; r.City != "Brest" || *r.Guests != 0 || r.Beds != 7 || r.Size != "L" || !r.Agreed {
		t.Errorf("%+v", r)
	}
	if r := got.rows[1]; r != (row{place: place{"Lyon"}}) {
		t.Errorf("%+v", r)
	}
}

func second[T any](_ *Decoder[T], err error) error { return err }

func TestASchemaThatContradictsItselfIsRefused(t *testing.T) {
	label := locale.Same
	for _, c := range []struct {
		name   string
		schema Schema
		want   string
	}{
		{"no columns", Schema{}, "no columns"},
		{"no identifier", Schema{Columns: []Column{{Label: label("A")}}}, "no ID"},
		{"twice", Schema{Columns: []Column{{ID: "a", Label: label("A")}, {ID: "a", Label: label("A")}}}, "stands twice"},
		{"a title for two", Schema{Columns: []Column{{ID: "a", Label: label("Date")}, {ID: "b", Label: label("B"), Aliases: []string{"dâte"}}}}, "fits both"},
		{"a label missing", Schema{Columns: []Column{{ID: "a", Label: locale.Text{EN: "A"}}}}, "missing in [fr es]"},
		{"no choices", Schema{Columns: []Column{{ID: "a", Label: label("A"), Type: TypeEnum}}}, "no choices"},
		{"choices alike", Schema{Columns: []Column{{ID: "a", Label: label("A"), Type: TypeEnums, Choices: []Choice{
			{ID: "x", Label: label("X")}, {ID: "y", Label: label("Y"), Aliases: []string{"x"}}}}}}, "fits both"},
		{"no look-up", Schema{Columns: []Column{{ID: "a", Label: label("A"), Type: TypeLookup}}}, "Lookup"},
		{"no currency column", Schema{Columns: []Column{{ID: "a", Label: label("A"), Type: TypeAmount, CurrencyColumn: "c"}}}, "no currency column"},
		{"no such code", Schema{Columns: []Column{{ID: "a", Label: label("A"), UnknownCode: "NO_SUCH_CODE"}}}, "no code"},
	} {
		if err := c.schema.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	gifts := giftSchema()
	if err := gifts.Check(); err != nil {
		t.Error(err)
	}
}
