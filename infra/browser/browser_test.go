// Package browser holds no code: its tests look at the product's pages through a real browser, as people of each role, in each language, in
// narrow and wide windows, by day and by night.
package browser

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/locale"
)

// bases are the paths below which the product is served: its own, and the stage's of API Gateway.
var bases = []string{"/", stage}

// stage is where long ways are gone: a link that forgets the stage would lead nowhere, and at the root the same way is gone by infra/play.
const stage = "/Prod/"

// choose signs in as a sample person, on the issuer's page where one says who one is; the status is that of the page that one wanted.
func choose(page *chromium.Page, person issuer.Person) (status int) {
	return page.Click(`a[href*="person=` + url.QueryEscape(person.Email) + `"]`)
}

// quiet checks that nothing was complained of.
func quiet(t *testing.T, page *chromium.Page) {
	t.Helper()
	for _, line := range page.Console() {
		t.Errorf("%s: the console says %s", page.Address(), line)
	}
}

// fit checks that a page keeps nobody out, narrow and wide, in the colours that somebody prefers.
func fit(t *testing.T, page *chromium.Page, scheme string) {
	t.Helper()
	for _, width := range []int{1280, 360} {
		page.Width(width)
		for _, line := range page.Beyond() {
			t.Errorf("%s at %d pixels: %s", page.Address(), width, line)
		}
	}
	page.Scheme(scheme)
	for _, line := range page.Violations() {
		t.Errorf("%s, %s: %s", page.Address(), scheme, line)
	}
}

func TestEachPersonSignsInWithABrowser(t *testing.T) {
	browser := chromium.Start(t)
	for _, base := range bases {
		served := serve(t, base)
		for _, person := range issuer.Samples() {
			t.Run(person.Role+" at "+base, func(t *testing.T) {
				page := browser.Open(t, served.address+"signin?next="+url.QueryEscape("/api/me"))
				if !strings.HasPrefix(page.Address(), served.issuer+"/authorize?") {
					t.Fatalf("sign-in leads to %s", page.Address())
				}
				if status := choose(page, person); status != http.StatusOK || page.Address() != served.address+"api/me" {
					t.Fatalf("led to %s, %d: %s", page.Address(), status, page.Text())
				}
				quiet(t, page)
				var me struct{ Role, Scope string }
				if err := json.Unmarshal([]byte(page.Text()), &me); err != nil || me.Role != person.Role || me.Scope != person.Scope {
					t.Errorf("signed in as %+v (%v)", me, err)
				}
			})
		}
	}
}

func TestWhoIsNotSignedInIsLedBackToWhatWasWanted(t *testing.T) {
	browser := chromium.Start(t)
	for _, base := range bases {
		served := serve(t, base)
		page := browser.Open(t, served.address+"api/calls")
		if status := choose(page, issuer.Samples()[0]); status != http.StatusOK || page.Address() != served.address+"api/calls" {
			t.Errorf("led to %s, %d: %s", page.Address(), status, page.Text())
		}
		quiet(t, page)
	}
}

// schemes are the colours in which each language is looked at: they are the same in all.
var schemes = map[locale.Lang]string{locale.EN: "light", locale.FR: "dark", locale.ES: "light"}

func TestPagesKeepNobodyOut(t *testing.T) {
	browser := chromium.Start(t)
	served := serve(t, "/Prod/")
	for name, shown := range map[string]struct {
		address string
		refused bool // what the browser itself says of its status is no mistake
	}{
		"the API's document":       {address: served.address + "api/"},
		"the issuer's question":    {address: served.address + "signin"},
		"the issuer's end":         {address: served.issuer + "/end"},
		"what the issuer can't do": {address: served.issuer + "/authorize", refused: true},
	} {
		for _, lang := range locale.Langs {
			t.Run(name+" in "+string(lang), func(t *testing.T) {
				t.Parallel() // the API's document is long, and axe-core takes seconds
				page := browser.OpenIn(t, string(lang), shown.address)
				if got := page.Lang(); got != string(lang) {
					t.Errorf("it is in %q", got)
				}
				fit(t, page, schemes[lang])
				if !shown.refused {
					quiet(t, page)
				}
			})
		}
	}
}

func TestTheLinksOfTheAPIsDocumentLeadSomewhere(t *testing.T) {
	page := chromium.Start(t).Open(t, serve(t, "/Prod/").address+"api/")
	for _, link := range []string{`a[hreflang="fr"]`, `a[hreflang="en"]`} {
		if status := page.Click(link); status != http.StatusOK || !strings.HasSuffix(link, `"`+page.Lang()+`"]`) {
			t.Errorf("%s leads to %s, %d", link, page.Address(), status)
		}
	}
	status := page.Click(`header a[href*="openapi"]`)
	quiet(t, page)
	if status != http.StatusOK || !json.Valid([]byte(page.Text())) {
		t.Errorf("the document for programs is at %s, %d", page.Address(), status)
	}
}
