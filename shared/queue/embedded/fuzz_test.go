package embedded

import (
	"errors"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/queue"
)

// A delivery's receipt is refused, or names one delivery: it is written as it was read.
func FuzzReceipts(f *testing.F) {
	f.Add("1", message{due: time.UnixMilli(1_772_442_000_123), attempt: 3}.receipt())
	for _, receipt := range []string{"", ".", "00000000000000.", "00000000000000.0", "+0000000000001.1", "99999999999999.-1", "0000000000000.1", "00000000000001.01"} {
		f.Add("1", receipt)
	}
	f.Fuzz(func(t *testing.T, id, receipt string) {
		m, err := parseReceipt(queue.Delivery{ID: id, Receipt: receipt})
		if err != nil {
			if !errors.Is(err, queue.ErrInvalid) {
				t.Error(err)
			}
			return
		}
		if m.id != id || m.receipt() != receipt {
			t.Errorf("%q is read as that of %+v, whose receipt is %q", receipt, m, m.receipt())
		}
	})
}
