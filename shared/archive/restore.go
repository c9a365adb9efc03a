package archive

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// markKey is the item that says that a store is being filled from an archive. It goes when the store is whole, and is in no archive.
var markKey = table.Key{Partition: "archive", Sort: "mark"}

// The attributes of the mark.
const (
	attrFormat  = "format"
	attrArchive = "archive" // the archive's sum
)

// markFormat is the number of the mark's layout.
const markFormat = 1

// Unfinished tells whether a store was begun to be filled from an archive and isn't whole: RESTORE_UNFINISHED. Whoever opens a store to work
// with it asks first; name is what messages call it.
func Unfinished(ctx context.Context, name string, in table.Table) error {
	switch _, err := in.Get(ctx, markKey); {
	case errors.Is(err, table.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return unfinished(name)
}

func unfinished(name string) error { return problem.New("RESTORE_UNFINISHED").With("store", name) }

// Restore fills an empty store from the archive. STORE_NOT_EMPTY where something is stored. A restore that was stopped, wherever that was,
// leaves a store that is Unfinished; the same archive can then be restored again, from its beginning, and another one can't:
// RESTORE_UNFINISHED. ARCHIVE_DAMAGED when the archive's bytes are other ones than when it was opened.
func (a *Archive) Restore(ctx context.Context, to Store) error {
	if err := a.begin(ctx, to); err != nil {
		return err
	}
	if err := a.read(ctx, filler{to}); err != nil {
		return err
	}
	return to.Table.Write(ctx, table.Write{Delete: markKey})
}

// begin marks an empty store, or finds the mark of this very archive.
func (a *Archive) begin(ctx context.Context, to Store) error {
	mark, err := to.Table.Get(ctx, markKey)
	switch {
	case errors.Is(err, table.ErrNotFound):
	case err != nil:
		return err
	case mark.Attributes[attrArchive] == a.SHA256:
		return nil
	default:
		return unfinished(to.Name)
	}
	if err := empty(ctx, to); err != nil {
		return err
	}
	put := table.Item{Key: markKey, Attributes: table.Attributes{attrFormat: int64(markFormat), attrArchive: a.SHA256}}
	return to.Table.Write(ctx, table.Write{Put: &put, Condition: table.Absent()})
}

// errFound ends a list at its first name.
var errFound = errors.New("archive: there is a file")

// empty refuses a store in which something is. STORE_NOT_EMPTY.
func empty(ctx context.Context, in Store) error {
	for scan := (table.Scan{Limit: 1}); ; {
		page, err := in.Table.Scan(ctx, scan)
		if err != nil {
			return err
		}
		if len(page.Items) > 0 {
			return problem.New("STORE_NOT_EMPTY").With("store", in.Name)
		}
		if page.Cursor == "" { // until then there may be expired ones
			break
		}
		scan.After = page.Cursor
	}
	err := in.Blobs.List(ctx, "", func(blob.Info) error { return errFound })
	if errors.Is(err, errFound) {
		return problem.New("STORE_NOT_EMPTY").With("store", in.Name)
	}
	return err
}

// filler puts what it takes into a store. What is there already, of an earlier try, is the same and is written again.
type filler struct{ to Store }

func (f filler) items(ctx context.Context, items []table.Item) error {
	ws := make([]table.Write, len(items))
	for i := range items {
		ws[i] = table.Write{Put: &items[i]}
	}
	return errors.Join(f.to.Table.WriteEach(ctx, ws)...)
}

func (f filler) blob(ctx context.Context, name string) (blob.Writer, error) {
	return f.to.Blobs.Create(ctx, name)
}
