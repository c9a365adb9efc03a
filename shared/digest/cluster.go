package digest

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/summary"
)

// clusterDigest is the newsletter of a cluster (R-CLU-10): the news that its coordinating cities sent in the period, who came and left,
// what was held and is to come, what came of it, and what is late.
func clusterDigest(ctx context.Context, from records.Reader, d *draft) error {
	id, last := d.Subject.Cluster, d.Period.To
	term, _ := d.Programme.TermAt(last)
	w, err := d.readWork(ctx, from, term)
	if err != nil {
		return err
	}
	members := w.all.in(id, last)
	come, gone := d.movedIn(w.all, id)
	news, late := d.told(w, id), d.late(w, id)
	held, coming := d.held(w, id)

	d.report.Title = say(clusterTitle, "cluster", d.clusterName(id), "period", periodText(d.Period))
	d.report.Lead = say(clusterLead, "day", last, "cities", counted(len(members), oneTakesPart, moreTakePart),
		"news", counted(len(news), oneNews, moreNews), "held", counted(len(held), oneHeld, moreHeld))
	d.report.Path = clusterPath(id)

	none := locale.Text{}
	d.figure("cities", none, takePartWord, summary.Number(len(members)))
	d.figure("countries", none, countriesTaking, summary.Number(len(members.countries())))
	d.figure("joined", none, comeWord, summary.Number(len(come)))
	d.figure("left", none, goneWord, summary.Number(len(gone)))
	d.figure("news", none, newsWord, summary.Number(len(news)))
	d.figure("held", none, activitiesHeld, summary.Number(len(held)))
	d.figure("late", none, lateWord, summary.Number(len(late)))

	d.list(summary.List{Key: "news", Title: newsWord, Empty: noNews, Entries: news, Fresh: true})
	d.list(summary.List{Key: "held", Title: activitiesHeld, Empty: noneHeld, Entries: held, Fresh: true})
	d.list(summary.List{Key: "outcomes", Title: outcomesWord, Entries: d.outcomes(w, id), Fresh: true})
	if err := d.belated(ctx, from, programme.Cluster{ID: id}); err != nil {
		return err
	}
	d.list(summary.List{Key: "coming", Title: comingWord, Empty: noneComing, Entries: coming})
	d.list(summary.List{Key: "members_new", Title: clusterNew, Entries: come, Fresh: true})
	d.list(summary.List{Key: "members_left", Title: clusterGone, Entries: gone, Fresh: true})
	d.list(summary.List{Key: "coordinators", Title: coordinatorsWord, Empty: noCoordinators, Entries: d.seats(w, id, last)})
	d.list(summary.List{Key: "late", Title: lateWord, Entries: late})
	return nil
}

// in are the members that take part in a cluster on a day.
func (all cities) in(cluster string, day civil.Date) (taking cities) {
	for _, c := range all.on(day) {
		if slices.Contains(c.ClustersOn(day), cluster) {
			taking = append(taking, c)
		}
	}
	return taking
}

// movedIn lists the cities that came to take part in a cluster in the period, and those whose last day in it lies in the period: a
// participation that is renewed, or cut where the city joins another cluster, goes on (R-CLU-2).
func (d *draft) movedIn(all cities, cluster string) (come, gone []summary.Entry) {
	for _, c := range all {
		for _, p := range c.Participations {
			if !slices.Contains(p.Clusters, cluster) {
				continue
			}
			if d.within(p.From) && !slices.Contains(c.ClustersOn(p.From.AddDays(-1)), cluster) {
				come = append(come, d.entryOf(c, p.From))
			}
			if d.within(p.Until) && !slices.Contains(c.ClustersOn(p.Until.AddDays(1)), cluster) {
				entry := d.entryOf(c, civil.Date{})
				entry.Note = say(lastDayNote, "day", p.Until)
				gone = append(gone, entry)
			}
		}
	}
	return come, gone
}

