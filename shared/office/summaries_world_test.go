package office_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/digest"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// postRoom is an office over the records of the tests' network, with a person of each role on record, from which letters leave.
type postRoom struct {
	*network
	ids       map[access.Role]string
	delivered sent // tasks
	asked     sent
}

func newPostRoom(t *testing.T) *postRoom {
	t.Helper()
	p := &postRoom{network: newNetwork(t), ids: map[access.Role]string{}}
	clock := func() time.Time { return p.now }
	ids := identity.NewIDs(clock, nil)
	kept, err := people.New(people.Config{
		Table: p.over, Clock: clock, IDs: ids, Random: rand.Reader, Key: []byte("a key that is only for these tests"), Idle: time.Hour,
		Absolute: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Config
	c.People, c.Directory, c.Outbox = kept, people.NewDirectory(p.over, clock, ids), outbox.New(p.over, clock, ids)
	c.Agenda = agenda.Source{Records: c.Records, Programme: c.Programme, People: c.Directory}
	c.Digest = digest.Source{Records: c.Records, Programme: c.Programme, Reference: c.Reference}
	c.Exports, c.DeliverQueue, c.ExportQueue = request.New(p.over, clock), &p.delivered, &p.asked
	p.Office = office.New(c)
	if _, err := kept.First(t.Context(), "anna@example.org", locale.EN); err != nil {
		t.Fatal(err)
	}
	anna, err := kept.ByEmail(t.Context(), "anna@example.org")
	if err != nil {
		t.Fatal(err)
	}
	p.ids[access.Secretariat] = anna.ID
	for role, standing := range standings {
		one, err := p.Invite(p.as(access.Secretariat), "", standing)
		if err != nil {
			t.Fatal(err)
		}
		p.ids[role] = one.ID
	}
	return p
}

// as is a context in which the person of a role asks.
func (p *postRoom) as(role access.Role) context.Context {
	standing := standings[role]
	return access.WithActor(p.t.Context(), access.Actor{Person: p.ids[role], Role: role, Scope: standing.Scope, Lang: standing.Lang})
}

// about is an occasion of each matter, which is the readers' own where it is somebody's, by day from the first on.
func occasions() []schedule.Occasion {
	all := []schedule.Occasion{
		{Schedule: "cluster-digest", About: programme.ClusterDigest, Subject: schedule.Subject{Cluster: "health"}},
		{Schedule: "network-digest", About: programme.NetworkDigest},
		{Schedule: "fund-month", About: programme.FundSummary},
		{Schedule: "donor-statement", About: programme.DonorStatement, Subject: schedule.Subject{Donor: korea, Agreement: "kor-2026"}},
		{Schedule: "membership-quarter", About: programme.MembershipSummary},
		{Schedule: "call-city", About: programme.CallCity, Subject: schedule.Subject{Call: "2025", City: "FR#brest"}},
		{Schedule: "call-commission", About: programme.CallCommission, Subject: schedule.Subject{Call: "2025", Country: "FR"}},
		{Schedule: "term-end", About: programme.TermEnd, Subject: schedule.Subject{Term: term, Cluster: "health", City: "FR#brest"}},
		{Schedule: "participation-end", About: programme.ParticipationEnd, Subject: schedule.Subject{Cluster: "health", City: "FR#brest"}},
		{Schedule: "news-due", About: programme.NewsDue, Subject: schedule.Subject{Term: term, Cluster: "health"}},
		{Schedule: "report-due", About: programme.ReportDue, Subject: schedule.Subject{Term: term, Cluster: "health"}},
		{Schedule: "instalment-overdue", About: programme.InstalmentOverdue, Subject: schedule.Subject{Donor: korea, Agreement: "kor-2026", Number: 1}},
	}
	for i := range all {
		last := day("2026-01-01").AddDays(i)
		all[i].Due = last.AddDays(5).StartOf(time.UTC)
		if all[i].About.Reminds() {
			all[i].Day = last
		} else {
			all[i].Period = schedule.Period{From: last.AddMonths(-3), To: last}
		}
	}
	return all
}

// foreign is an occasion about what is another one's.
func foreign(o schedule.Occasion) schedule.Occasion {
	for at, other := range map[*string]string{
		&o.Subject.City: "DE#hamburg", &o.Subject.Country: "DE", &o.Subject.Donor: hamburg,
	} {
		if *at != "" {
			*at = other
		}
	}
	return o
}

// made makes a report of an occasion, which says what it is about and has some files, with letters to people of some roles.
func (p *postRoom) made(o schedule.Occasion, to ...access.Role) outbox.Entry {
	p.t.Helper()
	report := summary.Report{
		Occasion: o, AsOf: o.Due, Title: locale.Same(string(o.About)), Lead: locale.Same("It is so."),
		Files: []summary.File{
			{Kind: string(request.Membership), Label: locale.Same("members")}, {Kind: string(request.Fund), Label: locale.Same("fund")},
			{Kind: string(request.Donor), Format: string(request.PDF), Donor: korea, From: day("2026-01-01"), To: day("2026-01-31")},
		},
	}
	return p.kept(report, to...)
}

func (p *postRoom) kept(report summary.Report, to ...access.Role) outbox.Entry {
	p.t.Helper()
	var people []string
	for _, role := range to {
		people = append(people, p.ids[role])
	}
	e, made, err := p.Outbox.Make(p.t.Context(), report, people)
	if err != nil || !made {
		p.t.Fatalf("made %v: %v", made, err)
	}
	return e
}
