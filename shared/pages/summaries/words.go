package summaries

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
)

// What is written about.
var aboutNames = map[programme.About]locale.Text{
	programme.ClusterDigest:     {EN: "Newsletter of a cluster", FR: "Bulletin d'un pôle", ES: "Boletín de un grupo"},
	programme.NetworkDigest:     {EN: "Newsletter of the network", FR: "Bulletin du réseau", ES: "Boletín de la red"},
	programme.FundSummary:       {EN: "Summary of the fund", FR: "Synthèse du fonds", ES: "Resumen del fondo"},
	programme.DonorStatement:    {EN: "Statement to a donor", FR: "Relevé d'un donateur", ES: "Estado de cuenta de un donante"},
	programme.MembershipSummary: {EN: "Summary of the membership", FR: "Synthèse des adhésions", ES: "Resumen de la membresía"},
	programme.CallCity:          {EN: "Deadline for a city's application", FR: "Date limite de candidature d'une ville", ES: "Plazo de solicitud de una ciudad"},
	programme.CallCommission: {
		EN: "Deadline for a National Commission", FR: "Date limite d'une Commission nationale", ES: "Plazo de una Comisión Nacional",
	},
	programme.TermEnd: {EN: "End of a mandate as coordinator", FR: "Fin d'un mandat de coordination", ES: "Fin de un mandato de coordinación"},
	programme.ParticipationEnd: {
		EN: "End of the participation in a cluster", FR: "Fin de la participation à un pôle", ES: "Fin de la participación en un grupo",
	},
	programme.NewsDue:           {EN: "News for the newsletter", FR: "Nouvelles pour le bulletin", ES: "Noticias para el boletín"},
	programme.ReportDue:         {EN: "Progress report of a cluster", FR: "Rapport d'avancement d'un pôle", ES: "Informe de progreso de un grupo"},
	programme.InstalmentOverdue: {EN: "Overdue instalment of a pledge", FR: "Échéance de promesse en retard", ES: "Plazo vencido de una promesa"},
}

// What came of an occasion.
var outcomes = map[outbox.Outcome]struct {
	name, about locale.Text
	tone        page.Tone
}{
	outbox.Written: {
		locale.Text{EN: "written", FR: "rédigée", ES: "redactado"},
		locale.Text{EN: "Letters about it were written.", FR: "Des courriels ont été rédigés à ce sujet.", ES: "Se redactaron correos sobre ello."}, page.Good,
	},
	outbox.Nothing: {
		locale.Text{EN: "nothing new", FR: "rien de nouveau", ES: "sin novedades"},
		locale.Text{EN: "There was nothing new, so no letter was sent.", FR: "Il n'y avait rien de nouveau : aucun courriel n'a été envoyé.", ES: "No había novedades, así que no se envió ningún correo."}, page.Calm,
	},
	outbox.Nobody: {
		locale.Text{EN: "nobody to write to", FR: "aucun destinataire", ES: "sin destinatarios"},
		locale.Text{EN: "Nobody on record is written to about it.", FR: "Personne d'enregistré ne reçoit de courriel à ce sujet.", ES: "No consta nadie a quien escribir sobre ello."}, page.Calm,
	},
	outbox.Lapsed: {
		locale.Text{EN: "too late", FR: "trop tard", ES: "demasiado tarde"},
		locale.Text{
			EN: "The day that it reminds of was over before the reminder could be made, so none was sent.",
			FR: "Le jour visé était passé avant que le rappel n'ait pu être établi : aucun n'a été envoyé.",
			ES: "El día del que avisa había pasado antes de poder elaborar el aviso, así que no se envió ninguno.",
		}, page.Watch,
	},
}

// The list.
var (
	listTitle = locale.Text{EN: "Summaries", FR: "Synthèses", ES: "Resúmenes"}
	listLead  = locale.Text{
		EN: "Reports and reminders that the product writes by itself on their days. Each stands here as it was sent; a correction is added to it.",
		FR: "Les rapports et rappels établis automatiquement au jour prévu. Chacun figure ici tel qu'il a été envoyé ; une correction s'y ajoute.",
		ES: "Los informes y avisos que se elaboran automáticamente en su día. Cada uno figura aquí tal como se envió; las correcciones se añaden.",
	}
	anyWord       = locale.Text{EN: "all", FR: "tout", ES: "todo"}
	aboutWord     = locale.Text{EN: "About", FR: "Objet", ES: "Asunto"}
	outcomeWord   = locale.Text{EN: "What came of it", FR: "Suite donnée", ES: "Qué se hizo"}
	summaryWord   = locale.Text{EN: "Summary", FR: "Synthèse", ES: "Resumen"}
	dayWord       = locale.Text{EN: "Day or end of period", FR: "Jour ou fin de période", ES: "Día o fin del periodo"}
	madeWord      = locale.Text{EN: "Made on", FR: "Établie le", ES: "Elaborado el"}
	lettersWord   = locale.Text{EN: "E-mails", FR: "Courriels", ES: "Correos"}
	correctedWord = locale.Text{EN: "corrected", FR: "corrigée", ES: "corregido"}
	noSummaries   = locale.Text{
		EN: "There is none of these yet. Each appears on the day on which it is due.",
		FR: "Il n'y en a pas encore. Chacune apparaît le jour où elle est due.",
		ES: "Todavía no hay ninguno. Cada uno aparece el día que corresponde.",
	}

	plannedTitle = locale.Text{EN: "Due in the next month", FR: "Prévu pour le mois à venir", ES: "Previsto para el próximo mes"}
	plannedLead  = locale.Text{
		EN: "What the product will write in the next 31 days, as far as today's records tell, and how many e-mails that makes. Nothing is sent by looking at it.",
		FR: "Ce qui sera établi dans les 31 prochains jours d'après les données actuelles, et le nombre de courriels correspondant. Consulter cette page n'envoie rien.",
		ES: "Lo que se elaborará en los próximos 31 días según los datos de hoy, y cuántos correos supone. Consultar esta página no envía nada.",
	}
	nothingPlanned = locale.Text{
		EN: "Nothing becomes due in the next month.", FR: "Rien n'est prévu pour le mois à venir.", ES: "No hay nada previsto para el próximo mes.",
	}
	dueWord       = locale.Text{EN: "Due at", FR: "Prévu le", ES: "Previsto para el"}
	occasionsWord = locale.Text{EN: "How many", FR: "Nombre", ES: "Cantidad"}
)

