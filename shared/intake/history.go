package intake

import (
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Step is one thing that became of an import.
type Step struct {
	State State     `json:"state"` // that it came to
	At    time.Time `json:"at"`
	// Person is who asked for it, by identifier; empty for what came of itself, as the end of a check does.
	Person string `json:"person,omitempty"`
	Mode   Mode   `json:"mode,omitempty"` // of a commit or undo
	Plan   string `json:"plan,omitempty"` // hash of the one that was made, or committed
	// Problem is why it was refused or failed. A committed import with one is one whose undo was refused.
	Problem problem.Code `json:"problem,omitempty"`
}

// mostSteps bounds what is remembered of an import that is checked again and again: its first step, and the latest.
const mostSteps = 100

// Become brings the import to the state of a step, and remembers that. What the step says of a problem is not made the import's.
func (i *Import) Become(step Step) {
	i.State = step.State
	kept := i.History
	if len(kept) >= mostSteps {
		kept = append([]Step{kept[0]}, kept[len(kept)-mostSteps+2:]...)
	}
	i.History = append(kept[:len(kept):len(kept)], step) // never into the steps of the import as it was
}
