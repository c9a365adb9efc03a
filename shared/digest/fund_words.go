package digest

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// joined are two texts in a row, a middle dot between them.
func joined(one, other locale.Text) locale.Text {
	return each(func(l locale.Lang) string { return one.In(l) + " · " + other.In(l) })
}

// inAll is a text that is told in each language by what is nearest: itself, else the English, the French or the Spanish.
func inAll(text locale.Text) locale.Text {
	return each(func(l locale.Lang) string {
		for _, one := range []string{text.In(l), text.FR, text.ES} {
			if one != "" {
				return one
			}
		}
		return ""
	})
}

// share is a part of a whole in basis points, rounded; false where it is none. Neither is beyond money.Bound.
func share(part, whole int64) (summary.Value, bool) {
	if part < 0 || whole <= 0 {
		return summary.Value{}, false
	}
	return summary.Share((2*10_000*part + whole) / (2 * whole)), true
}

// inPeriod begins a sentence about a period.
func inPeriod(p schedule.Period) locale.Text {
	if ofMonths(p) {
		return say(inSpan, "period", periodText(p))
	}
	return say(overSpan, "from", p.From, "to", p.To)
}

// heading is a period above its figures, with a capital at its beginning.
func heading(p schedule.Period) locale.Text {
	if !ofMonths(p) {
		return inPeriod(p)
	}
	return each(func(l locale.Lang) string {
		text := periodText(p).In(l)
		return strings.ToUpper(text[:1]) + text[1:]
	})
}

// ofMonths reports whether a period is a month or a year of the calendar.
func ofMonths(p schedule.Period) bool {
	return p.From.Day == 1 && (p.To == p.From.AddMonths(1).AddDays(-1) || p.From.Month == 1 && p.To == p.From.AddYears(1).AddDays(-1))
}

