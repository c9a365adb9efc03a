package signin

import (
	"net/url"
	"strings"
	"testing"
)

func TestASignInLeadsToAPlaceBelowTheBasePathOnly(t *testing.T) {
	for next, want := range map[string]string{
		"/":                                "/",
		"/imports/1?lang=fr&x=%2F":         "/imports/1?lang=fr&x=%2F",
		"/cities/":                         "/cities/",
		"/statements/café":                 "/statements/caf%C3%A9",
		"/fund#table":                      "/fund",
		"/calls?next=https://a.b/":         "/calls?next=https://a.b/",
		"":                                 "/",
		"imports":                          "/",
		"https://attacker.example/":        "/",
		"//attacker.example/":              "/",
		"///attacker.example/":             "/",
		`/\attacker.example/`:              "/",
		"/%5Cattacker.example/":            "/",
		"/%2Fattacker.example/":            "/",
		"/%2F%2Fattacker.example/":         "/",
		"/\t/attacker.example/":            "/",
		"/%09/attacker.example/":           "/",
		"/../elsewhere":                    "/",
		"/%2e%2e/elsewhere":                "/",
		"/a/./b":                           "/",
		"javascript:alert(1)":              "/",
		"/x\r\nSet-Cookie: a=b":            "/",
		"/%zz":                             "/",
		"/" + strings.Repeat("x", maxNext): "/",
	} {
		if got := local(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}

// Whatever is asked for, a browser that follows stays at our host and below our base path. Browsers take "\" for "/", and drop tabs and
// line breaks.
func FuzzASignInNeverLeadsElsewhere(f *testing.F) {
	for _, next := range []string{"/fund", "//a.b", "/\\a.b", "/%2fa.b", "/..//a.b", "///a.b", "/;//a.b", "/?//a.b", "/%", "/é/..", "/.//a.b", "/a:b@c"} {
		f.Add(next)
	}
	f.Fuzz(func(t *testing.T, next string) {
		for _, root := range []string{"https://guildhall.example/", "https://guildhall.example/Prod/"} {
			base, err := url.Parse(root)
			if err != nil {
				t.Fatal(err)
			}
			to := (&Service{base: base}).to(local(next))
			asBrowsersDo := strings.NewReplacer(`\`, "/", "\t", "", "\n", "", "\r", "").Replace(to)
			led, err := base.Parse(asBrowsersDo)
			if err != nil || led.Host != base.Host || led.Scheme != base.Scheme || !strings.HasPrefix(led.Path, base.Path) ||
				strings.HasPrefix(asBrowsersDo, "//") {
				t.Errorf("%q leads to %q: %v (%v)", next, to, led, err)
			}
		}
	})
}
