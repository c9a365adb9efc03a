package tabletest

import (
	"errors"
	"sync"
	"sync/atomic"

	"github.com/learning-cities/guildhall/shared/table"
)

var concurrencyTests = []test{
	{"of a hundred who claim three slots at once, three get one", func(s *suite) {
		var winners atomic.Int64
		s.together(100, func(n int) error {
			won, err := s.claim(numbered(n))
			if won {
				winners.Add(1)
			}
			return err
		})
		s.equal(winners.Load(), int64(3))
		slots := s.walk(table.Query{Partition: "quota"})
		s.equal(sortsOf(slots), []string{"slot-1", "slot-2", "slot-3"})
		s.equal(len(s.walk(table.Query{Partition: "application"})), 3)
		for _, slot := range slots {
			_, err := s.table.Get(s.ctx, key("application", slot.Attributes["holder"].(string)))
			s.must(err)
		}
	}},
	{"no increment under a version is lost", func(s *suite) {
		s.put(item("p", "counter", table.Attributes{"version": int64(0)}))
		s.together(8, func(int) error {
			for range 10 {
				if err := s.increment(); err != nil {
					return err
				}
			}
			return nil
		})
		s.stores(key("p", "counter"), &table.Item{
			Key: key("p", "counter"), Attributes: table.Attributes{"version": int64(80)}})
	}},
	{"of writers that create the same items, each item has one", func(s *suite) {
		var created atomic.Int64
		s.together(6, func(n int) error {
			var ws []table.Write
			for i := range 50 {
				it := item("p", numbered(i), table.Attributes{"by": int64(n)})
				ws = append(ws, table.Write{Put: &it, Condition: table.Absent()})
			}
			errs := s.table.WriteEach(s.ctx, ws)
			for i := range ws {
				if errs == nil || errs[i] == nil {
					created.Add(1)
				} else if refusal := new(table.ConditionError); !errors.As(errs[i], &refusal) {
					return errs[i]
				}
			}
			return nil
		})
		s.equal(created.Load(), int64(50))
	}},
	{"a reader sees an item whole while it is replaced", func(s *suite) {
		s.put(item("p", "s", table.Attributes{"a": int64(0), "b": int64(0)}))
		s.together(4, func(n int) error {
			for i := range 25 {
				if n == 0 {
					it := item("p", "s", table.Attributes{"a": int64(i), "b": int64(i)})
					if err := s.table.Write(s.ctx, table.Write{Put: &it}); err != nil {
						return err
					}
				}
				got, err := s.table.Get(s.ctx, key("p", "s"))
				if err != nil {
					return err
				}
				if got.Attributes["a"] != got.Attributes["b"] {
					return errors.New("half an item was read")
				}
			}
			return nil
		})
	}},
}

// together runs f in n goroutines that begin at the same moment.
func (s *suite) together(n int, f func(n int) error) {
	s.Helper()
	var group sync.WaitGroup
	start := make(chan struct{})
	errs := make([]error, n)
	for i := range n {
		group.Go(func() {
			<-start
			errs[i] = f(i)
		})
	}
	close(start)
	group.Wait()
	s.must(errors.Join(errs...))
}

// claim tries the three slots in order, each together with the application of who claims. A contended engine that gives up is
// asked again.
func (s *suite) claim(who string) (bool, error) {
	for _, name := range []string{"slot-1", "slot-2", "slot-3"} {
		slot := item("quota", name, table.Attributes{"holder": who})
		application := item("application", who, table.Attributes{"slot": name})
		ws := []table.Write{
			{Put: &slot, Condition: table.AnyOf(table.Absent(), table.Equal("holder", who)), Label: name},
			{Put: &application},
		}
		err := s.table.Transact(s.ctx, ws)
		for errors.Is(err, table.ErrUnavailable) {
			err = s.table.Transact(s.ctx, ws)
		}
		if err == nil {
			return true, nil
		}
		if refusal := new(table.TransactionError); !errors.As(err, &refusal) {
			return false, err
		}
	}
	return false, nil
}

func (s *suite) increment() error {
	for {
		current, err := s.table.Get(s.ctx, key("p", "counter"))
		if err != nil {
			return err
		}
		version := current.Attributes["version"].(int64)
		next := item("p", "counter", table.Attributes{"version": version + 1})
		err = s.table.Write(s.ctx, table.Write{Put: &next, Condition: table.Equal("version", version)})
		if refusal := new(table.ConditionError); !errors.As(err, &refusal) {
			return err
		}
	}
}
