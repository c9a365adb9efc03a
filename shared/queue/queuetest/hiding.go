package queuetest

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/queue"
)

var hidingTests = []test{
	{"a delivery that nobody finishes is hidden, and then comes again with the next number", func(s *suite) {
		s.send("x")
		begun := s.Now()
		first := s.receive(s.Queue, 2*short)
		second := s.receive(s.Queue, long)
		if passed := s.Now().Sub(begun); passed < 2*short {
			s.Fatalf("came again after %v", passed)
		}
		s.equal([]any{second.ID, second.Attempt, string(second.Body)}, []any{first.ID, 2, "x"})
		if second.Receipt == first.Receipt {
			s.Fatal("two deliveries with one receipt")
		}
		s.silent(s.Queue, 0)
	}},
	{"a message that is done doesn't come again", func(s *suite) {
		s.send("x")
		d := s.receive(s.Queue, short)
		s.must(s.Queue.Done(s.ctx, d))
		s.silent(s.Queue, short+short/2)
		s.silent(s.Dead, 0)
	}},
	{"what is done can be done again, or returned, and stays done", func(s *suite) {
		s.send("x")
		d := s.receive(s.Queue, long)
		for range 2 {
			s.must(s.Queue.Done(s.ctx, d))
		}
		s.must(s.Queue.Return(s.ctx, d, 0))
		s.silent(s.Queue, 0)
	}},
	{"a returned message comes again at once", func(s *suite) {
		s.send("x")
		first := s.receive(s.Queue, long)
		s.must(s.Queue.Return(s.ctx, first, 0))
		second := s.receive(s.Queue, long)
		s.equal([]any{second.ID, second.Attempt}, []any{first.ID, 2})
	}},
	{"a message returned for later comes no earlier, though its hiding would have ended", func(s *suite) {
		s.send("x")
		d := s.receive(s.Queue, short)
		returned := s.Now()
		s.must(s.Queue.Return(s.ctx, d, 2*short))
		second := s.receive(s.Queue, long)
		if passed := s.Now().Sub(returned); passed < 2*short {
			s.Fatalf("came again after %v", passed)
		}
		s.equal(second.Attempt, 2)
	}},
	{"a delivery that came too late to be done or returned is no error", func(s *suite) {
		s.send("x")
		late := s.receive(s.Queue, short)
		current := s.receive(s.Queue, long)
		s.must(s.Queue.Return(s.ctx, late, long))
		s.must(s.Queue.Done(s.ctx, late))
		s.must(s.Queue.Done(s.ctx, current))
		s.silent(s.Queue, 0)
	}},
}

var deadTests = []test{
	{"a message that was delivered as often as allowed becomes a dead letter with its body", func(s *suite) {
		s.send("poison", "good")
		good := false
		for delivered := 0; delivered < attempts || !good; {
			d := s.receive(s.Queue, long)
			if string(d.Body) == "good" {
				s.must(s.Queue.Done(s.ctx, d))
				good = true
				continue
			}
			delivered++
			s.equal(d.Attempt, delivered)
			s.silent(s.Dead, 0)
			s.must(s.Queue.Return(s.ctx, d, 0))
		}
		s.silent(s.Queue, 0)
		letter := s.receive(s.Dead, long)
		s.equal(string(letter.Body), "poison")
		s.must(s.Dead.Done(s.ctx, letter))
		s.silent(s.Dead, 0)
	}},
	{"a message that is done at its last delivery is no dead letter", func(s *suite) {
		s.send("x")
		for n := range attempts {
			d := s.receive(s.Queue, long)
			if n == attempts-1 {
				s.must(s.Queue.Done(s.ctx, d))
			} else {
				s.must(s.Queue.Return(s.ctx, d, 0))
			}
		}
		s.silent(s.Queue, 0)
		s.silent(s.Dead, 0)
	}},
	{"a message that is buried is a dead letter with its reason, each time it is delivered", func(s *suite) {
		why := "illisible : « \u00e9 »\nline 2"
		s.must(s.Dead.Bury(s.ctx, []byte("poison"), why))
		for n := range 2 {
			letter := s.receive(s.Dead, long)
			s.equal([]any{string(letter.Body), letter.Reason, letter.Attempt}, []any{"poison", why, n + 1})
			s.must(s.Dead.Return(s.ctx, letter, 0))
		}
		s.must(s.Dead.Send(s.ctx, []byte("sent"), 0))
		for {
			if letter := s.receive(s.Dead, long); string(letter.Body) == "sent" {
				s.equal(letter.Reason, "")
				break
			}
		}
		s.silent(s.Queue, 0)
	}},
	{"what can't be a reason is refused", func(s *suite) {
		for _, reason := range []string{"", strings.Repeat("x", queue.MaxReason+1), "a\x00b", "\xff"} {
			s.is(s.Dead.Bury(s.ctx, []byte("x"), reason), queue.ErrInvalid)
		}
		s.is(s.Dead.Bury(s.ctx, nil, "why"), queue.ErrInvalid)
		s.must(s.Dead.Bury(s.ctx, []byte(strings.Repeat("x", queue.MaxBody-queue.MaxReason)), strings.Repeat("é", queue.MaxReason/2)))
		s.equal(s.receive(s.Dead, long).Reason, strings.Repeat("é", queue.MaxReason/2))
	}},
}
