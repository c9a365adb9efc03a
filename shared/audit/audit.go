// Package audit keeps the trail of who did what to which thing: append-only, and linked by hashes, so that what is changed in it, taken out of
// it or put into it afterwards is found. It has identifiers only, no name, address or text of anybody, and doesn't know who may do what.
package audit

import (
	"context"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/learning-cities/guildhall/shared/access"
)

// Door is where somebody came in.
type Door string

// The doors. An event of none is of a program within the product.
const (
	Page    Door = "page"
	API     Door = "api"
	Command Door = "command"
	Tick    Door = "clock"
)

// Doors lists them.
var Doors = [...]Door{Page, API, Command, Tick}

// Outcome is what came of asking for leave.
type Outcome string

// The outcomes.
const (
	Allowed Outcome = "allowed" // noted before it was done: whether it then succeeded, what it is about tells
	Denied  Outcome = "denied"
)

// Event is that somebody asked for something.
type Event struct {
	ID      string        `json:"id"` // they sort by the time of their making
	At      time.Time     `json:"at"` // UTC, to the millisecond
	Person  string        `json:"person"`
	Role    access.Role   `json:"role"`
	Action  access.Action `json:"action"`
	Kind    string        `json:"kind"`    // of the object, see KindOf
	Object  string        `json:"object"`  // identifier; "" for a list, and for what has none
	Request string        `json:"request"` // identifier of the request, as the log has it; "" outside of one
	Door    Door          `json:"door"`
	Outcome Outcome       `json:"outcome"`
}

// KindOf is the kind of object that an action is about: the part of its name before the dot.
func KindOf(do access.Action) string {
	kind, _, _ := strings.Cut(string(do), ".")
	return kind
}

// longestID is how many bytes an identifier may have in the trail.
const longestID = 300

// Identifier is a text where it can be an identifier of ours, else "": at most 300 bytes of letters, digits, '-', '_', '#', '/' and '.'. What
// somebody put into an address is kept out so, which may be anything, an address of e-mail or a sentence.
func Identifier(text string) string {
	if len(text) > longestID {
		return ""
	}
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("-_#/.", r) || r == unicode.ReplacementChar {
			return ""
		}
	}
	return text
}

// call is a request, of which each thing is noted once.
type call struct {
	request string
	door    Door
	mu      sync.Mutex // held while an event is written, so that nobody goes on before it is
	noted   map[Event]bool
}

type callKey struct{}

// WithCall is a context in which a request came in through a door. What it asks for several times is noted once.
func WithCall(ctx context.Context, request string, by Door) context.Context {
	return context.WithValue(ctx, callKey{}, &call{request: request, door: by, noted: map[Event]bool{}})
}
