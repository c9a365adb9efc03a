package table_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// A cursor that anybody made up is refused, or shows items of its query only: those behind a place, each once and in their order.
func FuzzCursors(f *testing.F) {
	store := memory.New(table.Config{Clock: func() time.Time { return time.Unix(0, 0) }, Indexes: []string{"by"}})
	for _, partition := range []string{"a", "b"} {
		for i := range 9 {
			key := table.Key{Partition: partition, Sort: fmt.Sprintf("%c#%d", 'x'+i%2, i)}
			item := &table.Item{Key: key, Index: map[string]table.Key{"by": {Partition: "all", Sort: key.Sort}}}
			if err := store.Write(f.Context(), table.Write{Put: item}); err != nil {
				f.Fatal(err)
			}
		}
	}
	queries := []table.Query{
		{Partition: "a"}, {Partition: "b", Prefix: "y#"}, {Partition: "a", Descending: true}, {Index: "by", Partition: "all"},
		{Index: "by", Partition: "all", Prefix: "x", Descending: true},
	}
	for i, q := range queries {
		q.Limit = 2
		page, err := store.Query(f.Context(), q)
		if err != nil {
			f.Fatal(err)
		}
		for k := range queries {
			f.Add(string(page.Cursor), uint8(k))
		}
		f.Add(string(page.Cursor)[1:], uint8(i))
	}
	f.Fuzz(func(t *testing.T, cursor string, which uint8) {
		q := queries[int(which)%len(queries)]
		q.After = table.Cursor(cursor)
		page, err := store.Query(t.Context(), q)
		if err != nil {
			if !errors.Is(err, table.ErrCursor) {
				t.Errorf("%q is answered %v", cursor, err)
			}
			return
		}
		last := table.Key{}
		for _, item := range page.Items {
			place := item.Key
			if q.Index != "" {
				place = item.Index[q.Index]
			}
			if place.Partition != q.Partition || !strings.HasPrefix(place.Sort, q.Prefix) {
				t.Errorf("%q shows %v", cursor, item.Key)
			}
			if last != (table.Key{}) && (place.Sort < last.Sort) != q.Descending && place.Sort != last.Sort {
				t.Errorf("%q shows %v behind %v", cursor, place, last)
			}
			last = place
		}
	})
}
