package command

import (
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/learning-cities/guildhall/shared/imports"
)

// progress shows how far long work has come, on one line that is written over, and only where a person looks at it.
type progress struct {
	mu    sync.Mutex
	out   io.Writer // nil: nobody looks
	shown bool
}

func newProgress(out io.Writer, quiet bool) *progress {
	file, ok := out.(*os.File)
	if quiet || !ok || !term.IsTerminal(int(file.Fd())) {
		return &progress{}
	}
	return &progress{out: out}
}

// rows implements imports.Progress.
func (p *progress) rows(stage imports.Stage, rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.out != nil {
		fmt.Fprintf(p.out, "\r\x1b[K%s: %d rows", stage, rows)
		p.shown = true
	}
}

// end leaves the line empty for what comes after.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
