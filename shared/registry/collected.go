package registry

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// collected reads records and keeps a hash of which ones they were, in which versions.
type collected struct {
	from records.Reader
	sum  hash.Hash
}

var _ records.Reader = collected{}

func collect(from records.Reader) collected { return collected{from, sha256.New()} }

func (c collected) note(ref records.Ref, version int64) {
	fmt.Fprintf(c.sum, "%q %q %q %d\n", ref.Type, ref.Partition, ref.ID, version)
}

// Get implements records.Reader.
func (c collected) Get(ctx context.Context, ref records.Ref) (records.Record, error) {
	record, err := c.from.Get(ctx, ref)
	c.note(ref, record.Version)
	return record, err
}

// GetEach implements records.Reader.
func (c collected) GetEach(ctx context.Context, refs []records.Ref) ([]records.Record, error) {
	found, err := c.from.GetEach(ctx, refs)
	for _, record := range found {
		c.note(record.Ref, record.Version)
	}
	return found, err
}

// Scan implements records.Reader.
func (c collected) Scan(ctx context.Context, typ, partition, prefix string, fn func(records.Record) error) error {
	return c.from.Scan(ctx, typ, partition, prefix, func(record records.Record) error {
		c.note(record.Ref, record.Version)
		return fn(record)
	})
}

// judged judges an act. What it writes has conditions that hold only while everything is as it was judged by, but a refusal writes nothing:
// of records that were read one after the other, each can be of another moment, and together of none. So whatever refuses an act is
// read again, and when it isn't the same the act is judged anew (ErrUnavailable).
func (do work) judged(from records.Reader, o Origin, now time.Time) (writes []table.Write, answer string, err error) {
	first := collect(from)
	writes, answer, err = do(first, o, now)
	var no *problem.Problem
	if !errors.As(err, &no) {
		return writes, answer, err
	}
	second := collect(from)
	if _, _, again := do(second, o, now); again != nil && !errors.As(again, &no) {
		return nil, "", again
	}
	if string(first.sum.Sum(nil)) != string(second.sum.Sum(nil)) {
		return nil, "", fmt.Errorf("%w: %s was judged by what changed meanwhile", table.ErrUnavailable, no.Code)
	}
	return nil, "", err
}
