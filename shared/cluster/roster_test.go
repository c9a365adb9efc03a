package cluster_test

import (
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func in(country, city, from string, clusters ...string) member.Member {
	return member.Member{City: city, Country: country, JoinedOn: day("2015-01-01"),
		Participations: []member.Participation{member.Participate(day(from), 2, clusters)}}
}

func names(r cluster.Roster) []string {
	var names []string
	for _, c := range r.Cities {
		names = append(names, c.City)
	}
	return names
}

func TestR_CLU_2_ParticipationLapsesUnlessRenewed(t *testing.T) {
	members := map[string]member.Member{"FR#brest": in("FR", "Brest", "2019-10-01", "esd")}
	for on, takesPart := range map[string]bool{
		"2019-09-30": false, "2019-10-01": true, "2021-09-30": true, "2021-10-01": false,
	} {
		roster := cluster.Rosters(programme.Current(), members, day(on), day(on))[0]
		if got := len(roster.Cities) == 1; got != takesPart {
			t.Errorf("on %s: takes part is %v", on, got)
		}
	}
}

func TestRostersAreOrderedByCountryAndName(t *testing.T) {
	members := map[string]member.Member{
		"FR#nanterre": in("FR", "Nanterre", "2019-10-01", "esd"), "FR#brest": in("FR", "Brest", "2020-01-01", "esd", "health"),
		"CH#lausanne": in("CH", "Lausanne", "2019-10-01", "esd"),
	}
	rosters := cluster.Rosters(programme.Current(), members, day("2019-10-01"), day("2021-09-30"))
	if got, want := names(rosters[0]), []string{"Lausanne", "Brest", "Nanterre"}; !reflect.DeepEqual(got, want) {
		t.Errorf("esd: %v, want %v", got, want)
	}
	if len(rosters) != 7 || rosters[0].Cluster.ID != "esd" {
		t.Errorf("%d rosters, the first of %s", len(rosters), rosters[0].Cluster.ID)
	}
	if got, want := cluster.Of(rosters)["FR#brest"], []string{"esd", "health"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Brest is in %v, want %v", got, want)
	}
}

func TestACityWithTwoPeriodsInATermStandsOnceWithTheLatest(t *testing.T) {
	m := in("FR", "Brest", "2018-01-01", "esd")
	m.Participations = append(m.Participations, member.Participate(day("2020-01-01"), 2, []string{"esd"}))
	rosters := cluster.Rosters(programme.Current(), map[string]member.Member{"FR#brest": m}, day("2019-10-01"), day("2021-09-30"))
	if got := rosters[0].Cities; len(got) != 1 || got[0].From != day("2020-01-01") || got[0].Until != day("2021-12-31") {
		t.Errorf("%+v", got)
	}
}

func TestR_CLU_6_TheSpreadCountsCitiesByRegion(t *testing.T) {
	r := cluster.Roster{Cities: []cluster.Participant{{Country: "FR"}, {Country: "CH"}, {Country: "SN"}}}
	got := r.Spread(func(country string) string { return map[string]string{"SN": "africa"}[country] + "." })
	if want := map[string]int{"africa.": 1, ".": 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
