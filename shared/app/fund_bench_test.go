package app_test

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/records"
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

// bankLines writes deposits of a thousand donors in the order of their days, a fifth of them in another currency and a tenth earmarked. Their
// references are numbered from a first one on.
func bankLines(t testing.TB, deposits, first int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "bank.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(file, strings.Join(append(contributionTitles, "Earmarked for"), ","))
	for i := range deposits {
		cells := append(contributionCells(first+i), "")
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
		t.Fatal(err)
	}
	return path
}

// fundStages are what is done to the fund, one after the other over one data folder.
var fundStages = []struct {
	name string
	do   func(ctx context.Context, a *app.App) error
}{
	{"import", importFund},
	{"more", importFund},
	{"spend", spendFund},
	{"close", closeFund},
	{"refund", refundFund},
	{"statements", func(ctx context.Context, a *app.App) error { return stateFund(ctx, a, 1<<30) }},
	{"lists", func(ctx context.Context, a *app.App) error { return stateFund(ctx, a, 100) }},
	{"verify", func(ctx context.Context, a *app.App) error {
		_, err := a.Registry.VerifyFund(ctx)
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
	var in statement.Input
	err := a.Records.Snapshot(ctx, donors.Types(), func(from records.Reader) (err error) {
		in, err = donors.Read(ctx, from, donors.Source{Programme: a.Programme, Reference: a.Reference, At: a.Clock()})
		return err
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
	if len(donors) != fundDonors {
		return fmt.Errorf("%d donors have figures", len(donors))
	}
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
			if (len(s.Contributions) > 0) != (listed < fundDonors) {
				return fmt.Errorf("%s has %d contributions listed", donor, len(s.Contributions))
			}
		}
	}
	return nil
}

// told is what a stage took.
type told struct {
	millis        int64
	processors    time.Duration
	own, resident int64 // bytes
}

func fundStageOf(t testing.TB, program, stage, folder, file string) told {
	t.Helper()
	child := exec.Command(program)
	child.Env = append(os.Environ(), fundStage+"="+stage, largeFolder+"="+folder, largeFile+"="+file)
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		t.Fatalf("%s: %v", stage, err)
	}
	var told told
	if _, err := fmt.Sscan(string(out), &told.millis, &told.own, &told.resident); err != nil {
		t.Fatalf("%s: %q: %v", stage, out, err)
	}
	told.processors = child.ProcessState.UserTime() + child.ProcessState.SystemTime()
	return told
}

// What statements and verifying hold is by donors, whatever the number of entries.
func TestTheMemoryOfStatementsAndVerifyingDoesNotGrowWithTheLedger(t *testing.T) {
	program, own := plainProgram(t), map[string][]int64{}
	for _, deposits := range []int{2_000, 20_000} {
		folder := t.TempDir()
		fundStageOf(t, program, "import", folder, bankLines(t, deposits, 0))
		for _, stage := range []string{"statements", "verify"} {
			least := int64(math.MaxInt64)
			for range 3 { // the collector comes late where other work takes the processors, which is no growth
				least = min(least, fundStageOf(t, program, stage, folder, "").own)
			}
			own[stage] = append(own[stage], least)
		}
	}
	for stage, most := range own {
		if most[1] > most[0]+12<<20 {
			t.Errorf("%s took %d MiB, and %d MiB with ten times as many deposits", stage, most[0]>>20, most[1]>>20)
		}
	}
}

// BenchmarkFund prints what the stages take, by the clock and of processors, and in memory: deposits of 1,000 donors imported into the
// embedded store and 10,000 more after them, a thousand expenditures posted one by one, the closing of the books, a refund after it, the
// statements of all donors without and with lists of their contributions, and the verifying of everything.
func BenchmarkFund(b *testing.B) {
	program := plainProgram(b)
	for _, deposits := range []int{10_000, large} {
		files := map[string]string{"import": bankLines(b, deposits, 0), "more": bankLines(b, 10_000, large)}
		b.Run(fmt.Sprintf("deposits=%d", deposits), func(b *testing.B) {
			for b.Loop() {
				folder := b.TempDir()
				for _, stage := range fundStages {
					told := fundStageOf(b, program, stage.name, folder, files[stage.name])
					b.ReportMetric(float64(told.millis), stage.name+"-ms")
					b.ReportMetric(float64(told.processors.Milliseconds()), stage.name+"-ms/processors")
					b.ReportMetric(float64(told.own)/(1<<20), stage.name+"-MiB")
					b.ReportMetric(float64(told.resident)/(1<<20), stage.name+"-MiB/resident")
				}
			}
		})
	}
}
