package tabletest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// Histories asks an engine any requests, in as many histories of 300 as seeds are wanted, and expects what a model answers: the
// table in memory. It is for engines that name every failure of a transaction.
func Histories(t *testing.T, able Capabilities, seeds int, model func(table.Config) table.Table, open Open) {
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			clock := NewClock()
			config := table.Config{Clock: clock.Now, Indexes: Indexes}
			expected := model(config)
			engine, reopen := open(t, config)
			g := generator{rand.New(rand.NewPCG(seed, 1)), clock}
			for step := range 300 {
				if g.IntN(60) == 0 {
					engine = reopen()
				}
				q := g.question(t)
				want := q.ask(expected)
				got := q.ask(engine)
				for late := time.Now().Add(10 * time.Second); q.indexed && !able.IndexesAtOnce && time.Now().Before(late); {
					if reflect.DeepEqual(got, want) {
						break
					}
					got = q.ask(engine)
				}
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("step %d: %s\ngot  %v\nwant %v", step, q.text, got, want)
				}
				clock.Advance(time.Duration(g.IntN(3)) * time.Second)
			}
		})
	}
}

type generator struct {
	*rand.Rand
	clock *Clock
}

// question is a request: how it reads, what asks it and gives all that is answered, and whether it reads an index.
type question struct {
	text    string
	ask     func(table.Table) []any
	indexed bool
}

func (g generator) question(t *testing.T) question {
	ctx := t.Context()
	switch g.IntN(5) {
	case 0:
		keys := []table.Key{g.key(), g.key(), g.key()}
		return question{text: fmt.Sprint("get ", keys), ask: func(tbl table.Table) []any {
			items, err := tbl.GetEach(ctx, keys)
			one, missing := tbl.Get(ctx, keys[0])
			return []any{items, err, one, errors.Is(missing, table.ErrNotFound)}
		}}
	case 1:
		q := table.Query{Partition: g.key().Partition, Limit: 1 + g.IntN(4), Descending: g.IntN(2) == 0}
		if g.IntN(2) == 0 {
			q.Prefix = string([]rune(g.key().Sort)[:1])
		}
		if g.IntN(2) == 0 {
			q.Index = Indexes[g.IntN(2)]
		}
		ask := func(tbl table.Table) []any { return g.walk(t, tbl, q) }
		return question{text: fmt.Sprintf("query %+v", q), ask: ask, indexed: q.Index != ""}
	case 2:
		ws := g.writes()
		ask := func(tbl table.Table) []any { return []any{tbl.Transact(ctx, ws)} }
		return question{text: fmt.Sprintf("transact %+v", ws), ask: ask}
	default:
		var ws []table.Write
		for _, w := range g.writes() {
			if w.Check == (table.Key{}) {
				ws = append(ws, w)
			}
		}
		ask := func(tbl table.Table) []any { return []any{tbl.WriteEach(ctx, ws)} }
		return question{text: fmt.Sprintf("write %+v", ws), ask: ask}
	}
}

func (g generator) walk(t *testing.T, tbl table.Table, q table.Query) (items []any) {
	for {
		page, err := tbl.Query(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			items = append(items, item)
		}
		if page.Cursor == "" {
			return items
		}
		q.After = page.Cursor
	}
}

func (g generator) key() table.Key {
	sorts := []string{"a", "a\x00", "a#1", "a#2", "b", "é", "🙂"}
	return table.Key{Partition: []string{"p", "p#", "q"}[g.IntN(3)], Sort: sorts[g.IntN(len(sorts))]}
}

func (g generator) writes() []table.Write {
	byKey := map[table.Key]bool{}
	var ws []table.Write
	for range 1 + g.IntN(5) {
		k := g.key()
		if byKey[k] {
			continue
		}
		byKey[k] = true
		w := table.Write{Label: k.String(), Condition: g.condition()}
		switch g.IntN(4) {
		case 0:
			w.Delete = k
		case 1:
			w.Check = k
			w.Condition = table.Absent()
		default:
			w.Put = g.item(k)
		}
		ws = append(ws, w)
	}
	return ws
}

func (g generator) item(k table.Key) *table.Item {
	item := &table.Item{Key: k, Attributes: table.Attributes{"n": int64(g.IntN(3)), "l": []any{k.Sort, true}}}
	for _, index := range Indexes {
		if g.IntN(2) == 0 {
			if item.Index == nil {
				item.Index = map[string]table.Key{}
			}
			there := g.key()
			there.Sort += k.String() // the order of equal keys isn't specified
			item.Index[index] = there
		}
	}
	if g.IntN(4) == 0 {
		item.Expires = g.clock.Now().Add(time.Duration(g.IntN(10)-1) * time.Second)
	}
	return item
}

func (g generator) condition() table.Condition {
	switch g.IntN(8) {
	case 0:
		return table.Absent()
	case 1:
		return table.Present()
	case 2:
		return table.Equal("n", int64(g.IntN(3)))
	case 3, 4:
		return table.AnyOf(g.simple(), g.simple())
	case 5:
		return table.AllOf(g.simple(), table.AnyOf(g.simple(), g.simple()), g.simple())
	}
	return nil
}

func (g generator) simple() table.Condition {
	switch g.IntN(5) {
	case 0:
		return table.Absent()
	case 1:
		return table.Present()
	}
	return table.Equal("n", int64(g.IntN(3)))
}
