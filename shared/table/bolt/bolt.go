// Package bolt is the table's embedded engine: one bbolt file, held by one process. A write is on disk when it is answered; a
// process killed at any moment leaves the last answered state, or that and the writes then under way, each whole. It knows
// nothing of what is stored.
package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"github.com/learning-cities/guildhall/shared/table"
)

// layout is the number of the file's layout (keys.go, encode.go).
const layout = 1

// DefaultWait is how long Open waits for another process to let the file go.
const DefaultWait = 5 * time.Second

var (
	// ErrLayout: the file was written by a later version of the program, or isn't such a file.
	ErrLayout = errors.New("bolt: unknown file layout")
	// ErrCorrupt: a stored item can't be read.
	ErrCorrupt = errors.New("bolt: a stored item is damaged")
)

// Options are what Open needs beside the path.
type Options struct {
	table.Config
	Wait     time.Duration // how long to wait for the file; 0 is DefaultWait
	Unsynced bool          // don't wait for the disk: a power failure may then lose all; for tests only
}

// Open opens the file at path, making it and its folder when missing. table.ErrBusy when another process holds it all the
// while that Open waits; ErrLayout for a file that isn't this version's.
func Open(path string, o Options) (table.Table, error) {
	if o.Wait == 0 {
		o.Wait = DefaultWait
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	db, err := open(path, o)
	if err != nil {
		return nil, err
	}
	d := &driver{db: db, group: group{cutoff: cutoff(o.Clock, time.Now)}}
	return table.New(d, o.Config), nil
}

// open turns what bbolt does about a damaged file, panics and faults of the memory map, into ErrLayout.
func open(path string, o Options) (db *bbolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			db, err = nil, fmt.Errorf("%w: %s: %v", ErrLayout, path, fault)
		}
	}()
	db, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:      o.Wait,
		NoSync:       o.Unsynced,
		FreelistType: bbolt.FreelistMapType, // the list of free pages isn't walked for each allocation
	})
	if err != nil {
		return nil, openError(path, err)
	}
	if err := errors.Join(removeSnapshots(path), prepare(db, path, o)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// cutoff is the moment before which an expired item is of no more use. The machine's clock decides with the table's, so that
// acting as of a later day hides items but doesn't destroy them.
func cutoff(clock, machine func() time.Time) func() time.Time {
	return func() time.Time {
		now := machine()
		if clock != nil && clock().Before(now) {
			now = clock()
		}
		return now.Add(-sweepAfter)
	}
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, bbolterrors.ErrTimeout):
		return fmt.Errorf("%w: %s", table.ErrBusy, path)
	case errors.Is(err, bbolterrors.ErrInvalid), errors.Is(err, bbolterrors.ErrVersionMismatch),
		errors.Is(err, bbolterrors.ErrChecksum):
		return fmt.Errorf("%w: %s: %v", ErrLayout, path, err)
	}
	return fmt.Errorf("open %s: %w", path, err)
}

// prepare checks the layout, and makes the buckets that are missing.
func prepare(db *bbolt.DB, path string, o Options) error {
	names := [][]byte{bucketAbout, bucketItems, bucketExpiry}
	for _, index := range o.Indexes {
		names = append(names, bucketIndex(index))
	}
	complete, err := inspect(db, path, names)
	if err != nil || complete {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range names {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return tx.Bucket(bucketAbout).Put(aboutFormat, []byte{layout})
	})
	if err != nil || o.Unsynced {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// inspect tells whether the file has all buckets. It refuses a file of another layout, or shorter than it should be.
func inspect(db *bbolt.DB, path string, names [][]byte) (complete bool, err error) {
	file, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		if tx.Size() > file.Size() {
			return fmt.Errorf("%w: %s has %d of its %d bytes", ErrLayout, path, file.Size(), tx.Size())
		}
		complete = true
		for _, name := range names {
			complete = complete && tx.Bucket(name) != nil
		}
		if about := tx.Bucket(bucketAbout); about != nil && !bytes.Equal(about.Get(aboutFormat), []byte{layout}) {
			return fmt.Errorf("%w: %s has layout %v, this is %d", ErrLayout, path, about.Get(aboutFormat), layout)
		}
		return nil
	})
	return complete, err
}

// syncFolder makes a new file's name durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// driver implements table.Driver.
type driver struct {
	db *bbolt.DB
	group
}

func (d *driver) Close() error { return d.db.Close() }

// unavailable tells the seam's errors from the engine's.
func unavailable(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bbolterrors.ErrDatabaseNotOpen):
		return table.ErrClosed
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, ErrCorrupt):
		return err
	}
	return fmt.Errorf("%w: %w", table.ErrUnavailable, err)
}
