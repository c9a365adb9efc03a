package programme

import (
	"slices"
	"strings"
)

// letters is what there is for each matter: how the periods of a report are counted, which a reminder doesn't have, and who can have to do
// with it.
var letters = []struct {
	about   About
	counted Counting
	to      []Audience
}{
	{ClusterDigest, OfTerm, []Audience{ToSecretariat, ToTreasurers, ToAuditors, ToCommissions, ToCities, ToCoordinators}},
	{NetworkDigest, OfTerm, []Audience{ToSecretariat, ToTreasurers, ToAuditors, ToCommissions, ToCities}},
	{FundSummary, Calendar, []Audience{ToSecretariat, ToTreasurers, ToAuditors}},
	{DonorStatement, OfContract, []Audience{ToSecretariat, ToTreasurers, ToAuditors, ToDonors}},
	{MembershipSummary, Calendar, []Audience{ToSecretariat, ToTreasurers, ToAuditors}},
	{CallCity, "", []Audience{ToSecretariat, ToCommissions, ToCities}},
	{CallCommission, "", []Audience{ToSecretariat, ToCommissions}},
	{TermEnd, "", []Audience{ToSecretariat, ToCities}},
	{ParticipationEnd, "", []Audience{ToSecretariat, ToCities}},
	{NewsDue, "", []Audience{ToSecretariat, ToCoordinators}},
	{ReportDue, "", []Audience{ToSecretariat, ToCoordinators}},
	{InstalmentOverdue, "", []Audience{ToSecretariat, ToTreasurers, ToAuditors, ToDonors}},
}

const (
	longestSchedule = 32  // characters of an identifier, which stands in that of each of its reports
	farthestDay     = 366 // before or after
)

// buildSchedules wants each schedule to be whole: of a report its periods and its one day, of a reminder the days on which it is sent; and
// readers who have to do with its matter.
func (l *loader) buildSchedules(docs []docSchedule) []Schedule {
	l.notEmpty("schedules", len(docs))
	var schedules []Schedule
	seen := map[string]bool{}
	for i, d := range docs {
		path := at("schedules", i, "")
		s := Schedule{
			ID:          l.id(path+".id", d.ID, seen),
			About:       About(d.About),
			Label:       l.text(path+".label", d.Label),
			After:       l.days(path+".after", d.After),
			Before:      l.days(path+".before", d.Before),
			Hour:        l.upTo(path+".hour", d.Hour, 0, 23),
			Zone:        l.zone(path+".zone", d.Zone),
			Contractual: d.Contractual,
			Origin:      l.origin(path, d.Origin),
		}
		if len(d.ID) > longestSchedule {
			l.fault(path+".id", reasonTooLong(d.ID, longestSchedule))
		}
		l.buildLetter(path, d, &s)
		schedules = append(schedules, s)
	}
	return schedules
}

func (l *loader) buildLetter(path string, d docSchedule, s *Schedule) {
	var abouts []string
	for _, letter := range letters {
		abouts = append(abouts, string(letter.about))
		if letter.about != s.About {
			continue
		}
		for i, to := range d.To {
			s.To = append(s.To, oneOf(l, at(path+".to", i, ""), to, letter.to))
			if slices.Contains(d.To[:i], to) {
				l.fault(at(path+".to", i, ""), reasonTwice(to))
			}
		}
		l.notEmpty(path+".to", len(d.To))
		if s.About.Reminds() {
			l.checkReminder(path, d)
			return
		}
		s.Months = l.upTo(path+".months", d.Months, 1, 120)
		s.Counted = oneOf(l, path+".counted", d.Counted, []Counting{letter.counted})
		s.Nothing = oneOf(l, path+".nothing", d.Nothing, []Nothing{SayNothing, SkipNothing})
		l.checkReport(path, *s)
		return
	}
	l.fault(path+".about", reasonNotOneOf(d.About, strings.Join(abouts, ", ")))
}

func (l *loader) checkReport(path string, s Schedule) {
	if len(s.After) != 1 {
		l.fault(path+".after", reasonOneDay())
	}
	if len(s.Before) > 0 {
		l.fault(path+".before", reasonOfReminders())
	}
	if s.Counted == Calendar && s.Months > 0 && 12%s.Months != 0 {
		l.fault(path+".months", reasonYear(s.Months))
	}
}

func (l *loader) checkReminder(path string, d docSchedule) {
	for _, only := range []struct{ key, value string }{{"months", d.Months}, {"counted", d.Counted}, {"nothing", d.Nothing}} {
		if only.value != "" {
			l.fault(path+"."+only.key, reasonOfReports())
		}
	}
	l.notEmpty(path+".before", len(d.Before)+len(d.After))
}

// days wants numbers of days from 1 on, each once.
func (l *loader) days(path string, values []string) []int {
	var days []int
	seen := map[int]bool{}
	for i, value := range values {
		n := l.upTo(at(path, i, ""), value, 1, farthestDay)
		if n > 0 && seen[n] {
			l.fault(at(path, i, ""), reasonTwice(value))
		}
		seen[n] = true
		days = append(days, n)
	}
	return days
}

// upTo is whole with a most.
func (l *loader) upTo(path, value string, least, most int) int {
	n := l.whole(path, value, least)
	if n > most {
		l.fault(path, reasonTooLarge(n, most))
	}
	return n
}

// oneOf wants one of a list.
func oneOf[T ~string](l *loader, path, value string, list []T) T {
	switch {
	case value == "":
		l.fault(path, reasonMissing())
	case !slices.Contains(list, T(value)):
		names := make([]string, len(list))
		for i, name := range list {
			names[i] = string(name)
		}
		l.fault(path, reasonNotOneOf(value, strings.Join(names, ", ")))
	}
	return T(value)
}
