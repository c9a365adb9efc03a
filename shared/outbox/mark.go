package outbox

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// markKey is where the mark stands.
var markKey = table.Key{Partition: markPartition, Sort: "mark"}

type markBody struct {
	At string `json:"at"` // UTC, as time.RFC3339Nano
}

// MarkKey is where the mark stands: a run writes it also where nobody has worked yet.
func MarkKey() table.Key { return markKey }

// Mark is the moment up to which every occasion that was due is dealt with; the zero time before the first Advance.
func (s *Store) Mark(ctx context.Context) (time.Time, error) {
	var b markBody
	found, err := s.find(ctx, markKey, &b)
	if err != nil || !found {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339Nano, b.At)
}

// Advance moves the mark to a moment and gives it as it stands then: it never goes back.
func (s *Store) Advance(ctx context.Context, to time.Time) (time.Time, error) {
	to = to.UTC()
	for range tries {
		was, err := s.Mark(ctx)
		if err != nil || !was.Before(to) {
			return was, err
		}
		put, err := item(markKey, markBody{to.Format(time.RFC3339Nano)})
		if err != nil {
			return was, err
		}
		condition := table.Absent()
		if !was.IsZero() {
			condition = table.Equal("at", was.Format(time.RFC3339Nano))
		}
		if err := s.table.Write(ctx, table.Write{Put: put, Condition: condition, Label: "mark"}); !overtaken(err) {
			return to, err
		}
	}
	return time.Time{}, busy("the mark")
}
