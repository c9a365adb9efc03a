package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/learning-cities/guildhall/shared/table"
)

// snapshotName is what a snapshot's file is called after the table's own name.
const snapshotName = ".snapshot-*"

// Snapshot copies the file, beside itself. Reading the file itself for as long as somebody takes to read everything would not do: when a
// write has the file grow, it waits for all reading to end, and all reading that begins then waits for it. A copy takes as
// long as the disk needs, whoever reads it then.
func (d *driver) Snapshot(ctx context.Context, now time.Time) (_ table.Snapshot, err error) {
	file, err := os.CreateTemp(filepath.Dir(d.db.Path()), filepath.Base(d.db.Path())+snapshotName)
	if err != nil {
		return nil, unavailable(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	err = d.db.View(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(writer{ctx, file})
		return err
	})
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, unavailable(err)
	}
	copied, err := bbolt.Open(file.Name(), 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return nil, unavailable(err)
	}
	return &snapshot{db: copied, now: now}, nil
}

// writer stops writing when its context ends.
type writer struct {
	ctx  context.Context
	file *os.File
}

func (w writer) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.file.Write(p)
}

// removeSnapshots removes what a killed process left of its snapshots. The caller holds the table's file.
func removeSnapshots(path string) error {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), filepath.Base(path)+snapshotName))
	for _, name := range left {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// snapshot is a copy of a table's file.
type snapshot struct {
	db   *bbolt.DB
	now  time.Time
	once sync.Once
	err  error
}

// Items implements table.Snapshot.
func (s *snapshot) Items(ctx context.Context) iter.Seq2[table.Item, error] {
	return func(yield func(table.Item, error) bool) {
		var after *table.Key
		for {
			items, last, err := s.page(ctx, after)
			if err != nil {
				yield(table.Item{}, unavailable(err))
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if last == nil {
				return
			}
			after = last
		}
	}
}

func (s *snapshot) page(ctx context.Context, after *table.Key) (items []table.Item, last *table.Key, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	err = s.db.View(func(tx *bbolt.Tx) error {
		items, last, err = scan(ctx, tx.Bucket(bucketItems).Cursor(), after, table.MaxPage, s.now)
		return err
	})
	return items, last, err
}

// Close implements table.Snapshot.
func (s *snapshot) Close() error {
	s.once.Do(func() {
		name := s.db.Path()
		s.err = s.db.Close()
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.err = errors.Join(s.err, fmt.Errorf("bolt: remove a snapshot: %w", err))
		}
	})
	return s.err
}
