package city_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

func known(names ...string) *city.Index {
	x := city.NewIndex()
	for _, name := range names {
		bare, country, _ := strings.Cut(name, "/")
		x.Add(city.City{ID: city.ID(bare, country), Name: bare, Country: country})
	}
	return x
}

var all = []string{
	"Brest/FR", "Évry-Courcouronnes/FR", "Mantes-la-Jolie/FR", "Le Havre/FR", "Saint-Étienne/FR", "Neuilly-sur-Seine/FR", "Lens/FR",
	"Lausanne/CH", "Genève/CH", "Hamburg/DE", "Frankfurt am Main/DE", "Brest/BY", "Ciudad de México/MX", "Montpellier/FR",
}

func code(p *problem.Problem) string {
	if p == nil {
		return ""
	}
	return string(p.Code)
}

func TestRegisteringACityAsksBeforeItIsMergedOrDoubled(t *testing.T) {
	for _, c := range []struct{ name, country, suggestion string }{
		{"Brest", "FR", ""}, // as it stands
		{"BREST", "FR", ""},
		{"Rennes", "FR", ""},            // new
		{"Lausanne", "FR", ""},          // of another country
		{"Sens", "FR", ""},              // too short for its one letter to be a slip of Lens
		{"Montpellier 2", "FR", ""},     // a district
		{"Contpellier", "FR", ""},       // begins otherwise
		{"Neuilly-sur-Marne", "FR", ""}, // told apart by its river
		{"Évry Courcouronnes", "FR", "Évry-Courcouronnes"},
		{"Evry-Courcouronnes", "FR", "Évry-Courcouronnes"},
		{"Mantes", "FR", "Mantes-la-Jolie"},
		{"Havre", "FR", "Le Havre"},
		{"St Etienne", "FR", "Saint-Étienne"},
		{"Ville de Brest", "FR", "Brest"},
		{"Monptellier", "FR", "Montpellier"},
		{"Geneva", "CH", "Genève"},
		{"Ginebra", "CH", "Genève"},
		{"Genf", "CH", "Genève"},
		{"Hambourg", "DE", "Hamburg"},
		{"Hamburgo", "DE", "Hamburg"},
		{"Francfort", "DE", "Frankfurt am Main"},
		{"Mexico City", "MX", "Ciudad de México"},
		{"México", "MX", "Ciudad de México"},
	} {
		got, question := known(all...).Register(c.name, c.country, "")
		switch {
		case c.suggestion == "" && question != nil:
			t.Errorf("%s: %s, suggesting %q; want no question", c.name, question.Code, question.Suggestion)
		case c.suggestion != "" && code(question) != "CITY_NEAR_DUPLICATE":
			t.Errorf("%s is taken as %+v without a question", c.name, got)
		case c.suggestion != "" && question.Suggestion != c.suggestion:
			t.Errorf("%s suggests %q, want %q", c.name, question.Suggestion, c.suggestion)
		}
	}
}

func TestAnAnswerSettlesANearDuplicate(t *testing.T) {
	for _, c := range []struct{ name, country, answer, id, stored string }{
		{"Geneva", "CH", "Genève", "CH#geneve", "Genève"},
		{"Geneva", "CH", "GENÈVE", "CH#geneve", "Genève"},
		{"Geneva", "CH", "CH#geneve", "CH#geneve", "Genève"},
		{"Geneva", "CH", "new", "CH#geneva", "Geneva"},
		{"Evry Courcouronnes", "FR", "Évry-Courcouronnes", "FR#evry-courcouronnes", "Évry-Courcouronnes"},
		// A city that is said to be another one although its name folds alike gets an identifier of its own.
		{"Evry Courcouronnes", "FR", "New", "FR#evry-courcouronnes-2", "Evry Courcouronnes"},
	} {
		got, question := known(all...).Register(c.name, c.country, c.answer)
		if question != nil || got.ID != c.id || got.Name != c.stored {
			t.Errorf("%s answered %q: %+v, %v; want %s %s", c.name, c.answer, got, question, c.id, c.stored)
		}
	}
	if _, question := known(all...).Register("Geneva", "CH", "Lugano"); code(question) != "CITY_NEAR_DUPLICATE" {
		t.Errorf("an answer that names no known city settles the question: %v", question)
	}
}

