package browser

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/local/issuer"
)

// who is the sample person of a role.
func who(t *testing.T, role string) issuer.Person {
	t.Helper()
	for _, person := range issuer.Samples() {
		if person.Role == role {
			return person
		}
	}
	t.Fatalf("nobody is %s", role)
	return issuer.Person{}
}

// sample puts a sample workbook into a folder, from where a form sends it.
func sample(t *testing.T, name string) string {
	t.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, filepath.Base(name), content)
}

func written(t *testing.T, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// at signs a person in and leads the window to a page below the product's root.
func (p product) at(t *testing.T, page *chromium.Page, person issuer.Person, path string) {
	t.Helper()
	page.Go(p.address + "signin?next=" + url.QueryEscape("/"+path))
	if status := choose(page, person); status != http.StatusOK || page.Address() != p.address+path {
		t.Fatalf("led to %s, %d: %s", page.Address(), status, page.Text())
	}
}

// says checks that a page has a text.
func says(t *testing.T, page *chromium.Page, text string) {
	t.Helper()
	if got := page.Text(); !strings.Contains(got, text) {
		t.Errorf("%s has no %q: %s", page.Address(), text, got)
	}
}

func TestATreasurerMendsABadWorkbookAndCommitsWhatIsRight(t *testing.T) {
	browser := chromium.Start(t)
	served := serve(t, stage)
	page := browser.OpenIn(t, "es", served.address+"api/")
	served.at(t, page, who(t, "treasurer"), "imports")
	fit(t, page, "light")
	page.Choose("#field-file", sample(t, "bad/contributions.en.xlsx"))
	page.Click(".upload button[type=submit]")

	page.Await("form[action$='/check'] fieldset")
	fit(t, page, "light")
	says(t, page, "«1.234» puede valer")
	page.Press("form[action$='/check'] input[value=point]")
	says(t, page, "03/04/2020")
	page.Press("form[action$='/check'] input[value=dmy]")
	page.Click("form[action$='/check'] button")

	page.Width(1280)
	page.Await("td[data-cell='9.6'] button.edit")
	page.Press("td[data-cell='9.6'] button.edit")
	page.Fill("td[data-cell='9.6'] input", "USD")
	page.Press("td[data-cell='16.5'] button.edit")
	page.Fill("td[data-cell='16.5'] input", "1012")
	says(t, page, "2 celdas cambiadas")
	page.Click(".collected button")

	page.Await("button[name='undo.9.6']")
	address, _, _ := strings.Cut(page.Address(), "?")
	if got := page.Fetch(address + "/annotated"); got < 1000 {
		t.Errorf("the marked copy has %d bytes", got)
	}
	page.Click("form[action$='/commit'] button")
	page.Await("form[action$='/undo'] button")
	says(t, page, "Solo se incorporaron las filas válidas")
	fit(t, page, "dark")
	page.Click("form[action$='/undo'] button")
	page.Await(".figures .good")
	says(t, page, "Lo que se deshizo")
	quiet(t, page)
}

// dates are gifts of days that can be read in two ways, and two cells that are wrong.
const dates = `Donor,Type of donor,Amount,Currency,Value date,Bank reference
Learning Trust,Foundation,1000,USD,03/04/2020,LT-1
Learning Trust,Foundation,2000,USD,05/06/2020,LT-2
Learning Trust,Foundation,3000,USS,2020-07-01,LT-3
Learning Trust,Foundation,to come,USD,2020-07-02,LT-4
`

func TestASheetIsMendedAndCommittedWithoutScript(t *testing.T) {
	served := serve(t, "/Prod/")
	page := chromium.Start(t).OpenIn(t, "fr", served.address+"api/")
	served.at(t, page, who(t, "treasurer"), "imports")
	page.Scriptless()
	page.Go(served.address + "imports")
	page.Choose("#field-file", written(t, "gifts.csv", []byte(dates)))
	page.Click(".upload button[type=submit]")

	page.Await("form[action$='/check'] fieldset")
	page.Press("form[action$='/check'] input[value=dmy]")
	page.Click("form[action$='/check'] button")

	page.Await("a[href$='/rows/4']")
	page.Click("button[name='cell.4.4']") // what is likely meant
	page.Await("a[href$='/rows/5']")
	page.Click("a[href$='/rows/5']")
	page.Fill("#field-cell-5-3", "4000")
	page.Click("main form button")

	page.Await("button[name='undo.5.3']")
	page.Click("form[action$='/commit'] button")
	page.Await("form[action$='/undo'] button")
	says(t, page, "Toutes les lignes ont été reprises.")
	page.Click("form[action$='/undo'] button")
	page.Await(".figures .good")
	says(t, page, "Ce qui a été annulé")
}

func TestALargeFileIsSentThroughALink(t *testing.T) {
	served := serve(t, "/")
	page := chromium.Start(t).Open(t, served.address+"api/")
	served.at(t, page, who(t, "treasurer"), "imports")
	large := "Donor,Type of donor,Amount,Currency,Value date,Bank reference,Remarks\n" + strings.Repeat(" ", 1<<20) + "\n"
	page.Choose("#field-file", written(t, "large.csv", []byte(large)))
	page.Click(".upload button[type=submit]")
	if got := page.Address(); !strings.HasPrefix(got, served.address+"imports/") || strings.Contains(got, "done=") {
		t.Errorf("led to %s", got)
	}
	quiet(t, page)
}
