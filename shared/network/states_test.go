package network

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Every standing of a city by every kind of event: "x" where it can be, else the refusal's code; "-" where the cluster decides.
const standingTable = `
         joined          renamed       merged        left          cluster-joined  cluster-renewed  cluster-left  reported
unknown  x               NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER    NOT_A_MEMBER     NOT_A_MEMBER  NOT_A_MEMBER
member   ALREADY_MEMBER  x             x             x             x               -                -             x
leaving  ALREADY_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER    NOT_A_MEMBER     NOT_A_MEMBER  NOT_A_MEMBER
outside  x               NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER    NOT_A_MEMBER     NOT_A_MEMBER  NOT_A_MEMBER
merged   CITY_MERGED     NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER  NOT_A_MEMBER    NOT_A_MEMBER     NOT_A_MEMBER  NOT_A_MEMBER
`

// Every way of taking part in a cluster by every event of one.
const takingTable = `
         cluster-joined          cluster-renewed     cluster-left
apart    x                       CLUSTER_NOT_JOINED  CLUSTER_NOT_JOINED
taken    CLUSTER_ALREADY_JOINED  x                   x
renewed  CLUSTER_ALREADY_JOINED  CLUSTER_RENEWED     x
ending   CLUSTER_ALREADY_JOINED  CLUSTER_NOT_JOINED  CLUSTER_NOT_JOINED
`

var today = civil.Date{Year: 2021, Month: 6, Day: 1}

// happens is an event of Brest, so many days before today.
func happens(kind Kind, days int) Event {
	return Event{Kind: kind, City: "FR#brest", On: today.AddDays(-days), Name: "Brest", Country: "FR", Cluster: "esd", Into: "FR#nanterre"}
}

// eachCell tries every kind of event of a table in every state, which paths lead to.
func eachCell(t *testing.T, table string, paths map[string][]Event) {
	t.Helper()
	other := Event{Kind: Joined, City: "FR#nanterre", On: today.AddDays(-900), Name: "Nanterre", Country: "FR"}
	lines := strings.Split(strings.TrimSpace(table), "\n")
	if len(lines) != len(paths)+1 {
		t.Errorf("%d states in the table, %d can be reached", len(lines)-1, len(paths))
	}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		path := append([]Event{other}, paths[cells[0]]...)
		for i, kind := range strings.Fields(lines[0]) {
			want := cells[i+1]
			if want == "-" {
				continue
			}
			events, p := Add(Terms{Programme: programme.Current()}, path, happens(Kind(kind), 0))
			got := "x"
			if p != nil {
				got = string(p.Code)
			}
			if got != want || (len(events) == len(path)) != (want != "x") {
				t.Errorf("%s of one that is %s: %s, want %s", kind, cells[0], got, want)
			}
		}
	}
}

func TestEveryEventInEveryStandingOfACityCanBeOrIsRefused(t *testing.T) {
	joined := happens(Joined, 800)
	paths := map[string][]Event{
		"unknown": {}, "member": {joined}, "leaving": {joined, happens(Left, 0)}, "outside": {joined, happens(Left, 1)}, "merged": {joined, happens(Merged, 1)},
	}
	eachCell(t, standingTable, paths)
	reached(t, paths, len(standings), func(n *Network) string { return string(n.standing("FR#brest", today)) })
	for _, s := range standings {
		if len(byStanding[s]) != len(Kinds) {
			t.Errorf("%s: %d kinds of events", s, len(byStanding[s]))
		}
	}
}

func TestEveryEventOfAClusterInEveryWayOfTakingPartCanBeOrIsRefused(t *testing.T) {
	joined := happens(Joined, 800)
	in := happens(ClusterJoined, 100)
	paths := map[string][]Event{
		"apart": {joined}, "taken": {joined, in}, "renewed": {joined, in, happens(ClusterRenewed, 1)}, "ending": {joined, in, happens(ClusterLeft, 0)},
	}
	eachCell(t, takingTable, paths)
	reached(t, paths, len(takings), func(n *Network) string {
		state, _ := n.taking(n.cities["FR#brest"], "esd", today)
		return string(state)
	})
	// Who has lapsed is apart again, and who was renewed for a period that runs now can be renewed for the next.
	eachCell(t, takingTable[:strings.Index(takingTable, "taken ")], map[string][]Event{"apart": {joined, happens(ClusterJoined, 790)}})
	eachCell(t, takingTable, map[string][]Event{"apart": paths["apart"], "renewed": paths["renewed"], "ending": paths["ending"],
		"taken": {joined, happens(ClusterJoined, 790), happens(ClusterRenewed, 100)}})
}

// reached checks that each path leads to the state that it is said to lead to, and that there are no others.
func reached(t *testing.T, paths map[string][]Event, states int, state func(*Network) string) {
	t.Helper()
	if len(paths) != states {
		t.Errorf("%d states are tried, of %d", len(paths), states)
	}
	for want, path := range paths {
		other := Event{Kind: Joined, City: "FR#nanterre", On: today.AddDays(-900), Name: "Nanterre", Country: "FR"}
		n, refused := At(Terms{Programme: programme.Current()}, append([]Event{other}, path...), today)
		if got := state(n); got != want || len(refused) > 0 {
			t.Errorf("it is %s, want %s; refused: %v", got, want, refused)
		}
	}
}
