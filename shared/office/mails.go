package office

import (
	"context"
	"slices"
	"strings"

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

// Mails are a page of at most limit letters with which something is still to be done, by summary; state chooses those in one state, "" all.
// As for Imports. ACCESS_DENIED; table.ErrCursor.
func (o *Office) Mails(ctx context.Context, state outbox.State, after table.Cursor, limit int) ([]Mail, table.Cursor, error) {
	if err := o.leave(ctx, access.MailRead, access.Object{}); err != nil {
		return nil, "", err
	}
	var states []outbox.State
	if state != "" {
		states = []outbox.State{state}
	}
	mails, next, err := o.Outbox.Open(ctx, states, after, limit)
	if err != nil {
		return nil, "", err
	}
	page, err := o.addressed(ctx, mails)
	return page, next, err
}

// MailsOf are those of a summary, of all its revisions, in the order of revision and person. ACCESS_DENIED, SUMMARY_UNKNOWN; table.ErrCursor.
func (o *Office) MailsOf(ctx context.Context, summary string, after table.Cursor, limit int) ([]Mail, table.Cursor, error) {
	if err := o.leave(ctx, access.MailRead, access.Object{}, summary); err != nil {
		return nil, "", err
	}
	if _, err := o.findSummary(ctx, summary); err != nil {
		return nil, "", err
	}
	mails, err := o.Outbox.Mails(ctx, summary)
	if err != nil {
		return nil, "", err
	}
	if after != "" {
		last, ok := outbox.ParseLetter(string(after))
		if !ok {
			return nil, "", table.ErrCursor
		}
		mails = slices.DeleteFunc(mails, func(m outbox.Mail) bool {
			return m.Revision < last.Revision || m.Revision == last.Revision && strings.Compare(m.Person, last.Person) <= 0
		})
	}
	var next table.Cursor
	if len(mails) > limit {
		mails = mails[:limit]
		next = table.Cursor(mails[limit-1].Letter.String())
	}
	page, err := o.addressed(ctx, mails)
	return page, next, err
}

// addressed tells mails with their titles and people.
func (o *Office) addressed(ctx context.Context, mails []outbox.Mail) ([]Mail, error) {
	titles, persons := map[outbox.Letter]locale.Text{}, map[string]people.Person{}
	page := make([]Mail, len(mails))
	for i, m := range mails {
		revision := outbox.Letter{Summary: m.Summary, Revision: m.Revision}
		title, known := titles[revision]
		if !known {
			kept, err := o.Outbox.Kept(ctx, m.Summary, m.Revision)
			if err != nil {
				return nil, err
			}
			title = kept.Report.Title
			titles[revision] = title
		}
		to, known := persons[m.Person]
		if !known {
			var err error
			if to, err = o.Config.People.Person(ctx, m.Person); err != nil && !isCode(err, "PERSON_UNKNOWN") {
				return nil, err
			}
			persons[m.Person] = to
		}
		page[i] = Mail{m, title, to}
	}
	return page, nil
}

// SendAgain has an uncertain or failed letter sent once more: whom it reached without our knowing gets it twice. version is the one that the
// actor has seen. ACCESS_DENIED, MAIL_UNKNOWN, MAIL_SETTLED, RECORD_CHANGED.
func (o *Office) SendAgain(ctx context.Context, letter outbox.Letter, version int64) (Mail, error) {
	if err := o.leave(ctx, access.MailSend, access.Object{}, letter.String()); err != nil {
		return Mail{}, err
	}
	m, err := o.Outbox.SendAgain(ctx, letter, access.ActorOf(ctx).Person, version)
	if err != nil {
		return Mail{}, err
	}
	if err := o.send(ctx, m); err != nil {
		return Mail{}, err
	}
	return o.mailOf(ctx, m)
}

// LetGo has a letter that waits, failed or is uncertain never be sent. As SendAgain.
func (o *Office) LetGo(ctx context.Context, letter outbox.Letter, version int64) (Mail, error) {
	if err := o.leave(ctx, access.MailSend, access.Object{}, letter.String()); err != nil {
		return Mail{}, err
	}
	m, err := o.Outbox.LetGo(ctx, letter, access.ActorOf(ctx).Person, version)
	if err != nil {
		return Mail{}, err
	}
	return o.mailOf(ctx, m)
}

func (o *Office) mailOf(ctx context.Context, m outbox.Mail) (Mail, error) {
	page, err := o.addressed(ctx, []outbox.Mail{m})
	if err != nil {
		return Mail{}, err
	}
	return page[0], nil
}

// Mail is how one letter stands. ACCESS_DENIED, MAIL_UNKNOWN.
func (o *Office) Mail(ctx context.Context, letter outbox.Letter) (Mail, error) {
	if err := o.leave(ctx, access.MailRead, access.Object{}, letter.String()); err != nil {
		return Mail{}, err
	}
	m, err := o.Outbox.Mail(ctx, letter)
	if err != nil {
		return Mail{}, err
	}
	return o.mailOf(ctx, m)
}
