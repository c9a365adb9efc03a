// Package histories has several processes work on one store at once, writes down what each asked for and was answered, and holds what was
// written down to a model in which everything happens one after the other. It knows the product's limits, seats, books and sheets from
// outside, as their rules state them, and not how they are kept.
package histories

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/anishathalye/porcupine"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

// Asked is what a client asks for. Numbers stand for what the subject makes of them, such as a place in its list of cities.
type Asked struct {
	Act     string
	Who     int // a city
	Where   int // a cluster
	Day     int
	Amount  int64
	Request int // from 1; a repetition of a request has its number. 0 for what is no request
}

// Answered is what came back.
type Answered struct {
	Lost bool         // nothing did: it may have been done or not
	Code problem.Code // why it was refused; "" where it was done
	Seen string       // what a reader saw
}

// done is the answer to something that was done, or that nobody heard of.
func (a Answered) done() bool { return a.Lost || a.Code == "" }

// nothing is the answer to what was in the way of others and has changed nothing, which may be said at any time.
func (a Answered) nothing() bool {
	return a.Code == "RECORD_BUSY" || a.Code == "PLAN_STALE" || a.Code == notChecked
}

// notChecked is the answer to a sheet whose check had no answer: a check changes nothing.
const notChecked problem.Code = "not checked"

var errNotChecked = errors.New("histories: the check has no answer")

// Subject is what a history is about.
type Subject struct {
	Name string
	// begin puts on record what there is before the history.
	begin func(ctx context.Context, p *process) error
	// draw is what a client asks for next; all but the request is to be drawn.
	draw func(r *rand.Rand) Asked
	// ask has it done. An error that is neither a problem nor one after which nobody knows is the product's fault.
	ask func(ctx context.Context, p *process, asked Asked) (seen string, err error)
	// last is what a reader asks for when everybody is done, on a store that has no faults any more.
	last []Asked
	// sound tells what is wrong with what is stored in the end.
	sound func(ctx context.Context, p *process) error
	model porcupine.Model
}

// Play says how a history comes about.
type Play struct {
	Seed      uint64
	Processes int
	Each      int // what each process asks for
	// Begun is called when what there is before the history is on record; it may be nil.
	Begun func()
	// Faults is how many of 1,000 calls to the store fail, a third of them after they took effect; half of them tell the process
	// that the store is unavailable, the others that its time is over.
	Faults int
}

// Finding is what a history shows to be wrong.
type Finding struct {
	Subject string
	Seed    uint64
	// Broken tells what no order of the operations explains, or what the product said of itself; "" where nothing is wrong.
	Broken string
	// Ordered says that the answers are those of an order, whatever else is wrong.
	Ordered    bool
	Operations int
	Lost       int // operations without an answer
	Calls      int // to the store
}

// String implements fmt.Stringer.
func (f Finding) String() string {
	return fmt.Sprintf("%s, seed %d: %d operations, %d without an answer, %d calls to the store", f.Subject, f.Seed, f.Operations, f.Lost, f.Calls)
}

// history is what was asked and answered, by a clock that counts both.
type history struct {
	clock atomic.Int64

	mu         sync.Mutex
	operations []porcupine.Operation
	faults     []string
	lost       int
}

// do asks for something and writes down what came of it.
func (h *history) do(ctx context.Context, s Subject, p *process, asked Asked) {
	call := h.clock.Add(1)
	seen, err := safely(ctx, s, p, asked)
	answered := Answered{Seen: seen}
	var refusal *problem.Problem
	var refused *registry.Refused
	var busy *records.BusyError
	var fault error
	switch {
	case err == nil:
	case errors.Is(err, errNotChecked):
		answered.Code = notChecked
	case errors.As(err, &busy):
		answered.Code = "RECORD_BUSY"
	case errors.As(err, &refused):
		answered.Code = refused.Problems[0].Code
	case errors.As(err, &refusal):
		answered.Code = refusal.Code
	default:
		answered.Lost = true
		if !unknown(err) {
			fault = err
		}
	}
	back := h.clock.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if fault != nil {
		h.faults = append(h.faults, fmt.Sprintf("%+v: %v", asked, fault))
	}
	if answered.Lost {
		h.lost++
	}
	h.operations = append(h.operations, porcupine.Operation{ClientId: p.number, Input: asked, Output: answered, Call: call, Return: back})
}

