package applications

import (
	"net/url"
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
)

// full is an application with an answer to everything that is asked.
func full(p *programme.Edition) application.Application {
	figure := func(value string) application.Figure { return application.Figure{Value: value, Year: 2023} }
	ids := func(all []programme.Choice) (some []string) {
		for i, one := range all {
			if i%2 == 0 {
				some = append(some, one.ID)
			}
		}
		return some
	}
	a := application.Application{
		City: "Brest", Country: "FR", OtherNames: []string{"Bresst"}, Website: "https://www.brest.fr",
		Mayor: application.Mayor{Address: "Mme", Name: "A. Maire", Title: "Maire"},
		Contact: application.Contact{
			Name: "C. Contact", Title: "Chargée", Organisation: "Ville", Postal: "1, rue\n29200 Brest", Phone: "+33 2 98", Email: "c@ville.example",
			Language: "fr",
		},
		Pledge: application.Pledge{Given: true, Name: "A. Maire", On: civil.Date{Year: 2025, Month: 5, Day: 2}},
		Profile: application.Profile{
			Population: figure("140064"), Area: figure("49.51"), GDPCity: figure("36500.250"), GDPCountry: figure("41100"),
			SchoolingWomen: figure("11.9"), SchoolingMen: figure("0.5"),
		},
		Motivation: "Relier\nnos écoles.", Plans: "Un comité.", Interests: ids(topics(p)), Expertise: ids(topics(p)), Features: ids(p.Features),
		Benefits: ids(p.Benefits), Blocks: ids(p.BuildingBlocks), Conditions: ids(p.Conditions),
		Partners: []string{"U. de Brest", "Port"}, Committee: []string{"A. Maire, Ville"}, Stages: []string{"2025 : un", "2026 : deux"},
		ReceivedOn: civil.Date{Year: 2025, Month: 5, Day: 20},
	}
	for i, one := range p.Challenges {
		a.Challenges = append(a.Challenges, application.Rating{Challenge: one.ID, Rating: int64(1 + i%5)})
	}
	return a
}

// sentBy is what a browser sends of a form that shows an application and that nobody has changed.
func sentBy(a *application.Application, all []section, lang locale.Lang) url.Values {
	sent := url.Values{}
	for _, s := range all {
		for _, one := range s.Answers {
			shown := one.shownIn(a, nil, lang)
			switch {
			case shown.Several:
				sent[shown.Name] = shown.Values
			case shown.Type != "checkbox" || shown.Value != "":
				sent.Set(shown.Name, shown.Value)
			}
		}
	}
	return sent
}

func TestAFormThatIsSentAsItIsShownChangesNothingInAnyLanguage(t *testing.T) {
	p := programme.Current()
	for _, before := range []application.Application{full(p), {City: "Brest", Country: "FR"}} {
		for _, lang := range locale.Langs {
			all := sections(p, lang)
			after, problems := formOf(before, all, sentBy(&before, all, lang), lang)
			if len(problems) > 0 || !reflect.DeepEqual(after, before) {
				t.Errorf("%s: %v\n%+v\n%+v", lang, problems, after, before)
			}
		}
	}
}

func TestEveryAnswerOfTheFormIsKeptAndRead(t *testing.T) {
	p := programme.Current()
	a := full(p)
	asked := map[string]bool{}
	for _, s := range sections(p, locale.EN) {
		for _, one := range s.Answers {
			asked[one.Name] = true
			if got := one.get(&a, locale.EN); len(got) == 0 || got[0] == "" {
				t.Errorf("%s has no answer", one.Name)
			}
		}
	}
	for _, problem := range application.CheckForm(locale.Same("Brest"), application.Application{}, p) {
		if !asked[problem.Field] {
			t.Errorf("%s is needed, and nobody asks for it", problem.Field)
		}
	}
}

func TestNumbersAreReadAsTheReadersLanguageWritesThem(t *testing.T) {
	for _, c := range []struct {
		lang    locale.Lang
		written string
		want    string
		ok      bool
	}{
		{locale.EN, "", "", true}, {locale.EN, "140,064", "140064", true}, {locale.EN, "13.5", "13.5", true}, {locale.EN, "1,234.5", "1234.5", true},
		{locale.EN, "13,5", "", false}, {locale.EN, "many", "", false}, {locale.EN, "-3", "-3", true}, {locale.EN, "1.", "", false},
		{locale.FR, "140 064", "140064", true}, {locale.FR, "140\u202f064,5", "140064.5", true}, {locale.FR, "13.5", "13.5", true},
		{locale.FR, "140.064", "", false}, {locale.FR, "13,500", "13.500", true}, {locale.FR, "1,2,3", "", false},
		{locale.ES, "140.064", "140064", true}, {locale.ES, "140.064,5", "140064.5", true}, {locale.ES, "13,5", "13.5", true},
		{locale.ES, "13.5", "13.5", true}, {locale.ES, "1,5.0", "", false},
	} {
		got, ok := plainDecimal(c.lang, c.written)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s %q: %q, %v", c.lang, c.written, got, ok)
		}
	}
}

func TestANumberIsReadAsItIsShown(t *testing.T) {
	for _, lang := range locale.Langs {
		for _, number := range []string{"0", "7", "42", "999", "1000", "12345", "999999", "1234567", "0.5", "1.250", "1000.001", "12345.6", "-1234.5"} {
			if got, ok := plainDecimal(lang, locale.FormatDecimal(lang, number)); !ok || got != number {
				t.Errorf("%s: %s is shown as %s, which is read as %q, %v", lang, number, locale.FormatDecimal(lang, number), got, ok)
			}
		}
	}
}

func TestEveryActHasItsWordsInEachPlace(t *testing.T) {
	for _, do := range application.Actions {
		if do == application.Start {
			continue
		}
		for name, texts := range map[string]map[application.Action]locale.Text{"button": orders, "history": done} {
			if texts[do].IsZero() {
				t.Errorf("%s has no words for its %s", do, name)
			}
		}
		if do != application.Edit && (questions[do].IsZero() || will[do].IsZero() || told[string(do)].IsZero()) {
			t.Errorf("%s isn't asked about, or nothing is said of it", do)
		}
		found := 0
		for _, one := range order {
			if one == do {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s is offered %d times", do, found)
		}
	}
}

func TestFrenchElidesBeforeACityThatBeginsWithAVowel(t *testing.T) {
	for city, want := range map[string]string{
		"Angers": "Candidature d'Angers", "Évry": "Candidature d'Évry", "Brest": "Candidature de Brest", "": "Candidature de ",
	} {
		if got := filled(page.Frame{Visit: page.Visit{Lang: locale.FR}}, applicationTitle, "city", city); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := filled(page.Frame{Visit: page.Visit{Lang: locale.EN}}, applicationTitle, "city", "Angers"); got != "Application of Angers" {
		t.Error(got)
	}
}
