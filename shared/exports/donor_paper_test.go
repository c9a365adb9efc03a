package exports_test

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/paper/papertest"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// statementAs is the statement of a donor in the term of the tests, in a format.
func statementAs(t *testing.T, format request.Format, donor string, lang locale.Lang) []byte {
	t.Helper()
	in := input(trustFund(t), lang)
	in.Donor, in.Format = donor, format
	var out bytes.Buffer
	if err := exports.Write(t.Context(), &out, request.Donor, in); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestThePaperOfAStatementShowsTheBooks(t *testing.T) {
	for lang, want := range map[locale.Lang][]string{
		locale.EN: {
			"Closing balance 155,235.59 98,439.57 155,235.59", "Contributions received 180,000.00 150,000.00 330,000.00", "PROVISIONAL",
			"KOR/MDFM 2022 · 3 31 March 2025 KRW 114,000,000 KRW 0 KRW 114,000,000 OVERDUE", "sheet “Bank lines”, cell E9: =156000000",
			"It reconciles to the last minor unit", "cities: Dakar", "Medellín",
		},
		locale.FR: {"155 235,59", "PROVISOIRE", "Douze modules de formation ont été publiés, et les coordinateurs de 31 villes d’Afrique", "1 USD = 1 300 KRW"},
		locale.ES: {"155 235,59", "coordinadores de 31 ciudades de África", "VENCIDO", "Redactado en otro idioma."},
	} {
		text := papertest.Text(t, statementAs(t, request.PDF, korea, lang))
		for _, words := range append(want, strings.Repeat("3f9a0c5e", 8)) {
			if !strings.Contains(text, words) {
				t.Errorf("%s: %q is missing", lang, words)
			}
		}
		if strings.Contains(text, "□") {
			t.Errorf("%s: a letter can't be shown", lang)
		}
	}
}

func TestThePaperAndTheDataAreTheSameEachTime(t *testing.T) {
	for _, format := range []request.Format{request.PDF, request.CSV} {
		if !bytes.Equal(statementAs(t, format, lausanne, locale.FR), statementAs(t, format, lausanne, locale.FR)) {
			t.Errorf("the bytes of the %s differ", format)
		}
	}
}

// What a program finds in the data is what its reader can check: lines sum to the closing balance, and donors to the fund.
func TestTheDataOfAStatementAddsUp(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(statementAs(t, request.CSV, korea, locale.EN))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	cents := func(text string) (sum int64) {
		digits := strings.Replace(strings.TrimPrefix(text, "-"), ".", "", 1)
		for _, digit := range digits {
			sum = sum*10 + int64(digit-'0')
		}
		if strings.HasPrefix(text, "-") {
			return -sum
		}
		return sum
	}
	sums := map[string]int64{}
	for _, row := range rows[1:] {
		if row[at["currency"]] == "USD" {
			sums[strings.Join([]string{row[at["section"]], row[at["item"]], row[at["of"]], row[at["column"]], row[at["activity"]]}, " ")] += cents(row[at["amount"]])
		}
	}
	for _, column := range []string{"period", "prior", "cumulative"} {
		var all int64
		for _, line := range []string{"opening", "received", "interest", "exchange", "spent", "support", "refunded", "adjusted"} {
			all += sums["figures "+line+" donor "+column+" "]
		}
		if closing := sums["figures closing donor "+column+" "]; all != closing || closing == 0 {
			t.Errorf("%s: lines sum to %d, the closing balance is %d", column, all, closing)
		}
		part := func(of string) int64 { return sums["reconciliation closing "+of+" "+column+" "] }
		if part("donor")+part("others") != part("fund") || part("difference") != 0 || part("fund") == 0 {
			t.Errorf("%s: %d and %d are not %d", column, part("donor"), part("others"), part("fund"))
		}
	}
	if got := sums["figures closing donor period "]; got != 15_523_559 {
		t.Errorf("the closing balance is %d", got)
	}
	var given int64
	for name, sum := range sums {
		if strings.HasPrefix(name, "contributions ") {
			given += sum
		}
	}
	if given != sums["figures received donor cumulative "] {
		t.Errorf("contributions sum to %d, received are %d", given, sums["figures received donor cumulative "])
	}
}

func TestAWorkbookOfTheNetworkIsNoPaper(t *testing.T) {
	in := input(trustFund(t), locale.EN)
	in.Format = request.PDF
	if err := exports.Write(t.Context(), &bytes.Buffer{}, request.Budget, in); err == nil {
		t.Error("a budget is written as PDF")
	}
}

func TestThePaperOfAFinalStatementHasTheHeadOfItsApproval(t *testing.T) {
	s := trustFund(t)
	in := input(s, locale.EN)
	in.Donor, in.Format = korea, request.CSV
	digest := regexp.MustCompile(`digest,.*,([0-9a-f]{64})\n`)
	written := func(format request.Format) []byte {
		t.Helper()
		in.Format = format
		var out bytes.Buffer
		if err := exports.Write(t.Context(), &out, request.Donor, in); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	found := digest.FindSubmatch(written(request.CSV))
	if found == nil {
		t.Fatal("the data has no digest")
	}
	period, _ := statement.OfTerm(in.Programme, term)
	final := registry.FinalStatement{
		At: time.Date(2025, time.October, 1, 9, 0, 0, 0, time.UTC), Batch: 7, Hash: ledger.Hash(strings.Repeat("beef", 16)), Entries: 11,
		ProposedStatement: registry.ProposedStatement{
			StatementOf: registry.StatementOf{Donor: korea, From: period.From, To: period.To}, Version: 1, Digest: string(found[1]),
		},
	}
	s.put(t, registry.StatementType, "", final.ID(), final)
	text := papertest.Text(t, written(request.PDF))
	for _, want := range []string{"FINAL", "Issued on 1 October 2025", "batch 7, 11 entries", "Version 1 · ledger head " + strings.Repeat("beef", 16)} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}
