package application

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The functions below each hold one rule. They return nil where it is kept, and else a problem about the field that the sender
// can correct. city is the city's name for the message.

// CheckReceived holds the cities' deadline (R-APP-1): CYCLE_CLOSED_CITY. The deadline's own day is in time.
func CheckReceived(on civil.Date, call programme.Call) *problem.Problem {
	if !on.After(call.CityDeadline) {
		return nil
	}
	return problem.New("CYCLE_CLOSED_CITY").In("received_on").Under("R-APP-1").
		WithText("deadline", call.CityDeadline.Text()).WithText("call", call.Title)
}

// CheckEndorsedOn holds the National Commissions' deadline (R-APP-2): CYCLE_CLOSED_NATCOM. The deadline's own day is in time.
func CheckEndorsedOn(on civil.Date, call programme.Call) *problem.Problem {
	if !on.After(call.CommissionDeadline) {
		return nil
	}
	return problem.New("CYCLE_CLOSED_NATCOM").In("endorsed_on").Under("R-APP-2").
		WithText("deadline", call.CommissionDeadline.Text()).WithText("call", call.Title)
}

// CheckPledge asks for the mayor's pledge to the Declaration and the Key Features (R-APP-10): PLEDGE_MISSING.
func CheckPledge(city locale.Text, given bool) *problem.Problem {
	if given {
		return nil
	}
	return problem.New("PLEDGE_MISSING").In("pledge").Under("R-APP-10").WithText("city", city)
}

// AlreadyMember is the refusal of a member's application (R-APP-5): ALREADY_MEMBER.
func AlreadyMember(city locale.Text, since civil.Date) *problem.Problem {
	return problem.New("ALREADY_MEMBER").In("city").Under("R-APP-5").WithText("city", city).WithText("since", since.Text())
}

// AlreadyApplied is the refusal of a second application to one call (R-APP-5): ALREADY_APPLIED. The same day of receipt means the
// same application, corrected.
func AlreadyApplied(city locale.Text, stored Application, receivedOn civil.Date, call programme.Call) *problem.Problem {
	if stored.ReceivedOn == receivedOn {
		return nil
	}
	return problem.New("ALREADY_APPLIED").In("city").Under("R-APP-5").WithText("city", city).WithText("call", call.Title).
		WithText("received", stored.ReceivedOn.Text())
}

// EndorsementMissing says that an application can be neither submitted nor accepted yet (R-APP-4): ENDORSEMENT_MISSING about the
// field given. An application that waits for its endorsement has it as a warning.
func EndorsementMissing(city locale.Text, field string) *problem.Problem {
	return problem.New("ENDORSEMENT_MISSING").In(field).Under("R-APP-4").WithText("city", city)
}

// CheckRating keeps a challenge's rating within the programme's bounds (R-APP-10): NUMBER_OUT_OF_RANGE about the field given.
func CheckRating(field string, label locale.Text, rating int64, limits programme.Limits) *problem.Problem {
	lowest, highest := limits.RatingLowest, limits.RatingHighest
	if rating >= int64(lowest) && rating <= int64(highest) {
		return nil
	}
	return problem.New("NUMBER_OUT_OF_RANGE").In(field).Under("R-APP-10").
		WithText("column", label).With("range", strconv.Itoa(lowest)+"–"+strconv.Itoa(highest))
}

// CheckFigure refuses a negative figure of the profile, given as decimal text (R-APP-10): NUMBER_OUT_OF_RANGE about the field given.
func CheckFigure(field string, label locale.Text, value string) *problem.Problem {
	if !strings.HasPrefix(value, "-") {
		return nil
	}
	return problem.New("NUMBER_OUT_OF_RANGE").In(field).Under("R-APP-10").WithText("column", label).With("range", "≥ 0")
}
