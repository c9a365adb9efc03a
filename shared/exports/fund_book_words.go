package exports

import (
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/trust"
)

// What the fund workbook says.
var (
	fundBookTitle = say("The fund in the term %s", "Le fonds pendant le mandat %s", "El fondo en el periodo %s")

	usesTab        = say("Sources and uses", "Ressources et emplois", "Fuentes y usos")
	activitiesTab  = say("Activities", "Activités", "Actividades")
	fundSourcesTab = say("By type and region", "Par type et par région", "Por tipo y por región")
	donorsTab      = say("Donors", "Donateurs", "Donantes")
	focusTab       = say("Focus", "Priorités", "Prioridades")
	pledgesTab     = say("Pledges", "Engagements", "Promesas")
	trialTab       = say("Trial balance", "Balance des comptes", "Balance de comprobación")
	journalTab     = say("Journal", "Journal", "Diario")
	entriesTab     = say("Entries", "Écritures", "Asientos")
	proofTab       = say("Proof", "Contrôle", "Comprobación")

	atAGlance     = say("The fund at a glance", "Le fonds en bref", "El fondo de un vistazo")
	amountTitle   = say("Amount", "Montant", "Importe")
	targetReached = say("Share of the target", "Part de l’objectif", "Parte del objetivo")
	spentInTerm   = say("Spent on activities in the term", "Dépensé pour les activités pendant le mandat", "Gastado en actividades en el periodo")
	shareSpent    = say("Share of spending %s", "Part des dépenses %s", "Parte del gasto %s")
	overdueCount  = say("Overdue instalments of pledges", "Versements promis en retard", "Plazos de promesas vencidos")
	chartTarget   = say("Target of the term and what was received", "Objectif du mandat et montant reçu", "Objetivo del periodo e importe recibido")

	booksHeading     = say("Where the books stand", "État des livres", "Estado de los libros")
	booksState       = say("These figures", "Ces chiffres", "Estas cifras")
	provisionalState = say("provisional: the term is not closed in the books", "provisoires : le mandat n’est pas clos dans les livres", "provisionales: el periodo no está cerrado en los libros")
	finalState       = say("final: the term is closed in the books", "définitifs : le mandat est clos dans les livres", "definitivas: el periodo está cerrado en los libros")
	closedTo         = say("Books closed up to", "Livres clos jusqu’au", "Libros cerrados hasta el")
	entriesInAll     = say("Entries in all", "Écritures en tout", "Asientos en total")
	batchesInAll     = say("Batches in the chain", "Lots dans la chaîne", "Lotes en la cadena")
	headHash         = say("Hash of the last batch (SHA-256)", "Empreinte du dernier lot (SHA-256)", "Huella del último lote (SHA-256)")

	inTerm           = say("In the term", "Pendant le mandat", "En el periodo")
	beforeTerm       = say("Before the term", "Avant le mandat", "Antes del periodo")
	cumulative       = say("Cumulative", "Cumulé", "Acumulado")
	sourcesOfFunds   = say("Sources", "Ressources", "Fuentes")
	usesOfFunds      = say("Uses", "Emplois", "Usos")
	fundReceivedLine = say("Contributions received", "Contributions reçues", "Contribuciones recibidas")
	interestLine     = say("Interest", "Intérêts", "Intereses")
	exchangeLine     = say("Exchange differences (gain +, loss −)", "Différences de change (gain +, perte −)", "Diferencias de cambio (ganancia +, pérdida −)")
	totalSources     = say("Total of sources", "Total des ressources", "Total de fuentes")
	spentLine        = say("Spent on activities", "Dépensé pour les activités", "Gastado en actividades")
	supportLine      = say("Programme support costs", "Frais d’appui au programme", "Gastos de apoyo al programa")
	refundsLine      = say("Given back to donors", "Remboursé aux donateurs", "Devuelto a los donantes")
	totalUses        = say("Total of uses", "Total des emplois", "Total de usos")
	heldLine         = say("Held in trust", "Détenu en dépôt", "Mantenido en depósito")
	ofWhich          = say("Where it is", "Où se trouve ce solde", "Dónde está ese saldo")
	unallocatedLine  = say("Not allocated to an activity", "Non alloué à une activité", "No asignado a ninguna actividad")
	allocatedLine    = say("Allocated to activities and not spent", "Alloué aux activités et non dépensé", "Asignado a actividades y no gastado")
	cashLine         = say("In the bank", "En banque", "En el banco")
	chartSources     = say("Sources in the term", "Ressources pendant le mandat", "Fuentes en el periodo")
	chartUses        = say("Uses in the term", "Emplois pendant le mandat", "Usos en el periodo")
	usesRemark       = say(
		"Sources less uses is what is held in trust: at the term’s end in the cumulative column, at its beginning in that of the time before. What is of the term is the difference of the two.",
		"Les ressources moins les emplois sont ce qui est détenu en dépôt : à la fin du mandat dans la colonne cumulée, à son début dans celle qui précède. Le mandat est la différence des deux.",
		"Las fuentes menos los usos son lo que se mantiene en depósito: al final del periodo en la columna acumulada, a su inicio en la anterior. Lo del periodo es la diferencia de ambas.")

	broughtForward   = say("Brought forward", "Report à nouveau", "Saldo anterior")
	allocatedTitle   = say("Allocated", "Alloué", "Asignado")
	spentTitle       = say("Spent", "Dépensé", "Gastado")
	openTitle        = say("Open (allocated, not spent)", "Disponible (alloué, non dépensé)", "Disponible (asignado, no gastado)")
	toAllocate       = say("Planned, not allocated", "Prévu, non alloué", "Previsto, no asignado")
	spentShare       = say("Spent of plan", "Dépensé du plan", "Gastado del plan")
	allActivities    = say("All activities", "Toutes les activités", "Todas las actividades")
	chartActivities  = say("Planned, allocated and spent, by activity", "Prévu, alloué et dépensé, par activité", "Previsto, asignado y gastado, por actividad")
	activitiesRemark = say(
		"Open is what was brought forward and allocated, less what was spent: it is held in trust for the activity. Allocated is net of what was freed again. Nothing is allocated beyond what is there, and nothing spent beyond what is allocated (R-FUN-7).",
		"Le disponible est le report plus l’alloué, moins le dépensé : il est détenu en dépôt pour l’activité. L’alloué est net de ce qui a été libéré. Rien n’est alloué au-delà de ce qui existe, ni dépensé au-delà de ce qui est alloué (R-FUN-7).",
		"Lo disponible es el saldo anterior más lo asignado, menos lo gastado: se mantiene en depósito para la actividad. Lo asignado es neto de lo liberado. Nada se asigna más allá de lo que hay, ni se gasta más allá de lo asignado (R-FUN-7).")

	receivedByType   = say("Received by type of donor", "Reçu par type de donateur", "Recibido por tipo de donante")
	receivedByRegion = say("Received by region of the donor", "Reçu par région du donateur", "Recibido por región del donante")
	unescoRegion     = say("Region (UNESCO)", "Région (UNESCO)", "Región (UNESCO)")
	notStated        = say("not stated", "non indiqué", "no indicado")
	donorsTitle      = say("Donors", "Donateurs", "Donantes")
	refundedTitle    = say("Given back in the term", "Remboursé pendant le mandat", "Devuelto en el periodo")
	allReceived      = say("Received, cumulative", "Reçu, cumulé", "Recibido, acumulado")
	allRefunded      = say("Given back, cumulative", "Remboursé, cumulé", "Devuelto, acumulado")
	donorIDTitle     = say("Donor in the books", "Donateur dans les livres", "Donante en los libros")
	noDonors         = say("The books hold no contribution.", "Les livres ne contiennent aucune contribution.", "Los libros no contienen ninguna contribución.")
	sourcesRemark    = say(
		"Donors are those with a contribution in the term. Received is before what was given back. The region is that of the donor’s country, as UNESCO groups countries.",
		"Les donateurs sont ceux qui ont contribué pendant le mandat. Le montant reçu est avant remboursement. La région est celle du pays du donateur, selon les groupes de l’UNESCO.",
		"Los donantes son los que contribuyeron en el periodo. Lo recibido es antes de devoluciones. La región es la del país del donante, según los grupos de la UNESCO.")

	focusSpendingHeading = say("Spent for those whom the fund is meant for first (R-FUN-5)", "Dépensé pour les bénéficiaires prioritaires du fonds (R-FUN-5)", "Gastado para los beneficiarios prioritarios del fondo (R-FUN-5)")
	spentFor             = say("Spent for cities and countries", "Dépensé pour des villes et des pays", "Gastado para ciudades y países")
	shareOfNamed         = say("Share of what names a country", "Part de ce qui nomme un pays", "Parte de lo que nombra un país")
	shareOfSpent         = say("Share of all spending", "Part de toutes les dépenses", "Parte de todo el gasto")
	spentNamed           = say("All that names a city or a country", "Tout ce qui nomme une ville ou un pays", "Todo lo que nombra una ciudad o un país")
	spentNetwork         = say("For the whole network (names nobody)", "Pour tout le réseau (ne nomme personne)", "Para toda la red (no nombra a nadie)")
	spentAll             = say("All spending on activities", "Toutes les dépenses pour les activités", "Todo el gasto en actividades")
	countriesServed      = say("Countries that money was spent for", "Pays pour lesquels des fonds ont été dépensés", "Países para los que se gastaron fondos")
	markRegion           = say("Africa, as UNESCO’s region", "Afrique, région de l’UNESCO", "África, región de la UNESCO")
	markContinent        = say("Africa, the continent", "Afrique, continent", "África, continente")
	markLow              = say("Low-income", "Faible revenu", "Ingreso bajo")
	yesWord              = say("yes", "oui", "sí")
	noneServed           = say("No spending in the term names a city or a country.", "Aucune dépense du mandat ne nomme de ville ni de pays.", "Ningún gasto del periodo nombra una ciudad o un país.")
	focusRemark          = say(
		"What was spent for several beneficiaries is shared equally among them; the cents that do not divide go to the first by identifier. The groups overlap, so they are not added up.",
		"Une dépense pour plusieurs bénéficiaires est partagée à parts égales ; les centimes restants vont aux premiers par identifiant. Les groupes se recoupent et ne s’additionnent donc pas.",
		"Un gasto para varios beneficiarios se reparte a partes iguales; los céntimos restantes van a los primeros por identificador. Los grupos se solapan, por lo que no se suman.")

	memorandum         = say("a memorandum: no money, and in no other sum (R-FUN-8)", "pour mémoire : pas d’argent, et dans aucune autre somme (R-FUN-8)", "pro memoria: no es dinero, ni está en otra suma (R-FUN-8)")
	pledgeSumsHeading  = say("By currency", "Par monnaie", "Por moneda")
	instalmentsHeading = say("Instalments, those overdue first", "Versements, ceux en retard d’abord", "Plazos, primero los vencidos")
	instalmentsCount   = say("Instalments", "Versements", "Plazos")
	agreementTitle     = say("Agreement", "Accord", "Acuerdo")
	instalmentTitle    = say("Instalment", "Versement", "Plazo")
	signedOn           = say("Signed on", "Signé le", "Firmado el")
	dueOn              = say("Due on", "Échéance", "Vence el")
	pledgedTitle       = say("Pledged", "Promis", "Prometido")
	coveredTitle       = say("Received towards it", "Reçu à ce titre", "Recibido para ello")
	openPledge         = say("Outstanding", "Restant dû", "Pendiente")
	overdueTitle       = say("of which overdue", "dont en retard", "de lo cual vencido")
	daysOverdue        = say("Days overdue", "Jours de retard", "Días de retraso")
	stateTitle         = say("State", "État", "Estado")
	openState          = say("outstanding", "attendu", "pendiente")
	overdueState       = say("overdue", "en retard", "vencido")
	coveredState       = say("received", "reçu", "recibido")
	droppedState       = say("dropped", "abandonné", "anulado")
	noPledges          = say("No pledge signed by this day is on record.", "Aucun engagement signé à ce jour n’est enregistré.", "No consta ninguna promesa firmada hasta este día.")
	pledgesRemark      = say(
		"A donor’s money counts towards all that it pledged in that currency, from the day on which its first pledge was signed, and covers its instalments in the order in which they are due. An instalment without a day is never overdue.",
		"L’argent d’un donateur compte pour tout ce qu’il a promis dans cette monnaie, dès la signature de son premier engagement, et couvre ses versements dans l’ordre des échéances. Un versement sans date n’est jamais en retard.",
		"El dinero de un donante cuenta para todo lo que prometió en esa moneda, desde la firma de su primera promesa, y cubre sus plazos por orden de vencimiento. Un plazo sin fecha nunca está vencido.")

	signsWords    = say("balances: debit +, credit −", "soldes : débit +, crédit −", "saldos: debe +, haber −")
	accountCode   = say("Account", "Compte", "Cuenta")
	accountTitle  = say("What it is for", "Objet", "Objeto")
	openingTitle  = say("Opening balance", "Solde d’ouverture", "Saldo inicial")
	debitTitle    = say("Debit", "Débit", "Debe")
	creditTitle   = say("Credit", "Crédit", "Haber")
	closingTitle  = say("Closing balance", "Solde de clôture", "Saldo final")
	debitBalance  = say("Debit balance", "Solde débiteur", "Saldo deudor")
	creditBalance = say("Credit balance", "Solde créditeur", "Saldo acreedor")
	laterTitle    = say("Later entries", "Écritures postérieures", "Asientos posteriores")
	headTitle     = say("Balance in the books", "Solde dans les livres", "Saldo en los libros")
	trialRemark   = say(
		"Debits and credits of the term are summed out of the journal. The closing balance with what was entered for later days is the balance that the books keep with every entry; the difference is 0.",
		"Les débits et crédits du mandat sont la somme du journal. Le solde de clôture, avec les écritures de jours postérieurs, est le solde que les livres tiennent à chaque écriture ; l’écart est 0.",
		"Los debes y haberes del periodo se suman del diario. El saldo final, con los asientos de días posteriores, es el saldo que los libros llevan con cada asiento; la diferencia es 0.")
	accountAllocated = say("Held in trust for %s", "Détenu en dépôt pour %s", "En depósito para %s")
	accountSpent     = say("Spent on %s", "Dépensé pour %s", "Gastado en %s")

	dateTitle      = say("Date", "Date", "Fecha")
	entryTitle     = say("Entry", "Écriture", "Asiento")
	kindTitle      = say("Kind", "Nature", "Clase")
	purposeTitle   = say("Activity or earmark", "Activité ou affectation", "Actividad o destino")
	categoryTitle  = say("Category", "Catégorie", "Categoría")
	servedTitle    = say("Beneficiaries", "Bénéficiaires", "Beneficiarios")
	valueDateTitle = say("Value date", "Date de valeur", "Fecha de valor")
	statedTitle    = say("Stated there", "Valeur indiquée", "Valor indicado")
	enteredAt      = say("Entered (UTC), by", "Saisi (UTC), par", "Registrado (UTC), por")
	reasonTitle    = say("Reason", "Motif", "Motivo")
	reversalOf     = say("%s, taken back", "%s, annulation", "%s, anulación")
	reversesEntry  = say("Takes back %s.", "Annule %s.", "Anula %s.")
	fromRequest    = say("Request %s", "Demande %s", "Solicitud %s")
	fromImport     = say("Import %s (SHA-256 %s…)", "Import %s (SHA-256 %s…)", "Importación %s (SHA-256 %s…)")
	fromCell       = say("Import %s, sheet “%s”, cell %s (SHA-256 %s…)", "Import %s, feuille « %s », cellule %s (SHA-256 %s…)", "Importación %s, hoja «%s», celda %s (SHA-256 %s…)")
	noEntries      = say("The books hold no entry of these days.", "Les livres ne contiennent aucune écriture de ces jours.", "Los libros no contienen ningún asiento de estos días.")

	mustAgree      = say("What must agree", "Ce qui doit concorder", "Lo que debe coincidir")
	oneFigure      = say("One figure", "Un chiffre", "Una cifra")
	otherFigure    = say("The other", "L’autre", "La otra")
	largestGap     = say("Largest difference", "Écart le plus grand", "Mayor diferencia")
	proofJournal   = say("Journal: debits = credits", "Journal : débits = crédits", "Diario: debe = haber")
	proofPosted    = say("Journal: debits = those of the trial balance", "Journal : débits = ceux de la balance", "Diario: debe = el de la balance")
	proofBalance   = say("Trial balance: debit balances = credit balances", "Balance : soldes débiteurs = soldes créditeurs", "Balance: saldos deudores = saldos acreedores")
	proofHead      = say("Trial balance = the balances that the books keep: largest and smallest difference of an account", "Balance = soldes que tiennent les livres : plus grand et plus petit écart d’un compte", "Balance = saldos que llevan los libros: mayor y menor diferencia de una cuenta")
	proofCash      = say("In the bank = held in trust (R-FUN-2)", "En banque = détenu en dépôt (R-FUN-2)", "En el banco = mantenido en depósito (R-FUN-2)")
	proofHeld      = say("Sources less uses = held in trust, at the end", "Ressources moins emplois = détenu en dépôt, à la fin", "Fuentes menos usos = mantenido en depósito, al final")
	proofOpening   = say("Sources less uses = held in trust, before the term", "Ressources moins emplois = détenu en dépôt, avant le mandat", "Fuentes menos usos = mantenido en depósito, antes del periodo")
	proofOpen      = say("Activities: brought forward + allocated − spent = held in trust for activities", "Activités : report + alloué − dépensé = détenu en dépôt pour les activités", "Actividades: saldo anterior + asignado − gastado = en depósito para actividades")
	proofSpent     = say("Activities: spent = uses", "Activités : dépensé = emplois", "Actividades: gastado = usos")
	proofFocus     = say("Beneficiaries, with the whole network = spent", "Bénéficiaires, avec tout le réseau = dépensé", "Beneficiarios, con toda la red = gastado")
	proofDonors    = say("Donors: received in the term = sources", "Donateurs : reçu pendant le mandat = ressources", "Donantes: recibido en el periodo = fuentes")
	proofAllDonors = say("Donors: received, cumulative = sources", "Donateurs : reçu, cumulé = ressources", "Donantes: recibido, acumulado = fuentes")
	proofRefunds   = say("Donors: given back, cumulative = uses", "Donateurs : remboursé, cumulé = emplois", "Donantes: devuelto, acumulado = usos")
	proofTypes     = say("Types of donor: received in the term = sources", "Types de donateur : reçu pendant le mandat = ressources", "Tipos de donante: recibido en el periodo = fuentes")
	proofRegions   = say("Regions: received in the term = sources", "Régions : reçu pendant le mandat = ressources", "Regiones: recibido en el periodo = fuentes")
	proofRemark    = say(
		"Both figures are formulas over other sheets: whoever recalculates the workbook proves them again. That each donor’s share and all others’ add up to the fund is proved on the donor’s statement.",
		"Les deux chiffres sont des formules sur d’autres feuilles : qui recalcule le classeur les prouve à nouveau. Que la part de chaque donateur et celles des autres font le fonds est prouvé sur l’état du donateur.",
		"Ambas cifras son fórmulas sobre otras hojas: quien recalcula el libro las prueba de nuevo. Que la parte de cada donante y las de los demás suman el fondo se prueba en el estado del donante.")
)

