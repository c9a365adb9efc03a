package exports_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/sheet/officetest"
	"github.com/learning-cities/guildhall/shared/statement"
)

// resultFigure is the first figure that results can have.
func resultFigure(t *testing.T) string {
	t.Helper()
	return programme.Current().ResultFigures[0].ID
}

func TestTheStatementReadsAsItShouldInEveryLanguage(t *testing.T) {
	s := trustFund(t)
	for _, lang := range locale.Langs {
		got, path := listing(t, statementOf(t, s, korea, lang)), filepath.Join("testdata", "donor-"+string(lang)+".golden.txt")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, got, string(want))
	}
}

// A statement of a donor that gave, of one that only pledged, and of one whose money came before the period: in each language every formula
// gives what stands beside it.
func TestEveryFormulaOfAStatementGivesItsStoredResult(t *testing.T) {
	s := trustFund(t)
	for _, lang := range locale.Langs {
		for _, donor := range []string{korea, "City of Lausanne", "who only PLEDGED", "Open Book Foundation"} {
			t.Run(donor+" "+string(lang), func(t *testing.T) {
				if n := recalculate(t, statementOf(t, s, donor, lang)); n < 200 {
					t.Errorf("only %d formulas", n)
				}
			})
		}
	}
}

// Books without an entry, and agreements whose numbers look like patterns.
func TestAPledgeBeforeTheFirstMoneyIsAStatementToo(t *testing.T) {
	s := shelf{}
	for _, number := range []string{"*", ">1", "007", "7"} {
		i := fund.Instalment{Agreement: number, Donor: "Who only pledged", DonorType: fund.Company, Pledged: dollarsOf(100), Number: 1, Amount: dollarsOf(100)}
		s.put(t, fund.InstalmentType, "", i.ID(), i)
	}
	for _, lang := range locale.Langs {
		recalculate(t, statementOf(t, s, "Who only pledged", lang))
	}
}

func TestLibreOfficeComesToTheSameStatement(t *testing.T) {
	for donor, lang := range map[string]locale.Lang{korea: locale.FR, "Who only pledged": locale.EN} {
		workbook := statementOf(t, trustFund(t), donor, lang)
		ours, theirs := formulaResults(t, workbook), formulaResults(t, officetest.Resave(t, workbook, "donor.xlsx"))
		if len(ours) < 200 || len(theirs) != len(ours) {
			t.Errorf("%d formulas, saved again %d", len(ours), len(theirs))
		}
		for cell, want := range ours {
			if got, ok := theirs[cell]; !ok || math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
				t.Errorf("%s of %s: %v, stored is %v", cell, donor, got, want)
			}
		}
	}
}

func TestR_FUN_3_TheStatementShowsWhatBecameOfADonorsMoneyAndProvesIt(t *testing.T) {
	rows := listing(t, statementOf(t, trustFund(t), korea, locale.EN))
	sheetOf := func(tab string) string {
		_, found, _ := strings.Cut("\n"+rows, "\n== "+tab+"\n")
		found, _, _ = strings.Cut(found, "\n== ")
		return found
	}
	wantLines(t, sheetOf("Summary"), `["Contributions received",180000,150000,330000,"Contributions"]`, `["Programme support costs",-8000,0,-8000,`)
	wantLines(t, sheetOf("Contributions"), `156000000,"KRW",null,1300,"2023-11-01","UN operational rates",120000,"This period"`,
		`60000,"This period","2024-01-15#000000000010#0000001 (taken back)"`, `sheet “Bank lines”, cell E9: “=156000000”`)
	wantLines(t, sheetOf("Transactions"), `"reversal: deposit","yours",null,"Contributions received",-60000`)
	wantLines(t, sheetOf("Results"), `214 case studies`, `Twelve training modules`)
	proof := sheetOf("Proof")
	for line := range strings.SplitSeq(proof, "\n") {
		if strings.Contains(line, "Sum of all differences") && !strings.HasSuffix(line, ",0]") {
			t.Error(line)
		}
	}
	if n := strings.Count(proof, "Sum of all differences"); n != 3 {
		t.Errorf("%d columns are proven", n)
	}
	_, checks, _ := strings.Cut(proof, "Checks within this statement")
	if n := strings.Count(checks, ",0]"); n != 5 {
		t.Errorf("%d checks agree:\n%s", n, checks)
	}
}

