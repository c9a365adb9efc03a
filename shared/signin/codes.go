package signin

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/problem"
)

// The problems that people are told of.
const (
	codeNeeded      problem.Code = "SIGNIN_NEEDED"
	codeStale       problem.Code = "SIGNIN_STALE"
	codeRefused     problem.Code = "SIGNIN_REFUSED"
	codeUnverified  problem.Code = "SIGNIN_EMAIL_UNVERIFIED"
	codeUnknown     problem.Code = "SIGNIN_UNKNOWN"
	codeUnavailable problem.Code = "SIGNIN_UNAVAILABLE"
	codeForged      problem.Code = "CSRF_TOKEN_INVALID"
)

var statuses = map[problem.Code]int{
	codeNeeded:      http.StatusUnauthorized,
	codeStale:       http.StatusBadRequest,
	codeRefused:     http.StatusForbidden,
	codeUnverified:  http.StatusForbidden,
	codeUnknown:     http.StatusForbidden,
	codeUnavailable: http.StatusServiceUnavailable,
	codeForged:      http.StatusForbidden,
}

// Status is that of an answer with a problem of sign-in's; 0 for the codes of others.
func Status(code problem.Code) int { return statuses[code] }
