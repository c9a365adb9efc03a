package imports

import "github.com/learning-cities/guildhall/shared/locale"

// colon stands between what something is called and what it is.
var colon = locale.Text{EN: ": ", FR: "\u00a0: ", ES: ": "}

// Questions as a page asks them: the answers stand below.
var (
	askDate = locale.Text{
		EN: "“{value}” can be {first} or {second}. What stands first in this column? (dates that can be read both ways: {count})",
		FR: "« {value} » peut être le {first} ou le {second}. Qu'est-ce qui vient en premier dans cette colonne ? (dates lisibles des deux façons : {count})",
		ES: "«{value}» puede ser el {first} o el {second}. ¿Qué va primero en esta columna? (fechas que se leen de ambas formas: {count})",
	}
	askNumber = locale.Text{
		EN: "“{value}” can be {first} or {second}. What stands before decimals in this column? (numbers that can be read both ways: {count})",
		FR: "« {value} » peut valoir {first} ou {second}. Qu'est-ce qui précède les décimales dans cette colonne ? (nombres lisibles des deux façons : {count})",
		ES: "«{value}» puede valer {first} o {second}. ¿Qué precede a los decimales en esta columna? (números que se leen de ambas formas: {count})",
	}
	askHidden = locale.Text{
		EN: "Some rows are hidden or filtered out ({count}). Are they meant to be read?",
		FR: "Des lignes sont masquées ou filtrées ({count}). Faut-il les lire ?",
		ES: "Hay filas ocultas o filtradas ({count}). ¿Deben leerse?",
	}
	askDelimiter = locale.Text{
		EN: "It is not clear what separates the columns ({candidates}). What does?",
		FR: "On ne sait pas ce qui sépare les colonnes ({candidates}). Qu'est-ce qui les sépare ?",
		ES: "No está claro qué separa las columnas ({candidates}). ¿Qué las separa?",
	}
	askEncoding = locale.Text{
		EN: "The text's encoding is not certain. Are accented letters right when it is read as {encoding}? Leave it so, or name another one.",
		FR: "L'encodage du texte n'est pas certain. Les lettres accentuées sont-elles justes lu comme {encoding} ? Laissez tel quel ou indiquez-en un autre.",
		ES: "La codificación del texto no es segura. ¿Son correctas las letras acentuadas leído como {encoding}? Déjelo así o indique otra.",
	}
	askCity = locale.Text{
		EN: "“{value}” may be a city that is known already: {candidates}. Is it?",
		FR: "« {value} » est peut-être une ville déjà connue : {candidates}. Est-ce elle ?",
		ES: "«{value}» puede ser una ciudad ya conocida: {candidates}. ¿Lo es?",
	}
)