// seats lists the cities that coordinate a cluster on a day (R-CLU-3).
func (d *draft) seats(w *work, cluster string, day civil.Date) (seats []summary.Entry) {
	for _, m := range w.mandates {
		if m.Cluster == cluster && !m.From.After(day) && !m.Until.Before(day) {
			seats = append(seats, summary.Entry{
				Key: m.Member, Name: d.name(w.all, m.Member), Note: say(untilNote, "day", m.Until), Path: cityPath(m.Member),
			})
		}
	}
	return seats
}

var (
	clusterTitle = locale.Text{EN: "{cluster}: {period}", FR: "{cluster}\u00a0: {period}", ES: "{cluster}: {period}"}
	clusterLead  = locale.Text{
		EN: "On {day} the cluster had {cities}. In this period: {news}, {held}.",
		FR: "Au {day}, le pôle comptait {cities}. Sur cette période\u00a0: {news}, {held}.",
		ES: "El {day} el grupo contaba con {cities}. En este periodo: {news}, {held}.",
	}
	oneTakesPart = locale.Text{EN: "city", FR: "ville", ES: "ciudad"}
	moreTakePart = locale.Text{EN: "cities", FR: "villes", ES: "ciudades"}
	oneNews      = locale.Text{EN: "piece of news", FR: "nouvelle", ES: "noticia"}
	moreNews     = locale.Text{EN: "pieces of news", FR: "nouvelles", ES: "noticias"}
	oneHeld      = locale.Text{EN: "activity held", FR: "activité tenue", ES: "actividad celebrada"}
	moreHeld     = locale.Text{EN: "activities held", FR: "activités tenues", ES: "actividades celebradas"}

	takePartWord     = locale.Text{EN: "Cities taking part", FR: "Villes participantes", ES: "Ciudades participantes"}
	countriesTaking  = locale.Text{EN: "Their countries", FR: "Leurs pays", ES: "Sus países"}
	comeWord         = locale.Text{EN: "Came in the period", FR: "Arrivées sur la période", ES: "Llegadas en el periodo"}
	goneWord         = locale.Text{EN: "Left in the period", FR: "Départs sur la période", ES: "Salidas en el periodo"}
	newsWord         = locale.Text{EN: "News", FR: "Nouvelles", ES: "Noticias"}
	activitiesHeld   = locale.Text{EN: "Activities held", FR: "Activités tenues", ES: "Actividades celebradas"}
	comingWord       = locale.Text{EN: "Activities to come", FR: "Activités à venir", ES: "Próximas actividades"}
	outcomesWord     = locale.Text{EN: "What came of it", FR: "Résultats notés", ES: "Resultados anotados"}
	lateWord         = locale.Text{EN: "Duties overdue", FR: "Obligations en retard", ES: "Obligaciones atrasadas"}
	coordinatorsWord = locale.Text{EN: "Coordinating cities", FR: "Villes coordinatrices", ES: "Ciudades coordinadoras"}
	clusterNew       = locale.Text{EN: "New in the cluster", FR: "Nouvelles villes du pôle", ES: "Nuevas ciudades del grupo"}
	clusterGone      = locale.Text{EN: "No longer in the cluster", FR: "Ne participent plus au pôle", ES: "Ya no participan en el grupo"}
	untilNote        = locale.Text{EN: "until {day}", FR: "jusqu’au {day}", ES: "hasta el {day}"}

	noNews = locale.Text{
		EN: "No coordinating city sent news in this period.",
		FR: "Aucune ville coordinatrice n’a envoyé de nouvelles sur cette période.",
		ES: "Ninguna ciudad coordinadora envió noticias en este periodo.",
	}
	noneHeld = locale.Text{
		EN: "No activity was held in this period.",
		FR: "Aucune activité n’a été tenue sur cette période.",
		ES: "No se celebró ninguna actividad en este periodo.",
	}
	noneComing = locale.Text{
		EN: "No activity has a date yet.",
		FR: "Aucune activité n’a encore de date.",
		ES: "Ninguna actividad tiene todavía fecha.",
	}
	noCoordinators = locale.Text{
		EN: "No city coordinates the cluster.",
		FR: "Aucune ville ne coordonne le pôle.",
		ES: "Ninguna ciudad coordina el grupo.",
	}
)
