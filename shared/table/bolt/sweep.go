package bolt

import (
	"encoding/binary"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

const (
	// sweepAfter is how long an expired item is kept, in case a clock was wrong.
	sweepAfter = 48 * time.Hour
	// sweepMost is how many a transaction sweeps, so that none takes long.
	sweepMost = 32
)

// sweep frees the space of items that expired before cutoff.
func (t *writing) sweep(cutoff time.Time) error {
	for range sweepMost {
		k, _ := t.expiry.Cursor().First()
		if len(k) < 8 || int64(binary.BigEndian.Uint64(k)^1<<63) >= cutoff.Unix() {
			return nil
		}
		key, ok := parseKey(k[8:])
		if !ok {
			return ErrCorrupt
		}
		if err := t.apply(&table.Write{Delete: key}); err != nil {
			return err
		}
	}
	return nil
}
