package app_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

// fundStage names the stage of the fund's benchmark that the program is started for, in a process whose memory is its own.
const fundStage = "GUILDHALL_TEST_FUND"

const (
	fundDonors = 1000
	fundDays   = 700 // from fundBegin on
)

var (
	fundBegin = civil.Date{Year: 2025, Month: 1, Day: 1}
	fundNow   = time.Date(2027, 1, 15, 9, 30, 0, 0, time.UTC)
	// Statements are of the second year, beside the first.
	fundYear = statement.Period{From: civil.Date{Year: 2026, Month: 1, Day: 1}, To: civil.Date{Year: 2026, Month: 12, Day: 31}}
)

// bankLines writes deposits of a thousand donors in the order of their days, a fifth of them in another currency and a tenth earmarked.
func bankLines(b *testing.B, path string, deposits int) {
	b.Helper()
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	fmt.Fprintln(file, strings.Join(append(contributionTitles, "Earmarked for"), ","))
	for i := range deposits {
		cells := append(contributionCells(i), "")
		day := fundBegin.AddDays(i * fundDays / deposits).String()
		cells[0], cells[4] = fmt.Sprint("Company ", i*7919%fundDonors), day
		if cells[7] != "" {
			cells[7] = day
		}
		if i%10 == 0 {
			cells[10] = "fund/1.1"
		}
		fmt.Fprintln(file, strings.Join(cells, ","))
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}

// fundStages are what is done to the fund, one after the other over one data folder.
var fundStages = []struct {
	name string
	do   func(ctx context.Context, a *app.App) error
}{
	{"import", importFund},
	{"spend", spendFund},
	{"close", closeFund},
	{"refund", refundFund},
	{"statements", func(ctx context.Context, a *app.App) error { return stateFund(ctx, a, 1<<30) }},
	{"lists", func(ctx context.Context, a *app.App) error { return stateFund(ctx, a, 100) }},
	{"verify", func(ctx context.Context, a *app.App) error {
		head, err := a.Registry.VerifyFund(ctx)
		fmt.Fprintln(os.Stderr, head.Total, "entries")
		return err
	}},
}

// doFundStage does a stage and prints how long it took, in milliseconds, the most memory that the process asked for, and the most that was
// resident, with the pages of the store's file.
func doFundStage(name, folder string) error {
	ctx := context.Background()
	a, err := app.OpenEmbedded(ctx, folder, app.Options{Clock: identity.Fixed(fundNow)})
	if err != nil {
		return err
	}
	defer a.Close()
	for _, stage := range fundStages {
		if stage.name == name {
			start := time.Now()
			err = stage.do(ctx, a)
			fmt.Println(time.Since(start).Milliseconds(), peak(), resident())
		}
	}
	return err
}

// resident is the most memory that this process had resident, in bytes; 0 where the system doesn't tell.
func resident() int64 {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var kilobytes int64
		if n, _ := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kilobytes); n == 1 {
			return kilobytes << 10
		}
	}
	return 0
}

func importFund(ctx context.Context, a *app.App) error {
	file, err := os.Open(os.Getenv(largeFile))
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	report, err := a.Imports.Check(ctx, imports.Upload{Name: info.Name(), Source: file, Size: info.Size()}, imports.Options{Kind: "contributions"})
	if err != nil {
		return err
	}
	if !report.Clean() {
		return fmt.Errorf("%v", report.Problems[0])
	}
	_, err = a.Imports.Commit(ctx, imports.Order{Import: report.Import, Plan: report.Plan})
	return err
}

// spendFund sets money aside each month and spends it, a thousand times in all.
func spendFund(ctx context.Context, a *app.App) error {
	activities := []string{"fund/1.1", "fund/1.2", "fund/2.1"}
	for n := range 1000 {
		e := trust.Event{
			Kind: trust.Expenditure, Amount: money.Amount{Minor: 10_000, Currency: "USD"}, Activity: activities[n%3], Category: "travel",
			Date: fundBegin.AddDays(20 + n*(fundDays-20)/1000), Beneficiary: []string{"SN"},
		}
		if n%100 < 3 {
			set := e
			set.Kind, set.Category, set.Beneficiary, set.Amount.Minor = trust.Allocation, "", nil, 1_000_000
			if err := decide(ctx, a, func(o registry.Origin) (string, error) {
				return a.Registry.ProposeEvent(ctx, o, set, "as the committee decided")
			}); err != nil {
				return err
			}
		}
		if _, err := a.Registry.Post(ctx, registry.Origin{Person: "anna"}, e, ""); err != nil {
			return err
		}
	}
	return nil
}

