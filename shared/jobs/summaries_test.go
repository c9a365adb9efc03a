package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestTheFirstRunOfAllSetsTheMarkAndMakesNothing(t *testing.T) {
	m := newMailroom(t)
	same(t, m.run("2026-05-10T06:00:00Z"), jobs.Tally{})
	same(t, m.outcomes(), []string(nil))
	mark, err := m.store().Mark(t.Context())
	if err != nil || !mark.Equal(m.now) {
		t.Errorf("the mark is %s, %v", mark, err)
	}
}

func TestWhatIsDueIsMadeAtItsHourAndSentToEachInTheirLanguage(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	same(t, m.run("2026-05-05T05:59:00Z"), jobs.Tally{}) // 07:59 in Berlin
	tally := m.run("2026-05-05T06:00:00Z")
	same(t, tally, jobs.Tally{Made: 2, Waiting: 6})
	same(t, m.figures["SummariesMade"], 2.0)
	m.deliver()
	same(t, m.letters(), []string{
		"a a@city.example en The fund-month 2026-04-30", "a a@city.example en The network-month 2026-04-30",
		"b b@city.example fr Le fund-month 2026-04-30", "b b@city.example fr Le network-month 2026-04-30",
		"c c@city.example es El fund-month 2026-04-30", "c c@city.example es El network-month 2026-04-30",
	})
	same(t, m.run("2026-05-05T07:00:00Z"), jobs.Tally{})
	m.deliver()
	same(t, len(m.sent), 6)
}

func TestWhereNothingIsNewTheScheduleSaysWhetherThatIsSent(t *testing.T) {
	m := newMailroom(t)
	m.balance = func(schedule.Occasion) int64 { return 7 }
	m.run("2026-05-01T05:00:00Z")
	m.run("2026-05-05T06:00:00Z")
	same(t, m.run("2026-06-05T06:00:00Z"), jobs.Tally{Made: 3, Nothing: 1, Nobody: 1, Lapsed: 1, Waiting: 15})
	for id, news := range map[string]bool{"20260531-fund-month": false, "20260531-network-month": false, "20260430-fund-month": true} {
		entries, _, err := m.store().Entries(t.Context(), outbox.Filter{Keep: func(e outbox.Entry) bool { return strings.HasPrefix(e.ID, id) }}, "", 9)
		if err != nil || len(entries) != 1 {
			t.Fatal(entries, err)
		}
		kept, err := m.store().Kept(t.Context(), entries[0].ID, 1)
		if err != nil || kept.Report.News != news || (kept.Report.Since == "") != news {
			t.Errorf("%s: %+v, %v", id, kept.Report, err)
		}
	}
}

func TestAReminderWhoseDayIsOverLapses(t *testing.T) {
	// The call closes on 10 June at 23:59:59 in Kiritimati, which is 09:59:59 UTC; its last reminder is due the day before at 8:00 there.
	for at, want := range map[string]jobs.Tally{
		"2026-06-10T09:59:59Z": {Made: 1, Waiting: 3}, "2026-06-10T10:00:00Z": {Lapsed: 1},
	} {
		m := newMailroom(t)
		m.run("2026-06-08T17:00:00Z")
		same(t, m.run(at), want)
	}
	// A term's last day counts in the schedule's zone, and what is sent after it doesn't lapse.
	for at, want := range map[string]jobs.Tally{
		"2026-05-20T21:59:59Z": {Made: 1, Waiting: 3}, "2026-05-20T22:00:00Z": {Lapsed: 1}, "2026-05-22T22:00:00Z": {Lapsed: 1, Nobody: 1},
	} {
		m := newMailroom(t)
		m.facts.Spans = nil
		m.run("2026-05-06T05:00:00Z")
		m.facts.Marks = m.facts.Marks[1:]
		same(t, m.run(at), want)
	}
}

func TestAReportThatCannotBeMadeHoldsUpNoOther(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	m.broken = func(o schedule.Occasion) error {
		if o.About == programme.FundSummary {
			panic("a mistake with " + o.Schedule)
		}
		return nil
	}
	want := jobs.Tally{Made: 1, Failed: 1, Left: 1, Waiting: 3, Late: 2 * time.Hour}
	same(t, m.run("2026-05-05T08:00:00Z"), want)
	same(t, m.figures["SummariesLate"], 7200.0)
	want.Made, want.Late = 0, 3*time.Hour
	same(t, m.run("2026-05-05T09:00:00Z"), want)
	m.broken = func(schedule.Occasion) error { return nil }
	same(t, m.run("2026-05-06T06:00:00Z"), jobs.Tally{Made: 2, Waiting: 9})
	m.deliver()
	m.run("2026-05-06T07:00:00Z")
	m.deliver()
	same(t, len(m.sent), 9)
}

