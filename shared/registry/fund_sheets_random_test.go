package registry_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/trust"
)

// office sends sheets by chance, and undoes them, while treasurers keep the books; every now and then it is stopped in the middle.
type office struct {
	*treasurers
	folder   string
	imported []string
	byHand   int64 // deposits that stand, in minor units
	stopped  int
	takes    bool // treasurers take back what came by sheets, which their records don't say
}

// through does something that may be stopped at any write, and then what is left of it.
func (o *office) through(do func(*imports.Service) error) {
	o.t.Helper()
	sound := o.importsOver(o.table, o.folder)
	plan := faulty.Plan{}
	if o.r.IntN(2) == 0 {
		plan = faulty.Plan{Fail: 1 + o.r.IntN(60), Halt: o.r.IntN(2) == 0, Effect: o.r.IntN(2) == 0}
	}
	err := do(o.importsOver(faulty.New(o.table, plan), o.folder))
	if errors.Is(err, table.ErrUnavailable) {
		o.stopped++
		if _, err := sound.Recover(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
		err = nil
	}
	if err != nil && problemOf(err) == nil {
		o.t.Fatal(err)
	}
}

func (o *office) send(kind, titles string, lines []string) {
	o.t.Helper()
	sheet := titles + strings.Join(lines, "")
	o.through(func(service *imports.Service) error {
		up := imports.Upload{Name: kind + ".csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
		report, _, err := service.Import(o.t.Context(), up, imports.Options{Kind: kind, Person: "clara"}, intake.Valid, "")
		if report != nil {
			o.imported = append(o.imported, report.Import)
			for _, p := range report.Problems {
				if p.Severity == problem.Error && !strings.Contains("PERIOD_LOCKED FUND_UNALLOCATED_EXCEEDED FUND_ALLOCATION_EXCEEDED", string(p.Code)) {
					o.t.Fatalf("%s: %+v\n%s", kind, p, sheet)
				}
			}
		}
		return err
	})
}

func (o *office) act(ctx context.Context, n int, today civil.Date) {
	o.t.Helper()
	day := func() civil.Date { return today.AddDays(-o.r.IntN(45)) }
	activity := func() string { return []string{"fund/1.1", "fund/1.2", "fund/2.1"}[o.r.IntN(3)] }
	amount := func(most int) string { return fmt.Sprintf("%d.%02d", 1+o.r.IntN(most), o.r.IntN(100)) }
	switch o.r.IntN(8) {
	case 0, 1, 2:
		var lines []string
		for _, place := range o.r.Perm(9)[:1+o.r.IntN(5)] {
			donor, earmark, remark := []string{"Atlas", "Borea", "Cora"}[o.r.IntN(3)], []string{"", activity()}[o.r.IntN(2)], []string{"", "by mail"}[o.r.IntN(2)]
			lines = append(lines, fmt.Sprintf("%s;Foundation;;;%s;USD;%s;A-%d;%s;;;;%s\n", donor, amount(900), day(), place, earmark, remark))
		}
		o.send("contributions", contributionsHeader, lines)
	case 3, 4:
		var lines []string
		for _, place := range o.r.Perm(9)[:1+o.r.IntN(5)] {
			lines = append(lines, fmt.Sprintf("%s;%s;%s;USD;Travel;Somebody;P%d;V-%d\n", day(), activity(), amount(200), place, place))
		}
		o.send("expenditures", "Date paid;Activity;Amount;Currency;Category;Payee;Payee number;Voucher\n", lines)
	case 5:
		if len(o.imported) > 0 {
			id, mode := o.imported[len(o.imported)-1-o.r.IntN(min(len(o.imported), 4))], []intake.Mode{intake.All, intake.Valid}[o.r.IntN(2)]
			o.through(func(service *imports.Service) error {
				_, err := service.Undo(ctx, imports.UndoOrder{Import: id, Person: "dora", Mode: mode})
				return err
			})
		}
	case 6:
		if all := o.world.entries(); o.takes && len(all) > 0 {
			e := all[o.r.IntN(len(all))]
			o.try(func(w *world) (string, error) {
				return w.registry.Reverse(ctx, from("anna", n), e.ID, []civil.Date{e.Date, today}[o.r.IntN(2)], "typo")
			})
			break
		}
		fallthrough
	default:
		e := trust.Event{Kind: trust.Allocation, Activity: activity(), Date: day(), Amount: money.Amount{Currency: "USD", Minor: 1 + o.r.Int64N(max(o.fund(trust.Unallocated), 1))}}
		if o.r.IntN(4) == 0 {
			e = deposit("d1", 1+o.r.Int64N(9000), e.Date)
		}
		before := len(o.treasurers.entries)
		if o.post(ctx, n, e); len(o.treasurers.entries) > before && e.Kind == trust.Deposit {
			o.byHand += e.Amount.Minor
		}
	}
}

// stored sums what the records of a type say.
func stored[T any](o *office, typ string, worth func(T) int64) (sum int64) {
	o.t.Helper()
	for _, year := range []string{"2024", "2025"} {
		err := o.reader.Scan(o.t.Context(), typ, year, "", func(r records.Record) error {
			var body T
			err := records.Decode(r.Body, &body)
			sum += worth(body)
			return err
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
	return sum
}

// Whatever sheets come, are changed, undone and stopped, the books have what the records say, and verify.
func TestTheBooksHaveWhatTheRecordsSayWhateverSheetsCome(t *testing.T) {
	for seed := range uint64(2) {
		o := &office{treasurers: &treasurers{world: newWorld(t), r: rand.New(rand.NewPCG(seed, 77))}, folder: t.TempDir(), takes: seed%2 == 1}
		today := civil.Date{Year: 2024, Month: 11, Day: 20}
		o.at(today.String() + " 12:00:00")
		pledges := "Agreement reference;Donor;Type of donor;Country;Amount pledged;Currency;Signed on;Support costs (%)\n" +
			"ATL-1;Atlas;Foundation;;1000;USD;2024-01-01;7.5\n"
		if _, codes := o.world.send(o.imports(), "pledges", pledges); codes != "" {
			t.Fatal(codes)
		}
		n := 0
		for range 6 {
			o.at(today.String() + " 12:00:00")
			for range 14 {
				n++
				o.act(t.Context(), n, today)
				if o.takes {
					o.verifiedSums()
					continue
				}
				given := stored(o, fund.RecordType, func(c fund.Contribution) int64 { return c.Amount.Minor })
				if got := o.fund(trust.Contributions); got != given+o.byHand {
					t.Fatalf("seed %d, act %d: the books received %d, the records %d", seed, n, got, given+o.byHand)
				}
				spent := stored(o, fund.ExpenditureType, func(e fund.Expenditure) int64 { return e.Amount.Minor })
				if got := o.fund(trust.SpentOn("fund/1.1")) + o.fund(trust.SpentOn("fund/1.2")) + o.fund(trust.SpentOn("fund/2.1")); got != spent {
					t.Fatalf("seed %d, act %d: the books spent %d, the records %d", seed, n, got, spent)
				}
			}
			n++
			o.close(t.Context(), n, today.AddDays(-20-o.r.IntN(10)))
			o.verifiedSums()
			today = today.AddMonths(1)
		}
		t.Logf("seed %d: %d entries, %d imports, %d stopped, %d closings", seed, o.verified().Total, len(o.imported), o.stopped, o.closings)
	}
}
