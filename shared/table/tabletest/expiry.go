package tabletest

import (
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

var expiryTests = []test{
	{"an item is there until its time and not from then on", func(s *suite) {
		it := item("p", "s", table.Attributes{"n": int64(1)})
		it.Expires = s.clock.Now().Add(time.Hour)
		it.Index = map[string]table.Key{"first": key("i", "s")}
		s.put(it, item("p", "t", nil))
		s.clock.Advance(time.Hour - time.Second)
		s.stores(it.Key, &it)
		s.settles(table.Query{Index: "first", Partition: "i"}, []string{"s"})
		s.clock.Advance(time.Second)
		s.stores(it.Key, nil)
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"t"})
		got, err := s.table.GetEach(s.ctx, []table.Key{it.Key})
		s.must(err)
		s.equal(len(got), 0)
		s.settles(table.Query{Index: "first", Partition: "i"}, []string{})
	}},
	{"every condition takes an expired item for absent", func(s *suite) {
		it := item("p", "s", table.Attributes{"n": int64(1)})
		it.Expires = s.clock.Now().Add(time.Minute)
		s.put(it)
		s.clock.Advance(time.Minute)
		for _, c := range []table.Condition{table.Present(), table.Equal("n", int64(1))} {
			refusal := s.conditionError(s.table.Write(s.ctx, table.Write{Delete: it.Key, Condition: c}))
			s.equal(refusal.Current, (*table.Item)(nil))
			s.transactionError(s.table.Transact(s.ctx, []table.Write{{Check: it.Key, Condition: c}}))
		}
		s.must(s.table.Transact(s.ctx, []table.Write{{Check: it.Key, Condition: table.Absent()}}))
		again := item("p", "s", table.Attributes{"n": int64(2)})
		s.must(s.table.Write(s.ctx, table.Write{Put: &again, Condition: table.Absent()}))
		s.stores(again.Key, &again)
	}},
	{"every judgement of an expired item is that of none", func(s *suite) {
		for _, j := range judgements[1:] {
			k := key("expired", j.name)
			it := states(k)["one"].Clone()
			it.Expires = s.clock.Now()
			s.put(it)
			err := s.table.Transact(s.ctx, []table.Write{{Check: k, Condition: j.condition}})
			if !j.none {
				s.equal(s.transactionError(err).Failed[0].Current, (*table.Item)(nil))
			} else {
				s.must(err)
			}
			err = s.table.Write(s.ctx, table.Write{Put: states(k)["two"], Condition: j.condition})
			if !j.none {
				s.equal(s.conditionError(err).Current, (*table.Item)(nil))
				s.stores(k, nil)
			} else {
				s.must(err)
				s.stores(k, states(k)["two"])
			}
		}
	}},
	{"an expiry can be moved and taken away", func(s *suite) {
		it := item("p", "s", nil)
		for _, expires := range []time.Time{s.clock.Now().Add(time.Minute), s.clock.Now().Add(time.Hour), {}} {
			it.Expires = expires
			s.put(it)
			s.stores(it.Key, &it)
		}
		s.clock.Advance(1000 * time.Hour)
		s.stores(it.Key, &it)
	}},
	{"is kept to the second, in UTC", func(s *suite) {
		it := item("p", "s", nil)
		whole := s.clock.Now().Add(time.Hour)
		it.Expires = whole.Add(999 * time.Millisecond).In(time.FixedZone("there", 7200))
		s.put(it)
		it.Expires = whole
		s.stores(it.Key, &it)
	}},
	{"pages go on past expired items", func(s *suite) {
		for n := range 50 {
			it := item("p", numbered(n), nil)
			if n != 49 {
				it.Expires = s.clock.Now()
			}
			s.put(it)
		}
		s.equal(s.sorts(table.Query{Partition: "p", Limit: 5}), []string{numbered(49)})
		s.equal(s.sorts(table.Query{Partition: "p", Limit: 5, Descending: true}), []string{numbered(49)})
	}},
	{"a long expired item can be written again and stays", func(s *suite) {
		for n := range 5 {
			it := item("p", numbered(n), nil)
			it.Expires = s.clock.Now().Add(-1000 * time.Hour)
			s.put(it)
		}
		again := item("p", numbered(2), nil)
		s.put(again)
		s.put(item("p", numbered(9), nil))
		s.stores(again.Key, &again)
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{numbered(2), numbered(9)})
	}},
}
