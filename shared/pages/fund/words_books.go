package fund

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The fields of an event.
var (
	kindWord           = locale.Text{EN: "Kind", FR: "Type", ES: "Tipo"}
	amountLabel        = locale.Text{EN: "Amount", FR: "Montant", ES: "Importe"}
	dateLabel          = locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}
	valueDateLabel     = locale.Text{EN: "Value date", FR: "Date de valeur", ES: "Fecha de valor"}
	currencyLabel      = locale.Text{EN: "Currency", FR: "Devise", ES: "Moneda"}
	rateLabel          = locale.Text{EN: "Exchange rate", FR: "Taux de change", ES: "Tipo de cambio"}
	rateDateLabel      = locale.Text{EN: "Rate date", FR: "Date du taux", ES: "Fecha del tipo"}
	rateSourceLabel    = locale.Text{EN: "Rate source", FR: "Source du taux", ES: "Fuente del tipo"}
	donorLabel         = locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}
	agreementLabel     = locale.Text{EN: "Agreement", FR: "Accord", ES: "Acuerdo"}
	instalmentLabel    = locale.Text{EN: "Instalment", FR: "Échéance", ES: "Plazo"}
	earmarkLabel       = locale.Text{EN: "Earmarked for", FR: "Affectation", ES: "Destino"}
	activityLabel      = locale.Text{EN: "Activity", FR: "Activité", ES: "Actividad"}
	clusterLabel       = locale.Text{EN: "Thematic cluster", FR: "Pôle thématique", ES: "Grupo temático"}
	lineLabel          = locale.Text{EN: "Budget line", FR: "Ligne budgétaire", ES: "Línea presupuestaria"}
	categoryLabel      = locale.Text{EN: "Category", FR: "Catégorie", ES: "Categoría"}
	payeeLabel         = locale.Text{EN: "Payee", FR: "Bénéficiaire du paiement", ES: "Beneficiario del pago"}
	contactLabel       = locale.Text{EN: "Number of the contact", FR: "Numéro du contact", ES: "Número del contacto"}
	beneficiariesLabel = locale.Text{EN: "Beneficiaries", FR: "Bénéficiaires", ES: "Beneficiarios"}
	reasonLabel        = locale.Text{EN: "Reason", FR: "Motif", ES: "Motivo"}
	paidWord           = locale.Text{EN: "As it was paid", FR: "Montant versé", ES: "Tal como se pagó"}
	rateTimes          = locale.Text{EN: "times {0}, of {1} ({2})", FR: "multiplié par {0}, du {1} ({2})", ES: "multiplicado por {0}, del {1} ({2})"}
	rateDivides        = locale.Text{EN: "divided by {0}, of {1} ({2})", FR: "divisé par {0}, du {1} ({2})", ES: "dividido entre {0}, del {1} ({2})"}
	notEarmarked       = locale.Text{EN: "Not earmarked", FR: "Non affecté", ES: "Sin destino fijado"}
	nothingChosen      = locale.Text{EN: "None", FR: "Aucun choix", ES: "Ninguno"}
)

// What is to be written in the fields, and what can't be read.
var (
	optional   = locale.Text{EN: "May be left empty", FR: "Peut rester vide", ES: "Puede quedar vacío"}
	amountHint = locale.Text{EN: "Such as 1,250.00", FR: "Par exemple 1 250,00", ES: "Por ejemplo 1250,00"}
	dateHint   = locale.Text{
		EN: "The day in whose period it counts", FR: "Le jour dans la période duquel elle compte", ES: "El día en cuyo período cuenta",
	}
	currencyHint = locale.Text{EN: "The one that was paid, such as EUR", FR: "Celle du versement, par exemple EUR", ES: "La del pago, por ejemplo EUR"}
	rateHint     = locale.Text{
		EN: "Units of the fund's currency for one unit paid; empty for the month's rate on record",
		FR: "Unités de la monnaie du fonds pour une unité versée ; vide pour le taux du mois enregistré",
		ES: "Unidades de la moneda del fondo por cada unidad pagada; vacío para el tipo del mes que consta",
	}
	donorHint = locale.Text{EN: "The name on record", FR: "Le nom enregistré", ES: "El nombre que consta"}
	payeeHint = locale.Text{
		EN: "The books keep a digest of the name only", FR: "Les livres ne gardent qu'une empreinte du nom", ES: "Los libros solo guardan una huella del nombre",
	}
	beneficiariesHint = locale.Text{
		EN: "Countries and cities by their identifiers: CM, CM#bafoussam", FR: "Pays et villes par leurs identifiants : CM, CM#bafoussam",
		ES: "Países y ciudades por sus identificadores: CM, CM#bafoussam",
	}
	reasonHint = locale.Text{
		EN: "Why; it stands in the books for good, so write no names", FR: "Pourquoi ; le motif reste dans les livres, n'y écrivez aucun nom",
		ES: "Por qué; queda en los libros para siempre, así que no escriba nombres",
	}
	anAmount = locale.Text{
		EN: "an amount such as 1,250.00", FR: "un montant comme 1 250,00", ES: "un importe como 1250,00",
	}
	aRate = locale.Text{EN: "a rate such as 1.0823", FR: "un taux comme 1,0823", ES: "un tipo como 1,0823"}
)