var (
	inSpan   = locale.Text{EN: "In {period}", FR: "En {period}", ES: "En {period}"}
	overSpan = locale.Text{EN: "From {from} to {to}", FR: "Du {from} au {to}", ES: "Del {from} al {to}"}

	fundTitle = locale.Text{EN: "Fund: {period}", FR: "Fonds : {period}", ES: "Fondo: {period}"}
	fundLead  = locale.Text{
		EN: "{when} the fund received {received} and spent {spent} on its activities. On {day} it held {held} in trust for its donors, {free} of it not set aside for any activity.",
		FR: "{when}, le fonds a reçu {received} et dépensé {spent} pour ses activités. Au {day}, il détenait {held} en dépôt pour ses donateurs, dont {free} non alloués à une activité.",
		ES: "{when}, el fondo recibió {received} y gastó {spent} en sus actividades. El {day} mantenía {held} en depósito para sus donantes, de los cuales {free} sin asignar a ninguna actividad.",
	}

	openingWord          = locale.Text{EN: "Held in trust at the beginning", FR: "Détenu en dépôt au début", ES: "En depósito al principio"}
	receivedWord         = locale.Text{EN: "Contributions received", FR: "Contributions reçues", ES: "Contribuciones recibidas"}
	interestWord         = locale.Text{EN: "Interest earned", FR: "Intérêts perçus", ES: "Intereses percibidos"}
	exchangeWord         = locale.Text{EN: "Exchange differences", FR: "Différences de change", ES: "Diferencias de cambio"}
	spentWord            = locale.Text{EN: "Spent on activities", FR: "Dépensé pour les activités", ES: "Gastado en actividades"}
	supportWord          = locale.Text{EN: "Programme support costs", FR: "Dépenses d’appui au programme", ES: "Gastos de apoyo al programa"}
	refundedWord         = locale.Text{EN: "Given back to donors", FR: "Restitué aux donateurs", ES: "Devuelto a donantes"}
	heldWord             = locale.Text{EN: "Held in trust at the end", FR: "Détenu en dépôt à la fin", ES: "En depósito al final"}
	unallocatedWord      = locale.Text{EN: "of which not set aside", FR: "dont non alloué", ES: "de ello, sin asignar"}
	allocatedUnspentWord = locale.Text{EN: "of which set aside and unspent", FR: "dont alloué et non dépensé", ES: "de ello, asignado y no gastado"}

	termUpTo      = locale.Text{EN: "Term {term} up to {day}", FR: "Mandat {term} jusqu’au {day}", ES: "Periodo {term} hasta el {day}"}
	targetWord    = locale.Text{EN: "Target of the term", FR: "Objectif du mandat", ES: "Objetivo del periodo"}
	reachedWord   = locale.Text{EN: "Share of the target", FR: "Part de l’objectif", ES: "Parte del objetivo"}
	missingWord   = locale.Text{EN: "Still to be raised", FR: "Reste à mobiliser", ES: "Por recaudar"}
	sourcesOfTerm = locale.Text{EN: "Received in the term, by type of donor", FR: "Reçu pendant le mandat, par type de donateur", ES: "Recibido en el periodo, por tipo de donante"}
	otherSources  = locale.Text{EN: "Other", FR: "Autres", ES: "Otros"}
	plannedWord   = locale.Text{EN: "Planned for the term, by activity", FR: "Prévu pour le mandat, par activité", ES: "Previsto para el periodo, por actividad"}
	allocatedWord = locale.Text{EN: "Set aside in the term, by activity", FR: "Alloué pendant le mandat, par activité", ES: "Asignado en el periodo, por actividad"}
	spentOnEach   = locale.Text{EN: "Spent in the term, by activity", FR: "Dépensé pendant le mandat, par activité", ES: "Gastado en el periodo, por actividad"}
	focusOfTerm   = locale.Text{
		EN: "Share of the term’s spending that names a country", FR: "Part des dépenses du mandat pour lesquelles un pays est indiqué",
		ES: "Parte del gasto del periodo en el que consta un país",
	}

	pledgesWord        = locale.Text{EN: "Pledges", FR: "Promesses", ES: "Promesas"}
	openWord           = locale.Text{EN: "Open", FR: "Reste dû", ES: "Pendiente"}
	overdueOfIt        = locale.Text{EN: "of which overdue", FR: "dont en retard", ES: "de ello, vencido"}
	overdueInstalments = locale.Text{EN: "Overdue instalments", FR: "Échéances en retard", ES: "Plazos vencidos"}

	booksWord    = locale.Text{EN: "The books", FR: "Les comptes", ES: "Las cuentas"}
	closedToWord = locale.Text{EN: "Closed up to", FR: "Clos jusqu’au", ES: "Cerrado hasta el"}
	entriesWord  = locale.Text{EN: "Entries", FR: "Écritures", ES: "Asientos"}
	hashWord     = locale.Text{EN: "Hash of the last batch", FR: "Empreinte du dernier lot", ES: "Huella del último lote"}

	receivedTitle   = locale.Text{EN: "Contributions received", FR: "Contributions reçues", ES: "Contribuciones recibidas"}
	nothingReceived = locale.Text{EN: "None in this period.", FR: "Aucune pendant cette période.", ES: "Ninguna en este periodo."}
	spentTitle      = locale.Text{EN: "Expenditures", FR: "Dépenses", ES: "Gastos"}
	nothingSpent    = locale.Text{EN: "None in this period.", FR: "Aucune pendant cette période.", ES: "Ninguno en este periodo."}
	overdueTitle    = locale.Text{EN: "Instalments that are overdue", FR: "Échéances en retard", ES: "Plazos vencidos"}
	nothingOverdue  = locale.Text{EN: "No instalment is overdue.", FR: "Aucune échéance n’est en retard.", ES: "No hay ningún plazo vencido."}
	takenBackWord   = locale.Text{EN: "takes an entry back", FR: "annule une écriture", ES: "anula un asiento"}
	instalmentName  = locale.Text{EN: "instalment {number} of {agreement}", FR: "échéance {number} de {agreement}", ES: "plazo {number} de {agreement}"}
	openState       = locale.Text{EN: "open", FR: "à recevoir", ES: "por recibir"}
	partlyOpen      = locale.Text{EN: "{open} of {amount} open", FR: "{open} sur {amount} restent dus", ES: "{open} de {amount} pendientes"}

	fundFile = locale.Text{
		EN: "The fund’s workbook of the term {term}", FR: "Le classeur du fonds pour le mandat {term}", ES: "El libro de cálculo del fondo del periodo {term}",
	}
)