// safely asks, and makes an error of a panic.
func safely(ctx context.Context, s Subject, p *process, asked Asked) (seen string, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	return s.ask(ctx, p, asked)
}

// unknown reports whether nobody can tell after an error if what was asked for has happened.
func unknown(err error) bool {
	return errors.Is(err, table.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded)
}

// Run plays a history of a subject over an empty table, with files in an empty folder, and looks for what is wrong with it. The table is
// closed by the caller. An error is one of the scenery, not of what is looked at.
func Run(ctx context.Context, s Subject, play Play, over table.Table, folder string) (Finding, error) {
	found := Finding{Subject: s.Name, Seed: play.Seed}
	w, err := newWorld(play, over, folder)
	if err != nil {
		return found, err
	}
	before, err := w.process(play.Processes, false)
	if err != nil {
		return found, err
	}
	if err := s.begin(ctx, before); err != nil {
		return found, fmt.Errorf("histories: %s: %w", s.Name, err)
	}
	if play.Begun != nil {
		play.Begun()
	}
	h := &history{}
	if err := w.play(ctx, s, h); err != nil {
		return found, err
	}
	after, err := w.process(play.Processes+1, false)
	if err != nil {
		return found, err
	}
	h.end(ctx, s, after)
	found.Operations, found.Lost, found.Calls = len(h.operations), h.lost, w.turns.calls
	found.Ordered = porcupine.CheckOperations(s.model, h.operations)
	broken := slices.Clone(h.faults)
	if !found.Ordered {
		broken = append(broken, "no order of these explains the answers:\n"+h.String())
	}
	if err := safelySound(ctx, s, after); err != nil {
		broken = append(broken, err.Error())
	}
	found.Broken = strings.Join(broken, "\n")
	return found, nil
}

// end finishes what was left in the middle, and reads what there is then. Operations without an answer end after everything else.
func (h *history) end(ctx context.Context, s Subject, p *process) {
	if _, err := p.imports.Recover(ctx); err != nil {
		h.faults = append(h.faults, "recover: "+err.Error())
	}
	for _, asked := range s.last {
		h.do(ctx, s, p, asked)
	}
	forever := h.clock.Add(1)
	for i := range h.operations {
		if h.operations[i].Output.(Answered).Lost {
			h.operations[i].Return = forever
		}
	}
}

func safelySound(ctx context.Context, s Subject, p *process) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	if s.sound == nil {
		return nil
	}
	return s.sound(ctx, p)
}

// String lists the operations in the order in which they were asked for.
func (h *history) String() string {
	ordered := slices.Clone(h.operations)
	slices.SortFunc(ordered, func(a, b porcupine.Operation) int { return int(a.Call - b.Call) })
	var text strings.Builder
	for _, o := range ordered {
		fmt.Fprintf(&text, "%4d–%-4d process %d: %+v → %+v\n", o.Call, o.Return, o.ClientId, o.Input, o.Output)
	}
	return text.String()
}

// modelled makes a model of a step over states that can be compared. A step is told what was asked and answered, and says whether that is
// what would be answered now and what is so afterwards; what was lost it answers as it would, which then may stand at the end of
// all as if it had not happened.
func modelled[S comparable](begin S, step func(now S, asked Asked, answered Answered) (bool, S)) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return begin },
		Step: func(state, input, output any) (bool, any) {
			now, answered := state.(S), output.(Answered)
			if answered.nothing() {
				return true, now
			}
			return step(now, input.(Asked), answered)
		},
	}
}

// requests are those that were done, by their numbers, of which there are at most 64.
type requests uint64

func (r requests) has(n int) bool                  { return n > 0 && r&(1<<(n-1)) != 0 }
func (r requests) with(n int) requests             { return r | 1<<(n-1) }
func refusedAs(a Answered, code problem.Code) bool { return a.Lost || a.Code == code }
