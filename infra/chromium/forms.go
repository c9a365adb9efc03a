package chromium

import (
	"strconv"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Fill types a text into what a CSS selector finds, in place of what stands there.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	do(p, "select "+selector, chromedp.Evaluate[chromedp.Void](`document.querySelector(`+strconv.Quote(selector)+`).select()`)) // which focuses it
	do(p, "type into "+selector, call(input.InsertText, input.InsertTextParams{Text: text}))                                    // at once: keys take their time one by one
}

// Choose chooses a file for a form.
func (p *Page) Choose(selector, file string) {
	p.t.Helper()
	do(p, "choose a file for "+selector, chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}))
}

// Press clicks on what a CSS selector finds, which leads nowhere.
func (p *Page) Press(selector string) {
	p.t.Helper()
	do(p, "press "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// Await waits until a CSS selector finds something that is to be seen.
func (p *Page) Await(selector string) {
	p.t.Helper()
	do(p, "wait for "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
}

// Scriptless has the window run no scripts of the pages that it is led to from now on.
func (p *Page) Scriptless() {
	p.t.Helper()
	do(p, "switch scripts off", call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
}

// Fetch asks for an address with the window's cookies, without leading it there, and gives how many bytes the answer has; 0 where it is refused.
// Redirections within its origin are followed.
func (p *Page) Fetch(address string) int {
	p.t.Helper()
	script := `fetch(` + strconv.Quote(address) + `).then(a => a.ok ? a.arrayBuffer() : new ArrayBuffer(0)).then(b => b.byteLength)`
	return do(p, "fetch "+address, chromedp.Evaluate[int](script, chromedp.EvalAwaitPromise))
}
