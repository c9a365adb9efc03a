package browser

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/infra/serving"
)

// homeWeighs is what home may weigh, with all that it loads, for a browser that has none of it yet: bytes as they are sent.
const homeWeighs = 60_000

func TestHomeIsLightAndLoadsNothingFromElsewhere(t *testing.T) {
	browser := chromium.Start(t)
	served := furnished.Start(t, serving.Options{})
	for _, person := range issuer.Samples() {
		t.Run(person.Role, func(t *testing.T) {
			page := browser.Open(t, served.Address+"signin")
			_, before := page.Loaded()
			asked, _ := page.Loaded()
			if status := choose(page, person); status != http.StatusOK || page.Address() != served.Address {
				t.Fatalf("led to %s, %d: %s", page.Address(), status, page.Text())
			}
			loaded, after := page.Loaded()
			loaded = loaded[len(asked):]
			if weighs := after - before; weighs < 5000 || weighs > homeWeighs {
				t.Errorf("home weighs %d bytes: %q", weighs, loaded)
			} else {
				t.Logf("home weighs %d bytes", weighs)
			}
			for _, address := range loaded {
				if !strings.HasPrefix(address, served.Address) && !strings.HasPrefix(address, served.Issuer) {
					t.Errorf("it loads %s", address)
				}
			}
			quiet(t, page)
		})
	}
}
