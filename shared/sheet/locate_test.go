package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The usual short table: the required columns and one row below.
func shortTitles() []any { return textCells("City", "Country", "Amount", "Given on") }

func shortRow(number int) string {
	return xmlRow(number, "Brest", "France", 100, raw(`s="3"><v>45772</v>`))
}

// indented puts cells further to the right.
func indented(columns int, cells []any) []any { return append(make([]any, columns), cells...) }

func TestTheHeaderIsFoundWhereverItStands(t *testing.T) {
	data := func(number, columns int) string {
		return xmlRow(number, indented(columns, []any{"Brest", "France", 100, raw(`s="3"><v>45772</v>`)})...)
	}
	for _, c := range []struct {
		name   string
		rows   string
		header int
		first  int // sheet column of the city
		found  []string
	}{
		{"first row", xmlRow(1, shortTitles()...) + data(2, 0), 1, 1, nil},
		{"at D12 below a title and notes", xmlRow(2, "Gifts to the network 2025") + xmlRow(4, "Please fill in one line for each gift.", nil, "City") +
			xmlRow(12, indented(3, shortTitles())...) + data(13, 3), 12, 4, nil},
		{"row 50", xmlRow(1, "Report") + xmlRow(50, shortTitles()...) + data(51, 0), 50, 1, nil},
		{"below a cover of many lines", coverText(1, 399) + xmlRow(400, shortTitles()...) + data(401, 0), 400, 1, nil},
		{"blank row below the titles", xmlRow(3, shortTitles()...) + data(5, 0), 3, 1, []string{"info ROW_BLANK_SKIPPED 4"}},
		{"stars, colons, units and remarks", xmlRow(1, textCells("City *", "COUNTRY:", "Amount (USD)", "Given on (yyyy-mm-dd)*")...) + data(2, 0), 1, 1, nil},
		{"currency behind the title", xmlRow(1, textCells("City", "Country", "Amount in USD", "Given on")...) + data(2, 0), 1, 1, nil},
		{"line break in a title", xmlRow(1, textCells("City", "Country", "Amount\n(USD)", "Given\non")...) + data(2, 0), 1, 1, nil},
		{"three languages in one title", xmlRow(1, textCells("City / Ville / Ciudad", "Country / Pays / País", "Amount | Montant", "Given on\nDonné le")...) + data(2, 0), 1, 1, nil},
		{"identifiers", xmlRow(1, textCells("city", "country", "amount", "given_on")...) + data(2, 0), 1, 1, nil},
		{"words in another order", xmlRow(1, textCells("City: name", "Country", "Amount", "Given on")...) + data(2, 0), 1, 1, nil},
		{"the titles again in French", xmlRow(1, shortTitles()...) + xmlRow(2, textCells("Ville", "Pays", "Montant", "Donné le")...) + data(3, 0), 1, 1, nil},
		{"units below the titles", xmlRow(1, shortTitles()...) + xmlRow(2, textCells("", "", "(USD)", "(dd/mm/yyyy)")...) + data(3, 0), 1, 1, nil},
		{"no accents and capitals in French", xmlRow(1, textCells("VILLE", "PAYS", "MONTANT", "DONNE LE")...) + data(2, 0), 1, 1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readGifts(t, openXLSX(t, styledBook(c.rows)), TableOptions{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			same(t, "problems", got.found, c.found)
			if got.loc.HeaderRow != c.header || got.loc.Columns[0] != c.first || len(got.rows) != 1 || got.rows[0].Amount != "100" {
				t.Errorf("header %d, columns %v, rows %+v", got.loc.HeaderRow, got.loc.Columns, got.rows)
			}
		})
	}
}

// coverText are rows of text such as a letter has.
func coverText(first, last int) string {
	var rows strings.Builder
	for n := first; n <= last; n++ {
		rows.WriteString(xmlRow(n, fmt.Sprintf("%d.", n), "Gifts are entered one by one, with the city that gave them."))
	}
	return rows.String()
}

// TestNoRowsAreLostForABetterHeaderBelow: what stands above the titles that are taken must be no table.
func TestNoRowsAreLostForABetterHeaderBelow(t *testing.T) {
	var pages, other strings.Builder
	pages.WriteString(xmlRow(1, textCells("City", "Country", "Amuont", "Given on")...))
	other.WriteString(xmlRow(1, textCells("Street", "House", "Inhabitants")...))
	for n := 2; n <= 30; n++ {
		pages.WriteString(shortRow(n))
	}
	for n := 2; n <= 80; n++ {
		other.WriteString(shortRow(n))
	}
	pages.WriteString(xmlRow(31, shortTitles()...) + shortRow(32))
	other.WriteString(xmlRow(81, shortTitles()...) + shortRow(82))
	got := readGifts(t, openXLSX(t, styledBook(pages.String())), TableOptions{})
	if got.err != nil || got.loc.HeaderRow != 1 || !slices.Contains(got.found, "error HEADER_MISSING 1 amount → Amuont") {
		t.Errorf("two pages: %v, %q", got.err, got.found)
	}
	got = readGifts(t, openXLSX(t, styledBook(other.String())), TableOptions{})
	var refusal *problem.Problem
	if !errors.As(got.err, &refusal) || refusal.Code != "HEADER_NOT_FOUND" {
		t.Errorf("another table above: %v", got.err)
	}
}

func TestTitlesOverTwoLines(t *testing.T) {
	schema := Schema{Kind: "persons", Title: text3("Persons", "Personnes", "Personas"), Columns: []Column{
		{ID: "city", Label: text3("City", "Ville", "Ciudad"), Required: true},
		{ID: "mayor", Label: text3("Mayor's name", "Nom du maire", "Nombre del alcalde"), Required: true},
		{ID: "contact", Label: text3("Contact person's name", "Nom du contact", "Nombre del contacto"), Aliases: []string{"Contact name"}, Required: true},
		{ID: "email", Label: text3("Contact e-mail", "Courriel du contact", "Correo del contacto"), Type: TypeEmail},
	}}
	type person struct {
		City    string `sheet:"city"`
		Mayor   string `sheet:"mayor"`
		Contact string `sheet:"contact"`
		Email   string `sheet:"email"`
	}
	rows := xmlRow(1, textCells("Our people")...) + xmlRow(3, textCells("City", "Mayor", "Contact", "")...) + xmlRow(4, textCells("", "Name", "Name", "E-mail")...) +
		xmlRow(5, textCells("Brest", "Anne Petit", "Yann Le Goff", "yann@brest.example.fr")...)
	got := readTable[person](t, openXLSX(t, styledBook(rows)), TableOptions{}, schema)
	if got.err != nil {
		t.Fatal(got.err)
	}
	same(t, "problems", got.found, nil)
	want := person{"Brest", "Anne Petit", "Yann Le Goff", "yann@brest.example.fr"}
	if got.loc.HeaderRow != 4 || got.loc.DataRow != 5 || len(got.rows) != 1 || got.rows[0] != want {
		t.Errorf("header %d, rows %+v", got.loc.HeaderRow, got.rows)
	}
}

func TestWhatIsWrongWithTitlesIsSaidAtTheirCells(t *testing.T) {
	for _, c := range []struct {
		name   string
		titles []any
		found  []string
	}{
		{"required column missing", textCells("City", "Country", "Given on"), []string{"error HEADER_MISSING 1 amount"}},
		{"required column misspelt", textCells("City", "Country", "Amuont", "Given on"),
			[]string{"error HEADER_MISSING 1 amount → Amuont", "warning HEADER_UNKNOWN C1 Amuont → Amount"}},
		{"column nobody asked for", textCells("City", "Country", "Amount", "Given on", "Shoe size"), []string{"warning HEADER_UNKNOWN E1 Shoe size"}},
		{"optional column misspelt", textCells("City", "Country", "Amount", "Given on", "E-mial"), []string{"warning HEADER_UNKNOWN E1 E-mial → E-mail"}},
		{"the same title twice but for case and accents", textCells("City", "Country", "Amount", "Given on", "REMARKS", "Remarques"),
			[]string{"error HEADER_DUPLICATE F1 remarks Remarques", "info HEADER_LANGUAGE_MIXED 1"}},
		{"required column twice", textCells("City", "Country", "Amount", "Given on", "Ville"), []string{"error HEADER_DUPLICATE E1 city Ville", "info HEADER_LANGUAGE_MIXED 1"}},
		{"two languages", textCells("City", "Pays", "Amount", "Given on"), []string{"info HEADER_LANGUAGE_MIXED 1"}},
		{"derived column twice is nobody's loss", textCells("City", "Country", "Amount", "Given on", "Total so far", "Total so far"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := openXLSX(t, styledBook(xmlRow(1, c.titles...)))
			got := readGifts(t, book, TableOptions{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			slices.Sort(c.found)
			slices.Sort(got.found)
			same(t, "problems", got.found, c.found)
		})
	}
}

func TestAColumnThatStandsTwiceIsNotPicked(t *testing.T) {
	rows := xmlRow(1, textCells("City", "Country", "Amount", "Given on", "City")...) + xmlRow(2, "Brest", "France", 100, "2025-04-25", "Nantes")
	got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{})
	same(t, "problems", got.found, []string{"error HEADER_DUPLICATE E1 city City"})
	if got.rows[0].City != "" || !got.bad[0]["city"] {
		t.Errorf("%+v, bad %v", got.rows[0], got.bad[0])
	}
}

func TestAMissingColumnIsSaidOnceAndFailsEveryRow(t *testing.T) {
	rows := xmlRow(1, textCells("City", "Country", "Given on")...) + xmlRow(2, "Brest", "France", "2025-04-25") + xmlRow(3, "Brest", "France", "2025-04-26")
	got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{})
	same(t, "problems", got.found, []string{"error HEADER_MISSING 1 amount"})
	if !got.bad[0]["amount"] || !got.bad[1]["amount"] {
		t.Errorf("bad: %v", got.bad)
	}
}

func TestMergedTitles(t *testing.T) {
	book := styledBook(xmlRow(1, textCells("City", "Country", "Amount", "", "Given on")...) + xmlRow(2, "Brest", "France", 100, "EUR", "2025-04-25"))
	book.Replace("xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells count="1"><mergeCell ref="C1:D1"/></mergeCells>`)
	got := readGifts(t, openXLSX(t, book), TableOptions{})
	same(t, "problems", got.found, []string{"warning HEADER_MERGED C1 Amount"})
	if got.rows[0].Amount != "100" {
		t.Errorf("%+v", got.rows[0])
	}
}

func TestTheLanguageIsThatOfMostTitles(t *testing.T) {
	for _, c := range []struct {
		titles []any
		option locale.Lang
		want   locale.Lang
	}{
		{textCells("City", "Country", "Amount", "Given on"), "fr", "en"},
		{textCells("Ville", "Pays", "Montant", "Donné le"), "", "fr"},
		{textCells("Ciudad", "País", "Importe", "Donado el"), "", "es"},
		{textCells("Ville", "Pays", "Amount", "Donné le"), "", "fr"},
		{textCells("city", "country", "amount", "given_on"), "", "en"},
		{textCells("city", "country", "amount", "given_on", "Nom de la ville"), "", "en"},
		{textCells("Nom de la ville", "rating_food", "rating_room"), "", "fr"},
		{textCells("rating_food", "rating_room"), "es", "es"},
	} {
		got := readGifts(t, openXLSX(t, styledBook(xmlRow(1, c.titles...))), TableOptions{Lang: c.option})
		if got.err != nil {
			t.Fatal(got.err)
		}
		if got.loc.Lang != c.want {
			t.Errorf("%v: %s, want %s", c.titles, got.loc.Lang, c.want)
		}
	}
}

func TestTheSheetIsChosen(t *testing.T) {
	sheet := func(rows string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
	}
	good := sheet(xmlRow(1, shortTitles()...) + shortRow(2))
	worse := sheet(xmlRow(1, textCells("City", "Country", "Amount", "Given on", "Shoe size", "Hat size")...) + shortRow(2))
	empty := sheet(xmlRow(1, shortTitles()...))
	notes := sheet(xmlRow(1, "How to fill in this workbook"))
	type tab struct{ name, attributes, xml string }
	for _, c := range []struct {
		name    string
		tabs    []tab // behind the first sheet, which is Data
		first   string
		ask     string
		want    string // the sheet
		refused problem.Code
		found   []string
	}{
		{"the first fits", []tab{{"Notes", "", notes}}, good, "", "Data", "", []string{"info SHEET_EXTRA_IGNORED"}},
		{"the second fits better", []tab{{"Gifts", "", good}}, worse, "", "Gifts", "", []string{"info SHEET_EXTRA_IGNORED"}},
		{"two fit alike", []tab{{"2024", "", good}}, good, "", "", "SHEET_AMBIGUOUS", nil},
		{"two fit alike and one is named", []tab{{"2024", "", good}}, good, "2024", "2024", "", nil},
		{"two fit alike and one is empty below its titles", []tab{{"Gifts", "", good}}, empty, "", "Gifts", "", []string{"info SHEET_EXTRA_IGNORED"}},
		{"an empty sheet beside", []tab{{"Sheet2", "", sheet("")}}, good, "", "Data", "", nil},
		{"a hidden one is not read", []tab{{"Old", `state="hidden"`, good}}, good, "", "Data", "", []string{"warning SHEET_HIDDEN"}},
		{"a very hidden one is not read", []tab{{"Old", `state="veryHidden"`, good}}, good, "", "Data", "", []string{"warning SHEET_HIDDEN"}},
		{"a hidden list is only mentioned", []tab{{"Lists", `state="hidden"`, notes}}, good, "", "Data", "", []string{"info SHEET_HIDDEN"}},
		{"a hidden one can be named", []tab{{"Old", `state="hidden"`, good}}, notes, "Old", "Old", "", nil},
		{"only a hidden one fits", []tab{{"Old", `state="hidden"`, good}}, notes, "", "", "SHEET_HIDDEN", nil},
		{"none fits", []tab{{"Notes", "", notes}}, notes, "", "", "HEADER_NOT_FOUND", nil},
		{"no such sheet", []tab{{"Gifts 2025", "", good}}, good, "Gift 2025", "", "SHEET_MISSING", nil},
		{"the one that is named does not fit", []tab{{"Notes", "", notes}}, good, "Notes", "", "HEADER_NOT_FOUND", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := styledBook("")
			book.Set("xl/worksheets/sheet1.xml", c.first)
			for _, tab := range c.tabs {
				book.Sheet(tab.name, tab.attributes, tab.xml)
			}
			got := readGifts(t, openXLSX(t, book), TableOptions{Sheet: c.ask})
			if c.refused != "" {
				if p := refusal(t, got.err); p.Code != c.refused || c.refused == "SHEET_MISSING" && p.Suggestion != "Gifts 2025" {
					t.Errorf("refused with %+v", p)
				}
				return
			}
			if got.err != nil {
				t.Fatal(got.err)
			}
			var headers []string
			for _, found := range got.found {
				if !strings.Contains(found, "HEADER_UNKNOWN") {
					headers = append(headers, found)
				}
			}
			same(t, "problems", headers, c.found)
			if got.loc.Sheet != c.want {
				t.Errorf("read %s, want %s", got.loc.Sheet, c.want)
			}
		})
	}
}

// visits is another kind of table, which shares its first columns with gifts.
func visitSchema() Schema {
	return Schema{Kind: "visits", Title: text3("Visits", "Visites", "Visitas"), Columns: []Column{
		{ID: "city", Label: text3("City", "Ville", "Ciudad"), Required: true},
		{ID: "country", Label: text3("Country", "Pays", "País"), Required: true},
		{ID: "visited_on", Label: text3("Visited on", "Visité le", "Visitado el"), Aliases: []string{"Date"}, Type: TypeDate, Required: true},
		{ID: "guests", Label: text3("Guests", "Invités", "Invitados"), Type: TypeInteger},
	}}
}

func TestTheKindIsToldByTheTitles(t *testing.T) {
	schemas := []Schema{giftSchema(), visitSchema()}
	for _, c := range []struct {
		name    string
		rows    string
		want    string
		refused problem.Code
	}{
		{"gifts", xmlRow(1, shortTitles()...), "gifts", ""},
		{"visits", xmlRow(1, textCells("Ville", "Pays", "Visité le")...), "visits", ""},
		{"visits with a column of their own", xmlRow(1, textCells("City", "Country", "Date", "Guests")...), "visits", ""},
		{"titles of neither", xmlRow(1, textCells("Fruit", "Price")...), "", "KIND_UNKNOWN"},
		{"titles of both", xmlRow(1, textCells("City", "Country")...), "", "KIND_UNKNOWN"},
		{"titles of both under the name of one", xmlRow(1, "VISITES") + xmlRow(3, textCells("City", "Country")...), "visits", ""},
		{"nothing", "", "", "KIND_UNKNOWN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := openXLSX(t, styledBook(c.rows))
			loc, problems, err := book.Locate(context.Background(), schemas, TableOptions{})
			if c.refused != "" {
				if p := refusal(t, err); p.Code != c.refused {
					t.Errorf("refused with %+v", p)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			describeAll(t, problems)
			if loc.Schema.Kind != c.want {
				t.Errorf("taken for %s", loc.Schema.Kind)
			}
		})
	}
}

func TestATemplateIsKnownWithoutGuessing(t *testing.T) {
	schema := giftSchema()
	for _, lang := range locale.Langs {
		var file bytes.Buffer
		if err := WriteTemplate(&file, &schema, lang, TemplateOptions{}); err != nil {
			t.Fatal(err)
		}
		book := openBook(t, file.Bytes(), "template.xlsx")
		loc, problems, err := book.Locate(context.Background(), []Schema{visitSchema(), giftSchema()}, TableOptions{})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "problems", describeAll(t, problems), nil)
		if loc.Schema.Kind != "gifts" || loc.Lang != lang || loc.TemplateVersion != 3 {
			t.Errorf("%s: %+v", lang, loc)
		}
		for i, column := range schema.Columns {
			if (loc.Columns[i] > 0) == column.Derived {
				t.Errorf("%s: column %s at %d", lang, column.ID, loc.Columns[i])
			}
		}
	}
}

// markerRows are the rows of the hidden sheet by which a workbook made from a template is known.
func markerRows(version int, ids ...string) string {
	return xmlRow(1, "schema", "gifts") + xmlRow(2, "version", strconv.Itoa(version)) + xmlRow(3, "lang", "fr") + xmlRow(4, "problems", "Problèmes") +
		xmlRow(5, textCells(ids...)...)
}

func TestTheMarkOfATemplateHelps(t *testing.T) {
	sheet := func(rows string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
	}
	for _, c := range []struct {
		name   string
		titles []any
		found  []string
		amount int // the amount's column
	}{
		{"renamed title", textCells("City", "Country", "Gift in kind", "Given on"), []string{"warning TEMPLATE_VERSION_OLD"}, 3},
		{"renamed title after the order changed", textCells("Country", "City", "Gift in kind", "Given on"),
			[]string{"warning TEMPLATE_VERSION_OLD", "error HEADER_MISSING 1 amount", "warning HEADER_UNKNOWN C1 Gift in kind"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := styledBook(xmlRow(1, c.titles...) + shortRow(2))
			book.Sheet(markerSheet, `state="veryHidden"`, sheet(markerRows(1, "city", "country", "amount", "given_on")))
			problems := textCells("Où", "Valeur", "Ce qui ne va pas et que faire", "Vouliez-vous dire", "Gravité", "Code", "Règle")
			book.Sheet("Problèmes", "", sheet(xmlRow(1, shortTitles()...)+shortRow(2)+shortRow(3)+xmlRow(4, problems...)))
			got := readGifts(t, openXLSX(t, book), TableOptions{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			var found []string
			for _, f := range got.found {
				if !strings.Contains(f, "2 ") {
					found = append(found, f)
				}
			}
			same(t, "problems", found, c.found)
			schema := giftSchema()
			if got.loc.Columns[schema.column("amount")] != c.amount || got.loc.Sheet != "Data" || got.loc.TemplateVersion != 1 {
				t.Errorf("%+v", got.loc)
			}
		})
	}
}

func TestAFileThatIsBrokenBelowSaysSoRatherThanThatItHasNoTitles(t *testing.T) {
	var rows strings.Builder
	for number := 1; number <= 2*coverRows; number++ {
		rows.WriteString(xmlRow(number, "Remarks", "without titles"))
	}
	broken := rows.String() + `<row r="7"/>` // rows descend
	for _, schemas := range [][]Schema{{giftSchema()}, {giftSchema(), visitSchema()}} {
		_, _, err := openXLSX(t, styledBook(rows.String())).Locate(t.Context(), schemas, TableOptions{})
		if code := refusal(t, err).Code; code != "HEADER_NOT_FOUND" && code != "KIND_UNKNOWN" {
			t.Errorf("whole, with %d schemas: %s", len(schemas), code)
		}
		for _, named := range []string{"", "Data"} {
			_, _, err := openXLSX(t, styledBook(broken)).Locate(t.Context(), schemas, TableOptions{Sheet: named})
			if code := refusal(t, err).Code; code != "FILE_CORRUPT" {
				t.Errorf("broken, with %d schemas, sheet %q: %s", len(schemas), named, code)
			}
		}
	}
}

func TestWhereTheDelimiterIsUncertainTheRefusalAsksForIt(t *testing.T) {
	text := "Fruit;Price,Stock\nPear;1,2\nApple;3,4\n"
	_, _, err := openCSVText(t, text).Locate(t.Context(), []Schema{giftSchema()}, TableOptions{})
	if p := refusal(t, err); p.Code != "CSV_DELIMITER_UNSURE" || p.Severity != problem.Error {
		t.Errorf("refused with %s %s", p.Severity, p.Code)
	}
}
