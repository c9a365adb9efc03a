package story_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/story"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(text string) civil.Date {
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// archive is a store that is written to on days, each by an import of its own.
type archive struct {
	t       *testing.T
	table   table.Table
	records *records.Store
}

func newArchive(t *testing.T) *archive {
	tbl := memory.New(table.Config{})
	return &archive{t, tbl, records.New(tbl)}
}

func noonOf(on string) time.Time { return day(on).EndOf(time.UTC).Add(-12 * time.Hour) }

// write stores a record in its next version.
func (a *archive) write(on string, ref records.Ref, body any) {
	a.t.Helper()
	encoded, err := records.Encode(body)
	must(a.t, err)
	current, err := a.records.Get(a.t.Context(), ref)
	if !errors.Is(err, records.ErrNotFound) {
		must(a.t, err)
	}
	put := records.Put{Base: current.Version, Record: records.Record{Ref: ref, Body: encoded, Provenance: records.Provenance{
		Import: "import-of-" + on, File: ref.Type + ".xlsx", Sheet: "Rows", Row: 7, Person: "ana", At: noonOf(on),
	}}}
	for _, err := range a.records.PutEach(a.t.Context(), put.Provenance.Import, []records.Put{put}) {
		must(a.t, err)
	}
}

// remove takes a record away, by a request.
func (a *archive) remove(on string, ref records.Ref) {
	a.t.Helper()
	by := records.Provenance{Person: "ben", Request: "request-of-" + on, At: noonOf(on)}
	ws, err := a.records.Keeping(a.t.Context(), by, []table.Write{{Delete: ref.Key()}})
	must(a.t, err)
	must(a.t, a.table.Transact(a.t.Context(), ws))
}

func (a *archive) member(on, id, name string) member.Member {
	m := member.Member{City: name, Country: id[:2], JoinedOn: day("2020-01-01")}
	a.write(on, records.Ref{Type: member.RecordType, ID: id}, m)
	return m
}

func (a *archive) teller(on string) story.Teller {
	return story.Teller{Records: a.records, Programme: programme.Current(), Reference: reference.Load(), At: noonOf(on)}
}

func (a *archive) find(on, name, country string) (story.City, error) {
	a.t.Helper()
	cities, err := a.teller(on).Cities(a.t.Context())
	must(a.t, err)
	return cities.Find(name, country)
}

func (a *archive) told(on, id string, lang locale.Lang) string {
	a.t.Helper()
	found, err := a.find(on, id, "")
	must(a.t, err)
	page, err := a.teller(on).Tell(a.t.Context(), found)
	must(a.t, err)
	return page.Text(lang)
}

func TestACityIsFoundByAnyOfItsSpellings(t *testing.T) {
	a := newArchive(t)
	a.member("2021-01-01", "FR#evry", "Évry")
	a.member("2022-01-01", "FR#evry", "Évry-Courcouronnes")
	a.member("2021-01-01", "DE#hamburg", "Hamburg")
	a.write("2021-01-01", records.Ref{Type: application.RecordType, Partition: "2025", ID: "CR#san-jose"},
		application.Application{City: "San José", Country: "CR", ReceivedOn: day("2025-05-01")})
	for _, c := range []struct{ name, country, id string }{
		{"Évry-Courcouronnes", "", "FR#evry"},
		{"evry courcouronnes", "", "FR#evry"},
		{"EVRY", "", "FR#evry"}, // an earlier spelling
		{"Évry Courcouronnes (France)", "", "FR#evry"},
		{"Évry, Francia", "", "FR#evry"},
		{"Ville d'Évry", "France", "FR#evry"},
		{"FR#evry", "", "FR#evry"},
		{"Hambourg", "", "DE#hamburg"},
		{"Hamburgo", "DE", "DE#hamburg"},
		{"san jose", "Costa Rica", "CR#san-jose"}, // only applied
	} {
		found, err := a.find("2025-01-01", c.name, c.country)
		if err != nil || found.ID != c.id {
			t.Errorf("%q in %q is %q, %v", c.name, c.country, found.ID, err)
		}
	}
}

func refusal(t *testing.T, err error) *problem.Problem {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) {
		t.Fatalf("got %v, want a problem", err)
	}
	return p
}