// The texts of entries.
var (
	entriesLead = locale.Text{
		EN: "Nothing in the books is ever changed: what was wrong is taken back by another entry.",
		FR: "Rien n'est jamais modifié dans les livres : ce qui était faux est annulé par une autre écriture.",
		ES: "En los libros nunca se modifica nada: lo que estaba mal se anula con otro asiento.",
	}
	orderLabel     = locale.Text{EN: "Order", FR: "Ordre", ES: "Orden"}
	newestFirst    = locale.Text{EN: "The latest days first", FR: "Les jours les plus récents d'abord", ES: "Primero los días más recientes"}
	oldestFirst    = locale.Text{EN: "The earliest days first", FR: "Les jours les plus anciens d'abord", ES: "Primero los días más antiguos"}
	aboutLabel     = locale.Text{EN: "For", FR: "Objet", ES: "Concepto"}
	takesBack      = locale.Text{EN: "takes another back", FR: "annule une autre", ES: "anula otro"}
	entryName      = locale.Text{EN: "{0}, {1}", FR: "{0}, {1}", ES: "{0}, {1}"}
	entryWord      = locale.Text{EN: "Entry", FR: "Écriture", ES: "Asiento"}
	eventHead      = locale.Text{EN: "What happened", FR: "Ce qui s'est passé", ES: "Qué ocurrió"}
	postingsTitle  = locale.Text{EN: "Postings, which sum to zero", FR: "Imputations, dont la somme est nulle", ES: "Apuntes, que suman cero"}
	postingsHead   = locale.Text{EN: "Postings", FR: "Imputations", ES: "Apuntes"}
	debitWord      = locale.Text{EN: "Debit", FR: "Débit", ES: "Debe"}
	creditWord     = locale.Text{EN: "Credit", FR: "Crédit", ES: "Haber"}
	proofHead      = locale.Text{EN: "Where it comes from", FR: "D'où elle vient", ES: "De dónde viene"}
	importWord     = locale.Text{EN: "Import", FR: "Importation", ES: "Importación"}
	seeImport      = locale.Text{EN: "See the import", FR: "Voir l'importation", ES: "Ver la importación"}
	sheetWord      = locale.Text{EN: "Sheet", FR: "Feuille", ES: "Hoja"}
	cellWord       = locale.Text{EN: "Cell", FR: "Cellule", ES: "Celda"}
	cellValueWord  = locale.Text{EN: "What stands there", FR: "Son contenu", ES: "Su contenido"}
	fileWord       = locale.Text{EN: "SHA-256 of the file", FR: "SHA-256 du fichier", ES: "SHA-256 del archivo"}
	requestWord    = locale.Text{EN: "Request", FR: "Requête", ES: "Solicitud"}
	identifierWord = locale.Text{EN: "Identifier", FR: "Identifiant", ES: "Identificador"}
	enteredWord    = locale.Text{EN: "Entered at", FR: "Saisie le", ES: "Registrado el"}
	byWord         = locale.Text{EN: "By", FR: "Par", ES: "Por"}
	yourself       = locale.Text{EN: "you", FR: "vous", ES: "usted"}
	somebodyElse   = locale.Text{EN: "another person", FR: "une autre personne", ES: "otra persona"}
	seeReversed    = locale.Text{EN: "See the entry that this one takes back", FR: "Voir l'écriture que celle-ci annule", ES: "Ver el asiento que este anula"}
	takenBackText  = locale.Text{EN: "It was taken back.", FR: "Elle a été annulée.", ES: "Ha sido anulado."}
	seeReversal    = locale.Text{EN: "See the entry that took it back", FR: "Voir l'écriture qui l'a annulée", ES: "Ver el asiento que lo anuló"}
	takeBack       = locale.Text{EN: "Take it back", FR: "L'annuler", ES: "Anularlo"}
	noEntries      = locale.Text{
		EN: "The books have no entry yet. Contributions come in by a sheet, on the imports page.",
		FR: "Les livres n'ont encore aucune écriture. Les contributions arrivent par une feuille, à la page des importations.",
		ES: "Los libros todavía no tienen ningún asiento. Las contribuciones llegan en una hoja, por la página de importaciones.",
	}
	reversesAlone = locale.Text{
		EN: "Another entry of {0} the other way is entered at once. Both stay in the books. It can't be undone: enter the event anew if it was right after all.",
		FR: "Une autre écriture de {0} en sens inverse est saisie aussitôt. Les deux restent dans les livres. C'est sans retour : saisissez l'opération de nouveau si elle était juste.",
		ES: "Se registra de inmediato otro asiento de {0} en sentido contrario. Los dos quedan en los libros. No se puede deshacer: registre de nuevo la operación si era correcta.",
	}
	reversesByTwo = locale.Text{
		EN: "Two persons decided on this entry, so taking {0} back is proposed to a second person. Nothing changes until then.",
		FR: "Cette écriture a été décidée à deux : l'annulation de {0} est proposée à une seconde personne. Rien ne change d'ici là.",
		ES: "Este asiento lo decidieron dos personas, así que la anulación de {0} se propone a una segunda persona. Hasta entonces no cambia nada.",
	}
	reversalDateHint = locale.Text{
		EN: "The entry's own day at the earliest, and in no closed period", FR: "Au plus tôt le jour de l'écriture, et dans aucune période close",
		ES: "Como pronto el día del asiento, y en ningún período cerrado",
	}
	reversalReasonHint = locale.Text{
		EN: "What was wrong; it stands in the books for good, so write no names", FR: "Ce qui était faux ; le motif reste dans les livres, n'y écrivez aucun nom",
		ES: "Qué estaba mal; queda en los libros para siempre, así que no escriba nombres",
	}
	takeBackNow     = locale.Text{EN: "Take the entry back", FR: "Annuler l'écriture", ES: "Anular el asiento"}
	proposeTakeBack = locale.Text{EN: "Propose to take it back", FR: "Proposer l'annulation", ES: "Proponer la anulación"}
)