// accountLabels say what accounts are for; those of activities name theirs.
var accountLabels = map[ledger.Account]locale.Text{
	trust.Cash:          say("Bank account", "Compte bancaire", "Cuenta bancaria"),
	trust.Unallocated:   say("Held in trust, not allocated", "Détenu en dépôt, non alloué", "En depósito, no asignado"),
	trust.Contributions: fundReceivedLine, trust.Interest: interestLine, trust.Exchange: exchangeLine,
	trust.Support: supportLine, trust.Refunds: refundsLine,
	trust.Changes: say("Counterpart of the reasons", "Contrepartie des motifs", "Contrapartida de los motivos"),
}

// kindLabels name what happened.
var kindLabels = map[trust.Kind]locale.Text{
	trust.Deposit:      say("Contribution", "Contribution", "Contribución"),
	trust.Refund:       say("Refund", "Remboursement", "Devolución"),
	trust.Earned:       say("Interest", "Intérêts", "Intereses"),
	trust.ExchangeDiff: say("Exchange difference", "Différence de change", "Diferencia de cambio"),
	trust.SupportCost:  say("Support cost", "Frais d’appui", "Gasto de apoyo"),
	trust.Allocation:   say("Allocation", "Allocation", "Asignación"),
	trust.Deallocation: say("Allocation freed", "Allocation libérée", "Asignación liberada"),
	trust.Expenditure:  say("Expenditure", "Dépense", "Gasto"),
}

