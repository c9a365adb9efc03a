package network

import "github.com/learning-cities/guildhall/shared/locale"

// The texts of the clusters' pages.
var (
	clustersLead = locale.Text{
		EN: "What the network's cities work on together, and who coordinates it.",
		FR: "Ce sur quoi les villes du réseau travaillent ensemble, et qui le coordonne.",
		ES: "En qué trabajan juntas las ciudades de la red, y quién lo coordina.",
	}
	coordinatesUntil = locale.Text{EN: "{country}, until {until}", FR: "{country}, jusqu'au {until}", ES: "{country}, hasta el {until}"}
	noCoordinators   = locale.Text{
		EN: "No city coordinates it in this term. The secretariat chooses among the candidates.",
		FR: "Aucune ville ne le coordonne pendant ce mandat. Le secrétariat choisit parmi les candidates.",
		ES: "Ninguna ciudad lo coordina en este periodo. La secretaría elige entre las candidatas.",
	}
	coordinatorsCaption = locale.Text{
		EN: "Who coordinates, from when and until when",
		FR: "Qui coordonne, à partir de quand et jusqu'à quand",
		ES: "Quién coordina, desde cuándo y hasta cuándo",
	}
	allCoordinators = locale.Text{
		EN: "The coordinating cities of all clusters",
		FR: "Les villes coordinatrices de tous les pôles",
		ES: "Las ciudades coordinadoras de todos los grupos",
	}
	announcedWord  = locale.Text{EN: "Announced on", FR: "Annoncée le", ES: "Anunciada el"}
	notAnnounced   = locale.Text{EN: "not announced yet", FR: "pas encore annoncée", ES: "aún sin anunciar"}
	laidDownWord   = locale.Text{EN: "laid down", FR: "mandat abandonné", ES: "mandato dejado"}
	decisionWord   = locale.Text{EN: "Decision", FR: "Décision", ES: "Decisión"}
	decisionOf     = locale.Text{EN: "Decision on {city}", FR: "Décision sur {city}", ES: "Decisión sobre {city}"}
	seatsNote      = locale.Text{EN: "of {n} seats", FR: "sur {n} sièges", ES: "de {n} puestos"}
	heldWord       = locale.Text{EN: "Activities held", FR: "Activités tenues", ES: "Actividades celebradas"}
	activitiesNote = locale.Text{EN: "of {n} in the work plan", FR: "sur {n} du plan de travail", ES: "de {n} del plan de trabajo"}
	overdueWord    = locale.Text{EN: "Duties overdue", FR: "Obligations en retard", ES: "Obligaciones atrasadas"}
	overdueNote    = locale.Text{EN: "in this term", FR: "pendant ce mandat", ES: "en este periodo"}
	gapsWord       = locale.Text{EN: "Gaps", FR: "Lacunes", ES: "Carencias"}
	gapsNote       = locale.Text{
		EN: "budget lines that no city offers to carry",
		FR: "lignes budgétaires qu'aucune ville ne propose de porter",
		ES: "líneas presupuestarias que ninguna ciudad ofrece asumir",
	}
	citiesByRegion = locale.Text{EN: "Cities by region", FR: "Villes par région", ES: "Ciudades por región"}
	rosterCaption  = locale.Text{
		EN: "The cities that take part today",
		FR: "Les villes qui participent aujourd'hui",
		ES: "Las ciudades que participan hoy",
	}
	noCities = locale.Text{
		EN: "No city takes part today. The secretariat enters it on the page of the city that joins.",
		FR: "Aucune ville ne participe aujourd'hui. Le secrétariat l'enregistre sur la page de la ville qui entre dans le pôle.",
		ES: "Ninguna ciudad participa hoy. La secretaría lo registra en la página de la ciudad que se incorpora.",
	}
	offersTitle   = locale.Text{EN: "Offers and gaps", FR: "Offres et lacunes", ES: "Ofertas y carencias"}
	offersCaption = locale.Text{
		EN: "What the cluster's cities offer to carry, by budget line",
		FR: "Ce que les villes du pôle proposent de porter, par ligne budgétaire",
		ES: "Lo que las ciudades del grupo ofrecen asumir, por línea presupuestaria",
	}
	answeredOne = locale.Text{
		EN: "city of the cluster answered the questionnaire",
		FR: "ville du pôle a répondu au questionnaire",
		ES: "ciudad del grupo respondió al cuestionario",
	}
	answeredMore = locale.Text{
		EN: "cities of the cluster answered the questionnaire",
		FR: "villes du pôle ont répondu au questionnaire",
		ES: "ciudades del grupo respondieron al cuestionario",
	}
	carriersWord = locale.Text{EN: "Offered by", FR: "Proposé par", ES: "Ofrecido por"}
	gapWord      = locale.Text{EN: "gap", FR: "lacune", ES: "carencia"}
	notAsked     = locale.Text{
		EN: "The questionnaire doesn't ask for it.",
		FR: "Le questionnaire ne le demande pas.",
		ES: "El cuestionario no lo pregunta.",
	}
)
