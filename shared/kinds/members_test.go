package kinds

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The members that the sources name (R-MEM-2).
func knownMembers() []memberRow {
	rows := []memberRow{{City: "Lausanne", Country: "CH", JoinedOn: date("2022-09-01")}}
	for _, name := range []string{
		"Brest", "Nanterre", "Sarcelles", "Évry-Courcouronnes", "Clermont-Ferrand", "Mantes-la-Jolie", "Montpellier",
	} {
		rows = append(rows, memberRow{City: name, Country: "FR", JoinedOn: date("2019-01-01"), Website: "https://" + name + ".example"})
	}
	return rows
}

func TestR_MEM_2_TheKnownMembersAreStoredAndComeOutUnchangedTheSecondTime(t *testing.T) {
	w := newWorld(t)
	if got := outcomes(send(w, beginMembers, knownMembers()...)); got != "create create create create create create create create" {
		t.Errorf("first: %s", got)
	}
	for _, row := range send(w, beginMembers, knownMembers()...) {
		row.want(t, "unchanged")
	}
	m, found := read[member.Member](w, member.RecordType, "", "FR#evry-courcouronnes")
	if !found || m.City != "Évry-Courcouronnes" || m.Country != "FR" {
		t.Errorf("stored: %+v", m)
	}
}

func TestAMemberWrittenOtherwiseIsAQuestion(t *testing.T) {
	w := newWorld(t)
	send(w, beginMembers, knownMembers()...)
	row := memberRow{City: "Evry Courcouronnes", Country: "FR", JoinedOn: date("2019-01-01")}
	got := send(w, beginMembers, row)[0]
	got.want(t, "fail", "CITY_NEAR_DUPLICATE")
	if p := got.only(t, "CITY_NEAR_DUPLICATE"); p.Suggestion != "Évry-Courcouronnes" || p.Field != "city" {
		t.Errorf("%+v", p)
	}
	w.env.Answers["city:Evry Courcouronnes"] = "Évry-Courcouronnes"
	send(w, beginMembers, row)[0].want(t, "update")
	w.env.Answers["city:Evry Courcouronnes"] = "new"
	send(w, beginMembers, row)[0].want(t, "create")
}

func TestTwoSpellingsInOneSheetAreAQuestionToo(t *testing.T) {
	w := newWorld(t)
	rows := send(w, beginMembers,
		memberRow{City: "Genève", Country: "CH", JoinedOn: date("2019-01-01")},
		memberRow{City: "Geneva", Country: "CH", JoinedOn: date("2019-01-01")})
	rows[0].want(t, "create")
	rows[1].want(t, "fail", "CITY_NEAR_DUPLICATE")
}

func TestTheCountryBehindAMembersNameIsNoPartOfIt(t *testing.T) {
	w := newWorld(t)
	send(w, beginMembers, knownMembers()...)
	send(w, beginMembers, memberRow{City: "Brest (Francia)", Country: "FR", JoinedOn: date("2019-01-01")})[0].want(t, "unchanged")
}

func TestR_CLU_1_AMemberOfFourClustersIsRefused(t *testing.T) {
	w := newWorld(t)
	row := memberRow{
		City: "Brest", Country: "FR", JoinedOn: date("2019-01-01"), ClusterFrom: date("2023-10-01"),
		Clusters: []string{"esd", "equity", "planning", "literacy"},
	}
	send(w, beginMembers, row)[0].want(t, "fail", "CLUSTER_LIMIT_EXCEEDED")
	row.Clusters = []string{"planning", "esd", "equity", "esd"} // naming one twice is naming it once
	send(w, beginMembers, row)[0].want(t, "create")
	m, _ := read[member.Member](w, member.RecordType, "", "FR#brest")
	if got := m.ClustersOn(date("2025-09-30")); !slices.Equal(got, []string{"esd", "equity", "planning"}) {
		t.Errorf("stored: %v", got)
	}
}

func TestR_CLU_2_AMembersPeriodsInClustersDoNotOverlap(t *testing.T) {
	w := newWorld(t)
	row := memberRow{
		City: "Brest", Country: "FR", JoinedOn: date("2019-01-01"), ClusterFrom: date("2019-10-01"), Clusters: []string{"esd"},
	}
	send(w, beginMembers, row)[0].want(t, "create")
	send(w, beginMembers, row)[0].want(t, "unchanged")
	row.ClusterFrom = date("2020-10-01")
	send(w, beginMembers, row)[0].want(t, "fail", "TERM_OVERLAP")
	row.ClusterFrom = date("2021-10-01")
	send(w, beginMembers, row)[0].want(t, "update")
	m, _ := read[member.Member](w, member.RecordType, "", "FR#brest")
	if len(m.Participations) != 2 {
		t.Errorf("stored: %+v", m.Participations)
	}
}

