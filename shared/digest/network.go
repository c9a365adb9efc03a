package digest

import (
	"cmp"
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/survey"
)

func networkTypes() []string {
	return append(workTypes(), application.RecordType, application.EndorsementType, application.DecisionType, survey.RecordType)
}

// networkDigest is the newsletter of the network (R-CLU-10): the news of all clusters, new members by region, calls and surveys, and which
// clusters are late.
func networkDigest(ctx context.Context, from records.Reader, d *draft) error {
	last := d.Period.To
	term, _ := d.Programme.TermAt(last)
	w, err := d.readWork(ctx, from, term)
	if err != nil {
		return err
	}
	members := w.all.on(last)
	joined, left := d.moved(w.all)
	d.byRegionFirst(w.all, joined)
	all := d.ofClusters(w)

	d.report.Title = say(networkTitle, "period", periodText(d.Period))
	d.report.Lead = say(networkLead, "day", last, "members", counted(len(members), oneCity, moreCities),
		"countries", counted(len(members.countries()), oneCountry, moreCountry),
		"news", counted(len(all.news), oneNews, moreNews), "joined", counted(len(joined), oneJoined, moreJoined))
	d.report.Path = "clusters"

	none := locale.Text{}
	d.figure("members", none, membersWord, summary.Number(len(members)))
	d.figure("countries", none, countriesWord, summary.Number(len(members.countries())))
	d.figure("joined", none, joinedWord, summary.Number(len(joined)))
	d.figure("left", none, leftWord, summary.Number(len(left)))
	d.figure("held", none, activitiesHeld, summary.Number(len(all.held)))
	d.figure("late", none, lateWord, summary.Number(len(all.late)))
	for _, cluster := range d.Programme.Clusters {
		d.figure("news."+cluster.ID, newsByCluster, cluster.Label, summary.Number(all.byCluster[cluster.ID]))
	}
	d.byCluster(members, last)

	d.list(summary.List{Key: "news", Title: newsWord, Empty: noNews, Entries: all.news, Fresh: true})
	d.list(summary.List{Key: "held", Title: activitiesHeld, Empty: noneHeld, Entries: all.held, Fresh: true})
	d.list(summary.List{Key: "outcomes", Title: outcomesWord, Entries: all.outcomes, Fresh: true})
	if err := d.belated(ctx, from, d.Programme.Clusters...); err != nil {
		return err
	}
	d.list(summary.List{Key: "coming", Title: comingWord, Entries: all.coming})
	d.list(summary.List{Key: "members_new", Title: membersNew, Empty: noMembersNew, Entries: joined, Fresh: true})
	d.list(summary.List{Key: "members_left", Title: membersGone, Entries: left, Fresh: true})
	if err := d.openCalls(ctx, from); err != nil {
		return err
	}
	if err := d.openSurveys(ctx, from); err != nil {
		return err
	}
	d.list(summary.List{Key: "late", Title: lateWord, Entries: all.late})
	return nil
}

// byRegionFirst puts cities in the order of their regions, each with its region.
func (d *draft) byRegionFirst(all cities, entries []summary.Entry) {
	regionOf := map[string]string{}
	for _, c := range all {
		regionOf[c.id] = d.country(c.Country).Region
	}
	for i, e := range entries {
		entries[i].Note = noRegionWord
		if region, ok := d.Reference.Region(regionOf[e.Key]); ok {
			entries[i].Note = region.Name
		}
	}
	slices.SortStableFunc(entries, func(a, b summary.Entry) int { return cmp.Compare(regionOf[a.Key], regionOf[b.Key]) })
}

// clusterNews is what all clusters did, each entry under its cluster's name.
type clusterNews struct {
	news, held, coming, outcomes, late []summary.Entry
	byCluster                          map[string]int // pieces of news
}

func (d *draft) ofClusters(w *work) clusterNews {
	all := clusterNews{byCluster: map[string]int{}}
	for _, cluster := range d.Programme.Clusters {
		under := func(entries []summary.Entry) []summary.Entry {
			for i := range entries {
				entries[i].Name = say(ofCluster, "cluster", cluster.Label, "name", entries[i].Name)
			}
			return entries
		}
		news := d.told(w, cluster.ID)
		held, coming := d.held(w, cluster.ID)
		all.byCluster[cluster.ID] = len(news)
		all.news = append(all.news, under(news)...)
		all.held = append(all.held, under(held)...)
		all.coming = append(all.coming, under(coming)...)
		all.outcomes = append(all.outcomes, under(d.outcomes(w, cluster.ID))...)
		all.late = append(all.late, under(d.late(w, cluster.ID))...)
	}
	return all
}