func decide(ctx context.Context, a *app.App, propose func(registry.Origin) (string, error)) error {
	proposal, err := propose(registry.Origin{Person: "anna"})
	if err == nil {
		_, err = a.Registry.Approve(ctx, registry.Origin{Person: "bruno"}, proposal)
	}
	return err
}

// closeFund closes the books up to a month before the last entries.
func closeFund(ctx context.Context, a *app.App) error {
	to := fundBegin.AddDays(fundDays - 31)
	return decide(ctx, a, func(o registry.Origin) (string, error) {
		return a.Registry.ProposeClosing(ctx, o, to, "month's end")
	})
}

func refundFund(ctx context.Context, a *app.App) error {
	event := trust.Event{
		Kind: trust.Refund, Amount: money.Amount{Minor: 100, Currency: "USD"}, Date: fundBegin.AddDays(fundDays),
		Donor: fund.Contribution{DonorType: fund.Company, Donor: "Company 1"}.DonorID(),
	}
	return decide(ctx, a, func(o registry.Origin) (string, error) { return a.Registry.ProposeEvent(ctx, o, event, "asked for") })
}

// stateFund makes the statements of all donors, their contributions listed for so many donors in one pass; for more than there are, none.
func stateFund(ctx context.Context, a *app.App, listed int) error {
	in, err := exports.ReadStatements(ctx, exports.Input{
		Records: a.Records, Programme: a.Programme, Reference: a.Reference, Lang: locale.EN, At: a.Clock(),
	})
	if err != nil {
		return err
	}
	all, err := statement.Compute(in, fundYear)
	if err != nil {
		return err
	}
	donors := make([]string, len(all.Donors))
	for i, donor := range all.Donors {
		donors[i] = donor.Donor
	}
	listings := 0
	for len(donors) > 0 {
		some := donors[:min(listed, len(donors))]
		donors = donors[len(some):]
		if listed < fundDonors {
			if all, err = statement.Compute(in, fundYear, some...); err != nil {
				return err
			}
		}
		for _, donor := range some {
			s, err := all.Statement(statement.Order{Donor: donor})
			if err != nil {
				return err
			}
			listings += len(s.Contributions)
		}
	}
	fmt.Fprintln(os.Stderr, len(all.Donors), "donors,", listings, "contributions listed")
	return nil
}

// BenchmarkFund prints what the stages take, by the clock and of processors: deposits of 1,000 donors imported into the embedded store, a thousand expenditures posted one
// by one, the closing of the books, a refund after it, the statements of all donors without and with lists of their contributions, and the
// verifying of everything.
func BenchmarkFund(b *testing.B) {
	program := plainProgram(b)
	for _, deposits := range []int{10_000, large} {
		path := filepath.Join(b.TempDir(), "bank.csv")
		bankLines(b, path, deposits)
		b.Run(fmt.Sprintf("deposits=%d", deposits), func(b *testing.B) {
			for b.Loop() {
				folder := b.TempDir()
				for _, stage := range fundStages {
					child := exec.Command(program)
					child.Env = append(os.Environ(), fundStage+"="+stage.name, largeFolder+"="+folder, largeFile+"="+path)
					child.Stderr = os.Stderr
					out, err := child.Output()
					if err != nil {
						b.Fatalf("%s: %v", stage.name, err)
					}
					var millis, own, all int64
					if _, err := fmt.Sscan(string(out), &millis, &own, &all); err != nil {
						b.Fatalf("%s: %q: %v", stage.name, out, err)
					}
					state := child.ProcessState
					b.ReportMetric(float64(millis), stage.name+"-ms")
					b.ReportMetric(float64((state.UserTime()+state.SystemTime()).Milliseconds()), stage.name+"-ms/processor")
					b.ReportMetric(float64(own)/(1<<20), stage.name+"-MiB")
					b.ReportMetric(float64(all)/(1<<20), stage.name+"-MiB/resident")
				}
			}
		})
	}
}
