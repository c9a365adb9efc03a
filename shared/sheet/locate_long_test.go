package sheet

import (
	"context"
	"runtime"
	"strings"
	"testing"
)

// A text of megabytes where titles are looked for was once folded and compared with each label of each schema, twice for every
// row beside it: half a minute and hundreds of mebibytes.
func TestAHugeTextIsNotComparedWithTitles(t *testing.T) {
	const size = 1 << 20
	data := "a,b\n" + strings.Repeat("y ", size/2) + ",1\n2,3\n"
	book, err := Open(context.Background(), strings.NewReader(data), int64(len(data)), "x.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	schemas := []Schema{visitSchema(), giftSchema(), visitSchema()}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err = book.Locate(context.Background(), schemas, TableOptions{})
	runtime.ReadMemStats(&after)
	if !isRefusal(err) {
		t.Errorf("got %v, want a refusal", err)
	}
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 24*size {
		t.Errorf("a text of %d bytes took %d to be told from a title", size, taken)
	}
}
