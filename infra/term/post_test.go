package term

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/table"
)

// errDead is what everything answers in a process that was ended.
var errDead = errors.New("term: the process has ended")

// life is that of a process: each step that others can see (a write, a message of the queue, an e-mail) counts, and at one of them it ends.
type life struct {
	mu     sync.Mutex
	steps  int
	last   int  // the step at which it ends; 0 is none
	effect bool // that step takes effect, and only its answer is lost
	over   bool
}

func (l *life) step(do func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return errDead
	}
	l.steps++
	if l.steps != l.last {
		return do()
	}
	l.over = true
	if l.effect {
		_ = do() // nobody is there to hear what came of it
	}
	return errDead
}

func (l *life) ended() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}

// mortal is the table as a process sees it that can end.
type mortal struct {
	table.Table
	life *life
}

// Get implements table.Table.
func (m mortal) Get(ctx context.Context, key table.Key) (table.Item, error) {
	if m.life.ended() {
		return table.Item{}, errDead
	}
	return m.Table.Get(ctx, key)
}

// GetEach implements table.Table.
func (m mortal) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	if m.life.ended() {
		return nil, errDead
	}
	return m.Table.GetEach(ctx, keys)
}

// Query implements table.Table.
func (m mortal) Query(ctx context.Context, q table.Query) (table.Page, error) {
	if m.life.ended() {
		return table.Page{}, errDead
	}
	return m.Table.Query(ctx, q)
}

// Write implements table.Table.
func (m mortal) Write(ctx context.Context, w table.Write) error {
	return m.life.step(func() error { return m.Table.Write(ctx, w) })
}

// Transact implements table.Table.
func (m mortal) Transact(ctx context.Context, ws []table.Write) error {
	return m.life.step(func() error { return m.Table.Transact(ctx, ws) })
}

// WriteEach implements table.Table: each write is a step.
func (m mortal) WriteEach(ctx context.Context, ws []table.Write) []error {
	errs := make([]error, len(ws))
	failed := false
	for i, w := range ws {
		errs[i] = m.Write(ctx, w)
		failed = failed || errs[i] != nil
	}
	if !failed {
		return nil
	}
	return errs
}

// waiting is a queue that outlives processes.
type waiting struct {
	mu   sync.Mutex
	list [][]byte
}

func (w *waiting) add(body []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, body)
}

// take gives the messages that wait, and leaves none.
func (w *waiting) take() [][]byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.list
	w.list = nil
	return list
}

// line is the queue as a process sends to it.
type line struct {
	*waiting
	life *life
}

var _ queue.Sender = line{}

// Send implements queue.Sender.
func (l line) Send(_ context.Context, body []byte, _ time.Duration) error {
	return l.life.step(func() error {
		l.add(body)
		return nil
	})
}

// sent is an e-mail that left.
type sent struct {
	at time.Time
	mail.Message
}

// post takes e-mails, of whichever process.
type post struct {
	mu   sync.Mutex
	left []sent
}

// counter is where a process hands e-mails in.
type counter struct {
	*post
	life *life
	now  func() time.Time
}

var _ mail.Sender = counter{}

// Send implements mail.Sender.
func (c counter) Send(_ context.Context, m mail.Message) (string, error) {
	return m.ID, c.life.step(func() error {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.left = append(c.left, sent{c.now(), m})
		return nil
	})
}
