package imports

import "github.com/learning-cities/guildhall/shared/locale"

// The texts of a commit, and of an undo.
var (
	titleCommit = locale.Text{EN: "Commit", FR: "Valider", ES: "Confirmar"}
	willStore   = locale.Text{
		EN: "What a commit does now:", FR: "Ce que fait une validation maintenant :", ES: "Lo que hace ahora una confirmación:",
	}
	willCreate    = locale.Text{EN: "new records are stored:", FR: "nouvelles données enregistrées :", ES: "datos nuevos que se guardan:"}
	willUpdate    = locale.Text{EN: "stored records are changed:", FR: "données enregistrées modifiées :", ES: "datos guardados que se cambian:"}
	willUnchanged = locale.Text{
		EN: "stored already, nothing changes:", FR: "déjà enregistrées, sans changement :", ES: "ya guardadas, sin cambios:",
	}
	willLeaveOut = locale.Text{
		EN: "left out, until they are mended:", FR: "écartées, jusqu'à leur correction :", ES: "excluidas, hasta que se corrijan:",
	}
	canBeUndone = locale.Text{
		EN: "It can be undone afterwards, as long as nothing else rests on it.",
		FR: "Elle peut être annulée ensuite, tant que rien d'autre n'en dépend.",
		ES: "Se puede deshacer después, mientras nada más dependa de ello.",
	}
	actCommitAll   = locale.Text{EN: "Commit all rows", FR: "Valider toutes les lignes", ES: "Confirmar todas las filas"}
	actCommitValid = locale.Text{EN: "Commit the valid rows", FR: "Valider les lignes correctes", ES: "Confirmar las filas válidas"}
	nothingToStore = locale.Text{
		EN: "No row is new or changes anything, so there is nothing to commit.",
		FR: "Aucune ligne n'est nouvelle ni ne modifie quoi que ce soit : il n'y a rien à valider.",
		ES: "Ninguna fila es nueva ni cambia nada: no hay nada que confirmar.",
	}
	notYours = locale.Text{
		EN: "The treasurer commits sheets of the fund; the secretariat commits those of the network.",
		FR: "Le trésorier valide les feuilles du fonds ; le secrétariat valide celles du réseau.",
		ES: "La tesorería confirma las hojas del fondo; la secretaría confirma las de la red.",
	}
	seeChanges = locale.Text{EN: "Before and after of each change", FR: "Avant et après de chaque modification", ES: "Antes y después de cada cambio"}
	seeCopy    = locale.Text{
		EN: "Download your workbook with the problems marked", FR: "Télécharger votre classeur avec les problèmes signalés",
		ES: "Descargar su libro con los problemas marcados",
	}

	titleStored = locale.Text{EN: "What was stored", FR: "Ce qui a été enregistré", ES: "Lo que se guardó"}
	storedAll   = locale.Text{EN: "All rows were taken in.", FR: "Toutes les lignes ont été reprises.", ES: "Se incorporaron todas las filas."}
	storedSome  = locale.Text{
		EN: "Only the valid rows were taken in; left out:", FR: "Seules les lignes correctes ont été reprises ; écartées :",
		ES: "Solo se incorporaron las filas válidas; excluidas:",
	}
	titleUndo = locale.Text{EN: "Undo", FR: "Annuler l'importation", ES: "Deshacer"}
	willUndo  = locale.Text{
		EN: "What this import stored is taken back: new records are removed, changed ones are as before. Rows in question:",
		FR: "Ce que cette importation a enregistré est retiré : les nouvelles données sont supprimées, les données modifiées redeviennent comme avant. Lignes concernées :",
		ES: "Se retira lo que guardó esta importación: los datos nuevos se eliminan y los cambiados vuelven a ser como antes. Filas afectadas:",
	}
	labelMode   = locale.Text{EN: "If other records rest on some of its rows", FR: "Si d'autres données dépendent de certaines lignes", ES: "Si otros datos dependen de algunas filas"}
	undoAll     = locale.Text{EN: "undo nothing, and tell me", FR: "ne rien annuler, et me le dire", ES: "no deshacer nada y avisarme"}
	undoValid   = locale.Text{EN: "undo the other rows, and keep those", FR: "annuler les autres lignes, et garder celles-ci", ES: "deshacer las demás filas y conservar esas"}
	actUndo     = locale.Text{EN: "Undo this import", FR: "Annuler cette importation", ES: "Deshacer esta importación"}
	titleUndone = locale.Text{EN: "What was undone", FR: "Ce qui a été annulé", ES: "Lo que se deshizo"}
	notUndone   = locale.Text{EN: "It was not undone", FR: "L'annulation n'a pas eu lieu", ES: "No se deshizo"}
	undoneRows  = locale.Text{EN: "Taken back", FR: "Retirées", ES: "Retiradas"}
	keptRows    = locale.Text{EN: "Kept", FR: "Gardées", ES: "Conservadas"}
	storedRows  = locale.Text{EN: "Stored before", FR: "Enregistrées avant", ES: "Guardadas antes"}
)