var fundBookRules = []ruleNote{
	{"R-FUN-1", say("Target of the fund for each two-year term, beside what was received in the term.", "Objectif du fonds pour chaque mandat de deux ans, à côté de ce qui a été reçu pendant le mandat.", "Objetivo del fondo para cada periodo de dos años, junto a lo recibido en el periodo.")},
	{"R-FUN-2", say("Money is held in trust: a liability towards donors until it is spent. The books are kept in double entry: one pair of postings moves what is there, the other tells why.", "L’argent est détenu en dépôt : un engagement envers les donateurs jusqu’à sa dépense. Les livres sont en partie double : une paire d’écritures déplace ce qui existe, l’autre dit pourquoi.", "El dinero se mantiene en depósito: un pasivo frente a los donantes hasta que se gasta. Los libros se llevan por partida doble: un par de apuntes mueve lo que hay, el otro dice por qué.")},
	{"R-FUN-4", say("Sources: member cities, donor countries, companies and foundations. The books hold identifiers of donors; names come from contributions and pledges.", "Ressources : villes membres, pays donateurs, entreprises et fondations. Les livres contiennent des identifiants de donateurs ; les noms viennent des contributions et engagements.", "Fuentes: ciudades miembro, países donantes, empresas y fundaciones. Los libros contienen identificadores de donantes; los nombres vienen de contribuciones y promesas.")},
	{"R-FUN-5", say("The fund serves cities in Africa and in low-income countries first. Africa is shown in both meanings, UNESCO’s region and the continent (R-REG-1).", "Le fonds sert d’abord les villes d’Afrique et des pays à faible revenu. L’Afrique est montrée dans ses deux sens, région de l’UNESCO et continent (R-REG-1).", "El fondo atiende primero a las ciudades de África y de países de bajos ingresos. África se muestra en sus dos sentidos, región de la UNESCO y continente (R-REG-1).")},
	{"R-FUN-6, R-FUN-7", say("Money is allocated to activities, never beyond what is unallocated, and spent, never beyond what is allocated to the activity.", "L’argent est alloué aux activités, jamais au-delà de ce qui n’est pas alloué, et dépensé, jamais au-delà de ce qui est alloué à l’activité.", "El dinero se asigna a actividades, nunca más allá de lo no asignado, y se gasta, nunca más allá de lo asignado a la actividad.")},
	{"R-FUN-8", say("A pledge is a promise and no money: a memorandum. What was entered by mistake is taken back by another entry; nothing is ever erased.", "Un engagement est une promesse et non de l’argent : il figure pour mémoire. Une erreur est annulée par une autre écriture ; rien n’est jamais effacé.", "Una promesa no es dinero: figura pro memoria. Un error se anula con otro asiento; nunca se borra nada.")},
	{"R-FUN-9", say("Other currencies are converted at a stated rate with its date and source, rounded once to the cent; the journal shows both amounts.", "Les autres monnaies sont converties à un taux indiqué avec sa date et sa source, arrondi une fois au centime ; le journal montre les deux montants.", "Las otras monedas se convierten a un tipo indicado con su fecha y fuente, redondeado una vez al céntimo; el diario muestra ambos importes.")},
	{"R-FUN-10", say("Programme support costs and interest are lines of their own.", "Les frais d’appui au programme et les intérêts sont des lignes à part.", "Los gastos de apoyo al programa y los intereses son líneas propias.")},
}