func TestANameOfSeveralCitiesIsAnsweredWithTheCandidates(t *testing.T) {
	a := newArchive(t)
	a.member("2021-01-01", "FR#brest", "Brest")
	a.member("2021-01-01", "BY#brest", "Brest")
	_, err := a.find("2025-01-01", "brest", "")
	p := refusal(t, err)
	if p.Code != "REF_AMBIGUOUS" || p.Params["candidates"].FR != "Brest (Bélarus): BY#brest, Brest (France): FR#brest" {
		t.Errorf("%s %s", p.Code, p.Params["candidates"].FR)
	}
	for country, id := range map[string]string{"Belarus": "BY#brest", "FR": "FR#brest"} {
		if found, err := a.find("2025-01-01", "brest", country); err != nil || found.ID != id {
			t.Errorf("%s: %q, %v", country, found.ID, err)
		}
	}
}

func TestAnUnknownNameIsAnsweredWithThoseThatAreNear(t *testing.T) {
	a := newArchive(t)
	a.member("2021-01-01", "FR#brest", "Brest")
	a.member("2021-01-01", "FR#montpellier", "Montpellier")
	for _, c := range []struct{ name, country, code, says string }{
		{"Brst", "", "CITY_UNKNOWN", `No city "Brst" is on record. Near it are: Brest (France): FR#brest`},
		{"Montpelier", "FR", "CITY_UNKNOWN", `No city "Montpelier" is on record. Near it are: Montpellier (France): FR#montpellier`},
		{"Ouagadougou", "", "CITY_UNKNOWN", `No city "Ouagadougou" is on record. No name is near it.`},
		{"Brest", "Spain", "CITY_UNKNOWN", `No city "Brest" is on record. No name is near it.`},
		{"Brest", "Frnce", "COUNTRY_UNKNOWN", `"Frnce" is not a country that is known here.`},
	} {
		_, err := a.find("2025-01-01", c.name, c.country)
		if p := refusal(t, err); p.Code != problem.Code(c.code) || !strings.HasPrefix(p.Message(locale.EN), c.says) {
			t.Errorf("%q in %q: %v", c.name, c.country, err)
		}
	}
}

func TestOfACorrectionBothAreToldWithWhereTheyCameFrom(t *testing.T) {
	a := newArchive(t)
	m := a.member("2021-03-01", "FR#brest", "Brest")
	m.JoinedOn, m.Website = day("2020-02-01"), "https://brest.example"
	a.write("2021-06-01", records.Ref{Type: member.RecordType, ID: "FR#brest"}, m)
	want := `Brest (France)
FR#brest · Europe and North America

1 January 2025
  member since 1 February 2020

1 January 2020            joining the network
                            member.xlsx, sheet Rows, row 7, imported by ana on 1 March 2021 (import import-of-2021-03-01)
                            withdrawn or replaced: member.xlsx, sheet Rows, row 7, imported by ana on 1 June 2021 (import import-of-2021-06-01)
1 February 2020           joining the network
                            member.xlsx, sheet Rows, row 7, imported by ana on 1 June 2021 (import import-of-2021-06-01)
1 June 2021               Membership, changed: website
                            member.xlsx, sheet Rows, row 7, imported by ana on 1 June 2021 (import import-of-2021-06-01)
`
	if got := a.told("2025-01-01", "FR#brest", locale.EN); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := a.told("2021-05-31", "FR#brest", locale.EN); strings.Contains(got, "2021-06-01") || !strings.Contains(got, "member since 1 January 2020") {
		t.Errorf("before the correction:\n%s", got)
	}
}

func TestWhatWasRemovedIsToldWithWhoRemovedIt(t *testing.T) {
	a := newArchive(t)
	a.member("2021-03-01", "FR#brest", "Brest")
	ref := records.Ref{Type: questionnaire.RecordType, Partition: "2019-2021", ID: "FR#brest"}
	a.write("2021-03-02", ref, questionnaire.Offer{Member: "FR#brest", Items: [6]string{"We host."}, AnsweredOn: day("2021-03-02")})
	a.remove("2021-04-01", ref)
	a.write("2021-05-01", ref, questionnaire.Offer{Member: "FR#brest", Items: [6]string{"We do."}, AnsweredOn: day("2021-05-01")})
	got := a.told("2025-01-01", "FR#brest", locale.EN)
	if !strings.Contains(got, "withdrawn or replaced: recorded by ben on 1 April 2021 (request request-of-2021-04-01)") ||
		strings.Count(got, "Questionnaire 2019-2021") != 2 || strings.Contains(got, "changed") {
		t.Errorf("got\n%s", got)
	}
	if got := a.told("2021-03-15", "FR#brest", locale.EN); strings.Contains(got, "withdrawn") || strings.Count(got, "Questionnaire") != 1 {
		t.Errorf("before:\n%s", got)
	}
}

