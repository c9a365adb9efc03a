package kinds

import (
	"fmt"
	"strconv"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

var labelAnsweredOn = text3("Answered on", "Répondu le", "Fecha de respuesta")

func coordinatorsSchema(env *imports.Env) sheet.Schema {
	columns := []sheet.Column{
		cityColumn(),
		countryColumn(env.Reference),
		under("R-CLU-7", required(clusterColumn(env))),
		under("R-CLU-6", required(dateColumn("answered_on", labelAnsweredOn,
			"Date of answer", "Date", "Answer date", "Received on", "Submitted on", "Date de réponse", "Date de la réponse", "Reçu le",
			"Fecha", "Respondido el", "Recibido el", "Fecha de la respuesta"))),
	}
	for _, item := range env.Programme.Coordinators.Items {
		columns = append(columns, coordinatorItemColumn(item))
	}
	for _, item := range env.Programme.Coordinators.Items {
		columns = append(columns, ratingColumn(env.Programme.Coordinators, item))
	}
	return sheet.Schema{
		Kind: CoordinatorsKind, Version: 1,
		Title:   text3("Cities that would coordinate", "Villes candidates à la coordination", "Ciudades candidatas a coordinar"),
		Columns: append(columns, appointedColumn(), appointmentReasonColumn()),
	}
}

// clusterColumn asks for one cluster.
func clusterColumn(env *imports.Env) sheet.Column {
	return sheet.Column{
		ID: "cluster", Type: sheet.TypeEnum, Width: 34, Label: text3("Cluster", "Pôle", "Grupo"), Choices: clusterChoices(env.Programme),
		Aliases: []string{"Thematic cluster", "Thematic group", "Clusters", "Pôle thématique", "Groupe thématique", "Grappe", "Grupo temático",
			"Clúster", "Clúster temático"},
	}
}

// coordinatorItemColumn is a question's column: titled by its short form, and recognised by its number and its full wording too.
func coordinatorItemColumn(item programme.CoordinatorItem) sheet.Column {
	n := strconv.Itoa(item.Number)
	c := sheet.Column{
		ID: "item_" + item.ID, Type: sheet.TypeText, MaxChars: 4000, Width: 34, Rule: "R-CLU-6",
		Label: text3(n+". "+item.Short.EN, n+". "+item.Short.FR, n+". "+item.Short.ES),
		Note:  item.Question,
	}
	for _, word := range []string{"Item ", "Question ", "Q", "", "Point ", "Punto ", "Pregunta ", "Answer ", "Réponse ", "Respuesta "} {
		c.Aliases = append(c.Aliases, word+n)
	}
	for _, text := range []string{item.Short.EN, item.Short.FR, item.Short.ES, item.Question.EN, item.Question.FR, item.Question.ES} {
		c.Aliases = append(c.Aliases, text, n+". "+text)
	}
	return c
}

// ratingColumn takes the secretariat's rating of the answers to a question.
func ratingColumn(q programme.Coordinators, item programme.CoordinatorItem) sheet.Column {
	n := strconv.Itoa(item.Number)
	c := sheet.Column{
		ID: "rating_" + item.ID, Type: sheet.TypeInteger, Width: 12, Rule: "R-CLU-6",
		Label: text3("Rating "+n+": "+item.Short.EN, "Note "+n+" : "+item.Short.FR, "Puntuación "+n+": "+item.Short.ES),
		Note: text3(
			fmt.Sprintf("Given by the secretariat: %d to %d; counts for %d %% of the score.", q.RatingLowest, q.RatingHighest, item.Weight),
			fmt.Sprintf("Attribuée par le secrétariat : de %d à %d ; compte pour %d %% du total.", q.RatingLowest, q.RatingHighest, item.Weight),
			fmt.Sprintf("La da la secretaría: de %d a %d; cuenta un %d %% del total.", q.RatingLowest, q.RatingHighest, item.Weight)),
	}
	for _, word := range []string{"Rating", "Score", "Points", "Mark", "Note", "Évaluation", "Puntuación", "Nota", "Valoración"} {
		c.Aliases = append(c.Aliases, word+" "+n, n+". "+word, word+" "+item.Short.EN, word+" "+item.Short.FR, word+" "+item.Short.ES)
	}
	return c
}

func appointedColumn() sheet.Column {
	return under("R-CLU-3", noted(text3(
		"The day on which the secretariat appointed the city; blank while it only stands.",
		"Le jour où le secrétariat a désigné la ville ; vide tant qu'elle est seulement candidate.",
		"El día en que la secretaría designó a la ciudad; vacío mientras solo sea candidata."),
		dateColumn("appointed_on", text3("Appointed on", "Désignée le", "Designada el"),
			"Appointed", "Date of appointment", "Selected on", "Decided on", "Date de désignation", "Désignation", "Désigné le", "Choisie le",
			"Fecha de designación", "Designación", "Designado el", "Elegida el")))
}

func appointmentReasonColumn() sheet.Column {
	return wide(40, under("R-CLU-6", noted(text3(
		"Needed where the decision departs from the proposal.",
		"Nécessaire si la décision s'écarte de la proposition.",
		"Necesario si la decisión se aparta de la propuesta."),
		textColumn("reason", 2000, text3("Reason", "Motif", "Motivo"),
			"Reasons", "Justification", "Explanation", "Motifs", "Raison", "Razón", "Justificación"))))
}
