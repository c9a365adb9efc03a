package pages

import "github.com/learning-cities/guildhall/shared/locale"

// colon stands between two parts of a line.
var colon = locale.Text{EN: ": ", FR: "\u00a0: ", ES: ": "}

// The texts of home.
var (
	homeEntry = locale.Text{EN: "Home", FR: "Accueil", ES: "Inicio"}
	homeLead  = locale.Text{
		EN: "What waits for you, and by when.",
		FR: "Ce qui vous attend, et pour quand.",
		ES: "Lo que espera su atención, y para cuándo.",
	}
	homeTitle = locale.Text{EN: "What waits for me", FR: "Ce qui m'attend", ES: "Lo que me espera"}

	deadlinesTitle = locale.Text{EN: "Deadlines", FR: "Échéances", ES: "Plazos"}
	noDeadlines    = locale.Text{
		EN: "No call is open. When the next one is published, its deadlines stand here.",
		FR: "Aucun appel n'est ouvert. Dès la publication du prochain, ses échéances figureront ici.",
		ES: "No hay ninguna convocatoria abierta. Cuando se publique la próxima, sus plazos figurarán aquí.",
	}
	cityDeadline = locale.Text{
		EN: "cities send their application by", FR: "les villes envoient leur candidature au plus tard le",
		ES: "las ciudades envían su solicitud hasta el",
	}
	commissionDeadline = locale.Text{
		EN: "National Commissions submit by", FR: "les Commissions nationales présentent au plus tard le",
		ES: "las Comisiones Nacionales presentan hasta el",
	}
	lastDay = locale.Text{EN: "today is the last day", FR: "c'est le dernier jour", ES: "hoy es el último día"}
	dayLeft = locale.Text{EN: "day left", FR: "jour restant", ES: "día restante"}
	days    = locale.Text{EN: "days left", FR: "jours restants", ES: "días restantes"}

	quotaTitle = locale.Text{EN: "Your country's quota", FR: "Le quota de votre pays", ES: "El cupo de su país"}
	noQuota    = locale.Text{
		EN: "No call is open, so nothing has to be endorsed or chosen.",
		FR: "Aucun appel n'est ouvert : rien n'est à avaliser ni à choisir.",
		ES: "No hay ninguna convocatoria abierta: no hay nada que avalar ni elegir.",
	}
	submitted = locale.Text{EN: "submitted", FR: "présentées", ES: "presentadas"}
	ofWord    = locale.Text{EN: "of", FR: "sur", ES: "de"}
	toEndorse = locale.Text{EN: "to be endorsed or returned", FR: "à avaliser ou à renvoyer", ES: "por avalar o devolver"}
	toChoose  = locale.Text{EN: "endorsed, to choose from", FR: "avalisées, parmi lesquelles choisir", ES: "avaladas, entre las que elegir"}

	importsTitle = locale.Text{EN: "Imports", FR: "Importations", ES: "Importaciones"}
	noImports    = locale.Text{
		EN: "No import waits for you. One that is sent and checked stands here until it is committed.",
		FR: "Aucune importation ne vous attend. Celle qui est envoyée et vérifiée figure ici jusqu'à sa validation.",
		ES: "Ninguna importación espera su atención. La que se envía y se comprueba figura aquí hasta que se confirma.",
	}
	toMend   = locale.Text{EN: "rows with a question or an error", FR: "lignes avec une question ou une erreur", ES: "filas con una pregunta o un error"}
	toCommit = locale.Text{EN: "rows ready to be committed", FR: "lignes prêtes à être validées", ES: "filas listas para confirmarse"}

	proposalsTitle = locale.Text{EN: "Proposals for the fund", FR: "Propositions pour le fonds", ES: "Propuestas para el fondo"}
	noProposals    = locale.Text{
		EN: "No proposal waits for a second person.",
		FR: "Aucune proposition n'attend une seconde personne.",
		ES: "Ninguna propuesta espera a una segunda persona.",
	}
	waitsForSecond = locale.Text{EN: "waits for a second person", FR: "attend une seconde personne", ES: "espera a una segunda persona"}
	waitsForYou    = locale.Text{EN: "waits for you to decide", FR: "attend votre décision", ES: "espera su decisión"}
	waitsForOther  = locale.Text{
		EN: "waits for another person, since you proposed it", FR: "attend une autre personne, puisque vous l'avez proposée",
		ES: "espera a otra persona, puesto que usted la propuso",
	}
	aClosing   = locale.Text{EN: "Closing of the books up to", FR: "Clôture des comptes jusqu'au", ES: "Cierre de las cuentas hasta el"}
	aReversal  = locale.Text{EN: "Reversal of an entry", FR: "Annulation d'une écriture", ES: "Anulación de un asiento"}
	aStatement = locale.Text{EN: "Donor's statement", FR: "Relevé d'un donateur", ES: "Estado de un donante"}

	givingTitle = locale.Text{EN: "Your contribution", FR: "Votre contribution", ES: "Su contribución"}
	noGiving    = locale.Text{
		EN: "Nothing of yours is on record yet. Once a pledge or a payment is entered, it stands here; the secretariat knows what is under way.",
		FR: "Rien n'est encore enregistré. Dès qu'un engagement ou un versement est saisi, il figure ici ; le secrétariat sait ce qui est en cours.",
		ES: "Todavía no consta nada suyo. En cuanto se registre un compromiso o un pago, figurará aquí; la secretaría sabe qué está en curso.",
	}
	received = locale.Text{EN: "Received from you", FR: "Reçu de votre part", ES: "Recibido de usted"}
	pledged  = locale.Text{EN: "Pledged by you", FR: "Promis par vous", ES: "Comprometido por usted"}
	owed     = locale.Text{EN: "Instalment due", FR: "Versement dû", ES: "Plazo por pagar"}
	dueOn    = locale.Text{EN: "due on", FR: "échéance :", ES: "vence el"}
	overdue  = locale.Text{EN: "overdue since", FR: "en retard depuis le", ES: "vencido desde el"}
)

