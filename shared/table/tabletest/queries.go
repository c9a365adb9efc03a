package tabletest

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/table"
)

// ordered are sort keys in the order of their bytes: it isn't that of the alphabet, nor of UTF-16.
var ordered = []string{
	"\x00", "\x01", " ", "#", "-", "10", "9", "A", "Z", "a", "a\x00", "a\x00b", "a\x01", "a b", "a#", "a#b", "aa", "ab", "b", "z",
	"\x7f", "\u00a0", "É", "é", "ı", "\u0301", "ά", "Я", "日本", "\ue000", "\uffff", "🙂", "\U0010ffff",
}

var queryTests = []test{
	{"items stand in the byte order of the sort key", func(s *suite) {
		s.putSorts("p", ordered...)
		s.equal(s.sorts(table.Query{Partition: "p"}), ordered)
	}},
	{"or in its reverse", func(s *suite) {
		s.putSorts("p", ordered...)
		want := slices.Clone(ordered)
		slices.Reverse(want)
		s.equal(s.sorts(table.Query{Partition: "p", Descending: true}), want)
	}},
	{"a prefix selects the keys that begin with it, itself included", func(s *suite) {
		s.putSorts("p", ordered...)
		for _, prefix := range append([]string{"nothing", "日", "a#"}, ordered...) {
			var want []string
			for _, sort := range ordered {
				if strings.HasPrefix(sort, prefix) {
					want = append(want, sort)
				}
			}
			s.equal(s.sorts(table.Query{Partition: "p", Prefix: prefix}), append([]string{}, want...))
			slices.Reverse(want)
			s.equal(s.sorts(table.Query{Partition: "p", Prefix: prefix, Descending: true}), append([]string{}, want...))
		}
	}},
	{"a query stays in its partition", func(s *suite) {
		partitions := []string{"p", "p#", "pp", "p\x00", "o", "q", "P"}
		for _, partition := range partitions {
			s.putSorts(partition, partition+"/1", partition+"/2")
		}
		for _, partition := range partitions {
			want := []string{partition + "/1", partition + "/2"}
			s.equal(s.sorts(table.Query{Partition: partition}), want)
			s.equal(s.sorts(table.Query{Partition: partition, Descending: true}), []string{want[1], want[0]})
		}
		s.equal(s.sorts(table.Query{Partition: "none"}), []string{})
	}},
	{"pages of any size make up the whole", func(s *suite) {
		s.putSorts("p", ordered...)
		want := slices.Clone(ordered)
		for _, descending := range []bool{false, true} {
			for limit := 1; limit <= len(ordered)+1; limit++ {
				s.equal(s.sorts(table.Query{Partition: "p", Limit: limit, Descending: descending}), want)
			}
			slices.Reverse(want)
		}
	}},
	{"a page holds at most a thousand items, however many are asked for", func(s *suite) {
		var sorts []string
		for n := range table.MaxPage + 1 {
			sorts = append(sorts, numbered(n))
		}
		s.putSorts("p", sorts...)
		for _, limit := range []int{0, table.MaxPage, table.MaxPage + 1, 1 << 40} {
			page, err := s.table.Query(s.ctx, table.Query{Partition: "p", Limit: limit})
			s.must(err)
			if len(page.Items) > table.MaxPage || page.Cursor == "" {
				s.Fatalf("limit %d gave %d items, cursor %q", limit, len(page.Items), page.Cursor)
			}
			s.equal(s.sorts(table.Query{Partition: "p", Limit: limit}), sorts)
		}
	}},
	{"large items come in several pages", func(s *suite) {
		large := strings.Repeat("x", 300_000)
		for n := range 12 {
			s.put(item("p", numbered(n), table.Attributes{"large": large}))
		}
		s.equal(len(s.walk(table.Query{Partition: "p"})), 12)
	}},
	{"while items change, each that stays is seen once", func(s *suite) {
		for _, descending := range []bool{false, true} {
			s.changing(descending)
		}
	}},
	{"a cursor is safe in a URL", func(s *suite) {
		s.putSorts("ü/?&", ordered...)
		page, err := s.table.Query(s.ctx, table.Query{Partition: "ü/?&", Limit: 3})
		s.must(err)
		if strings.ContainsFunc(string(page.Cursor), func(r rune) bool {
			return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", r)
		}) {
			s.Fatalf("cursor %q", page.Cursor)
		}
	}},
	{"a cursor of another query is refused", func(s *suite) {
		s.putSorts("p", ordered...)
		q := table.Query{Partition: "p", Prefix: "a", Limit: 2}
		page, err := s.table.Query(s.ctx, q)
		s.must(err)
		others := []table.Query{
			{Partition: "q", Prefix: "a"}, {Partition: "p", Prefix: "b"}, {Partition: "p", Prefix: "a", Descending: true},
			{Partition: "p", Prefix: "a", Index: "first"},
		}
		for _, other := range others {
			other.After = page.Cursor
			_, err := s.table.Query(s.ctx, other)
			s.is(err, table.ErrCursor)
		}
	}},
	{"a damaged cursor is refused", func(s *suite) {
		s.putSorts("p", ordered...)
		page, err := s.table.Query(s.ctx, table.Query{Partition: "p", Limit: 2})
		s.must(err)
		whole := string(page.Cursor)
		for cut := 1; cut < len(whole); cut++ {
			_, err := s.table.Query(s.ctx, table.Query{Partition: "p", After: table.Cursor(whole[:cut])})
			s.is(err, table.ErrCursor)
		}
		for _, damaged := range []string{"!", whole + "A", "AQ" + whole, strings.Repeat("_", 40)} {
			_, err := s.table.Query(s.ctx, table.Query{Partition: "p", After: table.Cursor(damaged)})
			s.is(err, table.ErrCursor)
		}
	}},
	{"a query without partition, with a negative limit or of an unknown index is refused", func(s *suite) {
		for _, q := range []table.Query{
			{}, {Partition: "p", Limit: -1}, {Partition: "p", Index: "third"}, {Partition: "p", Prefix: "\xff"},
			{Partition: strings.Repeat("p", table.MaxPartition+1)}, {Partition: "p", Prefix: strings.Repeat("s", table.MaxSort+1)},
		} {
			_, err := s.table.Query(s.ctx, q)
			s.is(err, table.ErrInvalid)
		}
	}},
}

