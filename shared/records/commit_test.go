package records_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestAPutWritesFromItsBaseOnly(t *testing.T) {
	s, _ := newStore()
	ref := member("FR#brest")
	putAll(t, s, "imp1", put("imp1", ref, 0, "created"))
	putAll(t, s, "imp2", put("imp2", ref, 1, "updated"))
	equal(t, stateOf(t, s, ref), state{2, "imp2", "updated"})
	for _, base := range []int64{0, 1, 3} {
		conflict := errorAs[*records.ConflictError](t, putOne(s, "imp3", put("imp3", ref, base, "late")))
		equal(t, []any{conflict.Ref, conflict.Current.Version, conflict.Current.Provenance.Import}, []any{ref, int64(2), "imp2"})
	}
	conflict := errorAs[*records.ConflictError](t, putOne(s, "imp3", put("imp3", member("none"), 4, "of nothing")))
	equal(t, conflict.Current, (*records.Record)(nil))
	equal(t, stateOf(t, s, ref), state{2, "imp2", "updated"})
}

// A put that is tried again, or arrives late, finds one of these states.
func TestARepeatedPutIsHarmless(t *testing.T) {
	ref := member("FR#brest")
	for _, base := range []int64{0, 1} {
		s, _ := newStore()
		if base == 1 {
			putAll(t, s, "imp0", put("imp0", ref, 0, "created"))
		}
		ours := put("imp1", ref, base, "ours")
		for range 3 {
			putAll(t, s, "imp1", ours)
			equal(t, stateOf(t, s, ref), state{base + 1, "imp1", "ours"})
		}
		putAll(t, s, "imp2", put("imp2", ref, base+1, "later"))
		errorAs[*records.ConflictError](t, putOne(s, "imp1", ours))
		equal(t, stateOf(t, s, ref), state{base + 2, "imp2", "later"})
	}
}

func TestALatePutDoesNotUndoALaterOneOfItsOwnImport(t *testing.T) {
	s, _ := newStore()
	ref := member("FR#brest")
	first, second := put("imp1", ref, 0, "first"), put("imp1", ref, 1, "second")
	putAll(t, s, "imp1", first)
	putAll(t, s, "imp1", second)
	errorAs[*records.ConflictError](t, putOne(s, "imp1", first))
	equal(t, stateOf(t, s, ref), state{2, "imp1", "second"})
}

func TestEachPutOfManySucceedsOrFailsAlone(t *testing.T) {
	s, _ := newStore()
	putAll(t, s, "imp0", put("imp0", member("b"), 0, "there"), put("imp0", application("c"), 0, "", slot("slot-1", "c")))
	errs := s.PutEach(t.Context(), "imp1", []records.Put{
		put("imp1", member("a"), 0, "new"),
		put("imp1", member("b"), 0, "conflict"),
		put("imp1", application("d"), 0, "claimed", slot("slot-1", "d")),
		put("imp1", application("e"), 0, "claims", slot("slot-2", "e")),
		put("other", member("f"), 0, "of another import"),
		put("imp1", member("g"), 0, "new"),
	})
	if len(errs) != 6 || errs[0] != nil || errs[3] != nil || errs[5] != nil {
		t.Fatal(errs)
	}
	errorAs[*records.ConflictError](t, errs[1])
	claim := errorAs[*records.ClaimError](t, errs[2])
	equal(t, *claim, records.ClaimError{Claim: slot("slot-1", "d"), HeldBy: "c"})
	isErr(t, errs[4], records.ErrInvalid)
	equal(t, scan(t, s, "member", "", ""), []string{"a", "b", "g"})
	equal(t, scan(t, s, "application", "2025", ""), []string{"c", "e"})
}

func TestAClaimIsHeldByOneAndWrittenWithItsRecord(t *testing.T) {
	s, _ := newStore()
	ref := application("FR#brest")
	putAll(t, s, "imp1", put("imp1", ref, 0, "first", slot("slot-2", "FR#brest"), slot("slot-1", "FR#brest")))
	held := []records.Claim{slot("slot-1", "FR#brest"), slot("slot-2", "FR#brest")}
	got, err := records.Holders(t.Context(), s, "quota#2025#FR")
	must(t, err)
	equal(t, got, held)
	errorAs[*records.ClaimError](t, putOne(s, "imp2",
		put("imp2", application("FR#nanterre"), 0, "", slot("slot-3", "FR#nanterre"), slot("slot-1", "FR#nanterre"))))
	got, err = records.Holders(t.Context(), s, "quota#2025#FR")
	must(t, err)
	equal(t, got, held)
	equal(t, scan(t, s, "application", "2025", ""), []string{"FR#brest"})
	putAll(t, s, "imp3", put("imp3", ref, 1, "its holder may claim it again", slot("slot-1", "FR#brest")))
	equal(t, stateOf(t, s, ref).version, int64(2))
}

