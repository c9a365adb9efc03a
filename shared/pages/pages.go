// Package pages is what people see in a browser: pages of HTML in their language, written on the server, which need no script. It stands on the
// office, and knows no session and no HTTP but the paths of its own routes.
package pages

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
)

// Visit is what a page is asked with. Who asks is the access.Actor of the context.
type Visit struct {
	Base   string      // the path of the product's root, which ends in a slash: "/", "/Prod/"
	Path   string      // what is asked for, below Base, without slashes before it: "" is home
	Lang   locale.Lang // of the answer
	Chosen bool        // the language was chosen on a page, and goes along with its links
	Token  string      // what a form of the session shows
	Now    time.Time
}

// Answer is what a browser is sent.
type Answer struct {
	Text  []byte
	Type  string // media type
	Cache string // Cache-Control; "" where nothing may keep it
}

// Page is an address that people's browsers ask for.
type Page struct {
	Method, Pattern string // as of httpapi.Route
	Public          bool   // nobody has to be signed in
	Serve           func(context.Context, *office.Office, Visit) (*Answer, error)
}

// Routes lists the pages, and what they load.
func Routes() []Page {
	return []Page{
		{Method: "GET", Pattern: "/", Serve: home},
		{Method: "GET", Pattern: "/assets/{asset}", Public: true, Serve: style},
	}
}

// Policy is the Content-Security-Policy of a page: the product's own stylesheet and nothing else. Forms are held by their session's token; a
// form-action would also hold where a sign-out leads on to, which is the issuer's.
const Policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"

// frame is what every page is written with.
type frame struct {
	Visit
	Title locale.Text
	Role  string // in words; "" of nobody
}

// languages are the languages' own names.
var languages = map[locale.Lang]string{locale.EN: "English", locale.FR: "Français", locale.ES: "Español"}

// In is a text in the reader's language.
func (f frame) In(text locale.Text) string { return text.In(f.Lang) }

// To is the address of a path of the product, in the language that was chosen.
func (f frame) To(path string) string {
	if f.Chosen {
		path += "?lang=" + string(f.Lang)
	}
	return f.Base + path
}

// Here is the address of the page itself in a language.
func (f frame) Here(lang locale.Lang) string { return f.Base + f.Path + "?lang=" + string(lang) }

// Style is the address of the stylesheet.
func (f frame) Style() string { return f.Base + "assets/" + styleName() }

// frameOf is the frame of a page for who asks.
func frameOf(ctx context.Context, v Visit, title locale.Text) frame {
	f := frame{Visit: v, Title: title}
	if who := access.ActorOf(ctx); who.Person != "" {
		f.Role = who.Role.Label().In(v.Lang)
	}
	return f
}

// written writes a page.
func written(ctx context.Context, view templ.Component) (*Answer, error) {
	var b bytes.Buffer
	if err := view.Render(ctx, &b); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return &Answer{Text: b.Bytes(), Type: "text/html; charset=utf-8"}, nil
}

// Wanted reports whether an Accept header asks for a page rather than for data.
func Wanted(accept string) bool {
	return slices.ContainsFunc(strings.Split(accept, ","), func(one string) bool {
		kind, _, _ := strings.Cut(one, ";")
		return strings.EqualFold(strings.TrimSpace(kind), "text/html")
	})
}
