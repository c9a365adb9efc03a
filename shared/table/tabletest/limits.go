package tabletest

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/table"
)

var limitTests = []test{
	{"keys of the greatest lengths are kept, counted in bytes", func(s *suite) {
		for _, letter := range []string{"x", "é"} {
			p := strings.Repeat(letter, table.MaxPartition/len(letter))
			k := strings.Repeat(letter, table.MaxSort/len(letter))
			it := item(p, k, nil)
			it.Index = map[string]table.Key{"first": key(p, k)}
			s.put(it)
			s.stores(it.Key, &it)
			s.equal(s.sorts(table.Query{Partition: p, Prefix: k, Limit: 1}), []string{k})
			s.settles(table.Query{Index: "first", Partition: p, Prefix: k, Limit: 1}, []string{k})
		}
	}},
	{"longer, empty and ill-encoded keys are refused", func(s *suite) {
		for _, k := range []table.Key{
			{}, key("p", ""), key("", "s"), key(strings.Repeat("x", table.MaxPartition+1), "s"),
			key("p", strings.Repeat("x", table.MaxSort+1)), key("p", strings.Repeat("é", table.MaxSort/2)+"x"),
			key("\xff", "s"), key("p", "\xed\xa0\x80"),
		} {
			_, err := s.table.Get(s.ctx, k)
			s.is(err, table.ErrInvalid)
			_, err = s.table.GetEach(s.ctx, []table.Key{key("p", "s"), k})
			s.is(err, table.ErrInvalid)
			s.is(s.table.Write(s.ctx, table.Write{Put: &table.Item{Key: k}}), table.ErrInvalid)
			s.is(s.table.Write(s.ctx, table.Write{Delete: k}), table.ErrInvalid)
			s.is(s.table.Write(s.ctx, table.Write{Put: &table.Item{
				Key: key("p", "s"), Index: map[string]table.Key{"first": k}}}), table.ErrInvalid)
		}
		s.stores(key("p", "s"), nil)
	}},
	{"an item of 400 KB is kept, one byte more is refused", func(s *suite) {
		it := item("p", "s", table.Attributes{
			"n": int64(-1230000), "b": true, "l": []any{"x", int64(7)}, "m": map[string]any{"k": "v"}, "text": ""})
		size, err := table.Size(&it)
		s.must(err)
		it.Attributes["text"] = strings.Repeat("x", table.MaxItem-size)
		s.put(it)
		s.stores(it.Key, &it)
		more := it.Clone()
		more.Attributes["text"] = it.Attributes["text"].(string) + "x"
		s.is(s.table.Write(s.ctx, table.Write{Put: &more}), table.ErrTooLarge)
		s.is(s.table.Transact(s.ctx, []table.Write{{Put: &more}}), table.ErrTooLarge)
		s.stores(it.Key, &it)
	}},
	{"values nest 31 deep and no deeper", func(s *suite) {
		nest := func(depth int) any {
			var v any = "core"
			for n := range depth {
				if n%2 == 0 {
					v = []any{v}
				} else {
					v = map[string]any{"m": v}
				}
			}
			return v
		}
		it := item("p", "s", table.Attributes{"nested": nest(table.MaxDepth)})
		s.put(it)
		s.stores(it.Key, &it)
		it = item("p", "deeper", table.Attributes{"nested": nest(table.MaxDepth + 1)})
		s.is(s.table.Write(s.ctx, table.Write{Put: &it}), table.ErrInvalid)
	}},
	{"values of other types, ill-encoded texts and bad names are refused at every depth", func(s *suite) {
		for _, value := range []any{nil, 1, 1.0, uint8(1), int32(1), []string{"a"}, []byte("a"), map[string]string{}, struct{}{},
			table.Attributes{}, "\xff", "a\xed\xa0\x80"} {
			for _, attrs := range []table.Attributes{
				{"a": value}, {"a": []any{value}}, {"a": map[string]any{"b": []any{"c", value}}},
			} {
				it := item("p", "s", attrs)
				s.is(s.table.Write(s.ctx, table.Write{Put: &it}), table.ErrInvalid)
			}
		}
		for _, name := range []string{"", "\xff", strings.Repeat("n", table.MaxName+1)} {
			for _, attrs := range []table.Attributes{{name: "v"}, {"a": map[string]any{name: "v"}}} {
				it := item("p", "s", attrs)
				s.is(s.table.Write(s.ctx, table.Write{Put: &it}), table.ErrInvalid)
			}
		}
		it := item("p", "s", table.Attributes{"_partition": "p"})
		s.is(s.table.Write(s.ctx, table.Write{Put: &it}), table.ErrInvalid)
		s.stores(it.Key, nil)
		it = item("p", "s", table.Attributes{strings.Repeat("n", table.MaxName): map[string]any{"_inside": "v"}})
		s.put(it)
		s.stores(it.Key, &it)
	}},
	{"a write that does nothing, several things, or only checks is refused", func(s *suite) {
		it := item("p", "s", nil)
		for _, w := range []table.Write{
			{}, {Put: &it, Delete: it.Key}, {Put: &it, Check: it.Key, Condition: table.Absent()},
			{Check: it.Key, Condition: table.Absent()}, {Put: &table.Item{Key: it.Key, Index: map[string]table.Key{"third": it.Key}}},
		} {
			s.is(s.table.Write(s.ctx, w), table.ErrInvalid)
		}
		s.stores(it.Key, nil)
	}},
	{"of many writes only those that aren't fit are refused", func(s *suite) {
		a, b, c := item("p", "a", nil), item("p", "b", table.Attributes{"f": 1.5}), item("p", "c", nil)
		errs := s.table.WriteEach(s.ctx, []table.Write{{Put: &a}, {Put: &b}, {Put: &c}, {Delete: a.Key}})
		if len(errs) != 4 || errs[0] != nil || errs[2] != nil {
			s.Fatalf("got %v", errs)
		}
		s.is(errs[1], table.ErrInvalid)
		s.is(errs[3], table.ErrInvalid) // the same key again: in any order could mean two things
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"a", "c"})
	}},
}
