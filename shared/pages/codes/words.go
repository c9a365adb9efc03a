package codes

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// severities say what a problem means for what has it.
var severities = map[problem.Severity]struct {
	name, means locale.Text
	tone        page.Tone
}{
	problem.Error: {
		locale.Text{EN: "error", FR: "erreur", ES: "error"},
		locale.Text{
			EN: "It has to be mended: a row, file or request with it is not taken.",
			FR: "À corriger : une ligne, un fichier ou une demande qui la comporte n'est pas pris en compte.",
			ES: "Hay que corregirlo: una fila, un archivo o una solicitud que lo tenga no se acepta.",
		}, page.Urgent,
	},
	problem.Question: {
		locale.Text{EN: "question", FR: "question", ES: "pregunta"},
		locale.Text{
			EN: "One answer settles it, for all rows that wait for the same answer.",
			FR: "Une réponse suffit, pour toutes les lignes qui attendent la même réponse.",
			ES: "Una respuesta basta, para todas las filas que esperan la misma.",
		}, page.Watch,
	},
	problem.Warning: {
		locale.Text{EN: "warning", FR: "avertissement", ES: "advertencia"},
		locale.Text{
			EN: "It is taken all the same. Look whether it is as you mean it.",
			FR: "C'est pris en compte malgré tout. Vérifiez que c'est bien ce que vous vouliez.",
			ES: "Se acepta de todos modos. Compruebe que es lo que usted quería.",
		}, page.Watch,
	},
	problem.Info: {
		locale.Text{EN: "note", FR: "remarque", ES: "nota"},
		locale.Text{
			EN: "Nothing has to be done: it tells what was understood or done.",
			FR: "Il n'y a rien à faire : cela indique ce qui a été compris ou fait.",
			ES: "No hay que hacer nada: indica lo que se entendió o se hizo.",
		}, page.Calm,
	},
}

// groups are where problems are met, as the catalogue names it.
var groups = map[string]locale.Text{
	"file":    {EN: "Of a file", FR: "D'un fichier", ES: "De un archivo"},
	"sheet":   {EN: "Of a sheet as a whole", FR: "D'une feuille entière", ES: "De una hoja entera"},
	"cell":    {EN: "Of a cell", FR: "D'une cellule", ES: "De una celda"},
	"row":     {EN: "Of a row", FR: "D'une ligne", ES: "De una fila"},
	"network": {EN: "Of the network's rules", FR: "Des règles du réseau", ES: "De las reglas de la red"},
	"job":     {EN: "Of imports and exports", FR: "Des importations et des exports", ES: "De las importaciones y exportaciones"},
	"request": {EN: "Of what was asked for", FR: "De ce qui était demandé", ES: "De lo que se solicitó"},
	"sign-in": {EN: "Of signing in", FR: "De la connexion", ES: "Del inicio de sesión"},
}

var (
	codesTitle = locale.Text{EN: "What messages mean", FR: "Ce que signifient les messages", ES: "Qué significan los mensajes"}
	codesLead  = locale.Text{
		EN: "Each message has a code. It stays the same in every language, and in every program that asks.",
		FR: "Chaque message a un code. Il est le même dans toutes les langues, et pour tous les programmes.",
		ES: "Cada mensaje tiene un código. Es el mismo en todos los idiomas y para todos los programas.",
	}
	fieldSearch = locale.Text{EN: "Code or words", FR: "Code ou mots", ES: "Código o palabras"}
	noneFound   = locale.Text{
		EN: "No message has these words. Leave the field open to see all of them.",
		FR: "Aucun message ne contient ces mots. Laissez le champ vide pour les voir tous.",
		ES: "Ningún mensaje contiene esas palabras. Deje el campo vacío para verlos todos.",
	}
	colCode  = locale.Text{EN: "Code", FR: "Code", ES: "Código"}
	colMeans = locale.Text{EN: "What it says", FR: "Ce qu'il dit", ES: "Qué dice"}
	colKind  = locale.Text{EN: "Severity", FR: "Gravité", ES: "Gravedad"}
	saysHead = locale.Text{EN: "What it says, and what to do", FR: "Ce qu'il dit, et ce qu'il faut faire", ES: "Qué dice, y qué hay que hacer"}
	saysNote = locale.Text{
		EN: "Three dots stand for what the message names in your case.", FR: "Les points de suspension remplacent ce que le message nomme dans votre cas.",
		ES: "Los puntos suspensivos ocupan el lugar de lo que el mensaje nombra en su caso.",
	}
	rulesHead = locale.Text{EN: "What it is based on", FR: "Sur quoi il repose", ES: "En qué se basa"}
	noRule    = locale.Text{
		EN: "No rule of the network: it follows from how files, forms or sign-in work.",
		FR: "Aucune règle du réseau : cela tient au fonctionnement des fichiers, des formulaires ou de la connexion.",
		ES: "Ninguna regla de la red: se debe a cómo funcionan los archivos, los formularios o el inicio de sesión.",
	}
	allCodes = locale.Text{EN: "All messages", FR: "Tous les messages", ES: "Todos los mensajes"}

	rulesTitle = locale.Text{EN: "The network's rules", FR: "Les règles du réseau", ES: "Las reglas de la red"}
	rulesLead  = locale.Text{
		EN: "What applications, clusters, surveys and the fund are held to.",
		FR: "Ce à quoi sont tenus les candidatures, les pôles, les enquêtes et le fonds.",
		ES: "A lo que se atienen las candidaturas, los grupos, las encuestas y el fondo.",
	}
	colRule     = locale.Text{EN: "Rule", FR: "Règle", ES: "Regla"}
	sourcesHead = locale.Text{EN: "Where its figures come from", FR: "D'où viennent ses chiffres", ES: "De dónde vienen sus cifras"}
	derived     = locale.Text{
		EN: "follows from a source that doesn't print it", FR: "découle d'une source qui ne l'imprime pas", ES: "se deduce de una fuente que no lo imprime",
	}
	practice = locale.Text{
		EN: "practice, where the sources leave it open: the secretariat may change it",
		FR: "la pratique, là où les sources n'en disent rien : le secrétariat peut le modifier",
		ES: "la práctica, donde las fuentes no lo fijan: la secretaría puede cambiarlo",
	}
	ruleCodes = locale.Text{EN: "Messages that come from it", FR: "Messages qui en découlent", ES: "Mensajes que se derivan de ella"}
	allRules  = locale.Text{EN: "All rules", FR: "Toutes les règles", ES: "Todas las reglas"}
)
