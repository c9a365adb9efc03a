package browser

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
)

// second is a treasurer besides the one of the sample people, who proposed what waits.
var second = issuer.Person{
	Email: "teresa.gil@secretariat.example", Name: "Teresa Gil", Role: string(access.Treasurer),
	Title: locale.Text{EN: "Second treasurer", FR: "Seconde trésorière", ES: "Segunda tesorera"},
}

// inYears is a product that people have worked with for years, to which the second treasurer was invited, and what was made in it by its names.
func inYears(t *testing.T, base string) (product, map[string]string) {
	t.Helper()
	var named map[string]string
	served := proxied(t, base, serving.Options{People: []issuer.Person{second}}, func(o serving.Options) *serving.Served {
		in := furnished.Start(t, o)
		named = in.Named
		by := access.WithActor(t.Context(), access.Actor{Person: "secretariat", Role: access.Secretariat})
		if _, err := in.People.Invite(by, "", people.Standing{Email: second.Email, Role: access.Treasurer, Lang: locale.ES}); err != nil {
			t.Fatal(err)
		}
		return in.Served
	})
	return served, named
}

func TestADonorReadsItsPageFetchesItsStatementAndIsRefusedAnothers(t *testing.T) {
	browser := chromium.Start(t)
	served, _ := inYears(t, stage)
	window := signedIn(t, browser, served, "donor", "fr", "donors")
	reads(t, window, "Solde détenu en dépôt", "Ce que l'argent a permis", "Reçu à ce titre")
	for _, width := range []int{360, 1280} {
		window.Width(width)
		for _, line := range window.Beyond() {
			t.Error(line)
		}
	}
	if status := window.Click(`form:has(input[value="pdf"]) button`); status != http.StatusOK {
		t.Fatalf("%d: %s", status, window.Text())
	}
	window.Await(`a[href*="/file"]`)
	readsQuietly(t, window)
	if got := window.Fetch(window.Address()[:strings.IndexByte(window.Address()+"?", '?')] + "/file"); got < 10_000 {
		t.Errorf("the statement has %d bytes", got)
	}
	heard := len(window.Console())
	if status := window.Go(served.address + "donors/donor_country/NO"); status != http.StatusForbidden {
		t.Errorf("another's page: %d", status)
	}
	if page := window.Text(); strings.Contains(page, "Norv") || strings.Contains(page, "Norw") {
		t.Error(page)
	}
	for _, line := range window.Console()[heard:] { // the browser itself says that it was answered with 403
		if !strings.Contains(line, "403") {
			t.Error(line)
		}
	}
}

func TestASecondTreasurerApprovesAnAllocation(t *testing.T) {
	browser := chromium.Start(t)
	served, named := inYears(t, stage)
	path := "fund/proposals/" + named["proposal"]
	first := signedIn(t, browser, served, "treasurer", "es", path)
	reads(t, first, "La propuso usted, así que la aprueba otra persona.")
	window := browser.OpenIn(t, "es", served.address+"signin?next="+url.QueryEscape("/fund/proposals"))
	choose(window, second)
	reads(t, window, "Lo que una persona propone lo aprueba otra.")
	window.Click(`a[href*="` + path + `"]`)
	reads(t, window, "Si lo aprueba", "Se asignan 15\u202f000,00\u00a0USD a 2.2")
	if status := window.Click(`form[action*="/approval"] button`); status != http.StatusOK {
		t.Fatalf("%d: %s", status, window.Text())
	}
	reads(t, window, "La propuesta queda aprobada y ha surtido efecto.")
	window.Click(`main a[href*="/fund/entries/"]`)
	reads(t, window, "De dónde viene", "Debe", "Haber")
}
