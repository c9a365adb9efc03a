package outbox

import (
	"context"

	"github.com/learning-cities/guildhall/shared/table"
)

// mailBody is a mail as it is stored.
type mailBody struct {
	Mail
	Holder string `json:"holder,omitempty"` // who began the attempt, so that one whose answer was lost knows its own
}

// Mail is how a letter stands. MAIL_UNKNOWN.
func (s *Store) Mail(ctx context.Context, l Letter) (Mail, error) {
	b, err := s.mail(ctx, l)
	return b.Mail, err
}

// mail reads first what is open: a letter goes from there to the closed ones and never back.
func (s *Store) mail(ctx context.Context, l Letter) (mailBody, error) {
	if !l.valid() {
		return mailBody{}, mailUnknown(l)
	}
	for _, partition := range [...]string{openPartition, closedPartition} {
		var b mailBody
		if found, err := s.find(ctx, mailKey(partition, l), &b); found || err != nil {
			return b, err
		}
	}
	return mailBody{}, mailUnknown(l)
}

// change has a mail changed as wanted says, which gives false where nothing is to be changed, and may be asked again. The mail as it stands
// in the end comes back, and whether it is this call's change.
func (s *Store) change(ctx context.Context, l Letter, wanted func(*mailBody) (bool, error)) (Mail, bool, error) {
	for range tries {
		was, err := s.mail(ctx, l)
		if err != nil {
			return Mail{}, false, err
		}
		next := was
		do, err := wanted(&next)
		if err != nil || !do {
			return was.Mail, false, err
		}
		next.Version = was.Version + 1
		if next.State != was.State {
			next.Since = s.clock().UTC()
		}
		if err := s.replace(ctx, was, next); !overtaken(err) {
			return next.Mail, err == nil, err
		}
	}
	return Mail{}, false, busy("mail of " + l.Summary)
}

// replace stores a mail as it was read anew, among the open or the closed ones.
func (s *Store) replace(ctx context.Context, was, next mailBody) error {
	from, to := mailKey(place(was.State), was.Letter), mailKey(place(next.State), was.Letter)
	put, err := item(to, next)
	if err != nil {
		return err
	}
	same := table.Equal("version", was.Version)
	label := "mail of " + was.Summary
	if from == to {
		return s.table.Write(ctx, table.Write{Put: put, Condition: same, Label: label})
	}
	return s.table.Transact(ctx, []table.Write{
		{Delete: from, Condition: same, Label: label},
		{Put: put, Condition: table.Absent(), Label: label},
	})
}

func place(state State) string {
	if state.Open() {
		return openPartition
	}
	return closedPartition
}

// Mails are the letters of a report, of all its revisions, in the order of revision and person.
func (s *Store) Mails(ctx context.Context, id string) ([]Mail, error) {
	return s.merged(ctx, id+"#")
}

// MailsOf are the letters of one revision, in the order of persons.
func (s *Store) MailsOf(ctx context.Context, id string, revision int) ([]Mail, error) {
	return s.merged(ctx, of(id, revision)+"#")
}

// merged reads first what is open, so that none is missed on its way; what is found twice has since been closed.
func (s *Store) merged(ctx context.Context, prefix string) ([]Mail, error) {
	found := map[string]Mail{}
	for _, partition := range [...]string{openPartition, closedPartition} {
		err := s.each(ctx, table.Query{Partition: partition, Prefix: prefix}, func(stored table.Item) error {
			var b mailBody
			err := decode(stored, &b)
			found[stored.Key.Sort] = b.Mail
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return sorted(found), nil
}

// Open is a page of the letters with which something is still to be done, in one of some states (none: any that is open), by summary, at
// most limit (1 to 100), and where the next one begins, as for Entries. table.ErrCursor.
func (s *Store) Open(ctx context.Context, states []State, after table.Cursor, limit int) ([]Mail, table.Cursor, error) {
	var mails []Mail
	next, err := s.page(ctx, table.Query{Partition: openPartition, After: after}, limit, func(stored table.Item) (bool, error) {
		var b mailBody
		if err := decode(stored, &b); err != nil || !isOneOf(b.State, states) {
			return false, err
		}
		mails = append(mails, b.Mail)
		return true, nil
	})
	return mails, next, err
}

// EachOpen calls fn for every letter with which something is still to be done.
func (s *Store) EachOpen(ctx context.Context, fn func(Mail) error) error {
	return s.each(ctx, table.Query{Partition: openPartition}, func(stored table.Item) error {
		var b mailBody
		if err := decode(stored, &b); err != nil {
			return err
		}
		return fn(b.Mail)
	})
}
