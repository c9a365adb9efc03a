package kinds

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/sheet"
)

func questionnaireSchema(env *imports.Env) sheet.Schema {
	columns := []sheet.Column{cityColumn(), countryColumn(env.Reference)}
	for _, item := range env.Programme.Questionnaire.Items {
		if item.Number >= 1 && item.Number <= questionnaire.Items {
			columns = append(columns, itemColumn(item))
		}
	}
	return sheet.Schema{
		Kind: "questionnaire", Version: 1,
		Title: text3("Offers of member cities", "Offres des villes membres", "Ofertas de las ciudades miembro"),
		Columns: append(columns, dateColumn("answered_on", text3("Answered on", "Répondu le", "Fecha de respuesta"),
			"Date of answer", "Date", "Answer date", "Received on", "Submitted on", "Date de réponse", "Date de la réponse", "Reçu le",
			"Fecha", "Respondido el", "Recibido el", "Fecha de la respuesta")),
	}
}

// itemColumn is a question's column: titled by its short form, and recognised by its number and its full wording too.
func itemColumn(item programme.Item) sheet.Column {
	n := strconv.Itoa(item.Number)
	numbered := func(text string) string { return n + ". " + text }
	c := sheet.Column{
		ID: "item_" + n, Type: sheet.TypeText, MaxChars: 4000, Width: 34, Rule: "R-QUE-1",
		Label: text3(numbered(item.Short.EN), numbered(item.Short.FR), numbered(item.Short.ES)),
		Note:  item.Question,
	}
	for _, word := range []string{"Item ", "Question ", "Q", "", "Point ", "Punto ", "Pregunta ", "Answer ", "Réponse ", "Respuesta "} {
		c.Aliases = append(c.Aliases, word+n)
	}
	spellings := []string{
		item.Short.EN, item.Short.FR, item.Short.ES, item.Question.EN, item.Question.FR, item.Question.ES,
		numbered(item.Question.EN), numbered(item.Question.FR), numbered(item.Question.ES),
	}
	for _, printed := range itemSpellings[item.Number] {
		spellings = append(spellings, printed, numbered(printed))
	}
	c.Aliases = append(c.Aliases, spellings...)
	return c
}

// itemSpellings are the questions as source 003 prints them, for sheets made from the printed questionnaire, and the short titles
// that people make of them.
var itemSpellings = map[int][]string{
	1: {
		"Advance knowledge in the domain among all members of the cluster, for example, by organizing a thematic experts' meeting",
		"Promouvoir les connaissances et le savoir dans le domaine spécifique parmi les membres du pôle, par exemple en organisant une réunion thématique d'experts",
		"Fomentar el conocimiento en la materia entre todos los miembros del grupo, por ejemplo, organizando una reunión temática de expertos",
		"Thematic experts' meeting", "Meeting of experts", "Experts", "Rencontre d'experts", "Réunion thématique d'experts", "Reunión temática de expertos",
	},
	2: {
		"Host small-scale learning and exchange activities on policies, strategies, programmes and projects",
		"Accueillir des activités d'échange et d'apprentissage, menées sur une petite échelle, concernant les politiques, stratégies, programmes et projets",
		"Llevar a cabo actividades de aprendizaje a pequeña escala e intercambiar información sobre políticas, estrategias, programas y proyectos",
		"Learning and exchange activities", "Hosting learning and exchange activities", "Host learning and exchange activities", "Host activities",
		"Activités d'échange et d'apprentissage", "Activités d'apprentissage et d'échange", "Accueil d'activités", "Échange et apprentissage",
		"Actividades de aprendizaje e intercambio", "Acoger actividades", "Intercambio y aprendizaje",
	},
	3: {
		"Capacity-building for members of the cluster, for example, by organizing a capacity-building workshop",
		"Renforcement des capacités pour les membres du pôle, par exemple en organisant un atelier de renforcement des capacités",
		"Creación de capacidad para los miembros del grupo, por ejemplo mediante la organización de un seminario anual de creación de capacidad",
		"Capacity-building", "Workshop", "Renforcement des capacités", "Atelier", "Creación de capacidad", "Seminario de creación de capacidad", "Taller",
	},
	4: {
		"Participate in research activities in the thematic domain and develop case studies of best practices",
		"Participer à des activités de recherche dans le domaine thématique et développer des études de cas des bonnes pratiques",
		"Participar en actividades de investigación en el ámbito temático y desarrollar estudios de caso de las mejores prácticas",
		"Research", "Case studies", "Research activities", "Recherche", "Études de cas", "Investigación", "Estudios de caso",
	},
	5: {
		"Bring financial contribution to the GNLC Multi-donor Funding Modality",
		"Contribuer financièrement à la Modalité de financement multidonateurs du Réseau mondial (GNLC)",
		"Aportar una contribución financiera a la modalidad de financiamiento de múltiples donantes de la GNLC",
		"Financial contribution", "Contribution", "Fund", "Financial contribution to the fund", "Contribution financière", "Fonds",
		"Contribution financière au fonds", "Contribución financiera", "Fondo", "Contribución financiera al fondo",
	},
	6: {
		"Other (please specify)", "Autre (prière de spécifier)", "Otras (por favor especifique)",
		"Others", "Other contributions", "Anything else", "Autres", "Autre contribution", "Otros", "Otra", "Otra contribución",
	},
}