func TestALatePutWithAClaimIsHarmlessToo(t *testing.T) {
	s, tbl := newStore()
	ref := application("FR#brest")
	ours := put("imp1", ref, 0, "ours", slot("slot-1", "FR#brest"))
	for range 2 {
		putAll(t, s, "imp1", ours)
	}
	putAll(t, s, "imp2", put("imp2", ref, 1, "later"))
	freed := table.Key{Partition: "claim#quota#2025#FR", Sort: "slot-1"}
	must(t, tbl.Write(t.Context(), table.Write{Delete: freed}))
	errorAs[*records.ConflictError](t, putOne(s, "imp1", ours))
	_, err := tbl.Get(t.Context(), freed)
	isErr(t, err, table.ErrNotFound)
	putAll(t, s, "imp3", put("imp3", application("FR#nanterre"), 0, "", slot("slot-1", "FR#nanterre")))
	errorAs[*records.ConflictError](t, putOne(s, "imp1", ours)) // both conditions fail; that it came late outweighs
}

func TestIncompleteClaimsAndClaimsAsRecordsAreRefused(t *testing.T) {
	s, _ := newStore()
	for _, claim := range []records.Claim{{}, {Partition: "p", ID: "i"}, {Partition: "p", Holder: "h"}, {ID: "i", Holder: "h"}} {
		isErr(t, putOne(s, "imp1", put("imp1", member("x"), 0, "", claim)), records.ErrInvalid)
	}
	isErr(t, putOne(s, "imp1", put("imp1", records.Ref{Type: "claim", Partition: "p", ID: "i"}, 0, "")), records.ErrInvalid)
	isErr(t, putOne(s, "imp1", put("imp1", member("x"), -1, "")), records.ErrInvalid)
}

func TestOfAHundredImportsThatRaceForThreeSlotsThreeWin(t *testing.T) {
	s, _ := newStore()
	var won atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, 100)
	for n := range errs {
		group.Go(func() {
			imp, city := fmt.Sprintf("imp%d", n), fmt.Sprintf("FR#%02d", n)
			for _, id := range []string{"slot-1", "slot-2", "slot-3"} {
				err := putOne(s, imp, put(imp, application(city), 0, "", slot(id, city)))
				if err == nil {
					won.Add(1)
					return
				}
				if refused := new(records.ClaimError); !errors.As(err, &refused) {
					errs[n] = err
					return
				}
			}
		})
	}
	group.Wait()
	must(t, errors.Join(errs...))
	equal(t, won.Load(), int64(3))
	equal(t, len(scan(t, s, "application", "2025", "")), 3)
}

// Failing before or after any write, with or without going on, and then putting all again, ends as if nothing had failed.
func TestPutsThatFailAnywhereAndAreRepeatedEndTheSame(t *testing.T) {
	puts := func() (all []records.Put) {
		for n := range 6 {
			id := fmt.Sprintf("FR#%d", n)
			var claims []records.Claim
			if n%2 == 0 {
				claims = append(claims, slot(fmt.Sprintf("slot-%d", n), id))
			}
			all = append(all, put("imp1", application(id), int64(n/3), "ours", claims...))
		}
		return all
	}
	begin := memory.NewStore()
	for n := 3; n < 6; n++ {
		putAll(t, records.New(begin.Table(table.Config{})), "imp0", put("imp0", application(fmt.Sprintf("FR#%d", n)), 0, "before"))
	}
	partitions := []string{"application#2025", "claim#quota#2025#FR"}
	want := func() []table.Item {
		tbl := begin.Clone().Table(table.Config{})
		putAll(t, records.New(tbl), "imp1", puts()...)
		return dump(t, tbl, partitions...)
	}()
	for _, plan := range []faulty.Plan{{}, {Effect: true}, {Halt: true}, {Effect: true, Halt: true}} {
		for plan.Fail = 1; plan.Fail <= 6; plan.Fail++ {
			tbl := begin.Clone().Table(table.Config{})
			if errs := records.New(faulty.New(tbl, plan)).PutEach(t.Context(), "imp1", puts()); errs == nil {
				t.Fatalf("%+v: nothing failed", plan)
			}
			putAll(t, records.New(tbl), "imp1", puts()...)
			equal(t, dump(t, tbl, partitions...), want)
		}
	}
}
