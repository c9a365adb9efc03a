package exports_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// figure reads a number of a workbook.
func figure(t *testing.T, workbook []byte, tab, name string) float64 {
	t.Helper()
	rows, err := open(t, workbook).Rows(t.Context(), tab)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	col, row, _ := sheet.ParseCell(name)
	for rows.Next() {
		if rows.Row().Number == row {
			if c := rows.Row().At(col); c != nil {
				return c.Number
			}
			break
		}
	}
	t.Fatalf("%s!%s holds nothing", tab, name)
	return 0
}

func TestR_BUD_1_TheBudgetWorkbookShowsThePrintedSums(t *testing.T) {
	workbook := budgetOf(t, shelf{}, locale.EN)
	for name, want := range map[string]float64{
		"B6": 160_000, "B7": 100_000, "B8": 70_000, "B9": 20_000, "B10": 350_000, // a cluster
		"I6": 1_120_000, "I7": 700_000, "I8": 490_000, "I9": 140_000, "I10": 2_450_000, // all seven
		"D14": 0, "G14": 0, "D18": 0, "G18": 0, // differences from what is printed
	} {
		if got := figure(t, workbook, "Overview", name); got != want {
			t.Errorf("Overview!%s is %v, want %v", name, got, want)
		}
	}
}

func TestR_FUN_6_TheFundSheetShowsThePrintedPlan(t *testing.T) {
	workbook := budgetOf(t, shelf{}, locale.FR)
	if got := figure(t, workbook, "Fonds", "D12"); got != 1_000_000 {
		t.Errorf("planned %v", got)
	}
	if got := figure(t, workbook, "Fonds", "I16"); got != 1_000_000 {
		t.Errorf("still to be raised with nothing received: %v", got)
	}
}

// What the fund allocated and spent stands beside what is planned: for each line of a cluster, each cluster, each activity, and in all.
func TestR_FUN_7_TheBudgetWorkbookShowsWhatWasAllocatedAndSpentBesideWhatIsPlanned(t *testing.T) {
	workbook := budgetOf(t, network(t), locale.EN) // planned, brought forward, allocated, spent, open
	wantLines(t, rowsOf(t, workbook, "7. Literacy"), `,50000,0,120000,41000.1,78999.9,0,"no offer yet"]`, `["Total",null,null,null,350000,0,350000,0,120000,41000.1,78999.9]`)
	wantLines(t, rowsOf(t, workbook, "1. Education for Sustainable…"), // money for the cluster and none of its lines, spent for one of them
		`["For the cluster, no line named",null,null,null,null,null,null,0,20000,0,20000]`, `,0,0,9999.99,-9999.99,`,
		`["Total",null,null,null,350000,0,350000,0,20000,9999.99,10000.01]`)
	wantLines(t, rowsOf(t, workbook, "Overview"), `["7. Literacy",350000,0,120000,41000.1,78999.9]`, `["Total",2450000,0,140000,51000.09,88999.91]`,
		`["Allocated",165000]`, `["Spent",66833.42]`, `["Open (allocated, not spent)",98466.58]`)
	wantLines(t, rowsOf(t, workbook, "Fund"), `"fund/1.1","Training modules on the thematic topics",200000,300,25000,15833.33,9466.67,22650,`)
	for label, want := range labelled(t, fundOf(t, network(t), locale.EN), "Activities") {
		if label == "All activities" && (want[1] != 300 || want[4] != 98_466.58) {
			t.Errorf("the fund workbook says %v", want)
		}
	}
}

func TestR_SUR_3_TheMembershipWorkbookShowsThePrintedTally(t *testing.T) {
	workbook := membershipOf(t, network(t), locale.EN)
	for i, votes := range []float64{60, 59, 45, 36, 34, 29, 29} {
		if got := figure(t, workbook, "Survey", sheet.CellName(3, 6+i)); got != votes {
			t.Errorf("place %d has %v votes, printed %v", i+1, got, votes)
		}
	}
}

