package application

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// QuotaView is what a National Commission sees of its quota in a call (R-APP-3). Cities stand in the order of their identifiers.
type QuotaView struct {
	Country string
	Limit   int
	Used    int
	Left    int
	By      []Case // that count: submitted, whatever was decided since
	Choice  []Case // endorsed and not submitted: it chooses which of them take what is left
	Waiting []Case // sent, and to be endorsed or returned
}

// Quota shows how a country's quota stands.
func (r *Round) Quota(country string) QuotaView {
	v := QuotaView{Country: country, Limit: r.Call.Quota}
	for _, c := range r.Cases() {
		switch {
		case c.Country != country:
		case c.Counts:
			v.By = append(v.By, c)
		case c.State == Endorsed:
			v.Choice = append(v.Choice, c)
		case c.State == Sent:
			v.Waiting = append(v.Waiting, c)
		}
	}
	v.Used = len(v.By)
	v.Left = max(v.Limit-v.Used, 0)
	return v
}

// CheckChosen refuses more cities, by their identifiers, than there are slots left (R-APP-3): NATCOM_QUOTA_EXCEEDED, naming those who have one and those
// who want one. Those that have one already take none.
func (v QuotaView) CheckChosen(country locale.Text, cities []string) *problem.Problem {
	var wanting []string
	for _, city := range cities {
		has := func(c Case) bool { return c.City == city }
		if !slices.Contains(wanting, city) && !slices.ContainsFunc(v.By, has) {
			wanting = append(wanting, city)
		}
	}
	if len(wanting) <= v.Left {
		return nil
	}
	return v.exceeded(country)
}

// exceeded says that cities are beyond the quota, naming those who have it and those who want it.
func (v QuotaView) exceeded(country locale.Text, cities ...string) *problem.Problem {
	var names []string
	for _, c := range slices.Concat(v.By, v.Choice) {
		names = append(names, c.Name)
	}
	for _, city := range cities {
		if !slices.Contains(names, city) {
			names = append(names, city)
		}
	}
	return problem.New("NATCOM_QUOTA_EXCEEDED").In("country").Under("R-APP-3").
		WithText("country", country).WithInt("quota", v.Limit).With("contenders", strings.Join(names, ", "))
}
