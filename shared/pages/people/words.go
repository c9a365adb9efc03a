package people

import "github.com/learning-cities/guildhall/shared/locale"

// The list.
var (
	menuPeople = locale.Text{EN: "People", FR: "Personnes", ES: "Personas"}
	listLead   = locale.Text{
		EN: "Who may use the product, and as what.", FR: "Qui peut utiliser le produit, et à quel titre.",
		ES: "Quién puede usar el producto, y con qué función.",
	}
	inviteAct  = locale.Text{EN: "Invite somebody", FR: "Inviter une personne", ES: "Invitar a una persona"}
	colEmail   = locale.Text{EN: "E-mail address", FR: "Adresse électronique", ES: "Dirección de correo"}
	colRole    = locale.Text{EN: "Role", FR: "Rôle", ES: "Función"}
	colScope   = locale.Text{EN: "For", FR: "Pour", ES: "Para"}
	colLang    = locale.Text{EN: "Language", FR: "Langue", ES: "Idioma"}
	colInvited = locale.Text{EN: "Invited on", FR: "Invitation du", ES: "Invitación del"}
	colSignIn  = locale.Text{EN: "Sign-in", FR: "Connexion", ES: "Inicio de sesión"}
	signedIn   = locale.Text{EN: "has signed in", FR: "s'est déjà connectée", ES: "ya ha iniciado sesión"}
	notYet     = locale.Text{EN: "not yet signed in", FR: "ne s'est pas encore connectée", ES: "aún no ha iniciado sesión"}
	yourself   = locale.Text{EN: "you", FR: "vous", ES: "usted"}
)

// The languages' own names.
var languages = map[locale.Lang]string{locale.EN: "English", locale.FR: "Français", locale.ES: "Español"}

// The form by which somebody is invited or changed.
var (
	inviteTitle = locale.Text{EN: "Invite somebody", FR: "Inviter une personne", ES: "Invitar a una persona"}
	inviteLead  = locale.Text{
		EN: "Whoever signs in with this address is let in as what you choose here. No message is sent: tell the person yourself.",
		FR: "Qui se connecte avec cette adresse est admis au titre que vous choisissez ici. Aucun message n'est envoyé : prévenez vous-même la personne.",
		ES: "Quien inicie sesión con esta dirección entra con lo que usted elija aquí. No se envía ningún mensaje: avise usted mismo a la persona.",
	}
	inviteDo = locale.Text{EN: "Invite", FR: "Inviter", ES: "Invitar"}
	hintMail = locale.Text{
		EN: "The address of the account with which the person signs in.", FR: "L'adresse du compte avec lequel la personne se connecte.",
		ES: "La dirección de la cuenta con la que la persona inicia sesión.",
	}
	hintScope = locale.Text{
		EN: "Of a National Commission the country, such as France; of a city or donor its identifier, such as FR#brest or donor_country#KR. Nothing for other roles.",
		FR: "D'une Commission nationale, le pays, par exemple France ; d'une ville ou d'un donateur, son identifiant, par exemple FR#brest ou donor_country#KR. Rien pour les autres rôles.",
		ES: "De una Comisión Nacional, el país, por ejemplo Francia; de una ciudad o de un donante, su identificador, por ejemplo FR#brest o donor_country#KR. Nada para las demás funciones.",
	}
	fieldScope = locale.Text{EN: "Country, city or donor", FR: "Pays, ville ou donateur", ES: "País, ciudad o donante"}
	changeHead = locale.Text{EN: "Change", FR: "Modifier", ES: "Modificar"}
	changeLead = locale.Text{
		EN: "A change counts at once, also where the person is signed in. Another address ends its sessions.",
		FR: "Une modification prend effet aussitôt, même si la personne est connectée. Une autre adresse met fin à ses sessions.",
		ES: "Un cambio vale de inmediato, también donde la persona tenga la sesión iniciada. Otra dirección pone fin a sus sesiones.",
	}
	changeDo = locale.Text{EN: "Save the change", FR: "Enregistrer la modification", ES: "Guardar el cambio"}
)

