// Package queue is the seam to the product's work queues: messages that are delivered at least once, hidden while somebody works on
// them, delivered again when that fails, and put aside as dead letters when it keeps failing. It is shaped like SQS so that a table
// and the managed service can stand behind it; it doesn't know what the messages say.
package queue

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

var (
	// ErrInvalid: the request breaks the seam's rules; a mistake of the calling code.
	ErrInvalid = errors.New("queue: invalid request")
	// ErrUnavailable: the engine could not answer; what was asked may or may not have taken effect.
	ErrUnavailable = errors.New("queue: unavailable")
)

// The bounds that every engine keeps; they are SQS's.
const (
	MaxBody    = 256 << 10        // bytes of a message
	MaxDelay   = 15 * time.Minute // until a message is to be delivered
	MaxHidden  = 12 * time.Hour   // for which a delivery is hidden from others
	MaxReceive = 10               // messages received at once
	MaxReason  = 1 << 10          // bytes of the reason why a message is a dead letter
)

// Sender puts messages into a queue.
type Sender interface {
	// Send stores a message of 1–MaxBody bytes, to be delivered at least once, no earlier than after a time of 0–MaxDelay. The body
	// is UTF-8 without control characters other than tab and line ends.
	Send(ctx context.Context, body []byte, after time.Duration) error
}

// Queue delivers messages, in no particular order. After so many deliveries as its engine was told a message isn't delivered again
// but moves, with its body, to a queue of dead letters, which is a Queue like another.
//
// All methods return ErrInvalid for what no engine would take, ErrUnavailable when the engine could not answer, and the context's
// error when that ended first. Times count in whole seconds at least; an engine may round up to one. It is safe for concurrent use.
type Queue interface {
	Sender
	// Receive gives at most max (1–MaxReceive) messages and hides them for that time (more than 0, up to MaxHidden), after which
	// they are delivered again. It may give none although some are there, so it is called again.
	Receive(ctx context.Context, max int, hidden time.Duration) ([]Delivery, error)
	// Done removes a message: it was dealt with. When it has been delivered again since, it may stay.
	Done(ctx context.Context, d Delivery) error
	// Return lets a message be delivered again after a time of 0–MaxHidden, instead of when its hiding ends. When it has been
	// delivered again since, that may do nothing; when it is gone, it does nothing.
	Return(ctx context.Context, d Delivery, after time.Duration) error
}

// DeadLetters takes messages that can't be done, so that somebody looks at them.
type DeadLetters interface {
	// Bury stores a message as Send does, with the reason why it could not be done: a text of 1–MaxReason bytes.
	Bury(ctx context.Context, body []byte, reason string) error
}

// Delivery is a message that somebody received. It is theirs until its hiding ends.
type Delivery struct {
	ID      string // the message's, the same each time it is delivered
	Receipt string // this delivery's
	Body    []byte
	Attempt int    // how often the message was delivered, this time included: from 1
	Reason  string // of a dead letter that was buried; empty for every other message
}

// CheckSend returns ErrInvalid unless a message can be sent.
func CheckSend(body []byte, after time.Duration) error {
	if err := checkText("body", body, MaxBody); err != nil {
		return err
	}
	return within("delivered after", after, 0, MaxDelay)
}

// CheckBury returns ErrInvalid unless a message can be buried for that reason.
func CheckBury(body []byte, reason string) error {
	if err := checkText("body", body, MaxBody-MaxReason); err != nil {
		return err
	}
	return checkText("reason", []byte(reason), MaxReason)
}

func checkText(what string, text []byte, most int) error {
	if len(text) == 0 || len(text) > most {
		return fmt.Errorf("%w: a %s of %d bytes", ErrInvalid, what, len(text))
	}
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return fmt.Errorf("%w: a %s with the byte %#x at %d", ErrInvalid, what, rest[0], len(text)-len(rest))
		}
		rest = rest[size:]
	}
	return nil
}

// CheckReceive returns ErrInvalid unless messages can be received so.
func CheckReceive(max int, hidden time.Duration) error {
	if max < 1 || max > MaxReceive {
		return fmt.Errorf("%w: %d messages at once", ErrInvalid, max)
	}
	return within("hidden for", hidden, 1, MaxHidden)
}

// CheckReturn returns ErrInvalid unless a delivery can be returned so.
func CheckReturn(d Delivery, after time.Duration) error {
	if err := CheckDone(d); err != nil {
		return err
	}
	return within("returned for", after, 0, MaxHidden)
}

// CheckDone returns ErrInvalid unless a delivery names its message and itself.
func CheckDone(d Delivery) error {
	if d.ID == "" || d.Receipt == "" {
		return fmt.Errorf("%w: a delivery without identifier or receipt", ErrInvalid)
	}
	return nil
}

func within(what string, d, least, most time.Duration) error {
	if d < least || d > most {
		return fmt.Errorf("%w: %s %v", ErrInvalid, what, d)
	}
	return nil
}
