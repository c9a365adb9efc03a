package httpapi

import (
	"encoding/json"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// formState is the application form with a city's answers, as it is answered and as it is sent; what has no answer yet is "", null or an
// empty list. All keys are always answered.
type formState struct {
	Website    string               `json:"website"`
	Mayor      application.Mayor    `json:"mayor"`
	Contact    application.Contact  `json:"contact"`
	Pledge     pledgeState          `json:"pledge"`
	Profile    profileState         `json:"profile"`
	Motivation string               `json:"motivation"`
	Plans      string               `json:"plans"`
	Challenges []application.Rating `json:"challenges"`
	Interests  []string             `json:"interests"`
	Expertise  []string             `json:"expertise"`
	Features   []string             `json:"features"`
	Benefits   []string             `json:"benefits"`
	Blocks     []string             `json:"blocks"`
	Conditions []string             `json:"conditions"`
	Partners   []string             `json:"partners"`
	Committee  []string             `json:"committee"`
	Stages     []string             `json:"stages"`
}

type pledgeState struct {
	Given bool        `json:"given"`
	Name  string      `json:"name"`
	On    *civil.Date `json:"on"`
}

type profileState struct {
	Population     figureState `json:"population"`
	Area           figureState `json:"area"`
	GDPCity        figureState `json:"gdpCity"`
	GDPCountry     figureState `json:"gdpCountry"`
	SchoolingWomen figureState `json:"schoolingWomen"`
	SchoolingMen   figureState `json:"schoolingMen"`
}

type figureState struct {
	Value string `json:"value"` // decimal text
	Year  *int64 `json:"year"`
}

func formStateOf(a application.Application) formState {
	figure := func(f application.Figure) figureState { return figureState{f.Value, orNull(f.Year)} }
	p := a.Profile
	return formState{
		Website: a.Website, Mayor: a.Mayor, Contact: a.Contact,
		Pledge: pledgeState{Given: a.Pledge.Given, Name: a.Pledge.Name, On: orNull(a.Pledge.On)},
		Profile: profileState{
			Population: figure(p.Population), Area: figure(p.Area), GDPCity: figure(p.GDPCity), GDPCountry: figure(p.GDPCountry),
			SchoolingWomen: figure(p.SchoolingWomen), SchoolingMen: figure(p.SchoolingMen),
		},
		Motivation: a.Motivation, Plans: a.Plans, Challenges: some(a.Challenges), Interests: some(a.Interests), Expertise: some(a.Expertise),
		Features: some(a.Features), Benefits: some(a.Benefits), Blocks: some(a.Blocks), Conditions: some(a.Conditions),
		Partners: some(a.Partners), Committee: some(a.Committee), Stages: some(a.Stages),
	}
}

// some is a list that is printed as one although it is empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

var (
	aForm   = locale.Text{EN: "the form, an object", FR: "le formulaire, un objet", ES: "el formulario, un objeto"}
	yesOrNo = locale.Same("true, false")
	aYear   = locale.Text{EN: "a year such as 2026", FR: "une année comme 2026", ES: "un año como 2026"}
	aRating = locale.Text{EN: "a whole number from 0 to 10", FR: "un nombre entier de 0 à 10", ES: "un número entero de 0 a 10"}
	aList   = locale.Text{EN: "a list of texts", FR: "une liste de textes", ES: "una lista de textos"}
	ratings = locale.Text{
		EN: "a list of challenges with their ratings", FR: "une liste de défis avec leurs notes", ES: "una lista de desafíos con sus valoraciones",
	}
)

// formInput reads a form; given is nil where there is none.
type formInput struct{ given *application.Application }

// UnmarshalJSON implements json.Unmarshaler.
func (f *formInput) UnmarshalJSON(text []byte) error {
	var a application.Application
	err := (&object{"form", []field{
		{"website", &plain{&a.Website}, aText, false},
		{"mayor", &object{"mayor", []field{
			{"address", &plain{&a.Mayor.Address}, aText, false},
			{"name", &plain{&a.Mayor.Name}, aText, false},
			{"title", &plain{&a.Mayor.Title}, aText, false},
		}}, anObject, false},
		{"contact", &object{"contact", []field{
			{"name", &plain{&a.Contact.Name}, aText, false},
			{"title", &plain{&a.Contact.Title}, aText, false},
			{"organisation", &plain{&a.Contact.Organisation}, aText, false},
			{"postal", &plain{&a.Contact.Postal}, aText, false},
			{"phone", &plain{&a.Contact.Phone}, aText, false},
			{"email", &plain{&a.Contact.Email}, aText, false},
			{"language", &plain{&a.Contact.Language}, aText, false},
		}}, anObject, false},
		{"pledge", &object{"pledge", []field{
			{"given", &a.Pledge.Given, yesOrNo, false},
			{"name", &plain{&a.Pledge.Name}, aText, false},
			{"on", &a.Pledge.On, aDay, false},
		}}, anObject, false},
		{"profile", profileInput(&a.Profile), anObject, false},
		{"motivation", &plain{&a.Motivation}, aText, false},
		{"plans", &plain{&a.Plans}, aText, false},
		{"challenges", (*ratingsInput)(&a.Challenges), ratings, false},
		{"interests", &plains{&a.Interests}, aList, false},
		{"expertise", &plains{&a.Expertise}, aList, false},
		{"features", &plains{&a.Features}, aList, false},
		{"benefits", &plains{&a.Benefits}, aList, false},
		{"blocks", &plains{&a.Blocks}, aList, false},
		{"conditions", &plains{&a.Conditions}, aList, false},
		{"partners", &plains{&a.Partners}, aList, false},
		{"committee", &plains{&a.Committee}, aList, false},
		{"stages", &plains{&a.Stages}, aList, false},
	}}).UnmarshalJSON(text)
	f.given = &a
	return err
}

func profileInput(p *application.Profile) *object {
	figure := func(name string, f *application.Figure) field {
		return field{name, &object{name, []field{
			{"value", &plain{&f.Value}, aText, false},
			{"year", &bounded{&f.Year, 0, 9999}, aYear, false},
		}}, anObject, false}
	}
	return &object{"profile", []field{
		figure("population", &p.Population), figure("area", &p.Area), figure("gdpCity", &p.GDPCity), figure("gdpCountry", &p.GDPCountry),
		figure("schoolingWomen", &p.SchoolingWomen), figure("schoolingMen", &p.SchoolingMen),
	}}
}

// ratingsInput reads a list of challenges with their ratings.
type ratingsInput []application.Rating

// UnmarshalJSON implements json.Unmarshaler.
func (r *ratingsInput) UnmarshalJSON(text []byte) error {
	var each []json.RawMessage
	if err := json.Unmarshal(text, &each); err != nil {
		return err
	}
	*r = nil
	for _, one := range each {
		var rating application.Rating
		err := (&object{"challenges", []field{
			{"challenge", &plain{&rating.Challenge}, aText, true},
			{"rating", &bounded{&rating.Rating, 0, 10}, aRating, true},
		}}).UnmarshalJSON(one)
		if err != nil {
			return err
		}
		*r = append(*r, rating)
	}
	return nil
}
