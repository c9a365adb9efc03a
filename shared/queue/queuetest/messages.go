package queuetest

import (
	"context"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/queue"
)

var messageTests = []test{
	{"a message is delivered with its body, an identifier and its number", func(s *suite) {
		s.send(`{"import":"01"}`)
		d := s.receive(s.Queue, long)
		s.equal([]any{string(d.Body), d.Attempt}, []any{`{"import":"01"}`, 1})
		if d.ID == "" || d.Receipt == "" {
			s.Fatalf("not named: %+v", d)
		}
	}},
	{"an empty queue gives nothing", func(s *suite) {
		s.silent(s.Queue, 0)
		s.silent(s.Dead, 0)
	}},
	{"bodies come as they were sent, up to the largest", func(s *suite) {
		for _, body := range []string{
			"x", " \t\r\n ", "Cité éducative – 学习型城市 – 🎓", `{"a":"<b>&amp;</b>]]>\u0000"}`, "\ufffd", strings.Repeat("é", queue.MaxBody/2),
		} {
			s.send(body)
			d := s.receive(s.Queue, long)
			if string(d.Body) != body {
				s.Fatalf("sent %.40q (%d bytes), received %.40q (%d bytes)", body, len(body), d.Body, len(d.Body))
			}
		}
	}},
	{"what no engine would take is refused and changes nothing", func(s *suite) {
		for _, body := range []string{
			"", strings.Repeat("x", queue.MaxBody+1), "a\x00b", "\x1b", "\xff", "\xed\xa0\x80", "\ufffe", "\uffff",
		} {
			s.is(s.Queue.Send(s.ctx, []byte(body), 0), queue.ErrInvalid)
		}
		s.is(s.Queue.Send(s.ctx, []byte("x"), -1), queue.ErrInvalid)
		s.is(s.Queue.Send(s.ctx, []byte("x"), queue.MaxDelay+time.Second), queue.ErrInvalid)
		for _, bad := range []struct {
			max    int
			hidden time.Duration
		}{{0, long}, {queue.MaxReceive + 1, long}, {1, 0}, {1, -1}, {1, queue.MaxHidden + time.Second}} {
			_, err := s.Queue.Receive(s.ctx, bad.max, bad.hidden)
			s.is(err, queue.ErrInvalid)
		}
		s.silent(s.Queue, 0)
		s.send("x")
		d := s.receive(s.Queue, long)
		s.is(s.Queue.Return(s.ctx, d, -1), queue.ErrInvalid)
		s.is(s.Queue.Return(s.ctx, d, queue.MaxHidden+time.Second), queue.ErrInvalid)
		s.is(s.Queue.Done(s.ctx, queue.Delivery{ID: d.ID}), queue.ErrInvalid)
		s.is(s.Queue.Return(s.ctx, queue.Delivery{Receipt: d.Receipt}, 0), queue.ErrInvalid)
	}},
	{"a message sent for later comes no earlier", func(s *suite) {
		sent := s.Now()
		s.must(s.Queue.Send(s.ctx, []byte("later"), 2*short))
		s.equal(s.receiveAll(s.Queue, 1), []string{"later"})
		if passed := s.Now().Sub(sent); passed < 2*short {
			s.Fatalf("came after %v", passed)
		}
	}},
	{"one that is to come later keeps no other from coming", func(s *suite) {
		s.must(s.Queue.Send(s.ctx, []byte("later"), queue.MaxDelay))
		s.send("now")
		s.equal(s.receiveAll(s.Queue, 1), []string{"now"})
		s.silent(s.Queue, 0)
	}},
	{"a queue opened again has its messages, and what was received stays hidden and can be done", func(s *suite) {
		s.send("held", "waiting")
		held := s.receive(s.Queue, long)
		s.Queue = s.Reopen()
		other := s.receive(s.Queue, long)
		if other.ID == held.ID {
			s.Fatal("delivered twice while hidden")
		}
		s.must(s.Queue.Return(s.ctx, held, 0))
		again := s.receive(s.Queue, long)
		s.equal([]any{again.ID, again.Attempt}, []any{held.ID, 2})
		s.must(s.Queue.Done(s.ctx, again))
		s.must(s.Queue.Done(s.ctx, other))
		s.silent(s.Queue, 0)
	}},
	{"when the context has ended nothing happens", func(s *suite) {
		s.send("kept")
		d := s.receive(s.Queue, short)
		ended, end := context.WithCancel(s.ctx)
		end()
		s.is(s.Queue.Send(ended, []byte("x"), 0), context.Canceled)
		_, err := s.Queue.Receive(ended, 1, long)
		s.is(err, context.Canceled)
		s.is(s.Queue.Return(ended, d, 0), context.Canceled)
		s.is(s.Queue.Done(ended, d), context.Canceled)
		s.equal(s.receiveAll(s.Queue, 1), []string{"kept"})
		s.silent(s.Queue, 0)
	}},
}
