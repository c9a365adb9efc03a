package page

import (
	"context"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// trouble is what the page of a problem shows.
type trouble struct {
	Detail  string
	Code    problem.Code
	Request string
	SignIn  bool // signing in is what helps
}

// Problem is a problem as a page: what is the matter and what to do, and what to tell those who help. request is the request's identifier.
func Problem(ctx context.Context, v Visit, title locale.Text, p *problem.Problem, request string) (*Answer, error) {
	return v.Written(ctx, problemView(Framed(ctx, v, title, nil), trouble{
		Detail: p.Message(v.Lang), Code: p.Code, Request: request, SignIn: signsIn[p.Code],
	}))
}

// signsIn are the codes after which somebody may sign in, or try once more.
var signsIn = map[problem.Code]bool{
	"SIGNIN_NEEDED": true, "SIGNIN_REFUSED": true, "SIGNIN_STALE": true, "SIGNIN_EMAIL_UNVERIFIED": true, "SIGNIN_UNKNOWN": true,
	"SIGNIN_UNAVAILABLE": true,
}
