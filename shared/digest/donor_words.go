package digest

import "github.com/learning-cities/guildhall/shared/locale"

var (
	statementTitle = locale.Text{EN: "{donor}: statement of the fund, {period}", FR: "{donor} : relevé du fonds, {period}", ES: "{donor}: estado de cuenta del fondo, {period}"}
	statementLead  = locale.Text{
		EN: "From {from} to {to} the fund received {received} from this donor, and {spent} of its money was spent on activities. At the end, {held} is held in trust for it. {state}",
		FR: "Du {from} au {to}, le fonds a reçu {received} de ce donateur, et {spent} de son argent ont été dépensés pour les activités. À la fin, {held} sont détenus en dépôt pour lui. {state}",
		ES: "Del {from} al {to}, el fondo recibió {received} de este donante, y {spent} de su dinero se gastaron en actividades. Al final, {held} se mantienen en depósito para él. {state}",
	}
	finalLead = locale.Text{
		EN: "The statement is final: two persons approved it, and it is never changed.",
		FR: "Le relevé est définitif : deux personnes l’ont approuvé et il n’est jamais modifié.",
		ES: "El estado de cuenta es definitivo: dos personas lo aprobaron y nunca se modifica.",
	}
	provisionalLead = locale.Text{
		EN: "The statement is provisional: it can still change until two persons have made it final.",
		FR: "Le relevé est provisoire : il peut encore changer tant que deux personnes ne l’ont pas rendu définitif.",
		ES: "El estado de cuenta es provisional: aún puede cambiar hasta que dos personas lo hagan definitivo.",
	}
	statementUnheard = locale.Text{
		EN: "Nothing of this donor was on record by {day}: neither a pledge nor a contribution.",
		FR: "Rien de ce donateur n’était enregistré au {day} : ni promesse ni contribution.",
		ES: "Hasta el {day} no constaba nada de este donante: ni promesa ni contribución.",
	}

	statusWord   = locale.Text{EN: "State of the statement", FR: "État du relevé", ES: "Condición del estado de cuenta"}
	finalVersion = locale.Text{EN: "{status}, version {version}", FR: "{status}, version {version}", ES: "{status}, versión {version}"}
	paidForWord  = locale.Text{EN: "What the donor’s money paid for", FR: "Ce que l’argent du donateur a financé", ES: "Qué pagó el dinero del donante"}
	focusOfDonor = locale.Text{
		EN: "Share of the donor’s spending that names a country", FR: "Part des dépenses du donateur pour lesquelles un pays est indiqué",
		ES: "Parte del gasto del donante en el que consta un país",
	}
	agreementName = locale.Text{EN: "Agreement {agreement}", FR: "Accord {agreement}", ES: "Acuerdo {agreement}"}
	pledgedWord   = locale.Text{EN: "Pledged", FR: "Promis", ES: "Prometido"}
	coveredWord   = locale.Text{EN: "Received for it", FR: "Reçu à ce titre", ES: "Recibido por ello"}

	contributionWord = locale.Text{EN: "Contribution", FR: "Contribution", ES: "Contribución"}
	convertedTo      = locale.Text{EN: "{paid}, worth {worth}", FR: "{paid}, soit {worth}", ES: "{paid}, equivalente a {worth}"}
	openInstalments  = locale.Text{EN: "Instalments that are open", FR: "Échéances restant dues", ES: "Plazos pendientes"}
	nothingOpen      = locale.Text{EN: "No instalment is open.", FR: "Aucune échéance ne reste due.", ES: "No hay ningún plazo pendiente."}
	resultsTitle     = locale.Text{EN: "What these activities achieved", FR: "Ce que ces activités ont permis", ES: "Qué lograron estas actividades"}

	statementWorkbook = locale.Text{EN: "Statement as a workbook", FR: "Relevé en classeur", ES: "Estado de cuenta en libro de cálculo"}
	statementPaper    = locale.Text{EN: "Statement as a paper (PDF)", FR: "Relevé imprimable (PDF)", ES: "Estado de cuenta para imprimir (PDF)"}
	statementData     = locale.Text{EN: "Statement as data (CSV)", FR: "Données du relevé (CSV)", ES: "Datos del estado de cuenta (CSV)"}

	overdueSubject = locale.Text{
		EN: "{donor}: instalment {number} of the agreement {agreement} is overdue", FR: "{donor} : l’échéance {number} de l’accord {agreement} est en retard",
		ES: "{donor}: el plazo {number} del acuerdo {agreement} está vencido",
	}
	overdueLead = locale.Text{
		EN: "{open} of instalment {number} of the agreement {agreement} was due on {due} and had not come by {today}. Please have it paid; if it is on its way, tell the secretariat when it was sent.",
		FR: "{open} de l’échéance {number} de l’accord {agreement} étaient dus le {due} et n’étaient pas arrivés au {today}. Veuillez faire procéder au versement ; s’il est en cours, indiquez au secrétariat la date de l’envoi.",
		ES: "{open} del plazo {number} del acuerdo {agreement} vencieron el {due} y no habían llegado al {today}. Le rogamos que disponga el pago; si está en camino, indique a la secretaría cuándo se envió.",
	}
	overdueNoMore = locale.Text{
		EN: "Nothing of this instalment is open any more.", FR: "Plus rien n’est dû sur cette échéance.", ES: "Ya no queda nada pendiente de este plazo.",
	}
	dueOnWord       = locale.Text{EN: "Due on", FR: "Due le", ES: "Vence el"}
	daysOverdueWord = locale.Text{EN: "Days overdue", FR: "Jours de retard", ES: "Días de retraso"}
	instalmentWord  = locale.Text{EN: "Instalment", FR: "Échéance", ES: "Plazo"}
)
