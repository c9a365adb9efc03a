package fund

import (
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The texts of proposals.
var (
	proposalsLead = locale.Text{
		EN: "What one person proposes another one approves. Until then nothing changes.",
		FR: "Ce qu'une personne propose, une autre l'approuve. D'ici là, rien ne change.",
		ES: "Lo que una persona propone lo aprueba otra. Hasta entonces no cambia nada.",
	}
	stateLabel   = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	onlyOpen     = locale.Text{EN: "Waiting to be decided", FR: "En attente de décision", ES: "Pendientes de decisión"}
	allOfThem    = locale.Text{EN: "All", FR: "Tout", ES: "Todo"}
	openWord     = locale.Text{EN: "waiting", FR: "en attente", ES: "pendiente"}
	approvedWord = locale.Text{EN: "approved", FR: "approuvée", ES: "aprobada"}
	rejectedWord = locale.Text{EN: "rejected", FR: "rejetée", ES: "rechazada"}
	noProposals  = locale.Text{
		EN: "No proposal waits for a second person.", FR: "Aucune proposition n'attend une seconde personne.",
		ES: "Ninguna propuesta espera a una segunda persona.",
	}
	whatWord       = locale.Text{EN: "What", FR: "Objet", ES: "Objeto"}
	reversalOf     = locale.Text{EN: "Reversal of entry {0}", FR: "Annulation de l'écriture {0}", ES: "Anulación del asiento {0}"}
	statementOf    = locale.Text{EN: "Final statement of {0}, {1} to {2}", FR: "Relevé définitif de {0}, du {1} au {2}", ES: "Estado de cuenta definitivo de {0}, del {1} al {2}"}
	closingOf      = locale.Text{EN: "Closing of the books up to {0}", FR: "Clôture des comptes jusqu'au {0}", ES: "Cierre de las cuentas hasta el {0}"}
	proposedByWord = locale.Text{EN: "Proposed by", FR: "Proposé par", ES: "Propuesto por"}
	proposedAtWord = locale.Text{EN: "Proposed on", FR: "Proposé le", ES: "Propuesto el"}
	decidedByWord  = locale.Text{EN: "Decided by", FR: "Décidé par", ES: "Decidido por"}
	decidedAtWord  = locale.Text{EN: "Decided on", FR: "Décidé le", ES: "Decidido el"}
	versionWord    = locale.Text{EN: "Version", FR: "Version", ES: "Versión"}
	digestWord     = locale.Text{EN: "Digest of the figures", FR: "Empreinte des chiffres", ES: "Huella de las cifras"}
	proposedHead   = locale.Text{EN: "What is proposed", FR: "Ce qui est proposé", ES: "Qué se propone"}
	reversedHead   = locale.Text{EN: "The entry that is to be taken back", FR: "L'écriture à annuler", ES: "El asiento que se anularía"}
	seeEntry       = locale.Text{EN: "See the entry", FR: "Voir l'écriture", ES: "Ver el asiento"}
	seeOutcome     = locale.Text{EN: "See the entry that it became", FR: "Voir l'écriture qui en est issue", ES: "Ver el asiento resultante"}
	seeStatement   = locale.Text{EN: "See the donor's statements", FR: "Voir les relevés du donateur", ES: "Ver los estados de cuenta del donante"}
	approveHead    = locale.Text{EN: "If you approve", FR: "Si vous approuvez", ES: "Si lo aprueba"}
	rejectHead     = locale.Text{EN: "If you reject", FR: "Si vous rejetez", ES: "Si lo rechaza"}
	rejectSays     = locale.Text{
		EN: "Nothing in the books changes. The proposal stays on record as rejected, and can be made anew.",
		FR: "Rien ne change dans les livres. La proposition reste enregistrée comme rejetée, et peut être refaite.",
		ES: "Nada cambia en los libros. La propuesta queda registrada como rechazada y puede volver a hacerse.",
	}
	approveNow     = locale.Text{EN: "Approve", FR: "Approuver", ES: "Aprobar"}
	rejectNow      = locale.Text{EN: "Reject", FR: "Rejeter", ES: "Rechazar"}
	waitsForSecond = locale.Text{EN: "It waits for a second person.", FR: "Elle attend une seconde personne.", ES: "Espera a una segunda persona."}
	waitsForOther  = locale.Text{
		EN: "You proposed it, so another person approves it.", FR: "Vous l'avez proposée : c'est une autre personne qui l'approuve.",
		ES: "La propuso usted, así que la aprueba otra persona.",
	}
	eventEffects = map[trust.Kind]locale.Text{
		trust.Allocation: {EN: "{0} are set aside for {1}.", FR: "{0} sont alloués à {1}.", ES: "Se asignan {0} a {1}."},
		trust.Refund:     {EN: "{0} are given back to the donor.", FR: "{0} sont rendus au donateur.", ES: "Se devuelven {0} al donante."},
	}
	unallocatedChange = locale.Text{
		EN: "What is not set aside goes from {0} to {1}.", FR: "Le non alloué passe de {0} à {1}.", ES: "Lo no asignado pasa de {0} a {1}.",
	}
	allocatedChange = locale.Text{
		EN: "What is set aside for the activity, and unspent, goes from {0} to {1}.",
		FR: "L'alloué non dépensé de l'activité passe de {0} à {1}.", ES: "Lo asignado a la actividad y no gastado pasa de {0} a {1}.",
	}
	reversalEffect = locale.Text{
		EN: "An entry of {0} takes it back. Both stay in the books.", FR: "Une écriture du {0} l'annule. Les deux restent dans les livres.",
		ES: "Un asiento del {0} lo anula. Los dos quedan en los libros.",
	}
	statementEffect = locale.Text{
		EN: "Version {0} becomes final. It is never changed: a correction is a new version.",
		FR: "La version {0} devient définitive. Elle ne change plus jamais : une correction est une nouvelle version.",
		ES: "La versión {0} pasa a ser definitiva. No se modifica nunca: una corrección es una versión nueva.",
	}
	closingEffect = locale.Text{
		EN: "No entry can be made on {0} or before it any more. It can't be reopened.",
		FR: "Plus aucune écriture n'est possible le {0} ni avant. C'est sans retour.",
		ES: "Ya no se puede registrar nada el {0} ni antes. No se puede reabrir.",
	}
)

// The texts of donors and their own pages.
var (
	nameLabel      = locale.Text{EN: "Name", FR: "Nom", ES: "Nombre"}
	donorKindLabel = locale.Text{EN: "Kind of donor", FR: "Type de donateur", ES: "Tipo de donante"}
	noDonors       = locale.Text{
		EN: "No donor is on record yet.", FR: "Aucun donateur n'est encore enregistré.", ES: "Todavía no consta ningún donante.",
	}
	donorsBySheet = locale.Text{
		EN: "Pledges and contributions come in by a sheet, on the imports page.", FR: "Les promesses et les contributions arrivent par une feuille, à la page des importations.",
		ES: "Las promesas y las contribuciones llegan en una hoja, por la página de importaciones.",
	}
	noneFound = locale.Text{EN: "No donor fits. Look for less.", FR: "Aucun donateur ne correspond. Cherchez moins précisément.", ES: "Ningún donante coincide. Busque con menos detalle."}
	noGiving  = locale.Text{
		EN: "Nothing of yours is on record yet. Once a pledge or a payment is entered, it stands here; the secretariat knows what is under way.",
		FR: "Rien n'est encore enregistré. Dès qu'une promesse ou un versement est saisi, il figure ici ; le secrétariat sait ce qui est en cours.",
		ES: "Todavía no consta nada suyo. En cuanto se registre una promesa o un pago, figurará aquí; la secretaría sabe qué está en curso.",
	}
	nothingBefore = locale.Text{
		EN: "Up to the end of this term nothing is on record. Choose a later one.",
		FR: "Rien n'est enregistré jusqu'à la fin de ce mandat. Choisissez-en un plus récent.",
		ES: "Hasta el fin de este periodo no consta nada. Elija uno posterior.",
	}
	reachNote = locale.Text{
		EN: "In each column, your share of an activity's spending is divided among the countries that all of its spending in those days reached. So a country can have more in a term than cumulatively, where the activity went to others before.",
		FR: "Dans chaque colonne, votre part des dépenses d'une activité est répartie entre les pays que toutes ses dépenses ont touchés durant ces jours. Un pays peut donc avoir plus dans un mandat que dans le cumul, si l'activité en a touché d'autres auparavant.",
		ES: "En cada columna, su parte de los gastos de una actividad se reparte entre los países a los que llegaron todos sus gastos en esos días. Así, un país puede tener más en un periodo que en el acumulado, si antes la actividad llegó a otros.",
	}
	pledgedWord = locale.Text{EN: "Pledged", FR: "Promis", ES: "Prometido"}
	heldForWord = locale.Text{EN: "Balance held in trust", FR: "Solde détenu en dépôt", ES: "Saldo en depósito"}
	asOf        = locale.Text{EN: "as of {0}", FR: "au {0}", ES: "al {0}"}
	spentOfIt   = locale.Text{EN: "Spent on activities", FR: "Dépensé pour les activités", ES: "Gastado en actividades"}
	didHead     = locale.Text{EN: "What the money did", FR: "Ce que l'argent a permis", ES: "Qué hizo el dinero"}
	spentTitle  = locale.Text{EN: "Spent by activity", FR: "Dépensé par activité", ES: "Gastado por actividad"}
	resultsHead = locale.Text{EN: "What came of it", FR: "Les résultats", ES: "Los resultados"}
	nothingDone = locale.Text{
		EN: "None of this money was spent yet. It is held in trust until an activity is paid.",
		FR: "Rien de cet argent n'a encore été dépensé. Il est détenu en dépôt jusqu'au paiement d'une activité.",
		ES: "Todavía no se ha gastado nada de este dinero. Queda en depósito hasta que se pague una actividad.",
	}
	balanceHead   = locale.Text{EN: "The balance", FR: "Le solde", ES: "El saldo"}
	balanceTitle  = locale.Text{EN: "From the opening to the closing balance", FR: "Du solde d'ouverture au solde de clôture", ES: "Del saldo inicial al saldo final"}
	pledgesHead   = locale.Text{EN: "Pledges", FR: "Promesses", ES: "Promesas"}
	pledgesTitle  = locale.Text{EN: "Instalments and what came for them", FR: "Échéances et ce qui a été reçu", ES: "Plazos y lo recibido por ellos"}
	dueLabel      = locale.Text{EN: "Due on", FR: "Due le", ES: "Vence el"}
	coveredLabel  = locale.Text{EN: "Received for it", FR: "Reçu à ce titre", ES: "Recibido por ello"}
	openLabel     = locale.Text{EN: "Open", FR: "Reste dû", ES: "Pendiente"}
	noDay         = locale.Text{EN: "no day agreed", FR: "aucune date convenue", ES: "sin fecha acordada"}
	coveredState  = locale.Text{EN: "received", FR: "reçu", ES: "recibido"}
	overdueState  = locale.Text{EN: "overdue", FR: "en retard", ES: "vencido"}
	dueLater      = locale.Text{EN: "due later", FR: "à venir", ES: "por vencer"}
	noPledges     = locale.Text{EN: "No pledge is on record.", FR: "Aucune promesse n'est enregistrée.", ES: "No consta ninguna promesa."}
	giftsHead     = locale.Text{EN: "Contributions", FR: "Contributions", ES: "Contribuciones"}
	giftsTitle    = locale.Text{EN: "Contributions received", FR: "Contributions reçues", ES: "Contribuciones recibidas"}
	receivedLabel = locale.Text{EN: "Received on", FR: "Reçu le", ES: "Recibido el"}
	worthLabel    = locale.Text{EN: "In the fund's currency", FR: "Dans la monnaie du fonds", ES: "En la moneda del fondo"}
	referenceWord = locale.Text{EN: "Bank reference", FR: "Référence bancaire", ES: "Referencia bancaria"}
	noGifts       = locale.Text{EN: "No contribution is on record.", FR: "Aucune contribution n'est enregistrée.", ES: "No consta ninguna contribución."}
	proofOfIt     = locale.Text{EN: "What these figures rest on", FR: "Sur quoi reposent ces chiffres", ES: "En qué se basan estas cifras"}
	issuedWord    = locale.Text{EN: "Issued on", FR: "Établi le", ES: "Emitido el"}
	booksWord     = locale.Text{EN: "Books", FR: "Livres", ES: "Libros"}
	booksClosed   = locale.Text{
		EN: "closed up to the period's end: nothing in it can change", FR: "clos jusqu'à la fin de la période : plus rien n'y peut changer",
		ES: "cerrados hasta el fin del periodo: nada en él puede cambiar",
	}
	booksOpen = locale.Text{
		EN: "open: entries of the period may still come", FR: "ouverts : des écritures de la période peuvent encore arriver",
		ES: "abiertos: aún pueden llegar asientos del periodo",
	}
	reconciledWord = locale.Text{EN: "With all other donors", FR: "Avec tous les autres donateurs", ES: "Con todos los demás donantes"}
	reconciledText = locale.Text{
		EN: "{0} of this donor and {1} of all others are {2}, what the fund holds", FR: "{0} de ce donateur et {1} de tous les autres font {2}, ce que détient le fonds",
		ES: "{0} de este donante y {1} de todos los demás son {2}, lo que tiene el fondo",
	}
	definitionsHead = locale.Text{EN: "What the words mean", FR: "Le sens des mots", ES: "Qué significan las palabras"}
)

// The texts of statements.
var (
	fetchHead    = locale.Text{EN: "Download the statement", FR: "Télécharger le relevé", ES: "Descargar el estado de cuenta"}
	fetchPeriod  = locale.Text{EN: "For this period, in your language.", FR: "Pour cette période, dans votre langue.", ES: "De este periodo, en su idioma."}
	otherPeriods = locale.Text{EN: "Other periods, languages and final statements", FR: "Autres périodes, langues et relevés définitifs", ES: "Otros periodos, idiomas y estados de cuenta definitivos"}
	finalsHead   = locale.Text{EN: "Final statements", FR: "Relevés définitifs", ES: "Estados de cuenta definitivos"}
	finalsTitle  = locale.Text{EN: "Statements that two persons made final", FR: "Relevés que deux personnes ont rendus définitifs", ES: "Estados de cuenta que dos personas hicieron definitivos"}
	noFinals     = locale.Text{
		EN: "No statement is final yet. A provisional one can be downloaded at any time.",
		FR: "Aucun relevé n'est encore définitif. Un relevé provisoire peut être téléchargé à tout moment.",
		ES: "Todavía no hay ningún estado de cuenta definitivo. Uno provisional se puede descargar en cualquier momento.",
	}
	periodLabel   = locale.Text{EN: "Period", FR: "Période", ES: "Periodo"}
	approvedBy    = locale.Text{EN: "Approved by", FR: "Approuvé par", ES: "Aprobado por"}
	termOrDays    = locale.Text{EN: "Or give two days below", FR: "Ou indiquez deux jours ci-dessous", ES: "O indique dos días abajo"}
	termOfToday   = locale.Text{EN: "The present term", FR: "Le mandat en cours", ES: "El periodo actual"}
	fromLabel     = locale.Text{EN: "From", FR: "Du", ES: "Desde"}
	toLabel       = locale.Text{EN: "To", FR: "Au", ES: "Hasta"}
	formatLabel   = locale.Text{EN: "Format", FR: "Format", ES: "Formato"}
	languageLabel = locale.Text{EN: "Language", FR: "Langue", ES: "Idioma"}
	fetchNow      = locale.Text{EN: "Prepare the file", FR: "Préparer le fichier", ES: "Preparar el archivo"}
	formatNames   = map[request.Format]locale.Text{
		request.XLSX: {EN: "Excel workbook", FR: "Classeur Excel", ES: "Libro de Excel"},
		request.PDF:  {EN: "PDF", FR: "PDF", ES: "PDF"},
		request.CSV:  {EN: "CSV table", FR: "Tableau CSV", ES: "Tabla CSV"},
	}
	formatNotes = map[request.Format]locale.Text{
		request.XLSX: {EN: "with formulas and charts", FR: "avec formules et graphiques", ES: "con fórmulas y gráficos"},
		request.PDF:  {EN: "to read and print", FR: "à lire et à imprimer", ES: "para leer e imprimir"},
		request.CSV:  {EN: "for other programs", FR: "pour d'autres programmes", ES: "para otros programas"},
	}
	languageNames = map[locale.Lang]string{locale.EN: "English", locale.FR: "Français", locale.ES: "Español"}
	finalTitle    = locale.Text{EN: "Make a statement final", FR: "Rendre un relevé définitif", ES: "Hacer definitivo un estado de cuenta"}
	finalSays     = locale.Text{
		EN: "It is proposed to a second person. The books have to be closed up to the period's last day. Once approved, this version never changes.",
		FR: "C'est proposé à une seconde personne. Les comptes doivent être clos jusqu'au dernier jour de la période. Une fois approuvée, cette version ne change plus.",
		ES: "Se propone a una segunda persona. Las cuentas deben estar cerradas hasta el último día del periodo. Una vez aprobada, esta versión no cambia nunca.",
	}
	statementReasonHint = locale.Text{
		EN: "Needed where another version is final already", FR: "Nécessaire si une autre version est déjà définitive", ES: "Necesario si ya hay otra versión definitiva",
	}
)
