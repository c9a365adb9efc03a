package people

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// What follows is for whoever erases a person's data, which was allowed before: it asks for nobody's leave.

// Known is the person of an identifier. PERSON_UNKNOWN.
func (s *Service) Known(ctx context.Context, id string) (Person, error) { return s.find(ctx, id) }

// Removable says why a person can't be taken off the record: LAST_SECRETARIAT. Of somebody who is not on record there is nothing to say.
func (s *Service) Removable(ctx context.Context, id string) error {
	p, err := s.find(ctx, id)
	if isUnknown(err) {
		return nil
	}
	if err == nil {
		_, err = s.andAnother(ctx, p, nil)
	}
	return err
}

// Forget takes a person off the record, with its sessions, and tells whether there was one. LAST_SECRETARIAT.
func (s *Service) Forget(ctx context.Context, id string) (bool, error) {
	a := s.begin(access.PeopleRemove, id, "", s.IDs())
	removed := false
	err := s.trying(ctx, func() error {
		p, err := s.find(ctx, id)
		if isUnknown(err) {
			return nil
		}
		if err != nil {
			return err
		}
		a.event.Before = p.place()
		writes, err := s.andAnother(ctx, p, []table.Write{
			records.Remove(personRef(id), p.Version), records.Release(s.addressClaim(p.Email, id)),
		})
		if err != nil {
			return err
		}
		removed = true
		return a.write(ctx, writes, nil)
	})
	return removed && err == nil, err
}

func isUnknown(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == "PERSON_UNKNOWN"
}
