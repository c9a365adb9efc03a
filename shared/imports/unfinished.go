package imports

import (
	"context"
	"fmt"
)

// Unfinished says that Config.Hurry stopped the work. What is done is kept: an unfinished check goes on in CheckIncoming, an
// unfinished commit in the same Commit, in this process or another. A commit keeps its lock meanwhile.
type Unfinished struct {
	Import string
	Stage  Stage
	Rows   int // of the stage, done so far
}

// Error implements error.
func (e *Unfinished) Error() string {
	return fmt.Sprintf("imports: %s is unfinished: %s, %d rows done", e.Import, e.Stage, e.Rows)
}

// hurried asks whether to stop for now.
func (s *Service) hurried(ctx context.Context) bool { return s.hurry != nil && s.hurry(ctx) }
