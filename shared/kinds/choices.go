package kinds

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// choicesOf offers a fixed list of the programme.
func choicesOf(list []programme.Choice) []sheet.Choice {
	choices := make([]sheet.Choice, len(list))
	for i, choice := range list {
		choices[i] = sheet.Choice{ID: choice.ID, Label: choice.Label}
	}
	return choices
}

// topicChoices offers the topics, however a sheet names them (R-TOP-1).
func topicChoices(p *programme.Edition) []sheet.Choice {
	choices := make([]sheet.Choice, len(p.Topics))
	for i, topic := range p.Topics {
		choices[i] = numbered(topic.ID, topic.Number, topic.Label, topicSpellings[topic.ID])
	}
	return choices
}

// clusterChoices offers the clusters, however a sheet names them (R-SUR-4).
func clusterChoices(p *programme.Edition) []sheet.Choice {
	choices := make([]sheet.Choice, len(p.Clusters))
	for i, cluster := range p.Clusters {
		choices[i] = numbered(cluster.ID, cluster.Number, cluster.Label, clusterSpellings[cluster.ID])
	}
	return choices
}

// numbered is a choice that people also name by its number ("7", "7) Citizenship education") and by what stands before, in and
// behind the brackets or semicolon of its label.
func numbered(id string, n int, label locale.Text, spellings []string) sheet.Choice {
	number := strconv.Itoa(n)
	choice := sheet.Choice{ID: id, Label: label, Aliases: append([]string{number}, spellings...)}
	for _, lang := range locale.Langs {
		text := label.In(lang)
		choice.Aliases = append(choice.Aliases, number+" "+text)
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("();", r) }) {
			if part = strings.TrimSpace(part); part != "" {
				choice.Aliases = append(choice.Aliases, part)
			}
		}
	}
	return choice
}

// topicSpellings are other wordings, by topic: those of source 003 and the usual abbreviations.
var topicSpellings = map[string][]string{
	"health": {
		"Health and well-being education for all citizens", "Health and well-being, Education for All", "Health",
		"Éducation à la santé et au bien-être pour tous les citoyens", "La santé et le bien-être, l'éducation pour tous", "Santé",
		"Educación en salud y bienestar para todos los ciudadanos", "Salud y bienestar, Educación para Todos", "Salud",
	},
	"gender-equality": {"Gender", "Égalité des genres", "Égalité femmes-hommes", "Equidad de género", "Género"},
	"elderly":         {"Elderly", "Older people", "Seniors", "Adultos mayores"},
	"migrants": {
		"Migrants and refugees", "Migrants", "Migrants et réfugiés", "Integración de inmigrantes y refugiados", "Migrantes y refugiados",
	},
	"citizenship": {
		"Global citizenship education", "Citizenship", "Éducation à la citoyenneté mondiale", "Citoyenneté",
		"Educación para la ciudadanía global", "Educación para la ciudadanía", "Ciudadanía",
	},
	"entrepreneurship": {"Espíritu emprendedor"},
	"ict": {
		"Information and communication technology (ICT); digitally excluded populations", "Digital inclusion",
		"Technologies de l'information et de la communication (TIC) ; populations victimes de la fracture numérique", "Fracture numérique",
		"Tecnologías de la información y la comunicación (TIC); poblaciones excluidas digitalmente", "Brecha digital",
	},
	"youth":      {"Young people at risk", "Jeunes à risque", "Jeunes en situation de risque", "Jóvenes en riesgo"},
	"planning":   {"Planning", "Planification", "Planificación", "Planificación de la educación"},
	"monitoring": {"M&E", "Monitoring & evaluation", "S&E", "Seguimiento y evaluación"},
}

// clusterSpellings are other wordings, by cluster: those of source 003 and the usual short forms.
var clusterSpellings = map[string][]string{
	"esd": {
		"ESD", "EDD", "EDS", "Sustainable development", "Développement durable", "L'éducation au développement durable",
		"Desarrollo sostenible",
	},
	"equity": {"Equity", "Inclusion", "Équité", "L'équité et l'intégration", "Équité et inclusion", "Equidad", "Inclusión"},
	"planning": {
		"Educational planning", "Planning", "Planning, monitoring and evaluation", "Planification", "Planification de l'éducation",
		"La planification, le suivi et l'évaluation de l'éducation", "Planification, suivi et évaluation", "Planificación",
		"Planificación de la educación", "Planificación, monitoreo y evaluación",
	},
	"citizenship": {
		"Global citizenship", "Citizenship", "Citizenship education", "Citoyenneté mondiale", "Citoyenneté",
		"L'éducation à la citoyenneté mondiale", "Éducation à la citoyenneté", "Ciudadanía global", "Ciudadanía",
		"Educación para la ciudadanía",
	},
	"entrepreneurship": {"L'entrepreneuriat", "Espíritu emprendedor"},
	"health": {
		"Health", "Well-being", "Health and well-being, Education for All", "Santé", "Bien-être",
		"La santé et le bien-être, l'éducation pour tous", "Salud", "Bienestar", "Salud y bienestar, Educación para Todos",
	},
	"literacy": {
		"Literacy (including reading and family literacy)", "L'alphabétisation (comprenant la lecture et l'alphabétisation familiale)",
		"Alfabetización (incluyendo lectura y alfabetización familiar)", "L'alphabétisation",
	},
}
