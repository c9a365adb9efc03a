package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
)

func meRoutes() []Route {
	return []Route{{Method: "GET", Pattern: "/api/me", serve: (*api).me}}
}

// meAnswer is who is signed in. All keys are always present.
type meAnswer struct {
	Person    string        `json:"person"` // identifier
	Role      access.Role   `json:"role"`
	Scope     *access.Scope `json:"scope"` // of a role that is one country's, city's or donor's
	Lang      locale.Lang   `json:"lang"`
	CSRFToken string        `json:"csrfToken"` // what a request that changes something shows as X-CSRF-Token
}

// me answers who asks.
func (a *api) me(q *asking) (*answer, error) {
	who := access.ActorOf(q.Context())
	got := meAnswer{Person: who.Person, Role: who.Role, Scope: orNull(who.Scope), Lang: who.Lang, CSRFToken: a.Token(q.Context())}
	return &answer{status: http.StatusOK, body: got}, nil
}
