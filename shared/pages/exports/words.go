package exports

import (
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// The files that can be asked for.
var kinds = map[request.Kind]struct{ name, about locale.Text }{
	request.Budget: {
		locale.Text{EN: "Budget", FR: "Budget", ES: "Presupuesto"},
		locale.Text{
			EN: "What the clusters and the fund plan, by line and work area, and what was allocated and spent for it.",
			FR: "Ce que prévoient les pôles et le fonds, par ligne et par champ d'action, et ce qui a été alloué et dépensé à ce titre.",
			ES: "Lo que prevén los grupos y el fondo, por línea y por área de trabajo, y lo que se asignó y se gastó para ello.",
		},
	},
	request.Fund: {
		locale.Text{EN: "Fund", FR: "Fonds", ES: "Fondo"},
		locale.Text{
			EN: "Sources and uses, activities, pledges, and every entry of the books with its proof.",
			FR: "Ressources et emplois, activités, promesses, et chaque écriture des comptes avec sa preuve.",
			ES: "Fuentes y usos, actividades, promesas y cada asiento de los libros con su prueba.",
		},
	},
	request.Membership: {
		locale.Text{EN: "Membership", FR: "Membres du réseau", ES: "Miembros de la red"},
		locale.Text{
			EN: "Members, applications, clusters, coordinators, and what cities offer.",
			FR: "Membres, candidatures, pôles, coordinateurs, et ce que proposent les villes.",
			ES: "Miembros, solicitudes, grupos, coordinadores y lo que ofrecen las ciudades.",
		},
	},
	request.Survey: {
		locale.Text{EN: "Survey of member cities", FR: "Enquête auprès des villes membres", ES: "Encuesta a las ciudades miembro"},
		locale.Text{
			EN: "The result by cluster, topic, region and country, and who answered.",
			FR: "Le résultat par pôle, thème, région et pays, et qui a répondu.",
			ES: "El resultado por grupo, tema, región y país, y quién respondió.",
		},
	},
	request.Audit: {
		locale.Text{EN: "Audit trail", FR: "Journal d'audit", ES: "Registro de auditoría"},
		locale.Text{
			EN: "Who did what, who was shown personal data and who was refused, by identifiers, with the hashes by which the entries are linked.",
			FR: "Qui a fait quoi, qui a consulté des données personnelles et qui a été refusé, par identifiants, avec les empreintes qui relient les entrées.",
			ES: "Quién hizo qué, quién vio datos personales y a quién se le denegó, por identificadores, con las huellas que enlazan las entradas.",
		},
	},
	request.Donor: {
		locale.Text{EN: "A donor's statement", FR: "Relevé d'un donateur", ES: "Estado de cuenta de un donante"},
		locale.Text{
			EN: "What a donor gave, what became of it, and what is left, over a period.",
			FR: "Ce qu'un donateur a versé, ce qu'il en est advenu et ce qu'il en reste, sur une période.",
			ES: "Lo que aportó un donante, qué se hizo con ello y lo que queda, en un periodo.",
		},
	},
}

// ownStatement is what a donor calls its own statement.
var ownStatement = locale.Text{EN: "Your statement", FR: "Votre relevé", ES: "Su estado de cuenta"}

var formats = map[request.Format]struct{ name, note locale.Text }{
	request.XLSX: {
		locale.Text{EN: "Workbook (.xlsx)", FR: "Classeur (.xlsx)", ES: "Libro (.xlsx)"},
		locale.Text{EN: "to calculate on with", FR: "pour continuer à calculer", ES: "para seguir calculando"},
	},
	request.PDF: {
		locale.Text{EN: "Paper (.pdf)", FR: "Document (.pdf)", ES: "Documento (.pdf)"},
		locale.Text{EN: "to read, print and keep", FR: "à lire, imprimer et conserver", ES: "para leer, imprimir y conservar"},
	},
	request.CSV: {
		locale.Text{EN: "Data (.csv)", FR: "Données (.csv)", ES: "Datos (.csv)"},
		locale.Text{EN: "for other programs", FR: "pour d'autres programmes", ES: "para otros programas"},
	},
	request.IATI: {
		locale.Text{EN: "Activity file (.xml)", FR: "Fichier d'activités (.xml)", ES: "Archivo de actividades (.xml)"},
		locale.Text{EN: "in the IATI standard, version 2.03", FR: "selon la norme de l'IITA (IATI), version 2.03", ES: "según la norma IATI, versión 2.03"},
	},
}

var states = map[request.State]struct {
	name locale.Text
	tone page.Tone
}{
	request.Asked:    {locale.Text{EN: "waiting", FR: "en attente", ES: "en espera"}, page.Calm},
	request.Building: {locale.Text{EN: "being made", FR: "en préparation", ES: "en preparación"}, page.Watch},
	request.Ready:    {locale.Text{EN: "ready", FR: "prêt", ES: "listo"}, page.Good},
	request.Failed:   {locale.Text{EN: "not made", FR: "non produit", ES: "no elaborado"}, page.Urgent},
}

// The languages' own names.
var languages = map[locale.Lang]string{locale.EN: "English", locale.FR: "Français", locale.ES: "Español"}

// The list.
var (
	menuExports = locale.Text{EN: "Exports", FR: "Exports", ES: "Exportaciones"}
	listLead    = locale.Text{
		EN: "Files made from what is on record. Each is made within moments and stays here.",
		FR: "Des fichiers produits à partir de ce qui est enregistré. Chacun est prêt en quelques instants et reste disponible ici.",
		ES: "Archivos elaborados con lo que consta. Cada uno está listo en unos instantes y queda disponible aquí.",
	}
	choose      = locale.Text{EN: "Ask for a file", FR: "Demander un fichier", ES: "Solicitar un archivo"}
	nothingToDo = locale.Text{
		EN: "There is nothing to ask for with your role. Empty sheets to be filled in are among the templates.",
		FR: "Votre rôle ne permet de demander aucun fichier. Les feuilles vierges à remplir se trouvent parmi les modèles.",
		ES: "Con su función no hay ningún archivo que solicitar. Las hojas vacías para rellenar están entre las plantillas.",
	}
	askFor    = locale.Text{EN: "Ask for it", FR: "Demander", ES: "Solicitar"}
	history   = locale.Text{EN: "Asked for so far", FR: "Demandes précédentes", ES: "Solicitudes anteriores"}
	noHistory = locale.Text{
		EN: "Nothing was asked for yet. Choose a file above: it will stand here.",
		FR: "Rien n'a encore été demandé. Choisissez un fichier ci-dessus : il figurera ici.",
		ES: "Todavía no se ha solicitado nada. Elija un archivo arriba: figurará aquí.",
	}
	colFile  = locale.Text{EN: "File", FR: "Fichier", ES: "Archivo"}
	colLang  = locale.Text{EN: "Language", FR: "Langue", ES: "Idioma"}
	colState = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	colAsOf  = locale.Text{EN: "Shows what was on record on", FR: "Montre ce qui était enregistré le", ES: "Muestra lo que constaba el"}
	colAsked = locale.Text{EN: "Asked for on", FR: "Demandé le", ES: "Solicitado el"}
	colBy    = locale.Text{EN: "By", FR: "Par", ES: "Por"}
	someone  = locale.Text{EN: "somebody who was removed", FR: "une personne retirée", ES: "una persona retirada"}
)

// One of them.
var (
	download  = locale.Text{EN: "Download", FR: "Télécharger", ES: "Descargar"}
	kilobytes = locale.Text{EN: "kB", FR: "ko", ES: "kB"}
	colSize   = locale.Text{EN: "Size", FR: "Taille", ES: "Tamaño"}
	colDonor  = locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}
	colTerm   = locale.Text{EN: "Term", FR: "Mandat", ES: "Periodo"}
	colCall   = locale.Text{EN: "Call", FR: "Appel", ES: "Convocatoria"}
	colFrom   = locale.Text{EN: "From", FR: "Du", ES: "Desde"}
	colTo     = locale.Text{EN: "To", FR: "Au", ES: "Hasta"}
	colEnded  = locale.Text{EN: "Finished on", FR: "Terminé le", ES: "Terminado el"}
	waiting   = locale.Text{
		EN: "The file is being made. This page shows it as soon as it is there.",
		FR: "Le fichier est en préparation. Cette page l'affichera dès qu'il sera là.",
		ES: "El archivo se está elaborando. Esta página lo mostrará en cuanto esté.",
	}
	failed = locale.Text{
		EN: "The file was not made, because of what was asked for:", FR: "Le fichier n'a pas été produit, à cause de ce qui était demandé :",
		ES: "El archivo no se elaboró, por lo que se solicitó:",
	}
	askAnew = locale.Text{EN: "Ask anew", FR: "Demander à nouveau", ES: "Solicitar de nuevo"}
	asked   = locale.Text{EN: "The file was asked for.", FR: "Le fichier a été demandé.", ES: "El archivo se ha solicitado."}
	back    = locale.Text{EN: "All files that were asked for", FR: "Tous les fichiers demandés", ES: "Todos los archivos solicitados"}
)

