package people

import (
	"context"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// eventType is the type of the records of what was done, by identifier, in the partition of their year.
const eventType = "people_event"

// The actions of events that are in no table of who may do what: nobody needs leave to sign in, to
// unbind is to change, and so is to say that an address works, where it isn't one's own.
const (
	SessionStart access.Action = "session.start"
	PeopleBind   access.Action = "people.bind"
	PeopleUnbind access.Action = "people.unbind"
	MailboxFail  access.Action = "mailbox.fail"  // the address takes no letters
	MailboxRenew access.Action = "mailbox.renew" // it is said to take them again
)

// Event is what was done about a person or a session. It names people by identifier only, and no addresses; it is never changed.
type Event struct {
	ID      string        `json:"-"` // they sort by the time of their making
	At      time.Time     `json:"-"`
	By      string        `json:"-"` // who did it; "" for the product itself
	Request string        `json:"-"`
	Action  access.Action `json:"action"`
	Person  string        `json:"person"`            // about whom
	Session string        `json:"session,omitempty"` // about which; "" for all of the person's
	Before  Place         `json:"before,omitzero"`
	After   Place         `json:"after,omitzero"`
	Address bool          `json:"address,omitempty"` // the e-mail address was changed
}

// Place is a role with its scope; the zero Place is none.
type Place struct {
	Role  access.Role  `json:"role"`
	Scope access.Scope `json:"scope,omitempty"`
}

func (s Standing) place() Place { return Place{s.Role, s.Scope} }

// Events calls fn for what was done in a year (UTC), in its order. ACCESS_DENIED.
func (s *Service) Events(ctx context.Context, year int, fn func(Event) error) error {
	if err := allowed(ctx, access.PeopleReadEvents, ""); err != nil {
		return err
	}
	return s.records.Scan(ctx, eventType, partitionOf(year), "", func(r records.Record) error {
		e, err := eventOf(r)
		if err != nil {
			return err
		}
		return fn(e)
	})
}

// EventPage gives at most limit events of a year (UTC), in its order, from where an earlier page ended, "" for the beginning, and where the
// next one begins, "" at the end. ACCESS_DENIED; table.ErrCursor for a place that is none of the year's.
func (s *Service) EventPage(ctx context.Context, year int, after table.Cursor, limit int) ([]Event, table.Cursor, error) {
	if err := allowed(ctx, access.PeopleReadEvents, ""); err != nil {
		return nil, "", err
	}
	page, next, err := s.records.Page(ctx, eventType, partitionOf(year), after, limit, false)
	if err != nil {
		return nil, "", err
	}
	events := make([]Event, len(page))
	for i, r := range page {
		if events[i], err = eventOf(r); err != nil {
			return nil, "", err
		}
	}
	return events, next, nil
}

// partitionOf is that of a year's events.
func partitionOf(year int) string { return fmt.Sprintf("%04d", year) }

func eventOf(r records.Record) (e Event, err error) {
	if err := records.Decode(r.Body, &e); err != nil {
		return e, fmt.Errorf("people: %s: %w", r.Ref, err)
	}
	e.ID, e.At, e.By, e.Request = r.Ref.ID, r.Provenance.At, r.Provenance.Person, r.Provenance.Request
	return e, nil
}
