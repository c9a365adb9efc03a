package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// ResultsKind is the name of the kind of sheet with what came of the fund's activities.
const ResultsKind = "results"

// Results is the kind of sheets with what came of the fund's activities in a term, as donors are told it (R-FUN-3).
func Results() imports.Kind {
	return imports.Define(imports.Definition[resultRow]{
		Name: ResultsKind, Touches: []string{fund.ResultType}, Schema: resultsSchema, Begin: beginResults,
	})
}

// resultLabels are the titles of the texts, by the language that each is in.
var resultLabels = map[locale.Lang]locale.Text{
	locale.EN: text3("Results in English", "Résultats en anglais", "Resultados en inglés"),
	locale.FR: text3("Results in French", "Résultats en français", "Resultados en francés"),
	locale.ES: text3("Results in Spanish", "Résultats en espagnol", "Resultados en español"),
}

func resultsSchema(env *imports.Env) sheet.Schema {
	columns := []sheet.Column{
		activityColumn(env.Programme),
		termColumn(env.Programme),
		resultColumn(locale.EN,
			"Results", "Result", "Narrative", "Achievements", "Results achieved", "Narrative in English", "Results (English)", "Results (EN)",
			"Narrative (EN)", "English"),
		resultColumn(locale.FR,
			"Résultats", "Résultat", "Réalisations", "Résultats obtenus", "Récit", "Narrative in French", "Results (French)", "Results (FR)",
			"Résultats (FR)", "Français"),
		resultColumn(locale.ES,
			"Resultados", "Resultado", "Logros", "Resultados obtenidos", "Narrativa", "Narrative in Spanish", "Results (Spanish)",
			"Results (ES)", "Resultados (ES)", "Español"),
	}
	for _, figure := range env.Programme.ResultFigures {
		columns = append(columns, under("R-FUN-3", sheet.Column{
			ID: "figure_" + figure.ID, Type: sheet.TypeInteger, Width: 14, Label: figure.Label, Aliases: figureSpellings[figure.ID],
		}))
	}
	return sheet.Schema{
		Kind: ResultsKind, Version: 1,
		Title:   text3("Results of the fund's activities", "Résultats des activités du fonds", "Resultados de las actividades del fondo"),
		Columns: append(columns, remarksColumn()),
	}
}

// figureSpellings are other titles, by figure.
var figureSpellings = map[string][]string{
	"cities": {
		"Number of cities", "Cities", "Cities involved", "Nombre de villes", "Villes", "Villes concernées", "Número de ciudades", "Ciudades",
		"Ciudades participantes",
	},
	"events": {
		"Workshops", "Events", "Workshops held", "Events held", "Number of workshops", "Ateliers", "Événements", "Ateliers tenus",
		"Nombre d'ateliers", "Talleres", "Eventos", "Talleres celebrados", "Número de talleres",
	},
	"participants": {
		"Participants trained", "People reached", "People trained", "Number of participants", "Attendance", "Personnes formées",
		"Nombre de participants", "Personas formadas", "Número de participantes", "Asistentes",
	},
	"women": {
		"Women", "Of whom women", "Female participants", "Number of women", "Femmes", "Participantes femmes", "Nombre de femmes", "Mujeres",
		"Mujeres participantes", "Número de mujeres",
	},
	"publications": {
		"Publications", "Tools", "Publications produced", "Outputs produced", "Outils", "Publications produites", "Publicaciones",
		"Herramientas", "Publicaciones producidas",
	},
}

func termColumn(p *programme.Edition) sheet.Column {
	choices := make([]sheet.Choice, len(p.Terms))
	for i, term := range p.Terms {
		choices[i] = sheet.Choice{ID: term.ID, Label: locale.Same(term.ID)}
	}
	return under("R-FUN-1", required(sheet.Column{
		ID: "term", Type: sheet.TypeEnum, Choices: choices, Width: 14,
		Label: text3("Term", "Mandat", "Periodo"),
		Aliases: []string{
			"Two-year term", "Period", "Reporting period", "Biennium", "Période", "Période du rapport", "Exercice biennal",
			"Período", "Bienio", "Periodo del informe",
		},
		Note: text3("The two-year term, such as "+p.Terms[0].ID+".", "Le mandat de deux ans, par exemple "+p.Terms[0].ID+".",
			"El periodo de dos años, por ejemplo "+p.Terms[0].ID+"."),
	}))
}

func resultColumn(written locale.Lang, aliases ...string) sheet.Column {
	return wide(60, under("R-FUN-3", noted(text3(
		"What came of the activity, as donors are to read it; in one language at least.",
		"Ce que l'activité a donné, tel que les donateurs doivent le lire ; au moins dans une langue.",
		"Lo que resultó de la actividad, tal como deben leerlo los donantes; al menos en un idioma."),
		textColumn("text_"+string(written), 4000, resultLabels[written], aliases...))))
}

type resultRow struct {
	Activity string           `sheet:"activity"`
	Term     string           `sheet:"term"`
	English  string           `sheet:"text_en"`
	French   string           `sheet:"text_fr"`
	Spanish  string           `sheet:"text_es"`
	Figures  map[string]int64 `sheet:"figure_*"` // by the figure's identifier
	Remarks  string           `sheet:"remarks"`
}

type resultRules struct {
	env        *imports.Env
	activities *earmarks
}

func beginResults(_ context.Context, env *imports.Env) (imports.Rules[resultRow], error) {
	return &resultRules{env: env, activities: newEarmarks(env.Programme)}, nil
}

// Judge holds R-FUN-3 for one activity: something is told, and its figures are counts.
func (r *resultRules) Judge(_ context.Context, row resultRow, at imports.Place) (imports.Judgement, error) {
	var problems findings
	result := fund.Result{Term: row.Term, Text: text3(row.English, row.French, row.Spanish), Remarks: row.Remarks}
	if !unreadable(at, "activity") {
		code, p := activity(r.activities, row.Activity)
		problems.add(p)
		result.Activity = code
	}
	if result.Text.IsZero() && !unreadable(at, "text_en", "text_fr", "text_es") {
		problems.add(missing("text_"+string(r.env.Lang), resultLabels[r.env.Lang], "R-FUN-3"))
	}
	for _, figure := range r.env.Programme.ResultFigures {
		count, given := row.Figures[figure.ID]
		switch {
		case !given:
		case count < 0:
			problems.add(problem.New("NUMBER_OUT_OF_RANGE").In("figure_"+figure.ID).Under("R-FUN-3").
				WithText("column", figure.Label).With("range", "0, 1, 2, …"))
		default:
			result.Figures = append(result.Figures, fund.Figure{ID: figure.ID, Count: count})
		}
	}
	j := imports.Judgement{Label: row.Activity + ", " + row.Term, Problems: problems}
	if unreadable(at, "activity", "term") || problems.block() {
		return j, nil
	}
	j.Key = result.Term + "/" + result.ID()
	j.Changes = []imports.Change{{Ref: records.Ref{Type: fund.ResultType, Partition: result.Term, ID: result.ID()}, Body: result}}
	return j, nil
}

// Finish has nothing to add: an activity without a result has none yet.
func (r *resultRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }
