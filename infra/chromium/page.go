package chromium

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Page is what a window shows. What can't be done with it ends the test.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu    sync.Mutex
	said  []string
	asked []string // addresses
	bytes int      // of all answers, as they were sent
}

// Go leads the window to an address, along all redirections, and gives the status of the answer that it shows.
func (p *Page) Go(address string) (status int) {
	p.t.Helper()
	return int(do(p, "go to "+address, chromedp.NavigateResponse(address)).Status)
}

// Click clicks on what a CSS selector finds, waits until the page that it leads to is loaded, and gives the status of its answer.
func (p *Page) Click(selector string) (status int) {
	p.t.Helper()
	click := func(ctx context.Context, _ *chromedp.Target) (*network.Response, error) {
		return chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	}
	return int(do(p, "click on "+selector, click).Status)
}

// Address is where the window is.
func (p *Page) Address() string {
	p.t.Helper()
	been := do(p, "ask for the address", chromedp.NavigationEntries()) // without a script, which a sandboxed page would refuse
	return been.Entries[been.CurrentIndex].URL
}

// Text is what can be read on the page. A page that is sandboxed then complains of the script that reads it.
func (p *Page) Text() string {
	p.t.Helper()
	return do(p, "read the page", chromedp.Evaluate[string](`document.body.innerText`))
}

// Lang is the language that the page says it is in, such as "fr"; "" where it says none.
func (p *Page) Lang() string {
	p.t.Helper()
	return do(p, "read the language", chromedp.Evaluate[string](`document.documentElement.lang`))
}

// Width makes the window that many pixels wide.
func (p *Page) Width(pixels int) {
	p.t.Helper()
	do(p, "change the width", chromedp.EmulateViewport(int64(pixels), 800))
}

// Scheme has the person prefer "light" or "dark" pages.
func (p *Page) Scheme(prefers string) {
	p.t.Helper()
	do(p, "change the colour scheme", call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: prefers}},
	}))
}

// Beyond names what reaches beyond the window's right edge and so makes the whole page scroll sideways.
func (p *Page) Beyond() []string {
	p.t.Helper()
	return do(p, "measure the page", chromedp.Evaluate[[]string](`(() => {
		const width = document.documentElement.clientWidth
		if (document.documentElement.scrollWidth <= width) return []
		const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().left + e.scrollWidth > width)
		return ['the page is ' + document.documentElement.scrollWidth + ' wide of ' + width,
			...wide.slice(0, 5).map(e => e.outerHTML.slice(0, 200))]
	})()`))
}

// Console gives what the page and the browser have complained of since the window was opened: errors, warnings, reports of its
// Content-Security-Policy, and all that a script said.
func (p *Page) Console() []string {
	p.t.Helper()
	do(p, "listen", chromedp.NavigationEntries()) // what the browser has said by now is heard before it answers
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.said)
}

// Loaded gives the addresses that the window has asked for since it was opened, and the bytes of the answers with their headers as they were
// sent: compressed, and nothing for what the browser had kept.
func (p *Page) Loaded() (addresses []string, bytes int) {
	p.t.Helper()
	do(p, "listen", chromedp.NavigationEntries())
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked), p.bytes
}

// Violations are the places at which axe-core finds that the page keeps somebody out, by the rules of WCAG and its own best practices. That
// none are found doesn't mean that there are none: a program can't see all. A sandboxed page can't be looked at.
func (p *Page) Violations() []string {
	p.t.Helper()
	do(p, "load axe-core", chromedp.Evaluate[chromedp.Void](p.axe()))
	return do(p, "run axe-core", chromedp.Evaluate[[]string](`axe.run(document, {preload: false, resultTypes: ['violations']}).then(found =>
		found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + ': ' + n.html.slice(0, 300) + ' ' + n.any.map(a => a.message))))`,
		chromedp.EvalAwaitPromise))
}

// axe is the program of axe-core.
func (p *Page) axe() string {
	p.t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		p.t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
		if folder == filepath.Dir(folder) {
			p.t.Fatal("this is no folder of the module")
		}
		folder = filepath.Dir(folder)
	}
	program, err := os.ReadFile(filepath.Join(folder, ".tools", "axe", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		p.t.Fatal("axe-core is not there; run infra/axe/install")
	}
	return string(program)
}

// Reads has the person read a language, such as "fr", from the next page on.
func (p *Page) Reads(lang string) {
	p.t.Helper()
	do(p, "say which language is read", call(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
		Headers: network.Headers{"Accept-Language": lang},
	}))
}

// Picture is a small picture of the page as WebP: of its full width and so many of its pixels from the top, in a scale of at most 1.
func (p *Page) Picture(tallest, scale float64) []byte {
	p.t.Helper()
	size := do(p, "measure the page", chromedp.Evaluate[[]float64](
		`[document.documentElement.clientWidth, document.documentElement.scrollHeight]`))
	quality, beyond := int64(pictureQuality), true
	return do(p, "take a picture", call(page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatWebp, Quality: &quality, CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{Width: size[0], Height: min(size[1], tallest), Scale: scale},
	})).Data
}

// pictureQuality is enough to read what is written on a picture of a page, of 100.
const pictureQuality = 50

// Screenshot writes the whole page into a file as a PNG image.
func (p *Page) Screenshot(file string) {
	p.t.Helper()
	if err := os.WriteFile(file, do(p, "take a picture", chromedp.FullScreenshot(100)), 0o600); err != nil {
		p.t.Fatal(err)
	}
}
