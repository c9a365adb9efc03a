package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

func deadLetterRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/dead-letters", serve: (*api).listDeadLetters},
		{Method: "POST", Pattern: "/api/dead-letters/{deadLetter}/again", serve: (*api).sendTaskAgain},
		{Method: "POST", Pattern: "/api/dead-letters/{deadLetter}/discard", serve: (*api).discardTask},
	}
}

// deadLetterStatuses are those of the codes of dead letters.
var deadLetterStatuses = map[problem.Code]int{"DEAD_LETTER_UNKNOWN": http.StatusNotFound}

// deadLetterState is a task that could not be done. All keys are always present.
type deadLetterState struct {
	ID        string            `json:"id"`
	Queue     string            `json:"queue"`
	Work      *deadletters.Work `json:"work"`   // null of a task that can't be read
	Import    *string           `json:"import"` // what it is about, by identifier
	Export    *string           `json:"export"`
	Summary   *string           `json:"summary"`
	Code      problem.Code      `json:"code"` // why it failed
	Message   string            `json:"message"`
	Cause     *problem.Code     `json:"cause"`     // with which it was refused each time
	Reference *string           `json:"reference"` // by which the log has it
	Attempts  *int              `json:"attempts"`  // how often it was tried; null where nobody counted
	Sent      *time.Time        `json:"sent"`      // when it was asked for
	Since     time.Time         `json:"since"`     // when it failed last
}

func deadLetterStateOf(q *asking, l *deadletters.Letter) deadLetterState {
	return deadLetterState{
		ID: l.ID, Queue: l.Line, Work: orNull(l.Work), Import: orNull(l.Import), Export: orNull(l.Export), Summary: orNull(l.Summary),
		Code: l.Code, Message: l.Problem().Message(q.lang), Cause: orNull(l.Cause), Reference: orNull(l.Reference), Attempts: orNull(l.Attempts),
		Sent: orNull(l.Sent), Since: l.Since,
	}
}

// lines are the queues that there can be.
var lines = []string{"check", "commit", "export", "deliver", "bounce"}

// listDeadLetters answers the tasks that could not be done.
func (a *api) listDeadLetters(q *asking) (*answer, error) {
	line, err := q.choice("queue", lines)
	if err != nil {
		return nil, err
	}
	got, err := storedPage(q, func(ctx context.Context, after table.Cursor, limit int) ([]deadletters.Letter, table.Cursor, error) {
		return a.Office.DeadLetters(ctx, line, after, limit)
	}, func(l *deadletters.Letter) deadLetterState { return deadLetterStateOf(q, l) })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// sendTaskAgain has a task tried once more.
func (a *api) sendTaskAgain(q *asking) (*answer, error) {
	_, err := a.Office.SendTaskAgain(q.Context(), q.path("deadLetter"))
	return nothing(err)
}

// discardTask has a task never be done.
func (a *api) discardTask(q *asking) (*answer, error) {
	_, err := a.Office.DiscardTask(q.Context(), q.path("deadLetter"))
	return nothing(err)
}