func TestWhatASenderTypedIsNoFormulaInAStatement(t *testing.T) {
	workbook := statementOf(t, trustFund(t), korea, locale.EN)
	if strings.Contains(parts(t, workbook), "<f>156000000") || strings.Contains(parts(t, workbook), `TargetMode="External"`) {
		t.Error("the statement runs what a sender typed, or refers to something outside")
	}
}

func TestTheSameBooksGiveTheSameStatement(t *testing.T) {
	if !bytes.Equal(statementOf(t, trustFund(t), korea, locale.ES), statementOf(t, trustFund(t), "Republic of KOREA", locale.ES)) {
		t.Error("two statements differ")
	}
}

func TestAStatementIsOfTheDaysThatAreNamed(t *testing.T) {
	in := input(trustFund(t), locale.EN)
	in.Donor, in.From, in.To = korea, day("2024-01-01"), day("2024-12-31")
	var out bytes.Buffer
	if err := exports.Donor(t.Context(), &out, in); err != nil {
		t.Fatal(err)
	}
	wantLines(t, rowsOf(t, out.Bytes(), "Summary"), `["Contributions received",60000,120000,330000,`)
	in.From, in.To = in.To, in.From
	var p *problem.Problem
	if err := exports.Donor(t.Context(), io.Discard, in); !errors.As(err, &p) || p.Code != "DATE_ORDER" {
		t.Errorf("got %v", err)
	}
	in.From, in.To, in.Donor = day("2024-01-01"), day("2024-12-31"), "company#000000000000"
	if err := exports.Donor(t.Context(), io.Discard, in); !errors.As(err, &p) || p.Code != "REF_NOT_FOUND" {
		t.Errorf("got %v", err)
	}
}

func TestWhoMayKnowOfOneDonorOnlyIsToldOfNoOther(t *testing.T) {
	for named, want := range map[string]problem.Code{
		korea: "", strings.ToLower(korea): "DONOR_UNKNOWN", "Republic of Korea": "DONOR_UNKNOWN", "company#kr": "DONOR_UNKNOWN",
	} {
		in := input(trustFund(t), locale.EN)
		in.Donor, in.ByID = named, true
		var p *problem.Problem
		if err := exports.Donor(t.Context(), io.Discard, in); (err != nil || want != "") && (!errors.As(err, &p) || p.Code != want) {
			t.Errorf("%s: %v", named, err)
		}
	}
}

// What two persons made final is said to be so as long as its figures are what they were; else the next version is on its way.
func TestAStatementIsFinalAsLongAsItsFiguresAreThoseThatWereApproved(t *testing.T) {
	s := trustFund(t)
	read := readStatements(t, input(s, locale.EN))
	period, _ := statement.OfTerm(programme.Current(), term)
	all, err := statement.Compute(read, period, korea)
	if err != nil {
		t.Fatal(err)
	}
	now, err := all.Statement(statement.Order{Donor: korea})
	if err != nil {
		t.Fatal(err)
	}
	for version, c := range []struct{ digest, status, number string }{
		{now.Digest, `["Status","FINAL"]`, `["Version","1, issued on 1 October 2025"]`},
		{strings.Repeat("0", 64), `["Status","PROVISIONAL"]`, `["Version",3]`},
		{now.Digest, `["Status","FINAL"]`, `["Version","3, issued on 1 October 2025"]`},
	} {
		final := registry.FinalStatement{At: time.Date(2025, time.October, 1, 9, 0, 0, 0, time.UTC), ProposedStatement: registry.ProposedStatement{
			StatementOf: registry.StatementOf{Donor: korea, From: period.From, To: period.To}, Version: version + 1, Digest: c.digest,
		}}
		s.put(t, registry.StatementType, "", final.ID(), final)
		wantLines(t, rowsOf(t, statementOf(t, s, korea, locale.EN), "Statement"), c.status, c.number)
	}
}
