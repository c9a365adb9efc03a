package agenda_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/workplan"
)

func equal(t *testing.T, got string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// R-APP-1: whoever can still send an application by the cities' deadline is reminded of it, and nobody else.
func TestACityIsRemindedWhileItsApplicationIsOpen(t *testing.T) {
	w := newWorld(t, person("p1", access.City, "FR#begun"), person("p2", access.City, "FR#new"), person("p3", access.City, "FR#member"),
		person("p4", access.City, "FR#left"), person("p5", access.Commission, "FR"), person("p6", access.Secretariat, ""))
	w.member("FR#member", member.Member{JoinedOn: day("2020-01-01")})
	w.member("FR#left", member.Member{JoinedOn: day("2020-01-01"), LeftOn: day("2024-12-31")})
	w.did("FR#begun", application.Start, application.Edit)
	w.did("FR#sent", application.Start, application.Send)
	w.did("FR#back", application.Start, application.Send, application.Return)
	w.did("FR#again", application.Start, application.Send, application.Return, application.Send)
	w.did("FR#gone", application.Start, application.Withdraw)
	w.did("FR#in", application.Start, application.Send, application.Endorse, application.Submit)
	berlin := " Europe/Berlin"
	equal(t, w.marks("2025-05-20", programme.CallCity),
		"2025 FR#begun 2025-06-15"+berlin, "2025 FR#new 2025-06-15"+berlin, "2025 FR#left 2025-06-15"+berlin,
		"2025 FR#back 2025-07-15"+berlin) // it is corrected until the National Commission's own deadline
}

func TestADeadlineIsTheOneToWhichItWasExtended(t *testing.T) {
	w := newWorld(t, person("p1", access.City, "FR#one"), person("p2", access.City, "FR#two"), person("p3", access.City, "ES#one"),
		person("p4", access.Commission, "FR"), person("p5", access.Commission, "ES"))
	w.extended(application.CityDeadline, "FR", "", "2025-06-20", "2025-06-01")
	w.extended(application.CityDeadline, "", "FR#two", "2025-06-25", "2025-06-10")
	w.extended(application.CommissionDeadline, "ES", "", "2025-07-31", "2025-06-10")
	berlin := " Europe/Berlin"
	equal(t, w.marks("2025-06-05", programme.CallCity), "2025 ES#one 2025-06-15"+berlin, "2025 FR#one 2025-06-20"+berlin, "2025 FR#two 2025-06-20"+berlin)
	equal(t, w.marks("2025-06-11", programme.CallCity), "2025 ES#one 2025-06-15"+berlin, "2025 FR#one 2025-06-20"+berlin, "2025 FR#two 2025-06-25"+berlin)
	equal(t, w.marks("2025-06-11", programme.CallCommission), "2025 ES 2025-07-31"+berlin, "2025 FR 2025-07-15"+berlin)
}

// R-APP-2, R-APP-3: a National Commission is reminded while it can still submit something.
func TestANationalCommissionIsRemindedWhileItHasSomethingToSubmit(t *testing.T) {
	submit := []application.Action{application.Start, application.Send, application.Endorse, application.Submit}
	send := submit[:2]
	w := newWorld(t, person("p1", access.Commission, "DE"), person("p2", access.Commission, "FR"), person("p3", access.Commission, "ES"))
	w.did("FR#one", submit...) // all that it has is submitted
	w.did("ES#one", submit...)
	w.did("ES#two", send...) // this one waits
	w.did("IT#one", send...) // nobody of this Commission may use the product; the secretariat sees so
	for _, city := range []string{"PT#a", "PT#b", "PT#c"} {
		w.did(city, submit...)
	}
	w.did("PT#d", send...)   // there is no place left for it
	w.did("CH#one", send...) // this one's deadline was extended, the other's wasn't
	w.did("CH#two", send...)
	w.extended(application.CommissionDeadline, "", "CH#one", "2025-07-20", "2025-05-20")
	berlin := " Europe/Berlin"
	equal(t, w.marks("2025-06-15", programme.CallCommission), "2025 DE 2025-07-15"+berlin, "2025 ES 2025-07-15"+berlin, "2025 IT 2025-07-15"+berlin,
		"2025 CH 2025-07-15"+berlin, "2025 CH 2025-07-20"+berlin)
}

// R-CLU-4, R-CLU-2.
func TestMandatesAndParticipationsThatEndAreMarked(t *testing.T) {
	w := newWorld(t)
	w.seat("health", "FR#brest", "2025-10-01", "2027-09-30")
	w.seat("health", "ES#vigo", "2025-10-01", "2026-11-30") // laid down
	equal(t, w.marks("2026-10-01", programme.TermEnd), term+" health ES#vigo 2026-11-30", term+" health FR#brest 2027-09-30")
	equal(t, w.marks("2027-08-01", programme.TermEnd), term+" health FR#brest 2027-09-30")

	lapses := takes("2024-03-01", "2026-02-28", "health", "esd")
	w.member("FR#lapses", member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{takes("2022-01-01", "2023-12-31", "health"), lapses}})
	w.member("FR#renewed", member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{lapses, takes("2026-03-01", "2028-02-29", "health")}})
	w.member("FR#comes-back", member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{lapses, takes("2026-05-01", "2028-04-30", "health")}})
	w.member("FR#leaves", member.Member{JoinedOn: day("2020-01-01"), LeftOn: day("2026-01-31"), Participations: []member.Participation{lapses}})
	// A period is cut where another cluster is joined, left or lapses.
	w.member("FR#joined-another", member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{
		takes("2024-03-01", "2025-05-31", "health"), takes("2025-06-01", "2026-02-28", "health", "esd"), takes("2026-03-01", "2027-05-31", "esd"),
	}})
	w.member("FR#left-the-cluster", member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{takes("2024-03-01", "2026-01-31", "health")}})
	w.member("FR#left-one-of-two", member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{
		takes("2024-03-01", "2026-01-31", "health", "esd"), takes("2026-02-01", "2026-02-28", "esd"),
	}})
	w.member("FR#chose-anew", member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{lapses, takes("2026-03-01", "2028-02-29", "literacy")}})
	want := []string{
		"health FR#lapses 2026-02-28", "esd FR#lapses 2026-02-28", "esd FR#comes-back 2026-02-28",
		"health FR#joined-another 2026-02-28", "esd FR#left-one-of-two 2026-02-28",
	}
	after := []string{
		"health FR#renewed 2028-02-29", "health FR#comes-back 2028-04-30", "esd FR#joined-another 2027-05-31", "literacy FR#chose-anew 2028-02-29",
	}
	equal(t, w.marks("2025-12-30", programme.ParticipationEnd), append(after, want...)...)
	equal(t, w.marks("2026-07-30", programme.ParticipationEnd), after...)
}

