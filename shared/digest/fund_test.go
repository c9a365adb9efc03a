package digest_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	october   = fundOf("2025-10-01", "2025-10-31", "2025-11-05")
	of2025    = fundOf("2025-01-01", "2025-12-31", "2026-01-15")
	toKorea   = statementTo(korea, "2025-09-15", "2025-12-31", "2026-01-30")
	secondDue = overdueInstalment(2, "2026-02-01", 1)
)

func TestFundReportsSayInThreeLanguagesWhatTheGoldenFilesHold(t *testing.T) {
	f := newTreasury(t)
	for name, o := range map[string]schedule.Occasion{
		"fund_month": october, "fund_year": of2025, "donor_statement": toKorea, "instalment_overdue": secondDue,
	} {
		says(t, name, f.report(o))
	}
}

func TestAReportOfThePastIsTheSameBytesWhateverIsRecordedLater(t *testing.T) {
	f := newTreasury(t)
	occasions := []schedule.Occasion{october, of2025, toKorea, secondDue}
	var before []string
	for _, o := range occasions {
		body, _ := f.report(o).Canonical()
		before = append(before, string(body))
	}
	f.on("2026-03-01")
	f.pledged("Second letter", "2025-09-30", "2025-10-01")
	f.gave("Republic of Korea", fund.DonorCountry, "KR", "", "2026-02-01", 25_000_00, nil)
	f.gave("Late company", fund.Company, "DE", "", "2026-01-02", 1_00, nil)
	f.enters(trust.Expenditure, "2026-01-20", 1_000_00, spentOn("fund/1.1", "NE"))
	f.told("fund/2.1", "2025-2027", "A handbook.", "")
	for i, o := range occasions {
		if after, _ := f.report(o).Canonical(); string(after) != before[i] {
			t.Errorf("%s changed:\n%s\nto\n%s", o.About, before[i], after)
		}
	}
}

// The books are one: what the summary says is what the workbook of the same moment says.
func TestTheFundSummarySaysWhatTheFundWorkbookSays(t *testing.T) {
	f := newTreasury(t)
	for _, o := range []schedule.Occasion{october, of2025} {
		r := f.report(o)
		workbook := f.workbook(request.Fund, exports.Input{Term: "2025-2027"}, o)
		overview, uses := labelled(t, workbook, "Overview"), labelled(t, workbook, "Sources and uses")
		wantSaid(t, r, map[string]string{
			"term.target": dollars(overview["Target of the term"][0]), "term.received": dollars(overview["Received in the term"][0]),
			"term.missing": dollars(overview["Still to be raised"][0]), "term.spent": dollars(overview["Spent on activities in the term"][0]), "term.reached": percent(overview["Share of the target"][0]),
			"closing": dollars(overview["Held in trust"][0]), "unallocated": dollars(overview["Not allocated to an activity"][0]),
			"pledges.late":  fmt.Sprint(overview["Overdue instalments of pledges"][0]),
			"books.entries": fmt.Sprint(overview["Entries in all"][0]),
		})
		if held := dollars(uses["Held in trust"][2]); figuresOf(r)["closing"] != held {
			t.Errorf("%s is held, and %s in the workbook", figuresOf(r)["closing"], held)
		}
		focus := labelled(t, workbook, "Focus")
		wantSaid(t, r, map[string]string{
			"focus.africa_region": percent(focus["in Africa, as UNESCO’s region"][1]), "focus.low_income": percent(focus["in low-income countries (World Bank)"][1]),
		})
		pledges := labelled(t, workbook, "Pledges")["USD"] // instalments, pledged, received, outstanding, overdue
		wantSaid(t, r, map[string]string{"pledges.USD.open": dollars(pledges[3]), "pledges.USD.overdue": dollars(pledges[4])})
		types := labelled(t, workbook, "By type and region") // donors, contributions, received, …
		wantSaid(t, r, map[string]string{
			"source.donor_country": dollars(types["Donor country"][2]), "source.foundation": dollars(types["Foundation"][2]),
		})
	}
}

func TestTheDonorsReportSaysLineByLineWhatItsStatementSays(t *testing.T) {
	f := newTreasury(t)
	for _, o := range []schedule.Occasion{toKorea, statementTo(lausanne, "2025-09-18", "2025-12-31", "2026-01-30")} {
		r := f.report(o)
		in := exports.Input{Donor: o.Subject.Donor, ByID: true, From: o.Period.From, To: o.Period.To}
		lines := labelled(t, f.workbook(request.Donor, in, o), "Summary")
		for _, line := range statement.Lines {
			amounts, stated := lines[line.Text().EN]
			if line == statement.Adjusted {
				continue
			}
			if !stated {
				t.Fatalf("the workbook has no %s", line)
			}
			if got := figuresOf(r)[string(line)]; got != dollars(amounts[0]) {
				t.Errorf("%s of %s is %s, and %s in the statement", line, o.Subject.Donor, got, dollars(amounts[0]))
			}
		}
	}
}

