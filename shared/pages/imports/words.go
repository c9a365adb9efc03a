package imports

import (
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// done says what was done, by the word that leads to a page.
var done = map[string]locale.Text{
	"sent":     {EN: "The file was sent.", FR: "Le fichier a été envoyé.", ES: "El archivo se ha enviado."},
	"answered": {EN: "Your answers are kept.", FR: "Vos réponses sont conservées.", ES: "Sus respuestas se han guardado."},
	"edited":   {EN: "Your changes are kept.", FR: "Vos modifications sont conservées.", ES: "Sus cambios se han guardado."},
	"checked":  {EN: "A new check was asked for.", FR: "Une nouvelle vérification a été demandée.", ES: "Se ha pedido una nueva comprobación."},
	"commit":   {EN: "The commit was asked for.", FR: "La validation a été demandée.", ES: "Se ha pedido la confirmación."},
	"undo":     {EN: "The undo was asked for.", FR: "L'annulation a été demandée.", ES: "Se ha pedido deshacer la importación."},
}

// languages are the languages in that of the reader.
var languages = map[locale.Lang]locale.Text{
	locale.EN: {EN: "English", FR: "anglais", ES: "inglés"},
	locale.FR: {EN: "French", FR: "français", ES: "francés"},
	locale.ES: {EN: "Spanish", FR: "espagnol", ES: "español"},
}

// The states of an import.
var (
	stateAwaiting   = locale.Text{EN: "waits for its file", FR: "attend son fichier", ES: "espera su archivo"}
	stateChecking   = locale.Text{EN: "being checked", FR: "en cours de vérification", ES: "en comprobación"}
	stateChecked    = locale.Text{EN: "checked, to be committed", FR: "vérifiée, à valider", ES: "comprobada, por confirmar"}
	stateRefused    = locale.Text{EN: "file refused", FR: "fichier refusé", ES: "archivo rechazado"}
	stateCommitting = locale.Text{EN: "being committed", FR: "validation en cours", ES: "confirmación en curso"}
	stateCommitted  = locale.Text{EN: "committed", FR: "validée", ES: "confirmada"}
	stateFailed     = locale.Text{EN: "failed", FR: "échouée", ES: "fallida"}
	stateUndoing    = locale.Text{EN: "being undone", FR: "annulation en cours", ES: "deshaciéndose"}
	stateUndone     = locale.Text{EN: "undone", FR: "annulée", ES: "deshecha"}
)

// severities are the words for how bad a problem is.
var severities = map[problem.Severity]locale.Text{
	problem.Error:    {EN: "to correct", FR: "à corriger", ES: "por corregir"},
	problem.Question: {EN: "question", FR: "question", ES: "pregunta"},
	problem.Warning:  {EN: "warning", FR: "avertissement", ES: "advertencia"},
	problem.Info:     {EN: "for information", FR: "pour information", ES: "para información"},
}

// outcomes are the words for what becomes of a row.
var outcomes = map[intake.Outcome]locale.Text{
	intake.Create:    {EN: "new", FR: "nouvelle", ES: "nueva"},
	intake.Update:    {EN: "changes what is stored", FR: "modifie ce qui est enregistré", ES: "cambia lo guardado"},
	intake.Unchanged: {EN: "stored already", FR: "déjà enregistrée", ES: "ya guardada"},
	intake.Skip:      {EN: "skipped", FR: "ignorée", ES: "omitida"},
	intake.Fail:      {EN: "left out", FR: "écartée", ES: "excluida"},
}

// The texts of the list and its form.
var (
	wordImports  = locale.Text{EN: "Imports", FR: "Importations", ES: "Importaciones"}
	wordYou      = locale.Text{EN: "you", FR: "vous", ES: "usted"}
	wordSomebody = locale.Text{EN: "somebody who is no longer on record", FR: "une personne qui n'est plus enregistrée", ES: "alguien que ya no consta"}
	leadImports  = locale.Text{
		EN: "Send a sheet: it is checked row by row, you mend what is wrong, and nothing is stored before you commit it.",
		FR: "Envoyez une feuille : elle est vérifiée ligne par ligne, vous corrigez ce qui ne va pas, et rien n'est enregistré avant votre validation.",
		ES: "Envíe una hoja: se comprueba fila por fila, usted corrige lo que falla y no se guarda nada hasta que lo confirme.",
	}
	titleSend = locale.Text{EN: "Send a sheet", FR: "Envoyer une feuille", ES: "Enviar una hoja"}
	titleList = locale.Text{EN: "Sheets that were sent", FR: "Feuilles envoyées", ES: "Hojas enviadas"}
	noImports = locale.Text{
		EN: "No sheet was sent yet. Choose a file above: whatever is found in it, you see it before anything is stored.",
		FR: "Aucune feuille n'a encore été envoyée. Choisissez un fichier ci-dessus : vous verrez ce qu'il contient avant tout enregistrement.",
		ES: "Todavía no se ha enviado ninguna hoja. Elija un archivo arriba: verá lo que contiene antes de que se guarde nada.",
	}
	labelFile   = locale.Text{EN: "File", FR: "Fichier", ES: "Archivo"}
	labelKind   = locale.Text{EN: "Kind of sheet", FR: "Type de feuille", ES: "Tipo de hoja"}
	labelLang   = locale.Text{EN: "Language of the sheet", FR: "Langue de la feuille", ES: "Idioma de la hoja"}
	labelCall   = locale.Text{EN: "Call for applications", FR: "Appel à candidatures", ES: "Convocatoria"}
	labelTerm   = locale.Text{EN: "Term of the clusters", FR: "Mandat des pôles", ES: "Mandato de los grupos"}
	labelState  = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	labelSentAt = locale.Text{EN: "Sent", FR: "Envoyée", ES: "Enviada"}
	labelSentBy = locale.Text{EN: "By", FR: "Par", ES: "Por"}
	hintFile    = locale.Text{
		EN: "A workbook (.xlsx) or a text table (.csv, .tsv, .txt), up to 100 MB; where scripts are switched off, up to 4 MB.",
		FR: "Un classeur (.xlsx) ou un tableau de texte (.csv, .tsv, .txt), jusqu'à 100 Mo ; sans scripts, jusqu'à 4 Mo.",
		ES: "Un libro (.xlsx) o una tabla de texto (.csv, .tsv, .txt), hasta 100 MB; sin scripts, hasta 4 MB.",
	}
	aFile    = locale.Text{EN: "a file that you choose", FR: "un fichier que vous choisissez", ES: "un archivo que usted elija"}
	wordMore = locale.Text{EN: "Say more about the sheet", FR: "Préciser la feuille", ES: "Precisar la hoja"}
	noteMore = locale.Text{
		EN: "Usually nothing has to be said here: kind and language are found out.",
		FR: "En général, rien n'est à préciser : le type et la langue sont reconnus.",
		ES: "Normalmente no hace falta indicar nada: el tipo y el idioma se reconocen.",
	}
	wordFindOut    = locale.Text{EN: "Find out", FR: "À reconnaître", ES: "Reconocer"}
	wordLatestCall = locale.Text{EN: "The latest call", FR: "Le dernier appel", ES: "La última convocatoria"}
	wordTermNow    = locale.Text{EN: "The present term", FR: "Le mandat actuel", ES: "El mandato actual"}
	actSend        = locale.Text{EN: "Send and check", FR: "Envoyer et vérifier", ES: "Enviar y comprobar"}
	wordSending    = locale.Text{EN: "Sending: {n} %", FR: "Envoi : {n} %", ES: "Enviando: {n} %"}
	failedToSend   = locale.Text{
		EN: "The file did not get through. Check the connection and send it again.",
		FR: "Le fichier n'est pas arrivé. Vérifiez la connexion et envoyez-le à nouveau.",
		ES: "El archivo no ha llegado. Compruebe la conexión y envíelo de nuevo.",
	}
	wordRowToMend  = locale.Text{EN: "row to mend", FR: "ligne à corriger", ES: "fila por corregir"}
	wordRowsToMend = locale.Text{EN: "rows to mend", FR: "lignes à corriger", ES: "filas por corregir"}
)

// The texts of an import's page.
var (
	wordImport   = locale.Text{EN: "Import", FR: "Importation", ES: "Importación"}
	labelSheet   = locale.Text{EN: "Sheet", FR: "Feuille", ES: "Hoja"}
	labelTold    = locale.Text{EN: "Committed by", FR: "Validée par", ES: "Confirmada por"}
	labelStored  = locale.Text{EN: "Committed", FR: "Validée", ES: "Confirmada"}
	titleGoing   = locale.Text{EN: "Please wait a moment", FR: "Un instant, s'il vous plaît", ES: "Un momento, por favor"}
	goingCheck   = locale.Text{EN: "The sheet is being checked.", FR: "La feuille est en cours de vérification.", ES: "La hoja se está comprobando."}
	goingCommit  = locale.Text{EN: "The rows are being stored.", FR: "Les lignes sont en cours d'enregistrement.", ES: "Las filas se están guardando."}
	goingUndo    = locale.Text{EN: "The import is being undone.", FR: "L'importation est en cours d'annulation.", ES: "La importación se está deshaciendo."}
	waitsForTurn = locale.Text{
		EN: "The commit waits for its turn.", FR: "La validation attend son tour.", ES: "La confirmación espera su turno.",
	}
	waitsForFile = locale.Text{
		EN: "The file has not come yet. If nobody is sending it any more, send it again from the list.",
		FR: "Le fichier n'est pas encore arrivé. Si plus personne ne l'envoie, renvoyez-le depuis la liste.",
		ES: "El archivo todavía no ha llegado. Si ya nadie lo está enviando, envíelo de nuevo desde la lista.",
	}
	showsItself = locale.Text{
		EN: "This page shows the result by itself.", FR: "Cette page affichera d'elle-même le résultat.", ES: "Esta página mostrará por sí misma el resultado.",
	}
	wordRow  = locale.Text{EN: "row", FR: "ligne", ES: "fila"}
	wordRows = locale.Text{EN: "rows", FR: "lignes", ES: "filas"}
	ofRows   = locale.Text{EN: "of", FR: "sur", ES: "de"}

	figureRead      = locale.Text{EN: "Rows read", FR: "Lignes lues", ES: "Filas leídas"}
	figureCreate    = locale.Text{EN: "New", FR: "Nouvelles", ES: "Nuevas"}
	figureUpdate    = locale.Text{EN: "Changed", FR: "Modifiées", ES: "Cambiadas"}
	figureUnchanged = locale.Text{EN: "Stored already", FR: "Déjà enregistrées", ES: "Ya guardadas"}
	figureSkip      = locale.Text{EN: "Skipped", FR: "Ignorées", ES: "Omitidas"}
	figureFail      = locale.Text{EN: "To mend", FR: "À corriger", ES: "Por corregir"}

	titleAgain = locale.Text{EN: "Check again", FR: "Vérifier à nouveau", ES: "Comprobar de nuevo"}
	noteAgain  = locale.Text{
		EN: "The records have changed since this check, or it could not be finished. A new one takes seconds.",
		FR: "Les données ont changé depuis cette vérification, ou elle n'a pas pu aboutir. Une nouvelle prend quelques secondes.",
		ES: "Los datos han cambiado desde esta comprobación, o no pudo terminarse. Una nueva tarda unos segundos.",
	}
	sendCorrected = locale.Text{EN: "Send a corrected file", FR: "Envoyer un fichier corrigé", ES: "Enviar un archivo corregido"}

	titleHistory = locale.Text{EN: "History", FR: "Historique", ES: "Historial"}
	labelWhen    = locale.Text{EN: "When", FR: "Quand", ES: "Cuándo"}
	labelWho     = locale.Text{EN: "Who", FR: "Qui", ES: "Quién"}
	labelWhy     = locale.Text{EN: "Why", FR: "Pourquoi", ES: "Por qué"}
)

// steps are the words for what became of an import.
var steps = map[intake.State]locale.Text{
	intake.Awaiting:   {EN: "asked for", FR: "demandée", ES: "pedida"},
	intake.Checking:   {EN: "check begun", FR: "vérification commencée", ES: "comprobación iniciada"},
	intake.Checked:    {EN: "checked", FR: "vérifiée", ES: "comprobada"},
	intake.Refused:    {EN: "file refused", FR: "fichier refusé", ES: "archivo rechazado"},
	intake.Committing: {EN: "commit begun", FR: "validation commencée", ES: "confirmación iniciada"},
	intake.Committed:  {EN: "committed", FR: "validée", ES: "confirmada"},
	intake.Failed:     {EN: "failed", FR: "échouée", ES: "fallida"},
	intake.Undoing:    {EN: "undo begun", FR: "annulation commencée", ES: "se empezó a deshacer"},
	intake.Undone:     {EN: "undone", FR: "annulée", ES: "deshecha"},
}
