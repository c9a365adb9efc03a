package network_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
)

var terms = network.Terms{Programme: programme.Current(), ReportYears: 2}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func region(country string) string {
	c, _ := reference.Load().Country(country)
	return c.Region
}

// ev reads an event: "2020-01-01 FR#brest joined", "… renamed Brest", "… merged FR#brest", "… cluster-joined esd".
func ev(text string) network.Event {
	words := strings.SplitN(text, " ", 4)
	e := network.Event{On: day(words[0]), City: words[1], Kind: network.Kind(words[2])}
	e.Country, _, _ = strings.Cut(e.City, "#")
	if len(words) > 3 {
		switch e.Kind {
		case network.Joined, network.Renamed:
			e.Name = words[3]
		case network.Merged:
			e.Into = words[3]
		default:
			e.Cluster = words[3]
		}
	}
	return e
}

// add records events one after the other; the last one may be refused.
func add(t *testing.T, texts ...string) ([]network.Event, *problem.Problem) {
	t.Helper()
	var events []network.Event
	for i, text := range texts {
		all, p := network.Add(terms, events, ev(text))
		if p != nil && (i < len(texts)-1 || len(all) != len(events)) {
			t.Fatalf("%s: %v, %d events", text, p, len(all))
		}
		if p != nil {
			return all, p
		}
		events = all
	}
	return events, nil
}

func at(t *testing.T, events []network.Event, on string) *network.Network {
	t.Helper()
	n, refused := network.At(terms, events, day(on))
	for _, r := range refused {
		t.Fatalf("%+v: %v", r.Event, r.Problem)
	}
	return n
}

func clusters(n *network.Network, city, on string) string {
	c, _ := n.City(city)
	return strings.Join(c.ClustersOn(day(on)), " ")
}

// expect checks that a problem is the one meant (code "": none), with everything that its message names.
func expect(t *testing.T, p *problem.Problem, code, rule string) {
	t.Helper()
	if p == nil || code == "" {
		if (p == nil) != (code == "") {
			t.Errorf("got %v, want %q", p, code)
		}
		return
	}
	if string(p.Code) != code || p.Rule != rule {
		t.Errorf("got %s under %q, want %s under %q", p.Code, p.Rule, code, rule)
	}
	entry, known := problem.Lookup(p.Code)
	if !known {
		t.Errorf("%s is not in the catalogue", p.Code)
	}
	for _, param := range entry.Params {
		if _, given := p.Params[param]; !given {
			t.Errorf("%s lacks %s", p.Code, param)
		}
	}
}

const brest = "2020-01-01 FR#brest joined Brest"

func TestR_CLU_1_ACityJoinsAtMostThreeClusters(t *testing.T) {
	three := []string{brest, "2020-02-01 FR#brest cluster-joined esd", "2020-03-01 FR#brest cluster-joined health",
		"2020-04-01 FR#brest cluster-joined literacy"}
	t.Run("passes: three at a time", func(t *testing.T) {
		events, p := add(t, three...)
		expect(t, p, "", "")
		if got := clusters(at(t, events, "2020-04-01"), "FR#brest", "2020-04-01"); got != "esd health literacy" {
			t.Errorf("in %s", got)
		}
		_, p = add(t, append(three, "2022-02-01 FR#brest cluster-joined planning")...) // esd has lapsed the day before
		expect(t, p, "", "")
		_, p = add(t, append(three, "2020-06-30 FR#brest cluster-left health", "2020-07-01 FR#brest cluster-joined planning")...)
		expect(t, p, "", "")
	})
	t.Run("fails: a fourth while three run", func(t *testing.T) {
		_, p := add(t, append(three, "2022-01-31 FR#brest cluster-joined planning")...)
		expect(t, p, "CLUSTER_LIMIT_EXCEEDED", "R-CLU-1")
		_, p = add(t, append(three, "2020-06-30 FR#brest cluster-left health", "2020-06-30 FR#brest cluster-joined planning")...)
		expect(t, p, "CLUSTER_LIMIT_EXCEEDED", "R-CLU-1")
	})
}

func TestR_CLU_1_AnEventOfAnEarlierDayMayNotMakeALaterOneImpossible(t *testing.T) {
	events, _ := add(t, brest, "2020-02-01 FR#brest cluster-joined esd", "2020-03-01 FR#brest cluster-joined health",
		"2020-04-01 FR#brest cluster-joined literacy")
	_, p := network.Add(terms, events, ev("2020-01-15 FR#brest cluster-joined planning"))
	expect(t, p, "EVENT_CONFLICT", "")
	if got := p.Params["city"].EN + ", " + p.Params["event"].EN + ", " + p.Params["date"].EN; got != "Brest, joining a cluster, 1 April 2020" {
		t.Errorf("it contradicts %s", got)
	}
}