// The texts of what is done on other pages.
var (
	importAct = locale.Text{EN: "Bring a sheet", FR: "Importer une feuille", ES: "Importar una hoja"}
	givingAct = locale.Text{EN: "What became of it", FR: "Ce qu'elle est devenue", ES: "En qué se ha empleado"}
	ownAct    = locale.Text{EN: "To your application", FR: "Vers votre candidature", ES: "Ir a su solicitud"}

	applicationsTitle = locale.Text{EN: "Applications", FR: "Candidatures", ES: "Solicitudes"}
	noneToDecide      = locale.Text{
		EN: "No application waits for a decision. Those that National Commissions submit stand here.",
		FR: "Aucune candidature n'attend de décision. Celles que les Commissions nationales présentent figurent ici.",
		ES: "Ninguna solicitud espera una decisión. Las que presenten las Comisiones Nacionales figurarán aquí.",
	}
	toDecideOne  = locale.Text{EN: "waits for a decision", FR: "attend une décision", ES: "espera una decisión"}
	toDecideMany = locale.Text{EN: "wait for a decision", FR: "attendent une décision", ES: "esperan una decisión"}

	ownTitle      = locale.Text{EN: "Your application", FR: "Votre candidature", ES: "Su solicitud"}
	noApplication = locale.Text{
		EN: "Your city has not begun an application.",
		FR: "Votre ville n'a pas commencé de candidature.",
		ES: "Su ciudad no ha empezado ninguna solicitud.",
	}

	dutiesTitle = locale.Text{EN: "Reports to send", FR: "Rapports à envoyer", ES: "Informes por enviar"}
	noDuties    = locale.Text{
		EN: "No news or report of yours is due in the next three months.",
		FR: "Aucune nouvelle ni aucun rapport n'est attendu de vous dans les trois mois à venir.",
		ES: "No se espera de usted ninguna noticia ni informe en los próximos tres meses.",
	}
	dutyBy = locale.Text{EN: "due by", FR: "à envoyer au plus tard le", ES: "hasta el"}

	statementsTitle = locale.Text{EN: "Your final statements", FR: "Vos relevés définitifs", ES: "Sus estados definitivos"}
	noStatements    = locale.Text{
		EN: "No statement of yours is final yet. What your page shows can be downloaded at any time, as provisional figures.",
		FR: "Aucun de vos relevés n'est encore définitif. Ce que montre votre page peut être téléchargé à tout moment, à titre provisoire.",
		ES: "Ninguno de sus estados es definitivo todavía. Lo que muestra su página puede descargarse en cualquier momento, con carácter provisional.",
	}
	finalWord = locale.Text{EN: "final since", FR: "définitif depuis le", ES: "definitivo desde el"}
)
