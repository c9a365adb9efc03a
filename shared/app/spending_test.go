package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// treasury is an office with 1,000 dollars received, of which 500 are allocated to fund/1.2 from 2 April 2025 on.
type treasury struct {
	t *testing.T
	*app.App
}

func newTreasury(t *testing.T) treasury {
	t.Helper()
	w := treasury{t, open(t, t.TempDir())}
	w.send("members", "City;Country;Member since\nDakar;Senegal;2015-01-01\n", intake.Counts{Read: 1, Create: 1})
	w.send("contributions", "Donor;Type of donor;Amount;Currency;Received on\nAtlas;Company;1000;USD;2025-04-01\n", intake.Counts{Read: 1, Create: 1})
	w.twoPersons(func(o registry.Origin) (string, error) {
		return w.Registry.ProposeEvent(t.Context(), o, trust.Event{
			Kind: trust.Allocation, Amount: money.Amount{Minor: 500_00, Currency: "USD"}, Date: day("2025-04-02"), Activity: "fund/1.2",
		}, "")
	})
	return w
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// twoPersons has what one person proposes approved by another.
func (w treasury) twoPersons(propose func(registry.Origin) (string, error)) {
	w.t.Helper()
	id, err := propose(registry.Origin{Person: "clara"})
	if err == nil {
		_, err = w.Registry.Approve(w.t.Context(), registry.Origin{Person: "omar"}, id)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

const paymentTitles = "Date paid;Activity;Amount;Currency;Expense category;Payee;Beneficiary cities;Cluster;Budget line;Voucher;Exchange rate;Rate date;Rate source;Remarks\n"

// payment is a line for fund/1.2.
func payment(on, amount, reference, remarks string) string {
	return fmt.Sprintf("%s;fund/1.2;%s;USD;Travel;Ana Ruiz;Dakar;Literacy;1.2;%s;;;;%s\n", on, amount, reference, remarks)
}

func upload(kind, text string) (imports.Upload, imports.Options) {
	return imports.Upload{Name: kind + ".csv", Source: strings.NewReader(text), Size: int64(len(text))}, imports.Options{Kind: kind, Person: "clara"}
}

// send imports a sheet whole and gives the import.
func (w treasury) send(kind, text string, want intake.Counts) string {
	w.t.Helper()
	up, opts := upload(kind, text)
	report, _, err := w.Imports.Import(w.t.Context(), up, opts, intake.All, "")
	if err != nil || report.Rows != want {
		w.t.Fatalf("%s: %+v with %+v: %v", kind, report.Rows, report.Problems, err)
	}
	return report.Import
}

// wantRefused checks payments and compares what is wrong, by cells.
func (w treasury) wantRefused(want string, lines ...string) {
	w.t.Helper()
	up, opts := upload("expenditures", paymentTitles+strings.Join(lines, ""))
	report, err := w.Imports.Check(w.t.Context(), up, opts)
	if err != nil {
		w.t.Fatal(err)
	}
	var found []string
	for _, p := range report.Problems {
		found = append(found, string(p.Code)+" "+sheet.CellName(p.Col, p.Row))
	}
	if got := strings.Join(found, ", "); got != want {
		w.t.Errorf("%s, want %s", got, want)
	}
}

// left is what fund/1.2 has left, in cents; on the way the books are verified.
func (w treasury) left() int64 {
	w.t.Helper()
	if _, err := w.Registry.VerifyFund(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	balances, err := w.Registry.FundBalances(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return trust.Shown(balances, trust.AllocatedTo("fund/1.2"))
}

// spent are the entries of expenditures in short, in the order in which they were entered: the amount in cents, and R for a reversal.
func (w treasury) spent() (all []string, entries []ledger.Entry) {
	w.t.Helper()
	err := w.Registry.FundEntries(w.t.Context(), func(e ledger.Entry) error {
		if e.Kind == string(trust.Expenditure) {
			entries = append(entries, e)
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range entries {
		text := fmt.Sprint(trust.EventOf(e, "USD").Amount.Minor)
		if e.Reverses != "" {
			text = "R" + text
		}
		all = append(all, text)
	}
	return all, entries
}

func (w treasury) wantSpent(left int64, want ...string) {
	w.t.Helper()
	if got, _ := w.spent(); !slices.Equal(got, want) || w.left() != left {
		w.t.Errorf("spent %v, left %d; want %v and %d", got, w.left(), want, left)
	}
}

func TestR_FUN_7_SpendingBeyondTheAllocationIsRefusedAtItsAmount(t *testing.T) {
	w := newTreasury(t)
	w.wantRefused("FUND_ALLOCATION_EXCEEDED C4, FUND_ALLOCATION_EXCEEDED C6",
		payment("2025-05-02", "300", "V1", ""), payment("2025-05-03", "150", "V2", ""), payment("2025-05-04", "50.01", "V3", ""),
		payment("2025-05-05", "50", "V4", ""), strings.Replace(payment("2025-05-05", "1", "V5", ""), "fund/1.2", "fund/2.1", 1))
	w.wantRefused("FUND_ALLOCATION_EXCEEDED C2", payment("2025-04-01", "1", "V1", "")) // the day before the allocation
	w.wantRefused("DATE_AHEAD A2", payment("2025-06-02", "1", "V1", ""))
	w.wantSpent(500_00)
}

func TestWhatIsLeftIsToldInTheSendersLanguage(t *testing.T) {
	w := newTreasury(t)
	w.send("expenditures", paymentTitles+payment("2025-05-02", "460", "V1", ""), intake.Counts{Read: 1, Create: 1})
	up, opts := upload("expenditures", "Payé le;Code d'activité;Montant payé;Devise;Catégorie de dépense;Fournisseur;Pièce\n"+
		"2025-05-03;fund/1.2;100,00;USD;Voyages;Ana Ruiz;V2\n")
	report, err := w.Imports.Check(t.Context(), up, opts)
	if err != nil || len(report.Problems) != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if got := report.Problems[0].Message(report.Lang); !strings.Contains(got, "40,00") || !strings.Contains(got, "fund/1.2") {
		t.Errorf("%s: %s", report.Lang, got)
	}
}

func TestSpendingInAClosedPeriodIsRefusedAtItsDate(t *testing.T) {
	w := newTreasury(t)
	w.twoPersons(func(o registry.Origin) (string, error) {
		return w.Registry.ProposeClosing(t.Context(), o, day("2025-04-30"), "")
	})
	w.wantRefused("PERIOD_LOCKED A2", payment("2025-04-30", "10", "V1", ""), payment("2025-05-01", "10", "V2", ""))
}

func TestACommitEntersWhatWasSpentTracedToItsCellAndWithoutAName(t *testing.T) {
	w := newTreasury(t)
	id := w.send("expenditures", paymentTitles+payment("2025-05-02", "120.50", "V1", "")+
		strings.Replace(payment("2025-05-03", "100", "V2", ""), "USD;Travel;Ana Ruiz;Dakar;Literacy;1.2;V2;;;", "EUR;Travel;Ana Ruiz;;;;V2;1.0823450001;2025-05-01;UN", 1),
		intake.Counts{Read: 2, Create: 2})
	w.wantSpent(500_00-120_50-108_23, "12050", "10823")
	_, entries := w.spent()
	if s := entries[0].Source; s.Import != id || s.Cell != "C2" || s.Value != "120.50" || len(s.File) != 64 || s.Person != "clara" {
		t.Errorf("%+v", s)
	}
	want := trust.Event{
		Kind: trust.Expenditure, Amount: money.Amount{Minor: 120_50, Currency: "USD"}, Date: day("2025-05-02"), ValueDate: day("2025-05-02"),
		Activity: "fund/1.2", Cluster: "literacy", Line: "cluster/1.2", Category: "travel", Payee: fund.PayeeID("", "Ana Ruiz"),
		Beneficiary: []string{"SN#dakar"},
	}
	if got := trust.EventOf(entries[0], "USD"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	if o := entries[1].Original; o == nil || o.Amount.Minor != 100_00 || o.Amount.Currency != "EUR" || o.Rate.String() != "1.0823450001" || o.RateSource != "UN" {
		t.Errorf("%+v", o)
	}
	for _, e := range entries {
		if text, err := e.Canonical(); err != nil || strings.Contains(string(text), "Ruiz") {
			t.Errorf("a name stands in the books: %s, %v", text, err)
		}
	}
}

func TestAChangedPaymentIsAReversalAndANewEntry(t *testing.T) {
	w := newTreasury(t)
	w.send("expenditures", paymentTitles+payment("2025-05-02", "400", "V1", "")+payment("2025-05-03", "100", "V2", ""), intake.Counts{Read: 2, Create: 2})
	w.wantRefused("FUND_ALLOCATION_EXCEEDED C2", payment("2025-05-02", "400.01", "V1", ""))
	// A remark is no money; what one payment leaves another can take.
	w.send("expenditures", paymentTitles+payment("2025-05-02", "300", "V1", "")+payment("2025-05-03", "100", "V2", "by bus")+payment("2025-05-04", "100", "V3", ""),
		intake.Counts{Read: 3, Create: 1, Update: 2})
	w.wantSpent(0, "40000", "R40000", "30000", "10000", "10000")
	w.send("expenditures", paymentTitles+payment("2025-05-02", "300", "V1", ""), intake.Counts{Read: 1, Unchanged: 1})
	w.wantSpent(0, "40000", "R40000", "30000", "10000", "10000")
}

// The second payment spends what the first one, lowered, has left: it is taken back before the first one comes back.
func TestAnUndoReversesWhatWasSpent(t *testing.T) {
	w := newTreasury(t)
	w.send("expenditures", paymentTitles+payment("2025-05-02", "400", "V1", ""), intake.Counts{Read: 1, Create: 1})
	changed := w.send("expenditures", paymentTitles+payment("2025-05-02", "250", "V1", "")+payment("2025-05-03", "250", "V2", ""),
		intake.Counts{Read: 2, Create: 1, Update: 1})
	w.wantSpent(0, "40000", "R40000", "25000", "25000")
	if _, err := w.Imports.Undo(t.Context(), imports.UndoOrder{Import: changed, Mode: intake.All}); err != nil {
		t.Fatal(err)
	}
	w.wantSpent(100_00, "40000", "R40000", "25000", "R25000", "40000", "25000", "R25000")
}

func TestMoneyThatWasSpentKeepsItsContribution(t *testing.T) {
	w := newTreasury(t)
	more := w.send("contributions", "Donor;Type of donor;Amount;Currency;Received on\nHarbour;Foundation;600;USD;2025-04-03\n", intake.Counts{Read: 1, Create: 1})
	w.twoPersons(func(o registry.Origin) (string, error) {
		return w.Registry.ProposeEvent(t.Context(), o, trust.Event{
			Kind: trust.Allocation, Amount: money.Amount{Minor: 1000_00, Currency: "USD"}, Date: day("2025-04-04"), Activity: "fund/1.2",
		}, "")
	})
	w.send("expenditures", paymentTitles+payment("2025-05-02", "1400", "V1", ""), intake.Counts{Read: 1, Create: 1})
	_, err := w.Imports.Undo(t.Context(), imports.UndoOrder{Import: more, Mode: intake.All})
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "UNDO_REFUSED" {
		t.Errorf("%v", err)
	}
	w.wantSpent(100_00, "140000")
}
