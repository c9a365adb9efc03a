package bolt

import (
	"bytes"
	"context"
	"time"

	"go.etcd.io/bbolt"

	"github.com/learning-cities/guildhall/shared/table"
)

func (d *driver) Scan(ctx context.Context, after *table.Key, limit int, now time.Time) (found []table.Item, last *table.Key, err error) {
	err = d.db.View(func(tx *bbolt.Tx) error {
		found, last, err = scan(ctx, tx.Bucket(bucketItems).Cursor(), after, limit, now)
		return err
	})
	return found, last, unavailable(err)
}

// scan reads a page of items, which is short of the limit after pageBytes, as those of a query are.
func scan(ctx context.Context, c *bbolt.Cursor, after *table.Key, limit int, now time.Time) (found []table.Item, last *table.Key, err error) {
	dec, size := newDecoder(), 0
	for k, v := beyond(c, after); k != nil; k, v = c.Next() {
		if len(found) == limit || size >= pageBytes {
			return found, last, nil
		}
		key, ok := parseKey(k)
		if !ok {
			return nil, nil, ErrCorrupt
		}
		item, err := dec.item(key, v)
		if err != nil {
			return nil, nil, err
		}
		size += len(k) + len(v)
		last = &key
		if !expired(&item, now) {
			found = append(found, item)
		}
	}
	return found, nil, ctx.Err()
}

// beyond goes to the first entry after a key, or to the very first.
func beyond(c *bbolt.Cursor, after *table.Key) (k, v []byte) {
	if after == nil {
		return c.First()
	}
	from := appendKey(nil, *after)
	if k, v = c.Seek(from); bytes.Equal(k, from) {
		return c.Next()
	}
	return k, v
}
