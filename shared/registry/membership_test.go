package registry_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/table"
)

// on is a day, such as "2025-06-01".
func on(day string) civil.Date {
	d, err := civil.Parse(day)
	if err != nil {
		panic(err)
	}
	return d
}

// event is one written as "2025-06-01 cluster-joined health", about Brest.
func event(text string) network.Event {
	words := strings.Fields(text)
	e := network.Event{City: brest.ID, On: on(words[0]), Kind: network.Kind(words[1])}
	switch rest := strings.Join(words[2:], " "); e.Kind {
	case network.Renamed, network.Joined:
		e.Name = rest
	case network.Merged:
		e.Into = rest
	default:
		e.Cluster = rest
	}
	return e
}

// enter enters events in a row, all of which must be possible.
func (w *world) enter(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if _, err := w.registry.Enter(w.t.Context(), officer, event(text)); err != nil {
			w.t.Fatalf("%s: %v", text, err)
		}
	}
}

// notEntered enters an event that must be refused with a code.
func (w *world) notEntered(text, code string) {
	w.t.Helper()
	_, err := w.registry.Enter(w.t.Context(), officer, event(text))
	if p := problemOf(err); p == nil || string(p.Code) != code {
		w.t.Errorf("%s: %v, want %s", text, err, code)
	}
}

const membersHeader = "City;Country;Member since;Website;Clusters;In clusters since\n"

// members stores members through a sheet; each row is created.
func (w *world) members(rows ...string) {
	w.t.Helper()
	if counts, codes := w.send(w.imports(), "members", membersHeader+strings.Join(rows, "\n")+"\n"); counts.Create != len(rows) {
		w.t.Fatalf("%+v %s", counts, codes)
	}
}

// clustersOf lists the clusters that a member's record has on a day.
func (w *world) clustersOf(id, day string) string {
	w.t.Helper()
	m, _ := read[member.Member](w, member.RecordType, id)
	return strings.Join(m.ClustersOn(on(day)), " ")
}

func TestR_CLU_1_OfFiftyJoinsAtOnceThreeAreEntered(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		w.members("Brest;France;2016-01-01;;;")
		clusters := programme.Current().Clusters
		errs := make([]error, 50)
		var group sync.WaitGroup
		for n := range errs {
			e := event("2025-05-20 cluster-joined " + clusters[n%len(clusters)].ID)
			group.Go(func() { _, errs[n] = w.registry.Enter(t.Context(), request(fmt.Sprint(n)), e) })
		}
		group.Wait()
		joined := 0
		for n, err := range errs {
			switch p := problemOf(err); {
			case err == nil:
				joined++
			case p == nil || p.Code != "CLUSTER_LIMIT_EXCEEDED" && p.Code != "CLUSTER_ALREADY_JOINED":
				t.Errorf("join %d: %v", n, err)
			}
		}
		equal(t, joined, 3)
		equal(t, len(strings.Fields(w.clustersOf(brest.ID, "2025-05-20"))), 3)
		events, err := w.registry.Events(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		equal(t, len(events), 4) // with its joining the network
	})
}

func TestR_CLU_2_ActsGoOnFromWhatAMembersSheetRecorded(t *testing.T) {
	w := newWorld(t)
	w.members("Brest;France;2016-01-01;https://www.brest.fr;Literacy, Health;2023-10-01")
	w.notEntered("2025-05-20 cluster-joined literacy", "CLUSTER_ALREADY_JOINED")
	w.notEntered("2025-05-20 cluster-renewed esd", "CLUSTER_NOT_JOINED")
	w.enter("2025-05-20 cluster-joined esd", "2025-05-21 cluster-renewed literacy")
	w.notEntered("2025-05-22 cluster-renewed literacy", "CLUSTER_RENEWED")
	w.notEntered("2025-05-22 cluster-joined equity", "CLUSTER_LIMIT_EXCEEDED")
	w.enter("2025-06-30 cluster-left esd")
	for day, want := range map[string]string{
		"2025-05-19": "health literacy", "2025-05-20": "esd health literacy", "2025-06-30": "esd health literacy", "2025-07-01": "health literacy",
		"2025-09-30": "health literacy", "2025-10-01": "literacy", "2027-09-30": "literacy", "2027-10-01": "",
	} {
		if got := w.clustersOf(brest.ID, day); got != want {
			t.Errorf("on %s in %q, want %q", day, got, want)
		}
	}
	m, version := read[member.Member](w, member.RecordType, brest.ID)
	equal(t, m.Website, "https://www.brest.fr")
	equal(t, version, 4)
}

