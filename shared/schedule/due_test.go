package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
)

func day(t *testing.T, text string) civil.Date {
	t.Helper()
	d, err := civil.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// only are the programme's schedules of a matter.
func only(t *testing.T, about programme.About) []programme.Schedule {
	t.Helper()
	var found []programme.Schedule
	for _, s := range programme.Current().Schedules {
		if s.About == about {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		t.Fatalf("there is no schedule about %s", about)
	}
	return found
}

// told is an occasion in a line: when it is due and what of.
func told(o schedule.Occasion) string {
	what := o.Day.String()
	if o.Day.IsZero() {
		what = o.Period.From.String() + ".." + o.Period.To.String()
	}
	return o.Due.Format("2006-01-02T15:04Z") + " " + o.Schedule + " " + what
}

func list(all []schedule.Occasion) string {
	var lines []string
	for _, o := range all {
		lines = append(lines, told(o))
	}
	return strings.Join(lines, "\n")
}

func reports(about programme.About, first, last civil.Date) schedule.Facts {
	return schedule.Facts{Spans: []schedule.Span{{About: about, First: first, Last: last}}}
}

func TestReportsAreDueAfterTheirPeriods(t *testing.T) {
	for _, c := range []struct {
		name         string
		about        programme.About
		first, last  string
		after, until string
		want         string
	}{
		{
			name: "months of 28 to 31 days, and the years", about: programme.FundSummary,
			after: "2027-12-31T00:00:00Z", until: "2028-05-31T00:00:00Z",
			want: "2028-01-05T07:00Z fund-month 2027-12-01..2027-12-31\n" +
				"2028-01-15T07:00Z fund-year 2027-01-01..2027-12-31\n" +
				"2028-02-05T07:00Z fund-month 2028-01-01..2028-01-31\n" +
				"2028-03-05T07:00Z fund-month 2028-02-01..2028-02-29\n" +
				"2028-04-05T06:00Z fund-month 2028-03-01..2028-03-31\n" + // summer time in Berlin
				"2028-05-05T06:00Z fund-month 2028-04-01..2028-04-30",
		},
		{
			name: "a February of 28 days", about: programme.FundSummary,
			after: "2026-02-28T00:00:00Z", until: "2026-03-31T00:00:00Z",
			want: "2026-03-05T07:00Z fund-month 2026-02-01..2026-02-28",
		},
		{
			name: "quarters", about: programme.MembershipSummary, after: "2025-12-31T00:00:00Z", until: "2026-10-31T00:00:00Z",
			want: "2026-01-05T07:00Z membership-quarter 2025-10-01..2025-12-31\n" +
				"2026-04-05T06:00Z membership-quarter 2026-01-01..2026-03-31\n" +
				"2026-07-05T06:00Z membership-quarter 2026-04-01..2026-06-30\n" +
				"2026-10-05T06:00Z membership-quarter 2026-07-01..2026-09-30",
		},
		{
			name: "half-years of a term, none before and none after it", about: programme.NetworkDigest,
			first: "2025-10-01", last: "2027-09-30", after: "2024-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z",
			want: "2026-04-10T06:00Z network-digest 2025-10-01..2026-03-31\n" +
				"2026-10-10T06:00Z network-digest 2026-04-01..2026-09-30\n" +
				"2027-04-10T06:00Z network-digest 2026-10-01..2027-03-31\n" +
				"2027-10-10T06:00Z network-digest 2027-04-01..2027-09-30",
		},
		{
			name: "the last piece of a term that is shorter", about: programme.NetworkDigest,
			first: "2025-10-01", last: "2026-06-30", after: "2025-10-01T00:00:00Z", until: "2030-01-01T00:00:00Z",
			want: "2026-04-10T06:00Z network-digest 2025-10-01..2026-03-31\n" +
				"2026-07-10T06:00Z network-digest 2026-04-01..2026-06-30",
		},
		{
			name: "years of an agreement that was signed on 29 February", about: programme.DonorStatement,
			first: "2024-02-29", last: "2028-02-29", after: "2024-01-01T00:00:00Z", until: "2035-01-01T00:00:00Z",
			want: "2025-03-29T07:00Z donor-statement 2024-02-29..2025-02-27\n" +
				"2026-03-29T06:00Z donor-statement 2025-02-28..2026-02-27\n" + // the day on which summer time begins
				"2027-03-29T06:00Z donor-statement 2026-02-28..2027-02-27\n" +
				"2028-03-29T06:00Z donor-statement 2027-02-28..2028-02-28\n" +
				"2029-03-29T06:00Z donor-statement 2028-02-29..2029-02-27",
		},
		{
			name: "years of an agreement without an end", about: programme.DonorStatement,
			first: "2025-11-15", after: "2027-01-01T00:00:00Z", until: "2029-01-01T00:00:00Z",
			want: "2027-12-14T07:00Z donor-statement 2026-11-15..2027-11-14\n" +
				"2028-12-14T07:00Z donor-statement 2027-11-15..2028-11-14",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var first, last civil.Date
			if c.first != "" {
				first = day(t, c.first)
			}
			if c.last != "" {
				last = day(t, c.last)
			}
			due := schedule.Due(only(t, c.about), reports(c.about, first, last), moment(t, c.after), moment(t, c.until))
			if got := list(due); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestACallsDeadlinesAreRemindedOfInItsZone(t *testing.T) {
	facts := schedule.Facts{Marks: []schedule.Mark{
		{
			About: programme.CallCommission, Subject: schedule.Subject{Call: "2025", Country: "FR"},
			Day: day(t, "2025-07-15"), Zone: zone(t, "Europe/Berlin"),
		},
		{
			About: programme.CallCommission, Subject: schedule.Subject{Call: "x", Country: "BR"},
			Day: day(t, "2025-07-15"), Zone: zone(t, "America/Sao_Paulo"),
		},
	}}
	due := schedule.Due(only(t, programme.CallCommission), facts, moment(t, "2025-06-01T00:00:00Z"), moment(t, "2025-08-01T00:00:00Z"))
	want := "2025-06-15T06:00Z call-commission 2025-07-15\n2025-06-15T11:00Z call-commission 2025-07-15\n" +
		"2025-07-08T06:00Z call-commission 2025-07-15\n2025-07-08T11:00Z call-commission 2025-07-15\n" +
		"2025-07-14T06:00Z call-commission 2025-07-15\n2025-07-14T11:00Z call-commission 2025-07-15"
	if got := list(due); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, o := range due {
		closes := "2025-07-15T21:59:59Z" // 23:59:59 in Berlin
		if o.Subject.Country == "BR" {
			closes = "2025-07-16T02:59:59Z"
		}
		if got := o.Closes.Format(time.RFC3339); got != closes || o.Ahead != map[string]int{"06-15": 30, "07-08": 7, "07-14": 1}[o.Due.Format("01-02")] {
			t.Errorf("%s closes at %s, %d days ahead", told(o), got, o.Ahead)
		}
	}
}

func TestADeadlineThatIsMovedIsRemindedOfAnew(t *testing.T) {
	on := func(text string) schedule.Facts {
		return schedule.Facts{Marks: []schedule.Mark{{
			About: programme.CallCity, Subject: schedule.Subject{Call: "2025", City: "FR#brest"}, Day: day(t, text),
			Zone: zone(t, "Europe/Berlin"),
		}}}
	}
	schedules := only(t, programme.CallCity)
	before := schedule.Due(schedules, on("2025-06-15"), moment(t, "2025-06-01T00:00:00Z"), moment(t, "2025-06-14T12:00:00Z"))
	after := schedule.Due(schedules, on("2025-06-20"), moment(t, "2025-06-14T12:00:00Z"), moment(t, "2025-07-01T00:00:00Z"))
	want := "2025-06-08T06:00Z call-city 2025-06-15\n2025-06-14T06:00Z call-city 2025-06-15\n2025-06-19T06:00Z call-city 2025-06-20"
	if got := list(append(slices.Clone(before), after...)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if before[1].ID() == after[0].ID() {
		t.Errorf("a day before the old deadline and before the new one are one occasion, %s", after[0].ID())
	}
}

func TestWhatIsOverdueIsRemindedOfAfterItsDay(t *testing.T) {
	facts := schedule.Facts{Marks: []schedule.Mark{{
		About: programme.InstalmentOverdue, Subject: schedule.Subject{Donor: "donor_country#KR", Agreement: "a", Number: 2},
		Day: day(t, "2026-01-31"),
	}}}
	due := schedule.Due(only(t, programme.InstalmentOverdue), facts, moment(t, "2026-01-01T00:00:00Z"), moment(t, "2026-12-31T00:00:00Z"))
	if got := list(due); got != "2026-02-01T07:00Z instalment-overdue 2026-01-31\n2026-03-02T07:00Z instalment-overdue 2026-01-31" {
		t.Errorf("got\n%s", got)
	}
	for i, ahead := range []int{-1, -30} {
		if due[i].Ahead != ahead || !due[i].Closes.IsZero() {
			t.Errorf("%+v", due[i])
		}
	}
}

func TestTheReportBeforeIsThatOfThePeriodBefore(t *testing.T) {
	current := programme.Current()
	spans := func(about programme.About, days ...string) schedule.Facts {
		var facts schedule.Facts
		for i := 0; i < len(days); i += 2 {
			s := schedule.Span{About: about, First: day(t, days[i])}
			if days[i+1] != "" {
				s.Last = day(t, days[i+1])
			}
			facts.Spans = append(facts.Spans, s)
		}
		return facts
	}
	for _, c := range []struct {
		name  string
		facts schedule.Facts
		want  []string // periods, the latest first
	}{
		{
			"a term's first follows the last of the term before, whatever lies between", spans(programme.NetworkDigest, "2025-10-01", "2026-09-30", "2019-10-01", "2020-05-31"),
			[]string{"2026-04-01..2026-09-30", "2025-10-01..2026-03-31", "2020-04-01..2020-05-31", "2019-10-01..2020-03-31"},
		},
		{
			"an agreement's years that begin on 28 and 29 February", spans(programme.DonorStatement, "2024-02-29", "2028-02-29"),
			[]string{"2028-02-29..2029-02-27", "2027-02-28..2028-02-28", "2026-02-28..2027-02-27", "2025-02-28..2026-02-27", "2024-02-29..2025-02-27"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			due := schedule.Due(current.Schedules, c.facts, moment(t, "2019-01-01T00:00:00Z"), moment(t, "2030-01-01T00:00:00Z"))
			o, ok := due[len(due)-1], true
			for _, want := range c.want {
				if period := o.Period.From.String() + ".." + o.Period.To.String(); !ok || period != want {
					t.Fatalf("%s, %v; want %s", period, ok, want)
				}
				at := slices.IndexFunc(due, func(d schedule.Occasion) bool { return d.ID() == o.ID() })
				if at < 0 || due[at] != o {
					t.Errorf("the one before, %+v, was never due", o)
				}
				o, ok = schedule.Previous(current.Schedules, c.facts, o)
			}
			if ok {
				t.Errorf("before the first there is %s", told(o))
			}
		})
	}
	yearly := schedule.Due(only(t, programme.FundSummary), reports(programme.FundSummary, civil.Date{}, civil.Date{}),
		moment(t, "2026-01-14T00:00:00Z"), moment(t, "2026-01-16T00:00:00Z"))
	if o, ok := schedule.Previous(current.Schedules, reports(programme.FundSummary, civil.Date{}, civil.Date{}), yearly[0]); !ok ||
		told(o) != "2025-01-15T07:00Z fund-year 2024-01-01..2024-12-31" {
		t.Errorf("before the year's summary there is %s, %v", told(o), ok)
	}
}

func TestAReminderHasNoneBeforeIt(t *testing.T) {
	mark := schedule.Mark{About: programme.TermEnd, Day: day(t, "2027-09-30")}
	facts := schedule.Facts{Marks: []schedule.Mark{mark}, Spans: []schedule.Span{{About: programme.TermEnd, First: day(t, "2020-01-01")}}}
	due := schedule.Due(programme.Current().Schedules, facts, moment(t, "2027-01-01T00:00:00Z"), moment(t, "2027-12-01T00:00:00Z"))
	if len(due) != 2 {
		t.Fatalf("got\n%s", list(due))
	}
	for _, o := range append(due, schedule.Occasion{Schedule: "unknown", About: programme.FundSummary}) {
		if before, ok := schedule.Previous(programme.Current().Schedules, facts, o); ok {
			t.Errorf("before %s there is %s", told(o), told(before))
		}
	}
}

func TestIdentifiersAreWellFormedAndSayNobodysName(t *testing.T) {
	for _, s := range programme.Current().Schedules {
		o := schedule.Occasion{
			Schedule: s.ID, About: s.About, Day: day(t, "2026-02-28"),
			Subject: schedule.Subject{Donor: "company#Müller & Söhne", City: "FR#évry", Agreement: "a b/c", Number: 3},
		}
		id := o.ID()
		if !identity.WellFormed(id) || !strings.HasPrefix(id, "20260228-"+s.ID+"-") || strings.Contains(id, "ller") {
			t.Errorf("%q", id)
		}
		later := o
		later.Due = time.Unix(1, 0)
		if later.ID() != id {
			t.Error("what is due at another time is another occasion")
		}
	}
}