func TestANewCityKeepsItsIdentifierOnceItIsKnown(t *testing.T) {
	x := known(all...)
	first, _ := x.Register("Evry Courcouronnes", "FR", "new")
	x.Add(first.City)
	again, question := x.Register("Evry Courcouronnes", "FR", "")
	if question != nil || again.City != first.City {
		t.Errorf("the same city again is %+v, %v; want %+v", again, question, first)
	}
}

var what = locale.Same("The city")

func TestAReferenceFindsTheCityOnRecord(t *testing.T) {
	for _, c := range []struct{ name, country, id, code, suggestion string }{
		{"brest", "FR", "FR#brest", "", ""},
		{"Evry Courcouronnes", "FR", "FR#evry-courcouronnes", "", ""},
		{"Geneve", "CH", "CH#geneve", "", ""},
		{"Geneva", "CH", "", "CITY_NEAR_DUPLICATE", "Genève"},
		{"Lausane", "CH", "", "REF_NOT_FOUND", "Lausanne"},
		{"Brst", "FR", "", "REF_NOT_FOUND", "Brest"},
		{"Xyz", "FR", "", "REF_NOT_FOUND", ""},
	} {
		got, p := known(all...).Refer(c.name, c.country, "", what)
		if got.ID != c.id || code(p) != c.code {
			t.Errorf("%s is %q, %s; want %q, %s", c.name, got.ID, code(p), c.id, c.code)
			continue
		}
		if p != nil && p.Suggestion != c.suggestion {
			t.Errorf("%s suggests %q, want %q", c.name, p.Suggestion, c.suggestion)
		}
	}
}

func TestAReferenceThatCanBeSeveralCitiesIsNeverTheFirst(t *testing.T) {
	x := known("Boulogne-sur-Mer/FR", "Boulogne-sur-Seine/FR")
	_, p := x.Refer("Boulogne", "FR", "", what)
	if code(p) != "REF_AMBIGUOUS" {
		t.Fatalf("got %v, want REF_AMBIGUOUS", p)
	}
	for _, name := range []string{"Boulogne-sur-Mer", "Boulogne-sur-Seine"} {
		if !strings.Contains(p.Message(locale.EN), name) {
			t.Errorf("%q does not name %s", p.Message(locale.EN), name)
		}
		if got, p := x.Refer("Boulogne", "FR", name, what); p != nil || got.Name != name {
			t.Errorf("answered %q: %+v, %v", name, got, p)
		}
	}
}

func TestAReferenceWithoutACountryIsAmbiguousBetweenCountries(t *testing.T) {
	x := known(all...)
	if got, p := x.ReferAnywhere("geneve", "", what); p != nil || got.ID != "CH#geneve" {
		t.Errorf("got %+v, %v", got, p)
	}
	if _, p := x.ReferAnywhere("Brest", "", what); code(p) != "REF_AMBIGUOUS" {
		t.Errorf("Brest is %v, want REF_AMBIGUOUS", p)
	}
	if got, p := x.ReferAnywhere("Brest", "BY", what); p != nil || got.ID != "BY#brest" {
		t.Errorf("answered BY: %+v, %v", got, p)
	}
	if _, p := x.ReferAnywhere("Nowhere", "", what); code(p) != "REF_NOT_FOUND" {
		t.Errorf("got %v", p)
	}
}

func TestACityWithItsTitleIsAskedAboutInAnyCountry(t *testing.T) {
	x := known("Hamburg/DE", "Brest/FR", "Brest/BY")
	_, p := x.ReferAnywhere("City of Hamburg", "", what)
	if code(p) != "CITY_NEAR_DUPLICATE" || p.Suggestion != "Hamburg" {
		t.Errorf("got %+v", p)
	}
	if got, p := x.ReferAnywhere("City of Hamburg", "Hamburg", what); p != nil || got.ID != "DE#hamburg" {
		t.Errorf("answered: %+v, %v", got, p)
	}
	if _, p := x.ReferAnywhere("City of Hamburg", "new", what); code(p) != "REF_NOT_FOUND" {
		t.Errorf("answered new: %v", p)
	}
	if _, p := x.ReferAnywhere("Ville de Brest", "Brest", what); code(p) != "REF_AMBIGUOUS" {
		t.Errorf("two of one name: %v", p)
	}
	if got, p := x.ReferAnywhere("Ville de Brest", "FR#brest", what); p != nil || got.ID != "FR#brest" {
		t.Errorf("answered by identifier: %+v, %v", got, p)
	}
}

