package retention

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/table"
)

// pageSize is how many imports or exports are read at once.
const pageSize = 100

// keptAs is how the files of an import are kept.
func keptAs(imp *intake.Import) programme.Kept {
	if !imp.Used() {
		return programme.IdleImportFiles
	}
	if of, _ := area.Of(imp.Kind); of == area.Fund {
		return programme.FundImportFiles
	}
	return programme.ImportFiles
}

// imports ends the files of imports. They are walked through from the oldest on, from where all before are erased (the mark) to the first that is
// too young to be due in any case; where something is due, on to the youngest, which tell whose files are needed.
func (r *round) imports(ctx context.Context) error {
	least := min(r.Programme.Keep(programme.ImportFiles), r.Programme.Keep(programme.FundImportFiles), r.Programme.Keep(programme.IdleImportFiles))
	var due []intake.Import
	needed, checking := map[string]bool{}, false // senders' files, by their hashes, of imports that stay
	mark, err := walk(ctx, r, importMark, r.Intake.Oldest, func(imp *intake.Import) (ended, young bool) {
		switch {
		case imp.Swept:
			return true, false
		case !imp.ExpiredAt.IsZero(), !imp.AtWork() && r.due(keptAs(imp), imp.Ended()):
			due = append(due, *imp)
			return false, false
		}
		needed[imp.File.SHA256] = true
		checking = checking || imp.State == intake.Checking && r.now.Sub(imp.Ended()) < checkTime
		return false, r.now.Before(imp.AskedAt.Add(least))
	}, func() bool { return len(due) == 0 })
	if checking && len(due) > 0 { // nobody knows yet of which bytes that file is
		r.Left = true
		return err
	}
	i := 0
	for ; err == nil && i < len(due) && !r.full(ctx, r.Imports); i++ {
		err = r.importFiles(ctx, &due[i], needed)
	}
	if err != nil {
		return err
	}
	return r.note(ctx, importMark, mark, i == len(due))
}

// checkTime is how long a check may take, with all its deliveries: one that has stood for longer is none any more.
const checkTime = 24 * time.Hour

// importFiles ends the files of one import.
func (r *round) importFiles(ctx context.Context, imp *intake.Import, needed map[string]bool) error {
	original := imp.File.SHA256 != "" && !needed[imp.File.SHA256]
	if !r.try {
		gone, err := r.Intake.Expire(ctx, imp, r.now)
		if err != nil || !gone { // somebody has taken it up meanwhile
			return err
		}
		if err := r.erase(ctx, intake.CheckBlobs(imp.ID)); err != nil {
			return err
		}
		if err := r.Blobs.Erase(ctx, intake.Incoming(imp.ID)); err != nil {
			return err
		}
		if original {
			if err := r.Blobs.Erase(ctx, intake.UploadBlob(imp.File.SHA256)); err != nil {
				return err
			}
		}
		if err := r.Intake.Swept(ctx, imp.ID); err != nil {
			return err
		}
	}
	r.Imports++
	if original {
		r.Originals++
	}
	return nil
}

