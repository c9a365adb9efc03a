package outbox_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestAnOccasionIsMadeOnceAndWhoeverComesLaterGetsWhatWasMade(t *testing.T) {
	s, _ := newStore()
	o := occasion(3)
	first, made, err := s.Make(t.Context(), report(o, 1), []string{"b", "a", "b"})
	must(t, err)
	equal(t, made, true)
	again, made, err := s.Make(t.Context(), report(o, 2), []string{"c"})
	must(t, err)
	equal(t, made, false)
	equal(t, again, first)
	skipped, made, err := s.Skip(t.Context(), report(o, 2))
	must(t, err)
	equal(t, made, false)
	equal(t, skipped, first)
	kept, err := s.Kept(t.Context(), o.ID(), 0)
	must(t, err)
	equal(t, kept.Report, report(o, 1))
	to, err := s.People(t.Context(), o.ID(), 1)
	must(t, err)
	equal(t, to, []string{"a", "b"})
	mails, err := s.Mails(t.Context(), o.ID())
	must(t, err)
	equal(t, mails, []outbox.Mail{
		{Letter: outbox.Letter{Summary: o.ID(), Revision: 1, Person: "a"}, State: outbox.Waiting, Since: began, NotBefore: began, Version: 1},
		{Letter: outbox.Letter{Summary: o.ID(), Revision: 1, Person: "b"}, State: outbox.Waiting, Since: began, NotBefore: began, Version: 1},
	})
}

func TestWhatComesOfAnOccasionIsItsOutcome(t *testing.T) {
	s, _ := newStore()
	for _, c := range []struct {
		month    int
		do       func(month int) (outbox.Entry, bool, error)
		outcome  outbox.Outcome
		revision int
	}{
		{1, func(m int) (outbox.Entry, bool, error) {
			return s.Make(t.Context(), report(occasion(m), 1), persons(1))
		}, outbox.Written, 1},
		{2, func(m int) (outbox.Entry, bool, error) { return s.Make(t.Context(), report(occasion(m), 1), nil) }, outbox.Nobody, 1},
		{3, func(m int) (outbox.Entry, bool, error) { return s.Skip(t.Context(), report(occasion(m), 1)) }, outbox.Nothing, 1},
		{4, func(m int) (outbox.Entry, bool, error) { return s.Pass(t.Context(), occasion(m), outbox.Lapsed) }, outbox.Lapsed, 0},
		{5, func(m int) (outbox.Entry, bool, error) { return s.Pass(t.Context(), occasion(m), outbox.PassedOver) }, outbox.PassedOver, 0},
	} {
		e, made, err := c.do(c.month)
		must(t, err)
		equal(t, []any{made, e.Outcome, e.Revision}, []any{true, c.outcome, c.revision})
		there, found, err := s.Entry(t.Context(), occasion(c.month).ID())
		must(t, err)
		equal(t, found, true)
		equal(t, there, e)
		if _, err := s.Kept(t.Context(), e.ID, 0); c.revision == 0 {
			refused(t, err, "SUMMARY_UNKNOWN")
		} else {
			must(t, err)
		}
	}
}

func TestTheBytesOfAReportAreThoseOfItsHash(t *testing.T) {
	s, _ := newStore()
	e, _, err := s.Make(t.Context(), report(occasion(3), 7), nil)
	must(t, err)
	kept, err := s.Kept(t.Context(), e.ID, 1)
	must(t, err)
	body, _ := kept.Report.Canonical()
	sum := sha256.Sum256(body)
	equal(t, hex.EncodeToString(sum[:]), e.SHA256)
}

func TestManyAtOnceMakeOneReportAndOneLetterEach(t *testing.T) {
	engines(t, func(t *testing.T, open func() table.Table) {
		s := storeOver(open(), &clock{began})
		o := occasion(3)
		made := make([]bool, 8)
		var group sync.WaitGroup
		for n := range made {
			group.Go(func() {
				e, ours, err := s.Make(t.Context(), report(o, int64(n)), persons(200+n))
				if err != nil || e.Posted != e.People {
					t.Errorf("%+v, %v", e, err)
				}
				made[n] = ours
			})
		}
		group.Wait()
		e, _, err := s.Entry(t.Context(), o.ID())
		must(t, err)
		winners := 0
		for n, ours := range made {
			if ours {
				winners++
				equal(t, e.People, 200+n)
				_, sum := report(o, int64(n)).Canonical()
				equal(t, e.SHA256, sum)
			}
		}
		equal(t, winners, 1)
		mails, err := s.Mails(t.Context(), o.ID())
		must(t, err)
		equal(t, len(mails), e.People)
		for i, m := range mails {
			equal(t, m.Person, persons(e.People)[i])
		}
	})
}

func TestACorrectionIsARevisionThatSaysWhatChanged(t *testing.T) {
	s, c := newStore()
	o := occasion(3)
	_, _, err := s.Make(t.Context(), report(o, 1), persons(2))
	must(t, err)
	c.pass(time.Hour)
	changes := summary.Corrections(report(o, 1), report(o, 2))
	e, err := s.Revise(t.Context(), o.ID(), 1, "anna", report(o, 2), changes, persons(3))
	must(t, err)
	again, err := s.Revise(t.Context(), o.ID(), 1, "anna", report(o, 2), changes, persons(3))
	must(t, err)
	equal(t, again, e)
	_, err = s.Revise(t.Context(), o.ID(), 1, "bela", report(o, 3), changes, persons(3))
	refused(t, err, "RECORD_CHANGED")
	_, err = s.Revise(t.Context(), occasion(4).ID(), 1, "anna", report(occasion(4), 3), changes, nil)
	refused(t, err, "SUMMARY_UNKNOWN")
	all, err := s.Revisions(t.Context(), o.ID())
	must(t, err)
	equal(t, all, []outbox.Kept{
		{Revision: 1, MadeAt: began, Report: report(o, 1)},
		{Revision: 2, MadeAt: c.now, By: "anna", Report: report(o, 2), Changes: changes},
	})
	for revision, n := range map[int]int{1: 2, 2: 3} {
		mails, err := s.MailsOf(t.Context(), o.ID(), revision)
		must(t, err)
		equal(t, len(mails), n)
	}
	for at, balance := range map[time.Time]int64{began.Add(-time.Hour): 1, began: 1, c.now: 2} {
		as, err := s.ReportAsOf(t.Context(), o.ID(), at)
		must(t, err)
		equal(t, *as, report(o, balance))
	}
	none, err := s.ReportAsOf(t.Context(), occasion(5).ID(), c.now)
	must(t, err)
	equal(t, none, (*summary.Report)(nil))
}