// What else is done about somebody.
var (
	sessionsAct = locale.Text{EN: "Sessions", FR: "Sessions", ES: "Sesiones"}
	unbindAct   = locale.Text{EN: "Let another account sign in", FR: "Autoriser un autre compte", ES: "Permitir otra cuenta"}
	unbindLead  = locale.Text{
		EN: "The person signed in with an account, and only that one is let in since. If it has a new account with the same address, let the next one in that signs in; all its sessions end.",
		FR: "La personne s'est connectée avec un compte, et seul celui-ci est admis depuis. Si elle a un nouveau compte avec la même adresse, autorisez le prochain qui se connectera ; toutes ses sessions prennent fin.",
		ES: "La persona inició sesión con una cuenta, y desde entonces solo entra esa. Si tiene una cuenta nueva con la misma dirección, permita la próxima que inicie sesión; todas sus sesiones terminan.",
	}
	unbindDo    = locale.Text{EN: "Let another account in", FR: "Autoriser un autre compte", ES: "Permitir otra cuenta"}
	removeAct   = locale.Text{EN: "Remove", FR: "Retirer", ES: "Retirar"}
	removeTitle = locale.Text{EN: "Remove this person?", FR: "Retirer cette personne ?", ES: "¿Retirar a esta persona?"}
	removeLead  = locale.Text{
		EN: "The person can't sign in any more, and its sessions end at once. Its address is forgotten; what it did stays on record, without its address.",
		FR: "La personne ne pourra plus se connecter, et ses sessions prennent fin aussitôt. Son adresse est oubliée ; ce qu'elle a fait reste enregistré, sans son adresse.",
		ES: "La persona ya no podrá iniciar sesión, y sus sesiones terminan de inmediato. Su dirección se olvida; lo que hizo sigue constando, sin su dirección.",
	}
	endsNow   = locale.Text{EN: "session ends at once", FR: "session prend fin aussitôt", ES: "sesión termina de inmediato"}
	endNow    = locale.Text{EN: "sessions end at once", FR: "sessions prennent fin aussitôt", ES: "sesiones terminan de inmediato"}
	removeDo  = locale.Text{EN: "Remove the person", FR: "Retirer la personne", ES: "Retirar a la persona"}
	keepThem  = locale.Text{EN: "Leave it as it is", FR: "Ne rien changer", ES: "Dejarlo como está"}
	wasAsked  = locale.Text{EN: "The person is on record and can sign in now.", FR: "La personne est enregistrée et peut se connecter dès maintenant.", ES: "La persona consta y ya puede iniciar sesión."}
	wasMoved  = locale.Text{EN: "The change is saved.", FR: "La modification est enregistrée.", ES: "El cambio está guardado."}
	wasFreed  = locale.Text{EN: "The next account with this address is let in.", FR: "Le prochain compte ayant cette adresse sera admis.", ES: "Entrará la próxima cuenta con esta dirección."}
	wasGone   = locale.Text{EN: "The person was removed.", FR: "La personne a été retirée.", ES: "La persona ha sido retirada."}
	wasEnded  = locale.Text{EN: "The session was ended.", FR: "La session a pris fin.", ES: "La sesión ha terminado."}
	wereEnded = locale.Text{EN: "All sessions were ended.", FR: "Toutes les sessions ont pris fin.", ES: "Todas las sesiones han terminado."}
)

// Sessions.
var (
	menuAccount = locale.Text{EN: "My account", FR: "Mon compte", ES: "Mi cuenta"}
	lettersAct  = locale.Text{EN: "Which e-mails I am sent", FR: "Les courriels que je reçois", ES: "Los correos que recibo"}
	ownLead     = locale.Text{
		EN: "Who you are here. The secretariat changes it for you.", FR: "Qui vous êtes ici. Le secrétariat le modifie pour vous.",
		ES: "Quién es usted aquí. La secretaría lo modifica por usted.",
	}
	sessionsHead = locale.Text{EN: "Sessions", FR: "Sessions", ES: "Sesiones"}
	ownSessions  = locale.Text{
		EN: "Where you are signed in. End what you don't recognise.", FR: "Où vous êtes connecté. Mettez fin à ce que vous ne reconnaissez pas.",
		ES: "Dónde tiene la sesión iniciada. Termine lo que no reconozca.",
	}
	theirSessions = locale.Text{
		EN: "Where the person is signed in.", FR: "Où la personne est connectée.", ES: "Dónde tiene la persona la sesión iniciada.",
	}
	noSessions = locale.Text{
		EN: "The person is signed in nowhere at the moment.", FR: "La personne n'est connectée nulle part pour le moment.",
		ES: "En este momento la persona no tiene ninguna sesión iniciada.",
	}
	colStarted = locale.Text{EN: "Started", FR: "Début", ES: "Inicio"}
	colSeen    = locale.Text{EN: "Last used", FR: "Dernière utilisation", ES: "Último uso"}
	colUntil   = locale.Text{EN: "Ends at the latest", FR: "Fin au plus tard", ES: "Termina a más tardar"}
	colEnd     = locale.Text{EN: "End", FR: "Mettre fin", ES: "Terminar"}
	thisOne    = locale.Text{EN: "this one", FR: "celle-ci", ES: "esta"}
	endOne     = locale.Text{EN: "End", FR: "Mettre fin", ES: "Terminar"}
	endAll     = locale.Text{EN: "End all sessions", FR: "Mettre fin à toutes les sessions", ES: "Terminar todas las sesiones"}
	endAllNote = locale.Text{
		EN: "Also this one: you sign in anew afterwards.", FR: "Celle-ci aussi : vous vous reconnecterez ensuite.",
		ES: "También esta: después tendrá que iniciar sesión de nuevo.",
	}
)
