package faults

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/fault"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/table"
)

// play is what people do, and the product by itself.
type play struct {
	name string
	at   time.Time // when it is
	// moves has the product's clock go on while messages wait; else it stands still.
	moves bool
	long  bool // too long for all its faults in every run of the tests
	// base is what there is before it: it is done once, without a fault.
	base  []step
	steps []step
	// post is closed while this says so; nil: never.
	shut func(w *world) bool
	// settled prints an item, or what the audit trail says, as far as it must be the same whatever happened; nil: all of it.
	settled func(key, printed string) string
}

// step is something that is done until it is answered.
type step func(w *world) error

// from is where every play of one kind begins on one engine.
type from struct {
	engine engine
	state  *state
}

// base does what there is before a play.
func (e engine) base(t testing.TB, p play) from {
	t.Helper()
	w := newWorld(t, e.filled(t, &state{blobs: map[string][]byte{}}), p, fault.Plan{}, "base")
	defer func() { w.must(w.kept.close()) }()
	w.must(w.start(t.Context()))
	for _, do := range p.base {
		w.must(do(w))
	}
	whole, err := w.kept.whole(t.Context())
	w.must(err)
	return from{e, whole}
}

func newWorld(t testing.TB, kept stores, p play, plan fault.Plan, part string) *world {
	t.Helper()
	w := &world{t: t, kept: kept, line: fault.New(plan), began: p.at, moves: p.moves, post: &post{}}
	if part == "base" { // its identifiers are earlier ones
		w.began = p.at.Add(-time.Hour)
	}
	w.ids = identity.NewIDs(identity.Fixed(w.began), counting{})
	if p.shut != nil {
		w.post.shut = func() bool { return p.shut(w) }
	}
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// end is what is left of a play.
type end struct {
	points   []fault.Operation
	happened bool
	failed   error
	left     map[string]string // what is stored, by key or name, with the letters that left
}

// played plays once.
func (f from) played(t testing.TB, p play, plan fault.Plan) end {
	t.Helper()
	w := newWorld(t, f.engine.filled(t, f.state), p, plan, "play")
	defer func() { w.must(w.kept.close()) }()
	w.must(w.start(t.Context()))
	var e end
	for n, do := range p.steps {
		if err := do(w); err != nil {
			e.failed = fmt.Errorf("step %d: %w", n+1, err)
			break
		}
	}
	e.points, e.happened = w.line.Operations(), w.line.Happened()
	if _, err := w.line.Deliver(t.Context(), fault.Late); err != nil {
		t.Fatal(err)
	}
	if err := w.settle(t.Context()); err != nil && e.failed == nil {
		e.failed = fmt.Errorf("at the end: %w", err)
	}
	if _, err := w.running.parts.Trail().Verify(w.running.life.Context()); err != nil && e.failed == nil {
		e.failed = err
	}
	whole, err := w.kept.whole(t.Context())
	w.must(err)
	e.left = whole.printed(w.post.left, p.settled)
	return e
}

// printed is what is stored as text, with the identifiers that were given out in the play called by their order: a try that failed may have
// taken one.
func (s *state) printed(left []mail.Message, settled func(key, printed string) string) map[string]string {
	names := map[string]string{}
	call := func(text string) string {
		return identifiers.ReplaceAllStringFunc(text, func(id string) string {
			if names[id] == "" {
				names[id] = fmt.Sprintf("identifier-%d", len(names)+1)
			}
			return names[id]
		})
	}
	out := map[string]string{}
	put := func(key, text string) {
		for out[key] != "" {
			key += " again"
		}
		out[key] = text
	}
	if settled == nil {
		settled = func(_, printed string) string { return printed }
	}
	var trail []table.Item // last, so that identifiers are called by what else there is
	for _, item := range s.items {
		if strings.HasPrefix(item.Key.Partition, "audit") {
			trail = append(trail, item)
			continue
		}
		attributes, err := json.Marshal(withoutTries(item)) // in the order of names
		if err != nil {
			panic(err)
		}
		text := fmt.Sprintf("%s %v %v", attributes, item.Index, item.Expires)
		key := call("item " + item.Key.String())
		put(key, settled(key, call(text)))
	}
	for _, name := range slices.Sorted(maps.Keys(s.blobs)) {
		content := string(s.blobs[name])
		if utf8.ValidString(content) {
			content = call(content)
		}
		put(call("blob "+name), content)
	}
	for _, letter := range left {
		put(call("letter "+letter.ID), letter.To+" "+letter.Subject+" "+letter.Text)
	}
	for _, item := range trail {
		if event := call(noted(item)); event != "" && settled(event, "noted") != "" {
			out[event] = "noted"
		}
	}
	return out
}

// noted is what an item of the audit trail says that somebody did, "" where it says nothing of that. Who asks twice is noted twice, so how
// often is left out; Verify tells whether the trail is whole.
func noted(item table.Item) string {
	if item.Attributes["person"] == nil {
		return ""
	}
	return fmt.Sprint("audit ", item.Attributes["person"], " ", item.Attributes["action"], " ", item.Attributes["object"], " ", item.Attributes["outcome"])
}

// withoutTries are an item's attributes without what tells how often something was begun: an import's history has each time.
func withoutTries(item table.Item) table.Attributes {
	switch {
	case item.Key.Partition == "import":
		delete(item.Attributes, "attempt")
		if history, ok := item.Attributes["history"].([]any); ok {
			item.Attributes["history"] = slices.CompactFunc(history, func(a, b any) bool { return reflect.DeepEqual(a, b) })
		}
	case strings.HasPrefix(item.Key.Partition, "lock#"):
		delete(item.Attributes, "version")
	}
	return item.Attributes
}

// identifiers are those that identity.IDs makes.
var identifiers = regexp.MustCompile(`\b0[0-9a-hjkmnp-tv-z]{25}\b`)

// outcome is how the end of a play with a fault differs from that of the same one without.
type outcome struct {
	failed                   error
	lost, doubled, differing []string
}

func (o outcome) same() bool {
	return o.failed == nil && len(o.lost)+len(o.doubled)+len(o.differing) == 0
}

// String lists the differences, of each kind some.
func (o outcome) String() string {
	var out strings.Builder
	if o.failed != nil {
		fmt.Fprintf(&out, "  fails: %v\n", o.failed)
	}
	for _, list := range []struct {
		what string
		keys []string
	}{{"lost", o.lost}, {"too much", o.doubled}, {"differs", o.differing}} {
		for n, key := range list.keys {
			if n == 5 {
				fmt.Fprintf(&out, "  … %d in all\n", len(list.keys))
				break
			}
			fmt.Fprintf(&out, "  %s: %s\n", list.what, key)
		}
	}
	return out.String()
}

func compare(want, got end) outcome {
	o := outcome{failed: got.failed}
	for _, key := range slices.Sorted(maps.Keys(want.left)) {
		there, ok := got.left[key]
		switch {
		case !ok:
			o.lost = append(o.lost, key)
		case there != want.left[key]:
			o.differing = append(o.differing, key+"\n    "+difference(want.left[key], there))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got.left)) {
		if _, ok := want.left[key]; !ok {
			o.doubled = append(o.doubled, key)
		}
	}
	return o
}

// difference shows two texts from where they part.
func difference(want, got string) string {
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	from := max(0, at-60)
	return fmt.Sprintf("want …%.200s\n    got  …%.200s", want[from:], got[from:])
}