// The texts of new entries and closings.
var (
	kindsLead = locale.Text{
		EN: "Many contributions and expenditures at once come in by a sheet, on the imports page. Here a single one is entered.",
		FR: "Les contributions et dépenses en nombre arrivent par une feuille, à la page des importations. Ici se saisit une seule opération.",
		ES: "Las contribuciones y los gastos en cantidad llegan en una hoja, por la página de importaciones. Aquí se registra uno solo.",
	}
	kindAbout = map[trust.Kind]locale.Text{
		trust.Deposit:      {EN: "Money of a donor arrived.", FR: "De l'argent d'un donateur est arrivé.", ES: "Llegó dinero de un donante."},
		trust.Refund:       {EN: "Money of a donor is given back.", FR: "De l'argent est rendu à un donateur.", ES: "Se devuelve dinero a un donante."},
		trust.Earned:       {EN: "The bank paid interest.", FR: "La banque a versé des intérêts.", ES: "El banco pagó intereses."},
		trust.ExchangeDiff: {EN: "Rates changed: a gain, or below zero a loss.", FR: "Les taux ont changé : un gain ou, sous zéro, une perte.", ES: "Cambiaron los tipos: una ganancia o, bajo cero, una pérdida."},
		trust.SupportCost:  {EN: "The agent charged its support costs.", FR: "L'agent a prélevé ses frais d'appui.", ES: "El agente cobró sus gastos de apoyo."},
		trust.Allocation:   {EN: "Money is set aside for an activity.", FR: "De l'argent est alloué à une activité.", ES: "Se asigna dinero a una actividad."},
		trust.Deallocation: {EN: "What was set aside for an activity is freed.", FR: "Ce qui était alloué à une activité est libéré.", ES: "Se libera lo asignado a una actividad."},
		trust.Expenditure:  {EN: "Money was spent on an activity.", FR: "De l'argent a été dépensé pour une activité.", ES: "Se gastó dinero en una actividad."},
	}
	twoPersons    = locale.Text{EN: "two persons", FR: "deux personnes", ES: "dos personas"}
	enteredAtOnce = locale.Text{
		EN: "It is entered in the books at once. It can't be changed afterwards, only taken back by another entry.",
		FR: "Elle est aussitôt inscrite dans les livres. Elle ne peut plus être modifiée ensuite, seulement annulée par une autre écriture.",
		ES: "Se registra en los libros de inmediato. Después no se puede modificar, solo anular con otro asiento.",
	}
	proposedFirst = locale.Text{
		EN: "It is proposed to a second person. Nothing in the books changes until that person approves it.",
		FR: "Elle est proposée à une seconde personne. Rien ne change dans les livres avant son approbation.",
		ES: "Se propone a una segunda persona. Nada cambia en los libros hasta que esa persona lo apruebe.",
	}
	unallocatedNow = locale.Text{
		EN: "Not set aside for any activity at present: {0}.", FR: "Non alloué actuellement : {0}.", ES: "Sin asignar en este momento: {0}.",
	}
	enterNow     = locale.Text{EN: "Enter in the books", FR: "Inscrire dans les livres", ES: "Registrar en los libros"}
	proposeNow   = locale.Text{EN: "Propose", FR: "Proposer", ES: "Proponer"}
	closeToLabel = locale.Text{EN: "Last day to be closed", FR: "Dernier jour à clore", ES: "Último día que se cierra"}
	closeToHint  = locale.Text{EN: "This day included", FR: "Ce jour compris", ES: "Este día incluido"}
	closingSays  = locale.Text{
		EN: "Closing is proposed to a second person. Once approved, no entry can be made on that day or before it, and it can't be reopened; statements of the period can then become final.",
		FR: "La clôture est proposée à une seconde personne. Une fois approuvée, plus aucune écriture n'est possible à cette date ni avant, sans retour ; les relevés de la période peuvent alors devenir définitifs.",
		ES: "El cierre se propone a una segunda persona. Una vez aprobado, no se puede registrar nada en ese día ni antes, y no se reabre; entonces los estados de cuenta del período pueden ser definitivos.",
	}
)
