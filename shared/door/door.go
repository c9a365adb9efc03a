// Package door is where people come in: it tells sign-in who is on record and which sessions go on, and keeps what every answer to a browser
// says for its safety. It doesn't know how a person proves who it is, nor what it may do.
package door

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/signin"
)

// People are the people on record, as sign-in asks for them. It implements signin.People.
type People struct {
	on      *people.Service
	boundTo string // "": the issuer
}

// For makes the People of a service.
func For(s *people.Service) People { return People{on: s} }

// BoundTo has people be bound to an issuer under this name, "" for its own: that of the built-in one is another at each start.
func (p People) BoundTo(name string) People {
	p.boundTo = name
	return p
}

// FindByEmail implements signin.People.
func (p People) FindByEmail(ctx context.Context, email string) (string, error) {
	found, err := p.on.ByEmail(ctx, email)
	if is(err, "PERSON_UNKNOWN") {
		return "", nil
	}
	return found.ID, err
}

// Bind implements signin.People.
func (p People) Bind(ctx context.Context, person, issuer, subject string) error {
	if p.boundTo != "" {
		issuer = p.boundTo
	}
	err := p.on.Bind(ctx, person, issuer, subject)
	if errors.Is(err, people.ErrOtherSubject) {
		return signin.ErrOtherSubject
	}
	return err
}

// StartSession implements signin.People.
func (p People) StartSession(ctx context.Context, person string) (signin.Session, error) {
	token, started, err := p.on.StartSession(ctx, person)
	if err != nil {
		return signin.Session{}, err
	}
	return signin.Session{Token: token, Expires: started.Until}, nil
}

// ResumeSession implements signin.People: its context's actor is the person with the role and scope that it has now,
// in that session.
func (p People) ResumeSession(ctx context.Context, token string) (context.Context, error) {
	who, session, err := p.on.Session(ctx, token)
	if is(err, "SIGNIN_NEEDED") {
		return ctx, signin.ErrNoSession
	}
	if err != nil {
		return ctx, err
	}
	actor := who.Actor()
	actor.Session = session.ID
	return access.WithActor(ctx, actor), nil
}

// EndSession implements signin.People.
func (p People) EndSession(ctx context.Context, token string) error { return p.on.SignOut(ctx, token) }

func is(err error, code problem.Code) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == code
}
