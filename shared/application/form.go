package application

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// CheckWords limits a text to a number of words, counted as people count them (R-APP-10): TEXT_TOO_LONG about the field given.
func CheckWords(field, text string, limit int) *problem.Problem {
	count := locale.Words(text)
	if count <= limit {
		return nil
	}
	return problem.New("TEXT_TOO_LONG").In(field).Under("R-APP-10").Valued(text).
		WithInt("count", count).WithInt("limit", limit).WithText("unit", locale.Text{EN: "words", FR: "mots", ES: "palabras"})
}

// CheckForm says everything that keeps a form from being sent (R-APP-10), in the order of the form: what must be filled in
// (CELL_REQUIRED), an address that is none (EMAIL_INVALID), the pledge (PLEDGE_MISSING), figures that are no numbers (NUMBER_INVALID) or
// negative and ratings out of range (NUMBER_OUT_OF_RANGE), texts with too many words (TEXT_TOO_LONG), and what the programme does not
// list (ENUM_UNKNOWN, R-APP-6). A draft need not be complete, so nothing of it is asked before.
func CheckForm(city locale.Text, a Application, p *programme.Edition) []*problem.Problem {
	var problems []*problem.Problem
	add := func(p *problem.Problem) {
		if p != nil {
			problems = append(problems, p)
		}
	}
	need := func(field, value string, label locale.Text) {
		if strings.TrimSpace(value) == "" {
			add(problem.New("CELL_REQUIRED").In(field).Under("R-APP-10").WithText("column", label))
		}
	}
	need("mayor_name", a.Mayor.Name, locale.Text{EN: "Mayor: name", FR: "Maire : nom", ES: "Alcaldía: nombre"})
	need("contact_name", a.Contact.Name, locale.Text{
		EN: "Contact person: name",
		FR: "Personne de contact : nom",
		ES: "Persona de contacto: nombre",
	})
	need("contact_email", a.Contact.Email, locale.Text{EN: "E-mail", FR: "Courriel", ES: "Correo electrónico"})
	add(checkEmail("contact_email", a.Contact.Email))
	if a.Contact.Language != "" {
		language := locale.Text{EN: "Contact person: language", FR: "Personne de contact : langue", ES: "Persona de contacto: idioma"}
		add(chosen{"contact_language", language, "R-APP-10", []string{a.Contact.Language}, languages}.check())
	}
	add(CheckPledge(city, a.Pledge.Given))
	for _, f := range figures(a.Profile) {
		if invalid := checkDecimal(f.field, f.figure.Value); invalid != nil {
			add(invalid)
			continue
		}
		add(CheckFigure(f.field, f.label, f.figure.Value))
	}
	motivation := locale.Text{EN: "Motivation", FR: "Motivation", ES: "Motivación"}
	plans := locale.Text{EN: "Plans for implementation", FR: "Plans de mise en œuvre", ES: "Planes de aplicación"}
	need("motivation", a.Motivation, motivation)
	add(CheckWords("motivation", a.Motivation, p.Limits.MotivationWords))
	need("plans", a.Plans, plans)
	add(CheckWords("plans", a.Plans, p.Limits.PlanWords))
	for _, rating := range a.Challenges {
		label := locale.Same(rating.Challenge)
		for _, c := range p.Challenges {
			if c.ID == rating.Challenge {
				label = c.Label
			}
		}
		add(CheckRating("challenge_"+rating.Challenge, label, rating.Rating, p.Limits))
	}
	for _, c := range choices(a, p) {
		add(c.check())
	}
	return problems
}

// profileFigure is a figure of the profile with its field and label.
type profileFigure struct {
	field  string
	figure Figure
	label  locale.Text
}

func figures(p Profile) []profileFigure {
	return []profileFigure{
		{"population", p.Population, locale.Text{EN: "Population", FR: "Population", ES: "Población"}},
		{"area_km2", p.Area, locale.Text{EN: "Area (km²)", FR: "Superficie (km²)", ES: "Superficie (km²)"}},
		{"gdp_city", p.GDPCity, locale.Text{
			EN: "GDP per capita of the city",
			FR: "PIB par habitant de la ville",
			ES: "PIB per cápita de la ciudad",
		}},
		{"gdp_country", p.GDPCountry, locale.Text{
			EN: "GDP per capita of the country",
			FR: "PIB par habitant du pays",
			ES: "PIB per cápita del país",
		}},
		{"schooling_women", p.SchoolingWomen, locale.Text{
			EN: "Mean years of schooling, women",
			FR: "Durée moyenne de scolarisation, femmes",
			ES: "Años medios de escolaridad, mujeres",
		}},
		{"schooling_men", p.SchoolingMen, locale.Text{
			EN: "Mean years of schooling, men",
			FR: "Durée moyenne de scolarisation, hommes",
			ES: "Años medios de escolaridad, hombres",
		}},
	}
}
