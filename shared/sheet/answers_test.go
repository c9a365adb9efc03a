package sheet

import "testing"

func TestASchemaTakesTheAnswersThatItsQuestionsOffer(t *testing.T) {
	schema := giftSchema()
	for _, c := range []struct {
		question, answer string
		want             bool
	}{
		{"given_on", "dmy", true}, {"given_on", "MDY", true}, {"given_on", "comma", false}, {"given_on", "", false},
		{"amount", "comma", true}, {"amount", "point", true}, {"amount", "dmy", false},
		{"donor:A friend", "foundation", true}, {"donor:A friend", "Fondation", true}, {"donor:A friend", "foe", false},
		{"country:Bretagne", "France", true}, {"country:Bretagne", "Atlantis", false},
		{"city:Brest", "Brest", true}, // the kind of table may ask about its texts
		{"city", "Brest", false}, {"donor", "foundation", false}, {"elsewhere", "x", false}, {"elsewhere:x", "y", false},
		{"rows.hidden", "skip", true}, {"rows.hidden", "perhaps", false},
		{"csv.delimiter", ";", true}, {"csv.delimiter", "tab", true}, {"csv.delimiter", "semicolon", false}, {"csv.delimiter", "", false},
		{"csv.encoding", "Windows-1252", true}, {"csv.encoding", "utf-16le", true}, {"csv.encoding", "ebcdic", false},
	} {
		if got := schema.Takes(c.question, c.answer); got != c.want {
			t.Errorf("%s=%s is taken: %t", c.question, c.answer, got)
		}
	}
}

func TestCellsThatContradictAnAnswerAreCounted(t *testing.T) {
	rows := shortBook(entry(2, "Brest", "1.234,50", "04/25/2025") + entry(3, "Lyon", "1,234", "25/04/2025") +
		entry(4, "Nice", "0,5", "03/04/2025") + entry(5, "Evry", "7", "28/02/2025"))
	book := openXLSX(t, styledBook(rows))
	defer book.Close()
	loc, _, err := book.Locate(t.Context(), []Schema{giftSchema()}, TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := book.Table(t.Context(), loc, TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	decoder, err := NewDecoder[gift](loc.Schema)
	if err != nil {
		t.Fatal(err)
	}
	for table.Next() {
		var row gift
		decoder.Decode(table, table.Line(), &row)
	}
	for answer, want := range map[[2]string]int{
		{"given_on", "dmy"}: 1, {"given_on", "mdy"}: 2, {"amount", "point"}: 2, {"amount", "comma"}: 0,
		{"given_on", "ymd"}: 0, {"city", "Brest"}: 0, {"elsewhere", "dmy"}: 0,
	} {
		if got := table.Against(answer[0], answer[1]); got != want {
			t.Errorf("%d cells are against %v, want %d", got, answer, want)
		}
	}
}
