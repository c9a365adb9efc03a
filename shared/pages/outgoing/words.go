package outgoing

import "github.com/learning-cities/guildhall/shared/locale"

var (
	homeEntry = locale.Text{EN: "Home", FR: "Accueil", ES: "Inicio"}
	listTitle = locale.Text{EN: "Mail folder", FR: "Dossier des courriels", ES: "Carpeta de correos"}
	listLead  = locale.Text{
		EN: "This product runs on one machine and sends no e-mails: it puts them here instead, just as they would leave.",
		FR: "Ce logiciel fonctionne sur une seule machine et n'envoie aucun courriel : il les dépose ici, tels qu'ils partiraient.",
		ES: "Este programa funciona en un solo equipo y no envía correos: los deja aquí, tal como saldrían.",
	}
	noMessages = locale.Text{
		EN: "No e-mail was written yet. The first ones come on the day on which a summary is due.",
		FR: "Aucun courriel n'a encore été rédigé. Les premiers arriveront le jour où une synthèse sera due.",
		ES: "Todavía no se ha redactado ningún correo. Los primeros llegarán el día en que corresponda un resumen.",
	}
	subjectWord = locale.Text{EN: "Subject", FR: "Objet", ES: "Asunto"}
	toWord      = locale.Text{EN: "To", FR: "À", ES: "Para"}
	fromWord    = locale.Text{EN: "From", FR: "De", ES: "De"}
	langWord    = locale.Text{EN: "Language", FR: "Langue", ES: "Idioma"}
	sentWord    = locale.Text{EN: "Written on", FR: "Rédigé le", ES: "Redactado el"}
	htmlHead    = locale.Text{EN: "As most programs show it", FR: "Tel que l'affichent la plupart des logiciels", ES: "Como lo muestra la mayoría de los programas"}
	textHead    = locale.Text{EN: "As plain text", FR: "En texte brut", ES: "En texto sin formato"}
)
