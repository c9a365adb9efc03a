package exports_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

func fundOf(t *testing.T, s exports.Snapshotter, lang locale.Lang) []byte {
	t.Helper()
	return written(t, request.Fund, s, lang)
}

// fundOfTerm is the workbook of another term than the fixture's.
func fundOfTerm(t *testing.T, s exports.Snapshotter, term string) []byte {
	t.Helper()
	in := input(s, locale.EN)
	in.Term = term
	var out bytes.Buffer
	if err := exports.Fund(t.Context(), &out, in); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// labelled are the numbers of a sheet's rows by the text in the row's first cell; of texts that come twice the last.
func labelled(t *testing.T, workbook []byte, tab string) map[string][]float64 {
	t.Helper()
	rows, err := open(t, workbook).Rows(t.Context(), tab)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := map[string][]float64{}
	for rows.Next() {
		label := rows.Row().At(1)
		if label == nil {
			continue
		}
		var numbers []float64
		for _, c := range rows.Row().Cells {
			if c.Kind == sheet.KindNumber {
				numbers = append(numbers, c.Number)
			}
		}
		found[label.Text] = numbers
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

func wantFigures(t *testing.T, rows map[string][]float64, want map[string][]float64) {
	t.Helper()
	for label, figures := range want {
		if fmt.Sprint(rows[label]) != fmt.Sprint(figures) {
			t.Errorf("%s: %v, want %v", label, rows[label], figures)
		}
	}
}

// wantProved fails where a figure of the workbook is not what another sheet, or the books, make it.
func wantProved(t *testing.T, workbook []byte, proofs int) {
	t.Helper()
	found := 0
	for label, figures := range labelled(t, workbook, "Proof") {
		if len(figures) != 3 {
			continue
		}
		if found++; figures[0] != figures[1] || figures[2] != 0 {
			t.Errorf("%s: %v", label, figures)
		}
	}
	if found != proofs {
		t.Errorf("%d proofs, want %d", found, proofs)
	}
}

const proofs = 15

func TestR_FUN_2_SourcesLessUsesIsWhatIsHeldInTrust(t *testing.T) {
	workbook := fundOf(t, network(t), locale.EN)
	wantProved(t, workbook, proofs)
	wantFigures(t, labelled(t, workbook, "Sources and uses"), map[string][]float64{ // in the term, before it, cumulative
		"Contributions received":                {363_900.54, 999, 364_899.54},
		"Exchange differences (gain +, loss −)": {-17.05, 0, -17.05},
		"Spent on activities":                   {66_833.42, 200, 67_033.42},
		"Given back to donors":                  {1000, 0, 1000},
		"Held in trust":                         {289_173.52, 799, 289_972.52},
		"In the bank":                           {289_173.52, 799, 289_972.52},
	})
	wantFigures(t, labelled(t, workbook, "Overview"), map[string][]float64{
		"Target of the term": {1_000_000}, "Received in the term": {363_900.54}, "Still to be raised": {636_099.46}, "Entries in all": {24},
		"Overdue instalments of pledges": {1},
	})
}

func TestR_FUN_6_TheFundWorkbookShowsActivitiesPlannedAllocatedSpentAndOpen(t *testing.T) {
	wantLines(t, rowsOf(t, fundOf(t, network(t), locale.EN), "Activities"), // planned, brought forward, allocated, spent, open, not allocated
		`"fund/1.1","Training modules on the thematic topics",200000,300,25000,15833.33,9466.67,175000,`,
		`"fund/1.2","Workshops for policy-makers, with a focus on Africa and low-income countries",200000,0,120000,41000.1,78999.9,80000,`,
		`["All activities",null,null,1000000,300,165000,66833.42,98466.58,835000,`, `["Not allocated to an activity",null,null,null,499,null,null,191505.94]`)
}

func TestR_FUN_4_TheFundWorkbookShowsSourcesByTypeAndRegion(t *testing.T) {
	workbook := fundOf(t, network(t), locale.EN)
	rows := rowsOf(t, workbook, "By type and region") // donors, contributions, received, share, given back, cumulative
	wantLines(t, rows, `["Donor country",2,2,251775,`, `,1000,251775]`, `["Company",1,1,10050,`, `,0,11049]`, `["Africa",0,0,0,0,0,0]`,
		`["Asia and the Pacific",2,2,100050,`)
	wantLines(t, rowsOf(t, workbook, "Donors"),
		`["Ville de Brest","member_city#FR#brest","Member city","France","Europe and North America",1,10825.54,0,10825.54,0]`,
		`["Earlier donor",`, `,"Company","United States of America","Europe and North America",0,0,0,999,0]`)
}

// Dakar and Senegal are in both meanings of Africa, Cairo is on the continent, Afghanistan is of low income.
func TestR_FUN_5_TheFundWorkbookShowsTheShareThatWentWhereItIsMeantToGoFirst(t *testing.T) {
	wantFigures(t, labelled(t, fundOf(t, network(t), locale.EN), "Focus"), map[string][]float64{
		"in Africa, as UNESCO’s region":        {18_666.69, 18_666.69 / 63_500.09, 18_666.69 / 66_833.42},
		"in Africa, the continent":             {32_333.39, 32_333.39 / 63_500.09, 32_333.39 / 66_833.42},
		"in low-income countries (World Bank)": {13_666.7, 13_666.7 / 63_500.09, 13_666.7 / 66_833.42},
		"Afghanistan":                          {13_666.7, 13_666.7 / 63_500.09},
	})
}

func TestR_FUN_8_TheFundWorkbookShowsPledgesOutstandingAndOverdue(t *testing.T) {
	rows := rowsOf(t, fundOf(t, network(t), locale.EN), "Pledges")
	wantLines(t, rows, `["USD",2,150000,90000,60000,60000]`, `["EUR",2,200000.5,150000,50000.5,0]`, `["JPY",3,2000000,1500000,500000,0]`,
		`["KOR/MDFM 2024",2,60000,0,60000,60000,"USD","2025-06-30",77,"overdue","Republic of Korea"`,
		`["BMZ 77",2,50000.5,0,50000.5,0,"EUR","2025-12-31",null,"outstanding","Germany"`, `["Sakura 1",3,0,0,0,0,"JPY","2025-03-01",null,"dropped"`)
	if overdue, received := strings.Index(rows, `"overdue"`), strings.Index(rows, `"received"`); overdue > received {
		t.Error("what is overdue doesn't stand first")
	}
}

// What one term leaves is what the next begins with, and the donors' cumulative figures go on.
func TestOneTermsClosingBalancesAreTheNextOnesOpeningBalances(t *testing.T) {
	s := network(t)
	before, after := fundOfTerm(t, s, "2021-2023"), fundOf(t, s, locale.EN)
	wantProved(t, before, proofs)
	closing, opening := labelled(t, before, "Trial balance"), labelled(t, after, "Trial balance")
	if len(opening) < 20 {
		t.Fatalf("%d accounts", len(opening))
	}
	for account, figures := range opening {
		if len(figures) == 9 && figures[0] != closing[account][3] {
			t.Errorf("%s opens with %v, and was closed with %v", account, figures[0], closing[account][3])
		}
	}
	wantFigures(t, closing, map[string][]float64{"cash": {0, 999, 200, 799, 799, 0, 289_173.52, 289_972.52, 0}})
}

func TestEveryEntryIsListedWithWhereItCameFrom(t *testing.T) {
	s := network(t)
	workbook := fundOf(t, s, locale.EN)
	entries := rowsOf(t, workbook, "Entries")
	wantLines(t, entries, `22650,"member_city#CH#lausanne","fund/1.1",null,null,null,"2024-02-01",20000,"CHF",1.1325,null,"2024-02-01",`, `"Request request-`,
		`"Contribution, taken back",-5000,`, `. came with the bank's sheet too"]`, `"fund/1.2 · literacy cluster/1.2",null,"Travel","SN#dakar, EG#cairo, AF"`,
		`"2025-09-15T10:00:00Z · anna"`)
	if strings.Contains(entries, "Earlier donor") || strings.Contains(rowsOf(t, workbook, "Journal"), "2023-09-30") {
		t.Error("an entry of before the term is among those of the term")
	}
}

// A journal beyond what a sheet holds goes on in the next; sums and proofs take all of them.
func TestALongJournalGoesOnInFurtherSheets(t *testing.T) {
	defer exports.JournalRows(9)()
	workbook := fundOf(t, network(t), locale.EN)
	wantProved(t, workbook, proofs)
	if n := recalculate(t, workbook); n < 200 {
		t.Errorf("only %d formulas", n)
	}
	text := listing(t, workbook)
	for _, tab := range []string{"== Journal 2\n", "== Journal 10\n", "== Entries 3\n"} {
		if !strings.Contains(text, tab) {
			t.Errorf("there is no %s", tab)
		}
	}
}

// Whatever happens to the fund's money: the sheets of its workbook agree with one another, with the balances that the books keep, and
// another program's arithmetic comes to the same.
func TestTheFundWorkbookAgreesWithTheBooksWhateverHappens(t *testing.T) {
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 7))
		w := newTreasury(t)
		var entries []string
		codes, served := []string{"fund/1.1", "fund/1.2", "fund/3.1"}, []string{"SN", "SN#dakar", "FR#brest", "EG", "AF", "CO"}
		for range 60 {
			e := trust.Event{Kind: happens[random.IntN(len(happens))], Amount: dollars(1 + random.Int64N(90_000)), Date: day("2023-06-01").AddDays(random.IntN(800))}
			switch e.Kind {
			case trust.Deposit, trust.Refund:
				e.Donor = []string{"member_city#FR#brest", "donor_country#KR", "company#0123456789ab"}[random.IntN(3)]
			case trust.Allocation, trust.Deallocation, trust.Expenditure:
				e.Activity = codes[random.IntN(len(codes))]
				random.Shuffle(len(served), func(i, j int) { served[i], served[j] = served[j], served[i] })
				if e.Kind == trust.Expenditure {
					e.Beneficiary = served[:random.IntN(4)]
				}
			}
			if entry, err := w.try(e, "by chance"); err == nil {
				entries = append(entries, entry)
			}
			if len(entries) > 0 && random.IntN(8) == 0 {
				// What was taken back already, or is needed since, is refused.
				_, _ = w.registry.Reverse(t.Context(), w.by("anna"), entries[random.IntN(len(entries))], day("2025-09-01"), "by mistake")
			}
		}
		s := shelf{}
		w.onto(s)
		workbook := fundOf(t, s, locale.EN)
		wantProved(t, workbook, proofs)
		recalculate(t, workbook)
		balances, err := w.registry.FundBalances(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		trial := labelled(t, workbook, "Trial balance")
		for _, account := range balances.Accounts() {
			got := trial[string(account)]
			if len(got) != 9 || fmt.Sprintf("%.2f", got[3]+got[6]) != fmt.Sprintf("%.2f", cents(balances, account)) {
				t.Errorf("seed %d: %s is %v in the workbook and %v in the books", seed, account, got, cents(balances, account))
			}
		}
		if len(entries) < 20 {
			t.Errorf("seed %d: only %d entries", seed, len(entries))
		}
	}
}

// happens has deposits and allocations more often, so that there is something to spend.
var happens = []trust.Kind{
	trust.Deposit, trust.Deposit, trust.Deposit, trust.Refund, trust.Earned, trust.ExchangeDiff, trust.SupportCost, trust.Allocation, trust.Allocation,
	trust.Deallocation, trust.Expenditure, trust.Expenditure,
}

func cents(b ledger.Balances, a ledger.Account) float64 { return float64(b.Of(a)) / 100 }

// What donors are told on their statements is, of all donors together, what the fund's workbook says: line by line, country by country.
func TestTheFundWorkbookSaysWhatDonorsStatementsReconcileWith(t *testing.T) {
	in := input(network(t), locale.EN)
	from := readStatements(t, in)
	period, err := donors.Period(in.Programme, in.Term, in.From, in.To, civil.Of(in.At, in.Programme.LatestCall().Location()))
	if err != nil {
		t.Fatal(err)
	}
	computed, err := statement.Compute(from, period)
	if err != nil {
		t.Fatal(err)
	}
	workbook := fundOf(t, in.Records, locale.EN)
	uses, focus := labelled(t, workbook, "Sources and uses"), labelled(t, workbook, "Focus")
	same := func(what string, shown float64, minor int64) {
		t.Helper()
		if fmt.Sprintf("%.2f", shown) != fmt.Sprintf("%.2f", float64(minor)/100) {
			t.Errorf("%s: %v in the workbook, %d on the statements", what, shown, minor)
		}
	}
	for label, line := range map[string]statement.Line{
		"Contributions received": statement.Received, "Interest": statement.Interest, "Exchange differences (gain +, loss −)": statement.Exchange,
		"Spent on activities": statement.Spent, "Programme support costs": statement.Support, "Given back to donors": statement.Refunded,
	} {
		told, sign := computed.Total.Of(line), int64(1)
		if line == statement.Spent || line == statement.Support || line == statement.Refunded {
			sign = -1
		}
		same(label+" in the term", uses[label][0], sign*told.Period)
		same(label+" cumulative", uses[label][2], sign*told.Cumulative)
	}
	same("held", uses["Held in trust"][2], computed.Total.Of(statement.Closing).Period)
	same("held before", uses["Held in trust"][1], computed.Total.Of(statement.Opening).Period)
	same("unallocated", uses["Not allocated to an activity"][2], computed.Total.Of(statement.Unallocated).Period)
	countries := 0
	for _, b := range computed.Beneficiaries {
		if b.Kind == statement.ReachCountry && b.Fund.Period != 0 {
			same(b.Name.EN, focus[b.Name.EN][0], b.Fund.Period)
			countries++
		}
	}
	if countries != 5 {
		t.Errorf("%d countries", countries)
	}
	for i, label := range []string{"in Africa, as UNESCO’s region", "in Africa, the continent", "in low-income countries (World Bank)"} {
		same(label, focus[label][0], computed.Focus[i].Fund.Period)
	}
}