func (s *suite) putSorts(partition string, sorts ...string) {
	s.Helper()
	var items []table.Item
	for _, sort := range sorts {
		items = append(items, item(partition, sort, table.Attributes{"sort": sort}))
	}
	slices.Reverse(items)
	s.put(items...)
}

// changing walks over 100 items while half of them, those at the cursor included, go and others come.
func (s *suite) changing(descending bool) {
	s.Helper()
	partition := "p"
	if descending {
		partition = "q"
	}
	var stay []string
	for n := range 100 {
		s.putSorts(partition, numbered(2*n))
		if n%2 == 0 {
			stay = append(stay, numbered(2*n))
		}
	}
	seen := map[string]int{}
	q := table.Query{Partition: partition, Limit: 7, Descending: descending}
	for step := 0; ; step++ {
		page, err := s.table.Query(s.ctx, q)
		s.must(err)
		for _, it := range page.Items {
			seen[it.Key.Sort]++
		}
		if page.Cursor == "" {
			break
		}
		q.After = page.Cursor
		s.putSorts(partition, numbered(2*(step*37%100)+1))
		for n := 1; n < 100; n += 2 { // deletes what was shown, and the next to be shown
			if seen[numbered(2*n)] == 1 || n%13 == step {
				s.must(s.table.Write(s.ctx, table.Write{Delete: key(partition, numbered(2*n))}))
			}
		}
	}
	for _, sort := range stay {
		s.equal(seen[sort], 1)
	}
	for sort, times := range seen {
		if times != 1 {
			s.Fatalf("%s seen %d times", sort, times)
		}
	}
}
