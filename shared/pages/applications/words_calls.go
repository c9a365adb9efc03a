package applications

import "github.com/learning-cities/guildhall/shared/locale"

// The calls.
var (
	callsTitle = locale.Text{EN: "Calls", FR: "Appels", ES: "Convocatorias"}
	callsLead  = locale.Text{
		EN: "By when cities and National Commissions have to act.", FR: "Jusqu'à quand les villes et les Commissions nationales doivent agir.",
		ES: "Hasta cuándo deben actuar las ciudades y las Comisiones Nacionales.",
	}
	noCalls = locale.Text{
		EN: "No call has been published yet.", FR: "Aucun appel n'est encore publié.", ES: "Todavía no se ha publicado ninguna convocatoria.",
	}
	forYouTitle      = locale.Text{EN: "What holds for you", FR: "Ce qui vaut pour vous", ES: "Lo que rige para usted"}
	withoutExtension = locale.Text{EN: "Without an extension", FR: "Sans prolongation", ES: "Sin ampliación"}
	publishedTitle   = locale.Text{EN: "As it was published", FR: "Tel qu'il a été publié", ES: "Tal como se publicó"}
	extendedForYou   = locale.Text{
		EN: "A deadline was extended.", FR: "Une date limite a été prolongée.", ES: "Se ha ampliado un plazo.",
	}
	cityDeadlineLabel       = locale.Text{EN: "Deadline of the cities", FR: "Date limite des villes", ES: "Plazo de las ciudades"}
	commissionDeadlineLabel = locale.Text{
		EN: "Deadline of the National Commissions", FR: "Date limite des Commissions nationales", ES: "Plazo de las Comisiones Nacionales",
	}
	zoneLabel  = locale.Text{EN: "Time zone", FR: "Fuseau horaire", ES: "Zona horaria"}
	quotaLabel = locale.Text{EN: "Quota", FR: "Quota", ES: "Cupo"}
	quotaEach  = locale.Text{
		EN: "Each National Commission submits at most {limit} cities.", FR: "Chaque Commission nationale présente {limit} villes au plus.",
		ES: "Cada Comisión Nacional presenta como máximo {limit} ciudades.",
	}

	extensionsTitle = locale.Text{EN: "Extensions", FR: "Prolongations", ES: "Ampliaciones"}
	noExtensions    = locale.Text{
		EN: "No deadline was extended.", FR: "Aucune date limite n'a été prolongée.", ES: "No se ha ampliado ningún plazo.",
	}
	whichLabel     = locale.Text{EN: "Which deadline", FR: "Quelle date limite", ES: "Qué plazo"}
	forWhomLabel   = locale.Text{EN: "For whom", FR: "Pour qui", ES: "Para quién"}
	everybodyLabel = locale.Text{EN: "all countries", FR: "tous les pays", ES: "todos los países"}
	untilLabel     = locale.Text{EN: "New last day", FR: "Nouveau dernier jour", ES: "Nuevo último día"}
	grantedLabel   = locale.Text{EN: "Granted", FR: "Accordée", ES: "Concedida"}
	onlyCityLabel  = locale.Text{EN: "Only one city of the country", FR: "Une seule ville du pays", ES: "Solo una ciudad del país"}
	onlyCityHint   = locale.Text{
		EN: "Its name; leave it empty for all cities.", FR: "Son nom ; laissez vide pour toutes les villes.",
		ES: "Su nombre; déjelo en blanco para todas las ciudades.",
	}
	extendTitle = locale.Text{EN: "Extend a deadline", FR: "Prolonger une date limite", ES: "Ampliar un plazo"}
	extendWill  = locale.Text{
		EN: "The extension holds at once and is shown to those whom it is about, with its reason. It can't be taken back: a deadline is never brought forward.",
		FR: "La prolongation vaut tout de suite et est montrée aux intéressés avec son motif. Elle ne peut être retirée : une date limite n'est jamais avancée.",
		ES: "La ampliación rige de inmediato y se muestra a los interesados con su motivo. No puede retirarse: un plazo nunca se adelanta.",
	}
	extendReason = locale.Text{
		EN: "Those whom it is about read it.", FR: "Les intéressés le lisent.", ES: "Lo leen los interesados.",
	}

	quotasTitle    = locale.Text{EN: "Countries", FR: "Pays", ES: "Países"}
	submittedLabel = locale.Text{EN: "Submitted", FR: "Présentées", ES: "Presentadas"}
	endorsedLabel  = locale.Text{EN: "Endorsed, to choose from", FR: "Avalisées, à choisir", ES: "Avaladas, por elegir"}
	waitingLabel   = locale.Text{EN: "To be endorsed", FR: "À avaliser", ES: "Por avalar"}
	ofLimit        = locale.Text{EN: "{n} of {limit}", FR: "{n} sur {limit}", ES: "{n} de {limit}"}
)