func TestR_CLU_2_ParticipationLapsesAfterTwoYearsUnlessRenewed(t *testing.T) {
	joined := []string{brest, "2020-02-01 FR#brest cluster-joined esd"}
	t.Run("passes: two years, and two more with each renewal", func(t *testing.T) {
		events, _ := add(t, joined...)
		for on, want := range map[string]string{"2020-01-31": "", "2020-02-01": "esd", "2022-01-31": "esd", "2022-02-01": ""} {
			if got := clusters(at(t, events, "2024-01-01"), "FR#brest", on); got != want {
				t.Errorf("on %s in %q, want %q", on, got, want)
			}
		}
		events, p := add(t, append(joined, "2022-01-31 FR#brest cluster-renewed esd", "2022-02-01 FR#brest cluster-renewed esd")...)
		expect(t, p, "", "")
		for on, want := range map[string]string{"2022-02-01": "esd", "2026-01-31": "esd", "2026-02-01": ""} {
			if got := clusters(at(t, events, "2024-01-01"), "FR#brest", on); got != want {
				t.Errorf("renewed twice: on %s in %q, want %q", on, got, want)
			}
		}
		_, p = add(t, append(joined, "2022-02-01 FR#brest cluster-joined esd")...)
		expect(t, p, "", "")
	})
	t.Run("fails: renewed when lapsed, or twice a period", func(t *testing.T) { notRenewed(t, joined) })
	_, p := add(t, append(joined, "2021-02-01 FR#brest cluster-joined tennis")...)
	expect(t, p, "REF_NOT_FOUND", "")
}

func notRenewed(t *testing.T, joined []string) {
	t.Helper()
	for event, code := range map[string]string{
		"2022-02-01 FR#brest cluster-renewed esd":    "CLUSTER_NOT_JOINED", // lapsed the day before
		"2022-01-31 FR#brest cluster-renewed health": "CLUSTER_NOT_JOINED",
		"2022-01-31 FR#brest cluster-joined esd":     "CLUSTER_ALREADY_JOINED",
		"2022-02-01 FR#brest cluster-left esd":       "CLUSTER_NOT_JOINED",
	} {
		_, p := add(t, append(joined, event)...)
		expect(t, p, code, "R-CLU-2")
	}
	_, p := add(t, append(joined, "2022-01-30 FR#brest cluster-renewed esd", "2022-01-31 FR#brest cluster-renewed esd")...)
	expect(t, p, "CLUSTER_RENEWED", "R-CLU-2")
	_, p = add(t, append(joined, "2021-01-31 FR#brest cluster-left esd", "2021-01-31 FR#brest cluster-renewed esd")...)
	expect(t, p, "CLUSTER_NOT_JOINED", "R-CLU-2")
}

