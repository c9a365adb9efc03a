package summaries

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// How a letter stands, and what that means.
var states = map[outbox.State]struct {
	name, about locale.Text
	tone        page.Tone
}{
	outbox.Waiting: {
		locale.Text{EN: "waiting", FR: "en attente", ES: "en espera"},
		locale.Text{
			EN: "It has not left. It is tried again by itself, later each time.",
			FR: "Il n'est pas parti. L'envoi est retenté automatiquement, à intervalles croissants.",
			ES: "No ha salido. Se vuelve a intentar automáticamente, cada vez más tarde.",
		}, page.Calm,
	},
	outbox.Sending: {
		locale.Text{EN: "being sent", FR: "en cours d'envoi", ES: "enviándose"},
		locale.Text{
			EN: "It is just leaving. If no answer comes it becomes uncertain.",
			FR: "Il est en train de partir. Sans réponse, son état devient incertain.",
			ES: "Está saliendo. Si no llega respuesta, pasa a ser incierto.",
		}, page.Calm,
	},
	outbox.Sent: {locale.Text{EN: "sent", FR: "envoyé", ES: "enviado"}, locale.Text{}, page.Good},
	outbox.Uncertain: {
		locale.Text{EN: "uncertain", FR: "incertain", ES: "incierto"},
		locale.Text{
			EN: "Sending ended without an answer: it may have arrived or not. It is never sent again by itself. Sent again, it may arrive twice.",
			FR: "L'envoi s'est terminé sans réponse : il est peut-être arrivé, peut-être pas. Il n'est jamais renvoyé automatiquement. Renvoyé, il peut arriver deux fois.",
			ES: "El envío terminó sin respuesta: puede haber llegado o no. Nunca se reenvía automáticamente. Si se reenvía, puede llegar dos veces.",
		}, page.Watch,
	},
	outbox.Failed: {
		locale.Text{EN: "failed", FR: "échec", ES: "fallido"},
		locale.Text{
			EN: "It was not taken, for good or too often. Mend the cause before it is sent again, such as the person's address.",
			FR: "Il a été refusé définitivement ou trop souvent. Corrigez la cause avant de le renvoyer, par exemple l'adresse de la personne.",
			ES: "Fue rechazado de forma definitiva o demasiadas veces. Corrija la causa antes de reenviarlo, por ejemplo la dirección de la persona.",
		}, page.Urgent,
	},
	outbox.Dropped:    {locale.Text{EN: "not sent", FR: "non envoyé", ES: "no enviado"}, locale.Text{}, page.Calm},
	outbox.Returned:   {locale.Text{EN: "came back", FR: "revenu", ES: "devuelto"}, locale.Text{}, page.Urgent},
	outbox.Complained: {locale.Text{EN: "reported as unwanted", FR: "signalé comme indésirable", ES: "denunciado como no deseado"}, locale.Text{}, page.Urgent},
}

// Why a letter stands so.
var reasons = map[string]locale.Text{
	outbox.NoAddress: {EN: "the address takes no e-mails", FR: "l'adresse n'accepte pas de courriels", ES: "la dirección no admite correos"},
	outbox.Declined:  {EN: "the person doesn't want them", FR: "la personne n'en veut pas", ES: "la persona no los quiere"},
	outbox.Gone:      {EN: "the person was removed", FR: "la personne a été retirée", ES: "se quitó a la persona"},
	outbox.Corrected: {EN: "a correction took its place", FR: "remplacé par une correction", ES: "lo sustituyó una corrección"},
	outbox.Past:      {EN: "the day was over", FR: "le jour était passé", ES: "el día había pasado"},
	outbox.LetGo:     {EN: "somebody let it go", FR: "abandonné par une personne", ES: "una persona lo descartó"},
	outbox.Refused:   {EN: "refused for good", FR: "refusé définitivement", ES: "rechazado definitivamente"},
	outbox.Often:     {EN: "not taken too often", FR: "refusé trop souvent", ES: "rechazado demasiadas veces"},
	outbox.Broken:    {EN: "an error of the product", FR: "une erreur du logiciel", ES: "un error del programa"},
	outbox.Bounce:    {EN: "no such mailbox", FR: "boîte inexistante", ES: "buzón inexistente"},
	outbox.Complaint: {EN: "the person complained", FR: "la personne s'est plainte", ES: "la persona se quejó"},
}