// The form.
var (
	fieldFormat = locale.Text{EN: "Format", FR: "Format", ES: "Formato"}
	fieldLang   = locale.Text{EN: "Language of the file", FR: "Langue du fichier", ES: "Idioma del archivo"}
	fieldTerm   = locale.Text{EN: "Term", FR: "Mandat", ES: "Periodo"}
	latestTerm  = locale.Text{EN: "the one that runs on that day", FR: "celui en cours ce jour-là", ES: "el que esté en curso ese día"}
	fieldCall   = locale.Text{EN: "Call for applications", FR: "Appel à candidatures", ES: "Convocatoria"}
	latestCall  = locale.Text{EN: "the latest", FR: "le plus récent", ES: "la más reciente"}
	fieldDonor  = locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}
	hintDonor   = locale.Text{
		EN: "Its name as it is on record, such as Republic of Korea.", FR: "Son nom tel qu'il est enregistré, par exemple République de Corée.",
		ES: "Su nombre tal como consta, por ejemplo República de Corea.",
	}
	fieldFrom = locale.Text{EN: "First day", FR: "Premier jour", ES: "Primer día"}
	fieldTo   = locale.Text{EN: "Last day", FR: "Dernier jour", ES: "Último día"}
	hintDays  = locale.Text{
		EN: "Leave both days open for the whole term.", FR: "Laissez les deux jours vides pour tout le mandat.",
		ES: "Deje los dos días vacíos para todo el periodo.",
	}
	fieldAt = locale.Text{EN: "As it stood at the end of", FR: "Situation à la fin du", ES: "Situación al final del"}
	hintAt  = locale.Text{
		EN: "An earlier day shows what was on record then. Leave it open for now.",
		FR: "Un jour passé montre ce qui était enregistré alors. Laissez vide pour la situation actuelle.",
		ES: "Un día pasado muestra lo que constaba entonces. Déjelo vacío para la situación actual.",
	}
	aPastDay = locale.Text{EN: "a day that is over", FR: "un jour passé", ES: "un día pasado"}
	haveMade = locale.Text{EN: "Have the file made", FR: "Faire produire le fichier", ES: "Hacer elaborar el archivo"}
)

