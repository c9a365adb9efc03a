// Package mailtest states what every sender of mail must do, whoever delivers it: one suite that each driver's test runs in a few lines.
package mailtest

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/mail"
)

// Post is a sender under test, with what it has handed on.
type Post struct {
	Sender mail.Sender
	// Taken gives the messages as whoever delivers them has got them, raw, in any order.
	Taken func(testing.TB) [][]byte
}

// Run holds a sender to the seam. open gives a new one that has sent nothing.
func Run(t *testing.T, open func(testing.TB) Post) {
	t.Run("a message arrives as it was built", func(t *testing.T) { arrives(t, open(t)) })
	t.Run("what can't be sent is refused and goes nowhere", func(t *testing.T) { refused(t, open(t)) })
	t.Run("nothing leaves once the waiting is over", func(t *testing.T) { ended(t, open(t)) })
	t.Run("messages sent at once all arrive, each once", func(t *testing.T) { together(t, open(t)) })
}
