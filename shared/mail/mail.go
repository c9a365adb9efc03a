// Package mail is the seam to e-mail: a message that goes to one person, and who sends it. It knows not what messages say nor whom they
// are for, and keeps nothing.
package mail

import (
	"context"
	"errors"
	"time"
)

// What a Sender answers besides nil. With any other error nobody knows whether the message went out.
var (
	// ErrInvalid: no such message can be sent: a header with a line end, an address that is none; a mistake of the calling code or record.
	ErrInvalid = errors.New("mail: invalid message")
	// ErrRefused: the message was not taken and never will be, such as for its address.
	ErrRefused = errors.New("mail: refused")
	// ErrLater: the message was not taken, but may be later: too many at once, or nobody there.
	ErrLater = errors.New("mail: not now")
)

// Message is an e-mail to one person.
type Message struct {
	ID      string // outbox.Letter.String: letters, digits, hyphens, underscores and dots; returns (bounces) name it
	From    string // address, or Name <address>
	To      string // address only
	Subject string // one line, of at most 250 characters
	Text    string // plain text
	HTML    string // the same as a document of HTML without anything from elsewhere
	Lang    string // of the texts, BCP 47
	Date    time.Time
	// Decline is the address of the page on which the reader declines such letters; "" where nobody can (RFC 2369).
	Decline string
}

// Sender sends messages. It is safe for concurrent use.
type Sender interface {
	// Send gives the message to whoever delivers it, who answers with an identifier of its own. ErrInvalid, ErrRefused and ErrLater say
	// that it certainly was not taken.
	Send(ctx context.Context, m Message) (receipt string, err error)
}
