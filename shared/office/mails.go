package office

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
)

// Mail is how a letter stands, and to whom it is. To is zero where the person is no longer on record.
type Mail struct {
	outbox.Mail
	Title locale.Text // of the revision that it is about
	To    people.Person
}

// Mails are a page of at most limit letters of which something is still to be done; state chooses those in one state, "" all. As for
// Imports. ACCESS_DENIED; table.ErrCursor.
func (o *Office) Mails(ctx context.Context, state outbox.State, after table.Cursor, limit int) ([]Mail, table.Cursor, error) {
	if err := o.leave(ctx, access.MailRead, access.Object{}); err != nil {
		return nil, "", err
	}
	return nil, "", errors.ErrUnsupported
}

// MailsOf are those of a summary, of all its revisions. ACCESS_DENIED, SUMMARY_UNKNOWN; table.ErrCursor.
func (o *Office) MailsOf(ctx context.Context, summary string, after table.Cursor, limit int) ([]Mail, table.Cursor, error) {
	if err := o.leave(ctx, access.MailRead, access.Object{}); err != nil {
		return nil, "", err
	}
	return nil, "", errors.ErrUnsupported
}

// SendAgain has an uncertain or failed letter sent once more: who got it without our knowing gets it twice. version is the one that the actor
// has seen. ACCESS_DENIED, MAIL_UNKNOWN, MAIL_NOT_OPEN, RECORD_CHANGED.
func (o *Office) SendAgain(ctx context.Context, letter outbox.Letter, version int64) (Mail, error) {
	if err := o.leave(ctx, access.MailSend, access.Object{}); err != nil {
		return Mail{}, err
	}
	return Mail{}, errors.ErrUnsupported
}

// LetGo has a letter that waits, failed or is uncertain never sent again. As SendAgain.
func (o *Office) LetGo(ctx context.Context, letter outbox.Letter, version int64) (Mail, error) {
	if err := o.leave(ctx, access.MailSend, access.Object{}); err != nil {
		return Mail{}, err
	}
	return Mail{}, errors.ErrUnsupported
}
