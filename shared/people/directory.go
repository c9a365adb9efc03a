package people

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Directory is where the product itself looks people up to write to them, and notes whose address takes no letters. It asks for nobody's
// leave, needs no key, and finds nobody by an e-mail address. It is safe for concurrent use.
type Directory struct{ service *Service }

// NewDirectory is the one of a table's people.
func NewDirectory(in table.Table, clock identity.Clock, ids identity.IDs) *Directory {
	return &Directory{&Service{
		Config:  Config{Table: in, Clock: clock, IDs: ids, Pause: records.BackOff(10*time.Millisecond, 500*time.Millisecond)},
		records: records.New(in),
	}}
}

// Each calls fn for each person, in the order in which they were invited.
func (d *Directory) Each(ctx context.Context, fn func(Person) error) error {
	return d.service.each(ctx, fn)
}

// Person is the one of an identifier. PERSON_UNKNOWN.
func (d *Directory) Person(ctx context.Context, id string) (Person, error) {
	return d.service.find(ctx, id)
}

// Failing notes that the address of a person takes no letters, as one that was sent at a moment showed; why is a stable word, such as
// "bounce". It does nothing where that is on record already, or where the address was changed or said to work since the letter was sent.
// PERSON_UNKNOWN.
func (d *Directory) Failing(ctx context.Context, person, why string, sent time.Time) error {
	s := d.service
	a := s.begin(MailboxFail, person, "", "")
	return s.trying(ctx, func() error {
		p, err := s.find(ctx, person)
		if err != nil || p.Mailbox.Failing() || sent.Before(p.Mailbox.RenewedAt) {
			return err
		}
		p.Mailbox.FailingSince, p.Mailbox.Why = a.by.At, why
		writes, err := a.again(p)
		if err != nil {
			return err
		}
		return a.write(ctx, writes, nil)
	})
}
