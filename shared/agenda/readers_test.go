package agenda_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// everybody is a network in which each person has to do with something else.
func everybody(t testing.TB) *world {
	w := newWorld(t,
		person("vigo2", access.City, "ES#vigo"), person("anna", access.Secretariat, ""), person("tom", access.Treasurer, ""),
		person("otto", access.Auditor, ""), person("france", access.Commission, "FR"), person("italy", access.Commission, "IT"),
		person("brest", access.City, "FR#brest"), person("vigo", access.City, "ES#vigo"), person("turin", access.City, "IT#turin"),
		person("lyon", access.City, "FR#lyon"), person("korea", access.Donor, "donor_country#KR"), person("norway", access.Donor, "donor_country#NO"),
	)
	since := day("2020-01-01")
	w.member("FR#brest", member.Member{JoinedOn: since, Participations: []member.Participation{takes("2024-10-01", "2026-09-30", "health")}})
	w.member("ES#vigo", member.Member{JoinedOn: since, Participations: []member.Participation{
		takes("2025-10-01", "2027-09-30", "health", "esd"), takes("2027-10-01", "2029-09-30", "health"),
	}})
	w.member("IT#turin", member.Member{JoinedOn: day("2026-10-05"), Participations: []member.Participation{takes("2026-10-05", "2028-10-04", "health")}})
	w.seat("health", "FR#brest", "2025-10-01", "2026-09-30")
	w.seat("health", "ES#vigo", "2025-10-01", "2027-09-30")
	w.seat("esd", "ES#other", "2025-10-01", "2027-09-30")
	return w
}

func period(from, to string) schedule.Period { return schedule.Period{From: day(from), To: day(to)} }

func TestLettersGoToWhoHasToDoWithWhatTheyAreAbout(t *testing.T) {
	w := everybody(t)
	health := schedule.Subject{Cluster: "health"}
	halfYear := period("2026-04-01", "2026-09-30")
	for _, c := range []struct {
		schedule string
		o        schedule.Occasion
		due      string
		want     string
	}{
		// on 30 September Brest still took part; Turin joined only after it
		{"cluster-digest", schedule.Occasion{Subject: health, Period: halfYear}, "2026-10-10", "anna brest vigo vigo2"},
		{"cluster-digest", schedule.Occasion{Subject: health, Period: period("2026-10-01", "2027-03-31")}, "2027-04-10", "anna turin vigo vigo2"},
		{"network-digest", schedule.Occasion{Period: halfYear}, "2026-10-10", "anna brest france italy vigo vigo2"},
		{"fund-month", schedule.Occasion{Period: period("2026-04-01", "2026-04-30")}, "2026-05-05", "anna tom"},
		{"fund-year", schedule.Occasion{Period: period("2026-01-01", "2026-12-31")}, "2027-01-15", "anna otto tom"},
		{"membership-quarter", schedule.Occasion{Period: period("2026-04-01", "2026-06-30")}, "2026-07-05", "anna otto"},
		{"donor-statement", schedule.Occasion{Subject: schedule.Subject{Donor: "donor_country#KR", Agreement: "k-1"}, Period: halfYear}, "2026-10-30", "korea tom"},
		{"instalment-overdue", schedule.Occasion{Subject: schedule.Subject{Donor: "donor_country#NO", Agreement: "n-1", Number: 1}, Day: day("2026-01-31")}, "2026-02-01", "norway tom"},
		{"call-city", schedule.Occasion{Subject: schedule.Subject{Call: "2025", City: "FR#lyon"}, Day: day("2025-06-15")}, "2025-06-08", "lyon"},
		{"call-commission", schedule.Occasion{Subject: schedule.Subject{Call: "2025", Country: "FR"}, Day: day("2025-07-15")}, "2025-07-08", "france"},
		{"call-commission", schedule.Occasion{Subject: schedule.Subject{Call: "2025", Country: "PT"}, Day: day("2025-07-15")}, "2025-07-08", ""},
		{"term-end", schedule.Occasion{Subject: schedule.Subject{Term: term, Cluster: "health", City: "ES#vigo"}, Day: day("2027-09-30")}, "2027-08-01", "vigo vigo2"},
		{"participation-end", schedule.Occasion{Subject: schedule.Subject{Cluster: "health", City: "FR#brest"}, Day: day("2026-09-30")}, "2026-08-01", "brest"},
		{"news-due", schedule.Occasion{Subject: schedule.Subject{Term: term, Cluster: "health"}, Day: day("2026-03-31")}, "2026-03-01", "brest vigo vigo2"},
		{"news-due", schedule.Occasion{Subject: schedule.Subject{Term: term, Cluster: "health"}, Day: day("2027-03-31")}, "2027-03-01", "vigo vigo2"},
		{"report-due", schedule.Occasion{Subject: schedule.Subject{Term: term, Cluster: "health"}, Day: day("2027-09-30")}, "2027-10-01", "vigo vigo2"},
		{"no-such-schedule", schedule.Occasion{Subject: health, Period: halfYear}, "2026-10-10", ""},
	} {
		c.o.Schedule, c.o.Due = c.schedule, noon(c.due)
		if s, ok := programme.Current().Schedule(c.schedule); ok {
			c.o.About = s.About
		}
		if got := w.readers(c.o); got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.schedule, c.o.Subject, got, c.want)
		}
	}
}

