package network

import "github.com/learning-cities/guildhall/shared/locale"

// The texts that several pages have.
var (
	membersTitle      = locale.Text{EN: "Members", FR: "Membres", ES: "Miembros"}
	clustersTitle     = locale.Text{EN: "Clusters", FR: "Pôles", ES: "Grupos"}
	surveysTitle      = locale.Text{EN: "Surveys", FR: "Enquêtes", ES: "Encuestas"}
	coordinatorsTitle = locale.Text{EN: "Coordinating cities", FR: "Villes coordinatrices", ES: "Ciudades coordinadoras"}
	citiesTitle       = locale.Text{EN: "Cities", FR: "Villes", ES: "Ciudades"}
	cityTitle         = locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"}
	cityWord          = locale.Text{EN: "city", FR: "ville", ES: "ciudad"}
	citiesWord        = locale.Text{EN: "cities", FR: "villes", ES: "ciudades"}
	countryWord       = locale.Text{EN: "Country", FR: "Pays", ES: "País"}
	countriesWord     = locale.Text{EN: "Countries", FR: "Pays", ES: "Países"}
	regionWord        = locale.Text{EN: "UNESCO region", FR: "Région de l'UNESCO", ES: "Región de la UNESCO"}
	noRegionWord      = locale.Text{EN: "no region on record", FR: "sans région enregistrée", ES: "sin región registrada"}
	clusterWord       = locale.Text{EN: "Cluster", FR: "Pôle", ES: "Grupo"}
	topicsWord        = locale.Text{EN: "Topics", FR: "Thèmes", ES: "Temas"}
	stateWord         = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	fromWord          = locale.Text{EN: "From", FR: "Du", ES: "Desde"}
	untilWord         = locale.Text{EN: "Until", FR: "Au", ES: "Hasta"}
	dayWord           = locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}
	reasonWord        = locale.Text{EN: "Reason", FR: "Motif", ES: "Motivo"}
	termWord          = locale.Text{EN: "Term", FR: "Mandat", ES: "Periodo"}
	termPeriod        = locale.Text{EN: "{term} ({from} to {until})", FR: "{term} (du {from} au {until})", ES: "{term} (del {from} al {until})"}
	fromUntil         = locale.Text{EN: "{from} to {until}", FR: "du {from} au {until}", ES: "del {from} al {until}"}
	chooseWord        = locale.Text{EN: "Choose …", FR: "Choisir…", ES: "Elegir…"}
	noneWord          = locale.Text{EN: "none", FR: "aucun", ES: "ninguno"}
	yesWord           = locale.Text{EN: "yes", FR: "oui", ES: "sí"}
	noWord            = locale.Text{EN: "no", FR: "non", ES: "no"}
)

// The texts of the list of members.
var (
	searchWord = locale.Text{EN: "Name", FR: "Nom", ES: "Nombre"}
	searchHint = locale.Text{
		EN: "Any part of what a city or its country is called, such as Brest.",
		FR: "Une partie du nom d'une ville ou de son pays, par exemple Brest.",
		ES: "Una parte del nombre de una ciudad o de su país, por ejemplo Brest.",
	}
	anyCountry     = locale.Text{EN: "All countries", FR: "Tous les pays", ES: "Todos los países"}
	anyRegion      = locale.Text{EN: "All regions", FR: "Toutes les régions", ES: "Todas las regiones"}
	anyCluster     = locale.Text{EN: "All clusters", FR: "Tous les pôles", ES: "Todos los grupos"}
	anyState       = locale.Text{EN: "Members, past and future", FR: "Membres, anciens et à venir", ES: "Miembros, antiguos y futuros"}
	memberNow      = locale.Text{EN: "Member", FR: "Membre", ES: "Miembro"}
	memberBefore   = locale.Text{EN: "Former member", FR: "Ancien membre", ES: "Antiguo miembro"}
	memberLater    = locale.Text{EN: "Joins later", FR: "Adhésion à venir", ES: "Se incorpora más adelante"}
	nameWord       = locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"}
	sinceWord      = locale.Text{EN: "Member since", FR: "Membre depuis le", ES: "Miembro desde el"}
	membersCaption = locale.Text{
		EN: "The cities on record, by country",
		FR: "Les villes enregistrées, par pays",
		ES: "Las ciudades registradas, por país",
	}
	noMembersFound = locale.Text{
		EN: "No city on record is like this. Ask for less: leave the name open, or choose all countries and members past and future.",
		FR: "Aucune ville enregistrée ne correspond. Élargissez la recherche\u00a0: laissez le nom vide, ou choisissez tous les pays et les membres, anciens et à venir.",
		ES: "Ninguna ciudad registrada coincide. Amplíe la búsqueda: deje el nombre vacío, o elija todos los países y los miembros, antiguos y futuros.",
	}
)

// The texts of a city's page.
var (
	lastDayWord          = locale.Text{EN: "Last day as a member", FR: "Dernier jour en tant que membre", ES: "Último día como miembro"}
	earlierWord          = locale.Text{EN: "Member before", FR: "Déjà membre", ES: "Miembro anteriormente"}
	populationWord       = locale.Text{EN: "Population", FR: "Population", ES: "Población"}
	websiteWord          = locale.Text{EN: "Website", FR: "Site web", ES: "Sitio web"}
	otherNamesWord       = locale.Text{EN: "Also written", FR: "Autres graphies", ES: "Otras grafías"}
	participationTitle   = locale.Text{EN: "Participation in clusters", FR: "Participation aux pôles", ES: "Participación en grupos"}
	participationCaption = locale.Text{
		EN: "The periods in which the city takes part in clusters",
		FR: "Les périodes pendant lesquelles la ville participe à des pôles",
		ES: "Los periodos en los que la ciudad participa en grupos",
	}
	noParticipation = locale.Text{
		EN: "The city takes part in no cluster. The secretariat enters it when the city joins one.",
		FR: "La ville ne participe à aucun pôle. Le secrétariat l'enregistre lorsqu'elle entre dans un pôle.",
		ES: "La ciudad no participa en ningún grupo. La secretaría lo registra cuando se incorpora a uno.",
	}
	lapsedWord = locale.Text{EN: "lapsed", FR: "échue", ES: "vencida"}
	offerTitle = locale.Text{
		EN: "What the city offers in this term",
		FR: "Ce que la ville propose pour ce mandat",
		ES: "Lo que la ciudad ofrece en este periodo",
	}
	storyTitle = locale.Text{EN: "The city's story", FR: "L'histoire de la ville", ES: "La historia de la ciudad"}
	noStory    = locale.Text{
		EN: "Nothing is on record of the city's past yet.",
		FR: "Rien n'est encore enregistré du passé de la ville.",
		ES: "Todavía no consta nada del pasado de la ciudad.",
	}
	endedWord = locale.Text{EN: "no longer on record", FR: "n'est plus enregistré", ES: "ya no consta"}
)
