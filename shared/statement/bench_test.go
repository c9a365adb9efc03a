package statement_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

// large gives the entries of a fund of 1,000 donors over four years, in the order of their days: so many deposits, a fifth of them earmarked,
// and after every hundredth an allocation and an expenditure in three countries.
func large(deposits int) func(yield func(ledger.Entry, error) bool) {
	who := trust.Who{At: at, Source: ledger.Source{Import: "i", Person: "p"}}
	start := day("2021-10-01")
	return func(yield func(ledger.Entry, error) bool) {
		n := 0
		give := func(e trust.Event) bool {
			n++
			who.ID = fmt.Sprintf("e%09d", n)
			return yield(e.Entry(who), nil)
		}
		for i := range deposits {
			on := start.AddDays(i * 1460 / deposits)
			amount := money.Amount{Minor: int64(10_000 + i%977*137), Currency: "USD"}
			deposit := trust.Event{Kind: trust.Deposit, Date: on, Amount: amount, Donor: fmt.Sprintf("d%04d", i*7919%1000)}
			if i%5 == 0 {
				deposit.Earmark = activities[i/5%3]
			}
			if !give(deposit) {
				return
			}
			if i%100 != 99 {
				continue
			}
			activity := activities[i/100%3]
			amount.Minor = 1_000_000
			if !give(trust.Event{Kind: trust.Allocation, Date: on, Amount: amount, Activity: activity}) ||
				!give(trust.Event{
					Kind: trust.Expenditure, Date: on, Amount: amount, Activity: activity, Category: "travel",
					Beneficiary: []string{places[i/100%6], places[i/700%6], "KE"},
				}) {
				return
			}
		}
	}
}

// Statements of all donors come from one pass over the entries.
func BenchmarkStatementsOfAThousandDonors(b *testing.B) {
	for _, deposits := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("deposits=%d", deposits), func(b *testing.B) {
			period, _ := statement.OfTerm(programme.Current(), "2023-2025")
			for range b.N {
				in := statement.Input{Programme: programme.Current(), Reference: reference.Load(), Entries: large(deposits)}
				f, err := statement.Compute(in, period, "d0001")
				if err != nil {
					b.Fatal(err)
				}
				for _, donor := range f.Donors {
					if _, err := f.Statement(statement.Order{Donor: donor.Donor}); err != nil {
						b.Fatal(err)
					}
				}
				runtime.GC()
				var memory runtime.MemStats
				runtime.ReadMemStats(&memory)
				b.ReportMetric(float64(memory.HeapAlloc)/(1<<20), "MiB-kept")
				runtime.KeepAlive(f)
			}
			b.ReportMetric(float64(deposits)*float64(b.N)/b.Elapsed().Seconds(), "deposits/s")
		})
	}
}
