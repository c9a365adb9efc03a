package workplan

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// NewsType is the type under which news are stored; the term's id is the partition.
const NewsType = "news"

// News is what a coordinating city sends for the newsletter (R-CLU-10).
type News struct {
	Cluster string     `json:"cluster"`
	Member  string     `json:"member"`
	On      civil.Date `json:"on"`
	Text    string     `json:"text"`
}

// ID identifies news within their term: the cluster, the day and the city, "health#2020-03-31#FR#brest".
func (n News) ID() string { return n.Cluster + "#" + n.On.String() + "#" + n.Member }

// Turn is one time that a duty comes round, and whether it was done.
type Turn struct {
	Duty      programme.Duty
	From, Due civil.Date // the period, both days included
	DoneOn    civil.Date // the first time within the period; none
	Overdue   bool       // not done, and the period is over
}

// Turns lists when a cluster's duties come round in a term and which of them are done on a day (R-CLU-10), by their due days: every
// so many months from the term's first day, or once in it. News of the cluster do the duty that is called "news"; every other one is
// done by an activity of its budget line that was held. What is done outside of a period does not count for it.
func Turns(p *programme.Edition, term programme.Term, plan Plan, news []News, today civil.Date) []Turn {
	var turns []Turn
	for _, duty := range p.Duties {
		var done []civil.Date
		for _, n := range news {
			if duty.ID == newsDuty && n.Cluster == plan.Cluster {
				done = append(done, n.On)
			}
		}
		for _, a := range plan.Activities {
			if duty.ID != newsDuty && a.Line == duty.Line && a.Status == Held {
				done = append(done, a.On)
			}
		}
		slices.SortFunc(done, civil.Date.Compare)
		for _, turn := range periods(duty, term) {
			for _, on := range done {
				if turn.DoneOn.IsZero() && !on.Before(turn.From) && !on.After(turn.Due) && !on.After(today) {
					turn.DoneOn = on
				}
			}
			turn.Overdue = turn.DoneOn.IsZero() && today.After(turn.Due)
			turns = append(turns, turn)
		}
	}
	slices.SortStableFunc(turns, func(a, b Turn) int { return cmp.Or(a.Due.Compare(b.Due), a.From.Compare(b.From)) })
	return turns
}

const newsDuty = "news"

// periods divides a term; a last piece that is shorter is one too.
func periods(duty programme.Duty, term programme.Term) []Turn {
	if duty.Months == 0 {
		return []Turn{{Duty: duty, From: term.Start, Due: term.End}}
	}
	var turns []Turn
	for n := 0; ; n++ {
		from := term.Start.AddMonths(n * duty.Months)
		if from.After(term.End) {
			return turns
		}
		due := term.Start.AddMonths((n + 1) * duty.Months).AddDays(-1)
		if due.After(term.End) {
			due = term.End
		}
		turns = append(turns, Turn{Duty: duty, From: from, Due: due})
	}
}
