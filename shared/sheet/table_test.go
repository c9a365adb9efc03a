package sheet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// shortBook has the short titles in row 1 and the given rows below.
func shortBook(rows string) string { return xmlRow(1, shortTitles()...) + rows }

// entry is a row of the short table.
func entry(number int, city any, amount any, date any) string {
	return xmlRow(number, city, "France", amount, date)
}

func TestRowsAreTakenForWhatTheyAre(t *testing.T) {
	day := "2025-04-25"
	for _, c := range []struct {
		name   string
		rows   string
		cities []string // of the rows of data
		found  []string
	}{
		{"blank rows between others are said, those at the end are not",
			entry(2, "Brest", 1, day) + xmlRow(3, "  ", "\u00a0") + entry(6, "Lyon", 2, day) + xmlRow(9, " "),
			[]string{"Brest", "Lyon"}, []string{"info ROW_BLANK_SKIPPED 3", "info ROW_BLANK_SKIPPED 4", "info ROW_BLANK_SKIPPED 5"}},
		{"total", entry(2, "Brest", 1, day) + xmlRow(3, "Total", nil, 1), []string{"Brest"}, []string{"info ROW_TOTAL_DETECTED A3 Total"}},
		{"total in French, later in the row", entry(2, "Brest", 1, day) + xmlRow(3, nil, "TOTAL GÉNÉRAL :", 1), []string{"Brest"},
			[]string{"info ROW_TOTAL_DETECTED B3 TOTAL GÉNÉRAL :"}},
		{"total in Spanish", entry(2, "Brest", 1, day) + xmlRow(3, "Suma", nil, 1), []string{"Brest"}, []string{"info ROW_TOTAL_DETECTED A3 Suma"}},
		{"subtotal of something", entry(2, "Brest", 1, day) + xmlRow(3, "Sous-total des villes", nil, 1) + entry(4, "Lyon", 1, day),
			[]string{"Brest", "Lyon"}, []string{"info ROW_TOTAL_DETECTED A3 Sous-total des villes"}},
		{"a name that begins like a total", entry(2, "Total Energies", 1, day), []string{"Total Energies"}, nil},
		{"a name that begins like a total, incomplete", entry(2, "Total Energies", 1, nil), []string{"Total Energies"}, []string{"error CELL_REQUIRED D2 given_on"}},
		{"a town named like a total", entry(2, "Sum", 1, day), []string{"Sum"}, nil},
		{"only numbers in a row are no total", entry(2, "Brest", 1, day) + xmlRow(3, nil, nil, 1), []string{"Brest", ""},
			[]string{"error CELL_REQUIRED A3 city", "error CELL_REQUIRED B3 country", "error CELL_REQUIRED D3 given_on"}},
		{"a note beside the table", entry(2, "Brest", 1, day) + xmlRow(3, nil, nil, nil, nil, nil, "checked by Anne"), []string{"Brest"}, nil},
		{"values without a title", xmlRow(2, "Brest", "France", 1, day, nil, "checked", "twice") + xmlRow(3, "Lyon", "France", 1, day, nil, "checked"),
			[]string{"Brest", "Lyon"}, []string{"warning HEADER_BLANK F1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readGifts(t, openXLSX(t, styledBook(shortBook(c.rows))), TableOptions{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			same(t, "problems", got.found, c.found)
			var cities []string
			for _, row := range got.rows {
				cities = append(cities, row.City)
			}
			same(t, "cities", cities, c.cities)
		})
	}
}

