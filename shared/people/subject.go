package people

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/table"
)

// ErrOtherSubject: the person is another subject of an issuer, so that whoever has the address now is somebody else.
var ErrOtherSubject = errors.New("people: bound to another subject")

// Bind remembers, the first time, that a person is this subject of an issuer that recognises people. From then on every other subject is
// ErrOtherSubject, until the person is unbound or has another address. It is for whoever signs people in, and asks for nobody's leave.
// PERSON_UNKNOWN.
func (s *Service) Bind(ctx context.Context, person, issuer, subject string) error {
	hash := s.keyed("subject", []byte(issuer+"\x00"+subject))
	return s.trying(ctx, func() error {
		p, err := s.find(ctx, person)
		switch {
		case err != nil:
			return err
		case p.subject == hash:
			return nil
		case p.subject != "":
			return ErrOtherSubject
		}
		p.subject = hash
		a := s.begin(PeopleBind, p.ID, p.ID, "")
		writes, err := a.again(p)
		if err != nil {
			return err
		}
		return a.write(ctx, writes, nil)
	})
}

// Unbind lets a person be recognised as another subject, such as by another issuer, and ends its sessions. ACCESS_DENIED, PERSON_UNKNOWN,
// IDEMPOTENCY_KEY_REUSED.
func (s *Service) Unbind(ctx context.Context, request, person string) error {
	_, err := s.perform(ctx, request, access.PeopleChange, person, person, "unbind", func(ctx context.Context, a *act) ([]table.Write, error) {
		p, err := s.find(ctx, person)
		if err != nil || p.subject == "" {
			return nil, err
		}
		a.event.Action = PeopleUnbind
		p.subject = ""
		p.epoch++
		return a.again(p)
	})
	return err
}
