package sheet

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

// cellCase is one cell in a row that is right but for it.
type cellCase struct {
	name   string
	column string
	cell   any
	value  string // what is read; of a cell that fails it is not looked at
	want   string // the problem without its cell and field; empty for none. "{id}" is the label of a donor or topic
}

var cellCases = []cellCase{
	// Texts.
	{"text", "remarks", "Merci beaucoup", "Merci beaucoup", ""},
	{"outer white space", "remarks", "  Merci\u00a0", "Merci", ""},
	{"blank but for spaces", "remarks", " \u00a0 ", "", ""},
	{"no-break space within", "remarks", "50\u00a0000 habitants", "50 000 habitants", "info TEXT_NORMALISED 50\u00a0000 habitants"},
	{"decomposed accents from a Mac", "remarks", "Cafe\u0301", "Café", "info TEXT_NORMALISED Cafe\u0301"},
	{"control character", "remarks", "a_x0007_b", "", "error TEXT_ILLEGAL_CHAR a\x07b"},
	{"wrongly decoded", "remarks", "Universit\ufffd", "", "error TEXT_ILLEGAL_CHAR Universit\ufffd"},
	{"formula as text", "remarks", "=SUM(A1:A9)", "=SUM(A1:A9)", "warning TEXT_FORMULA_LIKE =SUM(A1:A9)"},
	{"handle", "remarks", "@evry", "@evry", "warning TEXT_FORMULA_LIKE @evry"},
	{"telephone number", "remarks", "+33 1 60 91 63 00", "+33 1 60 91 63 00", ""},
	{"13 words of 12", "remarks", "a b c d e f g h i j k l m", "", "error TEXT_TOO_LONG a b c d e f g h i j k l m"},
	{"61 characters of 60", "city", strings.Repeat("é", 61), "", "error TEXT_TOO_LONG " + strings.Repeat("é", 61)},
	{"60 characters of 60", "city", strings.Repeat("é", 60), strings.Repeat("é", 60), ""},
	{"number in a text", "remarks", 33160916300, "33160916300", ""},
	{"decimal in a text", "remarks", 1.5, "1.5", ""},
	{"percentage in a text", "remarks", raw(`s="5"><v>0.125</v>`), "12.5%", ""},
	{"too long a number in a text", "remarks", raw(`><v>1234567890123456</v>`), "", "error NUMBER_PRECISION_LOST 1.234567890123456e+15"},
	{"date in a text", "remarks", raw(`s="3"><v>45772</v>`), "2025-04-25", ""},
	{"yes in a text", "remarks", true, "TRUE", ""},
	{"required and blank", "city", nil, "", "error CELL_REQUIRED"},
	{"required and only spaces", "city", "\u00a0", "", "error CELL_REQUIRED \u00a0"},

	// Errors and formulas, in any column.
	{"error of the spreadsheet", "remarks", raw(`t="e"><v>#N/A</v>`), "", "error CELL_EXCEL_ERROR map[error:#N/A]"},
	{"error pasted as text", "remarks", "#REF!", "", "error CELL_EXCEL_ERROR #REF!"},
	{"Spanish error pasted as text", "amount", "#¡VALOR!", "", "error CELL_EXCEL_ERROR #¡VALOR!"},
	{"hash tag", "remarks", "#learning", "#learning", ""},
	{"broken reference in an amount", "amount", raw(`t="e"><f>A9</f><v>#REF!</v>`), "", "error CELL_EXCEL_ERROR map[error:#REF!]"},
	{"formula without a result", "amount", raw(`><f>A9*2</f>`), "", "error FORMULA_NO_CACHED_VALUE map[error:FORMULA_NO_CACHED_VALUE]"},
	{"formula with a result", "amount", raw(`><f>A9*2</f><v>100</v>`), "100", "info FORMULA_VALUE_USED 100"},
	{"formula with an empty text", "remarks", raw(`t="str"><f>""</f><v></v>`), "", ""},
	{"required formula with an empty text", "city", raw(`t="str"><f>""</f><v></v>`), "", "error CELL_REQUIRED"},
	{"no number at all", "amount", raw(`><v>NaN</v>`), "", "error NUMBER_INVALID map[error:NUMBER_INVALID raw:NaN]"},

	// Numbers.
	{"number", "amount", 1234.5, "1234.5", ""},
	{"sum with a rounding error", "amount", raw(`><v>0.30000000000000004</v>`), "0.3", ""},
	{"percentage", "share", raw(`s="5"><v>0.12</v>`), "0.12", ""},
	{"percentage as text", "share", "12 %", "0.12", "info NUMBER_AS_TEXT 12 %"},
	{"dollars in English", "amount", "$50,000", "50000", "info NUMBER_AS_TEXT $50,000"},
	{"dollars in French", "amount", "$ 50\u00a0000", "50000", "info NUMBER_AS_TEXT $ 50\u00a0000"},
	{"dollars in Spanish", "amount", "$50 000", "50000", "info NUMBER_AS_TEXT $50 000"},
	{"dollars with their code", "amount", "USD 50,000.00", "50000", "info NUMBER_AS_TEXT USD 50,000.00"},
	{"German or Spanish amount", "amount", "50.000,00", "50000", "info NUMBER_AS_TEXT 50.000,00"},
	{"plain digits as text", "amount", "50000", "50000", "info NUMBER_AS_TEXT 50000"},
	{"brackets for a negative", "amount", "(500)", "-500", "info NUMBER_AS_TEXT (500)"},
	{"misprinted million", "amount", "$1,000,00", "", "error NUMBER_MALFORMED_GROUPING $1,000,00 → 1000000"},
	{"calculation", "amount", "50,000 x 2", "", "error AMOUNT_EXPRESSION 50,000 x 2 → 100000"},
	{"calculation with a cross", "amount", "50 000 × 2", "", "error AMOUNT_EXPRESSION 50 000 × 2 → 100000"},
	{"formula typed as text", "amount", "=50000*2", "", "error AMOUNT_EXPRESSION =50000*2 → 100000"},
	{"words for an amount", "amount", "about five thousand", "", "error NUMBER_INVALID about five thousand"},
	{"yes for an amount", "amount", true, "", "error NUMBER_INVALID true"},
	{"date for an amount", "amount", raw(`s="3"><v>45772</v>`), "", "error NUMBER_INVALID 2025-04-25"},
	{"16 digits", "amount", raw(`><v>1234567890123456</v>`), "", "error NUMBER_PRECISION_LOST 1.234567890123456e+15"},
	{"scientific as text", "amount", "5E+04", "", "error NUMBER_PRECISION_LOST 5E+04 → 50000"},
	{"whole number", "people", 1200, "1200", ""},
	{"whole number with a point", "people", "1.200", "1200", "info NUMBER_AS_TEXT 1.200"},
	{"half a person", "people", 1.5, "", "error NUMBER_INVALID 1.5"},
	{"more people than a machine counts", "people", "99999999999999999999", "", "error NUMBER_INVALID 99999999999999999999"},
	{"euro format on dollars", "amount", raw(`s="2"><v>50</v>`), "", "error CURRENCY_MISMATCH 50"},
	{"franc format on dollars", "amount", raw(`s="9"><v>50</v>`), "", "error CURRENCY_MISMATCH 50"},
	{"dollar format on dollars", "amount", raw(`s="6"><v>50</v>`), "50", ""},

	// Dates.
	{"date", "given_on", raw(`s="3"><v>45772</v>`), "2025-04-25", ""},
	{"date with a time", "given_on", raw(`s="3"><v>45772.75</v>`), "2025-04-25", ""},
	{"date as ISO 8601", "given_on", raw(`t="d"><v>2025-04-25T10:00:00</v>`), "2025-04-25", ""},
	{"date as text", "given_on", "2025-04-25", "2025-04-25", ""},
	{"day first", "given_on", "25/04/2025", "2025-04-25", ""},
	{"month first", "given_on", "04/25/2025", "2025-04-25", ""},
	{"date in French words", "given_on", "1er avril 2025", "2025-04-01", ""},
	{"date in Spanish words", "given_on", "3 de abril de 2025", "2025-04-03", ""},
	{"day that is not", "given_on", "31/02/2025", "", "error DATE_INVALID 31/02/2025"},
	{"two-digit year", "given_on", "25/04/25", "", "error DATE_INVALID 25/04/25 → 2025-04-25"},
	{"duration", "given_on", raw(`s="4"><v>45772</v>`), "", "error DATE_INVALID 45772"},
	{"day before all", "given_on", raw(`s="3"><v>-1</v>`), "", "error DATE_INVALID -1"},
	{"day that never was", "given_on", raw(`s="3"><v>60</v>`), "", "error DATE_INVALID 60"},
	{"serial without a format", "given_on", 45772, "", "error DATE_INVALID 45772 → 2025-04-25"},
	{"date without separators", "given_on", 20250425, "2025-04-25", ""},
	{"only a year", "given_on", 2025, "", "error DATE_YEAR_ONLY 2025"},
	{"only a year as text", "given_on", "2025", "", "error DATE_YEAR_ONLY 2025"},
	{"yes for a date", "given_on", true, "", "error DATE_INVALID true"},

	// Yes and no.
	{"ticked", "agreed", "✓", "true", ""},
	{"no in Spanish", "agreed", "No", "false", ""},
	{"boolean cell", "agreed", false, "false", ""},
	{"one", "agreed", 1, "true", ""},
	{"neither", "agreed", "perhaps", "", "error BOOLEAN_INVALID perhaps"},
	{"unanswered", "agreed", nil, "blank", ""},

	// Choices.
	{"label in English", "donor", "Foundation", "foundation", ""},
	{"label in French without accents", "donor", "FONDATION", "foundation", ""},
	{"label in Spanish", "donor", "Fundación", "foundation", ""},
	{"alias", "donor", "société", "company", ""},
	{"number of a choice", "donor", 1, "member_city", ""},
	{"misspelt choice", "donor", "Fundation", "", "error DONOR_TYPE_UNKNOWN Fundation → {foundation}"},
	{"no choice", "donor", "A friend", "", "error DONOR_TYPE_UNKNOWN A friend"},
	{"list with commas", "topics", "Santé, Alfabetización", "[health literacy]", ""},
	{"list with a stranger", "topics", "Health; Litteracy", "", "error ENUM_UNKNOWN Health; Litteracy → {literacy}"},
	{"looked up", "country", "Suiza", "CH", ""},
	{"not to be found", "country", "Frrance", "", "error COUNTRY_UNKNOWN Frrance → France"},
	{"nowhere near", "country", "Atlantis", "", "error COUNTRY_UNKNOWN Atlantis"},

	// Addresses and codes.
	{"no address", "email", "info@evry", "", "error EMAIL_INVALID info@evry"},
	{"address with spaces", "email", "info @ evry.fr", "", "error EMAIL_INVALID info @ evry.fr → info@evry.fr"},
	{"address hidden from machines", "email", "info(at)evry.fr", "", "error EMAIL_INVALID info(at)evry.fr → info@evry.fr"},
	{"address with its name", "email", "Évry <info@evry.fr>", "", "error EMAIL_INVALID Évry <info@evry.fr> → info@evry.fr"},
	{"address without a scheme", "website", "www.evry.fr", "https://www.evry.fr", ""},
	{"script for an address", "website", "javascript:alert(1)", "", "error URL_INVALID javascript:alert(1)"},
	{"code as text", "code", "01000", "01000", ""},
	{"code with zeros by its format", "code", raw(`s="1"><v>1000</v>`), "01000", "warning CODE_LEADING_ZERO_LOST 1000 → 01000"},
	{"code shorter than codes are", "code", 1000, "01000", "warning CODE_LEADING_ZERO_LOST 1000 → 01000"},
	{"code as a number", "code", 91000, "91000", ""},
	{"code with decimals", "code", raw(`s="7"><v>1.1</v>`), "1.10", ""},
	{"code with letters", "code", "EH1 1YZ", "EH1 1YZ", ""},
	{"code after a trip through a CSV", "code", "1.23457E+11", "", "error NUMBER_PRECISION_LOST 1.23457E+11"},
}