// TestTitlesAmongTheLines: people paste pages together that each have their own titles.
func TestTitlesAmongTheLines(t *testing.T) {
	day := "2025-04-25"
	for _, c := range []struct {
		name   string
		rows   string
		cities []string // of the rows of data
		found  []string
	}{
		{"the same titles", entry(2, "Brest", 1, day) + xmlRow(3, shortTitles()...) + entry(4, "Lyon", 2, day),
			[]string{"Brest", "Lyon"}, []string{"info HEADER_REPEATED 3"}},
		{"the titles of a French page", entry(2, "Brest", 1, day) + xmlRow(3, "Ville", "Pays", "Montant (USD) *", "Donné le") + entry(4, "Lyon", 2, day),
			[]string{"Brest", "Lyon"}, []string{"info HEADER_REPEATED 3"}},
		{"in capitals, one of them lost", entry(2, "Brest", 1, day) + xmlRow(3, "CITY", "COUNTRY", nil, "GIVEN ON") + entry(4, "Lyon", 2, day),
			[]string{"Brest", "Lyon"}, []string{"info HEADER_REPEATED 3"}},
		{"in another order, and back", entry(2, "Brest", 1, day) + xmlRow(3, "Country", "City", "Amount", "Given on") +
			xmlRow(4, "France", "Lyon", 1, day) + xmlRow(5, shortTitles()...) + entry(6, "Nice", 1, day),
			[]string{"Brest", "Nice"}, []string{"error HEADER_CHANGED 3", "error HEADER_CHANGED 4", "info HEADER_REPEATED 5"}},
		{"one column further to the right", entry(2, "Brest", 1, day) + xmlRow(3, nil, "City", "Country", "Amount", "Given on") +
			xmlRow(4, nil, "Lyon", "France", 1, day), []string{"Brest"}, []string{"error HEADER_CHANGED 3", "error HEADER_CHANGED 4"}},
		{"a town named like a title", entry(2, "City", 1, day), []string{"City"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readGifts(t, openXLSX(t, styledBook(shortBook(c.rows))), TableOptions{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			same(t, "problems", got.found, c.found)
			var cities []string
			for _, row := range got.rows {
				cities = append(cities, row.City)
			}
			same(t, "cities", cities, c.cities)
		})
	}
}

func TestTotalsByTheWordsOfTheSchema(t *testing.T) {
	schema := giftSchema()
	schema.TotalWords = []string{"Kassensturz"}
	rows := entry(2, "Brest", 1, "2025-04-25") + xmlRow(3, "KASSENSTURZ", nil, 1)
	got := readTable[gift](t, openXLSX(t, styledBook(shortBook(rows))), TableOptions{}, schema)
	same(t, "problems", got.found, []string{"info ROW_TOTAL_DETECTED A3 KASSENSTURZ"})
}

func TestALongGapIsNotSaidRowByRow(t *testing.T) {
	got := readGifts(t, openXLSX(t, styledBook(shortBook(entry(2, "Brest", 1, "2025-04-25")+entry(900000, "Lyon", 1, "2025-04-25")))), TableOptions{})
	if len(got.found) != 20 || len(got.rows) != 2 {
		t.Errorf("%d problems, %d rows", len(got.found), len(got.rows))
	}
}

func TestHiddenRowsAreAskedAbout(t *testing.T) {
	hidden := func(number int, city string) string {
		return xmlRowWith(number, `hidden="1"`, city, "France", 1, "2025-04-25")
	}
	rows := shortBook(entry(2, "Brest", 1, "2025-04-25") + hidden(3, "Lyon") + hidden(4, "Nice") + xmlRowWith(5, `hidden="1"`, " "))
	for _, c := range []struct {
		answer string
		lines  []LineClass
		failed []bool
		found  []string
	}{
		{"", []LineClass{LineData, LineData, LineData, LineBlank}, []bool{false, true, true}, []string{"question ROWS_HIDDEN_OR_FILTERED"}},
		{"include", []LineClass{LineData, LineData, LineData, LineBlank}, []bool{false, false, false}, nil},
		{"skip", []LineClass{LineData, LineHiddenSkipped, LineHiddenSkipped, LineBlank}, []bool{false}, nil},
	} {
		t.Run(c.answer, func(t *testing.T) {
			answers := Answers{}
			if c.answer != "" {
				answers["rows.hidden"] = c.answer
			}
			got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{Answers: answers})
			same(t, "problems", got.found, c.found)
			if !slices.Equal(got.lines, c.lines) {
				t.Errorf("lines %v", got.lines)
			}
			var failed []bool
			for _, bad := range got.bad {
				failed = append(failed, bad["rows.hidden"])
			}
			if !slices.Equal(failed, c.failed) {
				t.Errorf("failed %v", failed)
			}
			for _, p := range got.problems {
				if p.Params["count"].EN != "2" {
					t.Errorf("%+v", p)
				}
			}
		})
	}
}

func TestAmbiguousDatesAreOneQuestionForTheirColumn(t *testing.T) {
	rows := shortBook(entry(2, "Brest", 1, "2025-04-25") + entry(3, "Lyon", 1, "03/04/2025") + entry(4, "Nice", 1, "05/06/2025") +
		entry(5, "Metz", 1, "03/03/2025") + entry(6, "Albi", 1, "25/04/2025"))
	got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{})
	same(t, "problems", got.found, []string{"question DATE_AMBIGUOUS D3 given_on 03/04/2025 → dmy"})
	asked := got.problems[len(got.problems)-1]
	for param, want := range map[string]string{"count": "2", "first": "3 avril 2025", "second": "4 mars 2025"} {
		if asked.Params[param].FR != want {
			t.Errorf("%s is %q", param, asked.Params[param].FR)
		}
	}
	var failed []bool
	for _, bad := range got.bad {
		failed = append(failed, bad["given_on"])
	}
	if !slices.Equal(failed, []bool{false, true, true, false, false}) {
		t.Errorf("failed %v", failed)
	}
	for answer, want := range map[string]string{"dmy": "2025-04-03", "MDY": "2025-03-04"} {
		got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{Answers: Answers{"given_on": answer}})
		same(t, "problems", got.found, nil)
		if got.rows[1].GivenOn.String() != want || got.rows[4].GivenOn.String() != "2025-04-25" {
			t.Errorf("%s: %v", answer, got.rows[1].GivenOn)
		}
	}
}

