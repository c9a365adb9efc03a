package digest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/survey"
)

// nobody is the people of a product that has none.
type nobody struct{}

func (nobody) Each(context.Context, func(people.Person) error) error { return nil }

// TestWhateverFallsDueInATermHasAReportInThreeLanguages goes through the months of a term: each occasion that the agenda finds on record has
// a report that fits, every text of it in all languages and filled in, and each kind of letter about the network is among them.
func TestWhateverFallsDueInATermHasAReportInThreeLanguages(t *testing.T) {
	w := furnished(t)
	edition := programme.Current()
	source := agenda.Source{Records: w.records, Programme: edition, People: nobody{}}
	made := map[programme.About]int{}
	var before summary.Report
	for until := day("2025-05-01"); until.Before(day("2027-12-01")); until = until.AddMonths(1) {
		from, to := noonOf(until.String()), noonOf(until.AddMonths(1).String())
		facts, err := source.Facts(t.Context(), from)
		must(t, err)
		for _, o := range schedule.Due(edition.Schedules, facts, from, to) {
			r := summary.Since(report(t, w, o, o.Due), &before)
			body, _ := r.Canonical()
			if len(body) > summary.Most {
				t.Errorf("%s has %d bytes", o.ID(), len(body))
			}
			var any any
			must(t, json.Unmarshal(body, &any))
			for _, wrong := range illWorded(o.ID(), any) {
				t.Error(wrong)
			}
			before = r
			made[o.About]++
		}
	}
	for _, about := range []programme.About{
		programme.ClusterDigest, programme.NetworkDigest, programme.MembershipSummary, programme.FundSummary, programme.CallCity,
		programme.CallCommission, programme.TermEnd, programme.ParticipationEnd, programme.NewsDue, programme.ReportDue,
	} {
		if made[about] == 0 {
			t.Errorf("nothing fell due about %s: %v", about, made)
		}
	}
}

// illWorded lists the texts within a JSON that lack a language, have a place that nothing was put into, or spaces too many.
func illWorded(at string, within any) (wrong []string) {
	switch v := within.(type) {
	case []any:
		for i, one := range v {
			wrong = append(wrong, illWorded(fmt.Sprintf("%s[%d]", at, i), one)...)
		}
	case map[string]any:
		if _, text := v["en"]; text {
			for _, lang := range []string{"en", "fr", "es"} {
				words, _ := v[lang].(string)
				if strings.TrimSpace(words) != words || words == "" || strings.ContainsAny(words, "{}\n") || strings.Contains(words, "  ") ||
					strings.Contains(words, "()") {
					wrong = append(wrong, fmt.Sprintf("%s in %s: %q", at, lang, words))
				}
			}
			return wrong
		}
		for key, one := range v {
			wrong = append(wrong, illWorded(at+"."+key, one)...)
		}
	}
	return wrong
}

// TestTheNetworksNewsletterTellsOfCallsAndSurveysThatAreOpen adds an extension for everybody, one for a country, and a survey to the furnished
// world: the one for everybody moves the deadline that is told, and answers that came too late don't count.
func TestTheNetworksNewsletterTellsOfCallsAndSurveysThatAreOpen(t *testing.T) {
	w := furnished(t)
	extend := func(on, id, country, until string) {
		w.write(on, records.Ref{Type: "extension", Partition: "2025", ID: id}, application.Extension{
			Deadline: application.CityDeadline, Country: country, Until: day(until), GrantedAt: noonOf(on), Reason: "Floods.",
		})
	}
	extend("2025-06-10", "000001", "FR", "2025-06-25")
	extend("2025-06-12", "000002", "", "2025-06-20")
	for city, on := range map[string]string{"FR#brest": "2025-05-02", "EG#cairo": "2025-05-03", "SN#dakar": "2025-09-01"} {
		a := survey.Answer{Member: city, Country: city[:2], Topics: []string{"health"}, AnsweredOn: day(on)}
		w.write(on, records.Ref{Type: survey.RecordType, Partition: "spring", ID: a.ID()}, a)
	}
	edition := *programme.Current()
	edition.Surveys = append(slices.Clone(edition.Surveys), programme.Survey{ID: "spring", Opens: day("2025-05-01"), Closes: day("2025-08-31")})
	source := w.source()
	source.Programme = &edition
	r, err := source.Report(t.Context(), schedule.Occasion{
		Schedule: "network-digest", About: programme.NetworkDigest, Period: period("2025-04-01", "2025-09-30"), Due: due("2025-10-10T06:00:00Z"),
	}, due("2025-10-10T06:00:00Z"))
	must(t, err)
	for _, line := range []string{
		"2025 call for membership | cities by 20 June 2025, National Commissions by 15 July 2025",
		"Survey spring | from 1 May 2025 to 31 August 2025; 2 cities answered",
	} {
		if !strings.Contains(text(r, locale.EN), line) {
			t.Errorf("%q is missing in\n%s", line, text(r, locale.EN))
		}
	}
}
