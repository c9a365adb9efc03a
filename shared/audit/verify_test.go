package audit_test

import (
	"errors"
	"fmt"
	"maps"
	"testing"

	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// The keys of the trail as docs/decisions/0029-audit.md says them: who tampers with it knows them.
func entryKey(n int) table.Key {
	return table.Key{Partition: "audit#000000000", Sort: fmt.Sprintf("%012d", n)}
}

var (
	headKey = table.Key{Partition: "audit_head", Sort: "head"}
	dayKey  = table.Key{Partition: "audit_day", Sort: "2026-03-02"}
)

// get, put and remove go round the trail, into its table.
func (w *world) get(key table.Key) table.Item {
	w.t.Helper()
	stored, err := w.table.Get(w.t.Context(), key)
	must(w.t, err)
	return stored
}

func (w *world) put(key table.Key, attributes table.Attributes) {
	w.t.Helper()
	must(w.t, w.table.Write(w.t.Context(), table.Write{Put: &table.Item{Key: key, Attributes: attributes}}))
}

func (w *world) remove(key table.Key) {
	w.t.Helper()
	must(w.t, w.table.Write(w.t.Context(), table.Write{Delete: key}))
}

// change changes one attribute of an item.
func (w *world) change(key table.Key, name string, value any) {
	w.t.Helper()
	attributes := maps.Clone(w.get(key).Attributes)
	attributes[name] = value
	w.put(key, attributes)
}

// rebuild writes the chain anew from entry n on, with all its hashes right, as somebody does who knows how they are made.
func (w *world) rebuild(from, to int, changed func(*audit.Entry)) {
	w.t.Helper()
	forged := newWorld(w.t)
	for n := 1; n <= to; n++ {
		var e audit.Entry
		must(w.t, records.Decode(w.get(entryKey(n)).Attributes, &e))
		if n == from {
			changed(&e)
		}
		attributes, err := records.Encode(e.Event)
		must(w.t, err)
		attributes["format"] = int64(1)
		forged.put(table.Key{Partition: "audit_open", Sort: e.ID}, attributes)
	}
	_, err := forged.Seal(w.t.Context())
	must(w.t, err)
	for n := from; n <= to; n++ {
		w.put(entryKey(n), forged.get(entryKey(n)).Attributes)
	}
	if to == length {
		w.put(headKey, forged.get(headKey).Attributes)
	}
}

// length of the trail that is tampered with.
const length = 12

func TestWhatIsTamperedWithIsFoundAtItsFirstPlace(t *testing.T) {
	for name, c := range map[string]struct {
		tamper func(w *world)
		flaw   audit.Flaw
		number int64
		known  bool // found only by who noted the head elsewhere
	}{
		"nothing":             {func(*world) {}, "", 0, true},
		"another person":      {func(w *world) { w.change(entryKey(5), "person", "zoe") }, audit.Changed, 5, false},
		"another object":      {func(w *world) { w.change(entryKey(5), "object", "FR#nice") }, audit.Changed, 5, false},
		"another action":      {func(w *world) { w.change(entryKey(5), "action", "application.read") }, audit.Changed, 5, false},
		"a denial allowed":    {func(w *world) { w.change(entryKey(1), "outcome", "denied") }, audit.Changed, 1, false},
		"another moment":      {func(w *world) { w.change(entryKey(12), "at", "2026-03-02T09:00:00Z") }, audit.Changed, 12, false},
		"something more":      {func(w *world) { w.change(entryKey(5), "note", "x") }, audit.Changed, 5, false},
		"another format":      {func(w *world) { w.change(entryKey(5), "format", int64(2)) }, audit.Foreign, 5, false},
		"another hash":        {func(w *world) { w.change(entryKey(5), "hash", "00") }, audit.Changed, 5, false},
		"an entry taken out":  {func(w *world) { w.remove(entryKey(5)) }, audit.Missing, 5, false},
		"the first taken out": {func(w *world) { w.remove(entryKey(1)) }, audit.Missing, 1, false},
		"the last taken out":  {func(w *world) { w.remove(entryKey(12)) }, audit.Missing, 12, false},
		"two entries in each other's place": {func(w *world) {
			fifth, sixth := w.get(entryKey(5)).Attributes, w.get(entryKey(6)).Attributes
			w.put(entryKey(5), sixth)
			w.put(entryKey(6), fifth)
		}, audit.Foreign, 5, false},
		"an entry twice": {func(w *world) { w.put(entryKey(6), w.get(entryKey(5)).Attributes) }, audit.Foreign, 6, false},
		"an entry put in": {func(w *world) {
			for n := length; n >= 5; n-- {
				w.put(entryKey(n+1), w.get(entryKey(n)).Attributes)
				w.change(entryKey(n+1), "number", int64(n+1))
			}
		}, audit.Changed, 6, false},
		"an entry put behind the last": {func(w *world) {
			w.put(entryKey(length+1), w.get(entryKey(length)).Attributes)
		}, audit.Beyond, length + 1, false},
		"an item that is no entry": {func(w *world) {
			w.put(table.Key{Partition: "audit#000000000", Sort: "5"}, table.Attributes{"format": int64(1)})
		}, audit.Foreign, length + 1, false},
		"one entry with its hash anew": {func(w *world) {
			w.rebuild(5, 5, func(e *audit.Entry) { e.Person = "zoe" })
		}, audit.Broken, 6, false},
		"the head moved back": {func(w *world) {
			w.put(headKey, table.Attributes{"format": int64(1), "number": int64(11), "hash": w.get(entryKey(11)).Attributes["hash"]})
		}, audit.Beyond, 12, false},
		"the head changed": {func(w *world) { w.change(headKey, "hash", "00") }, audit.HeadOff, 12, false},
		"a day elsewhere":  {func(w *world) { w.change(dayKey, "last", int64(2)) }, audit.DayOff, 1, false},
		"a day taken out":  {func(w *world) { w.remove(dayKey) }, audit.DayOff, 1, false},
		"all of it anew from the middle on": {func(w *world) {
			w.rebuild(5, length, func(e *audit.Entry) { e.Person = "zoe" })
		}, audit.Rewritten, 12, true},
		"the end cut off, and the head put there": {func(w *world) {
			w.put(headKey, table.Attributes{"format": int64(1), "number": int64(11), "hash": w.get(entryKey(11)).Attributes["hash"]})
			w.remove(entryKey(12))
			w.remove(table.Key{Partition: "audit_day", Sort: "2026-03-05"})
		}, audit.Shortened, 12, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			head := w.sealed(length)
			c.tamper(w)
			if flaw, number := w.flaw(head); flaw != c.flaw || c.flaw != "" && number != c.number {
				t.Errorf("found %q at %d, want %q at %d", flaw, number, c.flaw, c.number)
			}
			if flaw, _ := w.flaw(); (flaw == "") != (c.known || c.flaw == "") {
				t.Errorf("without the head found %q", flaw)
			}
		})
	}
}

