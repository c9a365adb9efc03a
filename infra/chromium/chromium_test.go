package chromium

import (
	"bytes"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pages are one with which nothing is wrong and one with several mistakes, each under a policy that allows one style sheet.
func pages(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	answer := func(path, kind, text string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'")
			_, _ = w.Write([]byte(text))
		})
	}
	answer("/style.css", "text/css", `@media (prefers-color-scheme: dark) { .faint { color: #eee } }`)
	answer("/good", "text/html", `<!doctype html><html lang="en"><title>Good</title><link rel="stylesheet" href="/style.css">
		<main><h1>Good</h1><a href="/bad">Go on</a> <p class="faint">Read this.</p></main></html>`)
	answer("/bad", "text/html", `<!doctype html><html><title>Bad</title><main><h1>Bad</h1><img src="data:,">
		<p style="width: 10px">Inline</p><pre>`+strings.Repeat("wide", 100)+`</pre></main></html>`)
	mux.HandleFunc("GET /script", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<script>console.error("said"); throw new Error("thrown")</script>`))
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestWhatIsWrongWithAPageIsFoundAndNothingElse(t *testing.T) {
	at := pages(t)
	browser := Start(t)
	page := browser.Open(t, at+"/good")
	page.Width(360)
	if got := slices.Concat(page.Violations(), page.Console(), page.Beyond()); len(got) != 0 {
		t.Errorf("wrong with the good page: %q", got)
	}
	if status := page.Click("a[href='/bad']"); status != http.StatusOK || page.Address() != at+"/bad" || !strings.Contains(page.Text(), "Inline") {
		t.Errorf("the link leads to %s, %d: %q", page.Address(), status, page.Text())
	}
	found := strings.Join(page.Violations(), "\n")
	for _, rule := range []string{"image-alt", "html-has-lang"} {
		if !strings.Contains(found, rule+": ") {
			t.Errorf("%s was not found among\n%s", rule, found)
		}
	}
	if got := page.Beyond(); len(got) < 2 || !strings.Contains(strings.Join(got, "\n"), "<pre>") {
		t.Errorf("too wide: %q", got)
	}
	page.Width(4000)
	if got := page.Beyond(); len(got) != 0 {
		t.Errorf("too wide for 4,000 pixels: %q", got)
	}
	if got := strings.Join(page.Console(), "\n"); !strings.Contains(got, "Content Security Policy") {
		t.Errorf("the policy refused an inline style, and the console says %q", got)
	}
}

func TestThatSomebodyPrefersDarkPagesIsSeen(t *testing.T) {
	page := Start(t).Open(t, pages(t)+"/good")
	page.Scheme("light")
	if got := page.Violations(); len(got) != 0 {
		t.Errorf("light: %q", got)
	}
	page.Scheme("dark") // the text is light then, and the page still is
	if got := strings.Join(page.Violations(), "\n"); !strings.Contains(got, "color-contrast: ") {
		t.Errorf("dark: %q", got)
	}
}

func TestWhatAScriptSaysAndThrowsIsHeard(t *testing.T) {
	page := Start(t).Open(t, pages(t)+"/script")
	got := strings.Join(page.Console(), "\n")
	for _, want := range []string{"said", "thrown"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q was not heard: %q", want, got)
		}
	}
}

func TestAPictureShowsThePage(t *testing.T) {
	page := Start(t).Open(t, pages(t)+"/good")
	page.Width(360)
	file := filepath.Join(t.TempDir(), "page.png")
	page.Screenshot(file)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.Decode(bytes.NewReader(content)); err != nil || picture.Bounds().Dx() != 360 {
		t.Errorf("%v, %d bytes", err, len(content))
	}
}

func TestWithoutChromiumOneIsToldWhatToInstall(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := find(); err == nil || !strings.Contains(err.Error(), "Debian package chromium") {
		t.Errorf("%v", err)
	}
}
