package audit

import (
	"context"
	"strconv"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/table"
)

// Filter chooses entries; what is zero is not asked about.
type Filter struct {
	Person string
	Kind   string // of the object
	Object string // identifier
	Action access.Action
	From   civil.Date // days in UTC, both included
	To     civil.Date
}

// has reports whether an event is chosen.
func (f Filter) has(e Event) bool {
	day := e.day()
	return (f.Person == "" || f.Person == e.Person) && (f.Kind == "" || f.Kind == e.Kind) && (f.Object == "" || f.Object == e.Object) &&
		(f.Action == "" || f.Action == e.Action) && (f.From.IsZero() || !day.Before(f.From)) && (f.To.IsZero() || !day.After(f.To))
}

// lookedAt is how many entries one page looks at: what few of many are chosen by takes several pages.
const lookedAt = 3000

// step is how many entries are read at once: those whose numbers differ in the last two digits.
const step = 100

// Page gives at most limit entries that a filter chooses, the latest first, from where an earlier page ended, "" for the first one, and where
// the next one begins, "" at the end. A page may have fewer, also none, although more follow. table.ErrCursor.
func (t *Trail) Page(ctx context.Context, f Filter, after table.Cursor, limit int) ([]Entry, table.Cursor, error) {
	within, err := t.within(ctx, f)
	if err != nil {
		return nil, "", err
	}
	if after != "" {
		before, err := strconv.ParseInt(string(after), 10, 64)
		if err != nil || before < 1 || len(after) > digits {
			return nil, "", table.ErrCursor
		}
		within.Last = min(within.Last, before-1)
	}
	var page []Entry
	at := within.Last
	for floor := max(within.First, at-lookedAt+1); at >= floor; {
		entries, err := t.read(ctx, at/step)
		if err != nil {
			return nil, "", err
		}
		for ; at >= floor && at/step == entries.step; at-- {
			entry, there := entries.at[at]
			if !there || !f.has(entry.Event) {
				continue
			}
			if page = append(page, entry); len(page) == limit {
				return page, cursor(at, within), nil
			}
		}
	}
	return page, cursor(at+1, within), nil
}

// cursor is where the page after an entry begins.
func cursor(number int64, within span) table.Cursor {
	if number <= within.First {
		return ""
	}
	return table.Cursor(strconv.FormatInt(number, 10))
}

// chunk is a hundred entries, by number.
type chunk struct {
	step int64
	at   map[int64]Entry
}

// read reads the entries whose numbers without the last two digits are these. What can't be read is left out, which Verify tells.
func (t *Trail) read(ctx context.Context, hundred int64) (chunk, error) {
	entries := chunk{hundred, map[int64]Entry{}}
	first := hundred * step
	err := t.each(ctx, blockOf(first), spelled(first)[:digits-2], false, func(stored table.Item) error {
		var entry Entry
		if decode(stored, &entry) == nil && stored.Key == entryKey(entry.Number) {
			entries.at[entry.Number] = entry
		}
		return nil
	})
	return entries, err
}

// within is which entries can be chosen: from the first to the last that days have which are asked for.
func (t *Trail) within(ctx context.Context, f Filter) (span, error) {
	head, err := t.Head(ctx)
	if err != nil || f.From.IsZero() && f.To.IsZero() {
		return span{1, head.Number}, err
	}
	within := span{1, 0}
	err = t.each(ctx, dayPartition, "", false, func(stored table.Item) error {
		day, err := civil.Parse(stored.Key.Sort)
		if err != nil || !f.From.IsZero() && day.Before(f.From) || !f.To.IsZero() && day.After(f.To) {
			return nil
		}
		var stands span
		if err := decode(stored, &stands); err != nil {
			return err
		}
		if within.Last == 0 {
			within = stands
		}
		within = within.with(stands.First).with(min(stands.Last, head.Number))
		return nil
	})
	return within, err
}

// Each calls fn for the entries that a filter chooses, in their order, as far as the trail went when it was called.
func (t *Trail) Each(ctx context.Context, f Filter, fn func(Entry) error) error {
	within, err := t.within(ctx, f)
	if err != nil {
		return err
	}
	for at := within.First; at <= within.Last; {
		entries, err := t.read(ctx, at/step)
		if err != nil {
			return err
		}
		for ; at <= within.Last && at/step == entries.step; at++ {
			entry, there := entries.at[at]
			if !there || !f.has(entry.Event) {
				continue
			}
			if err := fn(entry); err != nil {
				return err
			}
		}
	}
	return nil
}
