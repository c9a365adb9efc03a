package applications

import (
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
)

// The words by which a page says what was done before, beside those of the actions.
const (
	wordSaved    = "saved"
	wordSome     = "some"
	wordNotNow   = "not-now"
	wordExtended = "extended"
)

// told says what was done.
var told = map[string]locale.Text{
	wordSaved: {EN: "The draft is saved.", FR: "Le brouillon est enregistré.", ES: "El borrador está guardado."},
	wordSome: {
		EN: "Only some of the chosen ones could be submitted. See below which are, and try again.",
		FR: "Seules certaines ont pu être présentées. Voyez ci-dessous lesquelles, et réessayez.",
		ES: "Solo algunas de las elegidas han podido presentarse. Vea abajo cuáles y vuelva a intentarlo.",
	},
	wordNotNow: {
		EN: "That can't be done with the application as it stands now.", FR: "Cela n'est pas possible dans l'état actuel de la candidature.",
		ES: "Eso no es posible en el estado actual de la solicitud.",
	},
	wordExtended: {EN: "The deadline is extended.", FR: "La date limite est prolongée.", ES: "El plazo está ampliado."},

	string(application.Start): {
		EN: "The application has begun. Fill it in and save it as often as you like.",
		FR: "La candidature est commencée. Remplissez-la et enregistrez-la aussi souvent que vous voulez.",
		ES: "La solicitud está iniciada. Rellénela y guárdela cuantas veces quiera.",
	},
	string(application.Send): {
		EN: "The application is with the National Commission.", FR: "La candidature est chez la Commission nationale.",
		ES: "La solicitud está en la Comisión Nacional.",
	},
	string(application.Withdraw): {EN: "The application is withdrawn.", FR: "La candidature est retirée.", ES: "La solicitud está retirada."},
	string(application.Return): {
		EN: "The application is returned to the city.", FR: "La candidature est renvoyée à la ville.", ES: "La solicitud se ha devuelto a la ciudad.",
	},
	string(application.Endorse): {
		EN: "The application is endorsed. It isn't submitted yet: choose below.",
		FR: "La candidature est avalisée. Elle n'est pas encore présentée : choisissez ci-dessous.",
		ES: "La solicitud está avalada. Todavía no se ha presentado: elija abajo.",
	},
	string(application.Submit): {
		EN: "Submitted to the secretariat.", FR: "C'est présenté au secrétariat.", ES: "Se ha presentado a la secretaría.",
	},
	string(application.Recall): {
		EN: "The application is with the National Commission again, and its place is free.",
		FR: "La candidature est de nouveau chez la Commission nationale, et sa place est libre.",
		ES: "La solicitud vuelve a estar en la Comisión Nacional y su plaza está libre.",
	},
	string(application.Accept):  {EN: "The city is a member.", FR: "La ville est membre.", ES: "La ciudad es miembro."},
	string(application.Defer):   {EN: "The decision is deferred.", FR: "La décision est reportée.", ES: "La decisión queda aplazada."},
	string(application.Decline): {EN: "The application is declined.", FR: "La candidature est refusée.", ES: "La solicitud está rechazada."},
}

// orders are what buttons say.
var orders = map[application.Action]locale.Text{
	application.Edit:     {EN: "Fill in the form", FR: "Remplir le formulaire", ES: "Rellenar el formulario"},
	application.Send:     {EN: "Send to the National Commission", FR: "Envoyer à la Commission nationale", ES: "Enviar a la Comisión Nacional"},
	application.Withdraw: {EN: "Withdraw", FR: "Retirer", ES: "Retirar"},
	application.Return:   {EN: "Return to the city", FR: "Renvoyer à la ville", ES: "Devolver a la ciudad"},
	application.Endorse:  {EN: "Endorse", FR: "Avaliser", ES: "Avalar"},
	application.Submit:   {EN: "Submit to the secretariat", FR: "Présenter au secrétariat", ES: "Presentar a la secretaría"},
	application.Recall:   {EN: "Recall from the secretariat", FR: "Reprendre au secrétariat", ES: "Retirar de la secretaría"},
	application.Accept:   {EN: "Accept", FR: "Accepter", ES: "Aceptar"},
	application.Defer:    {EN: "Defer", FR: "Reporter", ES: "Aplazar"},
	application.Decline:  {EN: "Decline", FR: "Refuser", ES: "Rechazar"},
}

