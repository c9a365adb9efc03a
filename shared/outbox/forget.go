package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// farthest is how long before its day something can be written about it: reminders are, up to a year.
const farthest = 366 * 24 * time.Hour

// errEnough ends a walk.
var errEnough = errors.New("outbox: enough")

// Forget removes to whom letters went: at most so many of those that were settled and didn't change since before a moment, and the lists of
// people of reports from before then that have no letter left. What the reports said stays. more: there are others for a further call. With
// try nothing is removed.
func (s *Store) Forget(ctx context.Context, before time.Time, most int, try bool) (letters int, more bool, err error) {
	err = s.aged(ctx, closedPartition, before.Add(farthest), func(stored table.Item) error {
		var b mailBody
		if err := decode(stored, &b); err != nil || !b.Since.Before(before) {
			return err
		}
		if more = letters == most; more {
			return errEnough
		}
		letters++
		return s.remove(ctx, stored.Key, try)
	})
	if err != nil || more {
		return letters, more, err
	}
	return letters, false, s.aged(ctx, peoplePartition, before, func(stored table.Item) error {
		for _, partition := range [...]string{openPartition, closedPartition} {
			page, err := s.table.Query(ctx, table.Query{Partition: partition, Prefix: stored.Key.Sort + "#", Limit: 1})
			if err != nil || len(page.Items) > 0 {
				return err
			}
		}
		return s.remove(ctx, stored.Key, try)
	})
}

func (s *Store) remove(ctx context.Context, key table.Key, try bool) error {
	if try {
		return nil
	}
	return s.table.Write(ctx, table.Write{Delete: key, Label: "letters of " + key.Sort})
}

// aged calls fn for what is about days before one: a summary's identifier begins with its day, so the oldest stand first.
func (s *Store) aged(ctx context.Context, partition string, before time.Time, fn func(table.Item) error) error {
	err := s.each(ctx, table.Query{Partition: partition}, func(stored table.Item) error {
		const day = "20060102"
		of, err := time.Parse(day, stored.Key.Sort[:min(len(day), len(stored.Key.Sort))])
		if err == nil && !of.Before(before) {
			return errEnough
		}
		return fn(stored)
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}
