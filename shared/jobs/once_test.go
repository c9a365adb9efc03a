package jobs_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

// The time that is played: from the first tick to a day after the last occasion.
var (
	playFrom = moment("2026-05-03T00:00:00Z")
	playTo   = moment("2026-06-11T00:00:00Z")
)

// told is everything that was made and said by the end, whenever that was: each report by its hash, and each letter.
func (m *mailroom) told() string {
	m.t.Helper()
	var out strings.Builder
	entries, _, err := m.store().Entries(m.t.Context(), outbox.Filter{}, "", 100)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, e := range entries {
		fmt.Fprintf(&out, "%s %s %s\n", e.ID, e.Outcome, e.SHA256)
		mails, err := m.store().Mails(m.t.Context(), e.ID)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, one := range mails {
			fmt.Fprintf(&out, "  %s\n", one.Letter)
		}
	}
	return out.String()
}

// judge says that every letter left once, or that nobody knows and a person is asked.
func (m *mailroom) judge(name string) (uncertain int) {
	m.t.Helper()
	left := map[string]int{}
	for _, message := range m.sent {
		left[message.ID]++
	}
	entries, _, err := m.store().Entries(m.t.Context(), outbox.Filter{Outcome: outbox.Written}, "", 100)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, e := range entries {
		mails, err := m.store().Mails(m.t.Context(), e.ID)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, one := range mails {
			n := left[one.Letter.String()]
			switch {
			case one.State == outbox.Sent && n == 1:
			case one.State == outbox.Uncertain && n <= 1:
				uncertain++
			default:
				m.t.Errorf("%s: %s is %s and left %d times", name, one.Letter, one.State, n)
			}
			delete(left, one.Letter.String())
		}
	}
	if len(left) > 0 {
		m.t.Errorf("%s: letters that nobody has on record: %v", name, left)
	}
	return uncertain
}

// onTime is what is told where every hour has its tick and nothing fails.
func onTime(t *testing.T, from, to time.Time) (told string, letters []string) {
	t.Helper()
	m := newMailroom(t)
	for at := from; !at.After(to); at = at.Add(time.Hour) {
		if _, err := m.tick(at); err != nil {
			t.Fatal(err)
		}
		m.deliver()
	}
	if uncertain := m.judge("on time"); uncertain > 0 || len(m.log.String()) == 0 {
		t.Fatalf("%d uncertain", uncertain)
	}
	return m.told(), m.letters()
}

// Ticks come twice, at once, late or not at all, tasks get lost, and processes die before or after any write: by the end the same is made,
// with the same bytes, and the same letters left, but for those of which nobody knows.
func TestHoweverTicksComeAndProcessesDieTheSameIsMadeAndEachLetterLeavesOnce(t *testing.T) {
	want, letters := onTime(t, playFrom, playTo)
	if len(letters) != 21 {
		t.Fatalf("%d letters: %v", len(letters), letters)
	}
	unsure := 0
	for seed := range uint64(10) {
		random := rand.New(rand.NewPCG(seed, 10))
		m := newMailroom(t)
		m.lost = func() bool { return random.IntN(5) == 0 }
		for at := playFrom; !at.After(playTo); at = at.Add(time.Hour) {
			tick := at.Add(time.Duration(random.IntN(50)) * time.Minute)
			if at.Equal(playFrom) || at.Equal(playTo) {
				tick = at
			} else if random.IntN(4) == 0 {
				continue
			}
			m.over = m.below
			if random.IntN(3) == 0 { // this process dies, or gets no answer, at one of its writes
				m.over = faulty.New(m.below, faulty.Plan{
					Fail: 1 + random.IntN(6), Effect: random.IntN(2) == 0, Halt: random.IntN(3) > 0,
				})
			}
			_, _ = m.tick(tick) // what failed is gone on with by the next one
			if random.IntN(4) == 0 {
				_, _ = m.tick(tick)
			}
			m.deliver()
		}
		m.settle(playTo)
		name := fmt.Sprint("seed ", seed)
		if got := m.told(); got != want {
			t.Fatalf("%s: got\n%s\nwant\n%s", name, got, want)
		}
		unsure += m.judge(name)
	}
	if unsure == 0 || unsure > 10*21/4 {
		t.Errorf("%d letters are uncertain", unsure)
	}
}

// settle lets some hours without faults pass.
func (m *mailroom) settle(from time.Time) {
	m.t.Helper()
	m.over = m.below
	m.lost = func() bool { return false }
	for n := range 4 {
		if _, err := m.tick(from.Add(time.Duration(n) * time.Hour)); err != nil {
			m.t.Fatal(err)
		}
		m.deliver()
	}
}

// Over a few days, processes die before and after every single write, or get no answer to it.
func TestAtEveryWriteAProcessMayDie(t *testing.T) {
	from, to := moment("2026-06-04T00:00:00Z"), moment("2026-06-06T00:00:00Z")
	want, _ := onTime(t, from, to)
	play := func(plan faulty.Plan) (*mailroom, *faulty.Table) {
		m := newMailroom(t)
		broken := faulty.New(m.below, plan)
		m.over = broken
		for at := from; !at.After(to); at = at.Add(4 * time.Hour) {
			tally, err := m.tick(at)
			if err != nil && plan.Fail == 0 {
				t.Fatal(tally, err)
			}
			m.deliver()
			if plan.Halt && broken.Writes() >= plan.Fail {
				m.over = m.below // another process takes over
			}
		}
		m.settle(to)
		return m, broken
	}
	_, counted := play(faulty.Plan{})
	if counted.Writes() < 20 {
		t.Fatalf("only %d writes", counted.Writes())
	}
	for fail := 1; fail <= counted.Writes(); fail++ {
		for _, plan := range []faulty.Plan{
			{Fail: fail}, {Fail: fail, Effect: true}, {Fail: fail, Halt: true}, {Fail: fail, Effect: true, Halt: true},
		} {
			m, _ := play(plan)
			name := fmt.Sprintf("%+v", plan)
			if got := m.told(); got != want {
				t.Fatalf("%s: got\n%s\nwant\n%s", name, got, want)
			}
			if unsure := m.judge(name); unsure > 1 || unsure > 0 && !plan.Halt {
				t.Errorf("%s: %d letters are uncertain", name, unsure)
			}
		}
	}
}

func TestOfManyTicksAtOnceEachOccasionIsMadeOnceAndEachLetterLeavesOnce(t *testing.T) {
	want, letters := onTime(t, playFrom, playTo)
	m := newMailroom(t)
	made := 0
	for at := playFrom; !at.After(playTo); at = at.Add(time.Hour) {
		m.set(at)
		tallies := make([]jobs.Tally, 4)
		var group sync.WaitGroup
		for n := range tallies {
			s := m.summaries()
			group.Go(func() {
				var err error
				if tallies[n], err = s.Run(t.Context(), at); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for _, tally := range tallies {
			made += tally.Made
		}
		for range 2 { // each task came several times, and workers are several
			group.Go(m.deliver)
		}
		group.Wait()
	}
	if got := m.told(); got != want || made != 7 {
		t.Errorf("%d made, got\n%s\nwant\n%s", made, got, want)
	}
	if uncertain := m.judge("at once"); uncertain > 0 {
		t.Errorf("%d letters are uncertain", uncertain)
	}
	if got := m.letters(); !slices.Equal(got, letters) {
		t.Errorf("got %v, want %v", got, letters)
	}
}