func TestWhatCannotBeMadeIsTriedUntilItIsThoughOthersAreMadeAfterIt(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-04T05:00:00Z")
	m.broken = func(o schedule.Occasion) error {
		if o.About == programme.FundSummary {
			return errors.New("a mistake")
		}
		return nil
	}
	want := jobs.Tally{Made: 3, Nobody: 1, Failed: 1, Left: 1, Waiting: 9, Late: 20 * 24 * time.Hour}
	same(t, m.run("2026-05-05T06:00:00Z").Made+m.run("2026-05-06T06:00:00Z").Made+m.run("2026-05-21T06:00:00Z").Made, 3)
	got := m.run("2026-05-25T06:00:00Z")
	got.Made, got.Nobody = want.Made, want.Nobody // by the runs before
	same(t, got, want)
	m.broken = func(schedule.Occasion) error { return nil }
	same(t, m.run("2026-05-25T07:00:00Z"), jobs.Tally{Made: 1, Waiting: 12})
}

func TestLettersToMorePeopleThanATransactionTakesAreWrittenToTheLastThoughTheProcessDies(t *testing.T) {
	m := newMailroom(t)
	for n := range 250 {
		id := fmt.Sprint("p", n)
		m.people[id] = people.Person{ID: id, Standing: people.Standing{Email: id + "@city.example", Lang: locale.FR}}
	}
	m.facts.Spans = m.facts.Spans[:1]
	m.run("2026-05-04T05:00:00Z")
	m.over = faulty.New(m.below, faulty.Plan{Fail: 2, Halt: true})
	if _, err := m.tick(moment("2026-05-05T06:00:00Z")); err == nil {
		t.Fatal("it did not die")
	}
	m.over = m.below
	for id := range m.people { // whoever is on record by now: the letters go to those to whom the report was made
		if len(id) == 2 {
			delete(m.people, id)
		}
	}
	same(t, m.run("2026-05-05T07:00:00Z"), jobs.Tally{Waiting: 253})
	m.deliver()
	same(t, len(m.sent), 243)
}

func TestAnImportAtWorkIsWaitedFor(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	m.broken = func(schedule.Occasion) error { return &records.BusyError{Import: "i"} }
	tally, err := m.tick(moment("2026-05-05T08:00:00Z"))
	var busy *records.BusyError
	if !errors.As(err, &busy) {
		t.Errorf("got %v", err)
	}
	same(t, tally, jobs.Tally{Left: 2, Late: 2 * time.Hour})
	m.broken = func(schedule.Occasion) error { return nil }
	same(t, m.run("2026-05-05T09:00:00Z").Made, 2)
}

func TestARunDealsWithSoManyAndTheNextOnesGoOn(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	m.set(moment("2026-06-05T09:00:00Z"))
	var made []int
	for range 9 {
		s := m.summaries()
		s.Most = 2
		tally, err := s.Run(t.Context(), m.now)
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, tally.Left)
	}
	same(t, made, []int{6, 4, 2, 0, 0, 0, 0, 0, 0})
	hurried := newMailroom(t)
	hurried.run("2026-05-01T05:00:00Z")
	s := hurried.summaries()
	s.Hurry = func(context.Context) bool { return true }
	tally, err := s.Run(t.Context(), moment("2026-05-05T07:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, tally, jobs.Tally{Left: 2, Late: time.Hour})
}

func TestAfterAnOutageEachPeriodHasItsOwnReportAndWhatIsTooOldIsNotedAsPassedOver(t *testing.T) {
	m := newMailroom(t)
	m.facts.Marks = nil
	m.facts.Spans = m.facts.Spans[:1]
	m.run("2026-01-01T05:00:00Z")
	tally := m.run("2026-06-10T07:00:00Z")
	same(t, tally, jobs.Tally{Made: 2, PassedOver: 4, Waiting: 6})
	same(t, m.figures["SummariesPassedOver"], 4.0)
	same(t, m.outcomes(), []string{
		"20251231-fund-month 0: passed_over to 0", "20260131-fund-month 0: passed_over to 0", "20260228-fund-month 0: passed_over to 0",
		"20260331-fund-month 0: passed_over to 0", "20260430-fund-month 0: written to 3", "20260531-fund-month 0: written to 3",
	})
	m.deliver()
	same(t, m.letters()[:2], []string{"a a@city.example en The fund-month 2026-04-30", "a a@city.example en The fund-month 2026-05-31"})
	entries, _, err := m.store().Entries(t.Context(), outbox.Filter{Outcome: outbox.Written}, "", 9)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		kept, err := m.store().Kept(t.Context(), e.ID, 1)
		if err != nil || !kept.Report.AsOf.Equal(e.Occasion.Due) {
			t.Errorf("%s is as of %s, %v", e.ID, kept.Report.AsOf, err)
		}
	}
	same(t, m.run("2026-06-10T08:00:00Z"), jobs.Tally{Waiting: 0})
}