func TestR_CLU_2_SheetsAndActsSeeOneParticipation(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.members("Brest;France;2016-01-01;;Literacy;2023-10-01")
	w.enter("2025-05-20 cluster-joined esd")
	sent := func(row string, want intake.Counts, codes string) {
		t.Helper()
		want.Read = 1
		if counts, found := w.send(service, "members", membersHeader+row+"\n"); counts != want || found != codes {
			t.Errorf("%s: %+v %s", row, counts, found)
		}
	}
	// The record's own periods come back from a sheet unchanged; what would undo the act is refused.
	sent("Brest;France;2016-01-01;;Literacy;2023-10-01", intake.Counts{Unchanged: 1}, "")
	sent("Brest;France;2016-01-01;;Literacy, ESD;2025-05-20", intake.Counts{Unchanged: 1}, "")
	sent("Brest;France;2016-01-01;;Literacy, Health;2025-05-20", intake.Counts{Fail: 1}, "TERM_OVERLAP")
	// A sheet that brings something else keeps what acts entered.
	sent("Brest;France;2016-01-01;https://www.brest.fr;;", intake.Counts{Update: 1}, "")
	w.enter("2025-05-21 cluster-renewed esd")
	equal(t, w.clustersOf(brest.ID, "2029-05-19"), "esd")
	// A sheet that brings a further period is told from then on, with all that was before.
	sent("Brest;France;2016-01-01;;Equity, Health;2030-01-01", intake.Counts{Update: 1}, "")
	w.enter("2030-02-01 cluster-joined literacy")
	w.notEntered("2030-02-02 cluster-joined planning", "CLUSTER_LIMIT_EXCEEDED")
	equal(t, w.clustersOf(brest.ID, "2025-05-20"), "esd literacy")
	equal(t, w.clustersOf(brest.ID, "2030-02-01"), "equity health literacy")
	w.consistent()
}

func TestR_CLU_2_TheExportedRowOfWhatActsMadeImportsAgainAsItIs(t *testing.T) {
	w := newWorld(t)
	w.members("Brest;France;2016-01-01;;Literacy;2023-10-01")
	w.enter("2024-07-01 cluster-joined esd", "2025-03-01 cluster-renewed literacy", "2025-04-01 cluster-joined health")
	m, version := read[member.Member](w, member.RecordType, brest.ID)
	for _, c := range []struct{ at, clusters, from string }{
		{"2024-01-01 12:00:00", "[literacy]", "2023-10-01"}, {"2024-08-01 12:00:00", "[esd literacy]", "2024-07-01"},
		{"2025-05-20 12:00:00", "[esd health literacy]", "2025-04-01"}, {"2035-01-01 12:00:00", "[literacy]", "2027-04-01"},
	} {
		w.at(c.at)
		cells := kinds.MemberCells(&imports.Env{Programme: programme.Current(), Reference: reference.Load(), Now: w.now}, m, version)
		equal(t, fmt.Sprint(cells["clusters"], " ", cells["cluster_from"]), c.clusters+" "+c.from)
		clusters := strings.Join(cells["clusters"].([]string), "; ")
		row := fmt.Sprintf("City;Country;Member since;Clusters;In clusters since;Record version\nBrest;France;2016-01-01;%q;%s;%d\n",
			clusters, cells["cluster_from"], version)
		if counts, codes := w.send(w.imports(), "members", row); counts.Unchanged != 1 {
			t.Errorf("at %s: %+v %s", c.at, counts, codes)
		}
	}
}

