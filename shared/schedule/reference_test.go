package schedule_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// slowly is Due in the plainest way: it makes every occasion there is from the first year on, and keeps those of the window.
func slowly(schedules []programme.Schedule, facts schedule.Facts, after, until time.Time) []schedule.Occasion {
	var all []schedule.Occasion
	first, last := civil.Of(after, time.UTC).AddDays(-5), civil.Of(until, time.UTC).AddDays(5) // looking at clocks takes the most time
	for _, s := range schedules {
		for _, span := range facts.Spans {
			if span.About == s.About && s.Months > 0 {
				for _, p := range everyPeriod(s, span) {
					if on := p.To.AddDays(s.After[0]); on.Before(first) || on.After(last) {
						continue
					}
					due := firstShown(p.To.AddDays(s.After[0]), s.Hour, s.Location())
					all = append(all, schedule.Occasion{Schedule: s.ID, About: s.About, Subject: span.Subject, Period: p, Due: due})
				}
			}
		}
		for _, mark := range facts.Marks {
			if mark.About != s.About || s.Months > 0 {
				continue
			}
			for n := -400; n <= 400; n++ {
				on := mark.Day.AddDays(-n)
				if !slices.Contains(s.Before, n) && !slices.Contains(s.After, -n) || n == 0 || on.Before(first) || on.After(last) {
					continue
				}
				o := schedule.Occasion{Schedule: s.ID, About: s.About, Subject: mark.Subject, Day: mark.Day, Ahead: n}
				loc := s.Location()
				if mark.Zone != nil {
					loc = mark.Zone
					o.Closes = firstShown(mark.Day.AddDays(1), 0, loc).Add(-time.Second)
				}
				o.Due = firstShown(on, s.Hour, loc)
				all = append(all, o)
			}
		}
	}
	var due []schedule.Occasion
	seen := map[string]bool{}
	slices.SortFunc(all, func(a, b schedule.Occasion) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID(), b.ID())) })
	for _, o := range all {
		if !seen[o.ID()] && o.Due.After(after) && !o.Due.After(until) {
			due = append(due, o)
			seen[o.ID()] = true
		}
	}
	return due
}

// everyPeriod goes through the days: a period begins where the calendar, or the day of the month that the span began on, says so.
func everyPeriod(s programme.Schedule, span schedule.Span) []schedule.Period {
	first := span.First
	if s.Counted == programme.Calendar {
		first = civil.Date{Year: 2009, Month: time.January, Day: 1}
	}
	var begins []civil.Date
	months := 0
	for d := first; d.Year < 2034; d = d.AddDays(1) {
		monthsSince := (d.Year-first.Year)*12 + int(d.Month-first.Month)
		lastOfMonth := d.AddDays(1).Day == 1
		if monthsSince == months && (d.Day == first.Day || d.Day < first.Day && lastOfMonth) {
			begins = append(begins, d)
			months += s.Months
		}
	}
	var periods []schedule.Period
	for i := 0; i+1 < len(begins); i++ {
		p := schedule.Period{From: begins[i], To: begins[i+1].AddDays(-1)}
		if s.Counted != programme.Calendar && !span.Last.IsZero() {
			if p.From.After(span.Last) {
				break
			}
			if s.Counted == programme.OfTerm && p.To.After(span.Last) {
				p.To = span.Last
			}
		}
		periods = append(periods, p)
	}
	return periods
}

// firstShown goes through the quarters of an hour, which is as fine as these zones are today.
func firstShown(d civil.Date, hour int, loc *time.Location) time.Time {
	wanted := time.Date(d.Year, d.Month, d.Day, hour, 0, 0, 0, time.UTC)
	for t := wanted.Add(-30 * time.Hour); ; t = t.Add(15 * time.Minute) {
		_, offset := t.In(loc).Zone()
		if !t.Add(time.Duration(offset) * time.Second).Before(wanted) {
			return t
		}
	}
}