// openCalls lists the calls with a deadline after the period's first day, with their deadlines as extended for everybody.
func (d *draft) openCalls(ctx context.Context, from records.Reader) error {
	var open []summary.Entry
	for _, call := range d.Programme.Calls {
		round, err := registry.ReadRound(ctx, from, call)
		if err != nil {
			return err
		}
		city := application.LastDay(call, round.Extensions, application.CityDeadline, "", "", d.at)
		commission := application.LastDay(call, round.Extensions, application.CommissionDeadline, "", "", d.at)
		if !commission.Before(d.Period.From) {
			open = append(open, summary.Entry{
				Key: call.ID, Name: call.Title, Note: say(deadlinesNote, "city", city, "commission", commission), Path: "calls/" + steps(call.ID),
			})
		}
	}
	d.list(summary.List{Key: "calls", Title: callsWord, Entries: open})
	return nil
}

// openSurveys lists the surveys that were open in the period or open later, with the answers that count (R-SUR-2).
func (d *draft) openSurveys(ctx context.Context, from records.Reader) error {
	var open []summary.Entry
	for _, s := range d.Programme.Surveys {
		if s.Closes.Before(d.Period.From) {
			continue
		}
		answers, err := answersTo(ctx, from, s)
		if err != nil {
			return err
		}
		counting, _, _ := survey.Counting(s, answers)
		open = append(open, summary.Entry{
			Key: s.ID, Name: say(surveyName, "survey", s.ID), Path: "surveys/" + steps(s.ID),
			Note: say(surveyNote, "from", s.Opens, "to", s.Closes, "answers", counted(len(counting), oneAnswer, moreAnswers)),
		})
	}
	d.list(summary.List{Key: "surveys", Title: surveysWord, Entries: open})
	return nil
}

func answersTo(ctx context.Context, from records.Reader, s programme.Survey) (answers []survey.Answer, err error) {
	err = scan(ctx, from, survey.RecordType, s.ID, "", func(_ string, a survey.Answer) { answers = append(answers, a) })
	return answers, err
}

var (
	networkTitle = locale.Text{
		EN: "Newsletter of the network: {period}", FR: "Bulletin du réseau\u00a0: {period}", ES: "Boletín de la red: {period}",
	}
	networkLead = locale.Text{
		EN: "On {day} the network had {members} in {countries}. In this period: {news} of the clusters, {joined}.",
		FR: "Au {day}, le réseau comptait {members} dans {countries}. Sur cette période\u00a0: {news} des pôles, {joined}.",
		ES: "El {day} la red tenía {members} en {countries}. En este periodo: {news} de los grupos, {joined}.",
	}
	newsByCluster = locale.Text{EN: "News, by cluster", FR: "Nouvelles, par pôle", ES: "Noticias, por grupo"}
	ofCluster     = locale.Text{EN: "{cluster}: {name}", FR: "{cluster}\u00a0: {name}", ES: "{cluster}: {name}"}
	callsWord     = locale.Text{EN: "Calls", FR: "Appels", ES: "Convocatorias"}
	surveysWord   = locale.Text{EN: "Surveys", FR: "Enquêtes", ES: "Encuestas"}
	deadlinesNote = locale.Text{
		EN: "cities by {city}, National Commissions by {commission}",
		FR: "villes jusqu’au {city}, Commissions nationales jusqu’au {commission}",
		ES: "ciudades hasta el {city}, Comisiones Nacionales hasta el {commission}",
	}
	surveyName = locale.Text{EN: "Survey {survey}", FR: "Enquête {survey}", ES: "Encuesta {survey}"}
	surveyNote = locale.Text{
		EN: "from {from} to {to}; {answers}", FR: "du {from} au {to}\u00a0; {answers}", ES: "del {from} al {to}; {answers}",
	}
	oneAnswer   = locale.Text{EN: "city answered", FR: "ville a répondu", ES: "ciudad respondió"}
	moreAnswers = locale.Text{EN: "cities answered", FR: "villes ont répondu", ES: "ciudades respondieron"}
)
