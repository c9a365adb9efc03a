package browser

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/infra/serving"
)

// The path that docs/first-steps.md tells, by what the pages say alone: each click is on what home, or the page that it led to, offers next.
func TestANewcomerComesFromTheSampleSheetToAWorkbook(t *testing.T) {
	browser := chromium.Start(t)
	served := serving.Start(t, serving.Options{})
	for name, scriptless := range map[string]bool{"with the script": false, "without a script": true} {
		t.Run(name, func(t *testing.T) {
			served := served
			if scriptless {
				served = serving.Start(t, serving.Options{})
			}
			page := browser.Open(t, served.Address)
			began := time.Now()
			if scriptless {
				page.Scriptless()
			}
			if status := choose(page, issuer.Samples()[0]); status != http.StatusOK {
				t.Fatalf("signed in, home answers %d", status)
			}

			sample := filepath.Join("..", "..", "shared", "pages", "sample", "members.en.csv")
			text, err := os.ReadFile(sample)
			if err != nil {
				t.Fatal(err)
			}
			if size := page.Fetch(served.Address + "sample/members.csv"); size != len(text) {
				t.Fatalf("the sample sheet has %d bytes, want %d", size, len(text))
			}
			page.Click(`.steps a[href$="imports"]`)
			file := filepath.Join(t.TempDir(), "members.csv")
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			page.Choose(`input[type="file"]`, file)
			page.Press(`.upload button[type="submit"]`)

			page.Await(`button[name^="cell."]`) // the suggestion at the cell that is wrong
			if told := page.Text(); !strings.Contains(told, "Repubic of Korea") {
				t.Errorf("the page doesn't say what is wrong: %s", told)
			}
			page.Press(`button[name^="cell."]`)
			page.Await(`ins`) // it was checked again
			page.Await(`form[action$="/commit"] button[type="submit"]`)
			page.Press(`form[action$="/commit"] button[type="submit"]`)
			page.Await(`form[action$="/undo"]`) // it is stored, and could be taken back

			page.Go(served.Address)
			if done := strings.Count(page.Text(), "done"); done < 2 {
				t.Errorf("home says that %d steps are done", done)
			}
			page.Click(`.steps a[href$="exports"]`)
			page.Click(`a[href*="kind=membership"]`)
			page.Press(`form[action$="exports"] button[type="submit"]`)
			page.Await(`a[href$="/file"]`)
			if size := page.Fetch(strings.Split(page.Address(), "?")[0] + "/file"); size < 10_000 {
				t.Errorf("the workbook has %d bytes", size)
			}
			t.Logf("from the first page to the workbook: %s", time.Since(began).Round(time.Second))
			quiet(t, page)
		})
	}
}