var zones = []string{"Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "Asia/Kathmandu", "UTC"}

// somewhere are schedules and facts at random, of days that have every length of month and every change of the clock.
func somewhere(random *rand.Rand) ([]programme.Schedule, schedule.Facts) {
	pick := func(of []int) int { return of[random.IntN(len(of))] }
	anyDay := func() civil.Date {
		d := civil.Date{Year: 2010 + random.IntN(20), Month: time.Month(1 + random.IntN(12)), Day: pick([]int{1, 15, 28, 29, 30, 31})}
		for !d.Valid() {
			d.Day--
		}
		return d
	}
	var schedules []programme.Schedule
	for i := range 3 + random.IntN(3) {
		s := programme.Schedule{ID: "s" + strconv.Itoa(i), Hour: random.IntN(24), Zone: zones[random.IntN(len(zones))]}
		switch random.IntN(5) {
		case 0:
			s.About, s.Counted, s.Months = programme.FundSummary, programme.Calendar, pick([]int{1, 2, 3, 4, 6, 12})
		case 1:
			s.About, s.Counted, s.Months = programme.NetworkDigest, programme.OfTerm, pick([]int{1, 5, 6, 7, 12})
		case 2:
			s.About, s.Counted, s.Months = programme.DonorStatement, programme.OfContract, pick([]int{1, 6, 12, 24})
		default:
			s.About, s.Before, s.After = programme.CallCity, []int{1 + random.IntN(60), 61 + random.IntN(300)}, []int{1 + random.IntN(40)}
		}
		if s.Months > 0 {
			s.After = []int{1 + random.IntN(40)}
		}
		schedules = append(schedules, s)
	}
	var facts schedule.Facts
	for i := range 1 + random.IntN(4) {
		first := anyDay()
		span := schedule.Span{Subject: schedule.Subject{Cluster: strconv.Itoa(i)}, First: first, Last: first.AddDays(random.IntN(1500))}
		for _, about := range []programme.About{programme.NetworkDigest, programme.DonorStatement} {
			span.About = about
			facts.Spans = append(facts.Spans, span)
		}
		mark := schedule.Mark{About: programme.CallCity, Subject: schedule.Subject{City: strconv.Itoa(i)}, Day: anyDay()}
		if random.IntN(2) == 0 {
			mark.Zone, _ = time.LoadLocation(zones[random.IntN(len(zones))])
		}
		facts.Marks = append(facts.Marks, mark, mark) // what is told twice is due once
	}
	facts.Spans = append(facts.Spans, schedule.Span{About: programme.FundSummary})
	return schedules, facts
}

func TestDueAgreesWithTheSlowReference(t *testing.T) {
	found := 0
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 10))
		schedules, facts := somewhere(random)
		after := time.Date(2010+random.IntN(19), time.Month(1+random.IntN(12)), random.IntN(31), random.IntN(24), random.IntN(60), 0, 0, time.UTC)
		until := after.Add(time.Duration(random.IntN(24*700)) * time.Hour)
		got, want := schedule.Due(schedules, facts, after, until), slowly(schedules, facts, after, until)
		found += len(want)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d, after %s until %s: got\n%s\nwant\n%s", seed, after, until, list(got), list(want))
		}
	}
	if found < 800 {
		t.Errorf("only %d occasions were compared", found)
	}
}

func TestWindowsThatTouchLoseAndRepeatNothing(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 11))
		schedules, facts := somewhere(random)
		start := time.Date(2010+random.IntN(15), 1, 1, 0, 0, 0, 0, time.UTC)
		whole := schedule.Due(schedules, facts, start, start.AddDate(4, 0, 0))
		var pieces []schedule.Occasion
		for after, end := start, start.AddDate(4, 0, 0); after.Before(end); {
			until := after.Add(time.Duration(1+random.IntN(60*24)) * time.Hour)
			if len(pieces) < len(whole) && random.IntN(2) == 0 { // to the very instant at which something is due
				until = whole[len(pieces)].Due
			}
			if until.After(end) {
				until = end
			}
			pieces, after = append(pieces, schedule.Due(schedules, facts, after, until)...), until
		}
		if !slices.Equal(pieces, whole) {
			t.Fatalf("seed %d: in pieces\n%s\nat once\n%s", seed, list(pieces), list(whole))
		}
		ids := map[string]bool{}
		for _, o := range whole {
			if ids[o.ID()] {
				t.Fatalf("seed %d: %s twice", seed, told(o))
			}
			ids[o.ID()] = true
		}
	}
}

func TestPreviousIsWhatWasDueBefore(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 12))
		schedules, facts := somewhere(random)
		latest := map[string]schedule.Occasion{}
		for _, o := range schedule.Due(schedules, facts, time.Date(2009, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2033, 1, 1, 0, 0, 0, 0, time.UTC)) {
			if o.About.Reminds() {
				continue
			}
			key := fmt.Sprint(o.Schedule, o.Subject)
			before, ok := schedule.Previous(schedules, facts, o)
			want, known := latest[key]
			if known && (!ok || before != want) || !known && ok && o.About != programme.FundSummary {
				t.Fatalf("seed %d: before %s there is %s (%v), want %s (%v)", seed, told(o), told(before), ok, told(want), known)
			}
			latest[key] = o
		}
	}
}
