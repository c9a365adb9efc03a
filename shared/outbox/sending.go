package outbox

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// Lease is for how long one that sends may be at it: longer than anything of the product runs.
const Lease = 15 * time.Minute

// Begin puts the intent to send a letter on record before anything leaves. ours is whether the caller is the one to send it: it waits, it
// is time, and nobody else is at it. MAIL_UNKNOWN.
func (s *Store) Begin(ctx context.Context, l Letter) (m Mail, ours bool, err error) {
	holder := s.ids()
	now := s.clock().UTC()
	began := func(b *mailBody) (bool, error) {
		ours = b.State == Sending && b.Holder == holder // a write whose answer was lost
		if ours || b.State != Waiting || now.Before(b.NotBefore) {
			return false, nil
		}
		b.State, b.Attempt, b.Holder = Sending, b.Attempt+1, holder
		return true, nil
	}
	m, done, err := s.change(ctx, l, began)
	if errors.Is(err, table.ErrUnavailable) && ctx.Err() == nil {
		m, done, err = s.change(ctx, l, began)
	}
	return m, (done || ours) && err == nil, err
}

// Each of the following says what came of an attempt: of the one that m has, as Begin gave it. What others made of the letter in the
// meantime stands where it says more: nothing but a later attempt keeps a letter that was taken from being sent.

// Sent says that the letter was taken.
func (s *Store) Sent(ctx context.Context, m Mail, receipt string) error {
	return s.ended(ctx, m, []State{Sending, Uncertain, Waiting, Failed, Dropped}, func(b *mailBody) {
		b.State, b.Receipt, b.Reason = Sent, receipt, ""
	})
}

// Later says that the letter was not taken, and is to be sent at a moment.
func (s *Store) Later(ctx context.Context, m Mail, notBefore time.Time) error {
	return s.ended(ctx, m, []State{Sending, Uncertain}, func(b *mailBody) {
		b.State, b.NotBefore, b.PutOff = Waiting, notBefore.UTC(), b.PutOff+1
	})
}

// Fail says that the letter was not taken and isn't to be sent any more, and why.
func (s *Store) Fail(ctx context.Context, m Mail, reason string) error {
	return s.ended(ctx, m, []State{Sending, Uncertain}, func(b *mailBody) { b.State, b.Reason = Failed, reason })
}

// Doubt says that nobody knows whether the letter was taken.
func (s *Store) Doubt(ctx context.Context, m Mail) error {
	return s.ended(ctx, m, []State{Sending}, func(b *mailBody) { b.State = Uncertain })
}

func (s *Store) ended(ctx context.Context, m Mail, from []State, what func(*mailBody)) error {
	_, _, err := s.change(ctx, m.Letter, func(b *mailBody) (bool, error) {
		if b.Attempt != m.Attempt || !slices.Contains(from, b.State) {
			return false, nil
		}
		what(b)
		return true, nil
	})
	return err
}

// Drop says that a letter that waits isn't to be sent, and why. MAIL_UNKNOWN.
func (s *Store) Drop(ctx context.Context, l Letter, reason string) error {
	return s.stop(ctx, l, Dropped, reason)
}

// Break says that a letter that waits can't be sent for an error of the product. MAIL_UNKNOWN.
func (s *Store) Break(ctx context.Context, l Letter) error { return s.stop(ctx, l, Failed, Broken) }

func (s *Store) stop(ctx context.Context, l Letter, to State, reason string) error {
	_, _, err := s.change(ctx, l, func(b *mailBody) (bool, error) {
		if b.State != Waiting {
			return false, nil
		}
		b.State, b.Reason = to, reason
		return true, nil
	})
	return err
}

// Expire makes uncertain what somebody has been sending for longer than a Lease: it won't end any more. MAIL_UNKNOWN.
func (s *Store) Expire(ctx context.Context, l Letter) (Mail, error) {
	now := s.clock()
	m, _, err := s.change(ctx, l, func(b *mailBody) (bool, error) {
		if b.State != Sending || now.Sub(b.Since) < Lease {
			return false, nil
		}
		b.State = Uncertain
		return true, nil
	})
	return m, err
}

// SendAgain has a letter that is uncertain or failed sent again in the name of a person, who saw it at a version. MAIL_UNKNOWN,
// MAIL_SETTLED where it is neither, RECORD_CHANGED.
func (s *Store) SendAgain(ctx context.Context, l Letter, by string, version int64) (Mail, error) {
	return s.choose(ctx, l, by, version, []State{Uncertain, Failed}, func(b *mailBody) {
		b.State, b.NotBefore, b.Reason, b.PutOff, b.Holder = Waiting, s.clock().UTC(), "", 0, ""
	})
}

// LetGo has a letter that is uncertain, failed or waits not be sent any more, as SendAgain.
func (s *Store) LetGo(ctx context.Context, l Letter, by string, version int64) (Mail, error) {
	return s.choose(ctx, l, by, version, []State{Uncertain, Failed, Waiting}, func(b *mailBody) {
		b.State, b.Reason = Dropped, LetGo
	})
}

func (s *Store) choose(
	ctx context.Context, l Letter, by string, version int64, from []State, what func(*mailBody),
) (Mail, error) {
	m, _, err := s.change(ctx, l, func(b *mailBody) (bool, error) {
		wanted := *b
		what(&wanted)
		if b.Version == version+1 && b.By == by && b.State == wanted.State && b.Reason == wanted.Reason { // as a repetition finds it
			return false, nil
		}
		if b.Version != version {
			return false, problem.New("RECORD_CHANGED")
		}
		if !slices.Contains(from, b.State) {
			return false, problem.New("MAIL_SETTLED")
		}
		*b = wanted
		b.By = by
		return true, nil
	})
	return m, err
}

// Arrived says that a letter was delivered, as whoever took it reports. MAIL_UNKNOWN.
func (s *Store) Arrived(ctx context.Context, l Letter, receipt string) error {
	return s.reported(ctx, l, []State{Sending, Uncertain, Waiting}, Sent, "", receipt)
}

// CameBack says that a letter came back. MAIL_UNKNOWN.
func (s *Store) CameBack(ctx context.Context, l Letter, receipt string) error {
	return s.reported(ctx, l, []State{Sending, Uncertain, Waiting, Sent}, Returned, Bounce, receipt)
}

// Unwanted says that whom a letter reached reported it as unwanted. MAIL_UNKNOWN.
func (s *Store) Unwanted(ctx context.Context, l Letter, receipt string) error {
	return s.reported(ctx, l, []State{Sending, Uncertain, Waiting, Sent, Returned}, Complained, Complaint, receipt)
}

// reported is what comes from outside: it tells of a letter of which sending was begun, whatever the answer was.
func (s *Store) reported(ctx context.Context, l Letter, from []State, to State, reason, receipt string) error {
	_, _, err := s.change(ctx, l, func(b *mailBody) (bool, error) {
		if b.Attempt == 0 || !slices.Contains(from, b.State) {
			return false, nil
		}
		b.State, b.Reason = to, reason
		if receipt != "" {
			b.Receipt = receipt
		}
		return true, nil
	})
	return err
}

func isOneOf(state State, states []State) bool {
	return len(states) == 0 || slices.Contains(states, state)
}

// sorted are mails in the order of their keys.
func sorted(mails map[string]Mail) []Mail {
	list := make([]Mail, 0, len(mails))
	for _, key := range slices.Sorted(maps.Keys(mails)) {
		list = append(list, mails[key])
	}
	return list
}
