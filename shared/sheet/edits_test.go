package sheet

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

// edited are edits in the order of their cells, each written as "C2=50,5".
func edited(cells ...string) []Edit {
	var edits []Edit
	for _, cell := range cells {
		name, value, _ := strings.Cut(cell, "=")
		var row int
		if _, err := fmt.Sscanf(name[1:], "%d", &row); err != nil {
			panic(err)
		}
		edits = append(edits, Edit{Row: row, Col: int(name[0]-'A') + 1, Value: value})
	}
	return edits
}

// otherThanEdits are problems without what is said of edits that were applied.
func otherThanEdits(found []string) []string {
	return slices.DeleteFunc(slices.Clone(found), func(one string) bool { return strings.Contains(one, "CELL_EDITED") })
}

func TestAnEditIsReadAsATextOfTheSheetsLanguage(t *testing.T) {
	for _, c := range []struct {
		lang         locale.Lang
		edit         string
		column, want string
		found        []string
	}{
		{locale.EN, "C2=1,234.50", "amount", "1234.5", []string{"info NUMBER_AS_TEXT C2 amount 1,234.50"}},
		{locale.EN, "C2=75", "amount", "75", nil},
		{locale.EN, "C2=$ 75", "amount", "75", []string{"info NUMBER_AS_TEXT C2 amount $ 75"}},
		{locale.FR, "C2=1 234,50", "amount", "1234.5", []string{"info NUMBER_AS_TEXT C2 amount 1 234,50"}},
		{locale.ES, "C2=1.234,50", "amount", "1234.5", []string{"info NUMBER_AS_TEXT C2 amount 1.234,50"}},
		{locale.FR, "C2=1.234", "amount", "", []string{"question NUMBER_LOCALE_AMBIGUOUS C2 amount 1.234"}},
		{locale.EN, "C2=much", "amount", "", []string{"error NUMBER_INVALID C2 amount much"}},
		{locale.EN, "C2=", "amount", "", []string{"error CELL_REQUIRED C2 amount"}},
		{locale.FR, "E2=25 avril 2025", "given_on", "2025-04-25", nil},
		{locale.ES, "E2=25 de abril de 2025", "given_on", "2025-04-25", nil},
		{locale.EN, "E2=2025-04-26", "given_on", "2025-04-26", nil},
		{locale.EN, "E2=03/04/2025", "given_on", "", []string{"question DATE_AMBIGUOUS E2 given_on 03/04/2025"}},
		{locale.ES, "B2=Suiza", "country", "CH", nil},
		{locale.FR, "H2=non", "agreed", "false", nil},
		{locale.ES, "I2=Fundación", "donor", "foundation", nil},
		{locale.EN, "M2=01234", "code", "01234", nil},
		{locale.EN, "N2==1+1", "remarks", "=1+1", []string{"warning TEXT_FORMULA_LIKE N2 remarks =1+1"}},
		{locale.EN, "D2=EUR", "currency", "EUR", nil},
	} {
		t.Run(string(c.lang)+" "+c.edit, func(t *testing.T) {
			book := styledBook(xmlRow(1, giftTitles(c.lang)...) + xmlRow(2, giftCells(goodGift())...))
			got := readGifts(t, openXLSX(t, book), TableOptions{Edits: edited(c.edit)})
			same(t, "problems", otherThanEdits(got.found), c.found)
			value := valueOf(got.rows[0], c.column)
			if c.want == "" && !got.bad[0][c.column] || c.want != "" && value != c.want {
				t.Errorf("%s is read as %q, want %q (%v)", c.edit, value, c.want, got.bad[0])
			}
			said := len(got.found) - len(c.found)
			if said != 1 {
				t.Errorf("%d times said that the cell was edited: %v", said, got.found)
			}
		})
	}
}

func TestAnEditSaysWhatWasSentAndWhatIsRead(t *testing.T) {
	book := styledBook(xmlRow(1, giftTitles(locale.EN)...) + xmlRow(2, giftCells(goodGift())...))
	got := readGifts(t, openXLSX(t, book), TableOptions{Edits: edited("A2=Brest", "E2=2025-05-01", "F2=", "G2=0.5", "J2="+strings.Repeat("x", 100))})
	var said []string
	for _, p := range got.problems {
		if p.Code == "CELL_EDITED" {
			said = append(said, fmt.Sprintf("%s: %s → %s", p.Field, p.Params["before"].FR, p.Params["after"].EN))
		}
	}
	same(t, "edits", said, []string{
		"city: Évry-Courcouronnes → Brest", "given_on: 2025-04-25 → 2025-05-01", "people: 1200 → (empty)",
		"topics: health; literacy → " + strings.Repeat("x", 80) + "…", // the share is 0.5 as it was sent
	})
}

