package digest

import (
	"context"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// The duties that coordinating cities are reminded of, by their identifiers in the programme (R-CLU-10).
const (
	newsDuty   = "news"
	reportDuty = "report"
)

// newsDue reminds the coordinating cities of a cluster of the news for the newsletter, before they are due and after.
func newsDue(ctx context.Context, from records.Reader, d *draft) error {
	w, turn, err := d.duty(ctx, from, newsDuty)
	if err != nil {
		return err
	}
	d.entitled(turn, newsBefore, newsAfter)
	cluster := d.Subject.Cluster
	d.Period = turn
	news := d.told(w, cluster)
	held, coming := d.held(w, cluster)
	d.figure("news", locale.Text{}, newsSent, summary.Number(len(news)))
	d.list(summary.List{Key: "held", Title: activitiesHeld, Entries: held})
	d.list(summary.List{Key: "outcomes", Title: outcomesWord, Entries: d.outcomes(w, cluster)})
	d.list(summary.List{Key: "coming", Title: comingWord, Entries: coming})
	d.list(summary.List{Key: "coordinators", Title: coordinatorsWord, Entries: d.seats(w, cluster, d.byThen())})
	return nil
}

// reportDue reminds them of the outcome analysis and progress report of the term.
func reportDue(ctx context.Context, from records.Reader, d *draft) error {
	w, turn, err := d.duty(ctx, from, reportDuty)
	if err != nil {
		return err
	}
	d.entitled(turn, reportBefore, reportAfter)
	var expected []summary.Entry
	noted := 0
	for _, o := range w.plan(d.Subject.Cluster).Outcomes(d.Programme) {
		entry := summary.Entry{Key: o.Outcome.ID, Name: o.Outcome.Label, Note: nothingNoted, Path: clusterPath(d.Subject.Cluster)}
		if len(o.Notes) > 0 {
			entry.Note = counted(len(o.Notes), oneNote, moreNotes)
		}
		noted += len(o.Notes)
		expected = append(expected, entry)
	}
	d.figure("noted", locale.Text{}, notesWord, summary.Number(noted))
	d.list(summary.List{Key: "expected", Title: expectedWord, Entries: expected})
	d.list(summary.List{Key: "coordinators", Title: coordinatorsWord, Entries: d.seats(w, d.Subject.Cluster, d.byThen())})
	return nil
}

// duty reads the work of the occasion's term, and the period of the duty that is due on the occasion's day.
func (d *draft) duty(ctx context.Context, from records.Reader, id string) (*work, schedule.Period, error) {
	term, _ := d.Programme.Term(d.Subject.Term)
	w, err := d.readWork(ctx, from, term)
	if err != nil {
		return nil, schedule.Period{}, err
	}
	turns := workplan.Turns(d.Programme, term, w.plan(d.Subject.Cluster), w.news, d.day())
	i := slices.IndexFunc(turns, func(t workplan.Turn) bool { return t.Duty.ID == id && t.Due == d.Day })
	if i < 0 {
		return nil, schedule.Period{}, fmt.Errorf("no duty %q is due on %s", id, d.Day)
	}
	return w, schedule.Period{From: turns[i].From, To: turns[i].Due}, nil
}

// byThen is the day of the report, or the day of the duty where that is over: who coordinated then was to do it.
func (d *draft) byThen() civil.Date {
	if day := d.day(); day.Before(d.Day) {
		return day
	}
	return d.Day
}

// reminding is what a reminder of a duty says.
type reminding struct{ title, lead locale.Text }

// entitled says of a duty that it is to be done, before its day, or else that it wasn't.
func (d *draft) entitled(of schedule.Period, before, after reminding) {
	words := before
	if d.Ahead < 0 {
		words = after
	}
	d.report.Title = say(words.title, "cluster", d.clusterName(d.Subject.Cluster), "day", d.Day)
	d.report.Lead = say(words.lead, "period", periodText(of), "day", d.Day)
	d.report.Path = clusterPath(d.Subject.Cluster)
	d.lastDay(dueWord)
}

var (
	newsBefore = reminding{
		locale.Text{
			EN: "{cluster}: news due by {day}", FR: "{cluster}\u00a0: nouvelles attendues d’ici au {day}", ES: "{cluster}: noticias por enviar hasta el {day}",
		},
		locale.Text{
			EN: "The newsletter takes the cluster’s news of {period} until {day}. Please send the secretariat what it is to tell: what was held, what came of it and what is planned.",
			FR: "Le bulletin attend les nouvelles du pôle ({period}) d’ici au {day}. Envoyez au secrétariat ce qu’il doit raconter\u00a0: ce qui a été tenu, ce qui en a résulté et ce qui est prévu.",
			ES: "El boletín espera las noticias del grupo ({period}) hasta el {day}. Envíe a la secretaría lo que debe contar: lo que se celebró, lo que resultó de ello y lo que está previsto.",
		},
	}
	newsAfter = reminding{
		locale.Text{
			EN: "{cluster}: news overdue since {day}", FR: "{cluster}\u00a0: nouvelles en retard depuis le {day}", ES: "{cluster}: noticias atrasadas desde el {day}",
		},
		locale.Text{
			EN: "The cluster’s news of {period} were due by {day}, and none are on record. Please send them to the secretariat.",
			FR: "Les nouvelles du pôle ({period}) étaient attendues d’ici au {day}, et aucune n’est enregistrée. Envoyez-les au secrétariat.",
			ES: "Las noticias del grupo ({period}) debían llegar hasta el {day}, y no consta ninguna. Envíelas a la secretaría.",
		},
	}
	reportBefore = reminding{
		locale.Text{
			EN: "{cluster}: progress report due by {day}",
			FR: "{cluster}\u00a0: rapport d’avancement attendu d’ici au {day}",
			ES: "{cluster}: informe de progreso por entregar hasta el {day}",
		},
		locale.Text{
			EN: "The outcome analysis and progress report of the cluster for {period} is due by {day}. Please note what has come of each expected outcome, and plan who presents the report.",
			FR: "L’analyse des résultats et le rapport d’avancement du pôle ({period}) sont attendus d’ici au {day}. Notez où en est chaque résultat attendu et prévoyez qui présentera le rapport.",
			ES: "El análisis de resultados y el informe de progreso del grupo ({period}) deben entregarse hasta el {day}. Anote qué se ha logrado de cada resultado previsto y prevea quién presentará el informe.",
		},
	}
	reportAfter = reminding{
		locale.Text{
			EN: "{cluster}: progress report overdue since {day}",
			FR: "{cluster}\u00a0: rapport d’avancement en retard depuis le {day}",
			ES: "{cluster}: informe de progreso atrasado desde el {day}",
		},
		locale.Text{
			EN: "The outcome analysis and progress report of the cluster for {period} was due by {day} and is not on record. Please send it to the secretariat, or say when it comes.",
			FR: "L’analyse des résultats et le rapport d’avancement du pôle ({period}) étaient attendus d’ici au {day} et ne sont pas enregistrés. Envoyez-les au secrétariat ou indiquez quand ils viendront.",
			ES: "El análisis de resultados y el informe de progreso del grupo ({period}) debían entregarse hasta el {day} y no constan. Envíelos a la secretaría o indique cuándo llegarán.",
		},
	}
	dueWord      = locale.Text{EN: "Due by", FR: "Échéance", ES: "Vence el"}
	newsSent     = locale.Text{EN: "News on record", FR: "Nouvelles enregistrées", ES: "Noticias registradas"}
	expectedWord = locale.Text{EN: "Expected outcomes", FR: "Résultats attendus", ES: "Resultados previstos"}
	nothingNoted = locale.Text{EN: "nothing noted yet", FR: "rien n’est encore noté", ES: "nada anotado todavía"}
	notesWord    = locale.Text{EN: "Notes on outcomes", FR: "Notes sur les résultats", ES: "Notas sobre los resultados"}
	oneNote      = locale.Text{EN: "note", FR: "note", ES: "nota"}
	moreNotes    = locale.Text{EN: "notes", FR: "notes", ES: "notas"}
)
