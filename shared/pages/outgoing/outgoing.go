// Package outgoing is the pages of the e-mails that a product on one machine puts into a folder instead of sending them. It sends nothing, and
// is no part of a product that sends.
package outgoing

import (
	"context"
	"errors"
	"strconv"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/mail/folder"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/pages/summaries"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Path is where the list is; the path of a message is below it, and that of its HTML alone ends in HTML.
const (
	Path = "mail"
	HTML = "/html"
)

// part is how many messages a part of the list has.
const part = 50

// leave is for whom may read to whom letters go. ACCESS_DENIED.
func leave(ctx context.Context) error {
	if p := access.Decide(page.Who(ctx), access.MailRead, access.Object{}); p != nil {
		return p
	}
	return nil
}

func framed(ctx context.Context, v page.Visit) page.Frame {
	v.Menu = []page.Entry{{Name: homeEntry}, summaries.Menu, summaries.Mails, {Path: Path, Name: listTitle}}
	return page.Framed(ctx, v, listTitle, nil)
}

// List lists the messages, the latest first. ACCESS_DENIED.
func List(ctx context.Context, from *folder.Folder, v page.Visit) (*page.Answer, error) {
	if err := leave(ctx); err != nil {
		return nil, err
	}
	skip, err := strconv.Atoi(v.Query.Get(page.AfterParameter))
	if err != nil || skip < 0 {
		skip = 0
	}
	found, all, err := from.List(ctx, skip, part)
	if err != nil {
		return nil, err
	}
	next := ""
	if skip+len(found) < all {
		next = strconv.Itoa(skip + len(found))
	}
	return v.Written(ctx, listView(framed(ctx, v), found, next))
}

// Message shows one: its text, and its HTML in a frame of its own. ACCESS_DENIED, ROUTE_UNKNOWN.
func Message(ctx context.Context, from *folder.Folder, v page.Visit, id string) (*page.Answer, error) {
	if err := leave(ctx); err != nil {
		return nil, err
	}
	m, err := from.Read(ctx, id)
	if err != nil {
		return nil, unknown(err, v.Path)
	}
	f := framed(ctx, v)
	f.Name, f.Within = m.Subject, []page.Step{{Path: Path, Name: f.In(listTitle)}}
	got, err := v.Written(ctx, messageView(f, Path+"/"+id+HTML, []page.Fact{
		{Name: f.In(toWord), Value: m.To}, {Name: f.In(fromWord), Value: m.From}, {Name: f.In(langWord), Value: m.Lang},
		{Name: f.In(sentWord), Value: f.Moment(m.Date)},
	}, m.Text))
	if err == nil {
		got.Policy += "; frame-src 'self'"
	}
	return got, err
}

// Document is the HTML of a message alone, which loads nothing, runs nothing and leads nowhere. ACCESS_DENIED, ROUTE_UNKNOWN.
func Document(ctx context.Context, from *folder.Folder, v page.Visit, id string) (*page.Answer, error) {
	if err := leave(ctx); err != nil {
		return nil, err
	}
	m, err := from.Read(ctx, id)
	if err != nil {
		return nil, unknown(err, v.Path)
	}
	return &page.Answer{
		Text: []byte(m.HTML), Type: "text/html; charset=utf-8",
		Policy: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
	}, nil
}

func unknown(err error, path string) error {
	if errors.Is(err, folder.ErrNotFound) {
		return problem.New("ROUTE_UNKNOWN").Valued("/" + path)
	}
	return err
}
