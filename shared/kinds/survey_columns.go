package kinds

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/imports"
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
	choices := topicChoices(env.Programme)
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
