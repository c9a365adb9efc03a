package tabletest

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

var lifetimeTests = []test{
	{"a table opened again has everything that was answered", func(s *suite) {
		full := item("p", "full", everyType())
		full.Index = map[string]table.Key{"first": key("i", "1")}
		full.Expires = s.clock.Now().Add(time.Hour)
		s.put(full, item("p", "gone", nil))
		one, two := item("q", "1", nil), item("q", "2", nil)
		s.must(s.table.Transact(s.ctx, []table.Write{{Put: &one}, {Put: &two}, {Delete: key("p", "gone")}}))
		s.table = s.reopen()
		s.stores(full.Key, &full)
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"full"})
		s.equal(s.sorts(table.Query{Partition: "q"}), []string{"1", "2"})
		s.settles(table.Query{Index: "first", Partition: "i"}, []string{"full"})
		s.put(one)
	}},
	{"a cursor lives on when the table is opened again", func(s *suite) {
		s.putSorts("p", ordered...)
		page, err := s.table.Query(s.ctx, table.Query{Partition: "p", Limit: 4})
		s.must(err)
		s.table = s.reopen()
		s.equal(s.sorts(table.Query{Partition: "p", After: page.Cursor}), ordered[len(page.Items):])
	}},
	{"a closed table answers ErrClosed, and closing twice is no error", func(s *suite) {
		s.must(s.table.Close())
		s.must(s.table.Close())
		for _, err := range s.everything(s.ctx) {
			s.is(err, table.ErrClosed)
		}
	}},
	{"when the context has ended nothing happens", func(s *suite) {
		ended, end := context.WithCancel(s.ctx)
		end()
		for _, err := range s.everything(ended) {
			s.is(err, context.Canceled)
		}
		late, end := context.WithDeadline(s.ctx, time.Unix(0, 0))
		defer end()
		for _, err := range s.everything(late) {
			s.is(err, context.DeadlineExceeded)
		}
		s.stores(key("p", "s"), nil)
	}},
}

// everything asks for each operation once and returns the errors.
func (s *suite) everything(ctx context.Context) []error {
	it := item("p", "s", nil)
	_, get := s.table.Get(ctx, it.Key)
	_, getEach := s.table.GetEach(ctx, []table.Key{it.Key})
	_, query := s.table.Query(ctx, table.Query{Partition: "p"})
	_, scan := s.table.Scan(ctx, table.Scan{})
	_, snapshot := s.table.Snapshot(ctx)
	errs := []error{get, getEach, query, scan, snapshot, s.table.Write(ctx, table.Write{Put: &it}), s.table.Transact(ctx, []table.Write{{Put: &it}})}
	each := s.table.WriteEach(ctx, []table.Write{{Put: &it}, {Delete: key("p", "t")}})
	s.equal(len(each), 2)
	return append(errs, each...)
}
