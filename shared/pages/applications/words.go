package applications

import (
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
)

// The texts of several pages.
var (
	applicationsTitle = locale.Text{EN: "Applications", FR: "Candidatures", ES: "Solicitudes"}
	applicationTitle  = locale.Text{EN: "Application of {city}", FR: "Candidature de {city}", ES: "Solicitud de {city}"}
	cityLabel         = locale.Text{EN: "City", FR: "Ville", ES: "Ciudad"}
	countryLabel      = locale.Text{EN: "Country", FR: "Pays", ES: "País"}
	callTitle         = locale.Text{EN: "Call", FR: "Appel", ES: "Convocatoria"}
	stateLabel        = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	receivedLabel     = locale.Text{EN: "Received on", FR: "Reçue le", ES: "Recibida el"}
	changedLabel      = locale.Text{EN: "Last changed", FR: "Dernière modification", ES: "Última modificación"}
	memberFromLabel   = locale.Text{EN: "Member from", FR: "Membre à partir du", ES: "Miembro desde el"}
	reasonLabel       = locale.Text{EN: "Reason", FR: "Motif", ES: "Motivo"}
	wordAll           = locale.Text{EN: "all", FR: "tous", ES: "todos"}
	wordOver          = locale.Text{EN: "over", FR: "échue", ES: "vencido"}
	wordLastDay       = locale.Text{EN: "today is the last day", FR: "dernier jour aujourd'hui", ES: "hoy es el último día"}
	wordDayLeft       = locale.Text{EN: "day left", FR: "jour restant", ES: "día restante"}
	wordDaysLeft      = locale.Text{EN: "days left", FR: "jours restants", ES: "días restantes"}
	wordsOf           = locale.Text{EN: "{n} of at most {most} words", FR: "{n} sur {most} mots au plus", ES: "{n} de un máximo de {most} palabras"}
)

// The lists.
var (
	listLead = locale.Text{
		EN: "All applications, and how far they have come.", FR: "Toutes les candidatures et leur avancement.",
		ES: "Todas las solicitudes y su avance.",
	}
	cityLead = locale.Text{
		EN: "Your city's applications to join the network.", FR: "Les candidatures de votre ville au réseau.",
		ES: "Las solicitudes de su ciudad para entrar en la red.",
	}
	noApplications = locale.Text{
		EN: "There are none. A city that begins an application to an open call stands here.",
		FR: "Il n'y en a aucune. Une ville qui commence une candidature à un appel ouvert figure ici.",
		ES: "No hay ninguna. La ciudad que inicie una solicitud en una convocatoria abierta figurará aquí.",
	}
	waitsForDecision = locale.Text{EN: "wait for your decision", FR: "attendent votre décision", ES: "esperan su decisión"}

	beginLabel = locale.Text{EN: "Begin the application", FR: "Commencer la candidature", ES: "Iniciar la solicitud"}
	beginUntil = locale.Text{
		EN: "Your city can apply by {day} ({left}). What you fill in is kept as a draft until you send it.",
		FR: "Votre ville peut présenter sa candidature jusqu'au {day} ({left}). Ce que vous remplissez reste un brouillon jusqu'à l'envoi.",
		ES: "Su ciudad puede presentar su solicitud hasta el {day} ({left}). Lo que rellene queda como borrador hasta que lo envíe.",
	}
	beginQuota = locale.Text{
		EN: "The National Commission ({country}) endorses applications and submits at most {limit} of them.",
		FR: "La Commission nationale ({country}) avalise les candidatures et en présente {limit} au plus.",
		ES: "La Comisión Nacional ({country}) avala las solicitudes y presenta como máximo {limit}.",
	}
	cityNameLabel = locale.Text{EN: "The city's name", FR: "Le nom de la ville", ES: "El nombre de la ciudad"}
	cityNameHint  = locale.Text{
		EN: "As the city itself writes it, with its accents.", FR: "Tel que la ville l'écrit, avec ses accents.",
		ES: "Tal como lo escribe la propia ciudad, con sus acentos.",
	}
	resembles = locale.Text{
		EN: "“{name}” resembles the name of a city that is known already: {cities}. Write that name if it is the same city, or say that it is another one.",
		FR: "« {name} » ressemble au nom d'une ville déjà connue : {cities}. Écrivez ce nom si c'est la même ville, ou indiquez que c'en est une autre.",
		ES: "«{name}» se parece al nombre de una ciudad ya conocida: {cities}. Escriba ese nombre si es la misma ciudad o indique que es otra.",
	}
	anotherLabel = locale.Text{EN: "It is another city", FR: "C'est une autre ville", ES: "Es otra ciudad"}
)

