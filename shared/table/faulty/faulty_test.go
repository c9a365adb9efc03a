package faulty_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

func TestWithoutAFaultItIsTheTableBelow(t *testing.T) {
	able := tabletest.Capabilities{NamesEveryFailure: true, IndexesAtOnce: true, Snapshots: true}
	tabletest.Run(t, able, func(t *testing.T, c table.Config) (table.Table, func() table.Table) {
		store := memory.NewStore()
		open := func() table.Table { return faulty.New(store.Table(c), faulty.Plan{}) }
		return open(), open
	})
}

// The suite must hold for engines whose indexes lag, as DynamoDB's do.
func TestWithLaggingIndexesTheContractHolds(t *testing.T) {
	able := tabletest.Capabilities{NamesEveryFailure: true}
	tabletest.Run(t, able, func(t *testing.T, c table.Config) (table.Table, func() table.Table) {
		store := memory.NewStore()
		current := faulty.NewDelayed(store.Table(c), c, 4)
		return current, func() table.Table {
			current = current.Over(store.Table(c))
			return current
		}
	})
}

func key(sort string) table.Key { return table.Key{Partition: "p", Sort: sort} }

func put(sort string) table.Write {
	return table.Write{Put: &table.Item{Key: key(sort), Attributes: table.Attributes{}}, Condition: table.Absent()}
}

// work is seven writes: one, a slice of four, a transaction, one more.
func work(t table.Table) [][]error {
	ctx := context.Background()
	return [][]error{
		{t.Write(ctx, put("a"))},
		t.WriteEach(ctx, []table.Write{put("b"), put("c"), put("d"), put("e")}),
		{t.Transact(ctx, []table.Write{put("f"), put("g")})},
		{t.Write(ctx, put("h"))},
	}
}

func stored(t *testing.T, tbl table.Table) string {
	t.Helper()
	page, err := tbl.Query(context.Background(), table.Query{Partition: "p"})
	if err != nil {
		t.Fatal(err)
	}
	sorts := ""
	for _, item := range page.Items {
		sorts += item.Key.Sort
	}
	return sorts
}

func TestTheChosenWriteFailsBeforeOrAfterItTookEffect(t *testing.T) {
	for _, c := range []struct {
		fail         int
		effect, halt bool
		want         string
		errs         string // of the seven writes: . none, x failed
	}{
		{0, false, false, "abcdefgh", "......."},
		{1, false, false, "bcdefgh", "x......"},
		{1, true, false, "abcdefgh", "x......"},
		{1, false, true, "", "xxxxxxx"},
		{1, true, true, "a", "xxxxxxx"},
		{3, false, false, "abdefgh", "..x...."},
		{3, false, true, "ab", "..xxxxx"},
		{3, true, true, "abc", "..xxxxx"},
		{5, true, true, "abcde", "....xxx"},
		{6, false, false, "abcdeh", ".....x."},
		{6, true, true, "abcdefg", ".....xx"},
		{7, true, false, "abcdefgh", "......x"},
	} {
		for _, before := range []func(int){nil, func(int) {}} {
			below := memory.New(table.Config{})
			wrapped := faulty.New(below, faulty.Plan{Fail: c.fail, Effect: c.effect, Halt: c.halt, Before: before})
			errs := ""
			for i, some := range work(wrapped) {
				if some == nil {
					some = make([]error, 4)
				}
				if i != 1 {
					some = some[:1]
				}
				for _, err := range some {
					switch {
					case err == nil:
						errs += "."
					case errors.Is(err, table.ErrUnavailable):
						errs += "x"
					default:
						t.Fatal(err)
					}
				}
			}
			name := fmt.Sprintf("fail %d, effect %v, halt %v", c.fail, c.effect, c.halt)
			if got := stored(t, below); got != c.want || errs != c.errs {
				t.Errorf("%s: stored %q, errors %q, want %q, %q", name, got, errs, c.want, c.errs)
			}
			_, err := wrapped.Get(t.Context(), key("a"))
			if c.halt != errors.Is(err, table.ErrUnavailable) {
				t.Errorf("%s: a read afterwards answers %v", name, err)
			}
		}
	}
}

func TestEveryWriteIsCountedAndAnnounced(t *testing.T) {
	var announced []int
	below := memory.New(table.Config{})
	var seen []string
	wrapped := faulty.New(below, faulty.Plan{Before: func(n int) {
		announced = append(announced, n)
		seen = append(seen, stored(t, below))
	}})
	work(wrapped)
	if want := []int{1, 2, 3, 4, 5, 6, 7}; wrapped.Writes() != 7 || !reflect.DeepEqual(announced, want) {
		t.Errorf("counted %d, announced %v", wrapped.Writes(), announced)
	}
	if want := []string{"", "a", "ab", "abc", "abcd", "abcde", "abcdefg"}; !reflect.DeepEqual(seen, want) {
		t.Errorf("before each write there was %q, want %q", seen, want)
	}
}

func TestTheCallerIsToldTheChosenError(t *testing.T) {
	chosen := errors.New("throttled")
	wrapped := faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: 1, Err: chosen})
	if err := wrapped.Write(t.Context(), put("a")); !errors.Is(err, chosen) {
		t.Fatalf("got %v", err)
	}
}

func TestARefusedWriteIsNotMadeAFault(t *testing.T) {
	wrapped := faulty.New(memory.New(table.Config{}), faulty.Plan{Fail: 4})
	work(wrapped)
	var refused *table.ConditionError
	if err := wrapped.Write(t.Context(), put("a")); !errors.As(err, &refused) {
		t.Fatalf("got %v, want a ConditionError", err)
	}
}

func TestAnIndexShowsAWriteOnlyAfterTheLag(t *testing.T) {
	c := table.Config{Indexes: []string{"i"}}
	delayed := faulty.NewDelayed(memory.New(c), c, 2)
	w := put("a")
	w.Put.Index = map[string]table.Key{"i": {Partition: "i", Sort: "s"}}
	if err := delayed.Write(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	for query, want := range []int{0, 0, 1, 1} {
		page, err := delayed.Query(t.Context(), table.Query{Index: "i", Partition: "i"})
		if err != nil || len(page.Items) != want {
			t.Fatalf("query %d: %d items, %v, want %d", query+1, len(page.Items), err, want)
		}
	}
	if got := stored(t, delayed); got != "a" {
		t.Fatalf("without the index there is %q", got)
	}
}
