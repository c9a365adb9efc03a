package bolt

import (
	"context"
	"time"

	"go.etcd.io/bbolt"

	"github.com/learning-cities/guildhall/shared/table"
)

// writing is the state of one bbolt transaction.
type writing struct {
	tx     *bbolt.Tx
	items  *bbolt.Bucket
	expiry *bbolt.Bucket
	enc    encoder
	dec    *decoder
}

func (d *driver) WriteEach(ctx context.Context, ws []table.Write, now time.Time) []error {
	errs := make([]error, len(ws))
	err := d.commit(ctx, d.db, func(t *writing) error {
		for i := range ws {
			errs[i] = nil
			current, err := t.judge(&ws[i], now)
			if err != nil {
				return err
			}
			if current != nil {
				errs[i] = current
			} else if err := t.apply(&ws[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		for i := range errs {
			errs[i] = unavailable(err)
		}
	}
	return errs
}

func (d *driver) Transact(ctx context.Context, ws []table.Write, now time.Time) error {
	var failed []table.Failure
	err := d.commit(ctx, d.db, func(t *writing) error {
		failed = nil
		for i := range ws {
			refusal, err := t.judge(&ws[i], now)
			if err != nil {
				return err
			}
			if refusal != nil {
				failed = append(failed, table.Failure{Index: i, ConditionError: *refusal})
			}
		}
		for i := range ws {
			if failed != nil {
				break
			}
			if err := t.apply(&ws[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return unavailable(err)
	}
	if failed != nil {
		return &table.TransactionError{Failed: failed}
	}
	return nil
}

// judge evaluates a write's condition; nil when it holds.
func (t *writing) judge(w *table.Write, now time.Time) (*table.ConditionError, error) {
	if w.Condition == nil {
		return nil, nil
	}
	current, err := find(t.items, t.dec, w.Key(), now)
	if err != nil || table.Holds(w.Condition, current) {
		return nil, err
	}
	return &table.ConditionError{Label: w.Label, Key: w.Key(), Current: current}, nil
}

// apply does a write with what follows from it in the indexes.
func (t *writing) apply(w *table.Write) error {
	if w.Put == nil && w.Delete == (table.Key{}) {
		return nil
	}
	key := appendKey(nil, w.Key())
	if err := t.unlink(w.Key(), key); err != nil {
		return err
	}
	if w.Put == nil {
		return t.items.Delete(key)
	}
	if err := t.items.Put(key, append([]byte(nil), t.enc.encode(w.Put)...)); err != nil {
		return err
	}
	for name, there := range w.Put.Index {
		index, err := t.tx.CreateBucketIfNotExists(bucketIndex(name))
		if err != nil {
			return err
		}
		if err := index.Put(appendIndexKey(nil, there, w.Put.Key), nil); err != nil {
			return err
		}
	}
	if w.Put.Expires.IsZero() {
		return nil
	}
	return t.expiry.Put(expiryKey(w.Put.Expires, w.Put.Key), nil)
}

// unlink removes the entries of the item now stored under the key.
func (t *writing) unlink(key table.Key, raw []byte) error {
	stored := t.items.Get(raw)
	if stored == nil {
		return nil
	}
	old, err := t.dec.frame(key, stored)
	if err != nil {
		return err
	}
	for name, there := range old.Index {
		if index := t.tx.Bucket(bucketIndex(name)); index != nil {
			if err := index.Delete(appendIndexKey(nil, there, key)); err != nil {
				return err
			}
		}
	}
	if old.Expires.IsZero() {
		return nil
	}
	return t.expiry.Delete(expiryKey(old.Expires, key))
}
