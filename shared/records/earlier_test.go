package records_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// later is a put that was decided some hours after noon.
func later(hours int, p records.Put) records.Put {
	p.Provenance.At = noon.Add(time.Duration(hours) * time.Hour)
	return p
}

func TestWhatAPutReplacesIsKeptAsItWas(t *testing.T) {
	s, _ := newStore()
	ref := application("FR#brest")
	putAll(t, s, "imp1", put("imp1", ref, 0, "first"))
	putAll(t, s, "imp2", later(1, put("imp2", ref, 1, "second")))
	putAll(t, s, "imp3", later(2, put("imp3", ref, 2, "third", slot("slot-1", "FR#brest"))))
	got, err := records.EarlierOf(t.Context(), s, ref)
	must(t, err)
	want := func(hours int, p records.Put) records.Earlier {
		p = later(hours, p)
		p.Version = p.Base + 1
		return records.Earlier{Record: p.Record, Until: p.Provenance.At.Add(time.Hour)}
	}
	equal(t, got, []records.Earlier{want(0, put("imp1", ref, 0, "first")), want(1, put("imp2", ref, 1, "second"))})
}

func TestWhatIsOnlyCreatedKeepsNothingAndCostsOneWrite(t *testing.T) {
	s, tbl := newStore()
	putAll(t, s, "imp1", put("imp1", member("FR#brest"), 0, "first"), put("imp1", member("FR#nanterre"), 0, "first"))
	putAll(t, s, "imp1", put("imp1", member("FR#brest"), 0, "first")) // again
	equal(t, len(dump(t, tbl, "past#member")), 0)
}

func TestEarlierVersionsOfOneRecordAreNotThoseOfAnother(t *testing.T) {
	s, _ := newStore()
	for _, id := range []string{"FR#brest", "FR#brest#2019-03-01", "FR#brest-2"} {
		putAll(t, s, "imp1", put("imp1", member(id), 0, id))
		putAll(t, s, "imp2", put("imp2", member(id), 1, id))
	}
	for _, id := range []string{"FR#brest", "FR#brest#2019-03-01", "FR#brest-2"} {
		got, err := records.EarlierOf(t.Context(), s, member(id))
		must(t, err)
		equal(t, len(got), 1)
		equal(t, got[0].Body["text"], any(id))
	}
}

func TestEarlierVersionsAreNotWrittenByThemselves(t *testing.T) {
	s, _ := newStore()
	isErr(t, putOne(s, "imp1", put("imp1", records.Ref{Type: "past", Partition: "member", ID: "FR#brest#x#1"}, 0, "")), records.ErrInvalid)
}

func TestATransactionKeepsWhatItReplacesAndRemoves(t *testing.T) {
	s, tbl := newStore()
	brest, nanterre := application("FR#brest"), application("FR#nanterre")
	putAll(t, s, "imp1", put("imp1", brest, 0, "first", slot("slot-1", "FR#brest")), put("imp1", nanterre, 0, "first"))
	by := records.Provenance{Person: "ana", Request: "req1", At: noon.Add(time.Hour)}
	p := records.Put{Record: records.Record{Ref: brest, Body: table.Attributes{"text": "second"}, Provenance: by}, Base: 1}
	ws, err := p.Writes("")
	must(t, err)
	ws = append(records.Guard("application"), ws...)
	ws = append(ws, table.Write{Delete: nanterre.Key(), Condition: table.Equal("version", int64(1))},
		table.Write{Delete: table.Key{Partition: "claim#quota#2025#FR", Sort: "slot-1"}})
	all, err := s.Keeping(t.Context(), by, ws)
	must(t, err)
	equal(t, len(all), len(ws)+2)
	must(t, tbl.Transact(t.Context(), all))

	kept, err := records.EarlierOf(t.Context(), s, brest)
	must(t, err)
	equal(t, []any{len(kept), kept[0].Body["text"], kept[0].Until, kept[0].Removed}, []any{1, "first", by.At, (*records.Provenance)(nil)})
	kept, err = records.EarlierOf(t.Context(), s, nanterre)
	must(t, err)
	equal(t, []any{len(kept), kept[0].Until, *kept[0].Removed}, []any{1, by.At, by})
}

// textsAt is what a scan of applications shows at a moment: texts by identifier, in the order in which they came.
func textsAt(t *testing.T, s *records.Store, at time.Time) []string {
	t.Helper()
	shown := []string{}
	must(t, s.AsOf(at).Snapshot(t.Context(), []string{"application"}, func(r records.Reader) error {
		shown = shown[:0]
		return r.Scan(t.Context(), "application", "2025", "", func(record records.Record) error {
			one, err := r.Get(t.Context(), record.Ref)
			must(t, err)
			equal(t, one, record)
			shown = append(shown, fmt.Sprint(record.Ref.ID, " ", record.Body["text"]))
			return nil
		})
	}))
	return shown
}

