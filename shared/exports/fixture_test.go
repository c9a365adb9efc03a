package exports_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// shelf is records in memory, by type and partition.
type shelf map[string][]records.Record

func (s shelf) put(t *testing.T, typ, partition, id string, body any) {
	t.Helper()
	encoded, err := records.Encode(body)
	if err != nil {
		t.Fatal(err)
	}
	key := typ + "#" + partition
	s[key] = append(s[key], records.Record{
		Ref: records.Ref{Type: typ, Partition: partition, ID: id}, Version: 3, Body: encoded,
		Provenance: records.Provenance{File: "sheet.xlsx", FileSHA256: strings.Repeat("ab", 32), Sheet: "Sheet1", Row: len(s[key]) + 2},
	})
	slices.SortFunc(s[key], func(a, b records.Record) int { return cmp.Compare(a.Ref.ID, b.Ref.ID) })
}

func (s shelf) Snapshot(_ context.Context, _ []string, read func(records.Reader) error) error {
	return read(s)
}

func (s shelf) Scan(_ context.Context, typ, partition, prefix string, fn func(records.Record) error) error {
	for _, r := range s[typ+"#"+partition] {
		if strings.HasPrefix(r.Ref.ID, prefix) {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s shelf) Get(ctx context.Context, ref records.Ref) (records.Record, error) {
	found, _ := s.GetEach(ctx, []records.Ref{ref})
	if len(found) == 0 {
		return records.Record{}, records.ErrNotFound
	}
	return found[0], nil
}

func (s shelf) GetEach(_ context.Context, refs []records.Ref) ([]records.Record, error) {
	var found []records.Record
	for _, ref := range refs {
		for _, r := range s[ref.Type+"#"+ref.Partition] {
			if r.Ref == ref {
				found = append(found, r)
			}
		}
	}
	return found, nil
}

const term = "2023-2025"

// network is a small network in the middle of a term: members with clusters, offers, contributions in four currencies,
// applications in every state, and the survey's printed result.
func network(t *testing.T) shelf {
	t.Helper()
	s := shelf{}
	join := func(name, country, joined, left string, clusters ...string) {
		m := member.Member{City: name, Country: country, JoinedOn: day(joined), LeftOn: day(left), Population: 140_000, Website: "https://example.org"}
		if len(clusters) > 0 {
			m.Participations = []member.Participation{member.Participate(day("2023-10-01"), 2, clusters)}
		}
		s.put(t, member.RecordType, "", city.ID(name, country), m)
	}
	join("Brest", "FR", "2019-02-01", "", "esd", "health")
	join("Évry-Courcouronnes", "FR", "2020-03-01", "", "equity")
	join("Montpellier", "FR", "2023-06-08", "", "citizenship", "planning", "literacy")
	join("Clermont-Ferrand", "FR", "2017-09-18", "2021-12-31")
	join("Lausanne", "CH", "2022-09-01", "", "esd", "equity")
	join("Dakar", "SN", "2016-05-01", "", "literacy", "entrepreneurship")
	join("Cairo", "EG", "2015-09-28", "", "esd")
	join("Medellín", "CO", "2017-09-18", "", "citizenship", "esd")
	join("Kabul", "AF", "2024-02-14", "", "literacy")
	join("'s-Hertogenbosch", "NL", "2021-01-15", "", "entrepreneurship")

	offer := func(name, country string, items ...string) {
		o := questionnaire.Offer{Member: city.ID(name, country), City: name, Country: country, AnsweredOn: day("2024-01-15")}
		copy(o.Items[:], items)
		s.put(t, questionnaire.RecordType, term, o.Member, o)
	}
	offer("Brest", "FR", "A two-day experts' meeting on the sea and education for sustainable development, for up to forty people", "",
		"Workshop on third places", "", "EUR 10,000 a year")
	offer("Lausanne", "CH", "=HYPERLINK(\"http://example.org\")", "Study visits for two cities a year", "", "Case study of the city's welcome programme")
	offer("Medellín", "CO", "", "Exchange of practice on citizen laboratories")
	offer("Évry-Courcouronnes", "FR")
	offer("Clermont-Ferrand", "FR", "A meeting, although the city has left its cluster")
	offer("Dakar", "SN", "", "", "", "", "", "Interpreters for French and Wolof")

	var given []fund.Contribution
	give := func(donor, typ, country, amount, currency, rate, on, ref, earmark string) {
		c := fund.Contribution{Donor: donor, DonorType: typ, Country: country, ReceivedOn: day(on), Reference: ref, Earmark: earmark}
		var err error
		if c.Amount, err = money.Parse(amount, money.ISO(currency)); err != nil {
			t.Fatal(err)
		}
		if rate != "" {
			c.RateDate, c.RateSource = day(on), fund.UNRates
			if err = c.Rate.UnmarshalText([]byte(rate)); err != nil {
				t.Fatal(err)
			}
		}
		if typ == fund.MemberCity {
			c.Member = city.ID(donor[strings.LastIndexByte(donor, ' ')+1:], country)
		}
		s.put(t, fund.RecordType, c.Year(), c.ID(), c)
		given = append(given, c)
	}
	give("City of Lausanne", fund.MemberCity, "CH", "20000", "CHF", "1.1325", "2024-02-01", "CHF-0001", "fund/1.1")
	give("Ville de Brest", fund.MemberCity, "FR", "10000.50", "EUR", "1.0825", "2024-03-11", "SEPA 77", "")
	give("Germany", fund.DonorCountry, "DE", "150000", "EUR", "1.0785", "2024-05-02", "SEPA 91", "fund/1.2")
	give("Republic of Korea", fund.DonorCountry, "KR", "90000", "USD", "", "2024-06-20", "W-5", "fund/2.4")
	give("Sakura Learning K.K.", fund.Company, "JP", "1500000", "JPY", "1/149.2537313433", "2025-01-07", "", "fund/3.1")
	give("Fondation \"Savoir & Cité\"", fund.Foundation, "FR", "40000", "EUR", "1.09", "2024-09-30", "SEPA 104", "fund/2.1")
	give("Open Book Foundation", fund.Foundation, "US", "25000", "USD", "", "2025-03-03", "ACH-1", "fund/2")
	give("Earlier donor", fund.Company, "US", "999", "USD", "", "2023-09-30", "before the term", "fund/1.1")

	keepBooks(t, s, given)
	pledge(t, s, "KOR/MDFM 2024", given[3], "USD", "2024-05-01", [2]string{"90000", "2024-06-30"}, [2]string{"60000", "2025-06-30"})
	pledge(t, s, "BMZ 77", given[2], "EUR", "2024-04-01", [2]string{"150000", "2024-05-31"}, [2]string{"50000.50", "2025-12-31"})
	pledge(t, s, "Sakura 1", given[4], "JPY", "2025-01-01", [2]string{"1500000", "2025-01-31"}, [2]string{"500000", ""}, [2]string{"0", "2025-03-01"})

	apply := func(name, country, received, endorsed, decision, decided string) {
		id := city.ID(name, country)
		s.put(t, application.RecordType, "2025", id, application.Application{City: name, Country: country, ReceivedOn: day(received)})
		if endorsed != "" {
			s.put(t, application.EndorsementType, "2025", id, application.Endorsement{City: name, Country: country, EndorsedOn: day(endorsed)})
		}
		if decision != "" {
			s.put(t, application.DecisionType, "2025", id, application.Decision{
				City: name, Country: country, Decision: decision, DecidedOn: day(decided), Reason: "as discussed"})
		}
	}
	apply("Nantes", "FR", "2025-06-01", "2025-07-01", application.Accepted, "2025-09-02")
	apply("Lille", "FR", "2025-06-02", "2025-07-01", application.Deferred, "2025-09-02")
	apply("Rennes", "FR", "2025-06-03", "2025-07-01", "", "")
	apply("Tours", "FR", "2025-06-04", "", "", "")
	apply("Genève", "CH", "2025-05-20", "2025-06-30", application.Declined, "2025-09-02")
	apply("Thiès", "SN", "2025-06-10", "", "", "")

	act(t, s)
	coordinate(t, s)
	answers := surveyed()
	earlier := answers[slices.IndexFunc(answers, func(a survey.Answer) bool { return a.City == "Brest" })]
	earlier.AnsweredOn, earlier.Topics = earlier.AnsweredOn.AddDays(-1), []string{"ict"}
	late := survey.Answer{Member: city.ID("Cairo", "EG"), City: "Cairo", Country: "EG", AnsweredOn: day("2019-04-01"), Topics: []string{"esd"}}
	for _, a := range append(answers, earlier, late) {
		s.put(t, survey.RecordType, "2019", a.ID(), a)
	}
	return s
}

// act takes applications further as acts do that no sheet brought: one is a draft, one withdrawn, and a deadline is extended.
func act(t *testing.T, s shelf) {
	t.Helper()
	record := func(name, country string, actions ...application.Action) {
		id := city.ID(name, country)
		for i, action := range actions {
			s.put(t, "application_event", "2025", fmt.Sprintf("%s#%06d", id, i+1), map[string]any{"event": application.Event{
				City: id, Name: name, Country: country, Action: action, At: time.Date(2025, time.May, 20+i, 10, 0, 0, 0, time.UTC),
			}})
		}
	}
	record("Bergen", "NO", application.Start)
	record("Oslo", "NO", application.Start, application.Send, application.Withdraw)
	s.put(t, "extension", "2025", "000001", application.Extension{
		Deadline: application.CityDeadline, Country: "NO", Until: day("2025-06-20"), GrantedAt: time.Date(2025, time.June, 2, 9, 0, 0, 0, time.UTC),
		Reason: "storm damage", Person: "secretariat",
	})
}

// coordinate has cities stand as coordinators and appoints some: of two clusters both seats are taken, of one a city lays its mandate
// down, of one a city did in the term before. One cluster has a work plan.
func coordinate(t *testing.T, s shelf) {
	t.Helper()
	stand := func(name, country, cluster string, rating int) coordinator.Candidacy {
		c := coordinator.Candidacy{Member: city.ID(name, country), City: name, Country: country, Cluster: cluster, AnsweredOn: day("2023-09-01")}
		for _, item := range programme.Current().Coordinators.Items {
			c.Answers = append(c.Answers, coordinator.Answer{Item: item.ID, Text: "as asked", Rating: rating})
		}
		s.put(t, coordinator.RecordType, term, c.ID(), c)
		return c
	}
	appoint := func(c coordinator.Candidacy, term, from, until, reason string) {
		m := coordinator.Mandate{Member: c.Member, City: c.City, Country: c.Country, Cluster: c.Cluster, Term: term, From: day(from), Until: day(until)}
		s.put(t, coordinator.MandateType, term, m.ID(), m)
		s.put(t, coordinator.DecisionType, term, m.ID(), coordinator.Decision{
			Term: term, Seats: []coordinator.Seat{{Cluster: c.Cluster, Member: c.Member}}, Reason: reason, DecidedOn: day("2023-09-20"),
			AnnouncedOn: day("2023-10-01"), DecidedBy: "secretariat"})
	}
	appoint(stand("Brest", "FR", "esd", 4), term, "2023-10-01", "2025-09-30", "")
	appoint(stand("Cairo", "EG", "esd", 3), term, "2023-10-01", "2025-09-30", "balance of the regions")
	stand("Lausanne", "CH", "esd", 5)
	appoint(stand("Dakar", "SN", "literacy", 5), term, "2023-10-01", "2024-12-31", "")
	appoint(coordinator.Candidacy{Member: city.ID("'s-Hertogenbosch", "NL"), City: "'s-Hertogenbosch", Country: "NL", Cluster: "entrepreneurship"},
		"2021-2023", "2021-10-01", "2023-09-30", "")
	stand("'s-Hertogenbosch", "NL", "entrepreneurship", 5)

	plan := workplan.Draft(programme.Current(), "health", term)
	for i := range plan.Activities {
		if a := &plan.Activities[i]; a.Line == "cluster/1.3" {
			a.Host, a.On, a.Status = city.ID("Brest", "FR"), day("2024-06-04"), workplan.Confirmed
		}
	}
	s.put(t, workplan.RecordType, term, plan.Cluster, plan)
}

// surveyed are answers that tally to all printed figures: each topic's votes are dealt out to the cities in turn. Three are of cities
// that were members.
func surveyed() []survey.Answer {
	p := programme.Current()
	asked := p.LatestSurvey()
	byRegion := map[string][]string{}
	for _, c := range reference.Load().Countries() {
		byRegion[c.Region] = append(byRegion[c.Region], c.ISO2)
	}
	for _, country := range []string{"FR", "SN", "CO"} {
		c, _ := reference.Load().Country(country)
		byRegion[c.Region] = append([]string{country}, slices.DeleteFunc(byRegion[c.Region], func(other string) bool { return other == country })...)
	}
	var countries []string
	for i := 0; len(countries) < asked.Printed.Countries; i++ {
		countries = append(countries, byRegion[reference.Load().Regions()[i%5].ID][i/5])
	}
	answers := make([]survey.Answer, asked.Printed.Cities)
	for i := range answers {
		country := countries[i%len(countries)]
		name := "City " + string(rune('A'+i/26)) + string(rune('a'+i%26))
		if i < len(countries) {
			name = cmp.Or(map[string]string{"FR": "Brest", "SN": "Dakar", "CO": "Medellín"}[country], name)
		}
		answers[i] = survey.Answer{Member: city.ID(name, country), City: name, Country: country,
			AnsweredOn: asked.Opens.AddDays(i % 60), Coordinate: i%7 == 0}
	}
	next := 0
	for _, topic := range p.Topics {
		votes, _ := asked.Printed.Votes(topic.ID)
		for range votes {
			answers[next%len(answers)].Topics = append(answers[next%len(answers)].Topics, topic.ID)
			next++
		}
	}
	return answers
}

func day(s string) civil.Date {
	if s == "" {
		return civil.Date{}
	}
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func input(s exports.Snapshotter, lang locale.Lang) exports.Input {
	return exports.Input{
		Records: s, Programme: programme.Current(), Reference: reference.Load(), Lang: lang, Term: term, Call: "2025",
		At: time.Date(2025, time.September, 15, 10, 0, 0, 0, time.UTC),
	}
}

func budgetOf(t *testing.T, s exports.Snapshotter, lang locale.Lang) []byte {
	t.Helper()
	return written(t, request.Budget, s, lang)
}

func membershipOf(t *testing.T, s exports.Snapshotter, lang locale.Lang) []byte {
	t.Helper()
	return written(t, request.Membership, s, lang)
}

func surveyOf(t *testing.T, s exports.Snapshotter, lang locale.Lang) []byte {
	t.Helper()
	return written(t, request.Survey, s, lang)
}

// written is a workbook of a kind.
func written(t *testing.T, kind request.Kind, s exports.Snapshotter, lang locale.Lang) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := exports.Write(t.Context(), &out, kind, input(s, lang)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
