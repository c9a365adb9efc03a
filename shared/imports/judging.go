package imports

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// judging takes the lines of a sheet to what the rules of its kind say of them: in order, on a goroutine of its own and at most
// three batches ahead of who compares them with what is stored, so that the two share the cores.
type judging struct {
	rows    *sheet.Table
	session Session
	located *sheet.Located
	booked  Booked
	blocked bool // the file or its header is at fault: every row fails
	most    int  // rows of a batch

	ctx      context.Context
	stop     context.CancelFunc
	done     sync.WaitGroup
	full     chan *batch
	free     chan *batch
	speller  records.Speller
	retainer retainer
}

// batch is a run of rows with what was found out about them.
type batch struct {
	rows     []candidate
	changes  []change // of all rows
	bodies   []byte   // of all changes, spelled
	problems []problem.Problem
	last     bool  // nothing follows
	err      error // why, when it isn't the end of the table: the rows are void
	panicked any
}

// candidate is a row on its way to its outcome.
type candidate struct {
	row     int
	label   string
	outcome intake.Outcome // set for rows that aren't compared
	failed  bool
	keyed   bool     // it can be told from other rows, by
	key     [16]byte // a hash of its key
	content [16]byte // and of all that it says
	changes []change
	rests   []Rest
	besides []Beside
	cell    string // of the money that is booked, as A1
	value   string // what stands there
}

// change is a Change with its body as JSON.
type change struct {
	Change
	spelled []byte
	first   int // the earlier row of the sheet that writes the same record the same way
}

const batchesAhead = 3

// judgeAhead begins to judge. The rows belong to it until it is closed.
func judgeAhead(ctx context.Context, j *judging) *judging {
	j.ctx, j.stop = context.WithCancel(ctx)
	j.full, j.free = make(chan *batch, batchesAhead), make(chan *batch, batchesAhead)
	for range batchesAhead {
		j.free <- new(batch)
	}
	j.done.Go(j.run)
	return j
}

// next returns the next batch, valid until it is released; nil at the end. Panics of the rules arrive here.
func (j *judging) next() (*batch, error) {
	b, more := <-j.full
	switch {
	case !more && j.ctx.Err() != nil:
		return nil, j.ctx.Err()
	case !more:
		return nil, errors.New("imports: the rules ended their goroutine")
	case b.panicked != nil:
		panic(b.panicked)
	case b.err != nil:
		return nil, b.err
	}
	return b, nil
}

func (j *judging) release(b *batch) { j.free <- b }

// close ends the goroutine and waits for it.
func (j *judging) close() {
	j.stop()
	j.done.Wait()
}

func (j *judging) run() {
	defer close(j.full)
	for last := false; !last; {
		var b *batch
		select {
		case b = <-j.free:
		case <-j.ctx.Done():
			return
		}
		j.fill(b)
		last = b.last
		select {
		case j.full <- b:
		case <-j.ctx.Done():
			return
		}
	}
}

// fill judges lines until the batch is full.
func (j *judging) fill(b *batch) {
	defer func() {
		if value := recover(); value != nil {
			b.last, b.panicked = true, fmt.Sprintf("%v\n\n%s", value, debug.Stack())
		}
	}()
	clear(b.rows)
	clear(b.changes)
	clear(b.problems)
	b.rows, b.changes, b.bodies, b.problems = b.rows[:0], b.changes[:0], b.bodies[:0], b.problems[:0]
	for len(b.rows) < j.most {
		if b.err = j.ctx.Err(); b.err != nil {
			b.last = true
			return
		}
		if !j.rows.Next() {
			b.last, b.err = true, j.rows.Err()
			return
		}
		if b.err = j.line(b, j.rows.Line()); b.err != nil {
			b.last = true
			return
		}
	}
}

// line takes one line of the sheet in; blank ones are no rows.
func (j *judging) line(b *batch, line *sheet.Line) error {
	j.raise(b, line, line.Problems)
	switch {
	case line.Class == sheet.LineBlank:
		return nil
	case line.Class != sheet.LineData:
		b.rows = append(b.rows, candidate{row: line.Number, outcome: j.unread(line)})
		return nil
	}
	at := Place{Sheet: j.located.Sheet, Row: line.Number, Failed: j.blocked || line.Open || anyBlocks(line.Problems)}
	verdict, err := j.session.Row(j.ctx, j.rows, line, at)
	if err != nil {
		return err
	}
	j.raise(b, line, verdict.Problems)
	row := candidate{
		row: line.Number, label: verdict.Label, failed: at.Failed || verdict.Failed || anyBlocks(verdict.Problems),
		keyed: verdict.Key != "", content: verdict.Content, rests: verdict.Rests, besides: verdict.Besides,
	}
	if row.keyed {
		row.key = shortHash(append([]byte("key "), verdict.Key...))
	}
	if j.booked != (Booked{}) && !row.failed {
		cell, value := j.booked.money(j.located, line)
		row.cell, row.value = cell, strings.Clone(value)
	}
	if row.changes, err = j.spell(b, verdict.Changes); err != nil {
		return err
	}
	b.rows = append(b.rows, row)
	return nil
}

// spell takes the changes of a row down as they are now: the rules may go on with their bodies.
func (j *judging) spell(b *batch, changes []Change) ([]change, error) {
	first := len(b.changes)
	for _, one := range changes {
		start := len(b.bodies)
		var err error
		if b.bodies, err = j.speller.Encoded(b.bodies, one.Body); err != nil {
			return nil, fmt.Errorf("imports: %s: %w", one.Ref, err)
		}
		one.Body = nil
		b.changes = append(b.changes, change{Change: one, spelled: b.bodies[start:len(b.bodies):len(b.bodies)]})
	}
	return b.changes[first:len(b.changes):len(b.changes)], nil
}

// unread is the outcome of a line that isn't data: skip, unless a question about it is open.
func (j *judging) unread(line *sheet.Line) intake.Outcome {
	if j.blocked || anyBlocks(line.Problems) {
		return intake.Fail
	}
	return intake.Skip
}

// raise adds a row's problems to the batch, with their place and value filled in.
func (j *judging) raise(b *batch, line *sheet.Line, problems []problem.Problem) {
	for _, p := range problems {
		p.Sheet = j.located.Sheet
		if p.Row == 0 {
			p.Row = line.Number
		}
		if p.Col == 0 {
			p.Col = columnOf(j.located, p.Field)
		}
		if p.Value == nil && p.Col != 0 && p.Row == line.Number {
			p.Value = line.Row.At(p.Col).Value()
		}
		b.problems = append(b.problems, j.retainer.retain(p))
	}
}

// columnOf is where a field stands in the sheet, 0 when it doesn't.
func columnOf(located *sheet.Located, field string) int {
	if field == "" {
		return 0
	}
	at := slices.IndexFunc(located.Schema.Columns, func(col sheet.Column) bool { return col.ID == field })
	if at < 0 {
		return 0
	}
	return located.Columns[at]
}
