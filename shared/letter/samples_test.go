package letter_test

import (
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/letter"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// sample is a letter as it may be sent.
type sample struct {
	name   string
	report summary.Report
	about  letter.About
}

func usd(cents int64) summary.Value {
	return summary.Money(money.Amount{Minor: cents, Currency: "USD"})
}

func day(text string) civil.Date {
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func tr(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

// samples are letters of each form: a report with what changed, one with nothing new, a correction, a reminder.
func samples() []sample {
	return []sample{
		{name: "fund", report: fundReport(), about: letter.About{Revision: 1, Schedule: tr("Monthly summary of the fund", "Résumé mensuel du fonds", "Resumen mensual del fondo")}},
		{name: "nothing", report: nothingReport(), about: letter.About{Revision: 1, Schedule: tr("Newsletter of the network", "Bulletin du réseau", "Boletín de la red")}},
		{name: "correction", report: statementReport(), about: letter.About{
			Revision: 2, Contractual: true, Schedule: tr("Statement to a donor", "Relevé d’un donateur", "Estado de cuenta de un donante"), Changes: corrected(),
		}},
		{name: "reminder", report: reminder(), about: letter.About{
			Revision: 1, Contractual: true, Schedule: tr("Deadline for a city’s application", "Date limite de candidature d’une ville", "Plazo de solicitud de una ciudad"),
		}},
		{name: "cluster", report: clusterReport(), about: letter.About{Revision: 1, Schedule: tr("Newsletter of a cluster", "Bulletin d’un pôle", "Boletín de un grupo")}},
	}
}

func fundReport() summary.Report {
	activity := tr("1.1 Training modules", "1.1 Modules de formation", "1.1 Módulos de formación")
	balances := tr("The fund", "Le fonds", "El fondo")
	r := summary.Report{
		Occasion: schedule.Occasion{Schedule: "fund-month", About: programme.FundSummary, Period: schedule.Period{From: day("2026-03-01"), To: day("2026-03-31")}},
		AsOf:     time.Date(2026, 4, 5, 6, 0, 0, 0, time.UTC),
		Title:    tr("The fund in March 2026", "Le fonds en mars 2026", "El fondo en marzo de 2026"),
		Lead: tr("US$120,000.00 was received and US$48,310.25 spent. Of the term's target, 61.4% is reached.",
			"120 000,00 USD ont été reçus et 48 310,25 USD dépensés. L'objectif du mandat est atteint à 61,4 %.",
			"Se recibieron 120 000,00 USD y se gastaron 48 310,25 USD. Se ha alcanzado el 61,4 % del objetivo del mandato."),
		Figures: []summary.Figure{
			{Key: "received", Group: balances, Label: tr("Received", "Reçu", "Recibido"), Value: usd(120_000_00)},
			{Key: "spent", Group: balances, Label: tr("Spent", "Dépensé", "Gastado"), Value: usd(48_310_25)},
			{Key: "balance", Group: balances, Label: tr("Held in trust at the end", "Détenu en fiducie à la fin", "En fideicomiso al final"), Value: usd(565_689_75)},
			{Key: "target", Group: balances, Label: tr("Share of the target", "Part de l'objectif", "Parte del objetivo"), Value: summary.Share(6140)},
			{Key: "donors", Group: balances, Label: tr("Donors", "Donateurs", "Donantes"), Value: summary.Number(14)},
			{Key: "activity.1.1.planned", Group: activity, Label: tr("Planned", "Prévu", "Previsto"), Value: usd(200_000_00)},
			{Key: "activity.1.1.spent", Group: activity, Label: tr("Spent since the term's beginning, with the support costs charged on it",
				"Dépensé depuis le début du mandat, frais de soutien compris", "Gastado desde el inicio del mandato, con los gastos de apoyo"), Value: usd(81_000_00)},
		},
		Lists: []summary.List{
			{Key: "pledges", Title: tr("Pledges that are open", "Promesses en cours", "Promesas pendientes"), Entries: []summary.Entry{
				{Key: "1", Name: locale.Same("Republic of Korea"), Note: tr("US$50,000.00, instalment 2", "50 000,00 USD, versement 2", "50 000,00 USD, plazo 2"),
					On: day("2026-02-28"), Late: true, Path: "donors/donor_country/KR"},
				{Key: "2", Name: locale.Same("Évry-Courcouronnes"), Note: tr("US$5,000.00", "5 000,00 USD", "5000,00 USD"), On: day("2026-06-30"), Path: "donors/member_city/FR/evry"},
			}, More: 3},
		},
		Files: []summary.File{{Label: tr("The fund's workbook (Excel)", "Classeur du fonds (Excel)", "Libro del fondo (Excel)"), Kind: "fund"}},
		Path:  "fund",
	}
	before := r
	before.Occasion.Period = schedule.Period{From: day("2026-02-01"), To: day("2026-02-28")}
	before.Lists = nil
	before.Figures = append([]summary.Figure{}, r.Figures...)
	for key, value := range map[string]summary.Value{"received": usd(0), "spent": usd(12_000_00), "balance": usd(494_000_00), "target": summary.Share(4940)} {
		for i := range before.Figures {
			if before.Figures[i].Key == key {
				before.Figures[i].Value = value
			}
		}
	}
	before.Figures = append(before.Figures, summary.Figure{Key: "interest", Group: balances, Label: tr("Interest", "Intérêts", "Intereses"), Value: usd(1_250_00)})
	return summary.Since(r, &before)
}

func nothingReport() summary.Report {
	r := summary.Report{
		Occasion: schedule.Occasion{Schedule: "network-digest", About: programme.NetworkDigest, Period: schedule.Period{From: day("2025-10-01"), To: day("2026-03-31")}},
		AsOf:     time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC),
		Title:    tr("The network: October 2025 to March 2026", "Le réseau : d'octobre 2025 à mars 2026", "La red: de octubre de 2025 a marzo de 2026"),
		Lead:     tr("356 cities of 79 countries belong to the network.", "356 villes de 79 pays font partie du réseau.", "356 ciudades de 79 países pertenecen a la red."),
		Figures:  []summary.Figure{{Key: "members", Label: tr("Member cities", "Villes membres", "Ciudades miembros"), Value: summary.Number(356)}},
		Lists: []summary.List{{Key: "news", Fresh: true, Title: tr("News of the clusters", "Nouvelles des pôles", "Noticias de los grupos"),
			Empty: tr("No cluster has sent news.", "Aucun pôle n'a envoyé de nouvelles.", "Ningún grupo ha enviado noticias.")}},
	}
	before := r
	before.Occasion.Period = schedule.Period{From: day("2025-04-01"), To: day("2025-09-30")}
	return summary.Since(r, &before)
}

func statementReport() summary.Report {
	return summary.Since(summary.Report{
		Occasion: schedule.Occasion{Schedule: "donor-statement", About: programme.DonorStatement, Subject: schedule.Subject{Donor: "KR", Agreement: "KR-2025-1"},
			Period: schedule.Period{From: day("2025-02-28"), To: day("2026-02-27")}},
		AsOf:  time.Date(2026, 3, 29, 6, 0, 0, 0, time.UTC),
		Title: tr("Your contribution to the fund: Republic of Korea", "Votre contribution au fonds : République de Corée", "Su contribución al fondo: República de Corea"),
		Lead: tr("This is what became of your contribution in the agreement's first year. The statement is provisional.",
			"Voici ce qu'est devenue votre contribution au cours de la première année de l'accord. Le relevé est provisoire.",
			"Esto es lo que se hizo con su contribución en el primer año del acuerdo. El estado de cuenta es provisional."),
		Figures: []summary.Figure{
			{Key: "opening", Label: tr("At the beginning", "Au début", "Al inicio"), Value: usd(0)},
			{Key: "received", Label: tr("Received", "Reçu", "Recibido"), Value: usd(150_000_00)},
			{Key: "spent", Label: tr("Spent", "Dépensé", "Gastado"), Value: usd(-61_204_17)},
			{Key: "closing", Label: tr("Held in trust", "Détenu en fiducie", "En fideicomiso"), Value: usd(88_795_83)},
			{Key: "state", Label: tr("State", "État", "Estado"), Value: summary.Value{Text: tr("provisional", "provisoire", "provisional")}},
			{Key: "until", Label: tr("Agreement until", "Accord jusqu'au", "Acuerdo hasta el"), Value: summary.Day(day("2028-02-27"))},
		},
		Files: []summary.File{
			{Label: tr("Statement (PDF)", "Relevé (PDF)", "Estado de cuenta (PDF)"), Kind: "donor", Format: "pdf"},
			{Label: tr("Statement (Excel)", "Relevé (Excel)", "Estado de cuenta (Excel)"), Kind: "donor"},
		},
		Path: "donors/donor_country/KR/statements",
	}, nil)
}

func corrected() []summary.Change {
	was, now, one := usd(-58_000_00), usd(-61_204_17), summary.Value{Text: tr("Workshop in Nairobi, 3 December 2025", "Atelier à Nairobi, 3 décembre 2025", "Taller en Nairobi, 3 de diciembre de 2025")}
	return []summary.Change{
		{Key: "spent", Label: tr("Spent", "Dépensé", "Gastado"), Before: &was, After: &now},
		{Key: "paid/1", Group: tr("What it paid for", "Ce qu'elle a financé", "Lo que ha financiado"), Label: tr("Workshop in Nairobi", "Atelier à Nairobi", "Taller en Nairobi"), After: &one},
	}
}

func reminder() summary.Report {
	return summary.Since(summary.Report{
		Occasion: schedule.Occasion{Schedule: "call-city", About: programme.CallCity, Subject: schedule.Subject{Call: "2025", City: "FR/quimper"}, Day: day("2025-06-15"), Ahead: 7,
			Closes: time.Date(2025, 6, 15, 21, 59, 59, 0, time.UTC)},
		AsOf:  time.Date(2025, 6, 8, 6, 0, 0, 0, time.UTC),
		Title: tr("7 days left: the application of Quimper", "Plus que 7 jours : la candidature de Quimper", "Quedan 7 días: la solicitud de Quimper"),
		Lead: tr("Quimper has not sent its application to the call of 2025 yet. Complete it and send it to your National Commission by 15 June 2025, 23:59 (Europe/Berlin).",
			"Quimper n'a pas encore envoyé sa candidature à l'appel de 2025. Complétez-la et envoyez-la à votre Commission nationale au plus tard le 15 juin 2025 à 23 h 59 (Europe/Berlin).",
			"Quimper todavía no ha enviado su solicitud a la convocatoria de 2025. Complétela y envíela a su Comisión Nacional a más tardar el 15 de junio de 2025 a las 23:59 (Europe/Berlin)."),
		Lists: []summary.List{{Key: "missing", Title: tr("What is still missing", "Ce qui manque encore", "Lo que falta todavía"), Entries: []summary.Entry{
			{Key: "motivation", Name: tr("The motivation", "La motivation", "La motivación"), Note: tr("at most 200 words", "200 mots au plus", "200 palabras como máximo")},
			{Key: "pledge", Name: tr("The mayor's pledge with its date", "L'engagement du maire avec sa date", "El compromiso del alcalde con su fecha")},
		}}},
		Path: "applications/2025/FR/quimper/edit",
	}, nil)
}

func clusterReport() summary.Report {
	return summary.Since(summary.Report{
		Occasion: schedule.Occasion{Schedule: "cluster-digest", About: programme.ClusterDigest, Subject: schedule.Subject{Cluster: "health", Term: "2025-2027"},
			Period: schedule.Period{From: day("2025-10-01"), To: day("2026-03-31")}},
		AsOf: time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC),
		Title: tr("Health and well-being: October 2025 to March 2026", "Santé et bien-être : d'octobre 2025 à mars 2026",
			"Salud y bienestar: de octubre de 2025 a marzo de 2026"),
		Lead: tr("Suwon and Évry-Courcouronnes coordinate the cluster.", "Suwon et Évry-Courcouronnes coordonnent le pôle.", "Suwon y Évry-Courcouronnes coordinan el grupo."),
		Figures: []summary.Figure{
			{Key: "members", Label: tr("Cities that take part", "Villes participantes", "Ciudades participantes"), Value: summary.Number(41)},
			{Key: "new", Label: tr("of these, new", "dont nouvelles", "de ellas, nuevas"), Value: summary.Number(2)},
		},
		Lists: []summary.List{
			{Key: "news", Fresh: true, Title: tr("News from the coordinating cities", "Nouvelles des villes coordonnatrices", "Noticias de las ciudades coordinadoras"), Entries: []summary.Entry{
				{Key: "1", Name: locale.Same("« Marcher pour apprendre » : douze parcours de santé dans les quartiers"), Note: locale.Same("Évry-Courcouronnes, https://www.evry.example/actualites/2026/marcher-pour-apprendre-douze-parcours-de-sante-dans-les-quartiers"),
					On: day("2026-02-12"), Path: "clusters/health"},
				{Key: "2", Name: locale.Same("Thirty learning circles on health"), Note: locale.Same("Suwon"), On: day("2026-01-20")},
			}},
			{Key: "joined", Fresh: true, Title: tr("New in the cluster", "Nouvelles villes du pôle", "Nuevas en el grupo"), Entries: []summary.Entry{
				{Key: "a", Name: locale.Same("Clermont-Ferrand"), On: day("2025-11-03"), Path: "members/FR/clermont-ferrand"},
				{Key: "b", Name: locale.Same("Medellín"), On: day("2026-01-15"), Path: "members/CO/medellin"},
			}},
			{Key: "late", Title: tr("Who is late", "Qui est en retard", "Quién lleva retraso"), Entries: []summary.Entry{
				{Key: "c", Name: locale.Same("Suwon"), Note: tr("News for the newsletter", "Nouvelles pour le bulletin", "Noticias para el boletín"), On: day("2026-03-31"), Late: true},
			}},
			{Key: "meetings", Title: tr("Meetings", "Rencontres", "Reuniones"), Empty: tr("No meeting is planned yet.", "Aucune rencontre n'est encore prévue.", "Aún no hay ninguna reunión prevista.")},
		},
		Path: "clusters/health",
	}, nil)
}