// One of them.
var (
	firstDayWord = locale.Text{EN: "First day", FR: "Premier jour", ES: "Primer día"}
	lastDayWord  = locale.Text{EN: "Last day", FR: "Dernier jour", ES: "Último día"}
	remindsWord  = locale.Text{EN: "Reminds of", FR: "Rappelle le", ES: "Avisa del"}
	asOfWord     = locale.Text{EN: "By what was on record on", FR: "D'après les données du", ES: "Según lo que constaba el"}
	revisionWord = locale.Text{EN: "Revision", FR: "Révision", ES: "Revisión"}
	revisionOf   = locale.Text{EN: "Revision {0}", FR: "Révision {0}", ES: "Revisión {0}"}
	earlierNote  = locale.Text{
		EN: "This is an earlier revision: it was corrected since.", FR: "Ceci est une révision antérieure : elle a été corrigée depuis.",
		ES: "Esta es una revisión anterior: se corrigió después.",
	}
	latestAct  = locale.Text{EN: "Read the latest one", FR: "Lire la plus récente", ES: "Leer la más reciente"}
	readOn     = locale.Text{EN: "Read on, or act, on its own page", FR: "En savoir plus ou agir sur la page correspondante", ES: "Saber más o actuar en la página correspondiente"}
	nothingNew = locale.Text{
		EN: "Nothing has changed since the one before.", FR: "Rien n'a changé depuis la précédente.", ES: "Nada ha cambiado desde el anterior.",
	}
	beforeAct  = locale.Text{EN: "See the one before, with which it is compared", FR: "Voir la précédente, à laquelle elle est comparée", ES: "Ver el anterior, con el que se compara"}
	figureWord = locale.Text{EN: "Figure", FR: "Donnée", ES: "Dato"}
	beforeWord = locale.Text{EN: "before: {0}", FR: "auparavant : {0}", ES: "antes: {0}"}
	fixedHead  = locale.Text{EN: "What was corrected", FR: "Ce qui a été corrigé", ES: "Qué se corrigió"}
	saidWord   = locale.Text{EN: "It said", FR: "Il était indiqué", ES: "Decía"}
	saysWord   = locale.Text{EN: "It says now", FR: "Il est indiqué désormais", ES: "Ahora dice"}
	lateWord   = locale.Text{EN: "late", FR: "en retard", ES: "con retraso"}
	moreOne    = locale.Text{EN: "more is not listed here.", FR: "autre n'est pas énuméré ici.", ES: "más no figura aquí."}
	moreMany   = locale.Text{EN: "more are not listed here.", FR: "autres ne sont pas énumérés ici.", ES: "más no figuran aquí."}
	filesHead  = locale.Text{EN: "Files that show more", FR: "Fichiers plus détaillés", ES: "Archivos con más detalle"}
	filesLead  = locale.Text{
		EN: "A file is made by what was on record at that moment, in the language of this page.",
		FR: "Le fichier est produit d'après les données de ce moment-là, dans la langue de cette page.",
		ES: "El archivo se elabora con lo que constaba en ese momento, en el idioma de esta página.",
	}
	storyHead   = locale.Text{EN: "How it was made", FR: "Comment elle a été établie", ES: "Cómo se elaboró"}
	correctHead = locale.Text{EN: "Correct it", FR: "La corriger", ES: "Corregirlo"}
	correctLead = locale.Text{
		EN: "If the records were mended since, it is put together again by what is on record now. It becomes a further revision that says what changed, and is sent to everybody who got the earlier one and to whoever would get it today. This can't be undone.",
		FR: "Si les données ont été corrigées depuis, elle est établie de nouveau d'après les données actuelles. Elle devient une révision supplémentaire qui indique ce qui a changé, envoyée à tous les destinataires de la précédente et à ceux qui la recevraient aujourd'hui. C'est irréversible.",
		ES: "Si los datos se corrigieron después, se elabora de nuevo con lo que consta ahora. Pasa a ser una revisión más que dice qué cambió, y se envía a quienes recibieron la anterior y a quienes la recibirían hoy. No se puede deshacer.",
	}
	correctDo    = locale.Text{EN: "Have it corrected and sent", FR: "Faire corriger et envoyer", ES: "Hacer corregir y enviar"}
	wasCorrected = locale.Text{
		EN: "It is corrected: this revision says what changed, and is being sent.",
		FR: "La correction est faite : cette révision indique ce qui a changé et est en cours d'envoi.",
		ES: "Está corregido: esta revisión dice qué cambió y se está enviando.",
	}
)