func TestR_APP_5_AMemberDoesNotJoinAgain(t *testing.T) {
	_, p := add(t, brest, "2021-01-01 FR#brest joined Brest")
	expect(t, p, "ALREADY_MEMBER", "R-APP-5")
	_, p = add(t, brest, "2021-01-01 FR#brest left", "2021-01-01 FR#brest joined Brest")
	expect(t, p, "ALREADY_MEMBER", "R-APP-5")
	events, p := add(t, brest, "2021-01-01 FR#brest left", "2021-01-02 FR#brest joined Brest")
	expect(t, p, "", "")
	if c, _ := at(t, events, "2022-01-01").City("FR#brest"); len(c.Times) != 2 || len(c.Names) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestOnlyMembersDoWhatMembersDo(t *testing.T) {
	for _, kind := range network.Kinds[1:] {
		e := ev("2021-06-01 FR#brest " + string(kind))
		e.Name, e.Cluster, e.Into = "Brest", "esd", "FR#nanterre"
		never, _ := add(t, "2020-01-01 FR#nanterre joined Nanterre")
		_, p := network.Add(terms, never, e)
		expect(t, p, "NOT_A_MEMBER", "")
		left, _ := add(t, "2020-01-01 FR#nanterre joined Nanterre", brest, "2021-06-01 FR#brest left") // on the last day all is said
		_, p = network.Add(terms, left, e)
		expect(t, p, "NOT_A_MEMBER", "")
		if kind != network.ClusterRenewed && kind != network.ClusterLeft {
			member, _ := add(t, "2020-01-01 FR#nanterre joined Nanterre", brest)
			_, p = network.Add(terms, member, e)
			expect(t, p, "", "")
		}
		if p := kind.Label().Missing(); len(p) > 0 {
			t.Errorf("%s has no name in %v", kind, p)
		}
	}
}

func TestWhoLeavesLeavesItsClusters(t *testing.T) {
	events, _ := add(t, brest, "2020-02-01 FR#brest cluster-joined esd", "2020-05-31 FR#brest left", "2020-09-01 FR#brest joined Brest")
	n := at(t, events, "2021-01-01")
	if a, b, c := clusters(n, "FR#brest", "2020-05-31"), clusters(n, "FR#brest", "2020-06-01"), clusters(n, "FR#brest",
		"2020-09-01"); a != "esd" || b != "" || c != "" {
		t.Errorf("on the last day in %q, on the next in %q, after joining again in %q", a, b, c)
	}
}

func TestARenamedCityKeepsItsIdentifierAndItsFormerNames(t *testing.T) {
	events, _ := add(t, "2015-01-01 FR#evry joined Évry", "2019-01-01 FR#evry renamed Évry-Courcouronnes")
	c, _ := at(t, events, "2020-01-01").City("FR#evry")
	for on, want := range map[string]string{"2014-01-01": "Évry", "2018-12-31": "Évry", "2019-01-01": "Évry-Courcouronnes"} {
		if got := c.NameOn(day(on)); got != want {
			t.Errorf("on %s it is called %s", on, got)
		}
	}
	if early, _ := at(t, events, "2018-12-31").City("FR#evry"); len(early.Names) != 1 {
		t.Errorf("in 2018 it had the names %v", early.Names)
	}
	_, p := add(t, brest, "2021-01-01 FR#brest renamed  ")
	expect(t, p, "CELL_REQUIRED", "")
	unknown := ev(brest)
	unknown.Country = ""
	_, p = network.Add(terms, nil, unknown)
	expect(t, p, "CELL_REQUIRED", "")
}

func TestAMergedCityIsNoCityOfItsOwnAnyMore(t *testing.T) {
	two := []string{brest, "2020-01-01 FR#lambe joined Lambézellec", "2020-02-01 FR#lambe cluster-joined esd"}
	events, p := add(t, append(two, "2021-01-01 FR#lambe merged FR#brest")...)
	expect(t, p, "", "")
	n := at(t, events, "2022-01-01")
	c, _ := n.City("FR#lambe")
	if c.On(day("2021-01-01")) || !c.On(day("2020-12-31")) || clusters(n, "FR#lambe",
		"2020-12-31") != "esd" || clusters(n, "FR#lambe", "2021-01-01") != "" {
		t.Errorf("%+v", c)
	}
	if n.Successor("FR#lambe") != "FR#brest" || n.Successor("FR#brest") != "FR#brest" || n.Successor("FR#none") != "FR#none" {
		t.Errorf("its successor is %s", n.Successor("FR#lambe"))
	}
	for event, code := range map[string]string{
		"2021-06-01 FR#lambe joined Lambézellec":    "CITY_MERGED",
		"2021-06-01 FR#brest merged FR#brest":       "MERGED_WITH_ITSELF",
		"2021-06-01 FR#brest merged FR#lambe":       "NOT_A_MEMBER",
		"2021-06-01 FR#lambe cluster-joined health": "NOT_A_MEMBER",
	} {
		_, p := network.Add(terms, events, ev(event))
		expect(t, p, code, "")
	}
	_, p = add(t, brest, "2020-05-01 FR#lambe joined Lambézellec", "2020-05-01 FR#lambe merged FR#brest")
	expect(t, p, "NOT_A_MEMBER", "")
}

func TestLikelyDuplicatesAreProposedAndNothingIsMerged(t *testing.T) {
	events, _ := add(t, "2020-01-01 FR#evry joined Évry-Courcouronnes", "2020-01-01 FR#evry-2 joined Evry Courcouronnes",
		"2020-01-01 DE#hamburg joined Hamburg",
		"2020-01-01 DE#hambourg joined Hambourg", "2020-01-01 BE#hamburg joined Hamburg", brest, "2021-01-01 DE#hambourg left")
	n := at(t, events, "2022-01-01")
	pairs := func(on string) string {
		var all []string
		for _, d := range n.Duplicates(day(on)) {
			all = append(all, d.A.ID+"="+d.B.ID)
		}
		return strings.Join(all, " ")
	}
	if got := pairs("2020-06-01"); got != "DE#hambourg=DE#hamburg FR#evry=FR#evry-2" {
		t.Errorf("got %s", got)
	}
	if got := pairs("2022-01-01"); got != "FR#evry=FR#evry-2" {
		t.Errorf("after Hambourg has left: %s", got)
	}
	if got := n.Size(day("2020-06-01"), region).Cities; got != 6 {
		t.Errorf("%d cities", got)
	}
}

func TestR_MEM_1_TheNetworksSizeIsADatedSeries(t *testing.T) {
	events, _ := add(t, brest, "2021-01-01 SN#dakar joined Dakar", "2021-01-01 FR#nanterre joined Nanterre",
		"2021-12-31 FR#brest left", "2022-06-01 AQ#base joined Base")
	n := at(t, events, "2023-01-01")
	got := n.Series([]civil.Date{day("2019-12-31"), day("2020-01-01"), day("2021-12-31"), day("2022-01-01"), day("2022-06-01")}, region)
	for i, want := range []string{"0 0 0", "1 1 1", "3 2 2", "2 2 2", "3 3 2"} {
		s := got[i]
		if fmtSize(s) != want {
			t.Errorf("on %s: %s, want %s", s.On, fmtSize(s), want)
		}
	}
	if !maps.Equal(got[2].ByCountry, map[string]int{"FR": 2, "SN": 1}) || !maps.Equal(got[2].ByRegion, map[string]int{"africa": 1, "europe-north-america": 2}) {
		t.Errorf("%+v", got[2])
	}
}

func TestR_MEM_1_PublishedSizesStandBesideTheCountedOnes(t *testing.T) {
	p := *programme.Current()
	p.NetworkSizes = []programme.NetworkSize{
		{Date: day("2020-06-01"), Cities: 1, Countries: 1}, {Date: day("2021-06-01"), Cities: 1, AtLeast: true},
		{Date: day("2021-06-01"), Cities: 2, Countries: 2}, {Date: day("2021-06-01"), Cities: 3},
	}
	events, _ := add(t, brest, "2021-01-01 FR#nanterre joined Nanterre")
	n, _ := network.At(network.Terms{Programme: &p}, events, day("2022-01-01"))
	compared := func(t *testing.T, i int, agrees bool) {
		t.Helper()
		if got := n.Compare(region)[i]; got.Agrees != agrees || got.Printed != p.NetworkSizes[i] {
			t.Errorf("%+v", got)
		}
	}
	t.Run("passes: as many as are printed, or more than at least so many", func(t *testing.T) {
		compared(t, 0, true)
		compared(t, 1, true)
	})
	t.Run("fails: other cities or countries are shown as a difference", func(t *testing.T) {
		compared(t, 2, false)
		compared(t, 3, false)
	})
}

func TestR_MEM_2_MembersThatTheSourcesNameAreLookedForOnRecord(t *testing.T) {
	events, p := add(t, "2022-09-01 CH#lausanne joined Lausanne", "2023-06-08 FR#brest joined Brest", "2019-01-01 FR#nanterre joined Nanterre",
		"2019-01-01 FR#sarcelles joined Sarcelles", "2019-01-01 FR#evry-courcouronnes joined Évry-Courcouronnes",
		"2019-01-01 FR#clermont-ferrand joined Clermont-Ferrand", "2019-01-01 FR#mantes-la-jolie joined Mantes-la-Jolie",
		"2019-01-01 FR#montpellier joined Montpellier")
	expect(t, p, "", "")
	missing := func(events []network.Event) string {
		n := at(t, events, "2025-01-01")
		var names []string
		for _, known := range network.Unrecorded(terms.Programme, func(id string, on civil.Date) bool {
			c, known := n.City(id)
			return known && c.On(on)
		}) {
			names = append(names, known.Name)
		}
		return strings.Join(names, ", ")
	}
	t.Run("passes: all eight are on record", func(t *testing.T) {
		if got := missing(events); got != "" {
			t.Errorf("missing: %s", got)
		}
	})
	t.Run("fails: one that is not, or joined later than its source says, is shown", func(t *testing.T) {
		late := slices.Clone(events[1:])
		late[0].On = day("2023-06-09")
		if got := missing(late); got != "Lausanne, Brest" {
			t.Errorf("missing: %s", got)
		}
	})
}

func TestAProgressReportIsDueEveryTwoYears(t *testing.T) {
	events, _ := add(t, brest, "2020-01-01 FR#nanterre joined Nanterre", "2021-05-01 FR#nanterre reported",
		"2020-01-01 FR#lyon joined Lyon", "2021-12-31 FR#lyon left")
	n := at(t, events, "2023-12-31")
	due := func(on string) string {
		var all []string
		for _, d := range n.ReportsDue(day(on)) {
			all = append(all, d.City.ID+" "+d.On.String())
		}
		return strings.Join(all, ", ")
	}
	for on, want := range map[string]string{"2021-12-31": "", "2022-01-01": "FR#brest 2022-01-01",
		"2023-05-01": "FR#brest 2022-01-01, FR#nanterre 2023-05-01"} {
		if got := due(on); got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
	none, _ := network.At(network.Terms{Programme: terms.Programme}, events, day("2023-12-31"))
	if got := none.ReportsDue(day("2023-12-31")); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestWhatWasKnownAtAMomentIsWhatHadBeenRecorded(t *testing.T) {
	noon := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	a, b := ev(brest), ev("2020-01-01 FR#nanterre joined Nanterre")
	a.RecordedAt, b.RecordedAt = noon, noon.Add(time.Second)
	events := []network.Event{b, a}
	if got := network.Known(events, noon); !slices.Equal(got, []network.Event{a}) || len(events) != 2 {
		t.Errorf("%v", got)
	}
}

func TestAMembersRecordBecomesEventsAndARecordAgain(t *testing.T) {
	m := member.Member{City: "Brest", Country: "FR", JoinedOn: day("2021-01-01"),
		Earlier: []member.Membership{{JoinedOn: day("2015-01-01"), LeftOn: day("2019-12-31")}},
		Participations: []member.Participation{
			member.Participate(day("2016-01-01"), 2, []string{"esd", "health"}),
			{From: day("2019-01-01"), Until: day("2019-06-30"), Clusters: []string{"esd"}},
			member.Participate(day("2021-01-01"), 2, []string{"esd", "literacy"}),
			member.Participate(day("2023-01-01"), 2, []string{"literacy"}),
		}}
	events := network.EventsOf("FR#brest", m, 2)
	c, _ := at(t, events, "2024-01-01").City("FR#brest")
	got := c.Record()
	if got.City != m.City || got.Country != m.Country || got.JoinedOn != m.JoinedOn || !slices.Equal(got.Earlier, m.Earlier) {
		t.Errorf("%+v", got)
	}
	for d := day("2014-12-31"); d.Before(day("2025-06-01")); d = d.AddDays(1) {
		if !slices.Equal(got.ClustersOn(d), m.ClustersOn(d)) || got.On(d) != m.On(d) || !slices.Equal(c.ClustersOn(d), m.ClustersOn(d)) {
			t.Fatalf("on %s: in %v, want %v", d, got.ClustersOn(d), m.ClustersOn(d))
		}
	}
}

func TestR_CLU_2_ARenewedParticipationIsToldAsTheRecordHasItAndCanBeRenewedAgain(t *testing.T) {
	events := []network.Event{
		ev("2015-01-01 FR#brest joined Brest"),
		ev("2019-10-01 FR#brest cluster-joined esd"), ev("2020-07-01 FR#brest cluster-joined health"),
		ev("2021-03-01 FR#brest cluster-renewed esd"),
	}
	c, _ := at(t, events, "2024-01-01").City("FR#brest")
	record := c.Record()
	want := []member.Participation{
		{From: day("2019-10-01"), Until: day("2020-06-30"), Clusters: []string{"esd"}},
		{From: day("2020-07-01"), Until: day("2021-09-30"), Clusters: []string{"esd", "health"}},
		{From: day("2021-10-01"), Until: day("2022-06-30"), Clusters: []string{"esd", "health"}},
		{From: day("2022-07-01"), Until: day("2023-09-30"), Clusters: []string{"esd"}},
	}
	same := func(a, b member.Participation) bool {
		return a.From == b.From && a.Until == b.Until && slices.Equal(a.Clusters, b.Clusters)
	}
	if !slices.EqualFunc(record.Participations, want, same) {
		t.Fatalf("%+v", record.Participations)
	}
	retold := network.EventsOf("FR#brest", record, 2)
	again, _ := at(t, retold, "2024-01-01").City("FR#brest")
	if !slices.EqualFunc(again.Record().Participations, want, same) {
		t.Errorf("retold: %+v", again.Record().Participations)
	}
	for _, next := range []string{"2022-05-01 FR#brest cluster-renewed health", "2023-05-01 FR#brest cluster-renewed esd"} {
		if _, p := network.Add(terms, retold, ev(next)); p != nil {
			t.Errorf("%s: %v", next, p)
		}
	}
}