func TestNothingIsSuggestedWhereCellsDisagree(t *testing.T) {
	rows := shortBook(entry(2, "Brest", 1, "03/04/2025") + entry(3, "Lyon", 1, "25/04/2025") + entry(4, "Nice", 1, "04/25/2025"))
	got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{})
	same(t, "problems", got.found, []string{"question DATE_AMBIGUOUS D2 given_on 03/04/2025"})
}

func TestAmbiguousNumbersAreOneQuestionForTheirColumn(t *testing.T) {
	french := xmlRow(1, textCells("Ville", "Pays", "Montant", "Donné le")...)
	rows := french + entry(2, "Brest", "1.234", "2025-04-25") + entry(3, "Lyon", "1,234", "2025-04-25") + entry(4, "Nice", "1.234,50", "2025-04-25")
	got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{})
	same(t, "problems", got.found, []string{"question NUMBER_LOCALE_AMBIGUOUS C2 amount 1.234 → comma", "info NUMBER_AS_TEXT C4 amount 1.234,50"})
	if asked := got.problems[len(got.problems)-1]; asked.Params["first"].FR != "1,234" || asked.Params["second"].EN != "1,234" || asked.Params["count"].ES != "2" {
		t.Errorf("%+v", asked.Params)
	}
	for answer, want := range map[string][2]string{"comma": {"1234", "1.234"}, "point": {"1.234", "1234"}} {
		got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{Answers: Answers{"amount": answer}})
		if got.rows[0].Amount != want[0] || got.rows[1].Amount != want[1] || len(got.bad[0])+len(got.bad[1]) != 0 {
			t.Errorf("%s: %q %q", answer, got.rows[0].Amount, got.rows[1].Amount)
		}
	}
}

func TestACommaGroupsInAnEnglishSheetAndBehindADollar(t *testing.T) {
	for _, c := range []struct {
		titles       []any
		amount, want string
		found        []string
	}{
		{shortTitles(), "50,000", "50000", []string{"info NUMBER_AS_TEXT C2 amount 50,000"}},
		{shortTitles(), "50.000", "", []string{"question NUMBER_LOCALE_AMBIGUOUS C2 amount 50.000"}},
		{textCells("Ville", "Pays", "Montant", "Donné le"), "$50,000", "50000", []string{"info NUMBER_AS_TEXT C2 amount $50,000"}},
		{textCells("Ville", "Pays", "Montant", "Donné le"), "50,000", "", []string{"question NUMBER_LOCALE_AMBIGUOUS C2 amount 50,000"}},
	} {
		got := readGifts(t, openXLSX(t, styledBook(xmlRow(1, c.titles...)+entry(2, "Brest", c.amount, "2025-04-25"))), TableOptions{})
		same(t, "problems", got.found, c.found)
		if got.rows[0].Amount != c.want {
			t.Errorf("%s: %q", c.amount, got.rows[0].Amount)
		}
	}
}

