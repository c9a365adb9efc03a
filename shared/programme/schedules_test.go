package programme_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Each line is what somebody would say of a schedule: when, to whom, and whether it can be declined.
func TestWhatIsWrittenWhenAndToWhom(t *testing.T) {
	want := map[string]string{
		"cluster-digest":     "cluster_digest every 6 months by term, 10 after, to city coordinator secretariat, skip, R-CLU-10 003",
		"network-digest":     "network_digest every 6 months by term, 10 after, to city commission secretariat, say, R-CLU-10 003",
		"fund-month":         "fund_summary every 1 months by calendar, 5 after, to secretariat treasurer, skip, R-FUN-3 practice",
		"fund-year":          "fund_summary every 12 months by calendar, 15 after, to secretariat treasurer auditor, say, R-FUN-3 practice",
		"membership-quarter": "membership_summary every 3 months by calendar, 5 after, to secretariat auditor, say, R-MEM-1 practice",
		"donor-statement":    "donor_statement every 12 months by agreement, 30 after, to donor treasurer, say, contractual, R-FUN-3 practice",
		"call-city":          "call_city 30 7 1 before, to city, contractual, R-APP-1 practice",
		"call-commission":    "call_commission 30 7 1 before, to commission, contractual, R-APP-2 practice",
		"term-end":           "term_end 60 14 before, to city, contractual, R-CLU-4 practice",
		"participation-end":  "participation_end 60 14 before, to city, contractual, R-CLU-2 practice",
		"news-due":           "news_due 30 7 before, 1 14 after, to coordinator, R-CLU-10 practice",
		"report-due":         "report_due 60 14 before, 1 after, to coordinator, R-CLU-10 practice",
		"instalment-overdue": "instalment_overdue 1 30 after, to donor treasurer, contractual, R-FUN-8 practice",
	}
	for _, s := range edition.Schedules {
		if got := told(s); got != want[s.ID] {
			t.Errorf("%s: %s\nwant %s", s.ID, got, want[s.ID])
		}
		if s.Hour != 8 || s.Zone != "Europe/Berlin" || s.Location().String() != "Europe/Berlin" {
			t.Errorf("%s goes by %d:00 in %s", s.ID, s.Hour, s.Zone)
		}
		if found, ok := edition.Schedule(s.ID); !ok || found.About != s.About {
			t.Errorf("%s is not found", s.ID)
		}
		delete(want, s.ID)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func told(s programme.Schedule) string {
	var parts []string
	days := func(n []int, which string) {
		if len(n) > 0 {
			parts = append(parts, strings.Trim(fmt.Sprint(n), "[]")+" "+which)
		}
	}
	first := string(s.About)
	if s.Months > 0 {
		parts = append(parts, fmt.Sprintf("%s every %d months by %s", first, s.Months, s.Counted))
	}
	days(s.Before, "before")
	days(s.After, "after")
	if s.Months == 0 {
		parts[0] = first + " " + parts[0]
	}
	parts = append(parts, "to "+strings.Trim(fmt.Sprint(s.To), "[]"))
	if s.Nothing != "" {
		parts = append(parts, string(s.Nothing))
	}
	if s.Contractual {
		parts = append(parts, "contractual")
	}
	return strings.Join(append(parts, s.Rule+" "+s.Source), ", ")
}

// What a city, a National Commission or a donor has agreed to, or loses by being late, can't be declined; what is news can.
func TestOnlyWhatIsContractualCannotBeDeclined(t *testing.T) {
	for _, s := range edition.Schedules {
		switch s.About {
		case programme.DonorStatement, programme.InstalmentOverdue, programme.CallCity, programme.CallCommission, programme.TermEnd,
			programme.ParticipationEnd:
			if !s.Contractual {
				t.Errorf("%s can be declined", s.ID)
			}
		default:
			if s.Contractual {
				t.Errorf("%s can't be declined", s.ID)
			}
		}
	}
}

func TestAFaultOfAScheduleIsReportedAtItsPlace(t *testing.T) {
	const fund = "months: 1\n    counted: calendar\n    after: [5]"
	for _, c := range []struct{ name, old, new, path, says string }{
		{"a matter is unknown", "about: fund_summary", "about: fund_sumary", "schedules[2].about", "not one of cluster_digest"},
		{"an identifier stands twice", "id: fund-year", "id: fund-month", "schedules[3].id", "twice"},
		{"an identifier is long", "id: fund-year", "id: the-fund-as-it-was-in-a-whole-year", "schedules[3].id", "more than 32"},
		{"a label misses a language", `es: "Boletín de un grupo"`, `es: ""`, "schedules[0].label.es", "missing"},
		{"a report has no periods", fund, "counted: calendar\n    after: [5]", "schedules[2].months", "missing"},
		{"a year is not made of the periods", fund, "months: 5\n    counted: calendar\n    after: [5]", "schedules[2].months", "5 months"},
		{"periods are counted from nothing", fund, "months: 1\n    after: [5]", "schedules[2].counted", "missing"},
		{"periods are counted from what has nothing to do with it", fund, "months: 1\n    counted: term\n    after: [5]", "schedules[2].counted", "not one of calendar"},
		{"a report is due twice", fund, "months: 1\n    counted: calendar\n    after: [5, 6]", "schedules[2].after", "one day"},
		{"a report is due before", fund, "months: 1\n    counted: calendar\n    after: [5]\n    before: [1]", "schedules[2].before", "report has none"},
		{"a report is due at its period's end", fund, "months: 1\n    counted: calendar\n    after: [0]", "schedules[2].after[0]", "less than 1"},
		{"nothing new is left open", "    nothing: skip # many", "    # many", "schedules[2].nothing", "missing"},
		{"a reminder has periods", "before: [60, 14]\n    hour", "before: [60, 14]\n    months: 6\n    hour", "schedules[8].months", "reminder has none"},
		{"a reminder is skipped", "before: [60, 14]\n    hour", "before: [60, 14]\n    nothing: skip\n    hour", "schedules[8].nothing", "reminder has none"},
		{"a reminder has no day", "before: [60, 14]\n    hour", "hour", "schedules[8].before", "missing"},
		{"a day stands twice", "before: [60, 14]\n    hour", "before: [60, 60]\n    hour", "schedules[8].before[1]", "twice"},
		{"a day is far off", "before: [60, 14]\n    hour", "before: [600, 14]\n    hour", "schedules[8].before[0]", "more than 366"},
		{"a day is no number", "before: [60, 14]\n    hour", "before: [soon]\n    hour", "schedules[8].before[0]", "whole number"},
		{"an hour that no day has", "hour: 8\n", "hour: 24\n", "schedules[0].hour", "more than 23"},
		{"a zone is unknown", "hour: 8\n    zone: Europe/Berlin", "hour: 8\n    zone: Europe/Atlantis", "schedules[0].zone", "not a time zone"},
		{"it goes to nobody", "to: [city, coordinator, secretariat]", "to: []", "schedules[0].to", "missing"},
		{"it goes to somebody twice", "to: [city, coordinator, secretariat]", "to: [city, city]", "schedules[0].to[1]", "twice"},
		{"donors have nothing to do with a cluster", "to: [city, coordinator, secretariat]", "to: [donor]", "schedules[0].to[0]", "not one of"},
		{"cities have nothing to do with a statement", "to: [donor, treasurer]", "to: [donor, city]", "schedules[5].to[1]", "not one of"},
		{"it rests on nothing", "    source: \"003\"\n    rule: R-CLU-10\n  - id: network-digest", "  - id: network-digest", "schedules[0].rule", "missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := faults(t, spoilt(t, c.old, c.new))
			for _, f := range all {
				for _, name := range []string{"path", "reason"} {
					if missing := f.Params[name].Missing(); len(missing) > 0 {
						t.Errorf("%s is missing in %v", name, missing)
					}
				}
				if f.Code == problem.Code(invalid) && f.Field == c.path && strings.Contains(f.Message(locale.EN), c.says) {
					return
				}
			}
			t.Errorf("no fault at %s saying %q in:\n%v", c.path, c.says, all)
		})
	}
}
