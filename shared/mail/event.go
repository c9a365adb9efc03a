package mail

import "time"

// Event is what became of a message after it was taken.
type Event struct {
	Message string // Message.ID
	What    What
	Receipt string    // as Sender.Send gave it
	Sent    time.Time // when the message was taken
}

// What can become of a message.
type What string

// The events. A message may have several, in any order: one that was delivered may be complained about.
const (
	Delivered   What = "delivered"   // the receiving side has taken it
	Bounced     What = "bounced"     // it came back, and the next one may not: a mailbox that is full, a message that was found unfit
	Unreachable What = "unreachable" // it came back, as every other will: there is no such mailbox
	Complained  What = "complained"  // its reader, or somebody for it, reported it as unwanted
)