func TestCorrectionsAreRemembered(t *testing.T) {
	rows := xmlRow(1, append(shortTitles(), "Type of donor", "Topics")...) + xmlRow(2, "Brest", "Bretagne", 1, "2025-04-25", "A friend", "Health; Soup")
	book := func() *Book { return openXLSX(t, styledBook(rows)) }
	got := readGifts(t, book(), TableOptions{})
	same(t, "problems", got.found, []string{
		"error COUNTRY_UNKNOWN B2 country Bretagne", "error DONOR_TYPE_UNKNOWN E2 donor A friend", "error ENUM_UNKNOWN F2 topics Health; Soup",
	})
	got = readGifts(t, book(), TableOptions{Answers: Answers{
		"country:Bretagne": "France", "donor:a FRIEND": "Fondation", "topics:soup": "literacy", "csv.delimiter": ";", "elsewhere": "x",
	}})
	same(t, "problems", got.found, nil)
	if row := got.rows[0]; row.Country != "FR" || row.Donor != "foundation" || !slices.Equal(row.Topics, []string{"health", "literacy"}) {
		t.Errorf("%+v", row)
	}
}

func TestAnswersThatFitNoQuestionAreRefused(t *testing.T) {
	for name, value := range map[string]string{
		"given_on": "day first", "amount": "dmy", "people": "", "rows.hidden": "maybe", "donor:A friend": "A foe", "country:Bretagne": "Atlantis",
	} {
		got := readGifts(t, openXLSX(t, styledBook(shortBook(""))), TableOptions{Answers: Answers{name: value}})
		if p := refusal(t, got.err); p.Code != "ANSWER_INVALID" || p.Params["answer"].EN != name+"="+value {
			t.Errorf("%s=%s: %+v", name, value, p)
		}
	}
}

func TestMergedCellsOfData(t *testing.T) {
	rows := shortBook(entry(2, "Brest", 1, "2025-04-25") + xmlRow(3, nil, nil, 2, "2025-04-26") + xmlRow(4, nil, "France", 3, "2025-04-27"))
	book := styledBook(rows)
	book.Replace("xl/worksheets/sheet1.xml", "</sheetData>",
		`</sheetData><mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="B2:B3"/></mergeCells>`)
	got := readGifts(t, openXLSX(t, book), TableOptions{})
	same(t, "problems", got.found, []string{
		"error CELL_MERGED A3 city → Brest", "error CELL_MERGED B3 country → France", "error CELL_MERGED A4 city → Brest",
	})
	if got.rows[0].City != "Brest" || len(got.bad[0]) != 0 || !got.bad[1]["city"] || got.bad[2]["country"] {
		t.Errorf("%+v %v", got.rows, got.bad)
	}
}

func TestMergedAcrossColumns(t *testing.T) {
	book := styledBook(shortBook(xmlRow(2, "Brest", nil, 1, "2025-04-25")))
	book.Replace("xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>`)
	got := readGifts(t, openXLSX(t, book), TableOptions{})
	same(t, "problems", got.found, []string{"error CELL_MERGED B2 country"})
}

func TestDatesFrom1904AreReadRightlyAndSaid(t *testing.T) {
	book := styledBook(shortBook(entry(2, "Brest", 1, raw(`s="3"><v>44310</v>`))))
	book.Replace("xl/workbook.xml", "<sheets>", `<workbookPr date1904="1"/><sheets>`)
	got := readGifts(t, openXLSX(t, book), TableOptions{})
	same(t, "problems", got.found, []string{"info DATE_SYSTEM_1904"})
	if got.rows[0].GivenOn.String() != "2025-04-25" {
		t.Errorf("%v", got.rows[0].GivenOn)
	}
}

func TestFormattingFarBeyondTheDataIsSaid(t *testing.T) {
	got := readGifts(t, openXLSX(t, styledBook(shortBook(entry(2, "Brest", 1, "2025-04-25")+`<row r="1048576"><c r="A1048576" s="1"/></row>`))), TableOptions{})
	same(t, "problems", got.found, []string{"info SHEET_PHANTOM_RANGE"})
	if got.problems[0].Params["rows"].EN != "1048574" || len(got.rows) != 1 {
		t.Errorf("%+v", got.problems)
	}
}

func TestTooManyRowsAreRefusedNotCut(t *testing.T) {
	rows := shortBook(entry(2, "Brest", 1, "2025-04-25") + entry(3, "Lyon", 1, "2025-04-25") + entry(4, "Nice", 1, "2025-04-25"))
	got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{MaxRows: 2})
	if p := refusal(t, got.err); p.Code != "ROWS_LIMIT" || p.Params["limit"].EN != "2" {
		t.Errorf("%+v", p)
	}
	if got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{MaxRows: 3}); got.err != nil {
		t.Error(got.err)
	}
}