func TestR_SUR_3_TheSurveyWorkbookSetsTheTallyBesideThePrintedOne(t *testing.T) {
	workbook := surveyOf(t, network(t), locale.EN)
	for i, votes := range []float64{60, 59, 45, 36, 34, 29, 29} {
		row := 6 + i
		counted, printed, difference := sheet.CellName(3, row), sheet.CellName(5, row), sheet.CellName(6, row)
		if figure(t, workbook, "Result", counted) != votes || figure(t, workbook, "Result", printed) != votes {
			t.Errorf("place %d has %v votes, printed %v, want %v", i+1, figure(t, workbook, "Result", counted), figure(t, workbook, "Result", printed), votes)
		}
		if got := figure(t, workbook, "Result", difference); got != 0 {
			t.Errorf("place %d differs by %v", i+1, got)
		}
	}
}

// Of the five members of 31 March 2019 three have answered in time: Cairo's answer came on the next day.
func TestR_SUR_2_TheSurveyWorkbookSaysWhoAnsweredAndWhatDoesNotCount(t *testing.T) {
	workbook := surveyOf(t, network(t), locale.EN)
	for cell, want := range map[string]float64{"B5": 5, "B6": 3, "B7": 0.6, "B10": 103, "B11": 1, "B12": 1, "B13": 101} {
		if got := figure(t, workbook, "Overview", cell); got != want {
			t.Errorf("Overview!%s is %v, want %v", cell, got, want)
		}
	}
	_, uncounted, _ := strings.Cut(listing(t, workbook), "== Not counted\n")
	uncounted, _, _ = strings.Cut(uncounted, "== ")
	for _, want := range []string{"Brest", "replaced by a later one", "Cairo", "after the closing date"} {
		if !strings.Contains(uncounted, want) {
			t.Errorf("%q is missing among the answers that don't count:\n%s", want, uncounted)
		}
	}
}

func TestSheetsWithoutRowsSayWhy(t *testing.T) {
	for _, lang := range locale.Langs {
		text := listing(t, surveyOf(t, shelf{}, lang)) + listing(t, membershipOf(t, shelf{}, lang)) + listing(t, budgetOf(t, shelf{}, lang))
		for _, why := range map[locale.Lang][]string{
			locale.EN: {"No answer to this survey", "No city on record was a member", "No city whose answer counts", "Every answer on record counts",
				"No member city is on record", "takes part in a cluster", "No city stands for", "No application to this call", "No contribution received"},
			locale.FR: {"Aucune réponse à cette enquête", "Aucune ville enregistrée", "Aucune ville dont la réponse", "Toutes les réponses",
				"Aucune ville membre n’est", "ne participe à un pôle", "Aucune ville n’est candidate", "Aucune candidature à cet", "Aucune contribution reçue"},
			locale.ES: {"No hay ninguna respuesta", "Ninguna ciudad registrada", "Ninguna ciudad cuya respuesta", "Todas las respuestas",
				"No hay ninguna ciudad miembro", "participa en un grupo", "Ninguna ciudad se presenta", "No hay ninguna solicitud", "No hay ninguna contribución"},
		}[lang] {
			if !strings.Contains(text, why) {
				t.Errorf("%s: no sheet says %q", lang, why)
			}
		}
	}
}

// rowsOf are the lines of a sheet in a listing.
func rowsOf(t *testing.T, workbook []byte, tab string) string {
	t.Helper()
	_, rows, found := strings.Cut("\n"+listing(t, workbook), "\n== "+tab+"\n")
	if !found {
		t.Fatalf("there is no sheet %s", tab)
	}
	rows, _, _ = strings.Cut(rows, "\n== ")
	return rows
}

func wantLines(t *testing.T, rows string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(rows, line) {
			t.Errorf("no %s in\n%s", line, rows)
		}
	}
}

func TestR_APP_1_TheMembershipWorkbookShowsEachCallWithItsDeadlinesAndExtensions(t *testing.T) {
	wantLines(t, rowsOf(t, membershipOf(t, network(t), locale.EN), "Calls"),
		`["2025 call for membership","2025-06-15","2025-07-15","Europe/Berlin",3,"closed",8,4,1,"Call for membership applications 2025 (15 May 2025)"]`,
		`["2025 call for membership","of cities","Norway","2025-06-20","2025-06-02","storm damage"]`)
	for at, state := range map[string]string{
		"2025-06-15T21:59:59Z": "open for cities", "2025-06-15T22:00:00Z": "open for National Commissions", "2025-07-15T22:00:00Z": "closed",
	} {
		in := input(shelf{}, locale.EN)
		in.At, _ = time.Parse(time.RFC3339, at)
		var out bytes.Buffer
		if err := exports.Membership(t.Context(), &out, in); err != nil {
			t.Fatal(err)
		}
		wantLines(t, rowsOf(t, out.Bytes(), "Calls"), `3,"`+state+`",0,0,0`, "No deadline has been extended.")
	}
}

