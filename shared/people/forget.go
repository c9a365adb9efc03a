package people

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// What follows is for whoever erases a person's data, which was allowed before.

// Removable says why a person can't be taken off the record: LAST_SECRETARIAT. Of somebody who is not on record there is nothing to say.
func (d *Directory) Removable(ctx context.Context, id string) error {
	p, err := d.service.find(ctx, id)
	if isUnknown(err) {
		return nil
	}
	if err == nil {
		_, err = d.service.andAnother(ctx, p, nil)
	}
	return err
}

// Forget takes a person off the record, with its sessions, and tells whether there was one. The address is given free although nobody has the
// key by which people are found. LAST_SECRETARIAT.
func (d *Directory) Forget(ctx context.Context, id string) (bool, error) {
	s := d.service
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
		writes, err := s.andAnother(ctx, p, []table.Write{records.Remove(personRef(id), p.Version)})
		if err != nil {
			return err
		}
		held, err := records.Holders(ctx, s.records, addresses)
		if err != nil {
			return err
		}
		for _, claim := range held {
			if claim.Holder == id {
				writes = append(writes, records.Release(claim))
			}
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
