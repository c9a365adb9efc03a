package donorpaper_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/exports/donorpaper"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/statement"
)

// lines are those of the flat file, each by its columns.
func lines(t *testing.T, in donorpaper.Input) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := donorpaper.CSV(&b, in); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll() // refuses rows of another length than the first
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, name := range rows[0] {
			line[name] = row[i]
		}
		out = append(out, line)
	}
	return out
}

// only gives the lines that have these values.
func only(all []map[string]string, want map[string]string) []map[string]string {
	return slices.DeleteFunc(slices.Clone(all), func(line map[string]string) bool {
		for name, value := range want {
			if line[name] != value {
				return true
			}
		}
		return false
	})
}

func TestTheColumnsOfTheDataAreKept(t *testing.T) {
	want := []string{
		"section", "item", "of", "column", "activity", "country", "date", "amount", "currency", "paid_amount", "paid_currency", "rate", "rate_per",
		"rate_date", "rate_source", "agreement", "instalment", "entry", "reverses", "import", "file", "sheet", "cell", "cell_value", "request",
		"label", "text",
	}
	if !slices.Equal(donorpaper.CSVColumns, want) {
		t.Errorf("programs of others read these columns: %v", donorpaper.CSVColumns)
	}
}

func TestEachFigureIsALineWithItsAmountAsDecimalText(t *testing.T) {
	in := input(t, locale.FR, 2)
	all := lines(t, in)
	for _, line := range statement.Lines {
		c := in.Statement.Figures.Of(line)
		for column, minor := range map[string]int64{"period": c.Period, "prior": c.Prior, "cumulative": c.Cumulative} {
			found := only(all, map[string]string{"section": "figures", "item": string(line), "of": "donor", "column": column, "currency": "USD"})
			want := money.Amount{Minor: minor, Currency: "USD"}.Decimal(money.ISO("USD"))
			if len(found) != 1 || found[0]["amount"] != want {
				t.Errorf("%s %s: want %s, found %v", line, column, want, found)
			}
		}
	}
	for _, line := range all {
		if line["amount"] == "" {
			continue
		}
		if _, err := money.Parse(line["amount"], money.ISO(line["currency"])); err != nil {
			t.Errorf("%v: %v", line, err)
		}
	}
}

func TestATransactionIsALineWithWhereItComesFrom(t *testing.T) {
	all := lines(t, input(t, locale.EN, 5000))
	if got := len(only(all, map[string]string{"section": "transactions", "item": "spent", "of": "fund", "amount": "-1.00", "request": "r-1"})); got != 5000 {
		t.Errorf("%d of 5000 transactions", got)
	}
	gifts := only(all, map[string]string{"section": "contributions"})
	if len(gifts) != 1 {
		t.Fatalf("%d contributions", len(gifts))
	}
	for name, want := range map[string]string{
		"amount": "50000.00", "currency": "USD", "paid_amount": "59334000", "paid_currency": "KRW", "rate": "1186.68", "rate_per": "USD",
		"rate_date": "2020-03-01", "rate_source": "UN operational rates", "entry": "imp-7#0001", "import": "imp-7", "file": strings.Repeat("ab", 32),
		"sheet": "Dépôts", "cell": "D6", "activity": "fund/1.1", "agreement": "kor-1", "instalment": "1", "date": "2020-03-15", "column": "period",
	} {
		if gifts[0][name] != want {
			t.Errorf("%s is %q, want %q", name, gifts[0][name], want)
		}
	}
}

func TestTextThatLooksLikeAFormulaIsHarmless(t *testing.T) {
	in := input(t, locale.EN, 1)
	in.Statement.Donor.Name = "@SUM(A1)"
	in.Statement.Agreements[0].Number = "+1"
	for _, line := range lines(t, in) {
		for name, value := range line {
			if name != "amount" && value != "" && strings.ContainsRune("=+-@\t\r", rune(value[0])) {
				t.Errorf("%s reads %q", name, value)
			}
		}
	}
	if found := only(lines(t, in), map[string]string{"section": "contributions", "cell_value": "'" + dangerous}); len(found) != 1 {
		t.Error("what stands in the cell is lost")
	}
}

func TestTheDataKeepsEveryLetter(t *testing.T) {
	found := only(lines(t, input(t, locale.EN, 0)), map[string]string{"section": "statement", "item": "donor_name"})
	if len(found) != 1 || found[0]["text"] != "Ministère de l’éducation – 교육부" {
		t.Errorf("the name reads %v", found)
	}
}

func TestEverySectionOfTheStatementIsInTheData(t *testing.T) {
	all := lines(t, input(t, locale.ES, 1))
	for _, section := range []string{
		"statement", "figures", "spending", "agreements", "instalments", "receipts", "contributions", "budget", "categories", "beneficiaries", "focus",
		"results", "reconciliation", "transactions", "definitions",
	} {
		if len(only(all, map[string]string{"section": section})) == 0 {
			t.Errorf("%s is missing", section)
		}
	}
}
