package registry_test

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Who writes a statement reads the books through a snapshot, more than once, and without what is entered meanwhile.
func TestTheBooksAreReadAtOneHead(t *testing.T) {
	w := newWorld(t)
	read := func() (books *registry.FundBooks) {
		t.Helper()
		err := w.reader.Snapshot(t.Context(), registry.FundTypes(), func(from records.Reader) (err error) {
			books, err = registry.ReadFundBooks(t.Context(), from)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return books
	}
	none := read()
	first := w.post(deposit("d1", 1000, may(5)))
	one := read()
	second := w.post(deposit("d2", 500, may(2)))
	two := read()
	for _, c := range []struct {
		books *registry.FundBooks
		cash  int64
		want  []string
	}{{none, 0, nil}, {one, 1000, []string{first}}, {one, 1000, []string{first}}, {two, 1500, []string{second, first}}} {
		var got []string
		for entry, err := range c.books.Entries(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, entry.ID)
		}
		if head := c.books.Head(); !slices.Equal(got, c.want) || head.Balances.Of(trust.Cash) != c.cash || head.Total != int64(len(c.want)) {
			t.Errorf("%v with %+v, want %v", got, head, c.want)
		}
	}
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	if to := read().ClosedTo(); to != may(10) {
		t.Errorf("closed to %s", to)
	}
}
