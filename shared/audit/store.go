package audit

import (
	"context"
	"errors"
	"fmt"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// The keys under which the trail is kept in the table:
//
//	what                          partition           sort
//	event that has no place yet   audit_open          <id>: identifiers ascend with time
//	entry                         audit#<thousands>   <number>
//	head                          audit_head          head
//	entries of a day              audit_day           <day>
//
// An event is one write of an item of its own, so that any number of people at once wait for nobody. Its place in the chain it gets later
// (Seal), from one at a time.
const (
	openPartition  = "audit_open"
	entryPartition = "audit#"
	headPartition  = "audit_head"
	headSort       = "head"
	dayPartition   = "audit_day"
)

// format is the number of the layout of these items.
const format = 1

// block is how many entries a partition has.
const block = 1000

// digits of a number in a key: so many that the order of the keys is that of the numbers.
const digits = 12

func openKey(id string) table.Key { return table.Key{Partition: openPartition, Sort: id} }

// spelled is a number in a key.
func spelled(number int64) string { return fmt.Sprintf("%0*d", digits, number) }

// blockOf is the partition in which an entry stands: its number without the last three digits.
func blockOf(number int64) string { return entryPartition + spelled(number)[:digits-3] }

func entryKey(number int64) table.Key {
	return table.Key{Partition: blockOf(number), Sort: spelled(number)}
}

func headKey() table.Key { return table.Key{Partition: headPartition, Sort: headSort} }

func dayKey(day civil.Date) table.Key {
	return table.Key{Partition: dayPartition, Sort: day.String()}
}

// span is which entries are of a day: none outside of these numbers, though not each within them.
type span struct {
	First int64 `json:"first"`
	Last  int64 `json:"last"`
}

// with is the span that a further entry is within.
func (s span) with(number int64) span {
	if s == (span{}) {
		return span{number, number}
	}
	return span{min(s.First, number), max(s.Last, number)}
}

// item is a value as it is stored.
func item(key table.Key, value any) (*table.Item, error) {
	attributes, err := records.Encode(value)
	if err != nil {
		return nil, fmt.Errorf("audit: %s: %w", key, err)
	}
	attributes["format"] = int64(format)
	return &table.Item{Key: key, Attributes: attributes}, nil
}

// decode reads a value as it is stored. What it finds besides, or otherwise than it would be stored, is no error: Verify tells it.
func decode(stored table.Item, into any) error {
	if err := records.Known(stored, format); err != nil {
		return err
	}
	if got, _ := stored.Attributes["format"].(int64); got != format {
		return fmt.Errorf("audit: %s has format %v, this is %d", stored.Key, stored.Attributes["format"], format)
	}
	if err := records.Decode(stored.Attributes, into); err != nil {
		return fmt.Errorf("audit: %s: %w", stored.Key, err)
	}
	return nil
}

// find reads one value, which stays as it is where there is none.
func (t *Trail) find(ctx context.Context, key table.Key, into any) error {
	stored, err := t.Table.Get(ctx, key)
	if errors.Is(err, table.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return decode(stored, into)
}

// each calls fn for the items of a partition whose sort keys begin with a prefix.
func (t *Trail) each(ctx context.Context, partition, prefix string, descending bool, fn func(table.Item) error) error {
	query := table.Query{Partition: partition, Prefix: prefix, Descending: descending}
	for {
		page, err := t.Table.Query(ctx, query)
		if err != nil {
			return err
		}
		for _, stored := range page.Items {
			if err := fn(stored); err != nil {
				return err
			}
		}
		if page.Cursor == "" {
			return nil
		}
		query.After = page.Cursor
	}
}
