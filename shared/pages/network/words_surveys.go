package network

import "github.com/learning-cities/guildhall/shared/locale"

// The texts of the surveys' pages.
var (
	surveysLead = locale.Text{
		EN: "What member cities say their primary concerns are.",
		FR: "Ce que les villes membres déclarent être leurs préoccupations principales.",
		ES: "Lo que las ciudades miembro declaran como sus preocupaciones principales.",
	}
	noSurveys = locale.Text{
		EN: "There was no survey yet.",
		FR: "Il n'y a pas encore eu d'enquête.",
		ES: "Todavía no ha habido ninguna encuesta.",
	}
	surveyWord       = locale.Text{EN: "Survey", FR: "Enquête", ES: "Encuesta"}
	surveyOf         = locale.Text{EN: "Survey {survey}", FR: "Enquête {survey}", ES: "Encuesta {survey}"}
	opensWord        = locale.Text{EN: "Open from", FR: "Ouverte à partir du", ES: "Abierta desde el"}
	closesWord       = locale.Text{EN: "Closes on", FR: "Clôture le", ES: "Cierra el"}
	surveyOpenWord   = locale.Text{EN: "open", FR: "ouverte", ES: "abierta"}
	surveyClosedWord = locale.Text{EN: "closed", FR: "close", ES: "cerrada"}
	surveyPeriod     = locale.Text{
		EN: "From {from} to {until}. A city's latest answer in time counts.",
		FR: "Du {from} au {until}. La dernière réponse d'une ville dans les délais compte.",
		ES: "Del {from} al {until}. Cuenta la última respuesta de cada ciudad dentro del plazo.",
	}
	noAnswers = locale.Text{
		EN: "No answer to this survey is on record. Send the answers as a sheet.",
		FR: "Aucune réponse à cette enquête n'est enregistrée. Envoyez les réponses dans un classeur.",
		ES: "No hay ninguna respuesta registrada a esta encuesta. Envíe las respuestas en un libro.",
	}
	countedAnswers = locale.Text{
		EN: "Cities whose answer counts",
		FR: "Villes dont la réponse compte",
		ES: "Ciudades cuya respuesta cuenta",
	}
	keptNote         = locale.Text{EN: "of {n} answers on record", FR: "sur {n} réponses enregistrées", ES: "de {n} respuestas registradas"}
	responseRate     = locale.Text{EN: "Response rate", FR: "Taux de réponse", ES: "Tasa de respuesta"}
	responseNote     = locale.Text{EN: "{n} of {of} members", FR: "{n} membres sur {of}", ES: "{n} de {of} miembros"}
	regionCountWord  = locale.Text{EN: "UNESCO region", FR: "région de l'UNESCO", ES: "región de la UNESCO"}
	regionsCountWord = locale.Text{EN: "UNESCO regions", FR: "régions de l'UNESCO", ES: "regiones de la UNESCO"}
	wouldCoordinate  = locale.Text{EN: "Would coordinate", FR: "Prêtes à coordonner", ES: "Dispuestas a coordinar"}
	wouldNote        = locale.Text{EN: "a cluster", FR: "un pôle", ES: "un grupo"}
	topicVotes       = locale.Text{EN: "Votes by topic", FR: "Voix par thème", ES: "Votos por tema"}
	clusterVotes     = locale.Text{EN: "Votes by cluster", FR: "Voix par pôle", ES: "Votos por grupo"}
	topicWord        = locale.Text{EN: "Topic", FR: "Thème", ES: "Tema"}
	votesWord        = locale.Text{EN: "Votes", FR: "Voix", ES: "Votos"}
	responseTitle    = locale.Text{EN: "Response", FR: "Participation", ES: "Participación"}
	responseByRegion = locale.Text{
		EN: "Response by UNESCO region",
		FR: "Participation par région de l'UNESCO",
		ES: "Participación por región de la UNESCO",
	}
	responseByCountry = locale.Text{EN: "Response by country", FR: "Participation par pays", ES: "Participación por país"}
	membersAsked      = locale.Text{EN: "Members asked", FR: "Membres interrogés", ES: "Miembros consultados"}
	membersAnswered   = locale.Text{EN: "Answered", FR: "Ont répondu", ES: "Respondieron"}
	differencesTitle  = locale.Text{
		EN: "Compared with what was published",
		FR: "Comparaison avec ce qui a été publié",
		ES: "Comparación con lo publicado",
	}
	differencesNote = locale.Text{
		EN: "These figures are not the published ones. Both stand here, and neither is made to agree.",
		FR: "Ces chiffres diffèrent de ceux qui ont été publiés. Les deux figurent ici, sans être ajustés.",
		ES: "Estas cifras no son las publicadas. Ambas figuran aquí, sin ajustarse.",
	}
	figureWord     = locale.Text{EN: "Figure", FR: "Chiffre", ES: "Cifra"}
	countedHere    = locale.Text{EN: "Counted here", FR: "Compté ici", ES: "Contado aquí"}
	publishedWord  = locale.Text{EN: "Published", FR: "Publié", ES: "Publicado"}
	answersWord    = locale.Text{EN: "Answers", FR: "Réponses", ES: "Respuestas"}
	answersCaption = locale.Text{
		EN: "The answers on record, by city and day",
		FR: "Les réponses enregistrées, par ville et par jour",
		ES: "Las respuestas registradas, por ciudad y día",
	}
	countsWord    = locale.Text{EN: "counts", FR: "compte", ES: "cuenta"}
	countsNotWord = locale.Text{EN: "doesn't count", FR: "ne compte pas", ES: "no cuenta"}
)
