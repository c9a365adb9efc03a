package intake

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// Ended is when the last step was taken with an import, as far as it is known.
func (i *Import) Ended() time.Time {
	last := i.AskedAt
	for _, at := range [...]time.Time{i.BegunAt, i.CheckedAt, i.StartedAt, i.CommittedAt, i.Undo.AskedAt, i.Undo.EndedAt} {
		if at.After(last) {
			last = at
		}
	}
	for _, step := range i.History {
		if step.At.After(last) {
			last = step.At
		}
	}
	return last
}

// Used reports whether the import stored rows at some time, which may have been taken back since.
func (i *Import) Used() bool { return !i.CommittedAt.IsZero() }

// AtWork reports whether something is being done with the import under its lock, so that its files are needed.
func (i *Import) AtWork() bool { return i.State == Committing || i.State == Undoing }

// Available is IMPORT_EXPIRED once the import's files are gone, or about to be; nil before.
func (i *Import) Available() error {
	if i.ExpiredAt.IsZero() {
		return nil
	}
	return problem.New("IMPORT_EXPIRED").Valued(i.ID)
}

// Expire notes that the files of an import are about to be erased, so that nothing asks for them any more; it stays in its state, and what it
// stored stays on record. False: something was done with it meanwhile, or is being done. IMPORT_UNKNOWN.
func (s *Store) Expire(ctx context.Context, imp *Import, at time.Time) (bool, error) {
	done := false
	_, err := s.step(ctx, imp.ID, func(now *Import) error {
		done = !now.ExpiredAt.IsZero()
		if done || now.AtWork() || !now.Ended().Equal(imp.Ended()) {
			return errSame
		}
		now.ExpiredAt, done = at.UTC(), true
		return nil
	})
	return done && err == nil, err
}

// Swept notes that all files of an expired import are erased. IMPORT_UNKNOWN.
func (s *Store) Swept(ctx context.Context, id string) error {
	_, err := s.step(ctx, id, func(now *Import) error {
		if now.ExpiredAt.IsZero() || now.Swept {
			return errSame
		}
		now.Swept = true
		return nil
	})
	return err
}

// Oldest gives a page of imports from the oldest on; as List otherwise.
func (s *Store) Oldest(ctx context.Context, after table.Cursor, limit int) ([]Import, table.Cursor, error) {
	return s.list(ctx, table.Query{Partition: importPartition, After: after, Limit: limit})
}
