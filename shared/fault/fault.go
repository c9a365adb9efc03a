// Package fault makes tables, files, queues and senders of mail fail as planned, for tests: it counts every operation that a process asks of
// them, and at one of these an answer is lost, a message comes twice or late, or the process is killed. It knows no engine, and nothing of what
// is stored.
//
// A Line is one play of something: its operations have one order, over all processes that take part one after the other. A play without a plan
// tells which operations there are and what can happen at each; then it is played again, once for each of these.
package fault

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Kind is what happens at an operation.
type Kind string

// The kinds of fault. Which of them an operation can meet is Operation.Kinds.
const (
	Refused Kind = "refused" // nothing is done, and the answer is that the engine is not available
	Lost    Kind = "lost"    // it is done, and the answer is the same as if it were not
	Killed  Kind = "killed"  // the process ends before anything is done
	Ended   Kind = "ended"   // the process ends when it is done
	// Of messages that are sent.
	Twice     Kind = "twice"     // the message is there two times
	Late      Kind = "late"      // the message comes in time, and once more when nothing else is left to do: Line.Deliver
	Overtaken Kind = "overtaken" // the message comes only when nothing else is left to do: Line.Deliver
)

var (
	reading = []Kind{Refused, Killed}
	writing = []Kind{Refused, Lost, Killed, Ended}
	sending = []Kind{Refused, Lost, Killed, Ended, Twice, Late, Overtaken}
)

// ErrKilled is what everything answers in a process that was killed.
var ErrKilled = errors.New("fault: the process was killed")

// Plan says what happens at which operation.
type Plan struct {
	At   int // the operation's number, from 1; 0 for none
	Kind Kind
}

// Operation is one that a process asked for.
type Operation struct {
	Name  string // "table.Write", "blob.Open"
	About string // the key, name or message that it is about
	Kinds []Kind // what can happen at it
}

// Line counts the operations of one play. It is safe for concurrent use; where several are asked for at once, their order is that in which
// they come.
type Line struct {
	plan Plan

	mu   sync.Mutex
	met  []Operation
	held []held
}

// held is a message that comes later.
type held struct {
	kind Kind
	send func(context.Context) error
}

// New begins a play.
func New(plan Plan) *Line { return &Line{plan: plan} }

// Operations are those that were asked for so far, in their order.
func (l *Line) Operations() []Operation {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.met)
}

// Happened reports whether the planned operation was asked for, and can meet what was planned.
func (l *Line) Happened() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return 0 < l.plan.At && l.plan.At <= len(l.met) && slices.Contains(l.met[l.plan.At-1].Kinds, l.plan.Kind)
}

// Deliver sends the messages that were held back for that kind of fault, Late or Overtaken, and tells how many there were.
func (l *Line) Deliver(ctx context.Context, kind Kind) (int, error) {
	l.mu.Lock()
	var due []held
	l.held = slices.DeleteFunc(l.held, func(h held) bool {
		if h.kind == kind {
			due = append(due, h)
		}
		return h.kind == kind
	})
	l.mu.Unlock()
	for _, h := range due {
		if err := h.send(ctx); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

func (l *Line) hold(kind Kind, send func(context.Context) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = append(l.held, held{kind, send})
}

// Process is one that takes part in a play, until it is killed: then nothing works in it any more, and whoever plays starts another one.
type Process struct {
	line   *Line
	ctx    context.Context
	cancel context.CancelFunc
}

// Start starts a process.
func (l *Line) Start(ctx context.Context) *Process {
	p := &Process{line: l}
	p.ctx, p.cancel = context.WithCancel(ctx)
	return p
}

// Context ends with the process.
func (p *Process) Context() context.Context { return p.ctx }

// Over reports whether the process was killed.
func (p *Process) Over() bool { return p.ctx.Err() != nil }

// next counts an operation, and tells what happens at it; "" is nothing.
func (p *Process) next(name, about string, kinds []Kind) Kind {
	l := p.line
	l.mu.Lock()
	defer l.mu.Unlock()
	if p.Over() {
		return Killed
	}
	l.met = append(l.met, Operation{name, about, kinds})
	if len(l.met) != l.plan.At || !slices.Contains(kinds, l.plan.Kind) {
		return ""
	}
	if l.plan.Kind == Killed {
		p.cancel()
	}
	return l.plan.Kind
}

// do does an operation as planned; unavailable is what its seam answers for an engine that isn't.
func (p *Process) do(name, about string, kinds []Kind, unavailable error, do func() error) error {
	switch p.next(name, about, kinds) {
	case Refused:
		return unavailable
	case Killed:
		return ErrKilled
	case Lost:
		_ = do() // nobody is told
		return unavailable
	case Ended:
		_ = do()
		p.cancel()
		return ErrKilled
	}
	if err := do(); err != nil || !p.Over() {
		return err
	}
	return ErrKilled // while this one was under way
}

// ask is do for what gives something.
func ask[T any](p *Process, name, about string, kinds []Kind, unavailable error, do func() (T, error)) (answer T, err error) {
	err = p.do(name, about, kinds, unavailable, func() error {
		answer, err = do()
		return err
	})
	if err != nil {
		var none T
		return none, err
	}
	return answer, nil
}
