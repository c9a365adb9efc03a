package digest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

var update = flag.Bool("update", false, "write the golden files anew")

func due(text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return at
}

func period(from, to string) schedule.Period {
	return schedule.Period{From: day(from), To: day(to)}
}

// occasions are one of each report and reminder about the network, in the furnished world.
var occasions = map[string]schedule.Occasion{
	"cluster_digest": {
		Schedule: "cluster-digest", About: programme.ClusterDigest, Subject: schedule.Subject{Cluster: "health"},
		Period: period("2025-10-01", "2026-03-31"), Due: due("2026-04-10T06:00:00Z"),
	},
	"cluster_digest_silent": {
		Schedule: "cluster-digest", About: programme.ClusterDigest, Subject: schedule.Subject{Cluster: "esd"},
		Period: period("2025-10-01", "2026-03-31"), Due: due("2026-04-10T06:00:00Z"),
	},
	"network_digest": {
		Schedule: "network-digest", About: programme.NetworkDigest,
		Period: period("2025-10-01", "2026-03-31"), Due: due("2026-04-10T06:00:00Z"),
	},
	"call_city": {
		Schedule: "call-city", About: programme.CallCity, Subject: schedule.Subject{Call: "2025", City: "FR#rennes"},
		Day: day("2025-06-15"), Ahead: 7, Closes: due("2025-06-15T21:59:59Z"), Due: due("2025-06-08T06:00:00Z"),
	},
	"call_city_not_begun": {
		Schedule: "call-city", About: programme.CallCity, Subject: schedule.Subject{Call: "2025", City: "FR#toulouse"},
		Day: day("2025-06-15"), Ahead: 30, Closes: due("2025-06-15T21:59:59Z"), Due: due("2025-05-26T06:00:00Z"),
	},
	"call_city_returned": {
		Schedule: "call-city", About: programme.CallCity, Subject: schedule.Subject{Call: "2025", City: "FR#tours"},
		Day: day("2025-06-15"), Ahead: 7, Closes: due("2025-06-15T21:59:59Z"), Due: due("2025-06-08T06:00:00Z"),
	},
	"call_commission": {
		Schedule: "call-commission", About: programme.CallCommission, Subject: schedule.Subject{Call: "2025", Country: "FR"},
		Day: day("2025-07-15"), Ahead: 1, Closes: due("2025-07-15T21:59:59Z"), Due: due("2025-07-14T06:00:00Z"),
	},
	"term_end": {
		Schedule: "term-end", About: programme.TermEnd, Subject: schedule.Subject{Term: term, Cluster: "health", City: "FR#brest"},
		Day: day("2027-09-30"), Ahead: 60, Due: due("2027-08-01T06:00:00Z"),
	},
	"participation_end": {
		Schedule: "participation-end", About: programme.ParticipationEnd, Subject: schedule.Subject{Cluster: "health", City: "CO#medellin"},
		Day: day("2027-11-14"), Ahead: 60, Due: due("2027-09-15T06:00:00Z"),
	},
	"news_due": {
		Schedule: "news-due", About: programme.NewsDue, Subject: schedule.Subject{Term: term, Cluster: "health"},
		Day: day("2026-03-31"), Ahead: 30, Due: due("2026-03-01T07:00:00Z"),
	},
	"news_due_overdue": {
		Schedule: "news-due", About: programme.NewsDue, Subject: schedule.Subject{Term: term, Cluster: "esd"},
		Day: day("2026-03-31"), Ahead: -1, Due: due("2026-04-01T06:00:00Z"),
	},
	"report_due": {
		Schedule: "report-due", About: programme.ReportDue, Subject: schedule.Subject{Term: term, Cluster: "health"},
		Day: day("2027-09-30"), Ahead: 14, Due: due("2027-09-16T06:00:00Z"),
	},
	"report_due_overdue": {
		Schedule: "report-due", About: programme.ReportDue, Subject: schedule.Subject{Term: term, Cluster: "health"},
		Day: day("2027-09-30"), Ahead: -1, Due: due("2027-10-01T06:00:00Z"),
	},
	"membership_summary": {
		Schedule: "membership-quarter", About: programme.MembershipSummary,
		Period: period("2026-01-01", "2026-03-31"), Due: due("2026-04-05T06:00:00Z"),
	},
}

func report(t *testing.T, w *world, o schedule.Occasion, at time.Time) summary.Report {
	t.Helper()
	r, err := w.source().Report(t.Context(), o, at)
	must(t, err)
	return r
}

func canonical(r summary.Report) string { body, _ := r.Canonical(); return string(body) }

// TestReportsSayThisInThreeLanguages compares each report with its golden files, as JSON and as text; -update writes them, and they are
// reviewed like code.
func TestReportsSayThisInThreeLanguages(t *testing.T) {
	w := furnished(t)
	for name, o := range occasions {
		t.Run(name, func(t *testing.T) {
			says(t, name, report(t, w, o, o.Due))
		})
	}
}

// says compares a report with its golden files.
func says(t *testing.T, name string, r summary.Report) {
	t.Helper()
	var pretty bytes.Buffer
	must(t, json.Indent(&pretty, []byte(canonical(r)), "", "  "))
	golden(t, name+".json", pretty.String()+"\n")
	var all []string
	for _, l := range locale.Langs {
		all = append(all, text(r, l))
	}
	golden(t, name+".txt", strings.Join(all, "\n--------\n\n"))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s is now\n%s", path, got)
	}
}

