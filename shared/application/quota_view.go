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

// exceeded says that a city is beyond the quota, naming those who have it and those who want it.
func (v QuotaView) exceeded(country locale.Text, city string) *problem.Problem {
	var names []string
	for _, c := range slices.Concat(v.By, v.Choice) {
		names = append(names, c.Name)
	}
	if !slices.Contains(names, city) {
		names = append(names, city)
	}
	return problem.New("NATCOM_QUOTA_EXCEEDED").In("country").Under("R-APP-3").
		WithText("country", country).WithInt("quota", v.Limit).With("contenders", strings.Join(names, ", "))
}
