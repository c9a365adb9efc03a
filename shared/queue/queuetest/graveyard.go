package queuetest

import (
	"context"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/queue"
)

var graveyardTests = []test{
	{"dead letters are looked at as they are, the longest there first, as often as wanted", func(s *suite) {
		begun := s.Now()
		for i, reason := range []string{"first", "second"} {
			s.must(s.Dead.Bury(s.ctx, fmt.Appendf(nil, "body %d", i), reason))
			s.Pass()
		}
		for range 3 {
			letters := s.letters(2)
			for i, want := range []string{"first", "second"} {
				l := letters[i]
				s.equal([]string{string(l.Body), l.Reason, l.Receipt}, []string{fmt.Sprintf("body %d", i), want, ""})
				// Engines keep the time to the millisecond, and the service's clock is its own.
				if off := l.Sent.Sub(begun); off < -short || off > patience {
					s.Fatalf("buried %v after the beginning", off)
				}
			}
		}
	}},
	{"a letter that its queue put aside is looked at with when it was first sent, and without a reason", func(s *suite) {
		begun := s.Now()
		s.send("poison")
		for range attempts {
			s.must(s.Queue.Return(s.ctx, s.receive(s.Queue, long), 0))
		}
		s.silent(s.Queue, 0)
		l := s.letters(1)[0]
		s.equal([]string{string(l.Body), l.Reason}, []string{"poison", ""})
		if off := l.Sent.Sub(begun); off < -short || off > patience {
			s.Fatalf("sent %v after the beginning", off)
		}
	}},
	{"no more letters are looked at than asked for, and that there are more is said", func(s *suite) {
		const many = 23 // more than come at once
		for n := range many {
			s.must(s.Dead.Bury(s.ctx, fmt.Appendf(nil, "%02d", n), "why"))
		}
		all := s.letters(many)
		seen := map[string]bool{}
		for _, l := range all {
			seen[l.ID] = true
		}
		s.equal(len(seen), many)
		for _, most := range []int{1, 12, many} {
			letters, more, err := s.Dead.Letters(s.ctx, most)
			s.must(err)
			s.equal([]any{len(letters), more}, []any{most, most < many})
		}
	}},
	{"a letter that is taken is there for nobody else until its hiding ends, and gone when it is done", func(s *suite) {
		for _, body := range []string{"a", "b", "c"} {
			s.must(s.Dead.Bury(s.ctx, []byte(body), "why"))
		}
		letters := s.letters(3)
		i := slices.IndexFunc(letters, func(d queue.Delivery) bool { return string(d.Body) == "b" })
		taken := s.take(letters[i].ID)
		s.equal([]string{string(taken.Body), taken.Reason, taken.ID}, []string{"b", "why", letters[i].ID})
		again, err := s.Dead.Take(s.ctx, taken.ID, long)
		s.must(err)
		if again != nil {
			s.Fatal("taken twice")
		}
		s.must(s.Dead.Return(s.ctx, *taken, 0))
		taken = s.take(taken.ID)
		s.must(s.Dead.Done(s.ctx, *taken))
		left := s.letters(2)
		s.equal([]bool{left[0].ID != taken.ID, left[1].ID != taken.ID}, []bool{true, true})
		if gone, err := s.Dead.Take(s.ctx, taken.ID, long); err != nil || gone != nil {
			s.Fatalf("%v, %v", gone, err)
		}
	}},
	{"where there are no letters none are found", func(s *suite) {
		letters, more, err := s.Dead.Letters(s.ctx, queue.MaxLetters)
		s.must(err)
		s.equal([]any{len(letters), more}, []any{0, false})
		if taken, err := s.Dead.Take(s.ctx, "nobody", long); err != nil || taken != nil {
			s.Fatalf("%v, %v", taken, err)
		}
	}},
	{"what can't be looked at or taken is refused", func(s *suite) {
		for _, most := range []int{-1, 0, queue.MaxLetters + 1} {
			_, _, err := s.Dead.Letters(s.ctx, most)
			s.is(err, queue.ErrInvalid)
		}
		_, err := s.Dead.Take(s.ctx, "", long)
		s.is(err, queue.ErrInvalid)
		_, err = s.Dead.Take(s.ctx, "x", 0)
		s.is(err, queue.ErrInvalid)
		ended, end := context.WithCancel(s.ctx)
		end()
		_, _, err = s.Dead.Letters(ended, 1)
		s.is(err, context.Canceled)
		_, err = s.Dead.Take(ended, "x", long)
		s.is(err, context.Canceled)
	}},
}

// letters waits until so many dead letters are there, and no more.
func (s *suite) letters(n int) []queue.Delivery {
	s.Helper()
	var letters []queue.Delivery
	for deadline := s.Now().Add(patience); s.Now().Before(deadline); s.Pass() {
		var more bool
		var err error
		letters, more, err = s.Dead.Letters(s.ctx, n)
		s.must(err)
		if len(letters) == n {
			s.equal(more, false)
			return letters
		}
	}
	s.Fatalf("%d dead letters, want %d", len(letters), n)
	return nil
}

// take waits until a dead letter can be taken.
func (s *suite) take(id string) *queue.Delivery {
	s.Helper()
	for deadline := s.Now().Add(patience); s.Now().Before(deadline); s.Pass() {
		taken, err := s.Dead.Take(s.ctx, id, long)
		s.must(err)
		if taken != nil {
			return taken
		}
	}
	s.Fatal("not there to be taken")
	return nil
}
