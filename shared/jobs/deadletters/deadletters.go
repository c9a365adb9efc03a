// Package deadletters has people look through the tasks that could not be done, send them again or discard them. It knows what a task is about
// and why it failed; it does no task, and not what keeps the queues.
package deadletters

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/table"
)

// Line is a work queue with its dead letters.
type Line struct {
	Name    string          // such as "check": lower-case letters
	Queue   queue.Sender    // brings tasks to the job
	Letters queue.Graveyard // keeps those that it could not do
}

// Work is what a task is to do.
type Work string

// The works.
const (
	Check    Work = "check"    // an upload
	Annotate Work = "annotate" // the sender's workbook
	Commit   Work = "commit"   // a plan
	Undo     Work = "undo"     // an import
	Recover  Work = "recover"  // commits and undos that were left behind
	Export   Work = "export"   // a file from what is stored
	Template Work = "template" // an empty workbook
	Deliver  Work = "deliver"  // an e-mail
	Outcome  Work = "outcome"  // what became of an e-mail, to be noted
	Unknown  Work = ""         // the task can't be read
)

// Works lists them, but for Unknown.
func Works() []Work {
	return []Work{Check, Annotate, Commit, Undo, Recover, Export, Template, Deliver, Outcome}
}

// Letter is a dead letter: a task that could not be done. What it says beyond what stands here is nobody's to see, as it may name people.
type Letter struct {
	ID   string // the queue's name, a hyphen, the message's identifier
	Line string
	Work Work
	// What it is about, as far as it is about one: an import, an export or a summary, by identifier.
	Import, Export, Summary string
	task.Failure                      // why; Sent is when the task was sent first, zero where that isn't known
	Since                   time.Time // when it failed last; where nobody noted that, when it was sent
}

// Service looks after the dead letters of several queues. It is safe for concurrent use.
type Service struct{ lines []Line }

// New makes a Service.
func New(lines []Line) *Service { return &Service{slices.Clone(lines)} }

// Lines are the names of the queues.
func (s *Service) Lines() []string {
	names := make([]string, len(s.lines))
	for i, l := range s.lines {
		names[i] = l.Name
	}
	return names
}

// List is a page of at most limit letters, the longest there first; line chooses those of one queue, "" all. next is "" after the last one. Of one
// queue the first queue.MaxLetters are looked at: the others come up when those were dealt with. table.ErrCursor; queue.ErrUnavailable.
func (s *Service) List(ctx context.Context, line string, after table.Cursor, limit int) (page []Letter, next table.Cursor, err error) {
	if after != "" {
		if _, _, ok := readCursor(after); !ok {
			return nil, "", table.ErrCursor
		}
	}
	all, err := s.all(ctx, line)
	if err != nil {
		return nil, "", err
	}
	for _, l := range all {
		if after == "" || cursorOf(l) > after {
			page = append(page, l)
		}
	}
	if len(page) > limit {
		page = page[:limit]
		next = cursorOf(page[limit-1])
	}
	return page, next, nil
}

// all looks at the queues beside each other, since with some engines each takes a second.
func (s *Service) all(ctx context.Context, line string) (all []Letter, err error) {
	var looking sync.WaitGroup
	found, errs := make([][]Letter, len(s.lines)), make([]error, len(s.lines))
	for i, l := range s.lines {
		if line != "" && l.Name != line {
			continue
		}
		looking.Go(func() {
			letters, _, err := l.Letters.Letters(ctx, queue.MaxLetters)
			errs[i] = err
			for _, d := range letters {
				found[i] = append(found[i], letterOf(l.Name, d))
			}
		})
	}
	looking.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	all = slices.Concat(found...)
	slices.SortFunc(all, func(a, b Letter) int { return cmp.Compare(cursorOf(a), cursorOf(b)) })
	return all, nil
}

// cursorOf is a letter's place in the list: when it died, to the millisecond, and its identifier.
func cursorOf(l Letter) table.Cursor {
	return table.Cursor(l.Since.UTC().Format(cursorTime) + "." + l.ID)
}

const cursorTime = "20060102T150405.000"

func readCursor(c table.Cursor) (time.Time, string, bool) {
	if len(c) <= len(cursorTime) || c[len(cursorTime)] != '.' {
		return time.Time{}, "", false
	}
	at, err := time.Parse(cursorTime, string(c[:len(cursorTime)]))
	id := string(c[len(cursorTime)+1:])
	return at, id, err == nil && identity.WellFormed(id)
}

