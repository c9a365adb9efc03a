package exports

// What the budget workbook says, in the words of the strategy's three versions.
var (
	budgetTitle = say("Budget of the thematic clusters and the fund, %s", "Budget des pôles thématiques et du fonds, %s",
		"Presupuesto de los grupos temáticos y del fondo, %s")
	termWords = say("Term %s (%s to %s)", "Mandat %s (du %s au %s)", "Periodo %s (del %s al %s)")

	overviewTab      = say("Overview", "Vue d’ensemble", "Resumen")
	fundTab          = say("Fund", "Fonds", "Fondo")
	contributionsTab = say("Contributions received", "Contributions reçues", "Contribuciones recibidas")
	notesTab         = say("Notes", "Notes", "Notas")

	overviewHeading = say("Thematic clusters: cost by work area", "Pôles thématiques : coût par champ d’action",
		"Grupos temáticos: coste por área de trabajo")
	workArea       = say("Work area", "Champ d’action", "Área de trabajo")
	allClusters    = say("All clusters", "Tous les pôles", "Todos los grupos")
	total          = say("Total", "Total", "Total")
	printedHeading = say("Computed and printed", "Calculé et imprimé", "Calculado e impreso")
	oneComputed    = say("One cluster: computed", "Un pôle : calculé", "Un grupo: calculado")
	onePrinted     = say("One cluster: printed", "Un pôle : imprimé", "Un grupo: impreso")
	allComputed    = say("All clusters: computed", "Tous les pôles : calculé", "Todos los grupos: calculado")
	allPrinted     = say("All clusters: printed", "Tous les pôles : imprimé", "Todos los grupos: impreso")
	differenceWord = say("Difference", "Écart", "Diferencia")
	derivedNote    = say("No source prints this sum: it follows from the lines (%s).", "Aucune source n’imprime cette somme : elle découle des lignes (%s).",
		"Ninguna fuente imprime esta suma: se deduce de las líneas (%s).")
	oddNote = say("The source prints “%s”.", "La source imprime « %s ».", "La fuente imprime «%s».")

	clusterMoneyHeading = say("Clusters: planned, and what the fund allocated and spent for them", "Pôles : prévu, et ce que le fonds a alloué et dépensé pour eux", "Grupos: previsto, y lo que el fondo asignó y gastó para ellos")
	noLine              = say("For the cluster, no line named", "Pour le pôle, sans ligne nommée", "Para el grupo, sin línea indicada")

	offersHeading = say("Offers of member cities, by cluster", "Offres des villes membres, par pôle", "Ofertas de las ciudades miembro, por grupo")
	clusterTitle  = say("Thematic cluster", "Pôle thématique", "Grupo temático")
	citiesIn      = say("Member cities", "Villes membres", "Ciudades miembro")
	citiesAnswer  = say("Cities that answered", "Villes ayant répondu", "Ciudades que respondieron")
	linesAsked    = say("Activities that cities can carry", "Activités que des villes peuvent porter", "Actividades que pueden asumir las ciudades")
	linesOffered  = say("With an offer", "Avec une offre", "Con oferta")
	linesOpen     = say("Without an offer", "Sans offre", "Sin oferta")

	unassignedNote = say("In no cluster during the term, so that their offers count nowhere above: %s.", "Dans aucun pôle pendant le mandat, leurs offres ne comptent donc pas ci-dessus : %s.", "En ningún grupo durante el periodo, por lo que sus ofertas no cuentan arriba: %s.")
	fundHeading    = say("Multi-donor Funding Modality (the fund)", "Modalité de financement multidonateurs (le fonds)", "Modalidad de financiamiento de múltiples donantes (el fondo)")
	item           = say("Item", "Rubrique", "Concepto")
	target         = say("Target of the term", "Objectif du mandat", "Objetivo del periodo")
	planned        = say("Planned", "Prévu", "Previsto")
	receivedTotal  = say("Received", "Reçu", "Recibido")
	earmarkedRow   = say("of which earmarked for an activity", "dont affecté à une activité", "del cual, destinado a una actividad")
	unearmarkRow   = say("of which for no single activity", "dont affecté à aucune activité", "del cual, sin una actividad fijada")
	stillToRaise   = say("Still to be raised", "Reste à mobiliser", "Por recaudar")

	chartAreas  = say("Cost of all clusters by work area", "Coût de tous les pôles par champ d’action", "Coste de todos los grupos por área de trabajo")
	chartOffers = say("Activities with and without an offer", "Activités avec et sans offre", "Actividades con y sin oferta")

	clusterSubtitle = say("%s · topics: %s · member cities: %d · answers to the questionnaire: %d", "%s · thèmes : %s · villes membres : %d · réponses au questionnaire : %d",
		"%s · temas: %s · ciudades miembro: %d · respuestas al cuestionario: %d")
	code        = say("Code", "Code", "Código")
	activity    = say("Activity", "Activité", "Actividad")
	responsible = say("Responsible party", "Partie responsable", "Parte responsable")
	unitCost    = say("Unit cost", "Coût unitaire", "Coste unitario")
	quantity    = say("Quantity", "Quantité", "Cantidad")
	cost        = say("Cost", "Coût", "Coste")
	offersCount = say("Offers", "Offres", "Ofertas")
	offeredBy   = say("Offered by", "Offert par", "Ofrecido por")
	noOffer     = say("no offer yet", "pas encore d’offre", "aún sin oferta")
	notAsked    = say("not asked in the questionnaire", "non demandé dans le questionnaire", "no se pregunta en el cuestionario")
	areaSums    = say("Sum by work area", "Somme par champ d’action", "Suma por área de trabajo")
	computedSum = say("Computed", "Calculé", "Calculado")
	printedSum  = say("Printed", "Imprimé", "Impreso")
	ownWords    = say("What the cities offer, in their own words", "Ce que les villes offrent, dans leurs propres termes", "Lo que ofrecen las ciudades, en sus propias palabras")
	question    = say("Item of the questionnaire", "Question", "Punto del cuestionario")
	city        = say("City", "Ville", "Ciudad")
	countryWord = say("Country", "Pays", "País")
	offerText   = say("Offer", "Offre", "Oferta")
)