// The letters with which something is still to be done.
var (
	mailsTitle = locale.Text{EN: "E-mails", FR: "Courriels", ES: "Correos"}
	mailsLead  = locale.Text{
		EN: "E-mails that are still to leave, and those about which somebody has to decide: whether one left is uncertain, or it was not taken.",
		FR: "Les courriels qui doivent encore partir, et ceux pour lesquels il faut décider : leur départ est incertain, ou ils n'ont pas été acceptés.",
		ES: "Los correos que aún deben salir y aquellos sobre los que hay que decidir: no se sabe si salieron, o no fueron aceptados.",
	}
	noMails = locale.Text{
		EN: "None of these: everything that was to be sent has left.", FR: "Aucun : tout ce qui devait être envoyé est parti.",
		ES: "Ninguno: todo lo que había que enviar ha salido.",
	}
	mailWord   = locale.Text{EN: "E-mail", FR: "Courriel", ES: "Correo"}
	toWord     = locale.Text{EN: "To", FR: "À", ES: "Para"}
	stateWord  = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	sinceWord  = locale.Text{EN: "Since", FR: "Depuis le", ES: "Desde el"}
	decideWord = locale.Text{EN: "Decide", FR: "Décider", ES: "Decidir"}
	goneWord   = locale.Text{EN: "somebody who was removed", FR: "une personne retirée", ES: "una persona retirada"}
	meansHead  = locale.Text{EN: "What the states mean", FR: "Ce que signifient les états", ES: "Qué significan los estados"}
	decideLead = locale.Text{
		EN: "Sending again has the e-mail leave once more to the same person. Letting it go means that it is never sent; the summary stays on its page.",
		FR: "Renvoyer fait repartir le courriel vers la même personne. L'abandonner signifie qu'il ne sera jamais envoyé ; la synthèse reste sur sa page.",
		ES: "Reenviar hace salir el correo otra vez a la misma persona. Descartarlo significa que no se enviará nunca; el resumen sigue en su página.",
	}
	failedTasks = locale.Text{
		EN: "Tasks of the product that failed", FR: "Tâches du logiciel qui ont échoué", ES: "Tareas del programa que fallaron",
	}
	againDo      = locale.Text{EN: "Send again", FR: "Renvoyer", ES: "Reenviar"}
	letGoDo      = locale.Text{EN: "Let it go", FR: "Abandonner", ES: "Descartar"}
	wasSentAgain = locale.Text{EN: "The e-mail is being sent again.", FR: "Le courriel est en cours de renvoi.", ES: "El correo se está reenviando."}
	wasLetGo     = locale.Text{EN: "The e-mail won't be sent.", FR: "Le courriel ne sera pas envoyé.", ES: "El correo no se enviará."}

	toWhomTitle = locale.Text{EN: "To whom it went", FR: "À qui elle a été envoyée", ES: "A quién se envió"}
	toWhomLead  = locale.Text{
		EN: "Each e-mail of this summary, and how it stands.", FR: "Chaque courriel de cette synthèse, et son état.", ES: "Cada correo de este resumen y su estado.",
	}
	toNobody = locale.Text{EN: "No e-mail was written about it.", FR: "Aucun courriel n'a été rédigé.", ES: "No se redactó ningún correo."}
)

// One's own letters.
var (
	accountTitle = locale.Text{EN: "My account", FR: "Mon compte", ES: "Mi cuenta"}
	lettersTitle = locale.Text{EN: "My e-mails", FR: "Mes courriels", ES: "Mis correos"}
	lettersLead  = locale.Text{
		EN: "Which e-mails the product writes you by itself. Whatever you decline stays readable among the summaries.",
		FR: "Les courriels qui vous sont envoyés automatiquement. Ce que vous refusez reste lisible parmi les synthèses.",
		ES: "Los correos que se le envían automáticamente. Lo que rechace sigue pudiéndose leer entre los resúmenes.",
	}
	wantedLabel = locale.Text{EN: "Send me", FR: "M'envoyer", ES: "Enviarme"}
	chooseDo    = locale.Text{EN: "Keep this choice", FR: "Enregistrer ce choix", ES: "Guardar esta elección"}
	owedHead    = locale.Text{EN: "Sent in any case", FR: "Envoyés dans tous les cas", ES: "Se envían en todo caso"}
	owedLead    = locale.Text{
		EN: "These are owed by agreement or tell of a deadline, so they can't be declined.",
		FR: "Ceux-ci sont dus en vertu d'un accord ou annoncent une échéance : ils ne peuvent pas être refusés.",
		ES: "Estos se deben por un acuerdo o anuncian un plazo, así que no se pueden rechazar.",
	}
	noLetters = locale.Text{
		EN: "No e-mail is written to people of your role.", FR: "Aucun courriel n'est envoyé aux personnes de votre rôle.",
		ES: "No se envía ningún correo a las personas con su función.",
	}
	failingHead = locale.Text{EN: "E-mails don't reach you", FR: "Les courriels ne vous parviennent pas", ES: "Los correos no le llegan"}
	failingLead = locale.Text{
		EN: "Since {0} your address takes no e-mails, so none are sent. Once it works again, say so here; if it changed, ask the secretariat to change it.",
		FR: "Depuis le {0}, votre adresse n'accepte plus de courriels et aucun n'est envoyé. Lorsqu'elle fonctionne de nouveau, indiquez-le ici ; si elle a changé, demandez au secrétariat de la modifier.",
		ES: "Desde el {0} su dirección no admite correos y no se envía ninguno. Cuando vuelva a funcionar, indíquelo aquí; si cambió, pida a la secretaría que la cambie.",
	}
	renewDo    = locale.Text{EN: "My address works again", FR: "Mon adresse fonctionne de nouveau", ES: "Mi dirección vuelve a funcionar"}
	wasChosen  = locale.Text{EN: "Your choice is kept.", FR: "Votre choix est enregistré.", ES: "Su elección está guardada."}
	wasRenewed = locale.Text{EN: "E-mails are sent to you again.", FR: "Des courriels vous sont de nouveau envoyés.", ES: "Se le vuelven a enviar correos."}
)
