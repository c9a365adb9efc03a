package member

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// NotAMember says that a city does what only members may, and is none on record: NOT_A_MEMBER. city is its name for the message.
func NotAMember(city locale.Text) *problem.Problem {
	return problem.New("NOT_A_MEMBER").In("city").WithText("city", city).
		WithText("when", locale.Text{EN: " on record", FR: " enregistrée", ES: " registrada"})
}

// CheckMember asks that the city was a member on a day, or, where the day is not known, that it has not left: NOT_A_MEMBER, which
// says since when it is one or until when it was.
func (m Member) CheckMember(city locale.Text, on civil.Date) *problem.Problem {
	switch {
	case on.IsZero() && m.Current(), !on.IsZero() && m.On(on):
		return nil
	case on.IsZero():
		return NotAMember(city).WithText("when", m.standing(on))
	}
	day, standing := on.Text(), m.standing(on)
	return NotAMember(city).WithText("when", locale.Text{
		EN: " on " + day.EN + standing.EN, FR: " au " + day.FR + standing.FR, ES: " el " + day.ES + standing.ES,
	})
}

// standing is since when the city is a member, or until when it was, for a day on which it is none.
func (m Member) standing(on civil.Date) locale.Text {
	if m.LeftOn.IsZero() || !on.IsZero() && on.Before(m.JoinedOn) {
		since := m.JoinedOn.Text()
		return locale.Text{
			EN: " (member since " + since.EN + ")", FR: " (membre depuis le " + since.FR + ")", ES: " (miembro desde el " + since.ES + ")",
		}
	}
	until := m.LeftOn.Text()
	return locale.Text{
		EN: " (member until " + until.EN + ")", FR: " (membre jusqu'au " + until.FR + ")", ES: " (miembro hasta el " + until.ES + ")",
	}
}
