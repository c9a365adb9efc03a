package sheet_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Gift is what a row of the examples' table says.
type Gift struct {
	City    string     `sheet:"city"`
	Amount  string     `sheet:"amount" validate:"above=0"`
	GivenOn civil.Date `sheet:"given_on"`
}

// gifts declares the table: what its columns are called, and what their cells mean.
func gifts() sheet.Schema {
	return sheet.Schema{
		Kind: "gifts", Version: 1, Title: locale.Text{EN: "Gifts", FR: "Dons", ES: "Donaciones"},
		Columns: []sheet.Column{
			{ID: "city", Label: locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"}, Required: true, MaxChars: 100},
			{ID: "amount", Label: locale.Text{EN: "Amount", FR: "Montant", ES: "Importe"}, Type: sheet.TypeAmount, Required: true},
			{ID: "given_on", Label: locale.Text{EN: "Given on", FR: "Donné le", ES: "Donado el"}, Type: sheet.TypeDate},
		},
	}
}

func textBook(text string) *sheet.Book {
	book, err := sheet.Open(context.Background(), strings.NewReader(text), int64(len(text)), "gifts.csv")
	if err != nil {
		log.Fatal(err)
	}
	return book
}

// printTable prints the rows of a table and what is wrong with them.
func printTable(book *sheet.Book, opts sheet.TableOptions) {
	ctx := context.Background()
	loc, problems, err := book.Locate(ctx, []sheet.Schema{gifts()}, opts)
	if err != nil {
		log.Fatal(err)
	}
	table, err := book.Table(ctx, loc, opts)
	if err != nil {
		log.Fatal(err)
	}
	defer table.Close()
	decoder, err := sheet.NewDecoder[Gift](loc.Schema)
	if err != nil {
		log.Fatal(err)
	}
	for table.Next() {
		line := table.Line()
		problems = append(problems, line.Problems...)
		if line.Class != sheet.LineData {
			continue
		}
		var gift Gift
		found, bad := decoder.Decode(table, line, &gift)
		problems = append(problems, found...)
		if len(bad) == 0 {
			fmt.Printf("row %d: %s gave %s on %q\n", line.Number, gift.City, gift.Amount, gift.GivenOn)
		}
	}
	if err := table.Err(); err != nil {
		log.Fatal(err)
	}
	for _, p := range append(problems, table.Problems()...) {
		fmt.Println(p.Severity, p.Code, placeOf(p), p.Message(locale.EN))
	}
}

func placeOf(p problem.Problem) string {
	if p.Col == 0 {
		return fmt.Sprint("row ", p.Row)
	}
	return sheet.CellName(p.Col, p.Row)
}

// A table is found below its title by the names of its columns in any language, and everything that is wrong with it is
// said in one pass.
func ExampleDecoder() {
	book := textBook("Dons 2025;;\n" +
		";;\n" +
		"Ville;Montant (USD);Donné le\n" +
		"Brest;$ 50 000;25/04/2025\n" +
		"Lyon;50 000 x 2;3 avril 2025\n" +
		";100;31/02/2025\n" +
		"Total;50100;\n")
	defer book.Close()
	printTable(book, sheet.TableOptions{})
	// Output:
	// row 4: Brest gave 50000 on "2025-04-25"
	// info NUMBER_AS_TEXT B4 "$ 50 000" is text; it was read as the number 50,000.
	// error AMOUNT_EXPRESSION B5 "50 000 x 2" is a calculation. Write its result (100,000).
	// error CELL_REQUIRED A6 "City" must be filled in.
	// error DATE_INVALID C6 "31/02/2025" is not a date. Write it as day, month and year, for example 2025-06-15.
	// info ROW_TOTAL_DETECTED A7 The row is a total ("Total") and was skipped.
}

// What can be read in two ways is one question for its column. The answer can be kept for the sender's next file.
func ExampleTable_Problems() {
	const file = "City,Amount,Given on\nBrest,10,03/04/2025\nLyon,20,05/06/2025\n"
	book := textBook(file)
	defer book.Close()
	printTable(book, sheet.TableOptions{})
	printTable(book, sheet.TableOptions{Answers: sheet.Answers{"given_on": "dmy"}})
	// Output:
	// question DATE_AMBIGUOUS C2 "03/04/2025" can be 3 April 2025 or 4 March 2025 (such dates in this column: 2). Answer dmy (day first) or mdy (month first), or write dates as 2025-06-15.
	// row 2: Brest gave 10 on "2025-04-03"
	// row 3: Lyon gave 20 on "2025-06-05"
}

// Titles that are wrong are said with what was likely meant.
func ExampleBook_Locate() {
	book := textBook("Town,City,Amuont\n,Brest,10\n")
	defer book.Close()
	loc, problems, err := book.Locate(context.Background(), []sheet.Schema{gifts()}, sheet.TableOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("titles in row", loc.HeaderRow, loc.Lang)
	for _, p := range problems {
		fmt.Printf("%s %s %s %q\n", p.Severity, p.Code, placeOf(p), p.Suggestion)
	}
	// Output:
	// titles in row 1 en
	// warning HEADER_UNKNOWN A1 ""
	// warning HEADER_UNKNOWN C1 "Amount"
	// error HEADER_MISSING row 1 "Amuont"
}

// Rows give the cells of a sheet without any table in mind.
func ExampleBook_Rows() {
	book := textBook("City,Amount\nBrest,10\n\nLyon,20\n")
	defer book.Close()
	first, err := book.DefaultSheet()
	if err != nil {
		log.Fatal(err)
	}
	rows, err := book.Rows(context.Background(), first.Name)
	if err != nil {
		log.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		fmt.Println(rows.Row().Number, string(rows.Row().AppendJSON(nil)))
	}
	// Output:
	// 1 ["City","Amount"]
	// 2 ["Brest","10"]
	// 4 ["Lyon","20"]
}
