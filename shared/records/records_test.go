package records_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

func TestARecordKeepsBodyVersionAndProvenance(t *testing.T) {
	s, _ := newStore()
	p := put("imp1", application("FR#brest"), 0, "first")
	putAll(t, s, "imp1", p)
	got, err := s.Get(t.Context(), p.Ref)
	must(t, err)
	want := p.Record
	want.Version = 1
	equal(t, got, want)
}

func TestARecordOfAPersonHasARequestInsteadOfAnImport(t *testing.T) {
	s, tbl := newStore()
	p := records.Put{Record: records.Record{Ref: member("FR#brest"), Body: table.Attributes{},
		Provenance: records.Provenance{Person: "ana", Request: "req1", At: noon}}}
	ws, err := p.Writes("")
	must(t, err)
	must(t, tbl.Transact(t.Context(), append(ws, records.Guard("member")...)))
	got, err := s.Get(t.Context(), p.Ref)
	must(t, err)
	equal(t, got.Provenance, p.Provenance)
	errorAs[*table.TransactionError](t, tbl.Transact(t.Context(), ws))
}

func TestMissingRecordsAreNotFoundOrLeftOut(t *testing.T) {
	s, _ := newStore()
	putAll(t, s, "imp1", put("imp1", member("FR#brest"), 0, "b"), put("imp1", member("CH#lausanne"), 0, "l"))
	_, err := s.Get(t.Context(), member("FR#nanterre"))
	isErr(t, err, records.ErrNotFound)
	got, err := s.GetEach(t.Context(), []records.Ref{member("FR#brest"), member("FR#nanterre"), member("CH#lausanne")})
	must(t, err)
	equal(t, []records.Ref{got[0].Ref, got[1].Ref}, []records.Ref{member("FR#brest"), member("CH#lausanne")})
}

func scan(t *testing.T, s *records.Store, typ, partition, prefix string) []string {
	t.Helper()
	ids := []string{}
	must(t, s.Scan(t.Context(), typ, partition, prefix, func(r records.Record) error {
		ids = append(ids, r.Ref.ID)
		return nil
	}))
	return ids
}

func TestAScanIsOfOneTypeAndPartitionInOrder(t *testing.T) {
	s, _ := newStore()
	putAll(t, s, "imp1",
		put("imp1", application("FR#nanterre"), 0, ""), put("imp1", application("FR#brest"), 0, ""),
		put("imp1", application("CH#lausanne"), 0, ""), put("imp1", member("FR#sarcelles"), 0, ""),
		put("imp1", records.Ref{Type: "application", Partition: "2027", ID: "FR#brest"}, 0, ""),
		put("imp1", records.Ref{Type: "application", ID: "none"}, 0, ""))
	equal(t, scan(t, s, "application", "2025", ""), []string{"CH#lausanne", "FR#brest", "FR#nanterre"})
	equal(t, scan(t, s, "application", "2025", "FR#"), []string{"FR#brest", "FR#nanterre"})
	equal(t, scan(t, s, "application", "", ""), []string{"none"})
	equal(t, scan(t, s, "member", "", ""), []string{"FR#sarcelles"})
	equal(t, scan(t, s, "decision", "2025", ""), []string{})
}

func TestAScanGoesOverAllPagesAndStopsWhenTold(t *testing.T) {
	s, _ := newStore()
	var puts []records.Put
	for n := range 2500 {
		puts = append(puts, put("imp1", application(fmt.Sprintf("%04d", n)), 0, ""))
	}
	putAll(t, s, "imp1", puts...)
	equal(t, len(scan(t, s, "application", "2025", "")), 2500)
	enough := errors.New("enough")
	seen := 0
	err := s.Scan(t.Context(), "application", "2025", "", func(records.Record) error {
		if seen++; seen == 1001 {
			return enough
		}
		return nil
	})
	isErr(t, err, enough)
	equal(t, seen, 1001)
}

