package kinds

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

var topicsLabel = text3("Topics", "Thèmes", "Temas")

// topicColumns are the single columns that many lay their topics out in. There are two more than an answer may have, so that a
// fourth topic is refused by name (SURVEY_TOO_MANY_TOPICS) and not ignored with its column.
func topicColumns(p *programme.Edition) []string {
	columns := make([]string, p.Limits.TopicsPerAnswer+2)
	for i := range columns {
		columns[i] = "topic_" + strconv.Itoa(i+1)
	}
	return columns
}

func surveySchema(env *imports.Env) sheet.Schema {
	choices := spelledTopics(env.Programme)
	columns := []sheet.Column{
		cityColumn(),
		countryColumn(env.Reference),
		under("R-SUR-1", required(dateColumn("answered_on", text3("Answered on", "Répondu le", "Fecha de respuesta"),
			"Date of answer", "Date", "Answer date", "Received on", "Submitted on", "Response date", "Timestamp",
			"Date de réponse", "Date de la réponse", "Reçu le", "Fecha", "Respondido el", "Recibido el", "Fecha de la respuesta"))),
		under("R-TOP-1", noted(text3(
			"Up to three topics, separated by semicolons: names or numbers 1 to 12.",
			"Jusqu'à trois thèmes, séparés par des points-virgules : noms ou numéros de 1 à 12.",
			"Hasta tres temas, separados por punto y coma: nombres o números del 1 al 12."),
			sheet.Column{ID: "topics", Type: sheet.TypeEnums, Spare: true, Label: topicsLabel, Choices: choices, Width: 48, Aliases: []string{
				"Primary concerns", "Concerns", "Topics of interest", "Priority topics", "Selected topics", "Topic", "Priorities",
				"Préoccupations", "Préoccupations principales", "Thèmes prioritaires", "Thèmes choisis", "Sujets", "Thème", "Priorités",
				"Inquietudes", "Principales inquietudes", "Temas prioritarios", "Temas elegidos", "Temas de interés", "Tema", "Prioridades",
			}})),
	}
	for i, id := range topicColumns(env.Programme) {
		columns = append(columns, topicColumn(id, i+1, env.Programme.Limits.TopicsPerAnswer, choices))
	}
	return sheet.Schema{
		Kind: "survey", Version: 1, Title: text3("Survey answers", "Réponses à l'enquête", "Respuestas a la encuesta"),
		Columns: append(columns, under("R-SUR-1", sheet.Column{
			ID: "coordinate", Type: sheet.TypeBool, Width: 16,
			Label: text3("Would coordinate a cluster", "Coordonnerait un pôle", "Coordinaría un grupo"),
			Aliases: []string{
				"Coordinator", "Coordinate", "Cluster coordinator", "Interested in coordinating", "Would coordinate", "Willing to coordinate",
				"Coordinateur", "Coordination", "Coordonner", "Intéressée par la coordination", "Prête à coordonner",
				"Coordinador", "Coordinadora", "Coordinación", "Coordinar", "Interesada en coordinar",
			},
		})),
	}
}

func topicColumn(id string, n, limit int, choices []sheet.Choice) sheet.Column {
	number := " " + strconv.Itoa(n)
	c := sheet.Column{
		ID: id, Type: sheet.TypeEnum, Choices: choices, Width: 28, Rule: "R-TOP-1", Spare: n > limit,
		Label: text3("Topic"+number, "Thème"+number, "Tema"+number),
	}
	for _, word := range []string{
		"Concern", "Priority", "Choice", "Primary concern", "Sujet", "Préoccupation", "Priorité", "Choix", "Inquietud", "Prioridad", "Opción",
	} {
		c.Aliases = append(c.Aliases, word+number)
	}
	return c
}

// spelledTopics are the topics with the many ways in which answers name them: by number ("7", "7) Citizenship education"), by
// what stands before, in and behind the brackets or semicolon of the label, and as the strategy words them elsewhere.
func spelledTopics(p *programme.Edition) []sheet.Choice {
	choices := topicChoices(p)
	for i, topic := range p.Topics {
		number := strconv.Itoa(topic.Number)
		aliases := []string{number}
		for _, lang := range locale.Langs {
			label := topic.Label.In(lang)
			aliases = append(aliases, number+" "+label)
			aliases = append(aliases, strings.FieldsFunc(label, func(r rune) bool { return strings.ContainsRune("();", r) })...)
		}
		choices[i].Aliases = withoutBlank(append(aliases, topicSpellings[topic.ID]...))
	}
	return choices
}

func withoutBlank(spellings []string) []string {
	var kept []string
	for _, s := range spellings {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
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