// What no sheet brought is shown beside what sheets brought.
func TestApplicationsAreShownInEveryStateTheyCanBeIn(t *testing.T) {
	wantLines(t, rowsOf(t, membershipOf(t, network(t), locale.EN), "Applications"),
		`["Norway","Bergen",null,"Draft"]`, `["Norway","Oslo",null,"Withdrawn"]`, `["France","Rennes","2025-06-03","Submitted","2025-07-01",null,1]`,
		`["France","Tours","2025-06-04","Waiting for endorsement"]`)
}

func TestR_CLU_3_TheMembershipWorkbookShowsWhoCoordinatesAndWhichSeatIsVacant(t *testing.T) {
	workbook := membershipOf(t, network(t), locale.EN)
	wantLines(t, rowsOf(t, workbook, "Coordinators"),
		`["1. Education for Sustainable Development","Brest","France","Europe and North America","2023-10-01","2025-09-30","coordinates",80,"2023-09-20","2023-10-01"]`,
		`["7. Literacy","Dakar","Senegal","Africa","2023-10-01","2024-12-31","term has ended",100,`, `["7. Literacy",null,null,null,null,null,"vacant"]`)
	wantLines(t, rowsOf(t, workbook, "Clusters"), `"Cairo (Egypt)\nBrest (France)"`, `["Vacant seats",12]`)
	wantLines(t, rowsOf(t, workbook, "Candidates"), `["1. Education for Sustainable Development",1,"Lausanne",`,
		`["1. Education for Sustainable Development",2,"Brest","France","Europe and North America",80,"2023-09-01","2023-10-01"]`,
		`["5. Entrepreneurship",null,"'s-Hertogenbosch",`) // it had its one term (R-CLU-4)
}

func TestR_QUE_2_TheMembershipWorkbookShowsOffersAndGaps(t *testing.T) {
	workbook := membershipOf(t, network(t), locale.EN)
	rows := rowsOf(t, workbook, "Offers by activity")
	wantLines(t, rows, `"1. Experts’ meeting",2,"Brest (France), Lausanne (Switzerland)",null,"offered"]`,
		`"2. Learning and exchange",0,null,"Brest, 2024-06-04, confirmed","host is planned"]`, `"not asked in the questionnaire"]`, `"no offer yet"]`)
	wantLines(t, rowsOf(t, workbook, "Offers and gaps"), `["1. Education for Sustainable Development",4,3,2,2,1,1,4,0]`,
		`["6. Health and well-being",1,1,1,0,1,0,2,1]`, `["Brest","France",null,"EUR 10,000 a year"]`, `["Dakar","Senegal",null,"Interpreters for French and Wolof"]`)
}

func TestTheSameRecordsGiveTheSameBytes(t *testing.T) {
	for _, lang := range locale.Langs {
		for _, kind := range request.Kinds() {
			if !bytes.Equal(written(t, kind, network(t), lang), written(t, kind, network(t), lang)) {
				t.Errorf("%s: two %s workbooks differ", lang, kind)
			}
		}
	}
}

// The hour of making is in no byte: only the day that is shown counts.
func TestTheTimeOfDayLeavesNoTrace(t *testing.T) {
	var morning, evening bytes.Buffer
	in := input(network(t), locale.EN)
	if err := exports.Budget(t.Context(), &morning, in); err != nil {
		t.Fatal(err)
	}
	in.At = in.At.Add(5 * time.Hour)
	if err := exports.Budget(t.Context(), &evening, in); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(morning.Bytes(), evening.Bytes()) {
		t.Error("five hours later the workbook is another")
	}
}

func TestAnEmptyNetworkHasWorkbooksToo(t *testing.T) {
	for _, lang := range locale.Langs {
		for _, kind := range request.Kinds() {
			if written(t, kind, shelf{}, lang) == nil {
				t.Errorf("no workbook %s", kind)
			}
		}
	}
}

