package sheet

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

// oddTexts are pieces of what cells hold when things go wrong.
var oddTexts = []string{
	"", " ", "Brest", "France", "50,000", "1.234", "1,234", "03/04/2025", "31/02/2025", "2025-04-25", "=1+1", "'=1", "#N/A", "Total", "Somme",
	"$1,000,00", "50,000 x 2", "x", "perhaps", "Health; Soup", "a@b", "www.b.org", "00123", "1E+20", "\u200b", "\x07", "\ufffd", "é", "e\u0301",
	"(500)", "--5", "€", "City", "Ville", "Amount", "100000000000000000000", strings.Repeat("word ", 30), "NaN", "½", "٣", "🎉", "_x0007_",
}

// Whatever cells hold, every problem is complete, and a row with a blocking problem of a column has that column in bad.
func TestAnyMixtureOfCellsIsAnswered(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 7))
		titles := giftTitles(locale.Langs[seed%3])
		var rows strings.Builder
		rows.WriteString(xmlRow(1, titles...))
		for n := 2; n < 12; n++ {
			cells := make([]any, len(titles)+1)
			for i := range cells {
				switch random.IntN(6) {
				case 0:
					cells[i] = []float64{0, -1, 60, 45772, 2025, 1e300, 0.1}[random.IntN(7)]
				case 1:
					cells[i] = random.IntN(2) == 0
				default:
					cells[i] = strings.ReplaceAll(oddTexts[random.IntN(len(oddTexts))], "\x07", "_x0007_")
				}
			}
			rows.WriteString(xmlRow(n, cells...))
		}
		got := readGifts(t, openXLSX(t, styledBook(rows.String())), TableOptions{})
		if got.err != nil {
			t.Fatalf("seed %d: %v", seed, got.err)
		}
		if len(got.lines) != 10 {
			t.Errorf("seed %d: %d lines", seed, len(got.lines))
		}
		data := 0
		for i, class := range got.lines {
			if class != LineData {
				continue
			}
			for _, p := range got.problems {
				if p.Row == i+2 && p.Field != "" && p.Severity.Blocks() && !got.bad[data][p.Field] {
					t.Errorf("seed %d: row %d: %s is not in bad: %v", seed, p.Row, describe(&p), got.bad[data])
				}
			}
			data++
		}
	}
}

func TestAbsurdlyWideSheetsAreAnswered(t *testing.T) {
	wide := func(number int, text func(i int) string) string {
		var b strings.Builder
		fmt.Fprintf(&b, `<row r="%d">`, number)
		for i := 1; i <= MaxColumns; i++ {
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, CellName(i, number), text(i))
		}
		return b.String() + `</row>`
	}
	titles := giftTitles(locale.EN)
	rows := wide(1, func(i int) string {
		if i <= len(titles) {
			return fmt.Sprint(titles[i-1])
		}
		return fmt.Sprintf("Amoumt %d", i)
	})
	for n := 2; n < 12; n++ {
		rows += wide(n, func(i int) string { return "x" })
	}
	got := readGifts(t, openXLSX(t, styledBook(rows)), TableOptions{})
	if got.err != nil || len(got.rows) != 10 || got.rows[0].City != "x" {
		t.Errorf("%v, %d rows", got.err, len(got.rows))
	}
}

func TestATableWithoutAnyRowIsEmpty(t *testing.T) {
	got := readGifts(t, openXLSX(t, styledBook(xmlRow(1, shortTitles()...))), TableOptions{})
	if got.err != nil || len(got.lines) != 0 || len(got.found) != 0 {
		t.Errorf("%+v", got)
	}
}
