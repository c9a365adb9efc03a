package donorpaper_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/exports/donorpaper"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/paper/papertest"
	"github.com/learning-cities/guildhall/shared/statement"
)

func printed(t *testing.T, in donorpaper.Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := donorpaper.PDF(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThePaperIsReadInThreeLanguages(t *testing.T) {
	for lang, want := range map[locale.Lang][]string{
		locale.EN: {
			"Donor country, Republic of Korea", "term 2019-2021 (1 October 2019 to 30 September 2021)", "Closing balance 37,655.33 1.00 37,655.33",
			"Spent on activities -12,345.67", "KOR/1 · 2 31 March 2021 KRW 50,000,000 KRW 9,334,000 KRW 40,666,000 OVERDUE",
			"rate: 1 USD = 1,186.68 KRW (1 March 2020, UN operational rates)", "sheet “Dépôts”, cell D6: =HYPERLINK", "for 1.1 Training modules",
			"Final: approved by a second person", "cities: Dakar", "Africa (UNESCO region) 10,000.00 33.3 %", "Modules 12", "It reconciles to the last",
		},
		locale.FR: {
			"Pays donateur, République de Corée", "Solde de clôture 37 655,33 1,00 37 655,33", "EN RETARD", "taux : 1 USD = 1 186,68 KRW",
			"Douze modules ont été publiés.", "Établi le 20 janvier 2022", "Afrique (région de l’UNESCO) 10 000,00 33,3 %", "villes : Dakar",
		},
		locale.ES: {
			"País donante", "Saldo final 37 655,33 1,00 37 655,33", "VENCIDO", "tipo: 1 USD = 1186,68 KRW", "Emitido el 20 de enero de 2022",
			"Douze modules ont été publiés. Redactado en otro idioma.", "ciudades: Dakar", "Presupuesto y ejecución",
		},
	} {
		text := papertest.Text(t, printed(t, input(t, lang, 3)))
		for _, words := range append(want, strings.Repeat("3f9a", 16), "Ministère de l’éducation – □□□", "donor_country#KR", strings.Repeat("77", 32)) {
			if !strings.Contains(text, words) {
				t.Errorf("%s: %q is missing", lang, words)
			}
		}
		if strings.Contains(text, "%!") {
			t.Errorf("%s: a text is filled in wrongly: %s", lang, text)
		}
	}
}

func TestEveryPageHasTheDonorTheStatusTheVersionAndTheHead(t *testing.T) {
	for i, page := range papertest.Pages(t, printed(t, input(t, locale.EN, 100))) {
		for _, want := range []string{"Ministère de l’éducation", "FINAL", "Version 2", strings.Repeat("3f9a", 16)} {
			if !strings.Contains(page, want) {
				t.Errorf("page %d lacks %q", i+1, want)
			}
		}
	}
}

func TestTheSameStatementGivesTheSamePaper(t *testing.T) {
	if !bytes.Equal(printed(t, input(t, locale.FR, 50)), printed(t, input(t, locale.FR, 50))) {
		t.Error("the bytes differ")
	}
}

func TestAProvisionalStatementSaysSo(t *testing.T) {
	in := input(t, locale.EN, 1)
	in.Statement.Status, in.Statement.Closed = statement.Provisional, false
	text := papertest.Text(t, printed(t, in))
	for _, want := range []string{"PROVISIONAL", "figures can still change", "not closed yet"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestAPaperThatDoesNotReconcileSaysSo(t *testing.T) {
	in := input(t, locale.EN, 1)
	in.Statement.Reconciled[3].Difference.Prior = 1 // a column that isn't shown
	text := papertest.Text(t, printed(t, in))
	if !strings.Contains(text, "IT DOES NOT RECONCILE") || strings.Contains(text, "It reconciles") {
		t.Error("the reader is not told")
	}
}

func TestWhatWasTakenBackSaysSo(t *testing.T) {
	in := input(t, locale.EN, 0)
	gift := in.Statement.Contributions[0]
	back := gift
	gift.TakenBack = true
	back.Entry.ID, back.Entry.Reverses, back.Amount, back.Paid.Minor = "back", gift.Entry.ID, -gift.Amount, -gift.Paid.Minor
	in.Statement.Contributions = []statement.Contribution{gift, back}
	text := papertest.Text(t, printed(t, in))
	for _, want := range []string{"Period; taken back by a later KRW 59,334,000 50,000.00", "entry back · takes back imp-7#0001", "-KRW 59,334,000 -50,000.00"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	all := lines(t, in)
	for _, item := range []string{"taken_back", "takes_back"} {
		if len(only(all, map[string]string{"section": "contributions", "item": item})) != 1 {
			t.Errorf("%s is missing in the data", item)
		}
	}
}

func TestCountriesThatADonorsShareDidNotReachAreInTheDataOnly(t *testing.T) {
	in := input(t, locale.EN, 0)
	text := papertest.Text(t, printed(t, in))
	if strings.Contains(text, "Mexico") || !strings.Contains(text, "Countries that only other donors’ shares reached") {
		t.Error("the paper lists them, or does not say where they are")
	}
	if found := only(lines(t, in), map[string]string{"section": "beneficiaries", "country": "MX", "of": "fund", "column": "period"}); len(found) != 1 {
		t.Error("the data lacks them")
	}
}

func TestAPaperListsTheFirstTransactionsAndSaysHowManyMore(t *testing.T) {
	text := papertest.Text(t, printed(t, input(t, locale.EN, donorpaper.MaxListed+7)))
	if !strings.Contains(text, "exp-01999") || strings.Contains(text, "exp-02000") || !strings.Contains(text, "7 more are in the data file") {
		t.Error("the list or what is said of its rest is wrong")
	}
}

func TestAStatementWithNothingInItIsAPaperToo(t *testing.T) {
	in := input(t, locale.ES, 0)
	s := in.Statement
	*s = statement.Statement{Status: statement.Provisional, Donor: s.Donor, Period: s.Period, Prior: s.Prior, Currency: s.Currency}
	text := papertest.Text(t, printed(t, in))
	for _, want := range []string{"Ninguna hasta el final", "No se ha gastado nada", "No consta ningún resultado", "Ninguna en el periodo", "Versión 1"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestTransactionsThatCannotBeReadFailThePaperAndTheData(t *testing.T) {
	broken := errors.New("the table is away")
	in := input(t, locale.EN, 0)
	in.Transactions = func(yield func(statement.Transaction, error) bool) { yield(statement.Transaction{}, broken) }
	if err := donorpaper.PDF(&bytes.Buffer{}, in); !errors.Is(err, broken) {
		t.Errorf("PDF fails with %v", err)
	}
	if err := donorpaper.CSV(&bytes.Buffer{}, in); !errors.Is(err, broken) {
		t.Errorf("CSV fails with %v", err)
	}
}

func TestSectionsAreBookmarks(t *testing.T) {
	file := printed(t, input(t, locale.EN, 1))
	if got := bytes.Count(file, []byte("/Dest [")); got < 12 {
		t.Errorf("%d bookmarks", got)
	}
	if fonts := papertest.Fonts(t, file); slices.ContainsFunc(fonts, func(f papertest.Font) bool { return !f.Embedded }) {
		t.Errorf("the fonts are %+v", fonts)
	}
}
