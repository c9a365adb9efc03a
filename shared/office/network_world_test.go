package office_test

import (
	"bytes"
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// term is the one in which the tests' network is at work.
const term = "2025-2027"

// network is an office over the records of four cities: Brest and Évry of France, Brest of Belarus, and Dakar, which has left.
type network struct {
	*office.Office
	t    *testing.T
	log  *bytes.Buffer
	now  time.Time
	over table.Table
}

func newNetwork(t *testing.T) *network {
	t.Helper()
	n := &network{t: t, log: &bytes.Buffer{}, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return n.now }
	over := memory.New(table.Config{Clock: clock})
	n.over = over
	region := func(iso2 string) string {
		country, _ := reference.Load().Country(iso2)
		return country.Region
	}
	n.Office = office.New(office.Config{
		Registry: registry.New(registry.Config{
			Table: over, Programme: programme.Current(), Clock: clock, IDs: identity.NewIDs(clock, nil), Region: region,
			Country: func(iso2 string) locale.Text { return locale.Same(iso2) },
		}),
		Records: records.New(over), Programme: programme.Current(), Reference: reference.Load(), Clock: clock,
		Trail: trailOver(over, clock), Log: slog.New(slog.NewTextHandler(n.log, nil)),
	})
	for _, c := range []struct{ id, name, joined, left string }{
		{"BY#brest", "Brest", "2019-06-01", ""}, {"FR#brest", "Brest", "2016-06-01", ""}, {"FR#evry", "Évry", "2027-01-01", ""},
		{"SN#dakar", "Dakar", "2016-06-01", "2024-12-31"},
	} {
		m := member.Member{City: c.name, Country: c.id[:2], JoinedOn: day(c.joined), LeftOn: day(c.left)}
		if c.left == "" {
			m.Participations = []member.Participation{member.Participate(day("2025-10-01"), 2, []string{"health", "literacy"})}
		}
		n.put(member.RecordType, "", c.id, m)
		answer := survey.Answer{Member: c.id, City: c.name, Country: c.id[:2], Topics: []string{"health"}, AnsweredOn: day("2019-03-01")}
		n.put(survey.RecordType, "2019", answer.ID(), answer)
		n.put(questionnaire.RecordType, term, c.id, questionnaire.Offer{
			Member: c.id, City: c.name, Country: c.id[:2], Items: [6]string{"We host."}, AnsweredOn: day("2025-09-01"),
		})
		for _, cluster := range []string{"health", "literacy"} {
			stands := coordinator.Candidacy{Member: c.id, City: c.name, Country: c.id[:2], Cluster: cluster, AnsweredOn: day("2025-09-20")}
			n.put(coordinator.RecordType, term, stands.ID(), stands)
		}
	}
	n.seat("health", "FR#brest", "2025-10-01", "")             // begun without a word
	n.seat("literacy", "FR#evry", "2026-06-01", "")            // decided, and nobody knows
	n.seat("literacy", "BY#brest", "2026-06-01", "2026-02-01") // announced
	return n
}

// seat stores that a city coordinates from a day, with the day of the announcement.
func (n *network) seat(cluster, city, from, announced string) {
	t, _ := programme.Current().Term(term)
	m := coordinator.Mandate{Member: city, City: city, Country: city[:2], Cluster: cluster, Term: term, From: day(from), Until: t.End}
	n.put(coordinator.MandateType, term, m.ID(), m)
	n.put(coordinator.DecisionType, term, m.ID(), coordinator.Decision{
		Term: term, Seats: []coordinator.Seat{{Cluster: cluster, Member: city}}, Reason: "Dakar was too far", DecidedBy: "anna",
		DecidedOn: day("2025-09-25"), AnnouncedOn: day(announced),
	})
}

func (n *network) put(typ, partition, id string, body any) {
	n.t.Helper()
	encoded, err := records.Encode(body)
	if err != nil {
		n.t.Fatal(err)
	}
	put := records.Put{Record: records.Record{
		Ref: records.Ref{Type: typ, Partition: partition, ID: id}, Body: encoded, Provenance: records.Provenance{
			Import: "import", File: "members.xlsx", Sheet: "Members", Row: 7, Person: "officer", At: n.now,
		},
	}}
	for _, err := range n.Records.PutEach(n.t.Context(), "import", []records.Put{put}) {
		if err != nil {
			n.t.Fatal(err)
		}
	}
}

// day is a day, "" none.
func day(text string) civil.Date {
	if text == "" {
		return civil.Date{}
	}
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// as is a context in which a person of a role asks: of France, of its Brest, or of Korea as a donor.
func (n *network) as(role access.Role) context.Context {
	standing := standings[role]
	return access.WithActor(n.t.Context(), access.Actor{Person: "person-" + string(role), Role: role, Scope: standing.Scope, Lang: standing.Lang})
}
