// Package queue is the seam to the product's work queues: messages that are delivered at least once, hidden while somebody works on
// them, delivered again when that fails, and put aside as dead letters when it keeps failing. It is shaped like SQS so that a table
// and the managed service can stand behind it; it doesn't know what the messages say.
package queue

import (
	"context"
	"errors"
	"fmt"
	"strconv"
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
	MaxLetters = 1000             // dead letters that are looked through at once
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

// Graveyard is a queue of dead letters as people look through it. Nothing else receives from it.
type Graveyard interface {
	DeadLetters
	// Letters gives at most max (1–MaxLetters) dead letters, without receipts, in the order of Sent and ID. more says that there are others
	// beside them. To an engine that can only receive, looking means to hide them for as long as that takes: who looks at the same moment
	// may find them missing.
	Letters(ctx context.Context, max int) (letters []Delivery, more bool, err error)
	// Take receives the dead letter of that identifier and hides it for that time (more than 0, up to MaxHidden); nil when there is none
	// among the MaxLetters that can be looked through, or somebody else has it.
	Take(ctx context.Context, id string, hidden time.Duration) (*Delivery, error)
	// Done and Return are a Queue's.
	Done(ctx context.Context, d Delivery) error
	Return(ctx context.Context, d Delivery, after time.Duration) error
}

// Delivery is a message that somebody received. It is theirs until its hiding ends.
type Delivery struct {
	ID      string // the message's, the same each time it is delivered
	Receipt string // this delivery's
	Body    []byte
	Attempt int    // how often the message was delivered, this time included: from 1
	Reason  string // of a dead letter that was buried; empty for every other message
	// Sent is when the message was sent, or buried; of one that its queue made a dead letter, when it was first sent. Zero where that isn't known.
	Sent time.Time
}

// SentAt reads when a message was sent as SQS and its events write it: milliseconds since 1970. Zero of anything else.
func SentAt(text string) time.Time {
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil || ms <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
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

// CheckLetters returns ErrInvalid unless so many dead letters can be looked at.
func CheckLetters(max int) error {
	if max < 1 || max > MaxLetters {
		return fmt.Errorf("%w: %d dead letters at once", ErrInvalid, max)
	}
	return nil
}

// CheckTake returns ErrInvalid unless a dead letter can be taken so.
func CheckTake(id string, hidden time.Duration) error {
	if id == "" {
		return fmt.Errorf("%w: a dead letter without identifier", ErrInvalid)
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
