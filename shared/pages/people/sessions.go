package people

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/people"
)

// going are the sessions of a person, and where they are ended.
type going struct {
	all     []people.Session
	current string // the one in which the page is asked for
	path    string // to which a form is sent
	ends    bool   // who reads may end them
	own     bool
}

// account shows people what is on record of themselves, and where they are signed in.
func account(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	who := page.Who(ctx)
	p, err := o.Person(ctx, who.Person)
	if err != nil {
		return nil, err
	}
	sessions, err := o.Sessions(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, menuAccount, done)
	is := going{all: sessions, current: who.Session, path: "account", ends: true, own: true}
	facts := factsOf(f, rowOf(ctx, o, f, p))
	return v.Written(ctx, accountView(f, facts[:len(facts)-1], is)) // who reads this has signed in
}

func sessions(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	all, err := o.Sessions(ctx, v.Values["person"])
	if err != nil {
		return nil, err
	}
	p, err := o.Person(ctx, v.Values["person"])
	if err != nil {
		return nil, err
	}
	f := about(ctx, v, p)
	f.Within = append(f.Within, page.Step{Path: "people/" + p.ID, Name: p.Email})
	who := page.Who(ctx)
	is := going{
		all: all, current: who.Session, path: "people/" + p.ID + "/sessions", ends: may(ctx, access.SessionEnd, p.ID), own: p.ID == who.Person,
	}
	return v.Written(ctx, sessionsView(f, is))
}

func endOwn(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	return ended(ctx, o, v, page.Who(ctx).Person, "account")
}

func end(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	id := v.Values["person"]
	return ended(ctx, o, v, id, "people/"+id+"/sessions")
}

// ended ends the session that a form names, all where it names none, and leads on: home, where somebody then signs in, whose own session it was.
func ended(ctx context.Context, o *office.Office, v page.Visit, person, next string) (*page.Answer, error) {
	who, session := page.Who(ctx), v.Form.Get("session")
	var err error
	told := "ended"
	if session == "" {
		told, err = "all-ended", o.EndSessions(ctx, v.Request(), person)
	} else {
		err = o.EndSession(ctx, v.Request(), person, session)
	}
	if err != nil {
		return nil, err
	}
	if person == who.Person && (session == "" || session == who.Session) {
		return v.On("", ""), nil
	}
	return v.On(next, told), nil
}
