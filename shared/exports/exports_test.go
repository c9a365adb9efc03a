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
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
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
	if got := figure(t, workbook, "Fonds", "E16"); got != 1_000_000 {
		t.Errorf("still to be raised with nothing received: %v", got)
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

func TestTheSameRecordsGiveTheSameBytes(t *testing.T) {
	for _, lang := range locale.Langs {
		if !bytes.Equal(budgetOf(t, network(t), lang), budgetOf(t, network(t), lang)) {
			t.Errorf("%s: two budget workbooks differ", lang)
		}
		if !bytes.Equal(membershipOf(t, network(t), lang), membershipOf(t, network(t), lang)) {
			t.Errorf("%s: two membership workbooks differ", lang)
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
		if budgetOf(t, shelf{}, lang) == nil || membershipOf(t, shelf{}, lang) == nil {
			t.Error("no workbook")
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