func TestEachCellHasItsAnswerInThreeLanguages(t *testing.T) {
	for _, lang := range locale.Langs {
		for _, c := range cellCases {
			t.Run(string(lang)+"/"+c.name, func(t *testing.T) {
				cells := goodGift()
				cells[c.column] = c.cell
				got := readGifts(t, openXLSX(t, styledBook(xmlRow(1, giftTitles(lang)...)+xmlRow(2, giftCells(cells)...))), TableOptions{})
				if got.err != nil {
					t.Fatal(got.err)
				}
				schema := giftSchema()
				place := CellName(got.loc.Columns[schema.column(c.column)], 2) + " " + c.column
				var want []string
				if c.want != "" {
					severity, rest, _ := strings.Cut(c.want, " ")
					code, value, _ := strings.Cut(rest, " ")
					want = []string{strings.TrimSpace(strings.Join([]string{severity, code, place, inLanguage(value, lang)}, " "))}
				}
				same(t, "problems", trimmed(got.found), trimmed(want))
				if got.loc.Lang != lang {
					t.Errorf("the sheet is taken for %s", got.loc.Lang)
				}
				failed := strings.HasPrefix(c.want, "error")
				if got.bad[0][c.column] != failed || len(got.bad[0]) > 1 {
					t.Errorf("bad: %v", got.bad[0])
				}
				if value := valueOf(got.rows[0], c.column); !failed && value != c.value {
					t.Errorf("read as %q, want %q", value, c.value)
				}
			})
		}
	}
}

