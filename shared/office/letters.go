package office

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Letters are the e-mails that a person is written by itself, and how its mailbox stands.
type Letters struct {
	Version int64 // of the person
	Choices []LetterChoice
	Mailbox people.Mailbox
}

// LetterChoice is a schedule whose letters people of the actor's role get. What is contractual is sent whether it is declined or not.
type LetterChoice struct {
	programme.Schedule
	Declined bool
}

// Letters are the actor's own, in the programme's order. SIGNIN_NEEDED, PERSON_UNKNOWN.
func (o *Office) Letters(ctx context.Context) (Letters, error) {
	who := access.ActorOf(ctx)
	if err := o.leave(ctx, access.PeopleRead, about(who.Person), who.Person); err != nil {
		return Letters{}, err
	}
	person, err := o.Config.People.Person(ctx, who.Person)
	if err != nil {
		return Letters{}, err
	}
	got := Letters{Version: person.Version, Mailbox: person.Mailbox}
	for _, s := range o.Programme.Schedules {
		if addresses(s, person.Role) {
			got.Choices = append(got.Choices, LetterChoice{s, !s.Contractual && person.Mailbox.Declines(s.ID)})
		}
	}
	return got, nil
}

// audiences are the roles of those who are written to.
var audiences = map[programme.Audience]access.Role{
	programme.ToSecretariat: access.Secretariat, programme.ToTreasurers: access.Treasurer, programme.ToAuditors: access.Auditor,
	programme.ToCommissions: access.Commission, programme.ToCities: access.City, programme.ToCoordinators: access.City,
	programme.ToDonors: access.Donor,
}

// addresses reports whether people of a role are among those to whom a schedule's letters go.
func addresses(s programme.Schedule, to access.Role) bool {
	return slices.ContainsFunc(s.To, func(one programme.Audience) bool { return audiences[one] == to })
}

// DeclineLetters makes these the schedules whose letters the actor doesn't want, by identifier: all others it takes. base is the version of
// the person that it has seen, 0 for any. SIGNIN_NEEDED, PERSON_UNKNOWN, RECORD_CHANGED, SCHEDULE_UNKNOWN, LETTER_CONTRACTUAL,
// IDEMPOTENCY_KEY_REUSED.
func (o *Office) DeclineLetters(ctx context.Context, request string, base int64, ids []string) (Letters, error) {
	who := access.ActorOf(ctx)
	if err := o.leave(ctx, access.LetterDecline, about(who.Person), who.Person); err != nil {
		return Letters{}, err
	}
	for _, id := range ids {
		if err := o.declinable(id); err != nil {
			return Letters{}, err
		}
	}
	if err := o.Config.People.Decline(ctx, origin(ctx, request).Request, who.Person, base, ids); err != nil {
		return Letters{}, err
	}
	return o.Letters(ctx)
}

// declinable refuses schedules that the programme hasn't, and those whose letters nobody can decline.
func (o *Office) declinable(id string) error {
	s, known := o.Programme.Schedule(id)
	switch {
	case !known:
		return unknown("SCHEDULE_UNKNOWN", id, o.Programme.Schedules, func(s programme.Schedule) string { return s.ID })
	case s.Contractual:
		return problem.New("LETTER_CONTRACTUAL").Valued(id).WithText("label", s.Label)
	}
	return nil
}

// RenewMailbox says that letters reach a person's address again. ACCESS_DENIED, PERSON_UNKNOWN, IDEMPOTENCY_KEY_REUSED.
func (o *Office) RenewMailbox(ctx context.Context, request, person string) error {
	do := access.PeopleChange
	if access.ActorOf(ctx).Person == person {
		do = access.LetterDecline
	}
	if err := o.leave(ctx, do, about(person), person); err != nil {
		return err
	}
	return o.Config.People.Renew(ctx, origin(ctx, request).Request, person)
}