// Of a letter about a city, its own people and its National Commission are readers where the programme says so, and no others.
func TestAudiencesOfACityAndOfAClusterAreWhoseItIs(t *testing.T) {
	w := everybody(t)
	edition := *programme.Current()
	edition.Schedules = []programme.Schedule{
		{ID: "of-city", About: programme.CallCity, To: []programme.Audience{programme.ToCities, programme.ToCommissions}},
		{ID: "of-cluster", About: programme.ClusterDigest, To: []programme.Audience{programme.ToCommissions, programme.ToDonors, programme.ToCoordinators}},
	}
	source := w.source()
	source.Programme = &edition
	for _, c := range []struct {
		o    schedule.Occasion
		want string
	}{
		{schedule.Occasion{Schedule: "of-city", Subject: schedule.Subject{Call: "2025", City: "IT#turin"}, Day: day("2025-06-15")}, "[italy turin]"},
		{schedule.Occasion{Schedule: "of-cluster", Subject: schedule.Subject{Cluster: "health"}, Period: period("2026-04-01", "2026-09-30")}, "[brest france vigo vigo2]"},
		{schedule.Occasion{Schedule: "of-cluster", Subject: schedule.Subject{Cluster: "health"}, Period: period("2035-04-01", "2035-09-30")}, "[]"},
	} {
		c.o.Due = noon("2036-01-01")
		readers, err := source.Readers(t.Context(), c.o)
		var ids []string
		for _, r := range readers {
			ids = append(ids, r.ID)
		}
		if got := fmt.Sprint(ids); got != c.want || err != nil {
			t.Errorf("%+v: %s, %v; want %s", c.o.Subject, got, err, c.want)
		}
	}
}

type broken struct{}

var errBroken = errors.New("the table is gone")

func (broken) Each(context.Context, func(people.Person) error) error { return errBroken }

func TestAFailureOfTheStoreIsNoEmptyAgenda(t *testing.T) {
	source := agenda.Source{Records: everybody(t).records, Programme: programme.Current(), People: broken{}}
	if _, err := source.Facts(t.Context(), noon("2026-01-01")); !errors.Is(err, errBroken) {
		t.Errorf("facts: %v", err)
	}
	o := schedule.Occasion{Schedule: "fund-month", Due: noon("2026-01-01")}
	if _, err := source.Readers(t.Context(), o); !errors.Is(err, errBroken) {
		t.Errorf("readers: %v", err)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := everybody(t).source().Facts(done, noon("2026-01-01")); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that is over: %v", err)
	}
}

// A network of 356 members with two people each, all seats taken and a fund of some years: what each hour asks of the records.
func BenchmarkAnHourOf356Members(b *testing.B) {
	w := newWorld(b)
	for i := range 356 {
		id := fmt.Sprintf("FR#city-%03d", i)
		cluster := programme.Current().Clusters[i%7].ID
		w.member(id, member.Member{JoinedOn: day("2020-01-01"), Participations: []member.Participation{takes("2025-10-01", "2027-09-30", cluster)}})
		if i < 14 {
			w.seat(cluster, id, "2025-10-01", "2027-09-30")
		}
		for n := range 2 {
			w.people = append(w.people, person(fmt.Sprintf("p%03d-%d", i, n), access.City, access.Scope(id)))
		}
	}
	for i := range 60 {
		city := fmt.Sprintf("ES#new-%02d", i)
		w.did(city, application.Start, application.Send)
		w.people = append(w.people, person("n"+city[3:], access.City, access.Scope(city)))
	}
	for i := range 20 {
		country := string([]byte{'A' + byte(i), 'X'})
		w.pledged("A "+country, country, "2025-11-15", 1, 400, "2026-01-31")
		for m := range 12 {
			w.gave(country, fmt.Sprintf("2026-%02d-15", m+1), 10)
		}
	}
	source := w.source()
	b.Run("facts", func(b *testing.B) {
		for b.Loop() {
			if _, err := source.Facts(b.Context(), noon("2026-03-31").Add(time.Hour)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("readers", func(b *testing.B) {
		o := schedule.Occasion{Schedule: "network-digest", About: programme.NetworkDigest, Period: period("2025-10-01", "2026-03-31"), Due: noon("2026-04-10")}
		for b.Loop() {
			if found, err := source.Readers(b.Context(), o); err != nil || len(found) != 712 {
				b.Fatal(len(found), err)
			}
		}
	})
	b.Run("due", func(b *testing.B) {
		facts, err := source.Facts(b.Context(), noon("2026-03-31"))
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			schedule.Due(programme.Current().Schedules, facts, noon("2026-03-31"), noon("2026-03-31").Add(time.Hour))
		}
	})
}
