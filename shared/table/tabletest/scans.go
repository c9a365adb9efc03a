package tabletest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

var scanTests = []test{
	{"a scan shows every item of every partition once, whole", func(s *suite) {
		want := s.many()
		got := map[table.Key]table.Item{}
		for _, it := range s.scan(0) {
			if _, twice := got[it.Key]; twice {
				s.Fatalf("%s twice", it.Key)
			}
			got[it.Key] = it
		}
		s.equal(got, want)
	}},
	{"pages of any size make up the whole, in the same order each time", func(s *suite) {
		s.many()
		want := s.scan(0)
		for limit := 1; limit <= len(want)+1; limit++ {
			s.equal(s.scan(limit), want)
		}
	}},
	{"the items of a partition stand together", func(s *suite) {
		for _, partition := range []string{"p", "p#", "pp", "o", "q"} {
			s.putSorts(partition, "1", "2", "3")
		}
		var seen []string
		for _, it := range s.scan(2) {
			if n := len(seen); n > 0 && seen[n-1] == it.Key.Partition {
				continue
			}
			if slices.Contains(seen, it.Key.Partition) {
				s.Fatalf("partition %q comes twice", it.Key.Partition)
			}
			seen = append(seen, it.Key.Partition)
		}
		s.equal(len(seen), 5)
	}},
	{"an empty table has no items", func(s *suite) {
		s.equal(len(s.scan(0)), 0)
		s.equal(len(s.items(s.snapshot())), 0)
	}},
	{"large items come in several pages of a scan", func(s *suite) {
		for n := range 12 {
			s.put(item(numbered(n%3), numbered(n), table.Attributes{"large": strings.Repeat("x", 300_000)}))
		}
		s.equal(len(s.scan(0)), 12)
	}},
	{"a scan goes on after an item that went", func(s *suite) {
		s.many()
		whole := s.scan(0)
		page, err := s.table.Scan(s.ctx, table.Scan{Limit: 2})
		s.must(err)
		s.must(s.table.Write(s.ctx, table.Write{Delete: page.Items[len(page.Items)-1].Key}))
		rest := []table.Item{}
		for after := page.Cursor; after != ""; after = page.Cursor {
			page, err = s.table.Scan(s.ctx, table.Scan{After: after, Limit: 3})
			s.must(err)
			rest = append(rest, page.Items...)
		}
		s.equal(rest, whole[len(whole)-len(rest):])
		s.equal(len(rest), len(whole)-2)
	}},
	{"what has expired is in no scan and no snapshot", func(s *suite) {
		passing := item("p", "passing", nil)
		passing.Expires = s.clock.Now().Add(time.Minute)
		s.put(passing, item("p", "staying", nil))
		before := s.snapshot()
		s.clock.Advance(time.Minute)
		s.equal(s.scan(0), []table.Item{item("p", "staying", nil)})
		s.equal(s.items(s.snapshot()), []table.Item{item("p", "staying", nil)})
		s.equal(len(s.items(before)), 2)
	}},
	{"a cursor of a query is none of a scan, nor the other way round, nor is a damaged one", func(s *suite) {
		s.putSorts("p", ordered...)
		ofQuery, err := s.table.Query(s.ctx, table.Query{Partition: "p", Limit: 2})
		s.must(err)
		ofScan, err := s.table.Scan(s.ctx, table.Scan{Limit: 2})
		s.must(err)
		_, err = s.table.Query(s.ctx, table.Query{Partition: "p", After: ofScan.Cursor})
		s.is(err, table.ErrCursor)
		whole := string(ofScan.Cursor)
		damaged := []string{string(ofQuery.Cursor), "!", whole + "A", strings.Repeat("_", 40)}
		for cut := 1; cut < len(whole); cut++ {
			damaged = append(damaged, whole[:cut])
		}
		for _, cursor := range damaged {
			_, err := s.table.Scan(s.ctx, table.Scan{After: table.Cursor(cursor)})
			s.is(err, table.ErrCursor)
		}
		_, err = s.table.Scan(s.ctx, table.Scan{Limit: -1})
		s.is(err, table.ErrInvalid)
	}},
	{"a snapshot shows what was there, whatever is written afterwards, also when the table is closed", func(s *suite) {
		s.many()
		want := s.scan(0)
		taken := s.snapshot()
		for _, it := range want {
			s.must(s.table.Write(s.ctx, table.Write{Delete: it.Key}))
		}
		s.putSorts("new", "1", "2")
		s.equal(s.items(taken), want)
		s.must(s.table.Close())
		s.equal(s.items(taken), want)
		s.must(taken.Close())
		s.must(taken.Close())
	}},
	{"a snapshot may be left at any item, and ends with its context", func(s *suite) {
		s.many()
		taken := s.snapshot()
		for it, err := range taken.Items(s.ctx) {
			s.must(err)
			s.equal(it, s.scan(1)[0])
			break
		}
		ended, end := context.WithCancel(s.ctx)
		end()
		for _, err := range taken.Items(ended) {
			s.is(err, context.Canceled)
		}
	}},
	{"a snapshot that is taken while others write shows all of a transaction or none of it", func(s *suite) {
		s.transfer(0)
		var writers sync.WaitGroup
		for n := 1; n <= 4; n++ {
			writers.Go(func() {
				for m := range 5 {
					s.transfer(10*n + m)
				}
			})
		}
		// An engine without snapshots may have none while others write, and says so.
		taken, err := s.table.Snapshot(s.ctx)
		if s.able.Snapshots || err == nil {
			s.must(err)
			s.ofOneTransaction(taken)
		} else {
			s.is(err, table.ErrUnsettled)
		}
		writers.Wait()
		s.ofOneTransaction(s.snapshot())
	}},
}

