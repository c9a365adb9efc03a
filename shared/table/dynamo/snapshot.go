package dynamo

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/jsonl"
)

// readings is how often all items are read before there is no snapshot.
const readings = 6

// Snapshot reads all items until two readings, one after the other, are of the same items. The service has no snapshots that a
// program can read, but so there is one: whatever an item was when the first of the two readings came by, it was again at the second, so
// all items together were as they were read at the moment between the two, when the first had ended. (This is the double collect of Afek,
// Attiya, Dolev, Gafni, Merritt and Shavit, Atomic Snapshots of Shared Memory, 1993.) It rests on an item not becoming in between what
// it was before: records, locks and books see to that with the versions that they carry.
//
// What is read is kept in a file for temporary ones, which nobody else can open.
func (d *driver) Snapshot(ctx context.Context, now time.Time) (table.Snapshot, error) {
	var before sum
	for reading := range readings {
		spooled, read, err := d.spool(ctx, now)
		if err != nil {
			return nil, err
		}
		if reading > 0 && read == before {
			return spooled, nil
		}
		before = read
		if err := spooled.Close(); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%w: they were read %d times", table.ErrUnsettled, readings)
}

// sum tells sets of items apart, in whatever order they come: the number of items, and the sum of their lines' SHA-256, in four parts
// that each overflow on their own.
type sum struct {
	items int64
	parts [4]uint64
}

func (s *sum) add(line []byte) {
	s.items++
	hash := sha256.Sum256(line)
	for i := range s.parts {
		s.parts[i] += binary.BigEndian.Uint64(hash[8*i:])
	}
}

// Write takes one line, as jsonl writes it.
func (s *sum) Write(line []byte) (int, error) {
	s.add(line)
	return len(line), nil
}

// spool reads all items into a file.
func (d *driver) spool(ctx context.Context, now time.Time) (_ *snapshot, read sum, err error) {
	file, err := os.CreateTemp("", "guildhall-snapshot-*") // of mode 0600
	if err != nil {
		return nil, sum{}, err
	}
	spooled := &snapshot{file: file}
	defer func() {
		if err != nil {
			err = errors.Join(err, spooled.Close())
		}
	}()
	out := bufio.NewWriterSize(file, 1<<20)
	lines := jsonl.NewWriter(io.MultiWriter(out, &read))
	var after *table.Key
	for {
		items, last, err := d.Scan(ctx, after, table.MaxPage, now)
		if err != nil {
			return nil, sum{}, err
		}
		for i := range items {
			if err := lines.Write(&items[i]); err != nil {
				return nil, sum{}, err
			}
		}
		if last == nil {
			return spooled, read, out.Flush()
		}
		after = last
	}
}

// snapshot is a file of items.
type snapshot struct {
	file *os.File
	once sync.Once
	err  error
}

// Items implements table.Snapshot.
func (s *snapshot) Items(ctx context.Context) iter.Seq2[table.Item, error] {
	return func(yield func(table.Item, error) bool) {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			yield(table.Item{}, err)
			return
		}
		in := bufio.NewReaderSize(s.file, 1<<20)
		for {
			line, err := in.ReadBytes('\n')
			if errors.Is(err, io.EOF) && len(line) == 0 {
				return
			}
			var item table.Item
			if err = errors.Join(err, ctx.Err()); err == nil {
				item, err = jsonl.Parse(line)
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// Close implements table.Snapshot.
func (s *snapshot) Close() error {
	s.once.Do(func() {
		s.err = s.file.Close()
		if err := os.Remove(s.file.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.err = errors.Join(s.err, err)
		}
	})
	return s.err
}
