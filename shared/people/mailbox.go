package people

import (
	"context"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// Mailbox is how a person stands to the e-mails that the product writes by itself. The zero Mailbox takes all of them.
type Mailbox struct {
	// Declined are the identifiers of the schedules whose letters the person doesn't want, sorted, each once. Letters that nobody can
	// decline go out all the same: which those are is not known here.
	Declined []string `json:"declined,omitempty"`
	// FailingSince is when the address stopped taking letters, in UTC; zero of one that takes them as far as is known. Why is a stable
	// word for it: "bounce", "complaint".
	FailingSince time.Time `json:"failingSince,omitzero"`
	Why          string    `json:"why,omitempty"`
	// RenewedAt is when the address was last changed or said to work again: what came of letters before that tells nothing of it.
	RenewedAt time.Time `json:"renewedAt,omitzero"`
}

// Declines reports whether the person doesn't want the letters of a schedule.
func (m Mailbox) Declines(schedule string) bool { return slices.Contains(m.Declined, schedule) }

// Failing reports whether the address takes no letters.
func (m Mailbox) Failing() bool { return !m.FailingSince.IsZero() }

// renewed is the mailbox from a moment on: its address is new or works again.
func (m Mailbox) renewed(at time.Time) Mailbox {
	return Mailbox{Declined: m.Declined, RenewedAt: at}
}

// mostDeclined is how many schedules a person can decline: more than any programme has.
const mostDeclined = 100

// scheduleForm is what the identifier of a schedule is, for whoever gives another text.
var scheduleForm = locale.Text{
	EN: "identifiers of at most 100 schedules", FR: "les identifiants de 100 envois programmés au plus",
	ES: "los identificadores de 100 envíos programados como máximo",
}

// Decline makes these the schedules whose letters a person doesn't want: whichever it declined before and are not among them, it takes again.
// base is as for Change. ACCESS_DENIED, PERSON_UNKNOWN, RECORD_CHANGED, FIELD_INVALID, IDEMPOTENCY_KEY_REUSED.
func (s *Service) Decline(ctx context.Context, request, person string, base int64, schedules []string) error {
	declined := slices.Compact(slices.Sorted(slices.Values(schedules)))
	if len(declined) > mostDeclined || slices.ContainsFunc(declined, func(id string) bool { return !identity.WellFormed(id) }) {
		return problem.New("FIELD_INVALID").In("declined").With("field", "declined").WithText("expected", scheduleForm)
	}
	_, err := s.perform(ctx, request, access.LetterDecline, person, person, []any{base, declined},
		func(ctx context.Context, a *act) ([]table.Write, error) {
			p, err := s.at(ctx, person, base)
			if err != nil || slices.Equal(p.Mailbox.Declined, declined) {
				return nil, err
			}
			p.Mailbox.Declined = declined
			return a.again(p)
		})
	return err
}

// Renew says that a person's address takes letters again: the person itself, or whoever may change people. ACCESS_DENIED, PERSON_UNKNOWN,
// IDEMPOTENCY_KEY_REUSED.
func (s *Service) Renew(ctx context.Context, request, person string) error {
	do := access.PeopleChange
	if access.ActorOf(ctx).Person == person {
		do = access.LetterDecline
	}
	_, err := s.perform(ctx, request, do, person, person, "renew", func(ctx context.Context, a *act) ([]table.Write, error) {
		p, err := s.find(ctx, person)
		if err != nil || !p.Mailbox.Failing() {
			return nil, err
		}
		a.event.Action = MailboxRenew
		p.Mailbox = p.Mailbox.renewed(a.by.At)
		return a.again(p)
	})
	return err
}
