package counting_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/counting"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestWhatIsCountedIsWhatTheTableGave(t *testing.T) {
	ctx := t.Context()
	counted := counting.New(memory.NewStore().Table(table.Config{}))
	put := func(sort string) table.Write {
		return table.Write{Put: &table.Item{Key: table.Key{Partition: "p", Sort: sort}}}
	}
	if errs := counted.WriteEach(ctx, []table.Write{put("a"), put("b")}); errs != nil {
		t.Fatal(errs)
	}
	if err := counted.Write(ctx, put("c")); err != nil {
		t.Fatal(err)
	}
	if err := counted.Transact(ctx, []table.Write{put("d"), put("e")}); err != nil {
		t.Fatal(err)
	}
	if got, want := counted.Take(), (counting.Counts{Writes: 5, Transactions: 1}); got != want {
		t.Errorf("writing: %v, want %v", got, want)
	}
	if _, err := counted.Get(ctx, table.Key{Partition: "p", Sort: "a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := counted.Get(ctx, table.Key{Partition: "p", Sort: "z"}); err == nil {
		t.Error("what isn't there was found")
	}
	if _, err := counted.GetEach(ctx, []table.Key{{Partition: "p", Sort: "b"}, {Partition: "p", Sort: "z"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := counted.Query(ctx, table.Query{Partition: "p"}); err != nil {
		t.Fatal(err)
	}
	if got, want := counted.Take(), (counting.Counts{Reads: 4, Keys: 4, Items: 1 + 1 + 5}); got != want {
		t.Errorf("reading: %v, want %v", got, want)
	}
	if got := counted.Take(); got != (counting.Counts{}) {
		t.Errorf("afterwards: %v", got)
	}
}
