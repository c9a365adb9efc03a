// Package gallery holds no code: its tests open every page of a product that people have worked with, in a real browser, and take the pictures
// of docs/gallery.
package gallery

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/locale"
)

// shown is a page as somebody sees it.
type shown struct {
	name  string // of its pictures: the area and what it is
	who   string // of whom it is a page: a role, or "applicant"
	at    string // its path with its query; what stands in braces is what is named so in the furnished product
	title string
}

// emails are those who look, by their roles.
func emails() map[string]string {
	all := map[string]string{"applicant": furnished.Applicant.Email}
	for _, person := range issuer.Samples() {
		all[person.Role] = person.Email
	}
	return all
}

// path is where a page is in a product.
func (s shown) path(in *furnished.Product) string {
	path := s.at
	for name, id := range in.Named {
		path = strings.ReplaceAll(path, "{"+name+"}", strings.ReplaceAll(id, "#", "/"))
	}
	return path
}

// open leads a window to a page, and reports whether that is what it shows.
func (s shown) open(t *testing.T, window *chromium.Page, in *furnished.Product) bool {
	t.Helper()
	want := in.Address + s.path(in)
	status := window.Go(want)
	if got := window.Address(); status != http.StatusOK || got != want {
		t.Errorf("%s: %s answers %d, at %s", s.name, want, status, got)
		return false
	}
	return true
}

// visits lead a window to the pages of one person.
func visits(t *testing.T, browser *chromium.Browser, in *furnished.Product, who string) *chromium.Page {
	t.Helper()
	window := browser.Open(t, in.Address+"signin?next="+url.QueryEscape("/"))
	status := window.Click(`a[href*="person=` + url.QueryEscape(emails()[who]) + `"]`)
	if got := window.Address(); status != http.StatusOK || got != in.Address {
		t.Fatalf("%s signs in and is answered %d, at %s", who, status, got)
	}
	return window
}

// TestNoPageKeepsAnybodyOut looks at each page narrow and wide, each in one of the languages and by day or by night.
func TestNoPageKeepsAnybodyOut(t *testing.T) {
	browser := chromium.Start(t)
	in := furnished.Start(t, serving.Options{})
	for who := range emails() {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			window := visits(t, browser, in, who)
			heard := len(window.Console())
			for i, one := range pages {
				if one.who != who {
					continue
				}
				lang := locale.Langs[i%len(locale.Langs)]
				window.Reads(string(lang))
				window.Scheme([]string{"light", "dark"}[i/len(locale.Langs)%2])
				window.Width(1280)
				if !one.open(t, window, in) {
					continue
				}
				if got := window.Lang(); got != string(lang) {
					t.Errorf("%s is in %q, and was asked for in %s", one.name, got, lang)
				}
				found := window.Beyond()
				window.Width(360)
				found = slices.Concat(found, window.Beyond(), window.Violations(), window.Console()[heard:])
				heard = len(window.Console())
				for _, line := range found {
					t.Errorf("%s in %s: %s", one.name, lang, line)
				}
			}
		})
	}
}
