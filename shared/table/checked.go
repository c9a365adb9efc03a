package table

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// checked is a Table: a driver below the rules that all engines share.
type checked struct {
	driver  Driver
	clock   func() time.Time
	indexes map[string]bool
	closed  atomic.Bool
}

func (t *checked) ready(ctx context.Context) error {
	if t.closed.Load() {
		return ErrClosed
	}
	return ctx.Err()
}

func (t *checked) Get(ctx context.Context, key Key) (Item, error) {
	items, err := t.GetEach(ctx, []Key{key})
	if err != nil {
		return Item{}, err
	}
	if len(items) == 0 {
		return Item{}, fmt.Errorf("%w: %s", ErrNotFound, key)
	}
	return items[0], nil
}

func (t *checked) GetEach(ctx context.Context, keys []Key) ([]Item, error) {
	if err := t.ready(ctx); err != nil {
		return nil, err
	}
	distinct := make([]Key, 0, len(keys))
	seen := make(map[Key]struct{}, len(keys))
	for _, key := range keys {
		if err := checkKey(key); err != nil {
			return nil, err
		}
		if _, again := seen[key]; !again {
			seen[key] = struct{}{}
			distinct = append(distinct, key)
		}
	}
	if len(distinct) == 0 {
		return nil, nil
	}
	return t.driver.GetEach(ctx, distinct, t.clock())
}

func (t *checked) Query(ctx context.Context, q Query) (Page, error) {
	if err := t.ready(ctx); err != nil {
		return Page{}, err
	}
	r, err := t.rangeOf(q)
	if err != nil {
		return Page{}, err
	}
	items, last, err := t.driver.Query(ctx, r, t.clock())
	if err != nil || last == nil {
		return Page{Items: items}, err
	}
	return Page{Items: items, Cursor: cursorOf(q, *last)}, nil
}

func (t *checked) rangeOf(q Query) (Range, error) {
	if err := t.checkQuery(q); err != nil {
		return Range{}, err
	}
	r := Range{Index: q.Index, Partition: q.Partition, Prefix: q.Prefix, Limit: pageOf(q.Limit), Descending: q.Descending}
	if q.After != "" {
		position, err := q.position()
		if err != nil {
			return Range{}, err
		}
		r.After = &position
	}
	return r, nil
}

// pageOf is how many items a page holds at most, for the limit that was asked for.
func pageOf(limit int) int {
	if limit == 0 || limit > MaxPage {
		return MaxPage
	}
	return limit
}

func (t *checked) Scan(ctx context.Context, s Scan) (Page, error) {
	if err := t.ready(ctx); err != nil {
		return Page{}, err
	}
	if s.Limit < 0 {
		return Page{}, fmt.Errorf("%w: limit %d", ErrInvalid, s.Limit)
	}
	var after *Key
	if s.After != "" {
		key, err := s.key()
		if err != nil {
			return Page{}, err
		}
		after = &key
	}
	items, last, err := t.driver.Scan(ctx, after, pageOf(s.Limit), t.clock())
	if err != nil || last == nil {
		return Page{Items: items}, err
	}
	return Page{Items: items, Cursor: scanCursor(*last)}, nil
}

func (t *checked) Snapshot(ctx context.Context) (Snapshot, error) {
	if err := t.ready(ctx); err != nil {
		return nil, err
	}
	return t.driver.Snapshot(ctx, t.clock())
}

func (t *checked) Write(ctx context.Context, w Write) error {
	if errs := t.WriteEach(ctx, []Write{w}); errs != nil {
		return errs[0]
	}
	return nil
}

func (t *checked) WriteEach(ctx context.Context, ws []Write) []error {
	if err := t.ready(ctx); err != nil {
		return each(err, len(ws))
	}
	if len(ws) == 0 {
		return nil
	}
	refused := t.checkEach(ws)
	if refused == nil {
		return someOrNil(t.driver.WriteEach(ctx, ws, t.clock()))
	}
	var good []Write
	for i, w := range ws {
		if refused[i] == nil {
			good = append(good, w)
		}
	}
	if len(good) == 0 {
		return refused
	}
	return merge(refused, t.driver.WriteEach(ctx, good, t.clock()))
}

// merge puts the driver's answers where the checks left room for them.
func merge(refused, answers []error) []error {
	next := 0
	for i := range refused {
		if refused[i] == nil && answers != nil {
			refused[i] = answers[next]
			next++
		}
	}
	return refused
}

func someOrNil(errs []error) []error {
	for _, err := range errs {
		if err != nil {
			return errs
		}
	}
	return nil
}

func each(err error, n int) []error {
	if n == 0 {
		return nil
	}
	errs := make([]error, n)
	for i := range errs {
		errs[i] = err
	}
	return errs
}

func (t *checked) Transact(ctx context.Context, ws []Write) error {
	if err := t.ready(ctx); err != nil {
		return err
	}
	if err := t.checkTransaction(ws); err != nil {
		return err
	}
	return t.driver.Transact(ctx, ws, t.clock())
}

func (t *checked) Close() error {
	if t.closed.Swap(true) {
		return nil
	}
	return t.driver.Close()
}

// checkEach returns nil when every write is fit, else one error or nil for each.
func (t *checked) checkEach(ws []Write) []error {
	var errs []error
	seen := make(map[Key]struct{}, len(ws))
	for i, w := range ws {
		_, err := t.checkWrite(w)
		if err == nil && w.Check != (Key{}) {
			err = fmt.Errorf("%w: a check outside a transaction", ErrInvalid)
		}
		if _, again := seen[w.Key()]; err == nil && again {
			err = fmt.Errorf("%w: %s is written twice", ErrInvalid, w.Key())
		}
		seen[w.Key()] = struct{}{}
		if err != nil {
			if errs == nil {
				errs = make([]error, len(ws))
			}
			errs[i] = labelled(err, w)
		}
	}
	return errs
}

func (t *checked) checkTransaction(ws []Write) error {
	if len(ws) == 0 {
		return fmt.Errorf("%w: an empty transaction", ErrInvalid)
	}
	if len(ws) > MaxTransaction {
		return fmt.Errorf("%w: a transaction of %d writes", ErrTooLarge, len(ws))
	}
	total := 0
	seen := make(map[Key]struct{}, len(ws))
	for _, w := range ws {
		size, err := t.checkWrite(w)
		if err != nil {
			return labelled(err, w)
		}
		if _, again := seen[w.Key()]; again {
			return fmt.Errorf("%w: %s is written twice", ErrInvalid, w.Key())
		}
		seen[w.Key()] = struct{}{}
		total += size + sizeOfCondition(w.Condition)
	}
	if total > MaxTransacted {
		return fmt.Errorf("%w: a transaction of %d bytes", ErrTooLarge, total)
	}
	return nil
}

func labelled(err error, w Write) error {
	if w.Label == "" || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s: %w", w.Label, err)
}