func TestAnUnknownTermOrCallIsRefused(t *testing.T) {
	in := input(shelf{}, locale.EN)
	in.Term = "2019-2022"
	wantRefusal(t, exports.Budget(t.Context(), io.Discard, in), "TERM_UNKNOWN", "2019-2021")
	in = input(shelf{}, locale.EN)
	in.Call = "2052"
	wantRefusal(t, exports.Membership(t.Context(), io.Discard, in), "CALL_UNKNOWN", "2025")
}

func wantRefusal(t *testing.T, err error, code problem.Code, suggestion string) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != code || p.Suggestion != suggestion || p.Params["known"].IsZero() {
		t.Errorf("got %v, want %s with %s suggested", err, code, suggestion)
	}
}

func TestTheTermOfTheDayIsTakenWhereNoneIsAsked(t *testing.T) {
	in := input(shelf{}, locale.EN)
	in.Term = ""
	var out bytes.Buffer
	if err := exports.Budget(t.Context(), &out, in); err != nil {
		t.Fatal(err)
	}
	if text := listing(t, out.Bytes()); !strings.Contains(text, "Term 2023–2025") {
		t.Errorf("on %s the term is none of %s", in.At, text[:300])
	}
}

// busy is a store whose records another import holds.
type busy struct{}

func (busy) Snapshot(context.Context, []string, func(records.Reader) error) error {
	return &records.BusyError{Type: "member", Import: "imp-1"}
}

func TestABusyStoreIsSaidSo(t *testing.T) {
	in := input(nil, locale.EN)
	in.Records = busy{}
	var held *records.BusyError
	if err := exports.Budget(t.Context(), io.Discard, in); !errors.As(err, &held) || held.Import != "imp-1" {
		t.Errorf("got %v", err)
	}
}

// Text of senders is text, whatever it looks like; nothing leads out of the workbook.
func TestWhatLooksLikeAFormulaStaysText(t *testing.T) {
	workbook := budgetOf(t, network(t), locale.EN)
	rows, err := open(t, workbook).Rows(t.Context(), "1. Education for Sustainable…")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := false
	for rows.Next() {
		for _, c := range rows.Row().Cells {
			if strings.HasPrefix(c.Text, "=HYPERLINK") {
				found = true
				if c.Formula || c.Kind != sheet.KindText || !c.Style.QuotePrefix {
					t.Errorf("%+v", c)
				}
			}
		}
	}
	if !found {
		t.Error("the offer is missing")
	}
	if strings.Contains(parts(t, workbook), `TargetMode="External"`) {
		t.Error("the workbook refers to something outside")
	}
}

func parts(t *testing.T, workbook []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range archive.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return all.String()
}

// The survey is the one that had opened last on the workbook's day, or in the term that was asked for.
func TestTheSurveyIsThatOfTheDayOrTerm(t *testing.T) {
	edition := *programme.Current()
	later := edition.LatestSurvey()
	later.ID, later.Opens, later.Closes = "2024", day("2024-05-01"), day("2024-06-30")
	edition.Surveys = append(edition.Surveys[:len(edition.Surveys):len(edition.Surveys)], later)
	for _, c := range []struct{ term, at, want string }{
		{"", "2025-01-01T12:00:00Z", "Survey of 2024"}, {"", "2024-04-01T12:00:00Z", "Survey of 2019"},
		{"2019-2021", "2025-01-01T12:00:00Z", "Survey of 2019"}, {"2023-2025", "2024-04-01T12:00:00Z", "Survey of 2019"},
		{"2023-2025", "2026-01-01T12:00:00Z", "Survey of 2024"},
	} {
		in := input(shelf{}, locale.EN)
		in.Programme, in.Term = &edition, c.term
		in.At, _ = time.Parse(time.RFC3339, c.at)
		var out bytes.Buffer
		if err := exports.Survey(t.Context(), &out, in); err != nil {
			t.Fatal(err)
		}
		if text := listing(t, out.Bytes()); !strings.Contains(text, c.want) {
			t.Errorf("of term %q at %s: no %s", c.term, c.at, c.want)
		}
	}
}

func TestBeforeTheFirstAnswerNothingDiffersFromWhatIsPrinted(t *testing.T) {
	wantLines(t, rowsOf(t, surveyOf(t, shelf{}, locale.EN), "Result"), `["Cities",null,0,null,101]`, `"1. Education for Sustainable Development",0,0,60]`)
}
