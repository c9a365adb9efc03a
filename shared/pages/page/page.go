// Package page is what every page is written with: its frame in the reader's language, forms with their fields, parts, charts, the stylesheet
// and the script. It knows no area of the product, no session and no HTTP.
package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
)

// MaxFile is the bytes of a file that is sent with a form. Larger ones are sent by the script, through a link.
const MaxFile = 4 << 20

// Visit is what a page is asked with. Who asks is the access.Actor of the context.
type Visit struct {
	Base    string      // the path of the product's root, which ends in a slash: "/", "/Prod/"
	Path    string      // what is asked for, below Base, without slashes before it, escaped: "" is home
	Lang    locale.Lang // of the answer
	Chosen  bool        // the language was chosen on a page, and goes along with its links
	Token   string      // what a form of the session shows
	Now     time.Time
	Values  map[string]string // of the path's variables
	Query   url.Values        // of the address
	Form    url.Values        // what was sent, normalised; nil where nothing was
	File    *File             // what was sent with a form; nil for none
	NewID   identity.IDs      // makes the identifiers of requests
	Uploads string            // the origin of the links that files are sent through; "" where it is the page's own
	Trial   bool              // sample people try the product: there is a sample sheet for them
	Menu    []Entry
	// Identify gives the identifier for what a form creates: the same one however often the form is sent. IDEMPOTENCY_KEY_REUSED.
	Identify func(context.Context) (string, error)
}

// File is a file that was sent with a form.
type File struct {
	Name    string
	Content []byte // at most MaxFile
}

// Answer is what a browser is sent: a page, or where to go on.
type Answer struct {
	Text   []byte
	Type   string // media type
	Cache  string // Cache-Control; "" where nothing may keep it
	To     string // where to go on (303); then there is no text. Visit.On and Visit.Away make it
	Policy string // Content-Security-Policy
}

// Route is an address that people's browsers ask for. A Serve that gives both an answer and an error answers what was wrong with what was sent:
// the same form once more, with the status of the error.
type Route struct {
	Method, Pattern string // as of httpapi.Route
	Public          bool   // nobody has to be signed in
	Serve           func(context.Context, *office.Office, Visit) (*Answer, error)
}

// Request is the identifier under which the form of a page is sent, so that what is sent twice is done once; "" where there is none.
func (v Visit) Request() string {
	if id := v.Form.Get(requestField); identity.WellFormed(id) {
		return id
	}
	return ""
}

// On leads on to a path of the product. done is the word by which that page says what was done (Frame.Told), "" for none.
func (v Visit) On(path, done string) *Answer {
	query := url.Values{}
	if done != "" {
		query.Set(doneParameter, done)
	}
	if v.Chosen {
		query.Set("lang", string(v.Lang))
	}
	return &Answer{To: v.Base + joined(path, query)}
}

// Away leads to a link of the store, through which a file is fetched.
func (v Visit) Away(link string) *Answer { return &Answer{To: link} }

// policy is the Content-Security-Policy of a page: the product's own stylesheet, icon and script, which may send files to where links for them lead.
// Forms are held by their session's token; a form-action would also hold where a sign-out leads on to, which is the issuer's.
func (v Visit) policy() string {
	return "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src " + strings.TrimSpace("'self' "+v.Uploads) +
		"; base-uri 'none'; frame-ancestors 'none'"
}

// Written writes a page.
func (v Visit) Written(ctx context.Context, view templ.Component) (*Answer, error) {
	var b bytes.Buffer
	if err := view.Render(ctx, &b); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return &Answer{Text: b.Bytes(), Type: "text/html; charset=utf-8", Policy: v.policy()}, nil
}

// Again writes the form of what was refused once more: view gets what was wrong. Other errors than problems of what was sent are given back, and
// become the page of a problem.
func (v Visit) Again(ctx context.Context, err error, view func(Refused) templ.Component) (*Answer, error) {
	refused := refusedBy(err)
	if len(refused) == 0 || slices.ContainsFunc(refused, func(p *problem.Problem) bool { return elsewhere[p.Code] }) {
		return nil, err
	}
	got, failed := v.Written(ctx, view(refused))
	if failed != nil {
		return nil, failed
	}
	return got, err
}

// elsewhere are the codes after which the same form is of no use.
var elsewhere = map[problem.Code]bool{"ACCESS_DENIED": true, "SIGNIN_NEEDED": true, "UNAVAILABLE": true, "INTERNAL": true}

// Refused is what was wrong with what was sent.
type Refused []*problem.Problem

// refusedBy are the problems that an error is.
func refusedBy(err error) Refused {
	var several interface{ Unwrap() []error }
	var all Refused
	if errors.As(err, &several) {
		for _, one := range several.Unwrap() {
			all = append(all, refusedBy(one)...)
		}
	}
	var p *problem.Problem
	if len(all) == 0 && errors.As(err, &p) {
		all = append(all, p)
	}
	return all
}

// At are the problems of a field.
func (r Refused) At(field string) (of Refused) {
	for _, p := range r {
		if p.Field == field {
			of = append(of, p)
		}
	}
	return of
}

// Wanted reports whether an Accept header asks for a page rather than for data.
func Wanted(accept string) bool {
	return slices.ContainsFunc(strings.Split(accept, ","), func(one string) bool {
		kind, _, _ := strings.Cut(one, ";")
		return strings.EqualFold(strings.TrimSpace(kind), "text/html")
	})
}

// Who is who asks.
func Who(ctx context.Context) access.Actor { return access.ActorOf(ctx) }