// many puts items of every type into several partitions, and returns them by their keys.
func (s *suite) many() map[table.Key]table.Item {
	s.Helper()
	want := map[table.Key]table.Item{}
	for _, partition := range []string{"p", "p#1", "q", "日"} {
		for n := range 4 {
			it := item(partition, numbered(n), everyType())
			if n == 1 {
				it.Index = map[string]table.Key{"first": key("i", partition)}
			}
			if n == 2 {
				it.Expires = s.clock.Now().Add(time.Hour)
			}
			s.put(it)
			want[it.Key] = it
		}
	}
	return want
}

// scan reads all items in pages of a limit.
func (s *suite) scan(limit int) []table.Item {
	s.Helper()
	all := []table.Item{}
	for after := table.Cursor(""); ; {
		page, err := s.table.Scan(s.ctx, table.Scan{After: after, Limit: limit})
		s.must(err)
		if limit > 0 && len(page.Items) > limit {
			s.Fatalf("a page of %d items, limit %d", len(page.Items), limit)
		}
		all = append(all, page.Items...)
		if after = page.Cursor; after == "" {
			return all
		}
	}
}

func (s *suite) snapshot() table.Snapshot {
	s.Helper()
	taken, err := s.table.Snapshot(s.ctx)
	s.must(err)
	s.Cleanup(func() { s.must(taken.Close()) })
	return taken
}

func (s *suite) items(taken table.Snapshot) []table.Item {
	s.Helper()
	all := []table.Item{}
	for it, err := range taken.Items(s.ctx) {
		s.must(err)
		all = append(all, it)
	}
	return all
}

// transfer writes the same number to eight items of as many partitions, in one transaction.
func (s *suite) transfer(n int) {
	var ws []table.Write
	for part := range 8 {
		it := item(fmt.Sprintf("part-%d", part), "sum", table.Attributes{"n": int64(n)})
		ws = append(ws, table.Write{Put: &it})
	}
	if err := s.table.Transact(s.ctx, ws); err != nil {
		s.Error(err)
	}
}

// ofOneTransaction checks that all eight items come from one transaction.
func (s *suite) ofOneTransaction(taken table.Snapshot) {
	s.Helper()
	all := s.items(taken)
	s.equal(len(all), 8)
	for _, it := range all {
		s.equal(it.Attributes, all[0].Attributes)
	}
	s.must(taken.Close())
}