func TestEditsBelongToDataRowsAndColumnsThatAreRead(t *testing.T) {
	rows := xmlRow(1, "Our gifts") + xmlRow(2, append(shortTitles(), "Colour")...) + entry(3, "Brest", 1, "2025-04-25") +
		xmlRow(5, nil, "France", 2, "2025-04-26") + xmlRow(6, "Total", nil, 3)
	book := styledBook(rows)
	book.Replace("xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells count="1"><mergeCell ref="A5:A6"/></mergeCells>`)
	got := readGifts(t, openXLSX(t, book), TableOptions{
		Edits: edited("A1=x", "A2=x", "A4=x", "E3=red", "Z3=x", "A5=Lyon", "A6=x", "C6=9", "A8=x"),
	})
	var said []string
	for _, one := range got.found {
		if strings.Contains(one, "EDIT") {
			said = append(said, one)
		}
	}
	same(t, "said", said, []string{
		"warning EDIT_MISPLACED A1 x", "warning EDIT_MISPLACED A2 x", "warning EDIT_MISPLACED E3 red", "warning EDIT_MISPLACED Z3 x",
		"warning EDIT_MISPLACED A4 x", "info CELL_EDITED A5 city Lyon", "warning EDIT_MISPLACED A6 x", "info CELL_EDITED C6 amount 9",
		"warning EDIT_MISPLACED A8 x",
	})
	if len(got.rows) < 2 || got.rows[1].City != "Lyon" || got.rows[0].City != "Brest" {
		t.Errorf("%+v", got.rows)
	}
}

func TestAnEditCanMakeARowBlankOrWhole(t *testing.T) {
	csv := "City,Country,Amount,Given on\nBrest,France,1,2025-04-25\nLyon,France,2\nx,,,\n"
	got := readGifts(t, openCSVText(t, csv), TableOptions{Edits: edited("D3=2025-04-26", "A4=")})
	same(t, "problems", otherThanEdits(got.found), nil)
	if !slices.Equal(got.lines, []LineClass{LineData, LineData, LineBlank}) || got.rows[1].GivenOn.String() != "2025-04-26" {
		t.Errorf("%v %+v", got.lines, got.rows)
	}
}

// A sheet that is edited reads as the sheet would in which the texts stand.
func TestAnEditedSheetReadsAsOneWithTheseTexts(t *testing.T) {
	texts := map[string][]string{
		"city": {"Brest", "Évry", "", strings.Repeat("x", 61)}, "country": {"France", "Suisse", "Frence", ""},
		"amount":   {"1", "1.234", "1,5", "50 000", "$7", "10 €", "abc", "", "(5)"},
		"currency": {"USD", "EUR", ""}, "given_on": {"2025-04-25", "03/04/2025", "25/04/2025", "04/25/2025", "25", ""},
		"people": {"12", "1.5", "-3", ""}, "donor": {"company", "Fondation", "friend", ""}, "code": {"01234", "9", ""},
		"remarks": {"Merci", "=1", "#N/A", "", "Total"}, "topics": {"health", "health; literacy", "food"},
	}
	schema := giftSchema()
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 3))
		lang := locale.Langs[random.IntN(len(locale.Langs))]
		var sent, meant strings.Builder
		var edits []Edit
		for _, b := range []*strings.Builder{&sent, &meant} {
			for i := range schema.Columns {
				fmt.Fprintf(b, "%s\t", schema.Columns[i].Label.In(lang))
			}
			b.WriteString("end\n")
		}
		for row := 2; row < 2+1+random.IntN(20); row++ {
			for i := range schema.Columns {
				choice := texts[schema.Columns[i].ID]
				if len(choice) == 0 {
					choice = []string{""}
				}
				before, after := choice[random.IntN(len(choice))], choice[random.IntN(len(choice))]
				fmt.Fprintf(&sent, "%s\t", before)
				if schema.Columns[i].Derived || random.IntN(3) > 0 {
					after = before
				} else {
					edits = append(edits, Edit{Row: row, Col: i + 1, Value: after})
				}
				fmt.Fprintf(&meant, "%s\t", after)
			}
			sent.WriteString("z\n")
			meant.WriteString("z\n")
		}
		got := readGifts(t, openCSVText(t, sent.String()), TableOptions{Edits: edits})
		want := readGifts(t, openCSVText(t, meant.String()), TableOptions{})
		same(t, fmt.Sprint("seed ", seed), otherThanEdits(got.found), want.found)
		if !reflect.DeepEqual(got.rows, want.rows) || !reflect.DeepEqual(got.bad, want.bad) || !slices.Equal(got.lines, want.lines) {
			t.Fatalf("seed %d: %+v, want %+v", seed, got.rows, want.rows)
		}
	}
}
