package tabletest

import (
	"errors"
	"strings"

	"github.com/learning-cities/guildhall/shared/table"
)

// judgements are conditions and whether they hold of nothing, of {n: 1, t: "x", b: true, l: [1]}, and of {n: 2}.
var judgements = []struct {
	name      string
	condition table.Condition
	none      bool
	one       bool
	two       bool
}{
	{"none", nil, true, true, true},
	{"absent", table.Absent(), true, false, false},
	{"present", table.Present(), false, true, true},
	{"equal number", table.Equal("n", int64(1)), false, true, false},
	{"equal text", table.Equal("t", "x"), false, true, false},
	{"equal boolean", table.Equal("b", true), false, true, false},
	{"other boolean", table.Equal("b", false), false, false, false},
	{"number is no text", table.Equal("n", "1"), false, false, false},
	{"missing attribute", table.Equal("missing", ""), false, false, false},
	{"list is no scalar", table.Equal("l", int64(1)), false, false, false},
	{"any", table.AnyOf(table.Absent(), table.Equal("n", int64(1))), true, true, false},
	{"any of one", table.AnyOf(table.Equal("n", int64(2))), false, false, true},
	{"all", table.AllOf(table.Present(), table.Equal("n", int64(1)), table.Equal("t", "x")), false, true, false},
	{"all, one failing", table.AllOf(table.Equal("n", int64(1)), table.Equal("t", "y")), false, false, false},
	{"nested", table.AnyOf(
		table.AllOf(table.Equal("n", int64(2)), table.Present()),
		table.AnyOf(table.Absent(), table.AllOf(table.Equal("b", true)))), true, true, true},
}

var conditionTests = []test{
	{"decide on a put", func(s *suite) {
		s.judge(func(k table.Key) table.Write {
			return table.Write{Put: &table.Item{Key: k, Attributes: table.Attributes{"new": true}}}
		})
	}},
	{"decide on a deletion", func(s *suite) {
		s.judge(func(k table.Key) table.Write { return table.Write{Delete: k} })
	}},
	{"decide on a transaction by a check", func(s *suite) {
		for _, j := range judgements[1:] {
			for state, holds := range map[string]bool{"none": j.none, "one": j.one, "two": j.two} {
				k := s.state(j.name, state)
				beside := item("beside", j.name+state, nil)
				err := s.table.Transact(s.ctx, []table.Write{{Check: k, Condition: j.condition, Label: j.name}, {Put: &beside}})
				if (err == nil) != holds {
					s.Fatalf("%s of %s: %v", j.name, state, err)
				}
				if holds {
					s.stores(beside.Key, &beside)
				} else {
					s.stores(beside.Key, nil)
				}
				s.stores(k, states(k)[state])
			}
		}
	}},
	{"may name any attribute, also one with a word or sign of the engine's language", func(s *suite) {
		for i, name := range []string{"size", "AND", "name", ":v0", "#n0", "a.b", "a[0]", "with spaces, and \"signs\"", "é日🙂", strings.Repeat("n", table.MaxName)} {
			it := item("p", numbered(i), table.Attributes{name: "OR :v0 = #n0"})
			s.put(it)
			s.must(s.table.Write(s.ctx, table.Write{Put: &it, Condition: table.Equal(name, "OR :v0 = #n0")}))
			s.conditionError(s.table.Write(s.ctx, table.Write{Delete: it.Key, Condition: table.Equal(name, "")}))
			s.stores(it.Key, &it)
		}
	}},
	{"may have as many comparisons as are allowed, nested or not, with long names and values", func(s *suite) {
		attrs := table.Attributes{}
		var flat table.ConditionAny
		var nested table.ConditionAll
		for n := range table.MaxConditions / 2 {
			name := strings.Repeat("n", table.MaxName-4) + numbered(n)
			attrs[name] = strings.Repeat("x", 1000) + numbered(n)
			flat = append(flat, table.Equal(name, "other"), table.Equal(name, int64(n)))
			nested = append(nested, table.AnyOf(table.Absent(), table.Equal(name, attrs[name])))
		}
		it := item("p", "s", attrs)
		s.put(it)
		s.conditionError(s.table.Write(s.ctx, table.Write{Delete: it.Key, Condition: flat}))
		s.must(s.table.Write(s.ctx, table.Write{Put: &it, Condition: nested}))
		s.must(s.table.Transact(s.ctx, []table.Write{{Check: it.Key, Condition: nested}}))
		flat[len(flat)-1] = nested[len(nested)-1].(table.ConditionAny)[1]
		s.must(s.table.Write(s.ctx, table.Write{Delete: it.Key, Condition: flat}))
	}},
	{"that nobody could evaluate are refused", func(s *suite) {
		many := table.ConditionAny{}
		for n := range table.MaxConditions + 1 {
			many = append(many, table.Equal("n", int64(n)))
		}
		it := item("p", "s", nil)
		for _, c := range []table.Condition{
			table.AnyOf(), table.AllOf(), table.AnyOf(nil), table.Equal("n", 1), table.Equal("n", nil), table.Equal("l", []any{}),
			table.Equal("", "x"), table.Equal("_partition", "p"), many,
		} {
			s.is(s.table.Write(s.ctx, table.Write{Put: &it, Condition: c}), table.ErrInvalid)
			s.is(s.table.Transact(s.ctx, []table.Write{{Check: it.Key, Condition: c}}), table.ErrInvalid)
		}
		s.stores(it.Key, nil)
	}},
	{"see what the transaction's own writes don't yet show", func(s *suite) {
		a, b := item("p", "a", nil), item("p", "b", nil)
		s.put(a)
		s.must(s.table.Transact(s.ctx, []table.Write{
			{Delete: a.Key, Condition: table.Present()}, {Put: &b, Condition: table.Absent()},
		}))
		s.equal(s.sorts(table.Query{Partition: "p"}), []string{"b"})
	}},
}

// states are what a key may have stored.
func states(k table.Key) map[string]*table.Item {
	return map[string]*table.Item{
		"none": nil,
		"one":  {Key: k, Attributes: table.Attributes{"n": int64(1), "t": "x", "b": true, "l": []any{int64(1)}}},
		"two":  {Key: k, Attributes: table.Attributes{"n": int64(2)}},
	}
}

func (s *suite) state(name, state string) table.Key {
	s.Helper()
	k := key("state", name+"/"+state)
	if it := states(k)[state]; it != nil {
		s.put(*it)
	}
	return k
}

// judge does a write under every condition in every state: it happens, or names its label and what is stored.
func (s *suite) judge(write func(table.Key) table.Write) {
	s.Helper()
	for _, j := range judgements {
		for state, holds := range map[string]bool{"none": j.none, "one": j.one, "two": j.two} {
			k := s.state(j.name, state)
			w := write(k)
			w.Condition, w.Label = j.condition, j.name
			err := s.table.Write(s.ctx, w)
			if holds {
				s.must(err)
				s.stores(k, w.Put)
				continue
			}
			refusal := s.conditionError(err)
			s.equal([]any{refusal.Label, refusal.Key, refusal.Current}, []any{j.name, k, states(k)[state]})
			s.stores(k, states(k)[state])
		}
	}
}

func (s *suite) conditionError(err error) *table.ConditionError {
	s.Helper()
	var refusal *table.ConditionError
	if !errors.As(err, &refusal) {
		s.Fatalf("got %v, want a ConditionError", err)
	}
	return refusal
}
