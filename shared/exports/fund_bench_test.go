package exports_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/trust"
)

// longBooks are books of so many deposits of a dollar by 1,000 donors, made while they are read. live is the most that was on the heap then.
type longBooks struct {
	deposits int
	live     *uint64
}

func (b longBooks) Snapshot(_ context.Context, _ []string, read func(records.Reader) error) error {
	return read(b)
}

func (b longBooks) GetEach(context.Context, []records.Ref) ([]records.Record, error) { return nil, nil }

func (b longBooks) Get(_ context.Context, ref records.Ref) (records.Record, error) {
	if ref.Type != "fund_head" {
		return records.Record{}, records.ErrNotFound
	}
	sum := int64(b.deposits) * 100
	body, err := records.Encode(map[string]any{
		"link": ledger.Link{Number: 1, Entries: b.deposits, Batch: "b"}, "total": b.deposits, "first": 2024, "last": 2024,
		"balances": ledger.Balances{trust.Cash: sum, trust.Unallocated: -sum, trust.Changes: sum, trust.Contributions: -sum},
	})
	return records.Record{Ref: ref, Version: 1, Body: body}, err
}

func (b longBooks) Scan(_ context.Context, typ, partition, _ string, fn func(records.Record) error) error {
	if typ != "fund_entry" || partition != "2024" {
		return nil
	}
	for i := range b.deposits {
		on := day("2024-01-01").AddDays(i * 360 / b.deposits)
		e := trust.Event{Kind: trust.Deposit, Amount: dollars(100), Date: on, ValueDate: on, Donor: fmt.Sprintf("company#%012x", i%1000)}
		entry := e.Entry(trust.Who{ID: fmt.Sprintf("%s#%012d#%07d", on, 1, i+1), At: time.Unix(0, 0), Source: ledger.Source{
			Import: "01jy9axgj09j6whq88rm9jhw4k", File: "3d51688804aa", Sheet: "Received", Cell: fmt.Sprintf("E%d", i+2), Value: "1.00", Person: "anna",
		}})
		body, err := records.Encode(entry)
		if err == nil {
			err = fn(records.Record{Ref: records.Ref{Type: typ, Partition: partition, ID: entry.ID}, Body: body})
		}
		if err != nil {
			return err
		}
		if i%(b.deposits/10) == 0 {
			runtime.GC()
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			*b.live = max(*b.live, memory.HeapAlloc)
		}
	}
	return nil
}

func BenchmarkFundWorkbook(b *testing.B) {
	for _, deposits := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(deposits, " deposits"), func(b *testing.B) {
			var live uint64
			for b.Loop() {
				if err := exports.Fund(b.Context(), io.Discard, input(longBooks{deposits, &live}, locale.EN)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(live)/(1<<20), "live-MiB")
		})
	}
}

// The journal is written as it is read: ten times the entries take no more than what tells the writer's rounds apart.
func TestTheMemoryOfTheFundWorkbookDoesNotGrowWithTheJournal(t *testing.T) {
	live := func(deposits int) float64 {
		var live uint64
		if err := exports.Fund(t.Context(), io.Discard, input(longBooks{deposits, &live}, locale.EN)); err != nil {
			t.Fatal(err)
		}
		return float64(live) / (1 << 20)
	}
	few, many := live(1_000), live(10_000)
	if many > few+3 {
		t.Errorf("%.1f MiB for 1,000 entries and %.1f MiB for 10,000", few, many)
	}
}
