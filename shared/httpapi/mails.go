package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

func mailRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/mails", serve: (*api).listMails},
		{Method: "GET", Pattern: "/api/summaries/{summary}/mails", serve: (*api).listMailsOf},
		{Method: "GET", Pattern: "/api/summaries/{summary}/mails/{revision}/{person}", serve: (*api).findMail},
		{Method: "POST", Pattern: "/api/summaries/{summary}/mails/{revision}/{person}/again", serve: (*api).sendAgain},
		{Method: "POST", Pattern: "/api/summaries/{summary}/mails/{revision}/{person}/end", serve: (*api).letGo},
	}
}

// mailState is how a letter stands. All keys are always present.
type mailState struct {
	Summary   string       `json:"summary"`
	Revision  int          `json:"revision"`
	Person    string       `json:"person"` // identifier
	To        *readerState `json:"to"`     // null where the person is on record no more
	Title     string       `json:"title"`
	State     outbox.State `json:"state"`
	Attempt   int          `json:"attempt"` // how often sending was begun
	Since     time.Time    `json:"since"`
	NotBefore *time.Time   `json:"notBefore"` // of one that waits
	Reason    *string      `json:"reason"`
	Receipt   *string      `json:"receipt"` // of whoever took it
	By        *string      `json:"by"`      // who decided about it last
}

type readerState struct {
	Role  access.Role   `json:"role"`
	Scope *access.Scope `json:"scope"`
	Lang  locale.Lang   `json:"lang"`
}

func mailStateOf(q *asking, m *office.Mail) mailState {
	s := mailState{
		Summary: m.Summary, Revision: m.Revision, Person: m.Person, Title: m.Title.In(q.lang), State: m.State, Attempt: m.Attempt, Since: m.Since,
		Reason: orNull(m.Reason), Receipt: orNull(m.Receipt), By: orNull(m.By),
	}
	if m.To.ID != "" {
		s.To = &readerState{m.To.Role, orNull(m.To.Scope), m.To.Lang}
	}
	if m.State == outbox.Waiting {
		s.NotBefore = orNull(m.NotBefore)
	}
	return s
}

// open are the states of letters with which something is still to be done.
var open = []string{string(outbox.Waiting), string(outbox.Sending), string(outbox.Uncertain), string(outbox.Failed)}

// listMails answers the letters with which something is still to be done.
func (a *api) listMails(q *asking) (*answer, error) {
	state, err := q.choice("state", open)
	if err != nil {
		return nil, err
	}
	return mailPage(q, func(ctx context.Context, after table.Cursor, limit int) ([]office.Mail, table.Cursor, error) {
		return a.Office.Mails(ctx, outbox.State(state), after, limit)
	})
}

// listMailsOf answers those of a summary.
func (a *api) listMailsOf(q *asking) (*answer, error) {
	return mailPage(q, func(ctx context.Context, after table.Cursor, limit int) ([]office.Mail, table.Cursor, error) {
		return a.Office.MailsOf(ctx, q.path("summary"), after, limit)
	})
}

func mailPage(
	q *asking, read func(ctx context.Context, after table.Cursor, limit int) ([]office.Mail, table.Cursor, error),
) (*answer, error) {
	got, err := storedPage(q, read, func(m *office.Mail) mailState { return mailStateOf(q, m) })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// letter is the one of the path. MAIL_UNKNOWN of what is none.
func (q *asking) letter() (outbox.Letter, error) {
	revision, err := strconv.Atoi(q.path("revision"))
	l := outbox.Letter{Summary: q.path("summary"), Revision: revision, Person: q.path("person")}
	if _, ok := outbox.ParseLetter(l.String()); err != nil || !ok {
		return l, problem.New("MAIL_UNKNOWN").Valued(l.Summary)
	}
	return l, nil
}

// findMail answers one letter.
func (a *api) findMail(q *asking) (*answer, error) {
	return a.mail(q, func(l outbox.Letter) (office.Mail, error) { return a.Office.Mail(q.Context(), l) })
}

// sendAgain has a letter sent once more.
func (a *api) sendAgain(q *asking) (*answer, error) { return a.decided(q, a.Office.SendAgain) }

// letGo has a letter never be sent.
func (a *api) letGo(q *asking) (*answer, error) { return a.decided(q, a.Office.LetGo) }

func (a *api) decided(
	q *asking, do func(ctx context.Context, letter outbox.Letter, version int64) (office.Mail, error),
) (*answer, error) {
	seen, err := q.version()
	if err != nil {
		return nil, err
	}
	return a.mail(q, func(l outbox.Letter) (office.Mail, error) { return do(q.Context(), l, seen) })
}

func (a *api) mail(q *asking, of func(outbox.Letter) (office.Mail, error)) (*answer, error) {
	letter, err := q.letter()
	if err != nil {
		return nil, err
	}
	m, err := of(letter)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: mailStateOf(q, &m), version: m.Version}, nil
}
