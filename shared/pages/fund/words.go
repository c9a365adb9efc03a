package fund

import "github.com/learning-cities/guildhall/shared/locale"

// colon stands between a name and what it is.
var colon = locale.Text{EN: ": ", FR: "\u00a0: ", ES: ": "}

// What the pages are called.
var (
	fundTitle         = locale.Text{EN: "Fund", FR: "Fonds", ES: "Fondo"}
	balancesTitle     = locale.Text{EN: "Balances", FR: "Soldes", ES: "Saldos"}
	entriesTitle      = locale.Text{EN: "Entries", FR: "Écritures", ES: "Asientos"}
	entryTitle        = locale.Text{EN: "Entry", FR: "Écriture", ES: "Asiento"}
	reversalTitle     = locale.Text{EN: "Take an entry back", FR: "Annuler une écriture", ES: "Anular un asiento"}
	newTitle          = locale.Text{EN: "New entry", FR: "Nouvelle écriture", ES: "Nuevo asiento"}
	closingTitle      = locale.Text{EN: "Close the books", FR: "Clore les comptes", ES: "Cerrar las cuentas"}
	proposalsTitle    = locale.Text{EN: "Proposals", FR: "Propositions", ES: "Propuestas"}
	proposalTitle     = locale.Text{EN: "Proposal", FR: "Proposition", ES: "Propuesta"}
	verificationTitle = locale.Text{EN: "Verification of the books", FR: "Vérification des comptes", ES: "Verificación de las cuentas"}
	ratesTitle        = locale.Text{EN: "Exchange rates", FR: "Taux de change", ES: "Tipos de cambio"}
	donorsTitle       = locale.Text{EN: "Donors", FR: "Donateurs", ES: "Donantes"}
	ownTitle          = locale.Text{EN: "My contribution", FR: "Ma contribution", ES: "Mi contribución"}
	statementsTitle   = locale.Text{EN: "Statements", FR: "Relevés", ES: "Estados de cuenta"}
	placesTitle       = locale.Text{EN: "The books", FR: "Les comptes", ES: "Las cuentas"}
)

// The words by which a page says what was done, and what it then says.
const (
	doneEntered  = "entered"
	doneProposed = "proposed"
	doneReversed = "reversed"
	doneApproved = "approved"
	doneRejected = "rejected"
)

var (
	doneEvent    = map[bool]string{false: doneEntered, true: doneProposed} // by whether it takes two persons
	doneReversal = map[bool]string{false: doneReversed, true: doneProposed}
)

var told = map[string]locale.Text{
	doneEntered: {EN: "The entry stands in the books.", FR: "L'écriture figure dans les comptes.", ES: "El asiento consta en las cuentas."},
	doneProposed: {
		EN: "It is proposed, and takes effect once a second person has approved it.",
		FR: "C'est proposé, et prendra effet dès qu'une seconde personne l'aura approuvé.",
		ES: "Queda propuesto, y surtirá efecto cuando lo apruebe una segunda persona.",
	},
	doneReversed: {
		EN: "The entry was taken back: this one stands against it.", FR: "L'écriture est annulée : celle-ci la compense.",
		ES: "El asiento queda anulado: este lo compensa.",
	},
	doneApproved: {
		EN: "The proposal is approved, and has taken effect.", FR: "La proposition est approuvée et a pris effet.",
		ES: "La propuesta queda aprobada y ha surtido efecto.",
	},
	doneRejected: {
		EN: "The proposal is rejected; nothing was changed.", FR: "La proposition est rejetée ; rien n'a été modifié.",
		ES: "La propuesta queda rechazada; no se ha modificado nada.",
	},
}

