package kinds_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
)

// What was checked while a city was a member isn't stored when the city has left by then.
func TestAPlanIsStaleWhenAMemberHasLeftSinceItsCheck(t *testing.T) {
	for kind, text := range map[string]string{
		"survey":        "City;Country;Answered on;Topics;Would coordinate a cluster\nBrest;France;2019-02-01;Health and well-being;no\n",
		"questionnaire": "City;Country;Answered on;1. Contribution to the experts' meeting\nBrest;France;2019-11-01;A room\n",
		"contributions": "Donor;Type of donor;City;Country;Amount;Currency;Received on\nVille de Brest;member city;Brest;France;100;USD;2025-02-01\n",
		"pledges":       "Donor;Type of donor;City;Country;Agreement reference;Amount pledged;Currency;Date signed\nVille de Brest;member city;Brest;France;B 1;100;USD;2025-02-01\n",
		"coordinators":  "City;Country;Cluster;Answered on\nBrest;France;Health and well-being;2019-11-01\n",
	} {
		o := surveyOffice(t)
		up := imports.Upload{Name: kind + ".csv", Source: strings.NewReader(text), Size: int64(len(text))}
		report, err := o.service.Check(t.Context(), up, imports.Options{Kind: kind})
		if err != nil || report.Rows.Create != 1 {
			t.Fatalf("%s: %+v, %v", kind, report, err)
		}
		gone := strings.Replace(votersEnglish, "Brest;France;2016-01-01;", "Brest;France;2016-01-01;2016-12-31", 1)
		o.want("members", gone, intake.Counts{Read: 6, Update: 1, Unchanged: 5}, "")
		_, err = o.service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan, Mode: intake.All})
		var refusal *problem.Problem
		if !errors.As(err, &refusal) || refusal.Code != "PLAN_STALE" {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