// The texts of what a check found.
var (
	titleNotes     = locale.Text{EN: "About the file", FR: "À propos du fichier", ES: "Sobre el archivo"}
	titleQuestions = locale.Text{EN: "Open questions", FR: "Questions ouvertes", ES: "Preguntas abiertas"}
	leadQuestions  = locale.Text{
		EN: "One answer holds for all rows that it concerns. The sheet is then checked again, which takes seconds.",
		FR: "Une réponse vaut pour toutes les lignes concernées. La feuille est ensuite vérifiée à nouveau, en quelques secondes.",
		ES: "Una respuesta vale para todas las filas afectadas. Después la hoja se comprueba de nuevo, en unos segundos.",
	}
	actAnswer     = locale.Text{EN: "Answer and check again", FR: "Répondre et vérifier à nouveau", ES: "Responder y comprobar de nuevo"}
	titleGiven    = locale.Text{EN: "Answers given", FR: "Réponses données", ES: "Respuestas dadas"}
	labelQuestion = locale.Text{EN: "Question", FR: "Question", ES: "Pregunta"}
	labelAnswer   = locale.Text{EN: "Answer", FR: "Réponse", ES: "Respuesta"}
	actForget     = locale.Text{EN: "Take back", FR: "Retirer", ES: "Retirar"}

	titleCauses  = locale.Text{EN: "What was found", FR: "Ce qui a été trouvé", ES: "Lo que se encontró"}
	labelProblem = locale.Text{EN: "What it is", FR: "De quoi il s'agit", ES: "De qué se trata"}
	labelColumn  = locale.Text{EN: "Column", FR: "Colonne", ES: "Columna"}
	labelRows    = locale.Text{EN: "Rows", FR: "Lignes", ES: "Filas"}
	labelRule    = locale.Text{EN: "Rule", FR: "Règle", ES: "Regla"}

	titleRows   = locale.Text{EN: "Row by row", FR: "Ligne par ligne", ES: "Fila por fila"}
	captionRows = locale.Text{
		EN: "Each cell as it is read now, and what is expected there",
		FR: "Chaque cellule telle qu'elle est lue, et ce qui y est attendu",
		ES: "Cada celda tal como se lee ahora, y lo que se espera en ella",
	}
	labelRow   = locale.Text{EN: "Row", FR: "Ligne", ES: "Fila"}
	wordRowAt  = locale.Text{EN: "Row", FR: "Ligne", ES: "Fila"}
	labelWhole = locale.Text{EN: "The whole row", FR: "Toute la ligne", ES: "Toda la fila"}
	onlyThese  = locale.Text{EN: "Only rows with:", FR: "Seulement les lignes avec :", ES: "Solo las filas con:"}
	actAllRows = locale.Text{EN: "Show all rows", FR: "Afficher toutes les lignes", ES: "Mostrar todas las filas"}
	noRows     = locale.Text{
		EN: "No row has this any more. Show all rows to see what is left.",
		FR: "Plus aucune ligne n'est dans ce cas. Affichez toutes les lignes pour voir ce qui reste.",
		ES: "Ninguna fila tiene ya esto. Muestre todas las filas para ver lo que queda.",
	}
	actUse        = locale.Text{EN: "Use", FR: "Mettre", ES: "Usar"}
	actEdit       = locale.Text{EN: "Edit", FR: "Modifier", ES: "Editar"}
	wordChanged   = locale.Text{EN: "{n} cell changed", FR: "{n} cellule modifiée", ES: "{n} celda cambiada"}
	wordsChanged  = locale.Text{EN: "{n} cells changed", FR: "{n} cellules modifiées", ES: "{n} celdas cambiadas"}
	actCheckEdits = locale.Text{EN: "Check again with these changes", FR: "Vérifier à nouveau avec ces modifications", ES: "Comprobar de nuevo con estos cambios"}
	actLeave      = locale.Text{EN: "Back without changes", FR: "Revenir sans modifier", ES: "Volver sin cambios"}
	leadRow       = locale.Text{
		EN: "Your file stays as it is: what you write here is kept beside it, and can be taken back.",
		FR: "Votre fichier reste tel quel : ce que vous écrivez ici est conservé à côté, et peut être retiré.",
		ES: "Su archivo queda como está: lo que escriba aquí se guarda aparte y se puede retirar.",
	}

	titleEdits = locale.Text{EN: "Edited here", FR: "Modifié ici", ES: "Editado aquí"}
	leadEdits  = locale.Text{
		EN: "Cells that were changed on these pages. Your file stays as it is.",
		FR: "Cellules modifiées sur ces pages. Votre fichier reste tel quel.",
		ES: "Celdas cambiadas en estas páginas. Su archivo queda como está.",
	}
	labelCell   = locale.Text{EN: "Cell", FR: "Cellule", ES: "Celda"}
	labelBefore = locale.Text{EN: "Before", FR: "Avant", ES: "Antes"}
	labelAfter  = locale.Text{EN: "After", FR: "Après", ES: "Después"}
	actTakeBack = locale.Text{EN: "Take back", FR: "Retirer", ES: "Retirar"}
	moreEdits   = locale.Text{EN: "More of them, with their rows:", FR: "D'autres, avec leurs lignes :", ES: "Más, con sus filas:"}

	labelField     = locale.Text{EN: "Field", FR: "Champ", ES: "Campo"}
	captionChanges = locale.Text{
		EN: "What differs between what is stored and what the sheet says", FR: "Ce qui diffère entre ce qui est enregistré et ce que dit la feuille",
		ES: "Lo que difiere entre lo guardado y lo que dice la hoja",
	}
	noChanges = locale.Text{
		EN: "Nothing that is stored is changed by this import.", FR: "Cette importation ne modifie rien de ce qui est enregistré.",
		ES: "Esta importación no cambia nada de lo guardado.",
	}
)
