package office_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/office"
)

func TestFiguresCountWhatItsReadersAreToSee(t *testing.T) {
	n := newNetwork(t)
	for _, city := range []string{"FR#lyon", "DE#hamburg"} {
		n.put(application.RecordType, "2025", city, application.Application{City: city, Country: city[:2], ReceivedOn: day("2025-05-20")})
	}
	for role, want := range map[access.Role]struct {
		members office.MemberCounts
		health  int
		sent    int // -1: no calls are told of
		of      access.Object
	}{
		access.Secretariat: {members: office.MemberCounts{Members: 2, Countries: 2, Regions: 1, Joined: 1, Left: 1}, health: 2, sent: 2},
		access.Auditor:     {members: office.MemberCounts{Members: 2, Countries: 2, Regions: 1, Joined: 1, Left: 1}, health: 2, sent: 2},
		access.Treasurer:   {members: office.MemberCounts{Members: 2, Countries: 2, Regions: 1, Joined: 1, Left: 1}, health: 2, sent: -1},
		access.Donor:       {members: office.MemberCounts{Members: 2, Countries: 2, Regions: 1, Joined: 1, Left: 1}, health: 2, sent: -1},
		access.Commission: {
			members: office.MemberCounts{Members: 1, Countries: 1, Regions: 1}, health: 1, sent: 1, of: access.Object{Country: "FR"},
		},
		access.City: {
			members: office.MemberCounts{Members: 1, Countries: 1, Regions: 1}, health: 1, of: access.Object{Country: "FR", City: "FR#brest"},
		},
	} {
		got, err := n.Figures(n.as(role), day("2019-01-01"), day("2025-12-31"))
		if err != nil {
			t.Fatal(err)
		}
		if got.Members != want.members || got.Of != want.of {
			t.Errorf("%s counts %+v of %+v, want %+v of %+v", role, got.Members, got.Of, want.members, want.of)
		}
		for _, c := range got.Clusters {
			if c.Cluster.ID == "health" && c.Cities != want.health {
				t.Errorf("%s counts %d cities in health, want %d", role, c.Cities, want.health)
			}
		}
		if (got.Calls == nil) != (want.sent < 0) {
			t.Errorf("%s is told of calls: %+v", role, got.Calls)
		}
		for _, c := range got.Calls {
			if c.Call.ID == "2025" && c.ByState[application.Sent] != want.sent {
				t.Errorf("%s counts %v in the call of 2025, want %d sent", role, c.ByState, want.sent)
			}
		}
	}
}

func TestFiguresAreOfTheYearUntilTodayUnlessItIsSaid(t *testing.T) {
	n := newNetwork(t)
	ctx := n.as(access.Secretariat)
	for _, c := range []struct{ from, to, wantFrom, wantTo string }{
		{"", "", "2026-01-01", "2026-03-02"}, {"", "2025-06-30", "2025-01-01", "2025-06-30"}, {"2020-01-01", "", "2020-01-01", "2026-03-02"},
	} {
		got, err := n.Figures(ctx, day(c.from), day(c.to))
		if err != nil || got.From != day(c.wantFrom) || got.To != day(c.wantTo) {
			t.Errorf("%+v: %s to %s, %v", c, got.From, got.To, err)
		}
		for _, call := range got.Calls {
			if d := call.Call.CityDeadline; c.from == "" && c.to == "" && d.Year != 2026 {
				t.Errorf("the call %s is none of the period", call.Call.ID)
			}
		}
	}
}
