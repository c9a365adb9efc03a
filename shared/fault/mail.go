package fault

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/mail"
)

// ErrUnanswered is what a sender of mail answers of whom nobody knows whether it took the message.
var ErrUnanswered = errors.New("fault: no answer")

// faultyMail sends mail as a process sees it.
type faultyMail struct {
	below   mail.Sender
	process *Process
}

// Mail sends mail as the process sees it: a message that is refused was certainly not taken (mail.ErrLater), one whose answer is lost was
// (ErrUnanswered).
func (p *Process) Mail(below mail.Sender) mail.Sender { return faultyMail{below, p} }

// Send implements mail.Sender.
func (m faultyMail) Send(ctx context.Context, message mail.Message) (receipt string, err error) {
	took := false
	receipt, err = ask(m.process, "mail.Send", message.ID, writing, mail.ErrLater, func() (string, error) {
		receipt, err := m.below.Send(ctx, message)
		took = err == nil
		return receipt, err
	})
	if took && errors.Is(err, mail.ErrLater) {
		return "", ErrUnanswered
	}
	return receipt, err
}
