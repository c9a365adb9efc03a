package summaries

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// What can be decided about a letter.
const (
	again = "again"
	letGo = "let-go"
)

var decided = map[string]locale.Text{again: wasSentAgain, letGo: wasLetGo}

// letter is how an e-mail stands, in words.
type letter struct {
	office.Mail
	name, title, to, person string // person is the path of the person's page; "" of one that is gone
	state, why, since       string
	tone                    page.Tone
	version, revision       string
	sends, drops            bool // it can be sent again, or let go
}

func letterOf(f page.Frame, m office.Mail) letter {
	state := states[m.State]
	l := letter{
		Mail: m, name: m.Letter.String(), title: f.In(m.Title), to: f.In(goneWord), state: f.In(state.name), tone: state.tone,
		why: f.In(reasons[m.Reason]), since: f.Moment(m.Since), version: strconv.FormatInt(m.Version, 10), revision: f.Number(m.Revision),
		sends: m.State == outbox.Uncertain || m.State == outbox.Failed,
	}
	l.drops = l.sends || m.State == outbox.Waiting
	if m.To.ID != "" {
		l.to, l.person = m.To.Email, "people/"+m.To.ID
	}
	return l
}

// mails lists the letters with which something is still to be done.
func mails(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	view, err := mailsPage(ctx, o, v)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, view(nil))
}

func mailsPage(ctx context.Context, o *office.Office, v page.Visit) (func(page.Refused) templ.Component, error) {
	state := outbox.State(v.Query.Get("state"))
	if !state.Open() {
		state = ""
	}
	found, next, err := page.Stored(ctx, v, func(ctx context.Context, after table.Cursor, limit int) ([]office.Mail, table.Cursor, error) {
		return o.Mails(ctx, state, after, limit)
	})
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, mailsTitle, decided)
	rows := make([]letter, len(found))
	for i, m := range found {
		rows[i] = letterOf(f, m)
	}
	field := page.Input{Name: "state", Label: stateWord, Value: string(state), Options: []page.Option{{Name: f.In(anyWord)}}}
	for _, one := range openStates {
		field.Options = append(field.Options, page.Option{Value: string(one), Name: f.In(states[one].name)})
	}
	return func(refused page.Refused) templ.Component {
		return mailsView(f, field, rows, next, may(ctx, access.MailSend), refused)
	}, nil
}

// openStates are those of letters with which something is still to be done, the ones for people first.
var openStates = []outbox.State{outbox.Uncertain, outbox.Failed, outbox.Waiting, outbox.Sending}

// meanings are what the states are.
func meanings(f page.Frame) (facts []page.Fact) {
	for _, one := range openStates {
		facts = append(facts, page.Fact{Name: f.In(states[one].name), Value: f.In(states[one].about)})
	}
	return facts
}

// decide sends a letter again, or lets it go.
func decide(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	var version int64
	if base := v.Version(); base != nil {
		version = *base
	}
	act := v.Form.Get("act")
	named, ok := outbox.ParseLetter(v.Form.Get("letter"))
	var err error
	switch {
	case !ok:
		err = problem.New("MAIL_UNKNOWN").Valued(v.Form.Get("letter"))
		if p := access.Decide(page.Who(ctx), access.MailSend, access.Object{}); p != nil {
			err = p
		}
	case act == letGo:
		_, err = o.LetGo(ctx, named, version)
	default:
		act = again
		_, err = o.SendAgain(ctx, named, version)
	}
	if err == nil {
		return v.On(mailsPath, act), nil
	}
	view, failed := mailsPage(ctx, o, v)
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, view)
}
