package page

import "github.com/learning-cities/guildhall/shared/locale"

// AfterParameter names the cursor after which a list goes on, in an address.
const AfterParameter = "after"

// languages are the languages' own names.
var languages = map[locale.Lang]string{locale.EN: "English", locale.FR: "Français", locale.ES: "Español"}

// The texts of every page, and of that of a problem.
var (
	wordProduct  = locale.Text{EN: "Learning Cities", FR: "Villes apprenantes", ES: "Ciudades del Aprendizaje"}
	wordSkip     = locale.Text{EN: "Skip to the content", FR: "Aller au contenu", ES: "Ir al contenido"}
	wordLanguage = locale.Text{EN: "Language", FR: "Langue", ES: "Idioma"}
	wordMenu     = locale.Text{EN: "Areas", FR: "Rubriques", ES: "Secciones"}
	wordOpens    = locale.Text{EN: "Menu", FR: "Menu", ES: "Menú"}
	wordWithin   = locale.Text{EN: "Where this page is", FR: "Où se trouve cette page", ES: "Dónde está esta página"}
	wordHome     = locale.Text{EN: "Home", FR: "Accueil", ES: "Inicio"}
	wordSignIn   = locale.Text{EN: "Sign in", FR: "Se connecter", ES: "Iniciar sesión"}
	wordSignOut  = locale.Text{EN: "Sign out", FR: "Se déconnecter", ES: "Cerrar sesión"}
	wordAs       = locale.Text{EN: "Signed in as:", FR: "Connecté en tant que :", ES: "Sesión iniciada como:"}
	wordAPI      = locale.Text{EN: "For programs: the API", FR: "Pour les programmes : l'API", ES: "Para programas: la API"}
	wordCode     = locale.Text{EN: "Code", FR: "Code", ES: "Código"}
	wordRequest  = locale.Text{EN: "Request", FR: "Requête", ES: "Solicitud"}
	wordTell     = locale.Text{
		EN: "If it happens again, tell the secretariat the code and the request.",
		FR: "Si cela se reproduit, indiquez au secrétariat le code et la requête.",
		ES: "Si vuelve a ocurrir, comunique a la secretaría el código y la solicitud.",
	}
)

// The texts of forms and lists.
var (
	wordRefused = locale.Text{EN: "Nothing was changed yet", FR: "Rien n'a encore été modifié", ES: "Todavía no se ha modificado nada"}
	wordMeant   = locale.Text{EN: "Perhaps you meant:", FR: "Vouliez-vous dire :", ES: "Quizá quiso decir:"}
	wordFilter  = locale.Text{EN: "Show", FR: "Afficher", ES: "Mostrar"}
	wordOf      = locale.Text{EN: "of at most", FR: "sur au plus", ES: "de un máximo de"}
	wordWord    = locale.Text{EN: "word", FR: "mot", ES: "palabra"}
	wordWords   = locale.Text{EN: "words", FR: "mots", ES: "palabras"}
	wordParts   = locale.Text{EN: "Parts of the list", FR: "Parties de la liste", ES: "Partes de la lista"}
	wordFirst   = locale.Text{EN: "Back to the beginning", FR: "Revenir au début", ES: "Volver al principio"}
	wordNext    = locale.Text{EN: "More", FR: "Suite", ES: "Más"}
)
