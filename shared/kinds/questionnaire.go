package kinds

import (
	"context"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
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
		j.Changes, j.Rests = []imports.Change{{Ref: ref, Body: offer}}, m.rest()
	}
	j.Problems = problems
	return j, nil
}

// Finish implements imports.Rules: nothing about offers shows only in the whole sheet.
func (r *questionnaireRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }

// questionnaireKind adds what a header without a column means: it may be numbered like an item that there is not.
type questionnaireKind struct{ imports.Kind }

// HeaderUnknown implements imports.HeaderJudge (R-QUE-1): a title such as "7. Other" or "Question 7" is QUESTIONNAIRE_ITEM_UNKNOWN, because
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