func TestALetterWhoseTaskIsLostGetsAnother(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	m.lost = func() bool { return true }
	m.run("2026-05-05T06:00:00Z")
	m.lost = func() bool { return false }
	m.run("2026-05-05T06:05:00Z")
	same(t, len(m.tasks), 0)
	m.run("2026-05-05T07:00:00Z")
	m.deliver()
	same(t, len(m.sent), 6)
}

func TestAQueueThatTakesNothingDelaysAndLosesNothing(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	s := m.summaries()
	s.Queue = refusing{}
	m.set(moment("2026-05-05T06:00:00Z"))
	if _, err := s.Run(t.Context(), m.now); !errors.Is(err, queue.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
	same(t, m.run("2026-05-05T06:01:00Z").Made, 1)
	m.deliver()
	same(t, len(m.sent), 6)
}

type refusing struct{}

func (refusing) Send(context.Context, []byte, time.Duration) error { return queue.ErrUnavailable }

func TestWithoutAQueueLettersWait(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	s := m.summaries()
	s.Queue = nil
	for _, at := range []string{"2026-05-05T06:00:00Z", "2026-05-05T07:00:00Z"} {
		m.set(moment(at))
		tally, err := s.Run(t.Context(), m.now)
		if err != nil || tally.Waiting != 6 || len(m.tasks) > 0 {
			t.Errorf("%+v, %v, %d tasks", tally, err, len(m.tasks))
		}
	}
}

// What would be made is what is made then, and saying so writes nothing.
func TestAPreviewSaysWhatARunMakes(t *testing.T) {
	m := newMailroom(t)
	m.run("2026-05-01T05:00:00Z")
	m.run("2026-05-05T06:00:00Z")
	m.set(moment("2026-06-05T06:00:00Z"))
	counted := faulty.New(m.below, faulty.Plan{})
	m.over = counted
	planned, err := m.summaries().Preview(t.Context(), moment("2026-05-01T05:00:00Z"), m.now)
	if err != nil || counted.Writes() > 0 || len(m.tasks) != 6 {
		t.Fatalf("%v, %d writes, %d tasks", err, counted.Writes(), len(m.tasks))
	}
	m.run("2026-06-05T06:00:00Z")
	made := 0
	for _, p := range planned {
		e, found, err := m.store().Entry(t.Context(), p.Occasion.ID())
		if err != nil || !found || e.Outcome != p.Outcome || e.People != p.People {
			t.Errorf("%s: planned %s to %d, made %s to %d, %v", e.ID, p.Outcome, p.People, e.Outcome, e.People, err)
		}
		if p.Made {
			made++
		}
	}
	same(t, []int{len(planned), made}, []int{8, 2})
	later, err := m.summaries().Preview(t.Context(), m.now, m.now.AddDate(0, 0, 5))
	if err != nil || len(later) != 1 {
		t.Fatal(later, err)
	}
	same(t, []any{later[0].Occasion.Ahead, later[0].Occasion.Day, later[0].People}, []any{1, civil.Date{Year: 2026, Month: 6, Day: 10}, 3})
	long, err := m.summaries().Preview(t.Context(), moment("2026-01-01T00:00:00Z"), moment("2026-01-31T00:00:00Z"))
	if err != nil || len(long) != 2 || long[0].Outcome != outbox.PassedOver {
		t.Errorf("%+v, %v", long, err)
	}
}