func TestR_CLU_2_ClustersAndTheirStartComeTogether(t *testing.T) {
	w := newWorld(t)
	rows := send(w, beginMembers,
		memberRow{City: "Brest", Country: "FR", JoinedOn: date("2019-01-01"), Clusters: []string{"esd"}},
		memberRow{City: "Nanterre", Country: "FR", JoinedOn: date("2019-01-01"), ClusterFrom: date("2019-10-01")})
	for i, field := range []string{"cluster_from", "clusters"} {
		rows[i].want(t, "fail", "CELL_REQUIRED")
		if p := rows[i].only(t, "CELL_REQUIRED"); p.Field != field || p.Rule != "R-CLU-2" {
			t.Errorf("%+v", p)
		}
	}
}

func TestAMemberLeavesAfterItJoined(t *testing.T) {
	w := newWorld(t)
	row := memberRow{City: "Brest", Country: "FR", JoinedOn: date("2019-01-01"), LeftOn: date("2018-12-31")}
	send(w, beginMembers, row)[0].want(t, "fail", "DATE_ORDER")
	row.LeftOn = date("2019-01-01")
	send(w, beginMembers, row)[0].want(t, "create")
}

func TestAMemberJoinsClustersAfterItJoinedTheNetwork(t *testing.T) {
	w := newWorld(t)
	row := memberRow{
		City: "Brest", Country: "FR", JoinedOn: date("2019-10-02"), ClusterFrom: date("2019-10-01"), Clusters: []string{"esd"},
	}
	got := send(w, beginMembers, row)[0]
	got.want(t, "fail", "DATE_ORDER")
	if p := got.only(t, "DATE_ORDER"); p.Field != "cluster_from" {
		t.Errorf("%+v", p)
	}
	row.JoinedOn = date("2019-10-01")
	send(w, beginMembers, row)[0].want(t, "create")
	row.JoinedOn = date("2020-01-01") // a correction leaves the period on record as it is
	send(w, beginMembers, row)[0].want(t, "update")
}

func TestABlankClearsOnlyInARowThatShowsTheWholeRecord(t *testing.T) {
	w := newWorld(t)
	full := memberRow{
		City: "Brest", Country: "FR", JoinedOn: date("2019-01-01"), Website: "https://brest.fr", Population: 139619,
		Clusters: []string{"esd"}, ClusterFrom: date("2023-10-01"),
	}
	send(w, beginMembers, full)
	some := memberRow{City: "Brest", Country: "FR", JoinedOn: date("2019-01-01")}
	send(w, beginMembers, some)[0].want(t, "unchanged")
	some.Version = 1
	send(w, beginMembers, some)[0].want(t, "update")
	m, _ := read[member.Member](w, member.RecordType, "", "FR#brest")
	if m.Website != "" || m.Population != 0 || len(m.Participations) != 1 {
		t.Errorf("stored: %+v", m)
	}
}

func TestTheExportedVersionIsHandedOn(t *testing.T) {
	w := newWorld(t)
	row := memberRow{City: "Brest", Country: "FR", JoinedOn: date("2019-01-01"), Version: 4}
	if got := check(w, beginMembers, row)[0].changes[0].BaseVersion; got != 4 {
		t.Errorf("base version %d, want 4", got)
	}
}

func TestAnExportedMemberComesBackUnchanged(t *testing.T) {
	w := newWorld(t)
	full := memberRow{
		City: "Brest", Country: "FR", JoinedOn: date("2016-01-01"), LeftOn: date("2024-12-31"), Website: "https://brest.fr",
		Population: 139619, Clusters: []string{"esd", "health"}, ClusterFrom: date("2019-10-01"),
	}
	send(w, beginMembers, full)
	full.ClusterFrom, full.Clusters = date("2021-10-01"), []string{"literacy"}
	send(w, beginMembers, full)
	m, _ := read[member.Member](w, member.RecordType, "", "FR#brest")
	cells := MemberCells(w.env, m, 2)
	schema := MembersSchema(w.env)
	for name := range cells {
		if !slices.ContainsFunc(schema.Columns, func(c sheet.Column) bool { return c.ID == name }) {
			t.Errorf("there is no column %s", name)
		}
	}
	row := full
	row.Version = cells["version"].(int64)
	row.Clusters = cells["clusters"].([]string)
	send(w, beginMembers, row)[0].want(t, "unchanged")
}

func TestARowWithoutACityIsLeftToItsCells(t *testing.T) {
	w := newWorld(t)
	got := check(w, beginMembers, memberRow{Country: "FR"}, memberRow{City: "Brest"})
	for _, row := range got {
		if len(row.changes)+len(row.problems) > 0 {
			t.Errorf("%+v", row)
		}
	}
}

func TestR_REG_1_TheRegionFollowsFromTheCountry(t *testing.T) {
	w := newWorld(t)
	for country, region := range map[string]string{
		"FR": "europe-north-america", "CO": "latin-america-caribbean", "CM": "africa", "EG": "arab-states", "KR": "asia-pacific",
	} {
		if got := MemberCells(w.env, member.Member{City: "City", Country: country}, 1)["region"]; got != region {
			t.Errorf("%s is in %v, want %s", country, got, region)
		}
	}
	for _, column := range MembersSchema(w.env).Columns {
		if column.ID == "region" && !column.Derived {
			t.Error("the region is read from the sheet")
		}
	}
}
