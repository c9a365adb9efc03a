package digest

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// termEnd reminds a coordinating city of the last day of its mandate (R-CLU-4), and of what is open in the cluster.
func termEnd(ctx context.Context, from records.Reader, d *draft) error {
	term, _ := d.Programme.Term(d.Subject.Term)
	w, err := d.readWork(ctx, from, term)
	if err != nil {
		return err
	}
	cluster := d.Subject.Cluster
	city, open := called(w.all, d.Subject.City), d.open(w, cluster)
	d.report.Title = say(termEndTitle, "cluster", d.clusterName(cluster), "city", city, "day", d.Day)
	d.report.Lead = say(termEndLead, "city", city, "day", d.Day)
	d.report.Path = clusterPath(cluster)

	d.lastDay(closesWord)
	d.figure("open", locale.Text{}, openDuties, summary.Number(len(open)))
	_, coming := d.held(w, cluster)
	d.list(summary.List{Key: "open", Title: openDuties, Empty: noneOpen, Entries: open})
	d.list(summary.List{Key: "coming", Title: comingWord, Entries: coming})
	d.list(summary.List{Key: "coordinators", Title: coordinatorsWord, Entries: d.seats(w, cluster, d.day())})
	return nil
}

// open lists the duties of a cluster that were not done up to the occasion's day and are not to come after it.
func (d *draft) open(w *work, cluster string) (open []summary.Entry) {
	for _, turn := range workplan.Turns(d.Programme, w.term, w.plan(cluster), w.news, d.day()) {
		if turn.DoneOn.IsZero() && !turn.Due.After(d.Day) {
			open = append(open, summary.Entry{
				Key: turn.Duty.ID + "#" + turn.Due.String(), Name: turn.Duty.Label, On: turn.Due, Late: turn.Overdue, Path: clusterPath(cluster),
			})
		}
	}
	return open
}

func participationTypes() []string { return []string{member.RecordType, coordinator.MandateType} }

// participationEnd reminds a city of the last day of its participation in a cluster, which lapses unless it is renewed (R-CLU-2). It reads
// no other city's records: where a term ends, there are hundreds of such reminders on one day.
func participationEnd(ctx context.Context, from records.Reader, d *draft) error {
	cluster, id := d.Subject.Cluster, d.Subject.City
	all, err := readCity(ctx, from, id)
	if err != nil {
		return err
	}
	name := called(all, id)
	d.report.Title = say(participationTitle, "cluster", d.clusterName(cluster), "city", name, "day", d.Day)
	d.report.Lead = say(participationLead, "city", name, "day", d.Day, "years", counted(d.Programme.Limits.ParticipationYears, oneYear, moreYears))
	d.report.Path = cityPath(id)
	d.lastDay(closesWord)

	term, _ := d.Programme.TermAt(d.day())
	seat := coordinator.Seat{Cluster: cluster, Member: id}.ID()
	err = scan(ctx, from, coordinator.MandateType, term.ID, seat, func(_ string, m coordinator.Mandate) {
		if m.ID() == seat && !m.Until.Before(d.Day) { // another city's identifier may begin with this one's
			d.figure("coordinates", locale.Text{}, coordinatesWord, summary.Day(m.Until))
		}
	})
	taking := d.takingPart(all)
	d.figure("clusters", locale.Text{}, clustersWord, summary.Number(len(taking)))
	d.list(summary.List{Key: "clusters", Title: clustersWord, Entries: taking})
	return err
}

// takingPart lists the clusters in which a city takes part on the day of the report, with the last day on record of each.
func (d *draft) takingPart(all cities) (taking []summary.Entry) {
	for _, c := range all {
		for _, cluster := range c.ClustersOn(d.day()) {
			until := d.day()
			for _, p := range c.Participations { // one period after the other
				if slices.Contains(p.Clusters, cluster) && !p.From.After(until.AddDays(1)) && p.Until.After(until) {
					until = p.Until
				}
			}
			taking = append(taking, summary.Entry{
				Key: cluster, Name: d.clusterName(cluster), Note: say(untilNote, "day", until), Path: clusterPath(cluster),
			})
		}
	}
	return taking
}

var (
	termEndTitle = locale.Text{
		EN: "{cluster}: {city} coordinates until {day}",
		FR: "{cluster}\u00a0: {city} coordonne jusqu’au {day}",
		ES: "{cluster}: {city} coordina hasta el {day}",
	}
	termEndLead = locale.Text{
		EN: "{city} is a coordinating city until {day}. A city coordinates a cluster for one term only: please finish what is open, and prepare to hand over.",
		FR: "{city} est ville coordinatrice jusqu’au {day}. Une ville ne coordonne un pôle que pour un seul mandat\u00a0: terminez ce qui reste ouvert et préparez la passation.",
		ES: "{city} es ciudad coordinadora hasta el {day}. Una ciudad coordina un grupo durante un solo mandato: termine lo que queda abierto y prepare el relevo.",
	}
	openDuties = locale.Text{EN: "Duties still open", FR: "Obligations encore ouvertes", ES: "Obligaciones aún abiertas"}
	noneOpen   = locale.Text{
		EN: "Nothing is open.", FR: "Rien ne reste ouvert.", ES: "No queda nada abierto.",
	}
	participationTitle = locale.Text{
		EN: "{cluster}: {city} takes part until {day}",
		FR: "{cluster}\u00a0: {city} participe jusqu’au {day}",
		ES: "{cluster}: {city} participa hasta el {day}",
	}
	participationLead = locale.Text{
		EN: "The participation of {city} in the cluster lapses after {day} unless it is renewed. To go on for another {years}, please write to the secretariat before then.",
		FR: "Sans renouvellement, {city} ne participera plus au pôle après le {day}. Pour continuer pendant {years}, écrivez d’ici là au secrétariat.",
		ES: "Si no se renueva, {city} dejará de participar en el grupo después del {day}. Para continuar durante {years}, escriba antes a la secretaría.",
	}
	oneYear         = locale.Text{EN: "year", FR: "an", ES: "año"}
	moreYears       = locale.Text{EN: "years", FR: "ans", ES: "años"}
	coordinatesWord = locale.Text{EN: "Coordinates the cluster until", FR: "Coordonne le pôle jusqu’au", ES: "Coordina el grupo hasta el"}
	clustersWord    = locale.Text{EN: "Clusters of the city", FR: "Pôles de la ville", ES: "Grupos de la ciudad"}
)
