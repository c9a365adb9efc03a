package records

import (
	"context"
	"slices"
)

// Snapshot calls read so that it sees every commit on these types entire or not at all: it looks at their locks before and after,
// and when one was held or has moved calls read again, from the start, after a pause; read must forget what it had then. After
// some tries *BusyError names the import that is at work. An error of read is returned, unless what it saw was half a commit.
func (s *Store) Snapshot(ctx context.Context, types []string, read func(Reader) error) error {
	var busy *BusyError
	for try := 1; try <= lockTries; try++ {
		if try > 1 {
			if err := s.pause(ctx, try-1); err != nil {
				return err
			}
		}
		before, err := s.Locks(ctx, types)
		if err != nil {
			return err
		}
		if busy = holder(before); busy != nil {
			continue
		}
		result := read(s)
		after, err := s.Locks(ctx, types)
		if err != nil {
			return err
		}
		if slices.Equal(before, after) {
			return result
		}
		if busy = holder(after); busy == nil {
			busy = &BusyError{Type: moved(before, after)}
		}
	}
	return busy
}

func holder(locks []Lock) *BusyError {
	for _, lock := range locks {
		if lock.Import != "" {
			return &BusyError{Type: lock.Type, Import: lock.Import}
		}
	}
	return nil
}

func moved(before, after []Lock) string {
	for i := range before {
		if before[i] != after[i] {
			return before[i].Type
		}
	}
	return ""
}
