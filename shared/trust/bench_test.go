package trust_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/trust"
)

// fund gives the entries of a fund of 1,000 donors over ten years, in the order of their days: so many deposits, a fifth of them earmarked,
// and after every hundredth an allocation and an expenditure.
func fund(deposits int) func(yield func(ledger.Entry, error) bool) {
	who := trust.Who{At: at, Source: ledger.Source{Import: "i", Person: "p"}}
	start := civil.Date{Year: 2020, Month: 1, Day: 1}
	activities := []string{"fund/1.1", "fund/1.2", "fund/2.1"}
	return func(yield func(ledger.Entry, error) bool) {
		n := 0
		give := func(e trust.Event) bool {
			n++
			who.ID = fmt.Sprintf("e%09d", n)
			return yield(e.Entry(who), nil)
		}
		for i := range deposits {
			day := start.AddDays(i * 3650 / deposits)
			amount := money.Amount{Minor: int64(10_000 + i%977*137), Currency: "USD"}
			deposit := trust.Event{Kind: trust.Deposit, Date: day, Amount: amount, Donor: fmt.Sprintf("d%04d", i*7919%1000)}
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
			if !give(trust.Event{Kind: trust.Allocation, Date: day, Amount: amount, Activity: activity}) ||
				!give(trust.Event{Kind: trust.Expenditure, Date: day, Amount: amount, Activity: activity}) {
				return
			}
		}
	}
}

// The statements of all donors come from one pass over the entries and Shares.
func BenchmarkSharesOfAThousandDonors(b *testing.B) {
	for _, deposits := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("deposits=%d", deposits), func(b *testing.B) {
			for range b.N {
				book, err := trust.Attribute(fund(deposits), civil.Date{Year: 2031, Month: 1, Day: 1}, areaOf)
				if err != nil {
					b.Fatal(err)
				}
				if shares := book.Shares(); len(shares) != 1000 {
					b.Fatal(len(shares))
				}
				runtime.GC()
				var memory runtime.MemStats
				runtime.ReadMemStats(&memory)
				b.ReportMetric(float64(memory.HeapAlloc)/(1<<20), "MiB-kept")
				runtime.KeepAlive(book)
			}
			b.ReportMetric(float64(deposits)*float64(b.N)/b.Elapsed().Seconds(), "deposits/s")
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, deposits := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("deposits=%d", deposits), func(b *testing.B) {
			entries := 0
			for range b.N {
				var v ledger.Verifier
				var rolling ledger.Rolling
				entries = 0
				for e := range fund(deposits) {
					if err := v.Entry(e); err != nil {
						b.Fatal(err)
					}
					if err := rolling.Add(e); err != nil {
						b.Fatal(err)
					}
					entries++
				}
				if err := v.Link(ledger.Link{}.Next("batch", rolling)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(entries)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}