// Expire takes the letters away that died before a moment, at most so many of them; more: there are others. With try none is taken.
func (s *Service) Expire(ctx context.Context, before time.Time, most int, try bool) (n int, more bool, err error) {
	all, err := s.all(ctx, "")
	if err != nil {
		return 0, false, err
	}
	for _, l := range all {
		if !l.Since.Before(before) {
			break // they stand in the order of their deaths
		}
		if more = n == most; more {
			break
		}
		if !try {
			if _, err := s.Discard(ctx, l.ID); err != nil && !isUnknown(err) {
				return n, false, err
			}
		}
		n++
	}
	return n, more, nil
}

// isUnknown: somebody else dealt with it first.
func isUnknown(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == "DEAD_LETTER_UNKNOWN"
}

// held is for how long a letter is kept from others while it is dealt with.
const held = time.Minute

// Again sends a task once more, as if it never had been put off, and takes its letter away: in this order, so that what is interrupted leaves both,
// and tasks are done once however often they come. DEAD_LETTER_UNKNOWN; queue.ErrUnavailable.
func (s *Service) Again(ctx context.Context, id string) (Letter, error) {
	return s.settle(ctx, id, func(l Line, d *queue.Delivery) error { return l.Queue.Send(ctx, task.Afresh(d.Body), 0) })
}

// Discard takes a letter away: its task is never done. As Again.
func (s *Service) Discard(ctx context.Context, id string) (Letter, error) {
	return s.settle(ctx, id, func(Line, *queue.Delivery) error { return nil })
}

func (s *Service) settle(ctx context.Context, id string, do func(Line, *queue.Delivery) error) (Letter, error) {
	unknown := problem.New("DEAD_LETTER_UNKNOWN").Valued(id)
	name, message, _ := strings.Cut(id, "-")
	i := slices.IndexFunc(s.lines, func(l Line) bool { return l.Name == name })
	if i < 0 || !identity.WellFormed(message) {
		return Letter{}, unknown
	}
	line := s.lines[i]
	d, err := line.Letters.Take(ctx, message, held)
	if err != nil {
		return Letter{}, err
	}
	if d == nil {
		return Letter{}, unknown
	}
	if err := do(line, d); err != nil {
		// Where it can't be put back either, its hiding ends by itself.
		_ = line.Letters.Return(context.WithoutCancel(ctx), *d, 0)
		return Letter{}, err
	}
	return letterOf(name, *d), line.Letters.Done(ctx, *d)
}

func letterOf(line string, d queue.Delivery) Letter {
	l := Letter{ID: line + "-" + d.ID, Line: line, Failure: task.ReadFailure(d.Reason)}
	if l.Sent.IsZero() && l.At.IsZero() {
		l.Sent = d.Sent
	}
	if l.Since = l.At; l.Since.IsZero() {
		l.Since = d.Sent
	}
	l.read(d.Body)
	return l
}

// read finds out what a task is about.
func (l *Letter) read(body []byte) {
	if names, event, _ := task.Stored(body); event {
		l.Work = Check
		for _, name := range names {
			if id, ok := strings.CutPrefix(name, intake.Incoming("")); ok && identity.WellFormed(id) {
				l.Import = id
			}
		}
		return
	}
	t, err := task.Read(body)
	if err != nil {
		return
	}
	for to, id := range map[*string]string{&l.Import: t.Import, &l.Export: t.Export} {
		if identity.WellFormed(id) {
			*to = id
		}
	}
	letter, isLetter := outbox.ParseLetter(t.Letter)
	l.Summary = letter.Summary
	switch {
	case isLetter && t.Step == "":
		l.Work = Deliver
	case isLetter || l.Line == "bounce":
		l.Work = Outcome
	case t.Template != nil:
		l.Work = Template
	case l.Export != "":
		l.Work = Export
	case t.Step == task.Recovering:
		l.Work = Recover
	case l.Import == "":
	case t.Step == task.Annotating:
		l.Work = Annotate
	case t.Step == task.Undoing:
		l.Work = Undo
	case t.Plan != "":
		l.Work = Commit
	default:
		l.Work = Check
	}
}
