package httpapi

import (
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/office"
)

func letterRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/me/letters", serve: (*api).readLetters},
		{Method: "PUT", Pattern: "/api/me/letters", serve: (*api).declineLetters},
		{Method: "POST", Pattern: "/api/people/{person}/renewal", serve: (*api).renewMailbox},
	}
}

// lettersAnswer are the letters that who asks is written by itself. All keys are always present.
type lettersAnswer struct {
	Letters []letterState `json:"letters"`
	// FailingSince is when the address stopped taking letters, and Why in a stable word; null of one that takes them.
	FailingSince *time.Time `json:"failingSince"`
	Why          *string    `json:"why"`
}

type letterState struct {
	label
	Contractual bool `json:"contractual"` // it can't be declined
	Declined    bool `json:"declined"`
}

func lettersOf(q *asking, l office.Letters) *answer {
	got := lettersAnswer{
		Letters: make([]letterState, len(l.Choices)), FailingSince: orNull(l.Mailbox.FailingSince), Why: orNull(l.Mailbox.Why),
	}
	for i, c := range l.Choices {
		got.Letters[i] = letterState{labelOf(q, c.ID, c.Label), c.Contractual, c.Declined}
	}
	return &answer{status: http.StatusOK, body: got, version: l.Version}
}

// readLetters answers which letters who asks gets and has declined.
func (a *api) readLetters(q *asking) (*answer, error) {
	l, err := a.Office.Letters(q.Context())
	if err != nil {
		return nil, err
	}
	return lettersOf(q, l), nil
}

// declineLetters makes the letters of the body those that who asks doesn't want.
func (a *api) declineLetters(q *asking) (*answer, error) {
	var declined []string
	if _, err := q.read(field{"declined", &plains{&declined}, aList, true}); err != nil {
		return nil, err
	}
	key, base, err := q.change()
	if err != nil {
		return nil, err
	}
	l, err := a.Office.DeclineLetters(q.Context(), key, base, declined)
	if err != nil {
		return nil, err
	}
	return lettersOf(q, l), nil
}

// renewMailbox says that a person's address takes letters again.
func (a *api) renewMailbox(q *asking) (*answer, error) {
	key, err := q.request()
	if err != nil {
		return nil, err
	}
	return nothing(a.Office.RenewMailbox(q.Context(), key, q.path("person")))
}
