package kinds

import (
	"context"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Questionnaire is the kind of sheets with what member cities offer to contribute in a term (R-QUE-1).
func Questionnaire() imports.Kind {
	return questionnaireKind{imports.Define(imports.Definition[questionnaireRow]{
		Name:    "questionnaire",
		Touches: []string{questionnaire.RecordType},
		Schema:  questionnaireSchema,
		Begin: func(ctx context.Context, env *imports.Env) (imports.Rules[questionnaireRow], error) {
			members, err := loadMembers(ctx, env)
			return &questionnaireRules{env: env, members: members}, err
		},
	})}
}

type questionnaireRow struct {
	City       string     `sheet:"city"`
	Country    string     `sheet:"country"`
	Item1      string     `sheet:"item_1"`
	Item2      string     `sheet:"item_2"`
	Item3      string     `sheet:"item_3"`
	Item4      string     `sheet:"item_4"`
	Item5      string     `sheet:"item_5"`
	Item6      string     `sheet:"item_6"`
	AnsweredOn civil.Date `sheet:"answered_on"`
}

type questionnaireRules struct {
	env     *imports.Env
	members *memberIndex
}

// Judge holds R-QUE-1.
func (r *questionnaireRules) Judge(_ context.Context, row questionnaireRow, at imports.Place) (imports.Judgement, error) {
	j := imports.Judgement{Label: cityLabel(r.env, row.City, row.Country).In(r.env.Lang)}
	if unreadable(at, "city", "country", "answered_on") {
		return j, nil
	}
	var problems findings
	m, p := r.members.voter(row.City, row.Country, row.AnsweredOn, "R-QUE-1")
	if !problems.add(p) {
		offer := questionnaire.Offer{
			Member: m.ID, City: m.City, Country: m.Country, AnsweredOn: row.AnsweredOn,
			Items: [questionnaire.Items]string{row.Item1, row.Item2, row.Item3, row.Item4, row.Item5, row.Item6},
		}
		j.Key = m.ID
		ref := records.Ref{Type: questionnaire.RecordType, Partition: r.env.Term, ID: m.ID}
		j.Changes = []imports.Change{{Ref: ref, Body: offer}}
	}
	j.Problems = problems
	return j, nil
}

// Finish implements imports.Rules: nothing about offers shows only in the whole sheet.
func (r *questionnaireRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }

// questionnaireKind adds what a header without a column means: it may be numbered like an item that there is not.
type questionnaireKind struct{ imports.Kind }

// HeaderUnknown implements imports.HeaderJudge: a title such as "7. Other" or "Question 7" is QUESTIONNAIRE_ITEM_UNKNOWN, because
// the answers under it would be lost; any other title is nothing to this kind.
func (questionnaireKind) HeaderUnknown(header string) *problem.Problem {
	n, ok := itemNumber(header)
	if !ok || 1 <= n && n <= questionnaire.Items {
		return nil
	}
	items := strconv.Itoa(questionnaire.Items)
	return problem.New("QUESTIONNAIRE_ITEM_UNKNOWN").Under("R-QUE-1").Valued(header).
		WithText("items", text3(items+" items", items+" questions", items+" puntos"))
}

// itemNumber reads the number of an item from a column's title: "7", "7) Other", "Item 7", "Question n° 7".
func itemNumber(header string) (int, bool) {
	for i, word := range strings.Fields(locale.Fold(header)) {
		if n, err := strconv.Atoi(strings.TrimPrefix(word, "q")); err == nil {
			return n, n <= 20
		}
		if i > 1 || !itemWords[word] {
			return 0, false
		}
	}
	return 0, false
}

var itemWords = map[string]bool{
	"item": true, "question": true, "point": true, "activity": true, "offer": true, "answer": true, "q": true, "no": true, "nr": true,
	"rubrique": true, "activite": true, "offre": true, "reponse": true, "numero": true,
	"punto": true, "pregunta": true, "actividad": true, "oferta": true, "respuesta": true, "apartado": true,
}

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

// itemSpellings are the questions as source 003 prints them, for sheets made from the printed questionnaire.
var itemSpellings = map[int][]string{
	1: {
		"Advance knowledge in the domain among all members of the cluster, for example, by organizing a thematic experts' meeting",
		"Promouvoir les connaissances et le savoir dans le domaine spécifique parmi les membres du pôle, par exemple en organisant une réunion thématique d'experts",
		"Fomentar el conocimiento en la materia entre todos los miembros del grupo, por ejemplo, organizando una reunión temática de expertos",
	},
	2: {
		"Host small-scale learning and exchange activities on policies, strategies, programmes and projects",
		"Accueillir des activités d'échange et d'apprentissage, menées sur une petite échelle, concernant les politiques, stratégies, programmes et projets",
		"Llevar a cabo actividades de aprendizaje a pequeña escala e intercambiar información sobre políticas, estrategias, programas y proyectos",
	},
	3: {
		"Capacity-building for members of the cluster, for example, by organizing a capacity-building workshop",
		"Renforcement des capacités pour les membres du pôle, par exemple en organisant un atelier de renforcement des capacités",
		"Creación de capacidad para los miembros del grupo, por ejemplo mediante la organización de un seminario anual de creación de capacidad",
	},
	4: {
		"Participate in research activities in the thematic domain and develop case studies of best practices",
		"Participer à des activités de recherche dans le domaine thématique et développer des études de cas des bonnes pratiques",
		"Participar en actividades de investigación en el ámbito temático y desarrollar estudios de caso de las mejores prácticas",
	},
	5: {
		"Bring financial contribution to the GNLC Multi-donor Funding Modality",
		"Contribuer financièrement à la Modalité de financement multidonateurs du Réseau mondial (GNLC)",
		"Aportar una contribución financiera a la modalidad de financiamiento de múltiples donantes de la GNLC",
	},
	6: {"Other (please specify)", "Autre (prière de spécifier)", "Otras (por favor especifique)"},
}
