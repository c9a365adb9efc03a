package archive_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// FuzzOpen seals whatever it is given, as somebody would who makes an archive of their own: it is read whole or refused with a code, and
// what can be read can be restored.
func FuzzOpen(f *testing.F) {
	from, _ := emptyStore(f)
	item := table.Item{Key: table.Key{Partition: "member", Sort: "FR#brest"}, Attributes: table.Attributes{"n": int64(1)}}
	if err := from.Table.Write(f.Context(), table.Write{Put: &item}); err != nil {
		f.Fatal(err)
	}
	keep(f, from, "uploads/1", "a workbook")
	unpacked, err := zstd.NewReader(bytes.NewReader(packed(f, from)))
	if err != nil {
		f.Fatal(err)
	}
	defer unpacked.Close()
	whole, err := io.ReadAll(unpacked)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(bytes.Replace(whole, []byte("items/00000001"), []byte("items/00000002"), 1))
	f.Add([]byte(strings.Repeat("\x00", 1024)))
	f.Fuzz(func(t *testing.T, unpacked []byte) {
		content, err := archive.Sealed(unpacked)
		must(t, err)
		a, err := open(t, content)
		var p *problem.Problem
		if err != nil {
			if !errors.As(err, &p) {
				t.Fatalf("refused without a code: %v", err)
			}
			return
		}
		to := archive.Store{Table: memory.New(table.Config{}), Blobs: nowhere{}}
		// A table may refuse an item that could be read, such as one that is too large.
		if err := a.Restore(t.Context(), to, archive.Restoring{}); err != nil && !errors.Is(err, table.ErrInvalid) && !errors.Is(err, table.ErrTooLarge) {
			t.Fatal(err)
		}
	})
}
