package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/problem"
)

// signInStatuses are those of the codes with which sign-in refuses.
var signInStatuses = map[problem.Code]int{
	"SIGNIN_REFUSED":          http.StatusForbidden,
	"SIGNIN_EMAIL_UNVERIFIED": http.StatusForbidden,
	"SIGNIN_UNKNOWN":          http.StatusForbidden,
	"SIGNIN_UNAVAILABLE":      http.StatusServiceUnavailable,
}

func signInRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/signin", Public: true, serve: (*api).signIn},
		{Method: "GET", Pattern: "/signin/return", Public: true, serve: (*api).signIn},
		{Method: "POST", Pattern: "/signout", serve: (*api).signIn},
	}
}

// signIn hands a request on to sign-in, which answers browsers with cookies and addresses.
func (a *api) signIn(*asking) (*answer, error) { return &answer{handler: a.SignIn}, nil }
