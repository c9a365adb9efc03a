// Package builtin has the product's sign-in tried where no issuer is at hand: it starts the built-in issuer for a product on this machine and
// puts its sample people on record where nobody is yet. It doesn't know what the product serves.
package builtin

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
)

const (
	// Client is what the product is called at the issuer. It has no secret: it proves itself by PKCE.
	Client = "guildhall"
	// Name is the issuer's on people's records, since it has another address at each start.
	Name = "built-in"
)

// Open starts the issuer on a free port of the loopback interface for a product at an address, its root with the base path, such as
// http://127.0.0.1:8080/. Whoever opens it closes it. Further people can sign in too, as soon as they are on record.
func Open(
	ctx context.Context, address string, on *people.Service, clock identity.Clock, further ...issuer.Person,
) (*issuer.Issuer, error) {
	if err := enrol(ctx, on); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("builtin: %w", err)
	}
	opened, err := issuer.Start(listener, issuer.Config{
		Client: issuer.Client{ID: Client, Returns: []string{address + "signin/return"}, Ends: []string{address}}, Clock: clock,
		People: append(issuer.Samples(), further...),
	})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return opened, nil
}

// enrol puts the sample people on record in a store that had nobody before, or of whom the first one is one of them: who was put on record
// once, and removed since, is not put there again.
func enrol(ctx context.Context, on *people.Service) error {
	samples := issuer.Samples()
	first, err := on.First(ctx, samples[0].Email, locale.EN)
	if err != nil && !taken(err) {
		return err
	}
	if !first {
		_, err := on.ByEmail(ctx, samples[0].Email)
		var other *problem.Problem
		if errors.As(err, &other) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	ctx = access.WithActor(ctx, access.Actor{Person: Name, Role: access.Secretariat, Lang: locale.EN})
	for _, sample := range samples[1:] {
		standing := people.Standing{
			Email: sample.Email, Role: access.Role(sample.Role), Scope: access.Scope(sample.Scope), Lang: locale.EN,
		}
		if _, err := on.Invite(ctx, Name+"/"+sample.Email, standing); err != nil && !taken(err) {
			return err
		}
	}
	return nil
}

func taken(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == "EMAIL_TAKEN"
}
