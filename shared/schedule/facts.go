package schedule

import (
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Facts are the days of the network that schedules go by, as on record at a moment, in any order. What is done is none of them.
type Facts struct {
	Spans []Span
	Marks []Mark
}

// Span is from when until when there are reports about a subject: a term of a cluster, an agreement with a donor.
type Span struct {
	About   programme.About
	Subject Subject
	First   civil.Date // from which periods of terms and agreements are counted; of calendar periods, none is ever since
	Last    civil.Date // no period begins after it, and of a term none goes beyond it; none is no end
}

// Mark is a day that people are reminded of while what it asks for is open.
type Mark struct {
	About   programme.About
	Subject Subject
	Day     civil.Date
	Zone    *time.Location // of a deadline with a zone of its own; nil goes by the schedule's
}