// R-CLU-10.
func TestDutiesAreMarkedUntilTheyAreDone(t *testing.T) {
	w := newWorld(t)
	w.seat("health", "FR#brest", "2025-10-01", "2027-09-30")
	w.seat("esd", "ES#vigo", "2025-10-01", "2026-03-01") // laid down: since then it is nobody's duty
	half := []string{" 2026-09-30", " 2027-03-31", " 2027-09-30"}
	health := func(days ...string) (lines []string) {
		for _, on := range days {
			lines = append(lines, term+" health"+on)
		}
		return lines
	}
	equal(t, w.marks("2026-02-01", programme.NewsDue), append(health(append(half, " 2026-03-31")...),
		term+" esd 2026-03-31", term+" esd 2026-09-30", term+" esd 2027-03-31", term+" esd 2027-09-30")...)
	equal(t, w.marks("2026-04-01", programme.NewsDue), health(append(half, " 2026-03-31")...)...) // late
	w.news("health", "FR#brest", "2026-03-31")
	w.news("health", "FR#brest", "2027-04-01") // counts for the half-year that it is of
	equal(t, w.marks("2026-04-01", programme.NewsDue), health(half...)...)
	equal(t, w.marks("2027-04-05", programme.NewsDue), health(" 2027-03-31")...)

	equal(t, w.marks("2027-08-01", programme.ReportDue), health(" 2027-09-30")...)
	equal(t, w.marks("2027-10-01", programme.ReportDue), health(" 2027-09-30")...)
	w.plan("health", workplan.Activity{ID: "a", Line: "cluster/3.2", Status: workplan.Held, On: day("2027-09-01")})
	equal(t, w.marks("2027-10-01", programme.ReportDue))
	equal(t, w.marks("2028-03-01", programme.NewsDue))
}

