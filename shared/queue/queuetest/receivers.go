package queuetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/learning-cities/guildhall/shared/queue"
)

var receiverTests = []test{
	{"nobody receives more at once than asked for", func(s *suite) {
		want := []string{}
		for n := range 7 {
			want = append(want, fmt.Sprint(n))
		}
		s.send(want...)
		got := []string{}
		for deadline := s.Now().Add(patience); len(got) < len(want) && s.Now().Before(deadline); s.Pass() {
			ds, err := s.Queue.Receive(s.ctx, 3, long)
			s.must(err)
			if len(ds) > 3 {
				s.Fatalf("%d at once", len(ds))
			}
			for _, d := range ds {
				got = append(got, string(d.Body))
			}
		}
		slices.Sort(got)
		s.equal(got, want)
	}},
	{"several senders and receivers share the messages, each going to one of them", func(s *suite) {
		const senders, each, receivers = 4, 10, 4
		ctx, end := context.WithTimeout(s.ctx, patience)
		defer end()
		var sending sync.WaitGroup
		errs := make([]error, senders+receivers)
		for n := range senders {
			sending.Go(func() {
				for i := range each {
					errs[n] = errors.Join(errs[n], s.Queue.Send(s.ctx, fmt.Appendf(nil, "%d-%02d", n, i), 0))
				}
			})
		}
		var mu sync.Mutex
		got := map[string]int{}
		all := func() bool {
			mu.Lock()
			defer mu.Unlock()
			return len(got) == senders*each
		}
		receiver := func() error {
			for ; !all(); s.Pass() {
				ds, err := s.Queue.Receive(ctx, queue.MaxReceive, queue.MaxHidden)
				if err != nil {
					return err
				}
				for _, d := range ds {
					mu.Lock()
					got[string(d.Body)]++
					mu.Unlock()
					if err := s.Queue.Done(s.ctx, d); err != nil {
						return err
					}
				}
			}
			return nil
		}
		var receiving sync.WaitGroup
		for n := range receivers {
			receiving.Go(func() { errs[senders+n] = receiver() })
		}
		sending.Wait()
		receiving.Wait()
		s.must(errors.Join(errs...))
		s.equal(len(got), senders*each)
		for body, times := range got {
			if times != 1 {
				s.Errorf("%s was delivered %d times", body, times)
			}
		}
		s.silent(s.Queue, 0)
	}},
}
