package audit_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// What noting adds to a request: one at a time, and of fifty people at once, whose writes the embedded engine puts into one.
func BenchmarkNote(b *testing.B) {
	note := func(b *testing.B, trail *audit.Trail) {
		e := audit.Event{Person: "anna", Role: access.Secretariat, Action: access.ApplicationRead, Object: "2025/FR#brest", Outcome: audit.Allowed}
		if err := trail.Note(b.Context(), e); err != nil {
			b.Fatal(err)
		}
	}
	clock := identity.System()
	for name, over := range map[string]table.Table{"memory": memory.New(table.Config{}), "bolt": synced(b)} {
		trail := audit.New(audit.Config{Table: over, Clock: clock, IDs: identity.NewIDs(clock, nil)})
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				note(b, trail)
			}
		})
		b.Run(name+", fifty at once", func(b *testing.B) {
			b.SetParallelism(25)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					note(b, trail)
				}
			})
		})
	}
}

// What a verification of 10,000 entries takes, after they were sealed.
func BenchmarkSealAndVerify(b *testing.B) {
	const length = 10_000
	clock := identity.System()
	trail := audit.New(audit.Config{Table: synced(b), Clock: clock, IDs: identity.NewIDs(clock, nil)})
	began := time.Now()
	for range length {
		if err := trail.Note(b.Context(), audit.Event{Person: "anna", Action: access.CallExtend, Outcome: audit.Allowed}); err != nil {
			b.Fatal(err)
		}
	}
	noted := time.Now()
	if _, err := trail.Seal(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(noted.Sub(began).Seconds()*1e6/length, "µs/note")
	b.ReportMetric(time.Since(noted).Seconds()*1e6/length, "µs/sealed")
	for b.Loop() {
		if _, err := trail.Verify(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func synced(b *testing.B) table.Table {
	over, err := bolt.Open(filepath.Join(b.TempDir(), "table.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = over.Close() })
	return over
}