// consistent fails the test where the events tell something else than the members' records, or break a rule.
func (w *world) consistent() {
	w.t.Helper()
	events, err := w.registry.Events(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	n, refused := network.At(network.Terms{Programme: programme.Current()}, events, on("9999-12-31"))
	if len(refused) > 0 {
		w.t.Fatalf("the events break a rule: %+v: %v", refused[0].Event, refused[0].Problem)
	}
	err = w.reader.Scan(w.t.Context(), member.RecordType, "", "", func(r records.Record) error {
		var m member.Member
		if err := records.Decode(r.Body, &m); err != nil {
			return err
		}
		told, _ := n.City(r.Ref.ID)
		record := told.Record()
		if record.JoinedOn != m.JoinedOn || record.LeftOn != m.LeftOn || record.City != m.City {
			w.t.Errorf("%s: told %+v, stored %+v", r.Ref.ID, record, m)
		}
		for i, p := range m.Participations {
			if i > 0 && !p.From.After(m.Participations[i-1].Until) || len(p.Clusters) > 3 || p.Until.After(p.From.AddYears(2).AddDays(-1)) {
				w.t.Fatalf("%s: %+v", r.Ref.ID, m.Participations)
			}
			if !slices.Equal(told.ClustersOn(p.From), p.Clusters) || !slices.Equal(told.ClustersOn(p.Until), p.Clusters) {
				w.t.Fatalf("%s: from %s told %v, stored %v", r.Ref.ID, p.From, told.ClustersOn(p.From), p.Clusters)
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestAMemberIsRenamedMergesAndLeavesOnItsDay(t *testing.T) {
	w := newWorld(t)
	w.members("Brest;France;2016-01-01;;Literacy;2023-10-01", "Quimper;France;2016-01-01;;;")
	w.enter("2025-05-01 renamed Brest Métropole")
	m, _ := read[member.Member](w, member.RecordType, brest.ID)
	equal(t, m.City, "Brest Métropole")
	w.notEntered("2025-06-01 merged FR#brest", "MERGED_WITH_ITSELF")
	w.notEntered("2025-06-01 merged FR#paris", "NOT_A_MEMBER")
	w.enter("2025-06-01 merged FR#quimper")
	m, _ = read[member.Member](w, member.RecordType, brest.ID)
	equal(t, m.LeftOn, on("2025-05-31"))
	equal(t, w.clustersOf(brest.ID, "2025-06-01"), "")
	w.notEntered("2025-07-01 cluster-joined esd", "NOT_A_MEMBER")
	w.notEntered("2025-07-01 joined Brest", "CITY_MERGED")
	w.consistent()

	other := newWorld(t)
	other.members("Brest;France;2016-01-01;;Literacy;2023-10-01")
	other.enter("2025-05-31 left", "2025-07-01 joined Brest", "2025-07-02 reported")
	m, _ = read[member.Member](other, member.RecordType, brest.ID)
	equal(t, m.JoinedOn, on("2025-07-01"))
	equal(t, len(m.Earlier), 1)
	other.consistent()
}

func TestASheetMayCallARenamedMemberByItsFormerName(t *testing.T) {
	w := newWorld(t)
	w.members("Brest;France;2016-01-01;;;")
	w.enter("2025-05-01 renamed Brest Métropole")
	counts, _ := w.send(w.imports(), "members", membersHeader+"Brest;France;2016-01-01;;;\n")
	equal(t, counts, intake.Counts{Read: 1, Unchanged: 1})
	m, _ := read[member.Member](w, member.RecordType, brest.ID)
	equal(t, m.City+", "+strings.Join(m.OtherNames, ", "), "Brest Métropole, Brest")
}

func TestWhoWasNeverAMemberHasNoEvents(t *testing.T) {
	w := newWorld(t)
	w.notEntered("2025-05-20 cluster-joined esd", "NOT_A_MEMBER")
	w.notEntered("2025-05-20 joined Brest", "NOT_A_MEMBER")
}

func TestAnEventIsEnteredOnceForEachRequestAndSaysWhoBroughtIt(t *testing.T) {
	w := newWorld(t)
	w.members("Brest;France;2016-01-01;;;")
	e := event("2025-05-20 cluster-joined esd")
	e.On = civil.Date{} // today
	first, err := w.registry.Enter(t.Context(), request("one"), e)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, first.On, on("2025-05-20"))
	equal(t, first.Source+" "+first.Person, "one officer")
	w.at("2025-06-01 08:00:00")
	again, err := w.registry.Enter(t.Context(), request("one"), e)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, again, first)
	_, version := read[member.Member](w, member.RecordType, brest.ID)
	equal(t, version, 2)
	if _, err := w.registry.Enter(t.Context(), request("one"), event("2025-05-20 cluster-joined health")); problemOf(err) == nil ||
		problemOf(err).Code != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("another event under the same request: %v", err)
	}
	record, err := w.reader.Get(t.Context(), records.Ref{Type: member.RecordType, ID: brest.ID})
	if err != nil || record.Provenance.Request != "one" || record.Provenance.Person != "officer" {
		t.Errorf("%+v, %v", record.Provenance, err)
	}
}

func TestAMembershipWaitsForAnImportOfMembers(t *testing.T) {
	w := newWorld(t)
	w.members("Brest;France;2016-01-01;;;")
	if err := w.reader.Acquire(t.Context(), []string{member.RecordType}, "import-7", "plan"); err != nil {
		t.Fatal(err)
	}
	w.notEntered("2025-05-20 cluster-joined esd", "RECORD_BUSY")
	if err := w.reader.ReleaseWith(t.Context(), []string{member.RecordType}, "import-7"); err != nil {
		t.Fatal(err)
	}
	w.enter("2025-05-20 cluster-joined esd")
}