// The texts of the fund's page.
var (
	fundLead = locale.Text{
		EN: "One pooled fund pays for the network's activities. Its money is held in trust for its donors until it is spent.",
		FR: "Un fonds commun finance les activités du réseau. Son argent est détenu en dépôt pour les donateurs jusqu'à sa dépense.",
		ES: "Un fondo común financia las actividades de la red. Su dinero se mantiene en depósito para los donantes hasta que se gasta.",
	}
	heldWord      = locale.Text{EN: "Held in trust", FR: "Détenu en dépôt", ES: "En depósito"}
	unallocatedOf = locale.Text{EN: "of which not set aside: {0}", FR: "dont non alloué : {0}", ES: "de ello, sin asignar: {0}"}
	receivedWord  = locale.Text{EN: "Received", FR: "Reçu", ES: "Recibido"}
	spentWord     = locale.Text{EN: "Spent", FR: "Dépensé", ES: "Gastado"}
	sinceStart    = locale.Text{EN: "since the beginning", FR: "depuis le début", ES: "desde el inicio"}
	targetOf      = locale.Text{EN: "Target of {0} reached", FR: "Objectif {0} atteint", ES: "Objetivo {0} alcanzado"}
	ofTarget      = locale.Text{EN: "{0} received of {1}", FR: "{0} reçus sur {1}", ES: "{0} recibidos de {1}"}
	termWord      = locale.Text{EN: "Term {0}", FR: "Mandat {0}", ES: "Periodo {0}"}
	termLabel     = locale.Text{EN: "Term", FR: "Mandat", ES: "Periodo"}
	fromTo        = locale.Text{EN: "{0} to {1}", FR: "du {0} au {1}", ES: "del {0} al {1}"}
	busyNote      = locale.Text{
		EN: "An import is changing the fund's entries at this moment, so the figures of the term can't be shown. Try again in a minute.",
		FR: "Une importation modifie en ce moment les écritures du fonds : les chiffres du mandat ne peuvent pas être affichés. Réessayez dans une minute.",
		ES: "Una importación está modificando los asientos del fondo, por lo que no se pueden mostrar las cifras del periodo. Inténtelo de nuevo en un minuto.",
	}
	usesTitle       = locale.Text{EN: "Sources and uses", FR: "Ressources et emplois", ES: "Origen y aplicación de los fondos"}
	lineWord        = locale.Text{EN: "Line", FR: "Ligne", ES: "Línea"}
	activitiesTitle = locale.Text{
		EN: "Activities: planned, set aside and spent in the term", FR: "Activités : prévu, alloué et dépensé pendant le mandat",
		ES: "Actividades: previsto, asignado y gastado en el periodo",
	}
	activitiesHead = locale.Text{EN: "Activities", FR: "Activités", ES: "Actividades"}
	plannedWord    = locale.Text{EN: "Planned", FR: "Prévu", ES: "Previsto"}
	allocatedWord  = locale.Text{EN: "Set aside", FR: "Alloué", ES: "Asignado"}
	focusHead      = locale.Text{EN: "Whom the fund is meant for first", FR: "Les bénéficiaires prioritaires du fonds", ES: "Los beneficiarios prioritarios del fondo"}
	focusTitle     = locale.Text{
		EN: "Share of the spending that names a country", FR: "Part des dépenses pour lesquelles un pays est indiqué", ES: "Parte del gasto en el que consta un país",
	}
	whereLabel     = locale.Text{EN: "Where", FR: "Où", ES: "Dónde"}
	shareWord      = locale.Text{EN: "Share", FR: "Part", ES: "Parte"}
	countriesTitle = locale.Text{EN: "Countries reached", FR: "Pays atteints", ES: "Países a los que llegó"}
	countryWord    = locale.Text{EN: "Country", FR: "Pays", ES: "País"}
	africaMark     = locale.Text{EN: "Africa", FR: "Afrique", ES: "África"}
	lowIncomeMark  = locale.Text{EN: "low income", FR: "faible revenu", ES: "ingreso bajo"}
	kindsOfExpense = locale.Text{EN: "What it was spent on", FR: "Nature des dépenses", ES: "En qué se gastó"}
	noCategory     = locale.Text{EN: "Without a category", FR: "Sans catégorie", ES: "Sin categoría"}
	nothingSpent   = locale.Text{
		EN: "Nothing was spent yet. Once expenditures are entered, this shows what they were for.",
		FR: "Rien n'a encore été dépensé. Dès que des dépenses seront saisies, leur objet figurera ici.",
		ES: "Todavía no se ha gastado nada. En cuanto se registren gastos, aquí se verá para qué fueron.",
	}
)

