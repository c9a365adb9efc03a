// Package chromium opens pages in Debian's Chromium for tests, as people see them, and says what is wrong with them. It knows nothing of
// what is on the pages.
package chromium

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long anything that is asked of the browser may take, on a machine that has other work.
const patience = 3 * time.Minute

// Browser is a running Chromium without a window.
type Browser struct{ ctx context.Context }

// Start starts a browser, which ends with the test. It is led by a pipe, so that nothing listens, and takes any certificate.
func Start(t testing.TB) *Browser {
	t.Helper()
	program, err := find()
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.IgnoreCertErrors, chromedp.DisableGPU, chromedp.WindowSize(1280, 800),
		chromedp.NoSandbox, // root has none, and a container lets nobody make one; the pages are our own
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"), // it reaches this machine only
	)
	allocator, free := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		polite, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		_ = chromedp.Cancel(polite) // who doesn't end politely is ended
		end()
		free()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium: %v", err)
	}
	return &Browser{ctx}
}

// find is where the program is.
func find() (string, error) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		return "", errors.New("chromium is not on PATH; install the Debian package chromium")
	}
	return program, nil
}

// Open opens an address in a window of its own, which shares no cookies with others, is 1280 pixels wide and belongs to somebody who reads
// English, and waits until it is loaded.
func (b *Browser) Open(t testing.TB, address string) *Page {
	t.Helper()
	return b.OpenIn(t, "en", address)
}

// OpenIn is Open for somebody who reads another language, such as "fr".
func (b *Browser) OpenIn(t testing.TB, lang, address string) *Page {
	t.Helper()
	p := &Page{t: t}
	ctx, closed := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.hear))
	t.Cleanup(closed)
	p.ctx = ctx
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium: open a window: %v", err)
	}
	p.Reads(lang)
	p.Go(address)
	return p
}

// hear writes down what a page, or the browser about it, complains of: errors, warnings, and what a policy refused.
func (p *Page) hear(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			p.note(string(e.Entry.Source), e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		said := []string{"console." + string(e.Type)}
		for _, arg := range e.Args {
			said = append(said, string(arg.Value), arg.Description)
		}
		p.note(said...)
	case *runtime.EventExceptionThrown:
		said := []string{"exception", e.ExceptionDetails.Text}
		if thrown := e.ExceptionDetails.Exception; thrown != nil {
			said = append(said, thrown.Description)
		}
		p.note(said...)
	case *network.EventRequestWillBeSent:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked = append(p.asked, e.Request.URL)
	case *network.EventLoadingFinished:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.bytes += int(e.EncodedDataLength)
	}
}

func (p *Page) note(said ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = append(p.said, strings.Join(said, " "))
}

// do carries out one action, which has so much patience as everything.
func do[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	got, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("chromium: %s: %v", what, err)
	}
	return got
}

// call sends one command of the DevTools protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[R] {
	return func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, params)
	}
}
