package bolt_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

// The table in memory says what bbolt's should answer, to any history of requests.
func TestAnyHistoryIsAnsweredAsInMemory(t *testing.T) {
	for seed := range uint64(20) {
		clock := tabletest.NewClock()
		config := table.Config{Clock: clock.Now, Indexes: tabletest.Indexes}
		model := memory.New(config)
		path := filepath.Join(t.TempDir(), "table.db")
		real := openAt(t, path, bolt.Options{Config: config, Unsynced: true})
		g := generator{rand.New(rand.NewPCG(seed, 1)), clock}
		for step := range 300 {
			if g.IntN(60) == 0 {
				closeNow(t, real)
				real = openAt(t, path, bolt.Options{Config: config, Unsynced: true})
			}
			request, ask := g.request(t)
			if got, want := ask(real), ask(model); !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, step %d: %s\ngot  %v\nwant %v", seed, step, request, got, want)
			}
			clock.Advance(time.Duration(g.IntN(3)) * time.Second)
		}
	}
}

type generator struct {
	*rand.Rand
	clock *tabletest.Clock
}

// request makes a request and a function that asks it and returns all that is answered.
func (g generator) request(t *testing.T) (string, func(table.Table) []any) {
	ctx := t.Context()
	switch g.IntN(5) {
	case 0:
		keys := []table.Key{g.key(), g.key(), g.key()}
		return fmt.Sprint("get ", keys), func(tbl table.Table) []any {
			items, err := tbl.GetEach(ctx, keys)
			one, missing := tbl.Get(ctx, keys[0])
			return []any{items, err, one, errors.Is(missing, table.ErrNotFound)}
		}
	case 1:
		q := table.Query{Partition: g.key().Partition, Limit: 1 + g.IntN(4), Descending: g.IntN(2) == 0}
		if g.IntN(2) == 0 {
			q.Prefix = string([]rune(g.key().Sort)[:1])
		}
		if g.IntN(2) == 0 {
			q.Index = tabletest.Indexes[g.IntN(2)]
		}
		return fmt.Sprintf("query %+v", q), func(tbl table.Table) []any { return g.walk(t, tbl, q) }
	case 2:
		ws := g.writes()
		return fmt.Sprintf("transact %+v", ws), func(tbl table.Table) []any {
			return []any{tbl.Transact(ctx, ws)}
		}
	default:
		var ws []table.Write
		for _, w := range g.writes() {
			if w.Check == (table.Key{}) {
				ws = append(ws, w)
			}
		}
		return fmt.Sprintf("write %+v", ws), func(tbl table.Table) []any {
			return []any{tbl.WriteEach(ctx, ws)}
		}
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
	for _, index := range tabletest.Indexes {
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
	switch g.IntN(6) {
	case 0:
		return table.Absent()
	case 1:
		return table.Present()
	case 2:
		return table.Equal("n", int64(g.IntN(3)))
	case 3:
		return table.AnyOf(table.Absent(), table.Equal("n", int64(g.IntN(3))))
	}
	return nil
}