// text is a report to read, whatever letters and pages make of it.
func text(r summary.Report, l locale.Lang) string {
	var b strings.Builder
	b.WriteString(r.Title.In(l) + "\n\n" + r.Lead.In(l) + "\n")
	group := locale.Text{}
	for _, f := range r.Figures {
		if f.Group != group {
			group = f.Group
			b.WriteString("\n" + group.In(l) + "\n")
		}
		b.WriteString("  " + f.Label.In(l) + ": " + f.Value.In(l) + "\n")
	}
	for _, list := range r.Lists {
		b.WriteString("\n" + list.Title.In(l) + "\n")
		if len(list.Entries) == 0 {
			b.WriteString("  " + list.Empty.In(l) + "\n")
		}
		for _, e := range list.Entries {
			parts := []string{e.Name.In(l)}
			for _, part := range []string{e.On.Text().In(l), e.Note.In(l)} {
				if part != "" {
					parts = append(parts, part)
				}
			}
			if e.Late {
				parts = append(parts, "!")
			}
			b.WriteString("  - " + strings.Join(parts, " | ") + "\n")
		}
	}
	for _, f := range r.Files {
		b.WriteString("\n" + f.Label.In(l) + "\n")
	}
	return b.String()
}

// TestReportsOfAMomentStayWhateverIsRecordedLater changes all records after the report's moment: the report of that moment has the same
// bytes, and one of now has others.
func TestReportsOfAMomentStayWhateverIsRecordedLater(t *testing.T) {
	w := furnished(t)
	before := map[string]string{}
	for name, o := range occasions {
		before[name] = canonical(report(t, w, o, o.Due))
	}
	w.upset("2027-12-01")
	for name, o := range occasions {
		if after := canonical(report(t, w, o, o.Due)); after != before[name] {
			t.Errorf("%s was\n%s\nand has become\n%s", name, before[name], after)
		}
		now := report(t, w, o, noonOf("2027-12-02"))
		if now.AsOf = o.Due.UTC(); canonical(now) == before[name] {
			t.Errorf("%s of now tells nothing of what was recorded since", name)
		}
	}
}

// TestReportsHoldNothingPersonal looks for the people that the furnished world's applications name.
func TestReportsHoldNothingPersonal(t *testing.T) {
	w := furnished(t)
	for name, o := range occasions {
		for _, private := range []string{"Private", "example.org"} {
			if body := canonical(report(t, w, o, o.Due)); strings.Contains(body, private) {
				t.Errorf("%s names %q:\n%s", name, private, body)
			}
		}
	}
}

func TestAnOccasionOfWhatThereIsNotHasNoReport(t *testing.T) {
	w := furnished(t)
	for name, o := range map[string]schedule.Occasion{
		"nothing is written about it": {About: "weather"},
		"no such call":                {About: programme.CallCity, Subject: schedule.Subject{Call: "1999", City: "FR#brest"}},
		"no such term":                {About: programme.TermEnd, Subject: schedule.Subject{Term: "1999", Cluster: "health"}},
		"no such duty on the day":     {About: programme.NewsDue, Subject: schedule.Subject{Term: term, Cluster: "health"}, Day: day("2026-04-02")},
	} {
		if r, err := w.source().Report(t.Context(), o, noonOf("2026-04-10")); err == nil {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// TestANewsletterSaysWhatIsNewSinceTheOneBefore goes through three half-years of a cluster: the first newsletter, one with news, and one in
// which nothing differs but what is late.
func TestANewsletterSaysWhatIsNewSinceTheOneBefore(t *testing.T) {
	w := furnished(t)
	of := func(cluster, from, to, at string) *summary.Report {
		r := report(t, w, schedule.Occasion{
			Schedule: "cluster-digest", About: programme.ClusterDigest, Subject: schedule.Subject{Cluster: cluster}, Period: period(from, to), Due: due(at),
		}, due(at))
		return &r
	}
	first := of("health", "2025-10-01", "2026-03-31", "2026-04-10T06:00:00Z")
	second := summary.Since(*of("health", "2026-04-01", "2026-09-30", "2026-10-10T06:00:00Z"), first)
	var changed []string
	for _, c := range second.Changes {
		changed = append(changed, c.Key+" "+c.Before.In(locale.EN)+" "+c.After.In(locale.EN))
	}
	want := "cities 4 3|countries 3 2|joined 3 0|left 2 0|news 2 0|held 1 0|late 0 2"
	if got := strings.Join(changed, "|"); got != want || !second.News || second.Since != first.Occasion.ID() {
		t.Errorf("got %s, news %v, since %s; want %s", got, second.News, second.Since, want)
	}
	empty := of("literacy", "2026-10-01", "2027-03-31", "2027-04-10T06:00:00Z")
	if !summary.Since(*empty, nil).News {
		t.Error("the first newsletter is not news")
	}
	same := *empty
	if summary.Since(same, empty).News {
		t.Error("a newsletter is news to itself")
	}
}

// TestWhatWasNotHeardOfThenStaysSo asks about moments at which nothing was on record of a city, and at which there was no network.
func TestWhatWasNotHeardOfThenStaysSo(t *testing.T) {
	w := furnished(t)
	o := occasions["call_city_not_begun"]
	if r := report(t, w, o, o.Due); !strings.Contains(text(r, locale.EN), "State: not begun") {
		t.Errorf("its application was begun later, and yet:\n%s", text(r, locale.EN))
	}
	if r := report(t, w, o, noonOf("2020-01-01")); !strings.Contains(text(r, locale.EN), "State: draft") {
		t.Errorf("nothing was on record of anybody, so that what is known now is told:\n%s", text(r, locale.EN))
	}
}
