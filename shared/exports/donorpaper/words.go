package donorpaper

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/statement"
)

func say(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

// What the paper says beside the words of package statement.
var (
	titleWords   = say("Statement of the fund to its donor", "Relevé du fonds à son donateur", "Estado de cuenta del fondo para su donante")
	subjectWords = say("Multi-donor Funding Modality: statement for %s, %s", "Modalité de financement multidonateurs : relevé pour %s, %s",
		"Modalidad de financiamiento de múltiples donantes: estado de cuenta para %s, %s")
	headWords = say("Fund statement · %s · %s · %s", "Relevé du fonds · %s · %s · %s", "Estado de cuenta del fondo · %s · %s · %s")
	footWords = say("Version %d · ledger head %s", "Version %d · tête du livre %s", "Versión %d · cabeza del libro %s")
	fromTo    = say("%s to %s", "du %s au %s", "del %s al %s")
	termSpan  = say("term %s (%s)", "mandat %s (%s)", "periodo %s (%s)")

	statusFact      = say("Status", "Statut", "Situación")
	provisionalTold = say("Provisional: figures can still change until it is approved by a second person.",
		"Provisoire : les chiffres peuvent encore changer jusqu’à l’approbation par une deuxième personne.",
		"Provisional: las cifras pueden cambiar aún hasta que una segunda persona las apruebe.")
	finalTold = say("Final: approved by a second person; a correction would be a new version.",
		"Définitif : approuvé par une deuxième personne ; une correction serait une nouvelle version.",
		"Definitivo: aprobado por una segunda persona; una corrección sería una nueva versión.")
	versionFact    = say("Version", "Version", "Versión")
	issuedFact     = say("Issued on", "Établi le", "Emitido el")
	donorFact      = say("Donor", "Donateur", "Donante")
	donorTypeFact  = say("Type of donor", "Type de donateur", "Tipo de donante")
	identifierFact = say("Donor’s identifier", "Identifiant du donateur", "Identificador del donante")
	periodFact     = say("Period", "Période", "Periodo")
	priorFact      = say("Prior period", "Période précédente", "Periodo anterior")
	sinceFact      = say("Cumulative since", "Cumulé depuis le", "Acumulado desde el")
	booksFact      = say("Books of the period", "Livres de la période", "Libros del periodo")
	booksClosed    = say("closed: nothing in the period can change", "clos : rien ne peut changer dans la période", "cerrados: nada puede cambiar en el periodo")
	booksOpen      = say("not closed yet: later entries can still be dated in the period", "pas encore clos : des écritures peuvent encore être datées de la période",
		"aún sin cerrar: todavía pueden fecharse asientos en el periodo")
	currencyFact   = say("Currency", "Monnaie", "Moneda")
	agreementsFact = say("Agreements", "Accords", "Acuerdos")
	methodFact     = say("Method", "Méthode", "Método")
	headFact       = say("Ledger head", "Tête du livre", "Cabeza del libro")
	headValue      = say("batch %d, %d entries, %s", "lot %d, %d écritures, %s", "lote %d, %d asientos, %s")
	digestFact     = say("Digest of the figures", "Empreinte des chiffres", "Resumen criptográfico de las cifras")

	summaryHeading = say("Summary", "Récapitulatif", "Resumen")
	lineTitle      = say("Line", "Ligne", "Línea")
	inCurrency     = say("All amounts in %s unless another currency is named.", "Tous les montants en %s, sauf si une autre monnaie est indiquée.",
		"Todos los importes en %s, salvo que se indique otra moneda.")

	pledgedHeading = say("Pledged (memorandum: no money until received)", "Annoncé (pour mémoire : pas d’argent avant réception)",
		"Prometido (pro memoria: no es dinero hasta recibirse)")
	agreementTitle    = say("Agreement", "Accord", "Acuerdo")
	signedTitle       = say("Signed on", "Signé le", "Firmado el")
	pledgedTitle      = say("Pledged", "Annoncé", "Prometido")
	coveredTitle      = say("Received towards it", "Reçu à ce titre", "Recibido a cuenta")
	openTitle         = say("Open", "Reste dû", "Pendiente")
	instalmentHeading = say("Received by instalment", "Reçu par tranche", "Recibido por plazo")
	instalmentTitle   = say("Instalment", "Tranche", "Plazo")
	dueTitle          = say("Due on", "Due le", "Vence el")
	noDue             = say("no day agreed", "aucun jour convenu", "sin fecha acordada")
	amountTitle       = say("Amount", "Montant", "Importe")
	stateTitle        = say("State", "État", "Estado")
	paidState         = say("received", "reçue", "recibido")
	openState         = say("open", "ouverte", "pendiente")
	overdueState      = say("OVERDUE", "EN RETARD", "VENCIDO")
	receiptOn         = say("%s received on %s (entry %s)", "%s reçus le %s (écriture %s)", "%s recibidos el %s (asiento %s)")

	giftsHeading   = say("Contributions received", "Contributions reçues", "Contribuciones recibidas")
	valueDateTitle = say("Date", "Date", "Fecha")
	countsInTitle  = say("Counts in", "Compte dans", "Cuenta en")
	paidTitle      = say("As paid", "Tel que payé", "Tal como se pagó")
	rateFrom       = say("rate: 1 %s = %s %s (%s, %s)", "taux : 1 %s = %s %s (%s, %s)", "tipo: 1 %s = %s %s (%s, %s)")
	forPurpose     = say("for %s", "pour %s", "para %s")
	takenBack      = say("%s; taken back by a later entry", "%s ; annulée par une écriture ultérieure", "%s; anulada por un asiento posterior")
	noGifts        = say("None up to the end of the period.", "Aucune jusqu’à la fin de la période.", "Ninguna hasta el final del periodo.")
	moreGifts      = say("%d more, which are in all sums, are in the data file (CSV).", "%d autres, comprises dans toutes les sommes, sont dans le fichier de données (CSV).",
		"Hay %d más, incluidas en todas las sumas, en el archivo de datos (CSV).")
	moreLeftOut = say("%d earlier ones are in all sums and are not listed.", "%d plus anciennes sont dans toutes les sommes et ne sont pas énumérées.",
		"%d anteriores están en todas las sumas y no se enumeran.")

	spendingHeading = say("Spending by area and activity: this donor’s share", "Dépenses par domaine et activité : part de ce donateur",
		"Gasto por área y actividad: parte de este donante")
	activityTitle = say("Activity", "Activité", "Actividad")
	allDonors     = say("Fund, period", "Fonds, période", "Fondo, periodo")
	totalWord     = say("Total", "Total", "Total")

	budgetHeading  = say("Budget against actual: the whole fund", "Budget et réalisé : l’ensemble du fonds", "Presupuesto y ejecución: todo el fondo")
	plannedTitle   = say("Planned, term %s", "Prévu, mandat %s", "Previsto, periodo %s")
	allocatedTitle = say("Allocated, cumulative", "Alloué, cumulé", "Asignado, acumulado")
	spentTitle     = say("Spent in the term", "Dépensé durant le mandat", "Gastado en el periodo")
	leftTitle      = say("Open of the plan", "Reste du plan", "Resto del plan")
	unspentTitle   = say("Allocated and unspent", "Alloué et non dépensé", "Asignado y no gastado")
	categoryTitle  = say("Spending of the fund by category", "Dépenses du fonds par catégorie", "Gasto del fondo por categoría")
	categoryColumn = say("Category", "Catégorie", "Categoría")
	noCategory     = say("without a category", "sans catégorie", "sin categoría")

	beneficiaryHeading = say("Who benefited: this donor’s share", "Qui en a bénéficié : part de ce donateur", "Quién se benefició: parte de este donante")
	countryTitle       = say("Country", "Pays", "País")
	notReached         = say("Countries that only other donors’ shares reached are in the data file (CSV).",
		"Les pays que seules les parts d’autres donateurs ont touchés sont dans le fichier de données (CSV).",
		"Los países a los que solo llegaron las partes de otros donantes están en el archivo de datos (CSV).")
	citiesNamed  = say("cities: %s", "villes : %s", "ciudades: %s")
	focusHeading = say("Focus of the fund: Africa and low-income countries", "Priorité du fonds : Afrique et pays à faible revenu",
		"Prioridad del fondo: África y países de ingreso bajo")
	focusTitle = say("Spent for", "Dépensé pour", "Gastado para")
	shareTitle = say("Share", "Part", "Parte")
	focusNote  = say("Share of this donor’s spending that names a country.", "Part des dépenses de ce donateur qui nomment un pays.",
		"Parte del gasto de este donante que nombra un país.")
	nothingSpent = say("Nothing was spent up to the end of the period.", "Rien n’a été dépensé jusqu’à la fin de la période.",
		"No se ha gastado nada hasta el final del periodo.")

	resultsHeading = say("What was achieved", "Ce qui a été accompli", "Lo que se logró")
	resultIn       = say("%s, term %s", "%s, mandat %s", "%s, periodo %s")
	noResults      = say("No results are on record for the terms of this period.", "Aucun résultat n’est enregistré pour les mandats de cette période.",
		"No consta ningún resultado para los periodos de este estado de cuenta.")
	notTranslated = say("Written in another language.", "Rédigé dans une autre langue.", "Redactado en otro idioma.")

	proofHeading = say("Reconciliation: this donor and all others are the fund", "Rapprochement : ce donateur et tous les autres font le fonds",
		"Conciliación: este donante y todos los demás son el fondo")
	thisDonor       = say("This donor", "Ce donateur", "Este donante")
	allOthers       = say("All others", "Tous les autres", "Todos los demás")
	theFund         = say("Fund", "Fonds", "Fondo")
	differenceTitle = say("Difference", "Écart", "Diferencia")
	proofTold       = say("The fund’s column is read from the accounts of its ledger, on a way of its own.", "La colonne du fonds est lue dans les comptes de son livre, par une autre voie.",
		"La columna del fondo se lee de las cuentas de su libro, por otra vía.")
	agrees = say("It reconciles to the last minor unit, in each line of the period, the prior period and the cumulative figures.",
		"Le rapprochement est exact à la dernière unité, à chaque ligne de la période, de la période précédente et des cumuls.",
		"La conciliación es exacta hasta la última unidad, en cada línea del periodo, del periodo anterior y de las cifras acumuladas.")
	differs = say("IT DOES NOT RECONCILE: this statement must not be issued.", "LE RAPPROCHEMENT ÉCHOUE : ce relevé ne doit pas être émis.",
		"LA CONCILIACIÓN FALLA: este estado de cuenta no debe emitirse.")

	entriesHeading = say("Transactions of the period, with where they come from", "Opérations de la période, avec leur provenance",
		"Operaciones del periodo, con su procedencia")
	entriesNote = say("The donor’s own, and those of the fund that all donors share; of a shared one the whole amount is shown.",
		"Celles du donateur, et celles du fonds que tous les donateurs partagent ; d’une opération partagée, le montant entier est indiqué.",
		"Las del donante y las del fondo que comparten todos los donantes; de una compartida se muestra el importe completo.")
	whatTitle  = say("What", "Objet", "Concepto")
	lineFor    = say("%s: %s", "%s\u00A0: %s", "%s: %s")
	whoseTitle = say("Whose", "De qui", "De quién")
	ownWord    = say("this donor", "ce donateur", "este donante")
	sharedWord = say("all donors", "tous", "todos")
	noEntries  = say("None in the period.", "Aucune dans la période.", "Ninguna en el periodo.")
	moreTold   = say("%d more are in the data file (CSV).", "%d autres sont dans le fichier de données (CSV).", "Hay %d más en el archivo de datos (CSV).")

	definitionsHeading = say("Definitions and method", "Définitions et méthode", "Definiciones y método")
	lettersNote        = say("Letters that this document’s typeface lacks are shown by their nearest or by □; the data file (CSV) has them all.",
		"Les lettres absentes des caractères de ce document sont remplacées par la plus proche ou par □ ; le fichier de données (CSV) les contient toutes.",
		"Las letras que faltan en el tipo de este documento se muestran con la más próxima o con □; el archivo de datos (CSV) las contiene todas.")

	entryNamed   = say("entry %s", "écriture %s", "asiento %s")
	takesBack    = say("takes back %s", "annule %s", "anula %s")
	requestNamed = say("request %s", "demande %s", "solicitud %s")
	importNamed  = say("import %s", "import %s", "importación %s")
	cellNamed    = say("sheet “%s”, cell %s: %s", "feuille « %s », cellule %s : %s", "hoja «%s», celda %s: %s")
	fileNamed    = say("file %s", "fichier %s", "archivo %s")
)

// columnTitles are those of the three amounts.
func (in Input) columnTitles() []string {
	return []string{in.in(statement.InPeriod.Text()), in.in(statement.InPrior.Text()), in.in(statement.CumulativeText)}
}
