package tabletest

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/table"
)

var indexTests = []test{
	{"an index shows the items with a key in it, whole, in the order of that key", func(s *suite) {
		var want []table.Item
		for n, sort := range ordered {
			it := item("p", numbered(len(ordered)-n), table.Attributes{"n": int64(n)})
			it.Index = map[string]table.Key{"first": key("i", sort)}
			want = append(want, it)
		}
		s.put(want...)
		s.put(item("p", "without", nil))
		q := table.Query{Index: "first", Partition: "i"}
		s.settles(q, sortsOf(want))
		s.equal(s.walk(q), want)
		for limit := 1; limit < 5; limit++ {
			q.Limit = limit
			s.equal(s.walk(q), want)
		}
		slices.Reverse(want)
		q.Descending = true
		s.equal(s.walk(q), want)
		s.settles(table.Query{Index: "first", Partition: "i", Prefix: "a#"}, sortsOf([]table.Item{
			*find(want, "a#"), *find(want, "a#b")}))
		s.settles(table.Query{Index: "second", Partition: "i"}, []string{})
	}},
	{"items may share a key in an index, and pages show each once", func(s *suite) {
		var want []string
		for n := range 20 {
			it := item("p", numbered(n), nil)
			it.Index = map[string]table.Key{"first": key("i", "same")}
			s.put(it)
			want = append(want, it.Key.Sort)
		}
		for _, descending := range []bool{false, true} {
			q := table.Query{Index: "first", Partition: "i", Limit: 3, Descending: descending}
			s.settlesUnordered(q, want)
		}
	}},
	{"follows when an item's key there changes, goes, and when the item goes", func(s *suite) {
		it := item("p", "s", nil)
		there := func(index, partition string) table.Query { return table.Query{Index: index, Partition: partition} }
		it.Index = map[string]table.Key{"first": key("i", "1"), "second": key("i", "1")}
		s.put(it)
		s.settles(there("first", "i"), []string{"s"})
		s.settles(there("second", "i"), []string{"s"})
		it.Index = map[string]table.Key{"first": key("j", "2")}
		s.must(s.table.Transact(s.ctx, []table.Write{{Put: &it}}))
		s.settles(there("first", "i"), []string{})
		s.settles(there("second", "i"), []string{})
		s.settles(there("first", "j"), []string{"s"})
		s.must(s.table.Write(s.ctx, table.Write{Delete: it.Key}))
		s.settles(there("first", "j"), []string{})
	}},
	{"isn't touched by a write that failed", func(s *suite) {
		it := item("p", "s", nil)
		it.Index = map[string]table.Key{"first": key("i", "1")}
		s.put(it)
		moved := it.Clone()
		moved.Index = map[string]table.Key{"first": key("j", "1")}
		s.conditionError(s.table.Write(s.ctx, table.Write{Put: &moved, Condition: table.Absent()}))
		s.transactionError(s.table.Transact(s.ctx, []table.Write{
			{Put: &moved}, {Check: key("p", "none"), Condition: table.Present()}}))
		s.settles(table.Query{Index: "first", Partition: "i"}, []string{"s"})
		s.settles(table.Query{Index: "first", Partition: "j"}, []string{})
	}},
}

func sortsOf(items []table.Item) []string {
	sorts := []string{}
	for _, it := range items {
		sorts = append(sorts, it.Key.Sort)
	}
	return sorts
}

// find returns the item with a sort key in the first index.
func find(items []table.Item, sort string) *table.Item {
	for i := range items {
		if items[i].Index["first"].Sort == sort {
			return &items[i]
		}
	}
	return nil
}

func (s *suite) settlesUnordered(q table.Query, want []string) {
	s.Helper()
	got := s.sorts(q)
	for tries := 0; len(got) != len(want) && tries < 1000 && !s.able.IndexesAtOnce; tries++ {
		got = s.sorts(q)
	}
	slices.Sort(got)
	s.equal(got, want)
}
