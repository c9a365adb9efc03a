package exports

// What the workbook of a survey says.
var (
	surveyBookTitle = say("Survey of member cities", "Enquête auprès des villes membres", "Encuesta a las ciudades miembro")
	resultTab       = say("Result", "Résultat", "Resultado")
	regionsTab      = say("Regions", "Régions", "Regiones")
	willingTab      = say("Would coordinate", "Prêtes à coordonner", "Dispuestas a coordinar")
	askedTab        = say("Members asked", "Membres interrogés", "Miembros consultados")
	answersTab      = say("Answers", "Réponses", "Respuestas")

	definitionTab = say("Questions", "Questions", "Preguntas")
	uncountedTab  = say("Not counted", "Non comptées", "No contadas")

	definitionTitle   = say("What the member cities were asked", "Ce qui a été demandé aux villes membres", "Qué se preguntó a las ciudades miembro")
	opensOn           = say("Open from", "Ouverte à partir du", "Abierta desde el")
	closesOn          = say("Closes on, the last day in time", "Clôture, dernier jour admis", "Cierre, último día admitido")
	zoneWord          = say("Time zone", "Fuseau horaire", "Huso horario")
	definitionSource  = say("Source of the dates", "Source des dates", "Fuente de las fechas")
	askedWhat         = say("The questions", "Les questions", "Las preguntas")
	concernsQuestion  = say("Which of the topics below are the city’s primary concerns? At most %d.", "Lesquels des thèmes ci-dessous sont les préoccupations principales de la ville ? %d au plus.", "¿Cuáles de los temas siguientes son las principales inquietudes de la ciudad? Como máximo %d.")
	anyConcerns       = say("Which of the topics below are the city’s primary concerns?", "Lesquels des thèmes ci-dessous sont les préoccupations principales de la ville ?", "¿Cuáles de los temas siguientes son las principales inquietudes de la ciudad?")
	willingQuestion   = say("Would the city coordinate a thematic cluster?", "La ville coordonnerait-elle un pôle thématique ?", "¿Coordinaría la ciudad un grupo temático?")
	topicList         = say("Topics and the clusters that they form", "Thèmes et pôles qu’ils forment", "Temas y grupos que forman")
	topicGroupWord    = say("Group of topics", "Groupe de thèmes", "Grupo de temas")
	noAnswers         = say("No answer to this survey is on record.", "Aucune réponse à cette enquête n’est enregistrée.", "No hay ninguna respuesta registrada a esta encuesta.")
	noneAsked         = say("No city on record was a member on the closing date.", "Aucune ville enregistrée n’était membre à la clôture.", "Ninguna ciudad registrada era miembro al cierre.")
	noneWilling       = say("No city whose answer counts would coordinate a cluster.", "Aucune ville dont la réponse compte ne coordonnerait un pôle.", "Ninguna ciudad cuya respuesta cuenta coordinaría un grupo.")
	allCount          = say("Every answer on record counts.", "Toutes les réponses enregistrées comptent.", "Todas las respuestas registradas cuentan.")
	uncountedSubtitle = say("answers on record that count nowhere; the latest answer of a city before the closing date counts", "réponses enregistrées qui ne comptent pas ; seule compte la dernière réponse d’une ville avant la clôture", "respuestas registradas que no cuentan; cuenta la última respuesta de una ciudad antes del cierre")
	countsInstead     = say("Counted instead", "Comptée à sa place", "Contada en su lugar")

	surveyPeriod     = say("from %s to %s", "du %s au %s", "del %s al %s")
	responseHeading  = say("Response", "Participation", "Participación")
	membersAsked     = say("Members asked", "Membres interrogés", "Miembros consultados")
	membersAnswered  = say("Members who answered", "Membres ayant répondu", "Miembros que respondieron")
	responseRate     = say("Response rate", "Taux de réponse", "Tasa de respuesta")
	responseByRegion = say("Response by UNESCO region", "Participation par région de l’UNESCO", "Participación por región de la UNESCO")

	onRecord             = say("Answers on record", "Réponses enregistrées", "Respuestas registradas")
	replacedWord         = say("replaced by a later one", "remplacée par une plus récente", "sustituida por otra posterior")
	lateWord             = say("after the closing date", "après la clôture", "después del cierre")
	countedAnswers       = say("Answers counted", "Réponses comptées", "Respuestas contadas")
	notMembersThen       = say("of which from cities that were no members then", "dont de villes non membres alors", "de ellas, de ciudades no miembro entonces")
	wouldCoordinateShort = say("Would coordinate", "Prêtes à coordonner", "Dispuestas a coordinar")

	topicsByRegionHeading   = say("Votes by topic and region", "Voix par thème et par région", "Votos por tema y región")
	clustersByRegionHeading = say("Votes by cluster and region", "Voix par pôle et par région", "Votos por grupo y región")
	willingByRegionHeading  = say("Cities that would coordinate, by cluster and region", "Villes prêtes à coordonner, par pôle et par région", "Ciudades dispuestas a coordinar, por grupo y región")
	topicColumnsRemark      = say("votes of each country for the topics 1 to 12; the topic stands in the note of its title", "voix de chaque pays pour les thèmes 1 à 12 ; le thème figure dans la note de son titre", "votos de cada país por los temas 1 a 12; el tema figura en la nota de su título")

	answeredOn      = say("Answered on", "Répondu le", "Respondida el")
	countsWord      = say("Counts", "Compte", "Cuenta")
	coordinateWord  = say("Would coordinate", "Prête à coordonner", "Dispuesta a coordinar")
	remarkWord      = say("Remark", "Remarque", "Observación")
	memberSince     = say("Member since", "Membre depuis", "Miembro desde")
	askedSubtitle   = say("cities that were members on the closing date, %s; those without a date have not answered", "villes membres à la clôture, le %s ; celles sans date n’ont pas répondu", "ciudades miembro al cierre, el %s; las que no tienen fecha no han respondido")
	willingSubtitle = say("cities that name a topic of the cluster and would coordinate one; only members can", "villes qui citent un thème du pôle et coordonneraient un pôle ; seuls les membres le peuvent", "ciudades que nombran un tema del grupo y coordinarían uno; solo pueden hacerlo los miembros")
	seatsWord       = say("Seats", "Sièges", "Puestos")
	rowWords        = say("%s, sheet “%s”, row %d", "%s, feuille « %s », ligne %d", "%s, hoja «%s», fila %d")
	isMemberWord    = say("member", "membre", "miembro")
	noMemberWord    = say("not a member today", "pas membre aujourd’hui", "hoy no es miembro")
)