// questions are the titles of the pages on which it is done.
var questions = map[application.Action]locale.Text{
	application.Send: {
		EN: "Send the application of {city}", FR: "Envoyer la candidature de {city}", ES: "Enviar la solicitud de {city}",
	},
	application.Withdraw: {
		EN: "Withdraw the application of {city}", FR: "Retirer la candidature de {city}", ES: "Retirar la solicitud de {city}",
	},
	application.Return: {
		EN: "Return the application of {city}", FR: "Renvoyer la candidature de {city}", ES: "Devolver la solicitud de {city}",
	},
	application.Endorse: {
		EN: "Endorse the application of {city}", FR: "Avaliser la candidature de {city}", ES: "Avalar la solicitud de {city}",
	},
	application.Submit: {
		EN: "Submit the application of {city}", FR: "Présenter la candidature de {city}", ES: "Presentar la solicitud de {city}",
	},
	application.Recall: {
		EN: "Recall the application of {city}", FR: "Reprendre la candidature de {city}", ES: "Retirar de la secretaría la solicitud de {city}",
	},
	application.Accept: {
		EN: "Accept the application of {city}", FR: "Accepter la candidature de {city}", ES: "Aceptar la solicitud de {city}",
	},
	application.Defer: {
		EN: "Defer the decision on {city}", FR: "Reporter la décision sur {city}", ES: "Aplazar la decisión sobre {city}",
	},
	application.Decline: {
		EN: "Decline the application of {city}", FR: "Refuser la candidature de {city}", ES: "Rechazar la solicitud de {city}",
	},
}

// done are what was done, as a history tells it.
var done = map[application.Action]locale.Text{
	application.Start:    {EN: "begun", FR: "commencée", ES: "iniciada"},
	application.Edit:     {EN: "draft saved", FR: "brouillon enregistré", ES: "borrador guardado"},
	application.Send:     {EN: "sent to the National Commission", FR: "envoyée à la Commission nationale", ES: "enviada a la Comisión Nacional"},
	application.Withdraw: {EN: "withdrawn", FR: "retirée", ES: "retirada"},
	application.Return:   {EN: "returned to the city", FR: "renvoyée à la ville", ES: "devuelta a la ciudad"},
	application.Endorse:  {EN: "endorsed", FR: "avalisée", ES: "avalada"},
	application.Submit:   {EN: "submitted to the secretariat", FR: "présentée au secrétariat", ES: "presentada a la secretaría"},
	application.Recall:   {EN: "recalled from the secretariat", FR: "reprise au secrétariat", ES: "retirada de la secretaría"},
	application.Accept:   {EN: "accepted", FR: "acceptée", ES: "aceptada"},
	application.Defer:    {EN: "decision deferred", FR: "décision reportée", ES: "decisión aplazada"},
	application.Decline:  {EN: "declined", FR: "refusée", ES: "rechazada"},
}

// reasonHints say for whom a reason is written.
var reasonHints = map[application.Action]locale.Text{
	application.Return: {
		EN: "What the city has to correct. It reads this.", FR: "Ce que la ville doit corriger. Elle le lit.", ES: "Qué debe corregir la ciudad. Lo leerá.",
	},
	application.Withdraw: {
		EN: "The National Commission reads it. It may stay empty.", FR: "La Commission nationale le lit. Il peut rester vide.",
		ES: "Lo lee la Comisión Nacional. Puede quedar en blanco.",
	},
	application.Recall:  {EN: "The secretariat reads it. It may stay empty.", FR: "Le secrétariat le lit. Il peut rester vide.", ES: "Lo lee la secretaría. Puede quedar en blanco."},
	application.Accept:  {EN: "It may stay empty.", FR: "Il peut rester vide.", ES: "Puede quedar en blanco."},
	application.Defer:   {EN: "The city and its National Commission read it.", FR: "La ville et sa Commission nationale le lisent.", ES: "Lo leen la ciudad y su Comisión Nacional."},
	application.Decline: {EN: "The city and its National Commission read it.", FR: "La ville et sa Commission nationale le lisent.", ES: "Lo leen la ciudad y su Comisión Nacional."},
}

var (
	willTitle = locale.Text{EN: "What will happen", FR: "Ce qui va se passer", ES: "Qué ocurrirá"}
	backLabel = locale.Text{EN: "Back without changing anything", FR: "Revenir sans rien changer", ES: "Volver sin cambiar nada"}
)