// R-FUN-8: money covers a donor's instalments in the order in which they are due.
func TestInstalmentsAreMarkedUntilTheyAreCovered(t *testing.T) {
	w := newWorld(t)
	w.pledged("K 1", "KR", "2025-11-15", 1, 400, "2026-01-31")
	w.pledged("K 1", "KR", "2025-11-15", 2, 600, "2027-01-31")
	w.pledged("N 1", "NO", "2025-11-15", 1, 500, "2026-01-31")
	w.pledged("N 1", "NO", "2025-11-15", 2, 0, "2026-02-28") // dropped
	w.pledged("N 1", "NO", "2025-11-15", 3, 500, "")         // no day was agreed
	w.pledged("old", "SE", "2019-11-15", 1, 500, "2020-01-31")
	kr, no := "donor_country#KR k-1", "donor_country#NO n-1"
	equal(t, w.marks("2026-02-01", programme.InstalmentOverdue), kr+" 1 2026-01-31", kr+" 2 2027-01-31", no+" 1 2026-01-31")
	w.gave("KR", "2026-02-10", 399)
	equal(t, w.marks("2026-02-10", programme.InstalmentOverdue), kr+" 1 2026-01-31", kr+" 2 2027-01-31", no+" 1 2026-01-31")
	w.gave("KR", "2026-02-11", 1)
	w.gave("NO", "2026-02-11", 500)
	equal(t, w.marks("2026-02-10", programme.InstalmentOverdue), kr+" 1 2026-01-31", kr+" 2 2027-01-31", no+" 1 2026-01-31")
	equal(t, w.marks("2026-02-11", programme.InstalmentOverdue), kr+" 2 2027-01-31")
}

func TestAnAgreementHasStatementsToTheEndOfTheTermOfItsLastInstalment(t *testing.T) {
	w := newWorld(t)
	w.pledged("K 1", "KR", "2024-02-29", 2, 600, "2026-01-31")
	w.pledged("K 1", "KR", "2024-02-29", 1, 400, "2024-06-30")
	w.pledged("N 1", "NO", "2025-11-15", 1, 500, "")
	w.pledged("F 1", "FI", "2025-11-15", 1, 500, "2031-05-05") // in no term of the programme
	w.pledged("D 1", "DK", "2025-11-15", 1, 0, "2026-01-31")   // dropped as a whole
	var got []string
	for _, s := range w.facts("2026-06-01").Spans {
		if s.About == programme.DonorStatement {
			got = append(got, s.Subject.Donor+" "+s.Subject.Agreement+" "+s.First.String()+".."+s.Last.String())
		}
	}
	slices.Sort(got)
	equal(t, strings.Join(got, "\n"), "donor_country#KR k-1 2024-02-29..2027-09-30", "donor_country#NO n-1 2025-11-15..2027-09-30",
		"donor_country#FI f-1 2025-11-15..2031-05-05")
}

func TestReportsOfTheNetworkNeedNoRecord(t *testing.T) {
	count := map[programme.About]int{}
	for _, s := range newWorld(t).facts("2026-06-01").Spans {
		count[s.About]++
		if s.About == programme.ClusterDigest && s.Subject.Cluster == "" || s.About != programme.ClusterDigest && s.Subject != (schedule.Subject{}) {
			t.Errorf("%+v", s)
		}
	}
	terms, clusters := len(programme.Current().Terms), len(programme.Current().Clusters)
	want := map[programme.About]int{
		programme.ClusterDigest: terms * clusters, programme.NetworkDigest: terms, programme.FundSummary: 1, programme.MembershipSummary: 1,
	}
	for about, n := range want {
		if count[about] != n {
			t.Errorf("%s: %d, want %d", about, count[about], n)
		}
	}
}

// A reminder that an outage held up is still known to the run after it, which says that it has lapsed.
func TestWhatIsOverIsKnownAsLongAsItIsCaughtUpWith(t *testing.T) {
	w := newWorld(t, person("p1", access.City, "FR#new"))
	late := day("2025-06-14").AddDays(int(schedule.CatchUp.Hours() / 24)).String() // of the reminder on the day before the deadline
	equal(t, w.marks(late, programme.CallCity), "2025 FR#new 2025-06-15 Europe/Berlin")
	equal(t, w.marks("2026-06-15", programme.CallCity))
}