func trimmed(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, strings.TrimSpace(s))
	}
	return out
}

// inLanguage puts labels of choices in.
func inLanguage(text string, lang locale.Lang) string {
	for _, choice := range append(donorChoices(), topicChoices()...) {
		text = strings.ReplaceAll(text, "{"+choice.ID+"}", choice.Label.In(lang))
	}
	return text
}

func TestAGoodRowIsReadWhole(t *testing.T) {
	got := readGifts(t, openXLSX(t, styledBook(xmlRow(1, giftTitles(locale.FR)...)+xmlRow(2, giftCells(goodGift())...))), TableOptions{})
	same(t, "problems", got.found, nil)
	row := got.rows[0]
	if row.Ratings["food"] != 4 || row.Ratings["room"] != 5 || row.City != "Évry-Courcouronnes" || row.Amount != "50000" || !*row.Agreed {
		t.Errorf("%+v", row)
	}
}

func TestProblemsOfACellCarryTheRuleOfTheirColumn(t *testing.T) {
	cells := goodGift()
	cells["city"] = nil
	got := readGifts(t, openXLSX(t, styledBook(xmlRow(1, giftTitles(locale.EN)...)+xmlRow(2, giftCells(cells)...))), TableOptions{})
	if len(got.problems) != 1 || got.problems[0].Rule != "R-TEST-1" {
		t.Errorf("%+v", got.problems)
	}
}

func TestABlankCurrencyIsTheOneThatTheAmountShows(t *testing.T) {
	for _, c := range []struct {
		amount any
		want   string
	}{
		{"1 234,50 €", "EUR"}, {"CAD 5,000.00", "CAD"}, {"US$ 50,000", "USD"}, {raw(`s="2"><v>50</v>`), "EUR"}, {raw(`s="9"><v>50</v>`), "CHF"},
		{"$50,000", ""}, {raw(`s="6"><v>50</v>`), ""}, {"500 FCFA", ""}, {50, ""},
	} {
		cells := goodGift()
		cells["amount"], cells["currency"] = c.amount, nil
		got := readGifts(t, openXLSX(t, styledBook(xmlRow(1, giftTitles(locale.FR)...)+xmlRow(2, giftCells(cells)...))), TableOptions{})
		if got.err != nil || len(got.bad[0]) > 0 || got.rows[0].Currency != c.want {
			t.Errorf("%v: %q, want %q (%v, %v)", c.amount, got.rows[0].Currency, c.want, got.bad[0], got.err)
		}
	}
}
