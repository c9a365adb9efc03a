package deadletters

import (
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/locale"
)

var (
	title = locale.Text{EN: "Failed tasks", FR: "Tâches abandonnées", ES: "Tareas abandonadas"}
	lead  = locale.Text{
		EN: "What the product was to do by itself and could not, after several tries. None of these is tried again unless somebody says so here.",
		FR: "Ce que le logiciel devait faire de lui-même et n'a pas pu faire, après plusieurs essais. Rien de tout cela n'est retenté sans qu'une personne le demande ici.",
		ES: "Lo que el programa debía hacer por sí mismo y no pudo, tras varios intentos. Nada de esto se vuelve a intentar si alguien no lo indica aquí.",
	}
	none = locale.Text{
		EN: "None: whatever was asked for was done, or is still being tried.", FR: "Aucune : tout ce qui était demandé a été fait, ou est encore tenté.",
		ES: "Ninguna: todo lo que se pidió se hizo, o aún se intenta.",
	}
	taskWord      = locale.Text{EN: "Task", FR: "Tâche", ES: "Tarea"}
	aboutWord     = locale.Text{EN: "About", FR: "Objet", ES: "Sobre"}
	whyWord       = locale.Text{EN: "Why it failed", FR: "Raison de l'échec", ES: "Por qué falló"}
	sinceWord     = locale.Text{EN: "Since", FR: "Depuis le", ES: "Desde el"}
	sentWord      = locale.Text{EN: "asked for on", FR: "demandée le", ES: "pedida el"}
	referenceWord = locale.Text{EN: "reference", FR: "référence", ES: "referencia"}
	oneTry        = locale.Text{EN: "try", FR: "essai", ES: "intento"}
	moreTries     = locale.Text{EN: "tries", FR: "essais", ES: "intentos"}
	decideWord    = locale.Text{EN: "Decide", FR: "Décider", ES: "Decidir"}
	decideHead    = locale.Text{EN: "Send again or discard", FR: "Relancer ou écarter", ES: "Enviar de nuevo o descartar"}
	decideLead    = locale.Text{
		EN: "Sending again has the task tried as if it were new; what it has done already is not done twice. Discarding it means that it is never done: what it was about stays as its page says. If nobody decides, a task is discarded after 14 days where the product runs on AWS.",
		FR: "Relancer fait retenter la tâche comme si elle était nouvelle ; ce qu'elle a déjà fait n'est pas fait deux fois. L'écarter signifie qu'elle ne sera jamais exécutée : ce dont il s'agit reste tel que l'indique sa page. Si personne ne décide, une tâche est écartée après 14 jours lorsque le logiciel fonctionne sur AWS.",
		ES: "Enviarla de nuevo hace que se intente como si fuera nueva; lo que ya hizo no se hace dos veces. Descartarla significa que no se hará nunca: aquello de lo que trata queda como dice su página. Si nadie decide, una tarea se descarta a los 14 días cuando el programa funciona en AWS.",
	}
	againDo      = locale.Text{EN: "Send again", FR: "Relancer", ES: "Enviar de nuevo"}
	discardDo    = locale.Text{EN: "Discard", FR: "Écarter", ES: "Descartar"}
	wasSentAgain = locale.Text{EN: "The task is being tried again.", FR: "La tâche est de nouveau tentée.", ES: "La tarea se está intentando de nuevo."}
	wasDiscarded = locale.Text{EN: "The task won't be done.", FR: "La tâche ne sera pas exécutée.", ES: "La tarea no se hará."}
)

// works are what tasks are to do.
var works = map[deadletters.Work]locale.Text{
	deadletters.Check:    {EN: "check of an upload", FR: "contrôle d'un envoi", ES: "comprobación de un envío"},
	deadletters.Annotate: {EN: "marking of the sender's workbook", FR: "annotation du classeur reçu", ES: "anotación del libro recibido"},
	deadletters.Commit:   {EN: "commit of an import", FR: "validation d'un import", ES: "confirmación de una importación"},
	deadletters.Undo:     {EN: "undoing of an import", FR: "annulation d'un import", ES: "anulación de una importación"},
	deadletters.Recover:  {EN: "search for commits left behind", FR: "recherche de validations inachevées", ES: "búsqueda de confirmaciones inacabadas"},
	deadletters.Export:   {EN: "making of a file", FR: "création d'un fichier", ES: "creación de un archivo"},
	deadletters.Template: {EN: "making of an empty workbook", FR: "création d'un classeur vide", ES: "creación de un libro vacío"},
	deadletters.Deliver:  {EN: "sending of an e-mail", FR: "envoi d'un courriel", ES: "envío de un correo"},
	deadletters.Outcome:  {EN: "noting what became of an e-mail", FR: "enregistrement du sort d'un courriel", ES: "anotación de lo ocurrido con un correo"},
	deadletters.Unknown:  {EN: "unreadable task", FR: "tâche illisible", ES: "tarea ilegible"},
}