// What a National Commission has to do.
var (
	inboxTitle = locale.Text{
		EN: "Applications of {country}", FR: "Candidatures ({country})", ES: "Solicitudes ({country})",
	}
	inboxLead = locale.Text{
		EN: "The National Commission endorses applications, and submits at most {limit} of them by {day}.",
		FR: "La Commission nationale avalise les candidatures et en présente {limit} au plus, jusqu'au {day}.",
		ES: "La Comisión Nacional avala las solicitudes y presenta como máximo {limit}, hasta el {day}.",
	}
	slotsTitle = locale.Text{EN: "Places", FR: "Places", ES: "Plazas"}
	slotsUsed  = locale.Text{EN: "{used} of {limit} are taken.", FR: "{used} sur {limit} sont prises.", ES: "{used} de {limit} están ocupadas."}
	slotFree   = locale.Text{EN: "free", FR: "libre", ES: "libre"}
	slotLabel  = locale.Text{EN: "Place of the country", FR: "Place du pays", ES: "Plaza del país"}
	slotTaken  = locale.Text{EN: "taken", FR: "prise", ES: "ocupada"}

	waitingTitle = locale.Text{EN: "To be endorsed or returned", FR: "À avaliser ou à renvoyer", ES: "Por avalar o devolver"}
	noWaiting    = locale.Text{
		EN: "Nothing waits. What a city sends stands here.", FR: "Rien n'attend. Ce qu'une ville envoie figure ici.",
		ES: "No hay nada pendiente. Lo que envíe una ciudad figurará aquí.",
	}
	choiceTitle = locale.Text{EN: "Endorsed, to choose from", FR: "Avalisées, parmi lesquelles choisir", ES: "Avaladas, entre las que elegir"}
	noChoice    = locale.Text{
		EN: "None. An application that you endorse stands here until you submit it.",
		FR: "Aucune. Une candidature que vous avalisez figure ici jusqu'à ce que vous la présentiez.",
		ES: "Ninguna. La solicitud que avale figurará aquí hasta que la presente.",
	}
	submittedTitle = locale.Text{EN: "Submitted", FR: "Présentées", ES: "Presentadas"}
	othersTitle    = locale.Text{EN: "With their cities, or withdrawn", FR: "Chez les villes, ou retirées", ES: "En manos de las ciudades, o retiradas"}
	chooseLabel    = locale.Text{EN: "Cities to submit", FR: "Villes à présenter", ES: "Ciudades que se presentan"}
	chooseSubmit   = locale.Text{EN: "Submit the chosen ones", FR: "Présenter celles qui sont choisies", ES: "Presentar las elegidas"}
	chooseWill     = locale.Text{
		EN: "Each one that you submit goes to the secretariat and takes one of the country's places: {left} of {limit} are free. " +
			"Until the deadline you can recall one, to submit another.",
		FR: "Chacune que vous présentez part au secrétariat et prend une des places du pays : {left} sur {limit} sont libres. " +
			"Jusqu'à la date limite, vous pouvez en reprendre une pour en présenter une autre.",
		ES: "Cada una que presente pasa a la secretaría y ocupa una de las plazas del país: {left} de {limit} están libres. " +
			"Hasta la fecha límite puede retirar una de la secretaría para presentar otra.",
	}
	signedLabel = locale.Text{
		EN: "Signed for the National Commission by", FR: "Signé pour la Commission nationale par", ES: "Firmado por la Comisión Nacional",
	}
	signedHint = locale.Text{
		EN: "Name and function, such as Marie Dupont, Secretary-General", FR: "Nom et fonction, par exemple Marie Dupont, secrétaire générale",
		ES: "Nombre y cargo, por ejemplo, Marie Dupont, secretaria general",
	}
)

// An application as it is read, and as it is filled in.
var (
	noAnswer     = locale.Text{EN: "Nothing was filled in.", FR: "Rien n'a été rempli.", ES: "No se ha rellenado nada."}
	historyTitle = locale.Text{EN: "History", FR: "Historique", ES: "Historial"}
	whenLabel    = locale.Text{EN: "When", FR: "Quand", ES: "Cuándo"}
	whatLabel    = locale.Text{EN: "What", FR: "Quoi", ES: "Qué"}
	whoLabel     = locale.Text{EN: "By whom", FR: "Par qui", ES: "Quién"}
	editTitle    = locale.Text{EN: "Application form of {city}", FR: "Formulaire de candidature de {city}", ES: "Formulario de solicitud de {city}"}
	saveLabel    = locale.Text{EN: "Save the draft", FR: "Enregistrer le brouillon", ES: "Guardar el borrador"}
	saveAndSend  = locale.Text{EN: "Save and go on to send it", FR: "Enregistrer et passer à l'envoi", ES: "Guardar y continuar al envío"}
	missingTitle = locale.Text{
		EN: "What is missing before it can be sent", FR: "Ce qui manque avant l'envoi", ES: "Lo que falta antes del envío",
	}
	tooLate = locale.Text{
		EN: "The deadline was {day}. Ask the secretariat whether it can be extended.",
		FR: "La date limite était le {day}. Demandez au secrétariat si elle peut être prolongée.",
		ES: "El plazo terminó el {day}. Pregunte a la secretaría si puede ampliarse.",
	}
)

// nexts say what is to be done next, in each state in which something is.
var nexts = map[application.State]locale.Text{
	application.Draft: {
		EN: "The city fills it in and sends it by {day} ({left}).", FR: "La ville la remplit et l'envoie jusqu'au {day} ({left}).",
		ES: "La ciudad la rellena y la envía hasta el {day} ({left}).",
	},
	application.Returned: {
		EN: "The city corrects it and sends it again by {day} ({left}).", FR: "La ville la corrige et la renvoie jusqu'au {day} ({left}).",
		ES: "La ciudad la corrige y la envía de nuevo hasta el {day} ({left}).",
	},
	application.Sent: {
		EN: "The National Commission endorses it or returns it by {day} ({left}).",
		FR: "La Commission nationale l'avalise ou la renvoie jusqu'au {day} ({left}).",
		ES: "La Comisión Nacional la avala o la devuelve hasta el {day} ({left}).",
	},
	application.Endorsed: {
		EN: "The National Commission chooses by {day} whether to submit it ({left}).",
		FR: "La Commission nationale décide jusqu'au {day} de la présenter ou non ({left}).",
		ES: "La Comisión Nacional decide hasta el {day} si la presenta ({left}).",
	},
	application.Submitted: {EN: "The secretariat decides.", FR: "Le secrétariat décide.", ES: "La secretaría decide."},
	application.Deferred: {
		EN: "The secretariat decides later.", FR: "Le secrétariat décidera plus tard.", ES: "La secretaría decidirá más adelante.",
	},
}
