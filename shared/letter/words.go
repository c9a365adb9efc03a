package letter

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

// kinds are the words of reports, or those of reminders.
type kinds struct{ open, acts, corrected locale.Text }

func kindsOf(about programme.About) kinds {
	if about.Reminds() {
		return kinds{
			open: locale.Text{EN: "Open this reminder", FR: "Ouvrir ce rappel", ES: "Abrir este recordatorio"},
			acts: locale.Text{EN: "Go to the page", FR: "Aller à la page correspondante", ES: "Ir a la página correspondiente"},
			corrected: locale.Text{
				EN: "This is revision {revision} of this reminder. It replaces what was sent before. What is different:",
				FR: "Ceci est la version {revision} de ce rappel. Elle remplace ce qui a été envoyé auparavant. Ce qui a changé :",
				ES: "Esta es la versión {revision} de este recordatorio. Sustituye a lo enviado anteriormente. Lo que ha cambiado:",
			},
		}
	}
	return kinds{
		open: locale.Text{EN: "Open this summary", FR: "Ouvrir cette synthèse", ES: "Abrir este resumen"},
		acts: locale.Text{EN: "Read on", FR: "En savoir plus", ES: "Más información"},
		corrected: locale.Text{
			EN: "This is revision {revision} of this summary. It replaces what was sent before. What is different:",
			FR: "Ceci est la version {revision} de cette synthèse. Elle remplace ce qui a été envoyé auparavant. Ce qui a changé :",
			ES: "Esta es la versión {revision} de este resumen. Sustituye a lo enviado anteriormente. Lo que ha cambiado:",
		},
	}
}

// wordOf says what the day is that a reminder reminds of.
func wordOf(about programme.About) locale.Text {
	switch about {
	case programme.TermEnd, programme.ParticipationEnd:
		return locale.Text{EN: "Ends: {day}", FR: "Fin : {day}", ES: "Fin: {day}"}
	case programme.InstalmentOverdue:
		return locale.Text{EN: "Was due: {day}", FR: "Échéance : {day}", ES: "Vencimiento: {day}"}
	}
	return locale.Text{EN: "Due: {day}", FR: "Échéance : {day}", ES: "Fecha límite: {day}"}
}

// The texts of letters. What a mail program shows of the product is what its pages show.
var (
	wordProduct    = locale.Text{EN: "Learning Cities", FR: "Villes apprenantes", ES: "Ciudades del Aprendizaje"}
	wordCorrection = locale.Text{EN: "Correction: {title}", FR: "Rectificatif : {title}", ES: "Corrección: {title}"}
	wordPeriod     = locale.Text{EN: "{from} to {to}", FR: "du {from} au {to}", ES: "del {from} al {to}"}
	wordSignIn     = locale.Text{EN: "You will be asked to sign in.", FR: "Il vous sera demandé de vous connecter.", ES: "Se le pedirá que inicie sesión."}
	wordBefore     = locale.Text{EN: "before:\u00a0{value}", FR: "avant :\u00a0{value}", ES: "antes:\u00a0{value}"}
	wordAdded      = locale.Text{EN: "added", FR: "ajouté", ES: "añadido"}
	wordTakenOut   = locale.Text{EN: "taken out", FR: "retiré", ES: "suprimido"}
	wordColon      = locale.Text{EN: ":", FR: " :", ES: ":"}
	wordLate       = locale.Text{EN: "late", FR: "en retard", ES: "con retraso"}
	wordSince      = locale.Text{
		EN: "What has changed since the last summary, up to {day}, stands beside what it was before.",
		FR: "Ce qui a changé depuis la synthèse précédente, arrêtée au {day}, figure avec sa valeur d’avant.",
		ES: "Lo que ha cambiado desde el resumen anterior, hasta el {day}, figura junto a su valor de antes.",
	}
	wordSame = locale.Text{
		EN: "The figures are those of the last summary, up to {day}; what is new stands in the lists.",
		FR: "Les chiffres sont ceux de la synthèse précédente, arrêtée au {day} ; les nouveautés figurent dans les listes.",
		ES: "Las cifras son las del resumen anterior, hasta el {day}; las novedades figuran en las listas.",
	}
	wordNothing = locale.Text{
		EN: "There is nothing new since the last summary, up to {day}. What it said still holds.",
		FR: "Il n’y a rien de nouveau depuis la synthèse précédente, arrêtée au {day}. Ce qu’elle indiquait reste valable.",
		ES: "No hay novedades desde el resumen anterior, hasta el {day}. Lo que indicaba sigue siendo válido.",
	}
	wordGone  = locale.Text{EN: "No longer in the summary", FR: "Ne figure plus dans la synthèse", ES: "Ya no figura en el resumen"}
	wordFiles = locale.Text{
		EN: "Files that you can fetch on the page of this summary:",
		FR: "Fichiers à votre disposition sur la page de cette synthèse :",
		ES: "Archivos que puede descargar en la página de este resumen:",
	}
	wordMore = locale.Text{
		EN: "{n} more stand on the page that this e-mail leads to.",
		FR: "{n} autres figurent sur la page indiquée plus bas.",
		ES: "Otros {n} figuran en la página indicada más abajo.",
	}
	wordOneMore = locale.Text{
		EN: "1 more stands on the page that this e-mail leads to.",
		FR: "1 autre figure sur la page indiquée plus bas.",
		ES: "Otro más figura en la página indicada más abajo.",
	}
	wordAsOf = locale.Text{
		EN: "By what was on record on {day}, {time} UTC.",
		FR: "D’après les données enregistrées au {day}, {time} UTC.",
		ES: "Según los datos registrados al {day}, {time} UTC.",
	}
	wordWhy = locale.Text{
		EN: "You are sent the e-mails “{label}” because you are on record in {product}.",
		FR: "Vous recevez les courriels « {label} » parce que vous figurez dans les registres de {product}.",
		ES: "Recibe los correos «{label}» porque figura en los registros de {product}.",
	}
	wordOnRecord = locale.Text{ // of a schedule that the programme has no more
		EN: "You are sent these e-mails because you are on record in {product}.",
		FR: "Vous recevez ces courriels parce que vous figurez dans les registres de {product}.",
		ES: "Recibe estos correos porque figura en los registros de {product}.",
	}
	wordDecline = locale.Text{
		EN: "If you don’t want them, decline them here, after signing in:",
		FR: "Si vous ne souhaitez pas les recevoir, refusez-les ici après connexion :",
		ES: "Si no desea recibirlos, rechácelos aquí tras iniciar sesión:",
	}
	wordContractual = locale.Text{
		EN: "They are about a deadline, a duty or an agreement, and so can’t be declined.",
		FR: "Ils portent sur une échéance, une obligation ou un accord et ne peuvent donc pas être refusés.",
		ES: "Se refieren a un plazo, una obligación o un acuerdo, por lo que no se pueden rechazar.",
	}
)
