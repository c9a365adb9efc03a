// Package ratelimit says how often each of many callers may do something: so many at once, and then one in each so much time. It knows no
// HTTP, and not who the callers are.
package ratelimit

import (
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
)

// Rate is how often one caller may do something. The zero value sets no limit.
type Rate struct {
	Burst int           // at once, after a pause
	Every time.Duration // and then one in each of these
}

// Limiter holds callers to a rate, each by itself. It is safe for concurrent use.
//
// Of a caller it keeps one moment: when all that it did would have been done at the rate (the generic cell rate algorithm). A caller that
// has not done more than the rate is like one who was never seen, so it can be forgotten.
type Limiter struct {
	rate  Rate
	most  int // callers in each of the two maps
	clock identity.Clock

	mu sync.Mutex
	// Callers are noted in recent. When that is full, it becomes the earlier one, whose callers are forgotten unless they come again: so
	// memory is bounded, and what is forgotten is those who have not come for the longest.
	recent, earlier map[string]time.Time
}

// New makes a limiter that remembers at least so many callers and at most twice as many.
func New(rate Rate, callers int, clock identity.Clock) *Limiter {
	return &Limiter{rate: rate, most: callers, clock: clock, recent: map[string]time.Time{}}
}

// Take notes that a caller does something, and gives 0; or, where it may not do so yet, how long it has to wait, and notes nothing.
func (l *Limiter) Take(caller string) (wait time.Duration) {
	if l.rate.Every <= 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	ahead := l.ahead(caller, now) + l.rate.Every
	if wait = ahead - l.whole(); wait > 0 {
		return wait
	}
	l.note(caller, now.Add(ahead))
	return 0
}

// GiveBack takes back one Take: what was done turned out not to count.
func (l *Limiter) GiveBack(caller string) {
	if l.rate.Every <= 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if ahead := l.ahead(caller, now); ahead > 0 {
		l.note(caller, now.Add(ahead-l.rate.Every))
	}
}

// whole is what a caller may be ahead of the rate.
func (l *Limiter) whole() time.Duration { return time.Duration(max(l.rate.Burst, 1)) * l.rate.Every }

// ahead is how far a caller is ahead of the rate. A clock that was set back makes nobody wait longer than a whole burst.
func (l *Limiter) ahead(caller string, now time.Time) time.Duration {
	until, ok := l.recent[caller]
	if !ok {
		until = l.earlier[caller]
	}
	return min(max(until.Sub(now), 0), l.whole())
}

func (l *Limiter) note(caller string, until time.Time) {
	if _, known := l.recent[caller]; !known && len(l.recent) >= l.most {
		l.earlier, l.recent = l.recent, map[string]time.Time{}
	}
	l.recent[caller] = until
}