// consequences say what an act will do.
func consequences(from application.State, do application.Action) []locale.Text {
	texts := []locale.Text{will[do]}
	switch {
	case do == application.Withdraw && from == application.Submitted:
		texts = append(texts, keepsPlace)
	case do == application.Withdraw:
		texts = append(texts, mayBeginAgain)
	}
	return texts
}

var (
	keepsPlace = locale.Text{
		EN: "It has been submitted: the place that it takes of its country's stays taken.",
		FR: "Elle a été présentée : la place qu'elle prend parmi celles du pays reste prise.",
		ES: "Ya se presentó: la plaza que ocupa de las de su país sigue ocupada.",
	}
	mayBeginAgain = locale.Text{
		EN: "The city can begin another one by {cities}.", FR: "La ville peut en commencer une autre jusqu'au {cities}.",
		ES: "La ciudad puede iniciar otra hasta el {cities}.",
	}
	will = map[application.Action]locale.Text{
		application.Send: {
			EN: "The application goes to the National Commission ({country}), which endorses it or returns it by {commission}. You can't change it unless it is returned.",
			FR: "La candidature part à la Commission nationale ({country}), qui l'avalise ou la renvoie jusqu'au {commission}. Vous ne pouvez la modifier que si elle vous est renvoyée.",
			ES: "La solicitud pasa a la Comisión Nacional ({country}), que la avala o la devuelve hasta el {commission}. Solo podrá modificarla si se la devuelven.",
		},
		application.Withdraw: {
			EN: "The application is given up. This can't be taken back.", FR: "La candidature est abandonnée. C'est irréversible.",
			ES: "Se renuncia a la solicitud. No puede deshacerse.",
		},
		application.Return: {
			EN: "{city} can change the application, and sends it again by {commission}.",
			FR: "{city} peut modifier la candidature et la renvoie jusqu'au {commission}.",
			ES: "{city} puede modificar la solicitud y la envía de nuevo hasta el {commission}.",
		},
		application.Endorse: {
			EN: "The application is endorsed, and takes no place yet: {used} of {limit} are taken. You choose by {commission} which of the endorsed ones you submit.",
			FR: "La candidature est avalisée, mais ne prend pas encore de place : {used} sur {limit} sont prises. Vous choisissez jusqu'au {commission} celles que vous présentez.",
			ES: "La solicitud queda avalada, pero aún no ocupa plaza: {used} de {limit} están ocupadas. Hasta el {commission} elige cuáles de las avaladas presenta.",
		},
		application.Submit: {
			EN: "The application goes to the secretariat and takes one of the country's places: {then} of {limit} are taken then. You can recall it by {commission}.",
			FR: "La candidature part au secrétariat et prend une des places du pays : {then} sur {limit} seront prises. Vous pouvez la reprendre jusqu'au {commission}.",
			ES: "La solicitud pasa a la secretaría y ocupa una de las plazas del país: quedarán ocupadas {then} de {limit}. Puede retirarla de la secretaría hasta el {commission}.",
		},
		application.Recall: {
			EN: "The application comes back to you, endorsed, and its place is free: {before} of {limit} are taken then.",
			FR: "La candidature vous revient, avalisée, et sa place est libre : {before} sur {limit} seront prises.",
			ES: "La solicitud vuelve a usted, avalada, y su plaza queda libre: quedarán ocupadas {before} de {limit}.",
		},
		application.Accept: {
			EN: "{city} becomes a member of the network from today, {today}. The application is closed, and this page can't take it back.",
			FR: "{city} devient membre du réseau à partir d'aujourd'hui, {today}. La candidature est close, et cette page ne peut l'annuler.",
			ES: "{city} pasa a ser miembro de la red desde hoy, {today}. La solicitud se cierra y esta página no puede deshacerlo.",
		},
		application.Defer: {
			EN: "The application stays open: it can still be accepted or declined. Its country's place stays taken.",
			FR: "La candidature reste ouverte : elle peut encore être acceptée ou refusée. La place de son pays reste prise.",
			ES: "La solicitud sigue abierta: aún puede aceptarse o rechazarse. La plaza de su país sigue ocupada.",
		},
		application.Decline: {
			EN: "The application is closed, and this page can't take it back. {city} can apply to another call.",
			FR: "La candidature est close, et cette page ne peut l'annuler. {city} peut répondre à un autre appel.",
			ES: "La solicitud se cierra y esta página no puede deshacerlo. {city} puede presentarse a otra convocatoria.",
		},
	}
)
