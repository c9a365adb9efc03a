package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// NewsKind is the name of the kind of sheet with the clusters' news.
const NewsKind = "news"

// News is the sheet of what coordinating cities send for the newsletter every six months (R-CLU-10). Which term a row belongs to
// follows from its day.
func News() imports.Kind {
	return imports.Define(imports.Definition[newsRow]{
		Name: NewsKind, Touches: []string{workplan.NewsType}, Schema: newsSchema, Begin: beginNews,
	})
}

func newsSchema(env *imports.Env) sheet.Schema {
	text := textColumn("text", 8000, text3("News", "Nouvelles", "Noticias"),
		"Text", "Contribution", "Newsletter text", "Article", "Message", "Texte", "Actualités", "Texte pour le bulletin", "Texto", "Novedades",
		"Artículo", "Texto para el boletín")
	return sheet.Schema{
		Kind: NewsKind, Version: 1, Title: text3("News of the clusters", "Nouvelles des pôles", "Noticias de los grupos"),
		Columns: []sheet.Column{
			cityColumn(),
			countryColumn(env.Reference),
			required(under("R-CLU-10", clusterColumn(env))),
			required(under("R-CLU-10", noted(text3(
				"The day on which the coordinating city sent the news; news are expected every six months.",
				"Le jour où la ville coordinatrice a envoyé les nouvelles ; elles sont attendues tous les six mois.",
				"El día en que la ciudad coordinadora envió las noticias; se esperan cada seis meses."),
				dateColumn("sent_on", text3("Sent on", "Envoyées le", "Enviadas el"),
					"Date", "Date sent", "Received on", "Date of the news", "Date d'envoi", "Envoyé le", "Reçu le", "Reçues le",
					"Fecha", "Fecha de envío", "Enviado el", "Recibidas el", "Recibido el")))),
			wide(60, required(under("R-CLU-10", text))),
		},
	}
}

type newsRow struct {
	City    string     `sheet:"city"`
	Country string     `sheet:"country"`
	Cluster string     `sheet:"cluster"`
	SentOn  civil.Date `sheet:"sent_on"`
	Text    string     `sheet:"text"`
}

type newsRules struct {
	env     *imports.Env
	members *memberIndex
	setting workplan.Setting
}

func beginNews(ctx context.Context, env *imports.Env) (imports.Rules[newsRow], error) {
	members, err := loadMembers(ctx, env)
	if err != nil {
		return nil, err
	}
	mandates, err := loadMandates(ctx, env)
	return &newsRules{
		env: env, members: members,
		setting: workplan.Setting{Programme: env.Programme, Members: members.all(), Mandates: mandates},
	}, err
}

// Judge holds R-CLU-10: news are of a city that coordinates the cluster on the day on which it sends them.
func (r *newsRules) Judge(_ context.Context, row newsRow, at imports.Place) (imports.Judgement, error) {
	j := imports.Judgement{Label: cityLabel(r.env, row.City, row.Country).In(r.env.Lang)}
	if unreadable(at, "city", "country", "cluster", "sent_on") {
		return j, nil
	}
	var problems findings
	m, p := r.members.refer(row.City, row.Country)
	if p != nil {
		p = p.Under("R-CLU-10")
	} else {
		p = r.setting.CheckCoordinator(m.ID, row.Cluster, row.SentOn)
	}
	if !problems.add(p) {
		news := workplan.News{Cluster: row.Cluster, Member: m.ID, On: row.SentOn, Text: row.Text}
		term, _ := r.env.Programme.TermAt(row.SentOn) // a mandate runs within one
		j.Key = news.ID()
		j.Changes = []imports.Change{{Ref: records.Ref{Type: workplan.NewsType, Partition: term.ID, ID: news.ID()}, Body: news}}
	}
	j.Problems = problems
	return j, nil
}

// Finish has nothing to add: what is missing of the news is no fault of those that came.
func (r *newsRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }
