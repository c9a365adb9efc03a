package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
)

// about is a person as what an action is about.
func about(person string) access.Object { return access.Object{Person: person} }

// People are those on record, in the order in which they were invited, as far as the actor may know of them: all, or itself. ACCESS_DENIED.
func (o *Office) People(ctx context.Context) ([]people.Person, error) {
	part, err := o.reach(ctx, access.PeopleRead)
	if err != nil {
		return nil, err
	}
	if part != (access.Object{}) {
		self, err := o.Config.People.Person(ctx, part.Person)
		if err != nil {
			return nil, err
		}
		return []people.Person{self}, nil
	}
	var all []people.Person
	err = o.Config.People.All(ctx, func(p people.Person) error {
		all = append(all, p)
		return nil
	})
	return all, err
}

// Person is one on record. ACCESS_DENIED, PERSON_UNKNOWN.
func (o *Office) Person(ctx context.Context, id string) (people.Person, error) {
	if err := o.leave(ctx, access.PeopleRead, about(id), id); err != nil {
		return people.Person{}, err
	}
	return o.Config.People.Person(ctx, id)
}

// Invite puts a person on record, who can then sign in with the e-mail address. ACCESS_DENIED, EMAIL_INVALID, ENUM_UNKNOWN, FIELD_INVALID,
// EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED; PERSON_UNKNOWN where the request was done before and the person was removed since.
func (o *Office) Invite(ctx context.Context, request string, standing people.Standing) (people.Person, error) {
	if err := o.leave(ctx, access.PeopleInvite, access.Object{}); err != nil {
		return people.Person{}, err
	}
	id, err := o.Config.People.Invite(ctx, origin(ctx, request).Request, standing)
	if err != nil {
		return people.Person{}, err
	}
	return o.Config.People.Person(ctx, id)
}

// ChangePerson makes a person what standing says. base is the version that the actor has seen, 0 for any. ACCESS_DENIED, PERSON_UNKNOWN,
// RECORD_CHANGED, EMAIL_INVALID, ENUM_UNKNOWN, FIELD_INVALID, EMAIL_TAKEN, LAST_SECRETARIAT, IDEMPOTENCY_KEY_REUSED.
func (o *Office) ChangePerson(
	ctx context.Context, request, id string, base int64, standing people.Standing,
) (people.Person, error) {
	if err := o.leave(ctx, access.PeopleChange, about(id), id); err != nil {
		return people.Person{}, err
	}
	if err := o.Config.People.Change(ctx, origin(ctx, request).Request, id, base, standing); err != nil {
		return people.Person{}, err
	}
	return o.Config.People.Person(ctx, id)
}

// RemovePerson takes a person off the record, which ends its sessions. base is as for ChangePerson. ACCESS_DENIED, PERSON_UNKNOWN,
// RECORD_CHANGED, LAST_SECRETARIAT, IDEMPOTENCY_KEY_REUSED.
func (o *Office) RemovePerson(ctx context.Context, request, id string, base int64) error {
	if err := o.leave(ctx, access.PeopleRemove, about(id), id); err != nil {
		return err
	}
	return o.Config.People.Remove(ctx, origin(ctx, request).Request, id, base)
}

// Unbind lets a person sign in as another subject of the issuer, or by another issuer, and ends its sessions. ACCESS_DENIED, PERSON_UNKNOWN,
// IDEMPOTENCY_KEY_REUSED.
func (o *Office) Unbind(ctx context.Context, request, id string) error {
	if err := o.leave(ctx, access.PeopleChange, about(id), id); err != nil {
		return err
	}
	return o.Config.People.Unbind(ctx, origin(ctx, request).Request, id)
}

// Sessions are those of a person that go on, in the order of their start. ACCESS_DENIED, PERSON_UNKNOWN.
func (o *Office) Sessions(ctx context.Context, person string) ([]people.Session, error) {
	if err := o.leave(ctx, access.SessionRead, about(person), person); err != nil {
		return nil, err
	}
	return o.Config.People.Sessions(ctx, person)
}

// EndSession ends a session of a person; one that has ended stays so. ACCESS_DENIED, IDEMPOTENCY_KEY_REUSED.
func (o *Office) EndSession(ctx context.Context, request, person, session string) error {
	if err := o.leave(ctx, access.SessionEnd, about(person), person); err != nil {
		return err
	}
	return o.Config.People.EndSession(ctx, origin(ctx, request).Request, person, session)
}

// EndSessions ends all sessions of a person. ACCESS_DENIED, PERSON_UNKNOWN, IDEMPOTENCY_KEY_REUSED.
func (o *Office) EndSessions(ctx context.Context, request, person string) error {
	if err := o.leave(ctx, access.SessionEnd, about(person), person); err != nil {
		return err
	}
	return o.Config.People.EndSessions(ctx, origin(ctx, request).Request, person)
}

// PeopleEvents gives at most limit of what was done about people and sessions in a year (UTC), in its order, from where an earlier page ended,
// and where the next one begins, "" at the end. ACCESS_DENIED; table.ErrCursor.
func (o *Office) PeopleEvents(ctx context.Context, year int, after table.Cursor, limit int) ([]people.Event, table.Cursor, error) {
	if err := o.leave(ctx, access.PeopleReadEvents, access.Object{}); err != nil {
		return nil, "", err
	}
	return o.Config.People.EventPage(ctx, year, after, limit)
}
