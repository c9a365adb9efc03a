package tabletest

import (
	"errors"
	"strings"

	"github.com/learning-cities/guildhall/shared/table"
)

var transactionTests = []test{
	{"all writes happen together", func(s *suite) {
		s.put(item("p", "old", nil), item("p", "checked", nil))
		a, b := item("p", "a", table.Attributes{"n": int64(1)}), item("q", "b", nil)
		s.must(s.table.Transact(s.ctx, []table.Write{
			{Put: &a, Condition: table.Absent()},
			{Put: &b},
			{Delete: key("p", "old"), Condition: table.Present()},
			{Delete: key("p", "never there")},
			{Check: key("p", "checked"), Condition: table.Present()},
			{Check: key("p", "missing"), Condition: table.Absent()},
		}))
		s.stores(a.Key, &a)
		s.stores(b.Key, &b)
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"a", "checked"})
	}},
	{"a failed condition is named, with what is stored, and nothing is written", func(s *suite) {
		taken := item("p", "slot-2", table.Attributes{"holder": "FR#brest"})
		s.put(taken, item("p", "old", nil))
		one, two, three := item("p", "slot-1", nil), item("p", "slot-2", nil), item("p", "slot-3", nil)
		err := s.table.Transact(s.ctx, []table.Write{
			{Put: &one, Condition: table.Absent(), Label: "first"},
			{Put: &two, Condition: table.Absent(), Label: "second"},
			{Put: &three, Condition: table.Absent(), Label: "third"},
			{Delete: key("p", "old")},
		})
		refusal := s.transactionError(err)
		s.equal(refusal.Failed, []table.Failure{{Index: 1, ConditionError: table.ConditionError{
			Label: "second", Key: taken.Key, Current: &taken}}})
		if !strings.Contains(err.Error(), "second") {
			s.Fatalf("message %q", err)
		}
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"old", "slot-2"})
		s.stores(taken.Key, &taken)
	}},
	{"of several failed conditions those named are true, in order", func(s *suite) {
		s.put(item("p", "1", nil), item("p", "3", nil))
		var ws []table.Write
		for _, sort := range []string{"0", "1", "2", "3", "4"} {
			ws = append(ws, table.Write{Check: key("p", sort), Condition: table.Absent(), Label: sort})
		}
		refusal := s.transactionError(s.table.Transact(s.ctx, ws))
		last := -1
		for _, failure := range refusal.Failed {
			if failure.Index != 1 && failure.Index != 3 || failure.Index <= last || failure.Label != ws[failure.Index].Label {
				s.Fatalf("failed: %v", refusal.Failed)
			}
			last = failure.Index
		}
		if s.able.NamesEveryFailure && len(refusal.Failed) != 2 {
			s.Fatalf("failed: %v", refusal.Failed)
		}
	}},
	{"a condition on what is absent fails without an item", func(s *suite) {
		err := s.table.Transact(s.ctx, []table.Write{{Check: key("p", "none"), Condition: table.Present(), Label: "it"}})
		s.equal(s.transactionError(err).Failed[0].ConditionError,
			table.ConditionError{Label: "it", Key: key("p", "none")})
	}},
	{"a hundred writes fit, a hundred and one don't", func(s *suite) {
		var ws []table.Write
		for n := range table.MaxTransaction + 1 {
			it := item("p", numbered(n), nil)
			ws = append(ws, table.Write{Put: &it, Condition: table.Absent()})
		}
		s.is(s.table.Transact(s.ctx, ws), table.ErrTooLarge)
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{})
		s.must(s.table.Transact(s.ctx, ws[:table.MaxTransaction]))
		s.equal(len(s.walk(table.Query{Partition: "p"})), table.MaxTransaction)
	}},
	{"four megabytes fit, more don't", func(s *suite) {
		var ws []table.Write
		for n := range 11 {
			it := item("p", numbered(n), table.Attributes{"large": strings.Repeat("x", 400_000)})
			ws = append(ws, table.Write{Put: &it})
		}
		s.is(s.table.Transact(s.ctx, ws), table.ErrTooLarge)
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{})
		s.must(s.table.Transact(s.ctx, ws[:10]))
	}},
	{"one that is empty, or does two things to a key, or one that isn't fit, is refused whole", func(s *suite) {
		a, b := item("p", "a", nil), item("p", "b", table.Attributes{"f": 1.5})
		for _, ws := range [][]table.Write{
			{},
			{{Put: &a}, {Delete: a.Key}},
			{{Put: &a}, {Check: a.Key, Condition: table.Absent()}},
			{{Put: &a}, {Put: &b}},
			{{Put: &a}, {Check: key("p", "c")}},
			{{Put: &a}, {}},
		} {
			s.is(s.table.Transact(s.ctx, ws), table.ErrInvalid)
		}
		s.stores(a.Key, nil)
	}},
}

func (s *suite) transactionError(err error) *table.TransactionError {
	s.Helper()
	var refusal *table.TransactionError
	if !errors.As(err, &refusal) || len(refusal.Failed) == 0 {
		s.Fatalf("got %v, want a TransactionError with failures", err)
	}
	return refusal
}
