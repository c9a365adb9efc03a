package outbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Store keeps the entries, reports and mails. Everything in it may be repeated, also by several processes at once: what was done stays
// done as it was. It is safe for concurrent use.
type Store struct {
	table table.Table
	clock identity.Clock
	ids   identity.IDs
}

// New makes a store over a table. The identifiers tell apart those who send at the same moment.
func New(t table.Table, clock identity.Clock, ids identity.IDs) *Store {
	return &Store{table: t, clock: clock, ids: ids}
}

// format is the number of the layout of these records.
const format = 1

// The partitions. Mails stand in one of two: what is open is looked through every hour, what is closed only grows.
const (
	entryPartition  = "summary"        // by Entry.ID
	keptPartition   = "summary_kept"   // by Entry.ID and revision
	peoplePartition = "summary_people" // likewise: the identifiers of those to whom its letters go
	markPartition   = "summary_mark"
	openPartition   = "mail_open" // by Entry.ID, revision and person
	closedPartition = "mail"      // likewise
)

// mostRevisions is what the keys have room for.
const mostRevisions = 9999

func entryKey(id string) table.Key { return table.Key{Partition: entryPartition, Sort: id} }

// of names a revision in a key.
func of(id string, revision int) string { return fmt.Sprintf("%s#%04d", id, revision) }

func mailKey(partition string, l Letter) table.Key {
	return table.Key{Partition: partition, Sort: of(l.Summary, l.Revision) + "#" + l.Person}
}

// item is a value as it is stored.
func item(key table.Key, value any) (*table.Item, error) {
	attributes, err := records.Encode(value)
	if err != nil {
		return nil, fmt.Errorf("outbox: %s: %w", key, err)
	}
	attributes["format"] = int64(format)
	return &table.Item{Key: key, Attributes: attributes}, nil
}

// decode reads a value as it is stored.
func decode(stored table.Item, into any) error {
	if err := records.Known(stored, format); err != nil {
		return err
	}
	if got, _ := stored.Attributes["format"].(int64); got != format {
		return fmt.Errorf("outbox: %s has format %v, this is %d", stored.Key, stored.Attributes["format"], format)
	}
	if err := records.Decode(stored.Attributes, into); err != nil {
		return fmt.Errorf("outbox: %s: %w", stored.Key, err)
	}
	return nil
}

// find reads one value; false where there is none.
func (s *Store) find(ctx context.Context, key table.Key, into any) (bool, error) {
	stored, err := s.table.Get(ctx, key)
	if errors.Is(err, table.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, decode(stored, into)
}

// overtaken reports whether a write did not happen since what is stored differs from what was expected.
func overtaken(err error) bool {
	var one *table.ConditionError
	var several *table.TransactionError
	return errors.As(err, &one) || errors.As(err, &several)
}

// tries is how often a change is tried that others overtake each time.
const tries = 20

// busy is what comes of a change that others overtook each time.
func busy(what string) error {
	return fmt.Errorf("outbox: %s changes all the time: %w", what, table.ErrUnavailable)
}

func summaryUnknown(id string) error { return problem.New("SUMMARY_UNKNOWN").Valued(id) }

func mailUnknown(l Letter) error { return problem.New("MAIL_UNKNOWN").Valued(l.Summary) }