// Every kind of record has its part in the story, in three languages.
func TestTheStoryIsMadeOfEveryKindOfRecord(t *testing.T) {
	a := newArchive(t)
	m := member.Member{City: "Brest", Country: "FR"}.Join(day("2025-09-01"))
	m.Participations = []member.Participation{member.Participate(day("2025-10-01"), 2, []string{"health"})}
	const id = "FR#brest"
	of := func(typ, partition, id string) records.Ref {
		return records.Ref{Type: typ, Partition: partition, ID: id}
	}
	a.write("2025-06-01", of(application.RecordType, "2025", id), application.Application{City: "Brest", Country: "FR", ReceivedOn: day("2025-05-20")})
	a.write("2025-07-01", of(application.EndorsementType, "2025", id), application.Endorsement{City: "Brest", Country: "FR", EndorsedOn: day("2025-06-30")})
	a.write("2025-09-02", of(application.DecisionType, "2025", id),
		application.Decision{City: "Brest", Country: "FR", Decision: application.Accepted, DecidedOn: day("2025-09-01"), Reason: "Well founded"})
	a.write("2025-09-02", of(member.RecordType, "", id), m)
	answer := survey.Answer{Member: id, Topics: []string{"health"}, Coordinate: true, AnsweredOn: day("2019-03-01")}
	a.write("2025-09-03", of(survey.RecordType, "2019", answer.ID()), answer)
	a.write("2025-11-01", of(questionnaire.RecordType, "2025-2027", id),
		questionnaire.Offer{Member: id, Items: [6]string{"", "We host."}, AnsweredOn: day("2025-10-30")})
	stands := coordinator.Candidacy{Member: id, Cluster: "health", AnsweredOn: day("2025-09-20")}
	a.write("2025-09-21", of(coordinator.RecordType, "2025-2027", stands.ID()), stands)
	for lang, want := range map[locale.Lang][]string{
		locale.EN: {"Survey 2019, Health and well-being, would coordinate", "sent to the National Commission", "endorsed", "submitted",
			"accepted – Well founded", "joining the network", "Candidate for coordinating 2025-2027", "joining a cluster", "Questionnaire 2025-2027",
			"in the cluster Health and well-being until 30 September 2027"},
		locale.FR: {"Enquête 2019", "envoyée à la Commission nationale", "avalisée", "présentée", "acceptée – Well founded", "adhésion au réseau",
			"Candidate à la coordination", "entrée dans un pôle", "Questionnaire 2025-2027", "dans le pôle"},
		locale.ES: {"Encuesta 2019", "enviada a la Comisión Nacional", "avalada", "presentada", "aceptada – Well founded", "adhesión a la red",
			"Candidata a la coordinación", "entrada en un grupo", "Cuestionario 2025-2027", "en el grupo"},
	} {
		got := a.told("2026-01-01", id, lang)
		after := ""
		for _, one := range want[:len(want)-1] {
			before, rest, found := strings.Cut(after+got, one)
			if !found {
				t.Errorf("%s: %q is not told, or not there:\n%s", lang, one, got)
				break
			}
			_, got = before, rest
		}
		if standing := want[len(want)-1]; !strings.Contains(a.told("2026-01-01", id, lang), standing) {
			t.Errorf("%s: %q is not told", lang, standing)
		}
	}
}

// interrupted replaces a record between the two scans of whoever reads it.
type interrupted struct {
	records.Reader
	meanwhile func()
}

func (r *interrupted) Scan(ctx context.Context, typ, partition, prefix string, fn func(records.Record) error) error {
	err := r.Reader.Scan(ctx, typ, partition, prefix, fn)
	if typ == member.RecordType && r.meanwhile != nil {
		r.meanwhile()
		r.meanwhile = nil
	}
	return err
}

func TestAChangeWhileAStoryIsToldIsToldOnce(t *testing.T) {
	a := newArchive(t)
	m := a.member("2021-03-01", "FR#brest", "Brest")
	teller := a.teller("2025-01-01")
	found, err := a.find("2025-01-01", "Brest", "")
	must(t, err)
	teller.Records = &interrupted{a.records, func() {
		m.LeftOn = day("2024-01-01")
		a.write("2024-01-02", records.Ref{Type: member.RecordType, ID: "FR#brest"}, m)
	}}
	page, err := teller.Tell(t.Context(), found)
	must(t, err)
	if len(page.Lines) != 1 || page.Lines[0].Text.EN != "joining the network" {
		t.Errorf("%+v", page.Lines)
	}
}