// Random creations, changes, removals and creations anew: whatever was stored after each of them is what its moment shows for ever.
func TestThePastShowsWhatWasStoredThen(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 7))
	for range 20 {
		s, tbl := newStore()
		now := map[string]int64{} // version by identifier
		var were [][]string
		for step := range 40 {
			id := fmt.Sprintf("FR#%c", 'a'+random.IntN(5))
			imp := fmt.Sprintf("imp%d", step)
			by := records.Provenance{Import: imp, At: noon.Add(time.Duration(step) * time.Hour)}
			if now[id] > 0 && random.IntN(4) == 0 {
				ws, err := s.Keeping(t.Context(), by, []table.Write{{Delete: application(id).Key()}})
				must(t, err)
				must(t, tbl.Transact(t.Context(), ws))
				now[id] = 0
			} else {
				putAll(t, s, imp, later(step, put(imp, application(id), now[id], imp)))
				now[id]++
			}
			shown := []string{}
			must(t, s.Scan(t.Context(), "application", "2025", "", func(record records.Record) error {
				shown = append(shown, fmt.Sprint(record.Ref.ID, " ", record.Body["text"]))
				return nil
			}))
			were = append(were, shown)
		}
		for step, want := range were {
			equal(t, textsAt(t, s, noon.Add(time.Duration(step)*time.Hour)), want)
			equal(t, textsAt(t, s, noon.Add(time.Duration(step+1)*time.Hour-1)), want)
		}
		equal(t, textsAt(t, s, noon.Add(-1)), []string{})
	}
}

func TestAVersionThatWasNotKeptIsNotGuessed(t *testing.T) {
	s, tbl := newStore()
	ref := application("FR#brest")
	putAll(t, s, "imp1", put("imp1", ref, 0, "first"))
	unkept := later(2, put("imp2", ref, 1, "second"))
	ws, err := unkept.Writes("imp2") // as it was written before versions were kept
	must(t, err)
	must(t, tbl.Transact(t.Context(), ws))
	equal(t, textsAt(t, s, noon.Add(2*time.Hour)), []string{"FR#brest second"})
	isErr(t, past(t, s, noon.Add(time.Hour), func(r records.Reader) error {
		_, err := r.Get(t.Context(), ref)
		return err
	}), records.ErrNotKept)
	isErr(t, past(t, s, noon.Add(time.Hour), func(r records.Reader) error {
		return r.Scan(t.Context(), "application", "2025", "", func(records.Record) error { return nil })
	}), records.ErrNotKept)
}

func past(t *testing.T, s *records.Store, at time.Time, read func(records.Reader) error) error {
	t.Helper()
	return s.AsOf(at).Snapshot(t.Context(), []string{"application"}, read)
}

func TestClaimsHaveNoPast(t *testing.T) {
	s, _ := newStore()
	isErr(t, past(t, s, noon, func(r records.Reader) error {
		_, err := records.Holders(t.Context(), r, "quota#2025#FR")
		return err
	}), records.ErrInvalid)
}

func TestAMomentBeforeAnythingWasRecordedIsBlank(t *testing.T) {
	s, _ := newStore()
	putAll(t, s, "imp1", put("imp1", application("FR#brest"), 0, "first"))
	for _, c := range []struct {
		at    time.Time
		blank bool
	}{{noon.Add(-1), true}, {noon, false}} {
		for _, orNow := range []bool{false, true} {
			p, seen := s.AsOf(c.at), 0
			if orNow {
				p = p.OrNow()
			}
			must(t, p.Snapshot(t.Context(), []string{"application"}, func(r records.Reader) error {
				seen = 0
				return r.Scan(t.Context(), "application", "2025", "", func(records.Record) error { seen++; return nil })
			}))
			equal(t, []any{p.Blank(), seen == 1}, []any{c.blank, orNow || !c.blank})
		}
	}
}

// Failing at any write, and then putting all again, keeps what a put that never failed keeps, and nothing else.
func TestWhatIsKeptIsTheSameHoweverOftenPutsFail(t *testing.T) {
	puts := []records.Put{
		later(1, put("imp1", application("a"), 1, "new")),
		later(1, put("imp1", application("b"), 1, "new", slot("slot-1", "b"))),
		later(1, put("imp1", application("c"), 0, "new")),
	}
	begin := memory.NewStore()
	putAll(t, records.New(begin.Table(table.Config{})), "imp0",
		put("imp0", application("a"), 0, "old"), put("imp0", application("b"), 0, "old"))
	want := func() []table.Item {
		tbl := begin.Clone().Table(table.Config{})
		putAll(t, records.New(tbl), "imp1", slices.Clone(puts)...)
		return dump(t, tbl, "past#application#2025", "application#2025")
	}()
	equal(t, len(want), 5)
	for _, plan := range []faulty.Plan{{}, {Effect: true}, {Halt: true}, {Effect: true, Halt: true}} {
		for plan.Fail = 1; plan.Fail <= 5; plan.Fail++ {
			tbl := begin.Clone().Table(table.Config{})
			if errs := records.New(faulty.New(tbl, plan)).PutEach(t.Context(), "imp1", puts); errs == nil {
				t.Fatalf("%+v: nothing failed", plan)
			}
			putAll(t, records.New(tbl), "imp1", puts...)
			equal(t, dump(t, tbl, "past#application#2025", "application#2025"), want)
		}
	}
}