func TestR_FUN_3_AReportSaysWhetherTheStatementIsFinal(t *testing.T) {
	f := newTreasury(t)
	f.on("2026-01-20")
	proposal, err := f.registry.ProposeStatement(t.Context(), f.by("anna"),
		registry.StatementOf{Donor: korea, From: toKorea.Period.From, To: toKorea.Period.To}, "")
	f.done(f.registry.Approve(t.Context(), f.by("bruno"), f.done(proposal, err)))
	r := f.report(toKorea)
	wantSaid(t, r, map[string]string{"status": "Final, version 1"})
	if !strings.Contains(r.Lead.EN, "two persons approved it") {
		t.Error(r.Lead.EN)
	}
}

func TestAReportToADonorThatWasUnheardOfSaysJustThat(t *testing.T) {
	r := newTreasury(t).report(statementTo("company#nobody", "2025-09-15", "2025-12-31", "2026-01-30"))
	if len(r.Figures) != 0 || !strings.Contains(r.Lead.EN, "Nothing of this donor was on record") {
		t.Errorf("%+v", r)
	}
}

func TestAnInstalmentThatIsPaidInTheMeantimeIsNotAskedForAgain(t *testing.T) {
	f := newTreasury(t)
	for number, day := range map[int]string{1: "2025-10-15", 9: "2025-10-15"} { // paid on the next day; never agreed
		if r := f.report(overdueInstalment(number, day, 30)); len(r.Figures) != 0 || r.Lead.EN != "Nothing of this instalment is open any more." {
			t.Errorf("%+v", r)
		}
	}
	f.on("2026-03-02")
	r := f.report(overdueInstalment(2, "2026-02-01", 30))
	wantSaid(t, r, map[string]string{"open": "US$25,000.00", "received": "US$25,000.00", "amount": "US$50,000.00", "days": "30"})
}

func TestR_FUN_8_TheSummaryListsWhatIsOverdueWithItsDonor(t *testing.T) {
	f := newTreasury(t)
	r := f.report(fundOf("2026-02-01", "2026-02-28", "2026-03-05"))
	if got, want := listOf(r, "overdue"),
		"2026-02-01 | Republic of Korea · instalment 2 of KOR/MDFM 2025 | US$25,000.00 of US$50,000.00 open | true | donors/donor_country/KR"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	wantSaid(t, r, map[string]string{"pledges.late": "1", "pledges.USD.overdue": "US$25,000.00", "received": "US$0.00"})
}

func TestOfManyContributionsTheFirstAreListedAndTheOthersCounted(t *testing.T) {
	f := emptyTreasury(t)
	f.on("2025-10-10")
	for range 53 {
		f.gave("Open Book Foundation", fund.Foundation, "US", "", "2025-10-09", 1_00, nil)
	}
	for _, l := range f.report(october).Lists {
		if l.Key == "received" && (len(l.Entries) != 50 || l.More != 3) {
			t.Errorf("%d are listed and %d counted", len(l.Entries), l.More)
		}
	}
}

func TestAReportOfTheFundNamesNobodyAndNoPayee(t *testing.T) {
	f := newTreasury(t)
	for _, o := range []schedule.Occasion{october, of2025, toKorea, secondDue} {
		body, _ := f.report(o).Canonical()
		for _, secret := range []string{"anna", "bruno", "v-1042", "minister", "committee"} {
			if bytes.Contains(body, []byte(secret)) {
				t.Errorf("%s holds %q", o.About, secret)
			}
		}
	}
}

func TestTheFirstSummaryOfAnEmptyFundIsOne(t *testing.T) {
	r := emptyTreasury(t).report(october)
	wantSaid(t, r, map[string]string{"closing": "US$0.00", "term.reached": "0%", "books.entries": "0"})
	if r.Lists[0].Empty.EN != "None in this period." {
		t.Errorf("%+v", r.Lists)
	}
}

// workbook is the one of the moment when an occasion was due, by what was on record then.
func (f *treasury) workbook(kind request.Kind, in exports.Input, o schedule.Occasion) []byte {
	f.t.Helper()
	in.Records, in.Programme, in.Reference = f.store.AsOf(o.Due), programme.Current(), reference.Load()
	in.Lang, in.At = locale.EN, o.Due
	var out bytes.Buffer
	if err := exports.Write(f.t.Context(), &out, kind, in); err != nil {
		f.t.Fatal(err)
	}
	return out.Bytes()
}

// labelled are the numbers of a sheet's rows by the text in the row's first cell; of texts that come twice the first.
func labelled(t *testing.T, workbook []byte, tab string) map[string][]float64 {
	t.Helper()
	book, err := sheet.Open(t.Context(), bytes.NewReader(workbook), int64(len(workbook)), "export.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows(t.Context(), tab)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := map[string][]float64{}
	for rows.Next() {
		label := rows.Row().At(1)
		if label == nil || found[label.Text] != nil {
			continue
		}
		for _, c := range rows.Row().Cells {
			if c.Kind == sheet.KindNumber {
				found[label.Text] = append(found[label.Text], c.Number)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

// dollars is a cell's number as an amount.
func dollars(cell float64) string {
	text := fmt.Sprintf("%.2f", cell)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	return sign + "US$" + locale.FormatDecimal(locale.EN, text)
}

// percent is a cell's number as a share.
func percent(cell float64) string {
	points := int64(cell*10_000 + 0.5)
	return summary.Share(points).In(locale.EN)
}