// Templates.
var (
	menuTemplates = locale.Text{EN: "Templates", FR: "Modèles", ES: "Plantillas"}
	templatesLead = locale.Text{
		EN: "Empty sheets to be filled in and sent to the secretariat, with what each column takes and today's choices.",
		FR: "Des feuilles vierges à remplir et à envoyer au secrétariat, avec ce qu'attend chaque colonne et les choix du jour.",
		ES: "Hojas vacías para rellenar y enviar a la secretaría, con lo que admite cada columna y las opciones de hoy.",
	}
	ofNetwork  = locale.Text{EN: "Of the network", FR: "Du réseau", ES: "De la red"}
	ofFund     = locale.Text{EN: "Of the fund", FR: "Du fonds", ES: "Del fondo"}
	colSheet   = locale.Text{EN: "Sheet", FR: "Feuille", ES: "Hoja"}
	making     = locale.Text{EN: "The template is being made", FR: "Le modèle est en préparation", ES: "La plantilla se está elaborando"}
	makingNote = locale.Text{
		EN: "It is the first one of today, which takes a few seconds. The download then begins by itself.",
		FR: "C'est le premier de la journée, ce qui prend quelques secondes. Le téléchargement commence ensuite tout seul.",
		ES: "Es la primera de hoy, y tarda unos segundos. Después la descarga empieza sola.",
	}
	toTemplates = locale.Text{EN: "Templates: empty sheets to be filled in", FR: "Modèles : feuilles vierges à remplir", ES: "Plantillas: hojas vacías para rellenar"}
)
