package story_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/story"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/workplan"
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
	a.write("2021-01-01", records.Ref{Type: member.RecordType, ID: "CN#beijing"},
		member.Member{City: "Beijing", Country: "CN", OtherNames: []string{"Peiping"}, JoinedOn: day("2020-01-01")})
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
		{"peiping", "", "CN#beijing"},             // a person has said so
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
func TestOfAnUndoneImportBothAreTold(t *testing.T) {
	a := newArchive(t)
	m := a.member("2025-01-10", "FR#brest", "Brest")
	ref := records.Ref{Type: member.RecordType, ID: "FR#brest"}
	current, err := a.records.Get(t.Context(), ref)
	must(t, err)
	m.JoinedOn = day("2021-02-03")
	a.write("2025-02-10", ref, m)
	const wrong = "import-of-2025-02-10"
	back := current
	back.Provenance.Undo, back.Provenance.At = wrong, noonOf("2025-03-10")
	for _, err := range a.records.PutEach(t.Context(), wrong, []records.Put{{Record: back, Base: 2}}) {
		must(t, err)
	}
	for lang, words := range map[locale.Lang]string{
		locale.EN: "import undone on 10 March 2025 (import " + wrong + ")", locale.FR: "import annulé le 10 mars 2025 (import " + wrong + ")",
		locale.ES: "importación deshecha el 10 de marzo de 2025 (importación " + wrong + ")",
	} {
		if told := a.told("2025-04-01", "FR#brest", lang); !strings.Contains(told, words) {
			t.Errorf("%s is not in\n%s", words, told)
		}
	}
}

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
	seat := coordinator.Seat{Cluster: "health", Member: id}
	a.write("2025-09-30", of(coordinator.DecisionType, "2025-2027", seat.ID()), coordinator.Decision{Term: "2025-2027",
		Seats: []coordinator.Seat{seat}, Reason: "The highest score", DecidedOn: day("2025-09-29"), AnnouncedOn: day("2025-09-30")})
	a.write("2025-09-30", of(coordinator.MandateType, "2025-2027", seat.ID()),
		coordinator.Mandate{Member: id, Cluster: "health", Term: "2025-2027", From: day("2025-10-01"), Until: day("2027-09-30")})
	news := workplan.News{Cluster: "health", Member: id, On: day("2025-12-01")}
	a.write("2025-12-01", of(workplan.NewsType, "2025-2027", news.ID()), news)
	for lang, want := range map[locale.Lang][]string{
		locale.EN: {"Survey 2019, Health and well-being, would coordinate", "sent to the National Commission", "endorsed", "submitted",
			"accepted – Well founded", "joining the network", "Candidate for coordinating 2025-2027", "Selected as coordinating city, Health and well-being – The highest score",
			"Announced as coordinating city", "joining a cluster", "Coordinating city, Health and well-being, until", "Questionnaire 2025-2027",
			"News sent",
			"in the cluster Health and well-being until 30 September 2027"},
		locale.FR: {"Enquête 2019", "envoyée à la Commission nationale", "avalisée", "présentée", "acceptée – Well founded", "adhésion au réseau",
			"Candidate à la coordination", "Choisie comme", "Annoncée comme", "entrée dans un pôle", "Ville coordinatrice", "Questionnaire 2025-2027",
			"Nouvelles envoyées", "dans le pôle"},
		locale.ES: {"Encuesta 2019", "enviada a la Comisión Nacional", "avalada", "presentada", "aceptada – Well founded", "adhesión a la red",
			"Candidata a la coordinación", "Elegida", "Anunciada", "entrada en un grupo", "Ciudad coordinadora", "Cuestionario 2025-2027",
			"Noticias enviadas", "en el grupo"},
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

// do has an act done at noon of a day, by a request of its own.
func (a *archive) do(on string, action application.Action, reason string) {
	a.t.Helper()
	clock := func() time.Time { return noonOf(on) }
	r := registry.New(registry.Config{
		Table: a.table, Programme: programme.Current(), Clock: clock, IDs: identity.NewIDs(clock, nil),
		Country: func(iso2 string) locale.Text { return locale.Same(iso2) },
	})
	act := registry.Act{
		Call: "2025", City: city.City{ID: "FR#brest", Name: "Brest", Country: "FR"}, Action: action,
		Actor: application.Actor{Role: action.By()}, Reason: reason,
	}
	switch act.Actor.Role {
	case application.ByCity:
		act.Actor.City = "FR#brest"
		act.Form = &application.Application{
			Mayor: application.Mayor{Name: "A"}, Contact: application.Contact{Name: "B", Email: "b@example.org", Language: "fr"},
			Pledge: application.Pledge{Given: true}, Motivation: "To learn, said on " + on, Plans: "To go on.",
		}
	case application.ByCommission:
		act.Actor.Country = "FR"
	}
	_, err := r.Do(a.t.Context(), registry.Origin{Person: "person-" + string(action), Request: string(action) + "-" + on}, act)
	must(a.t, err)
}

func TestWhatActsDidIsToldOnceEachWithItsRequest(t *testing.T) {
	a := newArchive(t)
	a.do("2025-05-20", application.Start, "")
	if got := a.told("2025-05-21", "brest", locale.EN); !strings.Contains(got, "application begun") || !strings.Contains(got, "not a member") {
		t.Errorf("a draft:\n%s", got)
	}
	a.do("2025-05-21", application.Send, "")
	a.do("2025-05-22", application.Return, "The title is missing")
	a.do("2025-05-23", application.Send, "")
	a.do("2025-06-20", application.Endorse, "")
	a.do("2025-06-21", application.Submit, "")
	a.do("2025-09-01", application.Accept, "")
	got := a.told("2025-12-31", "Brest", locale.EN)
	var lines []string
	for line := range strings.Lines(got[strings.Index(got, "20 May"):]) {
		lines = append(lines, strings.TrimSpace(strings.ReplaceAll(line, "2025 call for membership, ", "")))
	}
	want := []string{
		"20 May 2025               application begun", "recorded by person-start on 20 May 2025 (request start-2025-05-20)",
		"21 May 2025               sent to the National Commission", "recorded by person-send on 21 May 2025 (request send-2025-05-21)",
		"22 May 2025               returned to the city – The title is missing", "recorded by person-return on 22 May 2025 (request return-2025-05-22)",
		"23 May 2025               sent to the National Commission", "changed: motivation", "recorded by person-send on 23 May 2025 (request send-2025-05-23)",
		"20 June 2025              endorsed by the National Commission", "recorded by person-endorse on 20 June 2025 (request endorse-2025-06-20)",
		"21 June 2025              submitted to the secretariat", "recorded by person-submit on 21 June 2025 (request submit-2025-06-21)",
		"1 September 2025          accepted", "joining the network", "recorded by person-accept on 1 September 2025 (request accept-2025-09-01)",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s", strings.Join(lines, "\n"))
	}
}

func TestAnActOnWhatASheetBroughtIsToldAfterIt(t *testing.T) {
	a := newArchive(t)
	a.write("2025-06-01", records.Ref{Type: application.RecordType, Partition: "2025", ID: "FR#brest"},
		application.Application{City: "Brest", Country: "FR", ReceivedOn: day("2025-05-20")})
	a.do("2025-06-20", application.Return, "The title is missing")
	got := a.told("2025-12-31", "Brest", locale.EN)
	if strings.Count(got, "sent to the National Commission") != 1 || strings.Contains(got, "begun") ||
		strings.Index(got, "application.xlsx") > strings.Index(got, "returned to the city") {
		t.Errorf("got\n%s", got)
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

func TestACityIsFoundByANameThatASheetWasSaidToMeanItBy(t *testing.T) {
	a := newArchive(t)
	m := a.member("2021-03-01", "FR#brest", "Brest")
	m.OtherNames = []string{"Port du Ponant"}
	a.write("2021-06-01", records.Ref{Type: member.RecordType, ID: "FR#brest"}, m)
	cities, err := a.teller("2025-01-01").Cities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := cities.Find("port du ponant", "")
	if err != nil || c.ID != "FR#brest" || c.Name != "Brest" || !slices.Equal(c.Names, []string{"Port du Ponant"}) {
		t.Errorf("%+v, %v", c, err)
	}
	if got := a.told("2025-01-01", "FR#brest", locale.EN); !strings.Contains(got, "Membership, changed: other names in sheets") {
		t.Errorf("got\n%s", got)
	}
}
