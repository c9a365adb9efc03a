package page

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestABrowserWantsPagesAndAProgramDoesNot(t *testing.T) {
	for accept, want := range map[string]bool{
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": true, "application/json, Text/HTML;q=0.5": true,
		"*/*": false, "": false, "application/json": false, "text/htmlx": false,
	} {
		if Wanted(accept) != want {
			t.Errorf("%q: want %v", accept, want)
		}
	}
}

var colour = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)

// Text is readable at 4.5:1 on each ground, lines that matter are seen at 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), by day and by night.
func TestTheColoursHaveEnoughContrast(t *testing.T) {
	light, dark, found := strings.Cut(string(sheet().text), "prefers-color-scheme: dark")
	if !found {
		t.Fatal("there are no dark colours")
	}
	for name, part := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]string{}
		for _, match := range colour.FindAllStringSubmatch(part, -1) {
			colours[match[1]] = match[2]
		}
		for _, pair := range []struct {
			over, ground string
			least        float64
		}{
			{"text", "ground", 4.5}, {"text", "raised", 4.5}, {"text", "sunken", 4.5}, {"quiet", "ground", 4.5}, {"quiet", "raised", 4.5},
			{"quiet", "sunken", 4.5}, {"link", "ground", 4.5}, {"link", "raised", 4.5}, {"link", "sunken", 4.5}, {"urgent", "ground", 4.5},
			{"urgent", "raised", 4.5}, {"urgent", "urgent-ground", 4.5}, {"text", "urgent-ground", 4.5}, {"good", "raised", 4.5},
			{"good", "good-ground", 4.5}, {"watch", "raised", 4.5}, {"watch", "watch-ground", 4.5}, {"text", "watch-ground", 4.5},
			{"on-act", "act", 4.5}, {"on-act", "act-over", 4.5}, {"line", "ground", 3}, {"line", "raised", 3}, {"line", "sunken", 3},
			{"bar", "ground", 3}, {"bar-part", "bar", 3},
		} {
			if got := contrast(t, colours[pair.over], colours[pair.ground]); got < pair.least {
				t.Errorf("%s: %s on %s has %.2f:1, want %.1f:1", name, pair.over, pair.ground, got, pair.least)
			}
		}
	}
}

// contrast is the ratio of two colours as WCAG counts it.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, hex string) (sum float64) {
	t.Helper()
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestAPageThatWaitsIsAskedForAgainByTheBrowserWhereNoScriptDoes(t *testing.T) {
	for seconds, want := range map[int]string{
		0: "", 3: `<meta name="again" content="3"><noscript><meta http-equiv="refresh" content="3"></noscript>`,
	} {
		f := Framed(t.Context(), Visit{Base: "/", Lang: locale.EN}, locale.Same("Title"), nil)
		f.Refresh = seconds
		got, err := f.Written(t.Context(), Layout(f))
		if err != nil {
			t.Fatal(err)
		}
		if text := string(got.Text); want != "" && !strings.Contains(text, want) || want == "" && strings.Contains(text, "again") {
			t.Errorf("%d seconds: %s", seconds, text)
		}
	}
}