func TestRefsThatCannotBeMeantAreRefused(t *testing.T) {
	s, _ := newStore()
	for _, ref := range []records.Ref{
		{}, {Type: "member"}, {ID: "x"}, {Type: "Member", ID: "x"}, {Type: "a#b", ID: "x"}, {Type: "lock", ID: "x"}, {Type: "mémoire", ID: "x"},
	} {
		_, err := s.Get(t.Context(), ref)
		isErr(t, err, records.ErrInvalid)
		_, err = s.GetEach(t.Context(), []records.Ref{ref})
		isErr(t, err, records.ErrInvalid)
		isErr(t, putOne(s, "imp1", put("imp1", ref, 0, "")), records.ErrInvalid)
	}
	isErr(t, s.Scan(t.Context(), "lock", "", "", nil), records.ErrInvalid)
}

// The layout on disk is a contract with every earlier version's files: this test changes only together with Format.
func TestTheStoredFormIsStable(t *testing.T) {
	s, tbl := newStore()
	putAll(t, s, "imp1", put("imp1", application("FR#brest"), 0, "first", slot("slot-1", "FR#brest")))
	must(t, s.Acquire(t.Context(), []string{"member"}, "imp2", "plan2"))
	must(t, s.Advance(t.Context(), []string{"member"}, "imp2", "writing"))
	provenance := func(more table.Attributes) table.Attributes {
		attrs := table.Attributes{
			"format": int64(1), "version": int64(1), "import": "imp1", "file": "imp1.xlsx", "sha256": "9f86", "sheet": "Members",
			"row": int64(17), "person": "secretariat", "at": "2025-06-15T12:00:00Z",
		}
		for name, value := range more {
			attrs[name] = value
		}
		return attrs
	}
	putAll(t, s, "imp1", put("imp1", member("FR#brest"), 0, "first"))
	putAll(t, s, "imp2", later(1, put("imp2", member("FR#brest"), 1, "second")))
	equal(t, dump(t, tbl, "application#2025", "claim#quota#2025#FR", "lock#member", "past#member"), []table.Item{
		{Key: table.Key{Partition: "application#2025", Sort: "FR#brest"},
			Attributes: provenance(table.Attributes{"body": map[string]any{"text": "first"}})},
		{Key: table.Key{Partition: "claim#quota#2025#FR", Sort: "slot-1"},
			Attributes: provenance(table.Attributes{"body": map[string]any{"holder": "FR#brest"}, "holder": "FR#brest"})},
		{Key: table.Key{Partition: "lock#member", Sort: "lock"}, Attributes: table.Attributes{
			"format": int64(1), "version": int64(0), "import": "imp2", "plan": "plan2", "phase": "writing"}},
		{Key: table.Key{Partition: "past#member", Sort: "FR#brest#20250615T120000.000000000Z#000001"},
			Attributes: provenance(table.Attributes{
				"body": map[string]any{"body": map[string]any{"text": "first"}, "until": "2025-06-15T13:00:00Z"}})},
	})
}

func TestALaterFormatIsRefusedAndNotMisread(t *testing.T) {
	s, tbl := newStore()
	for _, attrs := range []table.Attributes{
		{"format": int64(records.Format + 1), "version": int64(1), "body": map[string]any{}},
		{"version": int64(1), "body": map[string]any{}},
		{"format": int64(1), "body": map[string]any{}},
		{"format": int64(1), "version": int64(1), "body": "text"},
		{"format": int64(1), "version": int64(1), "body": map[string]any{}, "at": "yesterday"},
	} {
		must(t, tbl.Write(t.Context(), table.Write{Put: &table.Item{Key: member("x").Key(), Attributes: attrs}}))
		_, err := s.Get(t.Context(), member("x"))
		isErr(t, err, records.ErrFormat)
		_, err = s.GetEach(t.Context(), []records.Ref{member("x")})
		isErr(t, err, records.ErrFormat)
		isErr(t, s.Scan(t.Context(), "member", "", "", func(records.Record) error { return nil }), records.ErrFormat)
	}
	later := table.Item{Key: table.Key{Partition: "lock#member", Sort: "lock"}, Attributes: table.Attributes{"format": int64(2)}}
	must(t, tbl.Write(t.Context(), table.Write{Put: &later}))
	_, err := s.Locks(t.Context(), []string{"member"})
	isErr(t, err, records.ErrFormat)
}

func TestWaitingBetweenTriesEndsWithTheContext(t *testing.T) {
	pause := records.BackOff(50*time.Millisecond, 2*time.Second)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := pause(ctx, 60); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := pause(t.Context(), 1); err != nil {
		t.Error(err)
	}
}
