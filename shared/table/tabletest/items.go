package tabletest

import (
	"math"
	"strings"

	"github.com/learning-cities/guildhall/shared/table"
)

var itemTests = []test{
	{"what is put is got, of every type of value", func(s *suite) {
		it := item("p", "s", everyType())
		s.put(it)
		s.stores(it.Key, &it)
	}},
	{"an item without attributes is an item", func(s *suite) {
		it := item("p", "s", nil)
		s.put(it)
		s.stores(it.Key, &it)
		s.put(table.Item{Key: key("p", "nil")})
		s.stores(key("p", "nil"), &table.Item{Key: key("p", "nil"), Attributes: table.Attributes{}})
	}},
	{"a put replaces the whole item", func(s *suite) {
		s.put(item("p", "s", table.Attributes{"a": int64(1), "b": int64(2)}))
		after := item("p", "s", table.Attributes{"b": "two"})
		s.put(after)
		s.stores(after.Key, &after)
	}},
	{"a deleted item is gone, and deleting nothing is no error", func(s *suite) {
		s.put(item("p", "s", nil), item("p", "t", nil))
		for range 2 {
			s.must(s.table.Write(s.ctx, table.Write{Delete: key("p", "s")}))
		}
		s.stores(key("p", "s"), nil)
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"t"})
	}},
	{"keys that look alike are different keys", func(s *suite) {
		lookalikes := []table.Key{
			{Partition: "a", Sort: "bc"}, {Partition: "ab", Sort: "c"}, {Partition: "a#b", Sort: "c"}, {Partition: "a", Sort: "b#c"},
			{Partition: "é", Sort: "x"}, {Partition: "e\u0301", Sort: "x"}, {Partition: "A", Sort: "bc"}, {Partition: "a ", Sort: "bc"},
			{Partition: "a", Sort: "bc\x00"}, {Partition: "a\x00", Sort: "bc"},
		}
		for i, k := range lookalikes {
			s.put(item(k.Partition, k.Sort, table.Attributes{"n": int64(i)}))
		}
		for i, k := range lookalikes {
			s.stores(k, &table.Item{Key: k, Attributes: table.Attributes{"n": int64(i)}})
		}
	}},
	{"many are got at once in the order asked for, missing ones left out, repeated ones once", func(s *suite) {
		for n := range 250 {
			s.put(item("p", numbered(n), table.Attributes{"n": int64(n)}))
		}
		var keys []table.Key
		var want []string
		for n := 299; n >= 0; n-- {
			keys = append(keys, key("p", numbered(n)))
			if n < 250 {
				want = append(want, numbered(n))
			}
		}
		got, err := s.table.GetEach(s.ctx, append(keys, keys[:100]...))
		s.must(err)
		sorts := []string{}
		for _, it := range got {
			sorts = append(sorts, it.Key.Sort)
		}
		s.equal(sorts, want)
	}},
	{"many large items are got at once", func(s *suite) {
		var keys []table.Key
		for n := range 45 { // 18 MB
			it := item("p", numbered(n), table.Attributes{"large": strings.Repeat("x", 400_000), "n": int64(n)})
			s.put(it)
			keys = append(keys, it.Key)
		}
		got, err := s.table.GetEach(s.ctx, keys)
		s.must(err)
		s.equal(len(got), len(keys))
		for n, it := range got {
			s.equal([]any{it.Key, it.Attributes["n"], len(it.Attributes["large"].(string))}, []any{keys[n], int64(n), 400_000})
		}
	}},
	{"none are got of none", func(s *suite) {
		got, err := s.table.GetEach(s.ctx, nil)
		s.must(err)
		s.equal(len(got), 0)
	}},
	{"changing what was put changes nothing stored", func(s *suite) {
		given := item("p", "s", everyType())
		given.Index = map[string]table.Key{"first": key("i", "s")}
		s.put(given)
		spoil(given)
		s.stores(key("p", "s"), &table.Item{
			Key: key("p", "s"), Attributes: everyType(), Index: map[string]table.Key{"first": key("i", "s")}})
	}},
	{"changing what was got changes nothing stored", func(s *suite) {
		want := item("p", "s", everyType())
		s.put(want)
		got, err := s.table.Get(s.ctx, want.Key)
		s.must(err)
		spoil(got)
		spoil(s.walk(table.Query{Partition: "p"})[0])
		refused := s.table.Write(s.ctx, table.Write{Delete: want.Key, Condition: table.Absent()})
		spoil(*s.conditionError(refused).Current)
		want.Attributes = everyType()
		s.stores(want.Key, &want)
	}},
	{"each of many writes succeeds or fails alone", func(s *suite) {
		s.put(item("p", "b", nil))
		a, b, c := item("p", "a", nil), item("p", "b", table.Attributes{"new": true}), item("p", "c", nil)
		errs := s.table.WriteEach(s.ctx, []table.Write{
			{Put: &a, Condition: table.Absent()},
			{Put: &b, Condition: table.Absent(), Label: "b"},
			{Put: &c},
			{Delete: key("p", "d"), Condition: table.Present(), Label: "d"},
		})
		if len(errs) != 4 || errs[0] != nil || errs[2] != nil {
			s.Fatalf("got %v", errs)
		}
		s.equal(s.conditionError(errs[1]).Label, "b")
		s.equal(s.conditionError(errs[3]).Label, "d")
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"a", "b", "c"})
		s.stores(b.Key, &table.Item{Key: b.Key, Attributes: table.Attributes{}})
	}},
	{"many writes that all succeed answer nil", func(s *suite) {
		var ws []table.Write
		for n := range 1200 {
			it := item("p", numbered(n), table.Attributes{"n": int64(n)})
			ws = append(ws, table.Write{Put: &it, Condition: table.Absent()})
		}
		if errs := s.table.WriteEach(s.ctx, ws); errs != nil {
			s.Fatal(errs)
		}
		s.equal(len(s.walk(table.Query{Partition: "p"})), 1200)
		if errs := s.table.WriteEach(s.ctx, nil); errs != nil {
			s.Fatal(errs)
		}
	}},
}

// everyType has a value of every type and their edges.
func everyType() table.Attributes {
	return table.Attributes{
		"text": "Évry-Courcouronnes 日本 🙂 e\u0301\n\x00", "empty": "",
		"one": int64(1), "zero": int64(0), "least": int64(math.MinInt64), "greatest": int64(math.MaxInt64),
		"true": true, "false": false,
		"list": []any{"a", int64(2), true, []any{}, map[string]any{"k": "v"}}, "no list": []any{},
		"map":                         map[string]any{"l": []any{int64(1), []any{"deep"}}, "m": map[string]any{}, "Ö": int64(-1)},
		"name with spaces, and.dots#": "v",
	}
}

// spoil changes an item wherever it can be changed.
func spoil(it table.Item) {
	clear(it.Attributes["list"].([]any))
	it.Attributes["map"].(map[string]any)["l"].([]any)[0] = "spoiled"
	clear(it.Attributes["map"].(map[string]any))
	it.Attributes["text"] = "spoiled"
	delete(it.Attributes, "one")
	clear(it.Index)
}