func TestCSV(t *testing.T) {
	for _, c := range []struct {
		name, text string
		found      []string
		amount     string
	}{
		{"plain", "City,Country,Amount,Given on\nBrest,France,50000.50,2025-04-25\n", nil, "50000.5"},
		{"French with semicolons", "Ville;Pays;Montant;Donné le\nBrest;France;50000,5;25/04/2025\n", nil, "50000.5"},
		{"quoted amount", "City,Country,Amount,Given on\nBrest,France,\"$50,000\",2025-04-25\n", []string{"info NUMBER_AS_TEXT C2 amount $50,000"}, "50000"},
		{"a title line", "Gifts 2025,,,\nCity,Country,Amount,Given on\nBrest,France,1,2025-04-25\n", nil, "1"},
		{"a field too many", "City,Country,Amount,Given on\nBrest,France,1,2025-04-25,oops\n", []string{"error ROW_RAGGED E2 oops"}, "1"},
		{"blank fields too many", "City,Country,Amount,Given on\nBrest,France,1,2025-04-25,,\n", nil, "1"},
		{"a field too few", "City,Country,Amount,Given on\nBrest,France,1\n", []string{"error ROW_RAGGED D2"}, "1"},
		{"a guarded formula", "City,Country,Amount,Given on,Remarks\nBrest,France,1,2025-04-25,'=1+1\n", nil, "1"},
		{"an unguarded formula", "City,Country,Amount,Given on,Remarks\nBrest,France,1,2025-04-25,=1+1\n", []string{"warning TEXT_FORMULA_LIKE E2 remarks =1+1"}, "1"},
		{"a guarded negative", "City,Country,Amount,Given on\nBrest,France,'-5,2025-04-25\n", nil, "-5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readGifts(t, openCSVText(t, c.text), TableOptions{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			same(t, "problems", got.found, c.found)
			if len(got.rows) != 1 || got.rows[0].Amount != c.amount {
				t.Errorf("%+v", got.rows)
			}
			if len(got.rows) == 1 && got.rows[0].Remarks != "" && got.rows[0].Remarks != "=1+1" {
				t.Errorf("remarks are %q", got.rows[0].Remarks)
			}
		})
	}
}

func TestReadingStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	book := openXLSX(t, styledBook(shortBook(entry(2, "Brest", 1, "2025-04-25"))))
	if _, _, err := book.Locate(ctx, []Schema{giftSchema()}, TableOptions{}); err == nil {
		t.Error("located after the end")
	}
}

func TestADamagedSheetIsNotATable(t *testing.T) {
	book := styledBook(shortBook(entry(2, "Brest", 1, "2025-04-25")))
	book.Replace("xl/worksheets/sheet1.xml", "</row></sheetData></worksheet>", "</row>")
	got := readGifts(t, openXLSX(t, book), TableOptions{})
	if p := refusal(t, got.err); !strings.HasPrefix(string(p.Code), "FILE_") {
		t.Errorf("%+v", p)
	}
}

// The count of problems is that of the wrong cells, whatever the number of rows.
func TestProblemsDoNotDependOnTheRowsAround(t *testing.T) {
	var rows strings.Builder
	for i := 2; i < 500; i++ {
		amount := any(i)
		if i%100 == 0 {
			amount = "abc"
		}
		rows.WriteString(entry(i, fmt.Sprintf("City %d", i), amount, "2025-04-25"))
	}
	got := readGifts(t, openXLSX(t, styledBook(shortBook(rows.String()))), TableOptions{})
	want := []string{}
	for i := 100; i < 500; i += 100 {
		want = append(want, fmt.Sprintf("error NUMBER_INVALID C%d amount abc", i))
	}
	same(t, "problems", got.found, want)
	if len(got.rows) != 498 || got.rows[497].Amount != "499" {
		t.Errorf("%d rows", len(got.rows))
	}
}
