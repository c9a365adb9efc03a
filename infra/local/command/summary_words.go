package command

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
)

var (
	needSummary = locale.Text{EN: "SUMMARY", FR: "SYNTHÈSE", ES: "RESUMEN"}

	headDue      = locale.Text{EN: "due", FR: "échéance", ES: "vencimiento"}
	headSchedule = locale.Text{EN: "schedule", FR: "calendrier", ES: "calendario"}
	headSubject  = locale.Text{EN: "about", FR: "objet", ES: "asunto"}
	headDays     = locale.Text{EN: "days", FR: "jours", ES: "días"}
	headOutcome  = locale.Text{EN: "outcome", FR: "résultat", ES: "resultado"}
	headPeople   = locale.Text{EN: "people", FR: "personnes", ES: "personas"}
	headSummary  = locale.Text{EN: "summary", FR: "synthèse", ES: "resumen"}
	headRevision = locale.Text{EN: "revision", FR: "révision", ES: "revisión"}
	headSince    = locale.Text{EN: "since", FR: "depuis", ES: "desde"}
	headAttempts = locale.Text{EN: "attempts", FR: "tentatives", ES: "intentos"}
	headReason   = locale.Text{EN: "reason", FR: "motif", ES: "motivo"}

	outcomeWords = map[outbox.Outcome]locale.Text{
		outbox.Written:    {EN: "with letters", FR: "avec courriels", ES: "con correos"},
		outbox.Nothing:    {EN: "nothing new, kept and not sent", FR: "rien de nouveau, conservé et non envoyé", ES: "nada nuevo, guardado y no enviado"},
		outbox.Nobody:     {EN: "nobody to write to", FR: "personne à qui écrire", ES: "nadie a quien escribir"},
		outbox.Lapsed:     {EN: "reminder too late", FR: "rappel trop tardif", ES: "recordatorio fuera de plazo"},
		outbox.PassedOver: {EN: "too long ago, passed over", FR: "trop ancien, laissé de côté", ES: "demasiado antiguo, omitido"},
	}
	textNotMade     = locale.Text{EN: "could not be made; tried again by the next run", FR: "n'ont pas pu être établis ; la prochaine exécution réessaiera", ES: "no se pudieron elaborar; la próxima ejecución lo intentará de nuevo"}
	textLeftOver    = locale.Text{EN: "left for the next run", FR: "restent pour la prochaine exécution", ES: "quedan para la próxima ejecución"}
	textLettersWait = locale.Text{EN: "letters wait: guildhall serve sends them", FR: "courriels en attente : guildhall serve les envoie", ES: "correos en espera: guildhall serve los envía"}
	textUncertain   = locale.Text{EN: "letters may have left or not: decide whether to send them again", FR: "courriels peut-être partis : décidez s'il faut les renvoyer", ES: "correos que quizá salieron: decida si deben enviarse de nuevo"}
	textRefused     = locale.Text{EN: "letters were not taken", FR: "courriels n'ont pas été acceptés", ES: "correos no fueron aceptados"}
	textAlready     = locale.Text{EN: "already dealt with: %s", FR: "déjà traité : %s", ES: "ya tratado: %s"}
	textSubject     = locale.Text{EN: "Subject", FR: "Objet", ES: "Asunto"}

	textNothingDue = locale.Text{EN: "Nothing is due.\n", FR: "Rien n'est à établir.\n", ES: "No hay nada que elaborar.\n"}
	textFirstRun   = locale.Text{
		EN: "The first run only begins: what becomes due from now on is made.\n",
		FR: "La première exécution ne fait que commencer : ce qui vient à échéance à partir de maintenant sera établi.\n",
		ES: "La primera ejecución solo da comienzo: se elaborará lo que venza a partir de ahora.\n",
	}
)

var textNotYet = locale.Text{
	EN: "--at %q is still to come: what is due then is shown by --dry-run, and made when it is time",
	FR: "--at %q est à venir : --dry-run montre ce qui sera à faire alors, qui ne sera établi que le moment venu",
	ES: "--at %q está por venir: --dry-run muestra lo que corresponderá entonces, que solo se hará llegado el momento",
}