var surveyRules = []ruleNote{
	{"R-SUR-1", say("Member cities name up to three topics of primary concern and say whether they would coordinate a cluster.", "Les villes membres citent jusqu’à trois thèmes prioritaires et disent si elles coordonneraient un pôle.", "Las ciudades miembro nombran hasta tres temas prioritarios y dicen si coordinarían un grupo.")},
	{"R-SUR-2", say("One answer per city counts: its latest on or before the closing date. The response rate is among the cities that were members on that day.", "Une seule réponse par ville compte : la dernière au plus tard le jour de la clôture. Le taux de réponse porte sur les villes membres ce jour-là.", "Cuenta una respuesta por ciudad: la última hasta el día del cierre. La tasa de respuesta se refiere a las ciudades miembro ese día.")},
	membershipRule("R-SUR-3"),
	membershipRule("R-SUR-5"),
	membershipRule("R-REG-1"),
	{"R-CLU-3", say("A cluster has two coordinating cities: where fewer would coordinate, the sum is marked.", "Un pôle a deux villes coordinatrices : quand moins de villes sont prêtes, la somme est marquée.", "Un grupo tiene dos ciudades coordinadoras: donde hay menos dispuestas, la suma está marcada.")},
}

// membershipRule is a rule that the membership workbook explains in the same words.
func membershipRule(rule string) ruleNote {
	for _, note := range membershipRules {
		if note.rules == rule {
			return note
		}
	}
	return ruleNote{rules: rule}
}
