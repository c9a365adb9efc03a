package iati

import "github.com/learning-cities/guildhall/shared/locale"

func say(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

// What the file tells.
var (
	reporterName = say("UNESCO Institute for Lifelong Learning (UIL)", "Institut de l’UNESCO pour l’apprentissage tout au long de la vie (UIL)",
		"Instituto de la UNESCO para el Aprendizaje a lo Largo de Toda la Vida (UIL)")
	fundTitle = say("Multi-donor Funding Modality of the network of learning cities", "Modalité de financement multidonateurs du réseau des villes apprenantes",
		"Modalidad de financiamiento de múltiples donantes de la red de ciudades del aprendizaje")
	fundDescription = say(
		"Pooled contributions of member cities, countries, companies and foundations to the activities of the network. The money is held in trust until it is spent.",
		"Contributions mises en commun de villes membres, de pays, d’entreprises et de fondations aux activités du réseau. L’argent est détenu en dépôt jusqu’à ce qu’il soit dépensé.",
		"Contribuciones reunidas de ciudades miembro, países, empresas y fundaciones a las actividades de la red. El dinero se mantiene en depósito hasta que se gasta.")
	fundActivity = say("An activity paid from the Multi-donor Funding Modality of the network of learning cities.",
		"Une activité financée par la modalité de financement multidonateurs du réseau des villes apprenantes.",
		"Una actividad pagada con la modalidad de financiamiento de múltiples donantes de la red de ciudades del aprendizaje.")

	refundWords   = say("Given back to the donor", "Rendu au donateur", "Devuelto al donante")
	interestWords = say("Interest earned on the money held", "Intérêts perçus sur l’argent détenu", "Intereses percibidos por el dinero mantenido")
	exchangeWords = say("Difference of exchange", "Écart de change", "Diferencia de cambio")
	supportWords  = say("Programme support costs of the administrative agent", "Dépenses d’appui au programme de l’agent administratif",
		"Gastos de apoyo al programa del agente administrativo")
	allocationWords = say("Set aside for the activity", "Alloué à l’activité", "Asignado a la actividad")
	freedWords      = say("No longer set aside for the activity", "N’est plus alloué à l’activité", "Ya no asignado a la actividad")
	reversalWords   = say("Takes back %s", "Annule %s", "Anula %s")
	paidWords       = say("%s, at 1 %s = %s %s (%s, %s)", "%s, à 1 %s = %s %s (%s, %s)", "%s, a 1 %s = %s %s (%s, %s)")

	resultsOf = say("Results of the term %s", "Résultats du mandat %s", "Resultados del periodo %s")
	inWords   = say("What was achieved, in words", "Ce qui a été accompli, en mots", "Lo que se logró, en palabras")
)
