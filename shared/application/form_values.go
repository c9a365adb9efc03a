package application

import (
	"net/mail"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The languages in which the network writes to cities (R-APP-10).
var languages = []programme.Choice{
	{ID: "en", Label: locale.Text{EN: "English", FR: "Anglais", ES: "Inglés"}},
	{ID: "fr", Label: locale.Text{EN: "French", FR: "Français", ES: "Francés"}},
}

// checkEmail refuses what is no address and nothing else: EMAIL_INVALID. An empty one is none.
func checkEmail(field, address string) *problem.Problem {
	parsed, err := mail.ParseAddress(address)
	if address == "" || err == nil && parsed.Address == address {
		return nil
	}
	return problem.New("EMAIL_INVALID").In(field).Under("R-APP-10").Valued(address)
}

// checkDecimal refuses what is no plain decimal number, such as "13.5": NUMBER_INVALID. An empty one is none.
func checkDecimal(field, value string) *problem.Problem {
	whole, fraction, pointed := strings.Cut(strings.TrimPrefix(value, "-"), ".")
	if value == "" || digits(whole) && (!pointed || digits(fraction)) {
		return nil
	}
	return problem.New("NUMBER_INVALID").In(field).Under("R-APP-10").Valued(value)
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// chosen is a field of the form whose values are of a list.
type chosen struct {
	field  string
	label  locale.Text
	rule   string
	values []string
	from   []programme.Choice
}

// choices are the fields whose values the programme lists, in the order of the form (R-APP-6, R-APP-10).
func choices(a Application, p *programme.Edition) []chosen {
	var topics []programme.Choice
	for _, t := range p.Topics {
		topics = append(topics, programme.Choice{ID: t.ID, Label: t.Label})
	}
	var challenges []string
	for _, r := range a.Challenges {
		challenges = append(challenges, r.Challenge)
	}
	return []chosen{
		{"challenges", locale.Text{EN: "Challenges", FR: "Défis", ES: "Desafíos"}, "R-APP-10", challenges, p.Challenges},
		{"interests", locale.Text{EN: "Fields of interest", FR: "Domaines d'intérêt", ES: "Ámbitos de interés"}, "R-APP-10",
			a.Interests, topics},
		{"expertise", locale.Text{EN: "Fields of expertise", FR: "Domaines d'expertise", ES: "Ámbitos de experiencia"}, "R-APP-10",
			a.Expertise, topics},
		{"features", locale.Text{EN: "Features of a learning city", FR: "Caractéristiques d'une ville apprenante",
			ES: "Características de una ciudad del aprendizaje"}, "R-APP-6", a.Features, p.Features},
		{"benefits", locale.Text{EN: "Wider benefits", FR: "Bénéfices élargis", ES: "Beneficios más amplios"}, "R-APP-6",
			a.Benefits, p.Benefits},
		{"building_blocks", locale.Text{EN: "Building blocks", FR: "Composantes principales", ES: "Componentes principales"}, "R-APP-6",
			a.Blocks, p.BuildingBlocks},
		{"conditions", locale.Text{EN: "Fundamental conditions", FR: "Conditions fondamentales", ES: "Condiciones fundamentales"},
			"R-APP-6", a.Conditions, p.Conditions},
	}
}

// check refuses the first value that is not of the list: ENUM_UNKNOWN.
func (c chosen) check() *problem.Problem {
	for _, value := range c.values {
		if !slices.ContainsFunc(c.from, func(known programme.Choice) bool { return known.ID == value }) {
			return problem.New("ENUM_UNKNOWN").In(c.field).Under(c.rule).Valued(value).
				WithText("column", c.label).WithText("choices", listed(c.from))
		}
	}
	return nil
}

func listed(all []programme.Choice) locale.Text {
	in := func(lang locale.Lang) string {
		var labels []string
		for _, c := range all {
			labels = append(labels, c.Label.In(lang))
		}
		return locale.List(lang, labels)
	}
	return locale.Text{EN: in(locale.EN), FR: in(locale.FR), ES: in(locale.ES)}
}
