package exports

// What the sheets of the fund and its contributions say.
var (
	heldInTrust = say("money held in trust: a liability until it is spent (R-FUN-2)",
		"fonds en dépôt : un engagement jusqu’à leur dépense (R-FUN-2)",
		"fondos en depósito: un pasivo hasta que se gasten (R-FUN-2)")
	receivedTowards = say("Received towards it", "Reçu à ce titre", "Recibido para ello")
	receivedInTerm  = say("Received in the term", "Reçu pendant le mandat", "Recibido en el periodo")
	shareOfPlan     = say("Share of plan", "Part du plan", "Parte del plan")
	shareOfAll      = say("Share", "Part", "Parte")
	gifts           = say("Contributions", "Contributions", "Contribuciones")
	plannedSum      = say("Planned for the activities", "Prévu pour les activités", "Previsto para las actividades")
	earmarkedSum    = say("All activities (earmarked)", "Toutes les activités (affecté)", "Todas las actividades (con destino)")
	unearmarked     = say("Unearmarked", "Non affecté", "Sin destino fijado")
	forNoActivity   = say("For no single activity", "Affecté à aucune activité", "Sin una actividad fijada")
	targetOfTerm    = say("Target of the term (R-FUN-1)", "Objectif du mandat (R-FUN-1)", "Objetivo del periodo (R-FUN-1)")
	unratedNote     = say("%d contributions in other currencies have no stated rate and are in no sum (R-FUN-9).",
		"%d contributions en d’autres devises n’ont pas de taux indiqué et ne sont dans aucune somme (R-FUN-9).",
		"%d contribuciones en otras monedas no tienen tipo de cambio indicado y no están en ninguna suma (R-FUN-9).")

	sourcesTab     = say("Donors and beneficiaries", "Donateurs et bénéficiaires", "Donantes y beneficiarios")
	sourcesHeading = say("Where the money came from", "Origine des fonds", "Procedencia de los fondos")
	donorType      = say("Type of donor", "Type de donateur", "Tipo de donante")
	asPaid         = say("As paid, by currency", "Versé, par devise", "Pagado, por moneda")

	focusHeading = say("Whom the fund is meant for first (R-FUN-5)", "Bénéficiaires prioritaires du fonds (R-FUN-5)",
		"Beneficiarios prioritarios del fondo (R-FUN-5)")
	group                = say("Member cities", "Villes membres", "Ciudades miembro")
	citiesCount          = say("Cities", "Villes", "Ciudades")
	shareOfCities        = say("Share", "Part", "Parte")
	focusRegion          = say("in Africa, as UNESCO’s region", "en Afrique, au sens de la région de l’UNESCO", "en África, como región de la UNESCO")
	focusContinent       = say("in Africa, the continent", "en Afrique, le continent", "en África, el continente")
	focusLow             = say("in low-income countries (World Bank)", "dans des pays à faible revenu (Banque mondiale)", "en países de ingreso bajo (Banco Mundial)")
	focusEither          = say("in UNESCO’s Africa or a low-income country", "en Afrique (UNESCO) ou dans un pays à faible revenu", "en África (UNESCO) o en un país de ingreso bajo")
	focusEitherContinent = say("on the African continent or in a low-income country", "sur le continent africain ou dans un pays à faible revenu", "en el continente africano o en un país de ingreso bajo")
	focusAll             = say("All member cities", "Toutes les villes membres", "Todas las ciudades miembro")

	fundOffersHeading = say("Cities that offer to contribute (questionnaire, item 5)", "Villes qui proposent de contribuer (questionnaire, question 5)",
		"Ciudades que ofrecen contribuir (cuestionario, punto 5)")
	chartFund = say("Planned, allocated, spent and received, by activity", "Prévu, alloué, dépensé et reçu, par activité", "Previsto, asignado, gastado y recibido, por actividad")

	receivedOn      = say("Received on", "Reçu le", "Recibido el")
	donor           = say("Donor", "Donateur", "Donante")
	amountPaid      = say("Amount paid", "Montant versé", "Importe pagado")
	currencyWord    = say("Currency", "Devise", "Moneda")
	rate            = say("Exchange rate", "Taux de change", "Tipo de cambio")
	rateDate        = say("Rate date", "Date du taux", "Fecha del tipo")
	rateSource      = say("Rate source", "Source du taux", "Fuente del tipo")
	worth           = say("In the fund’s currency", "Dans la monnaie du fonds", "En la moneda del fondo")
	earmark         = say("Earmarked for", "Affectation", "Destino")
	bankReference   = say("Bank reference", "Référence bancaire", "Referencia bancaria")
	noContributions = say("No contribution received in this term is on record.", "Aucune contribution reçue pendant ce mandat n’est enregistrée.", "No hay ninguna contribución registrada recibida en este periodo.")
	originWord      = say("Comes from", "Provient de", "Procede de")
	originWords     = say("%s, sheet “%s”, row %d (SHA-256 %s…)", "%s, feuille « %s », ligne %d (SHA-256 %s…)", "%s, hoja «%s», fila %d (SHA-256 %s…)")
)