// The texts of balances, verification and rates.
var (
	entriesWord = locale.Text{EN: "Entries", FR: "Écritures", ES: "Asientos"}
	batchWord   = locale.Text{EN: "Batch", FR: "Lot", ES: "Lote"}
	hashWord    = locale.Text{EN: "Hash of the last batch", FR: "Empreinte du dernier lot", ES: "Huella del último lote"}
	closedWord  = locale.Text{EN: "Closed up to", FR: "Clos jusqu'au", ES: "Cerrado hasta el"}
	closedNote  = locale.Text{
		EN: "The books are closed up to {0}: nothing before can change.", FR: "Les comptes sont clos jusqu'au {0} : plus rien d'antérieur ne peut changer.",
		ES: "Las cuentas están cerradas hasta el {0}: nada anterior puede cambiar.",
	}
	noneClosed = locale.Text{
		EN: "No period of the books is closed yet.", FR: "Aucune période n'est encore close.", ES: "Todavía no se ha cerrado ningún período.",
	}
	accountLabel = locale.Text{EN: "Account", FR: "Compte", ES: "Cuenta"}
	codeLabel    = locale.Text{EN: "In the books", FR: "Dans les livres", ES: "En los libros"}
	balanceLabel = locale.Text{EN: "Balance", FR: "Solde", ES: "Saldo"}
	noBalances   = locale.Text{
		EN: "The books are empty. Contributions come in by a sheet, on the imports page.",
		FR: "Les livres sont vides. Les contributions arrivent par une feuille, à la page des importations.",
		ES: "Los libros están vacíos. Las contribuciones llegan en una hoja, por la página de importaciones.",
	}
	soundText = locale.Text{
		EN: "The books are in order: every batch follows from the one before, every entry balances, and all figures follow from the entries.",
		FR: "Les comptes sont en ordre : chaque lot découle du précédent, chaque écriture est équilibrée et tous les chiffres découlent des écritures.",
		ES: "Las cuentas están en orden: cada lote se sigue del anterior, cada asiento cuadra y todas las cifras se siguen de los asientos.",
	}
	faultText = locale.Text{
		EN: "The books are not what they say. Enter nothing more, and tell those who run the product what stands below.",
		FR: "Les comptes ne correspondent pas à ce qu'ils déclarent. Ne saisissez plus rien et transmettez ce qui suit aux responsables du produit.",
		ES: "Las cuentas no son lo que dicen ser. No registre nada más y comunique lo siguiente a quienes administran el producto.",
	}
	soundWord = locale.Text{EN: "in order", FR: "en ordre", ES: "en orden"}
	faultWord = locale.Text{EN: "not in order", FR: "pas en ordre", ES: "no están en orden"}
	flawWord  = locale.Text{EN: "What is wrong", FR: "Anomalie", ES: "Anomalía"}
	wantWord  = locale.Text{EN: "Follows from the entries", FR: "Découle des écritures", ES: "Se sigue de los asientos"}
	gotWord   = locale.Text{EN: "Is recorded", FR: "Est enregistré", ES: "Consta"}
	ratesLead = locale.Text{
		EN: "How many units of each currency one {0} buys, month by month. Money that comes in another currency is converted at these unless a rate is stated with it.",
		FR: "Combien d'unités de chaque devise vaut un {0}, mois par mois. L'argent reçu dans une autre devise est converti à ces taux, sauf si un taux est indiqué.",
		ES: "Cuántas unidades de cada moneda vale un {0}, mes a mes. El dinero recibido en otra moneda se convierte a estos tipos, salvo que se indique otro.",
	}
	rateWord  = locale.Text{EN: "Rate", FR: "Taux", ES: "Tipo"}
	sinceWord = locale.Text{EN: "Holds from", FR: "Valable à partir du", ES: "Vale desde el"}
	fromWhere = locale.Text{EN: "Source", FR: "Source", ES: "Fuente"}
	yearLabel = locale.Text{EN: "Year", FR: "Année", ES: "Año"}
	noRates   = locale.Text{
		EN: "No rates of this year are on record.", FR: "Aucun taux de cette année n'est enregistré.", ES: "No consta ningún tipo de ese año.",
	}
	ratesBySheet = locale.Text{
		EN: "They come in by a sheet, on the imports page.", FR: "Ils arrivent par une feuille, à la page des importations.",
		ES: "Llegan en una hoja, por la página de importaciones.",
	}
	anyCurrency = locale.Text{EN: "Such as EUR; leave it empty for all", FR: "Par exemple EUR ; vide pour toutes", ES: "Por ejemplo EUR; vacío para todas"}
)