// erase erases what is stored under a prefix.
func (r *round) erase(ctx context.Context, prefix string) error {
	var names []string
	if err := r.Blobs.List(ctx, prefix, func(info blob.Info) error {
		names = append(names, info.Name)
		return nil
	}); err != nil {
		return err
	}
	for _, name := range names {
		if err := r.Blobs.Erase(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// exports ends the files of exports.
func (r *round) exports(ctx context.Context) error {
	keep := r.Programme.Keep(programme.ExportFiles)
	var due []request.Export
	mark, err := walk(ctx, r, exportMark, r.Sweep.Exports.Oldest, func(e *request.Export) (ended, young bool) {
		if e.Expiring() || e.State == request.Ready && r.due(programme.ExportFiles, e.EndedAt) {
			due = append(due, *e)
			return false, false
		}
		return e.State == request.Failed, r.now.Before(e.AskedAt.Add(keep))
	}, func() bool { return true })
	i := 0
	for ; err == nil && i < len(due) && !r.full(ctx, r.Tally.Exports); i++ {
		if !r.try {
			err = r.exportFile(ctx, &due[i])
		}
		if err == nil {
			r.Tally.Exports++
		}
	}
	if err != nil {
		return err
	}
	return r.note(ctx, exportMark, mark, i == len(due))
}

func (r *round) exportFile(ctx context.Context, e *request.Export) error {
	if _, err := r.Sweep.Exports.Expire(ctx, e.ID); err != nil {
		return err
	}
	if err := r.Blobs.Erase(ctx, e.Blob()); err != nil {
		return err
	}
	return r.Sweep.Exports.Erased(ctx, e.ID)
}

// The marks: the cursor of the page from which on there is something that isn't ended.
const (
	markPartition = "retention_mark"
	importMark    = "imports"
	exportMark    = "exports"
	cursorName    = "cursor"
	walkedName    = "walked" // when it was walked through last, in seconds since 1970
)

// Marks are where the marks stand: a run writes them also where nobody has worked yet.
func Marks() []table.Key {
	var keys []table.Key
	for _, name := range []string{importMark, exportMark, personMark} {
		keys = append(keys, table.Key{Partition: markPartition, Sort: name})
	}
	return keys
}

// mark is where a walk begins: the cursor as it was stored, and where the walk has found that the next one may begin.
type mark struct {
	stored, next table.Cursor
	skipped      bool // it was walked through a short time ago
}

// walk gives things from the oldest on, from the mark, to look, which says whether one is ended for good, and whether it and all after it are too
// young to be due; there the walk ends where enough says so. The next walk begins behind the pages of which all is ended. A mark that its table
// doesn't know, as after a move to another engine, is forgotten: that costs a longer walk.
func walk[T any](
	ctx context.Context, r *round, name string, page func(context.Context, table.Cursor, int) ([]T, table.Cursor, error),
	look func(*T) (ended, young bool), enough func() bool,
) (mark, error) {
	m, err := r.marked(ctx, table.Key{Partition: markPartition, Sort: name})
	if err != nil || m.skipped {
		return m, err
	}
	for after, passing := m.stored, true; ; {
		things, next, err := page(ctx, after, pageSize)
		if errors.Is(err, table.ErrCursor) && after == m.next && after != "" {
			m.next, after = "", ""
			continue
		}
		if err != nil {
			return mark{}, err
		}
		over := false
		for i := range things {
			ended, young := look(&things[i])
			passing = passing && ended
			over = over || young
		}
		if passing && next != "" {
			m.next = next
		}
		if next == "" || over && enough() {
			return m, nil
		}
		after = next
	}
}

// marked is where a walk begins.
func (r *round) marked(ctx context.Context, key table.Key) (mark, error) {
	item, err := r.Table.Get(ctx, key)
	if err != nil && !errors.Is(err, table.ErrNotFound) {
		return mark{}, err
	}
	walked, _ := item.Attributes[walkedName].(int64)
	if since := r.now.Sub(time.Unix(walked, 0)); !r.try && walked > 0 && since >= 0 && since < r.Every {
		return mark{skipped: true}, nil
	}
	text, _ := item.Attributes[cursorName].(string)
	return mark{stored: table.Cursor(text), next: table.Cursor(text)}, nil
}

// note keeps where the next walk begins, and, where nothing is left that was due, when this one was done.
func (r *round) note(ctx context.Context, name string, m mark, done bool) error {
	if r.try || m.skipped || m.next == m.stored && r.Every == 0 {
		return nil
	}
	attributes := table.Attributes{cursorName: string(m.next), walkedName: int64(0)}
	if done {
		attributes[walkedName] = r.now.Unix()
	}
	put := &table.Item{Key: table.Key{Partition: markPartition, Sort: name}, Attributes: attributes}
	return r.Table.Write(ctx, table.Write{Put: put, Label: "retention mark"})
}
