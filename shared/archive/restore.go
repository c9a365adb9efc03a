package archive

import (
	"context"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/archive/mark"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// The attributes of the mark (mark.Key) that a store has from the first change to the last one.
const (
	attrFormat  = "format"
	attrArchive = "archive" // the archive's sum
	attrFilled  = "filled"  // all of the archive is in the store, and it is being finished; missing until then
)

// markFormat is the number of the mark's layout.
const markFormat = 1

// Unfinished tells whether a store was begun to be filled from an archive and isn't whole: RESTORE_UNFINISHED. Whoever opens a store to work
// with it asks first; name is what messages call it.
func Unfinished(ctx context.Context, name string, in table.Table) error {
	return mark.Unfinished(ctx, name, in)
}

func unfinished(name string) error { return problem.New("RESTORE_UNFINISHED").With("store", name) }

// Restoring is what there is to a restore beside the archive. The zero value only fills the store.
type Restoring struct {
	// Aside are the items that the product puts by itself into a store in which nobody has worked yet. With nothing but these a store is empty.
	// They go before it is filled.
	Aside []table.Key
	// Begun is called before the first change.
	Begun func()
	// Finish is called with the store when all of the archive is in it, before it may be opened. Where it fails, or is stopped, the next restore
	// calls it again over what it left.
	Finish func(ctx context.Context, filled Store) error
}

// Restore fills an empty store from the archive, and has it finished. STORE_NOT_EMPTY where something is stored. A restore that was stopped,
// wherever that was, leaves a store that is Unfinished; the same archive can then be restored again, from its beginning or, where all of it was
// in the store, from Finish on. Another one can't: RESTORE_UNFINISHED. ARCHIVE_DAMAGED when the archive's bytes are other ones than when it was
// opened; the errors of Finish.
func (a *Archive) Restore(ctx context.Context, to Store, r Restoring) error {
	filled, err := a.begin(ctx, to, r)
	if err != nil {
		return err
	}
	if !filled {
		if err := a.read(ctx, filler{to}); err != nil {
			return err
		}
	}
	if r.Finish != nil {
		// What Finish changes must not be filled over.
		if err := a.mark(ctx, to, table.Attributes{attrFilled: true}, table.Present()); err != nil {
			return err
		}
		if err := r.Finish(ctx, to); err != nil {
			return err
		}
	}
	return to.Table.Write(ctx, table.Write{Delete: mark.Key})
}

// begin marks an empty store, or finds the mark of this very archive, and whether all of it is in the store.
func (a *Archive) begin(ctx context.Context, to Store, r Restoring) (filled bool, err error) {
	found, err := to.Table.Get(ctx, mark.Key)
	begun := err == nil
	switch {
	case begun && found.Attributes[attrArchive] != a.SHA256:
		return false, unfinished(to.Name)
	case begun:
		filled, _ = found.Attributes[attrFilled].(bool)
	case !errors.Is(err, table.ErrNotFound):
		return false, err
	default:
		if err := empty(ctx, to, r.Aside); err != nil {
			return false, err
		}
	}
	if r.Begun != nil {
		r.Begun()
	}
	if !begun {
		if err := a.mark(ctx, to, table.Attributes{}, table.Absent()); err != nil {
			return false, err
		}
	}
	if filled || len(r.Aside) == 0 {
		return filled, nil
	}
	ws := make([]table.Write, len(r.Aside))
	for i, key := range r.Aside {
		ws[i] = table.Write{Delete: key}
	}
	return false, errors.Join(to.Table.WriteEach(ctx, ws)...)
}

// mark writes the mark.
func (a *Archive) mark(ctx context.Context, to Store, more table.Attributes, on table.Condition) error {
	more[attrFormat], more[attrArchive] = int64(markFormat), a.SHA256
	return to.Table.Write(ctx, table.Write{Put: &table.Item{Key: mark.Key, Attributes: more}, Condition: on})
}

// errFound ends a list at its first name.
var errFound = errors.New("archive: there is a file")

// empty refuses a store in which something is beside the items aside. STORE_NOT_EMPTY.
func empty(ctx context.Context, in Store, aside []table.Key) error {
	for scan := (table.Scan{Limit: len(aside) + 1}); ; {
		page, err := in.Table.Scan(ctx, scan)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(page.Items, func(item table.Item) bool { return !slices.Contains(aside, item.Key) }) {
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
