package ratelimit_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/ratelimit"
)

// hand is a clock that a test sets.
type hand struct{ now time.Time }

func (h *hand) clock() time.Time { return h.now }

func newHand() *hand { return &hand{time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)} }

func TestSoManyAtOnceAndThenOneAtATime(t *testing.T) {
	h := newHand()
	l := ratelimit.New(ratelimit.Rate{Burst: 3, Every: time.Second}, 10, h.clock)
	for n := range 3 {
		if wait := l.Take("a"); wait != 0 {
			t.Fatalf("the %d. has to wait %v", n+1, wait)
		}
	}
	for range 5 { // asking in vain costs nothing
		if wait := l.Take("a"); wait != time.Second {
			t.Fatalf("has to wait %v", wait)
		}
	}
	if wait := l.Take("b"); wait != 0 {
		t.Errorf("another caller has to wait %v", wait)
	}
	h.now = h.now.Add(400 * time.Millisecond)
	if wait := l.Take("a"); wait != 600*time.Millisecond {
		t.Errorf("has to wait %v", wait)
	}
	h.now = h.now.Add(600 * time.Millisecond)
	if wait := l.Take("a"); wait != 0 {
		t.Errorf("has to wait %v after a second", wait)
	}
	if wait := l.Take("a"); wait == 0 {
		t.Error("nobody waits for the second one")
	}
	h.now = h.now.Add(time.Hour)
	for range 3 { // and no more than a burst is saved up
		l.Take("a")
	}
	if wait := l.Take("a"); wait != time.Second {
		t.Errorf("has to wait %v after an hour", wait)
	}
}

func TestWhoeverWaitsAsToldIsLetDoIt(t *testing.T) {
	h := newHand()
	l := ratelimit.New(ratelimit.Rate{Burst: 5, Every: 70 * time.Millisecond}, 10, h.clock)
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		h.now = h.now.Add(time.Duration(random.Int64N(int64(120 * time.Millisecond))))
		if wait := l.Take("a"); wait > 0 {
			h.now = h.now.Add(wait)
			if again := l.Take("a"); again != 0 {
				t.Fatalf("told to wait %v, then %v", wait, again)
			}
		}
	}
}

// Whatever the moments: in no span of time is more done than a burst and what the rate gives in it.
func TestInNoSpanOfTimeIsMoreDoneThanTheRateAllows(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		h := newHand()
		rate := ratelimit.Rate{Burst: 1 + random.IntN(8), Every: time.Duration(1+random.IntN(500)) * time.Millisecond}
		l := ratelimit.New(rate, 4, h.clock)
		var done []time.Time
		for range 200 {
			h.now = h.now.Add(time.Duration(random.Int64N(int64(rate.Every))))
			if l.Take("a") == 0 {
				done = append(done, h.now)
			}
		}
		for i := range done {
			for j := i; j < len(done); j++ {
				if most := rate.Burst + int(done[j].Sub(done[i])/rate.Every); j-i+1 > most {
					t.Fatalf("%+v: %d in %v", rate, j-i+1, done[j].Sub(done[i]))
				}
			}
		}
	}
}

func TestWhatIsGivenBackDoesNotCount(t *testing.T) {
	h := newHand()
	l := ratelimit.New(ratelimit.Rate{Burst: 2, Every: time.Second}, 10, h.clock)
	for range 100 {
		if wait := l.Take("a"); wait != 0 {
			t.Fatalf("has to wait %v", wait)
		}
		l.GiveBack("a")
	}
	l.GiveBack("a") // of nothing: gives nothing
	l.Take("a")
	l.Take("a")
	if wait := l.Take("a"); wait != time.Second {
		t.Errorf("has to wait %v", wait)
	}
}

func TestAClockThatIsSetBackKeepsNobodyOutForLong(t *testing.T) {
	h := newHand()
	l := ratelimit.New(ratelimit.Rate{Burst: 2, Every: time.Second}, 10, h.clock)
	l.Take("a")
	l.Take("a")
	h.now = h.now.Add(-time.Hour)
	if wait := l.Take("a"); wait != time.Second {
		t.Errorf("has to wait %v", wait)
	}
}

func TestThoseWhoHaveNotComeForTheLongestAreForgotten(t *testing.T) {
	h := newHand()
	l := ratelimit.New(ratelimit.Rate{Burst: 1, Every: time.Hour}, 10, h.clock)
	l.Take("a")
	for n := range 9 {
		l.Take(fmt.Sprint(n))
	}
	if l.Take("a") == 0 {
		t.Error("forgotten among ten")
	}
	for n := range 1000 {
		l.Take(fmt.Sprint("other ", n))
	}
	if l.Take("a") != 0 {
		t.Error("a thousand others are remembered, too")
	}
	if l.Take("other 999") == 0 {
		t.Error("the last one is forgotten")
	}
}

func TestWithoutARateNobodyWaits(t *testing.T) {
	h := newHand()
	l := ratelimit.New(ratelimit.Rate{}, 10, h.clock)
	for range 1000 {
		if wait := l.Take("a"); wait != 0 {
			t.Fatal(wait)
		}
	}
}

func TestManyAtOnceGetNoMoreThanABurst(t *testing.T) {
	h := newHand()
	l := ratelimit.New(ratelimit.Rate{Burst: 20, Every: time.Minute}, 10, h.clock)
	var done atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if l.Take("a") == 0 {
					done.Add(1)
				}
			}
		})
	}
	all.Wait()
	if done.Load() != 20 {
		t.Errorf("%d at once", done.Load())
	}
}