func TestACorrectionComesAfterTheLastLetterOfWhatItCorrects(t *testing.T) {
	below := memory.New(table.Config{})
	s := storeOver(faulty.New(below, faulty.Plan{Fail: 2, Halt: true}), &clock{began})
	o := occasion(3)
	if _, _, err := s.Make(t.Context(), report(o, 1), persons(200)); err == nil {
		t.Fatal("it did not die")
	}
	s = storeOver(below, &clock{began})
	_, err := s.Revise(t.Context(), o.ID(), 1, "anna", report(o, 2), nil, persons(1))
	must(t, err)
	mails, err := s.MailsOf(t.Context(), o.ID(), 1)
	must(t, err)
	equal(t, len(mails), 200)
}

func TestOfVeryManyChangesTheFirstOnesAreKept(t *testing.T) {
	s, _ := newStore()
	o := occasion(3)
	_, _, err := s.Make(t.Context(), report(o, 1), nil)
	must(t, err)
	changes := make([]summary.Change, 5000)
	for i := range changes {
		changes[i] = summary.Change{Key: "k", Label: locale.Text{EN: strings.Repeat("x", 100)}}
	}
	_, err = s.Revise(t.Context(), o.ID(), 1, "anna", report(o, 2), changes, nil)
	must(t, err)
	kept, err := s.Kept(t.Context(), o.ID(), 2)
	must(t, err)
	if n := len(kept.Changes); n == 0 || n >= 5000 {
		t.Errorf("%d changes", n)
	}
}

func TestTheMarkNeverGoesBack(t *testing.T) {
	engines(t, func(t *testing.T, open func() table.Table) {
		s := storeOver(open(), &clock{began})
		at, err := s.Mark(t.Context())
		must(t, err)
		equal(t, at.IsZero(), true)
		var group sync.WaitGroup
		for n := range 8 {
			group.Go(func() {
				to := began.Add(time.Duration(n) * time.Minute)
				if got, err := s.Advance(t.Context(), to); err != nil || got.Before(to) {
					t.Errorf("advanced to %s: %s, %v", to, got, err)
				}
			})
		}
		group.Wait()
		at, err = s.Mark(t.Context())
		must(t, err)
		equal(t, at, began.Add(7*time.Minute))
	})
}

func TestEntriesComeByPageTheLatestDayFirst(t *testing.T) {
	s, _ := newStore()
	var want []string
	for month := 12; month >= 1; month-- {
		o := occasion(month)
		var err error
		if month%3 == 0 {
			_, _, err = s.Skip(t.Context(), report(o, 1))
		} else {
			_, _, err = s.Make(t.Context(), report(o, 1), persons(1))
		}
		must(t, err)
		if month%3 != 0 {
			want = append(want, o.ID())
		}
	}
	for _, limit := range []int{1, 2, 5, 100} {
		var got []string
		var after table.Cursor
		for {
			page, next, err := s.Entries(t.Context(), outbox.Filter{Outcome: outbox.Written}, after, limit)
			must(t, err)
			if len(page) > limit {
				t.Errorf("a page of %d entries, at most %d", len(page), limit)
			}
			for _, e := range page {
				got = append(got, e.ID)
			}
			if after = next; next == "" {
				break
			}
		}
		equal(t, got, want)
	}
	none, _, err := s.Entries(t.Context(), outbox.Filter{About: "cluster_digest"}, "", 50)
	must(t, err)
	equal(t, len(none), 0)
	odd, _, err := s.Entries(t.Context(), outbox.Filter{Keep: func(e outbox.Entry) bool { return e.ID == want[3] }}, "", 50)
	must(t, err)
	equal(t, len(odd), 1)
}

// A cursor can be read by whoever gets it, and an identifier tells of whom there is something.
func TestACursorNamesNoEntryThatTheFilterDoesNotTake(t *testing.T) {
	s, _ := newStore()
	var kept []string
	for month := range 12 {
		o := occasion(month + 1)
		_, _, err := s.Make(t.Context(), report(o, 1), nil)
		must(t, err)
		if month%3 == 0 {
			kept = append(kept, o.ID())
		}
	}
	for limit := 1; limit <= 6; limit++ {
		var after table.Cursor
		for pages := 0; ; pages++ {
			page, next, err := s.Entries(t.Context(), outbox.Filter{Keep: func(e outbox.Entry) bool { return slices.Contains(kept, e.ID) }}, after, limit)
			must(t, err)
			if next == "" {
				break
			}
			place, err := base64.RawURLEncoding.DecodeString(string(next))
			must(t, err)
			if len(page) == 0 || !strings.Contains(string(place), page[len(page)-1].ID) || pages > 12 {
				t.Fatalf("at most %d: a page of %d ends at %q", limit, len(page), place)
			}
			after = next
		}
	}
}
