package digest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
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
