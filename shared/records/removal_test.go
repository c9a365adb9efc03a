package records_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// removal takes away a record that an import made, when that is undone.
func removal(imp string, ref records.Ref, base int64, releases ...records.Claim) records.Put {
	return records.Put{
		Record: records.Record{Ref: ref, Gone: true, Provenance: records.Provenance{Person: "secretariat", At: noon, Undo: imp}},
		Base:   base, Releases: releases,
	}
}

func TestARemovedRecordIsSeenByNobodyAndItsVersionNeverComesAgain(t *testing.T) {
	s, _ := newStore()
	ref := member("FR#brest")
	putAll(t, s, "imp1", put("imp1", ref, 0, "first"), put("imp1", member("FR#lyon"), 0, "stays"))
	putAll(t, s, "imp1", removal("imp1", ref, 1))

	_, err := s.Get(t.Context(), ref)
	isErr(t, err, records.ErrNotFound)
	found, err := s.GetEach(t.Context(), []records.Ref{ref, member("FR#lyon")})
	must(t, err)
	equal(t, len(found), 1)
	equal(t, len(scan(t, s, "member", "", "")), 1)

	latest, err := s.Latest(t.Context(), []records.Ref{ref})
	must(t, err)
	equal(t, latest, []records.Record{{Ref: ref, Version: 2, Gone: true, Provenance: removal("imp1", ref, 1).Provenance}})

	refused := errorAs[*records.ConflictError](t, putOne(s, "imp2", put("imp2", ref, 0, "as if it had never been")))
	equal(t, refused.Current.Gone, true)
	putAll(t, s, "imp2", put("imp2", ref, 2, "again"))
	equal(t, stateOf(t, s, ref), state{3, "imp2", "again"})
}

// A worker that was stopped before its write and goes on after the import was undone brings nothing back.
func TestALatePutDoesNotBringARemovedRecordBack(t *testing.T) {
	s, _ := newStore()
	ref := application("FR#brest")
	ours := put("imp1", ref, 0, "ours", slot("slot-1", "FR#brest"))
	putAll(t, s, "imp1", ours)
	gone := removal("imp1", ref, 1, slot("slot-1", "FR#brest"))
	for range 2 {
		putAll(t, s, "imp1", gone)
	}
	errorAs[*records.ConflictError](t, putOne(s, "imp1", ours))
	putAll(t, s, "imp2", put("imp2", application("FR#lyon"), 0, "", slot("slot-1", "FR#lyon")))
	errorAs[*records.ClaimError](t, putOne(s, "imp1", gone)) // late, and the slot is another's by now
	putAll(t, s, "imp3", put("imp3", ref, 2, "later"))
	errorAs[*records.ConflictError](t, putOne(s, "imp1", gone))
	equal(t, stateOf(t, s, ref), state{3, "imp3", "later"})
}

func TestARestoredRecordHasTheProvenanceOfWhatItBringsBack(t *testing.T) {
	s, _ := newStore()
	ref := member("FR#brest")
	putAll(t, s, "imp1", put("imp1", ref, 0, "first"))
	putAll(t, s, "imp2", put("imp2", ref, 1, "second"))
	back := put("imp1", ref, 2, "first")
	back.Provenance.Undo = "imp2"
	isErr(t, putOne(s, "imp1", back), records.ErrInvalid) // it is the undoing of the other
	for range 2 {
		putAll(t, s, "imp2", back)
	}
	record, err := s.Get(t.Context(), ref)
	must(t, err)
	equal(t, record, records.Record{Ref: ref, Version: 3, Body: back.Body, Provenance: back.Provenance})
	errorAs[*records.ConflictError](t, putOne(s, "imp2", put("imp2", ref, 1, "second")))
}

func TestRemovalsThatFailAnywhereAndAreRepeatedEndTheSame(t *testing.T) {
	begin := memory.NewStore()
	putAll(t, records.New(begin.Table(table.Config{})), "imp1", put("imp1", application("FR#1"), 0, "", slot("slot-1", "FR#1")),
		put("imp1", application("FR#2"), 0, ""))
	removals := []records.Put{removal("imp1", application("FR#1"), 1, slot("slot-1", "FR#1")), removal("imp1", application("FR#2"), 1)}
	for _, plan := range []faulty.Plan{{}, {Effect: true}, {Halt: true}, {Effect: true, Halt: true}} {
		for plan.Fail = 1; plan.Fail <= 2; plan.Fail++ {
			tbl := begin.Clone().Table(table.Config{})
			if errs := records.New(faulty.New(tbl, plan)).PutEach(t.Context(), "imp1", removals); errs == nil {
				t.Fatalf("%+v: nothing failed", plan)
			}
			s := records.New(tbl)
			putAll(t, s, "imp1", removals...)
			equal(t, len(scan(t, s, "application", "2025", "")), 0)
			equal(t, len(dump(t, tbl, "claim#quota#2025#FR")), 0)
		}
	}
}