func TestProblemsGiveWhatTheirMessagesName(t *testing.T) {
	x := known(append(all, "Boulogne-sur-Mer/FR", "Boulogne-sur-Seine/FR")...)
	_, near := x.Register("Geneva", "CH", "")
	_, missing := x.Refer("Xyz", "FR", "", what)
	_, ambiguous := x.Refer("Boulogne", "FR", "", what)
	_, anywhere := x.ReferAnywhere("Brest", "", what)
	for _, p := range []*problem.Problem{near, missing, ambiguous, anywhere} {
		entry, ok := problem.Lookup(p.Code)
		if !ok || p.Field != city.Field {
			t.Errorf("%s is about %q, in the catalogue: %v", p.Code, p.Field, ok)
		}
		for _, param := range entry.Params {
			if _, given := p.Params[param]; !given {
				t.Errorf("%s lacks %s", p.Code, param)
			}
		}
	}
}

func TestMatchesComeInAStatedOrder(t *testing.T) {
	x := known("Boulogne-sur-Seine/FR", "Boulogne-sur-Mer/FR")
	var names []string
	for _, c := range x.Match("Boulogne", "FR").Candidates() {
		names = append(names, c.Name)
	}
	if want := []string{"Boulogne-sur-Mer", "Boulogne-sur-Seine"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestAnotherNameOfACityNeedsNoQuestion(t *testing.T) {
	x := known(all...)
	x.AddName("DE#hamburg", "Hambourg")
	x.AddName("DE#hamburg", "HAMBOURG") // once more
	x.AddName("DE#nowhere", "Nowhere")
	for _, name := range []string{"Hambourg", "hambourg"} {
		if got, question := x.Register(name, "DE", ""); question != nil || got.ID != "DE#hamburg" || got.Name != "Hamburg" {
			t.Errorf("%s is %+v, %v", name, got, question)
		}
		if got, p := x.Refer(name, "DE", "", what); p != nil || got.ID != "DE#hamburg" {
			t.Errorf("%s is referred to as %+v, %v", name, got, p)
		}
	}
	if m := x.Match("Hambourg", "DE"); !m.Other {
		t.Error("a city found by another name is not told from one found by its own")
	}
	if m := x.Match("Hamburg", "DE"); m.Other {
		t.Error("a city found by its own name is taken for one found by another")
	}
	if got := x.Named("hambourg"); len(got) != 1 || got[0].ID != "DE#hamburg" {
		t.Errorf("named: %+v", got)
	}
	if _, question := x.Register("Hambourg", "FR", ""); question != nil {
		t.Errorf("asked across countries: %v", question)
	}
}

func TestAnAnswerIsHeardBeforeAnotherNameOnRecord(t *testing.T) {
	x := known(all...)
	x.AddName("DE#hamburg", "Hambourg")
	if got, question := x.Register("Hambourg", "DE", "new"); question != nil || got.ID != "DE#hambourg" {
		t.Errorf("answered new: %+v, %v", got, question)
	}
	x.Add(city.City{ID: "DE#hambourg", Name: "Hambourg", Country: "DE"})
	if got, _ := x.Register("HAMBOURG", "DE", ""); got.ID != "DE#hambourg" {
		t.Errorf("a city's own name gives way to another's: %+v", got)
	}
}

func TestAnotherNameOfTwoCitiesIsAQuestion(t *testing.T) {
	x := known("Boulogne-sur-Mer/FR", "Boulogne-Billancourt/FR")
	x.AddName("FR#boulogne-sur-mer", "Boulogne")
	x.AddName("FR#boulogne-billancourt", "Boulogne")
	if _, question := x.Register("Boulogne", "FR", ""); code(question) != "CITY_NEAR_DUPLICATE" {
		t.Errorf("got %v", question)
	}
	if _, p := x.Refer("Boulogne", "FR", "", what); code(p) != "REF_AMBIGUOUS" {
		t.Errorf("got %v", p)
	}
}