func TestTheWholeTrailTakenAwayIsFoundByWhoNotedItsHead(t *testing.T) {
	w := newWorld(t)
	head := w.sealed(3)
	for n := 1; n <= 3; n++ {
		w.remove(entryKey(n))
	}
	w.remove(headKey)
	w.remove(dayKey)
	if flaw, number := w.flaw(head); flaw != audit.Shortened || number != 3 {
		t.Errorf("found %q at %d", flaw, number)
	}
}

func TestATrailThatGrewSinceItsHeadWasNotedIsWhole(t *testing.T) {
	w := newWorld(t)
	first := w.sealed(5)
	second := w.sealed(1100)
	checked, err := w.Verify(t.Context(), first, second)
	must(t, err)
	equal(t, checked.Head.Number, 1105)
	if flaw, number := w.flaw(audit.Head{Number: 5, Hash: second.Hash}); flaw != audit.Rewritten || number != 5 {
		t.Errorf("another head: found %q at %d", flaw, number)
	}
	w.note("anna", "call.extend", "")
	checked, err = w.Verify(t.Context(), second)
	must(t, err)
	equal(t, checked.Open, 1)
}

// Whoever puts an entry behind the head can't have it vouched for by what comes after it.
func TestOverAnEntryThatNobodySealedNothingIsSealed(t *testing.T) {
	for _, place := range []int{4, 5} { // the next one, and one behind it
		w := newWorld(t)
		w.sealed(3)
		w.put(entryKey(place), w.get(entryKey(3)).Attributes)
		w.note("anna", "call.extend", "")
		w.note("anna", "call.extend", "")
		_, err := w.Seal(t.Context())
		var fault *audit.Fault
		if !errors.As(err, &fault) || fault.Flaw != audit.Beyond || fault.Number != int64(place) {
			t.Fatalf("answers %v", err)
		}
		w.remove(entryKey(place))
		head, err := w.Seal(t.Context())
		must(t, err)
		equal(t, head.Number, 5)
		flaw, _ := w.flaw(head)
		equal(t, flaw, "")
	}
}

func TestSomethingAmongWhatWaitsThatIsNoEventIsToldAsAFault(t *testing.T) {
	w := newWorld(t)
	w.sealed(3)
	w.put(table.Key{Partition: "audit_open", Sort: "0"}, table.Attributes{"text": "nothing"})
	w.note("anna", "call.extend", "")
	_, err := w.Seal(t.Context())
	var fault *audit.Fault
	if !errors.As(err, &fault) || fault.Flaw != audit.Foreign || fault.Number != 4 {
		t.Errorf("answers %v", err)
	}
}
