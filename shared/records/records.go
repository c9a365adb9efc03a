// Package records stores what the network knows as typed records above a table: with a version that counts its changes, the
// provenance of the last one, and the commit lock under which an import changes many of them as if at once. It knows no
// record type; the domain packages own what a body means, and read through Reader only.
package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// Format is the number of the layout in which this version writes records (see item.go). Records of a later format are refused
// with ErrFormat, not misread.
const Format = 1

var (
	// ErrNotFound: no such record.
	ErrNotFound = errors.New("records: not found")
	// ErrFormat: a stored record was written by a later version of the program, or isn't a record.
	ErrFormat = errors.New("records: unknown format")
	// ErrInvalid: the request can't be meant; a mistake of the calling code.
	ErrInvalid = errors.New("records: invalid request")
)

// Provenance says where a record's last change came from: an import with file, sheet and row, or a person and the request.
type Provenance struct {
	Import     string    // the import's identifier
	File       string    // its file's name
	FileSHA256 string    // 64 hexadecimal digits
	Sheet      string    // the sheet's name
	Row        int       // the sheet's own number, from 1
	Person     string    // who decided the change
	Request    string    // the request's identifier when there was no import
	At         time.Time // when it was decided; the same in every repetition of the write
	// Undo is the import whose undoing wrote the record, at At: it took the record away, or brought back an earlier body, whose
	// provenance the rest is.
	Undo string
}

// Record is one stored record. Version is 1 when created and grows by one with each change, its removal included: a record that is
// created again has a version of its own.
type Record struct {
	Ref        Ref
	Version    int64
	Body       table.Attributes
	Provenance Provenance
	Gone       bool // it was removed, which is its last version; Store.Latest alone shows it
}

// Reader reads records. Code that decides about records takes a Reader, so that it can't write.
type Reader interface {
	// Get returns one record. ErrNotFound.
	Get(ctx context.Context, ref Ref) (Record, error)
	// GetEach returns the records that exist, in the order of refs; a ref given twice is answered once.
	GetEach(ctx context.Context, refs []Ref) ([]Record, error)
	// Scan calls fn for each record of a type and partition whose id begins with prefix, in byte order of the ids, until fn
	// returns an error, which Scan then returns. It holds one page of records in memory.
	Scan(ctx context.Context, typ, partition, prefix string, fn func(Record) error) error
}

// Store reads and writes records in a table. It is safe for concurrent use.
type Store struct {
	table table.Table
	pause func(ctx context.Context, try int) error
}

var _ Reader = (*Store)(nil)

// Option changes how a Store works.
type Option func(*Store)

// WithPause replaces the waiting between tries for a lock that is held or contended: try counts from 1. An error ends the
// trying and is returned.
func WithPause(pause func(ctx context.Context, try int) error) Option {
	return func(s *Store) { s.pause = pause }
}

// New stores records in t.
func New(t table.Table, options ...Option) *Store {
	s := &Store{table: t, pause: BackOff(20*time.Millisecond, time.Second)}
	for _, option := range options {
		option(s)
	}
	return s
}

