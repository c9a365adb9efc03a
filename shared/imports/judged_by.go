package imports

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/records"
)

// judgedBy reads records for the rules of a kind and remembers in which versions they saw those that their rows may write. What a row wants
// stored is made of the record that the rules saw; what it is compared with is read later, so that an act can change the record
// between the two, and would be written over by the row. It is safe for concurrent use: rows are judged while others are compared.
type judgedBy struct {
	from  records.Reader
	types []string // that rows of the kind write

	mu      sync.Mutex
	seen    map[[16]byte]int64 // version by a hash of the record's ref, 0 for none; the earliest where one was read more than once
	scanned []scanned
	scratch []byte
}

// scanned is a run of records that were read from one end to the other: who is not among them was not there.
type scanned struct{ typ, partition, prefix string }

var _ records.Reader = (*judgedBy)(nil)

func newJudgedBy(from records.Reader, types []string) *judgedBy {
	return &judgedBy{from: from, types: types, seen: map[[16]byte]int64{}}
}

// Get implements records.Reader.
func (j *judgedBy) Get(ctx context.Context, ref records.Ref) (records.Record, error) {
	record, err := j.from.Get(ctx, ref)
	if err == nil || errors.Is(err, records.ErrNotFound) {
		j.note(ref, record.Version)
	}
	return record, err
}

// GetEach implements records.Reader.
func (j *judgedBy) GetEach(ctx context.Context, refs []records.Ref) ([]records.Record, error) {
	found, err := j.from.GetEach(ctx, refs)
	if err != nil {
		return found, err
	}
	for _, record := range found {
		j.note(record.Ref, record.Version)
	}
	for _, ref := range refs { // those that were noted keep their versions
		j.note(ref, 0)
	}
	return found, nil
}

// Scan implements records.Reader.
func (j *judgedBy) Scan(ctx context.Context, typ, partition, prefix string, fn func(records.Record) error) error {
	err := j.from.Scan(ctx, typ, partition, prefix, func(record records.Record) error {
		j.note(record.Ref, record.Version)
		return fn(record)
	})
	if err == nil && slices.Contains(j.types, typ) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.scanned = append(j.scanned, scanned{typ, partition, prefix})
	}
	return err
}

// note remembers the version in which a record was seen first.
func (j *judgedBy) note(ref records.Ref, version int64) {
	if !slices.Contains(j.types, ref.Type) {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	name := j.nameOf(ref)
	if _, known := j.seen[name]; !known {
		j.seen[name] = version
	}
}

// version is the one in which the rules saw a record, 0 where they saw that there is none; not ok where they did not look.
func (j *judgedBy) version(ref records.Ref) (version int64, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.seen) == 0 && len(j.scanned) == 0 { // as with rules that need no more than the row
		return 0, false
	}
	if version, ok = j.seen[j.nameOf(ref)]; ok {
		return version, true
	}
	return 0, slices.ContainsFunc(j.scanned, func(s scanned) bool {
		return s.typ == ref.Type && s.partition == ref.Partition && strings.HasPrefix(ref.ID, s.prefix)
	})
}

// nameOf is a hash of a ref. The caller holds the lock.
func (j *judgedBy) nameOf(ref records.Ref) [16]byte {
	j.scratch = append(j.scratch[:0], ref.String()...)
	return shortHash(j.scratch)
}

// overtakes says from which version a row may be stored whose record the rules saw in one version and the comparison in another, and whether
// they differ: then from none, so that the plan is stale whatever is done with it. A record that is gone is none to the rules.
func (j *judgedBy) overtakes(ref records.Ref, stored records.Record) (base int64, overtaken bool) {
	saw, ok := j.version(ref)
	there := stored.Version
	if stored.Gone {
		there = 0
	}
	if !ok || saw == there {
		return stored.Version, false
	}
	return min(saw, there), true
}
