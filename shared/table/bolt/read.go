package bolt

import (
	"bytes"
	"context"
	"time"

	"go.etcd.io/bbolt"

	"github.com/learning-cities/guildhall/shared/table"
)

// expired tells whether an item has ceased to exist.
func expired(item *table.Item, now time.Time) bool {
	return !item.Expires.IsZero() && !now.Before(item.Expires)
}

// find returns the item under key unless it is missing or expired.
func find(items *bbolt.Bucket, dec *decoder, key table.Key, now time.Time) (*table.Item, error) {
	stored := items.Get(appendKey(nil, key))
	if stored == nil {
		return nil, nil
	}
	item, err := dec.item(key, stored)
	if err != nil || expired(&item, now) {
		return nil, err
	}
	return &item, nil
}

func (d *driver) GetEach(ctx context.Context, keys []table.Key, now time.Time) ([]table.Item, error) {
	var found []table.Item
	err := d.db.View(func(tx *bbolt.Tx) error {
		items, dec := tx.Bucket(bucketItems), newDecoder()
		for i, key := range keys {
			if i%1024 == 1023 && ctx.Err() != nil {
				return ctx.Err()
			}
			item, err := find(items, dec, key, now)
			if err != nil {
				return err
			}
			if item != nil {
				found = append(found, *item)
			}
		}
		return nil
	})
	return found, unavailable(err)
}

// Query walks the items themselves or, for an index, its entries. It stops short of the limit after pageBytes, so that a page
// of large items doesn't fill the memory, as DynamoDB does after 1 MB.
const pageBytes = 1 << 20

func (d *driver) Query(ctx context.Context, within table.Range, now time.Time) (found []table.Item, last *table.Position, err error) {
	err = d.db.View(func(tx *bbolt.Tx) error {
		w := walk{within: within, dec: newDecoder(), items: tx.Bucket(bucketItems), now: now}
		bucket := w.items
		if within.Index != "" {
			bucket = tx.Bucket(bucketIndex(within.Index))
		}
		if bucket == nil {
			return nil
		}
		found, last, err = w.run(ctx, bucket.Cursor())
		return err
	})
	return found, last, unavailable(err)
}

// walk is one query under way.
type walk struct {
	within table.Range
	dec    *decoder
	items  *bbolt.Bucket
	now    time.Time
}

func (w *walk) run(ctx context.Context, c *bbolt.Cursor) (found []table.Item, last *table.Position, err error) {
	prefix := w.prefix()
	step := c.Next
	if w.within.Descending {
		step = c.Prev
	}
	size := 0
	for k, v := w.start(c, prefix); bytes.HasPrefix(k, prefix); k, v = step() {
		if len(found) == w.within.Limit || size >= pageBytes {
			return found, last, nil
		}
		position, item, err := w.read(k, v)
		if err != nil {
			return nil, nil, err
		}
		size += len(k) + len(v)
		last = &position
		if item != nil && !expired(item, w.now) {
			found = append(found, *item)
		}
	}
	return found, nil, ctx.Err()
}

func (w *walk) prefix() []byte {
	prefix := appendPartition(nil, w.within.Partition)
	if w.within.Index != "" {
		return appendEscaped(prefix, w.within.Prefix)
	}
	return append(prefix, w.within.Prefix...)
}

// start goes to the first entry of the page.
func (w *walk) start(c *bbolt.Cursor, prefix []byte) (k, v []byte) {
	from := prefix
	if w.within.After != nil {
		from = w.place(*w.within.After)
	} else if w.within.Descending {
		from = after(prefix)
	}
	if w.within.Descending {
		return before(c, from)
	}
	k, v = c.Seek(from)
	if w.within.After != nil && bytes.Equal(k, from) {
		return c.Next()
	}
	return k, v
}

// before goes to the last entry below from, or the very last for nil.
func before(c *bbolt.Cursor, from []byte) (k, v []byte) {
	if from == nil {
		return c.Last()
	}
	if k, _ := c.Seek(from); k == nil {
		return c.Last()
	}
	return c.Prev()
}

func (w *walk) place(p table.Position) []byte {
	if w.within.Index != "" {
		return appendIndexKey(nil, p.Index, p.Key)
	}
	return appendKey(nil, p.Key)
}

// read returns the item of an entry and its place.
func (w *walk) read(k, v []byte) (table.Position, *table.Item, error) {
	if w.within.Index == "" {
		key, ok := parseKey(k)
		if !ok {
			return table.Position{}, nil, ErrCorrupt
		}
		item, err := w.dec.item(key, v)
		return table.Position{Key: key}, &item, err
	}
	there, key, ok := parseIndexKey(k)
	if !ok {
		return table.Position{}, nil, ErrCorrupt
	}
	item, err := find(w.items, w.dec, key, w.now)
	return table.Position{Key: key, Index: there}, item, err
}