// BackOff is a pause between tries: so long after the first, twice as long after each further one, and never longer than most.
func BackOff(first, most time.Duration) func(ctx context.Context, try int) error {
	return func(ctx context.Context, try int) error {
		timer := time.NewTimer(min(first<<min(try-1, 6), most))
		defer timer.Stop()
		select {
		case <-timer.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Get implements Reader.
func (s *Store) Get(ctx context.Context, ref Ref) (Record, error) {
	if err := checkRef(ref); err != nil {
		return Record{}, err
	}
	item, err := s.table.Get(ctx, ref.Key())
	if errors.Is(err, table.ErrNotFound) {
		return Record{}, fmt.Errorf("%w: %s", ErrNotFound, ref)
	}
	if err != nil {
		return Record{}, err
	}
	record, err := recordOf(item)
	if err == nil && record.Gone {
		return Record{}, fmt.Errorf("%w: %s", ErrNotFound, ref)
	}
	return record, err
}

// GetEach implements Reader.
func (s *Store) GetEach(ctx context.Context, refs []Ref) ([]Record, error) {
	found, err := s.Latest(ctx, refs)
	return slices.DeleteFunc(found, func(r Record) bool { return r.Gone }), err
}

// Latest is GetEach for whoever writes: with the records that were removed, since who creates one again writes from its last version.
func (s *Store) Latest(ctx context.Context, refs []Ref) ([]Record, error) {
	keys := make([]table.Key, len(refs))
	for i, ref := range refs {
		if err := checkRef(ref); err != nil {
			return nil, err
		}
		keys[i] = ref.Key()
	}
	items, err := s.table.GetEach(ctx, keys)
	if err != nil {
		return nil, err
	}
	found := make([]Record, len(items))
	for i, item := range items {
		if found[i], err = recordOf(item); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Scan implements Reader.
func (s *Store) Scan(ctx context.Context, typ, part, prefix string, fn func(Record) error) error {
	if err := checkType(typ); err != nil {
		return err
	}
	q := table.Query{Partition: partition(typ, part), Prefix: prefix}
	for {
		page, err := s.table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			record, err := recordOf(item)
			if err != nil {
				return err
			}
			if record.Gone {
				continue
			}
			if err := fn(record); err != nil {
				return err
			}
		}
		if page.Cursor == "" {
			return nil
		}
		q.After = page.Cursor
	}
}

// Page is Scan one page at a time: at most limit records from where an earlier page ended, "" for the beginning, last ones first where
// descending. It gives where the next page begins, "" at the end. table.ErrCursor for a place that is none of this type and partition.
func (s *Store) Page(
	ctx context.Context, typ, part string, after table.Cursor, limit int, descending bool,
) ([]Record, table.Cursor, error) {
	if err := checkType(typ); err != nil {
		return nil, "", err
	}
	page, err := s.table.Query(ctx, table.Query{Partition: partition(typ, part), After: after, Limit: limit, Descending: descending})
	if err != nil {
		return nil, "", err
	}
	found := make([]Record, 0, len(page.Items))
	for _, item := range page.Items {
		record, err := recordOf(item)
		if err != nil {
			return nil, "", err
		}
		if !record.Gone {
			found = append(found, record)
		}
	}
	return found, page.Cursor, nil
}

// Behind is a page of the records of a type and partition whose identifiers begin with a prefix, from behind an identifier on, "" from the
// beginning: at least one while there are any, and limit at most. The identifier of the last is where the next page goes on, if there are more.
// table.ErrCursor for an identifier without the prefix.
func (s *Store) Behind(ctx context.Context, typ, part, prefix, after string, limit int) (found []Record, more bool, err error) {
	if err := checkType(typ); err != nil {
		return nil, false, err
	}
	q := table.Query{Partition: partition(typ, part), Prefix: prefix, Limit: limit}
	if after != "" {
		q.After = table.CursorBehind(q, after)
	}
	for {
		page, err := s.table.Query(ctx, q)
		if err != nil {
			return nil, false, err
		}
		for _, item := range page.Items {
			record, err := recordOf(item)
			if err != nil {
				return nil, false, err
			}
			if !record.Gone {
				found = append(found, record)
			}
		}
		if q.After = page.Cursor; q.After == "" || len(found) > 0 {
			return found, q.After != "", nil
		}
	}
}

func checkRef(ref Ref) error {
	if err := checkType(ref.Type); err != nil {
		return err
	}
	if ref.ID == "" {
		return fmt.Errorf("%w: a ref of type %s without id", ErrInvalid, ref.Type)
	}
	return nil
}

// checkType keeps a type from being read as another's partition, or as a lock.
func checkType(typ string) error {
	for _, r := range typ {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return fmt.Errorf("%w: record type %q", ErrInvalid, typ)
		}
	}
	if typ == "" || typ == lockType {
		return fmt.Errorf("%w: record type %q", ErrInvalid, typ)
	}
	return nil
}
