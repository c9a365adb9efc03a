package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// noteAuthor signs the notes of annotations, which is how the next one knows them.
const noteAuthor = "Guildhall check"

// annotateTexts are the words of annotated workbooks.
var annotateTexts = map[string]locale.Text{
	"title":      {EN: "Problems", FR: "Problèmes", ES: "Problemas"},
	"heading":    {EN: "Problems found in {n}", FR: "Problèmes trouvés dans {n}", ES: "Problemas encontrados en {n}"},
	"none":       {EN: "Nothing is wrong with this workbook.", FR: "Aucun problème dans ce classeur.", ES: "No hay ningún problema en este libro."},
	"advice":     {EN: "Correct the marked cells and send this workbook again. This sheet, the colours and the notes are ignored then.", FR: "Corrigez les cellules marquées et renvoyez ce classeur. Cette feuille, les couleurs et les notes seront alors ignorées.", ES: "Corrija las celdas marcadas y envíe de nuevo este libro. Esta hoja, los colores y las notas se ignorarán entonces."},
	"where":      {EN: "Where", FR: "Où", ES: "Dónde"},
	"value":      {EN: "Value", FR: "Valeur", ES: "Valor"},
	"message":    {EN: "What is wrong and what to do", FR: "Ce qui ne va pas et que faire", ES: "Qué está mal y qué hacer"},
	"suggestion": {EN: "Did you mean", FR: "Vouliez-vous dire", ES: "¿Quiso decir?"},
	"severity":   {EN: "Severity", FR: "Gravité", ES: "Gravedad"},
	"code":       {EN: "Code", FR: "Code", ES: "Código"},
	"rule":       {EN: "Rule", FR: "Règle", ES: "Regla"},
	"row":        {EN: "row {n}", FR: "ligne {n}", ES: "fila {n}"},
	"file":       {EN: "The file", FR: "Le fichier", ES: "El archivo"},
	"fresh": {
		EN: "This is a new workbook with the values of yours, without its formulas and layout: {n}.",
		FR: "Ceci est un nouveau classeur avec les valeurs du vôtre, sans ses formules ni sa mise en forme : {n}.",
		ES: "Este es un libro nuevo con los valores del suyo, sin sus fórmulas ni su diseño: {n}.",
	},
	"signature": {
		EN: "The workbook's digital signature was removed: it can't hold for a changed copy.",
		FR: "La signature numérique du classeur a été retirée : elle ne peut valoir pour une copie modifiée.",
		ES: "Se quitó la firma digital del libro: no puede valer para una copia modificada.",
	},
	"notes": {
		EN: "There are too many cells for a note at each; the list below is complete.",
		FR: "Il y a trop de cellules pour une note à chacune ; la liste ci-dessous est complète.",
		ES: "Hay demasiadas celdas para poner una nota en cada una; la lista de abajo está completa.",
	},
	"cut": {
		EN: "There are more problems than a sheet holds; the list below shows the first {n}.",
		FR: "Il y a plus de problèmes que n'en contient une feuille ; la liste ci-dessous montre les {n} premiers.",
		ES: "Hay más problemas de los que caben en una hoja; la lista de abajo muestra los primeros {n}.",
	},

	// why a faithful copy isn't made
	"csv":       {EN: "a CSV file can't hold marks", FR: "un fichier CSV ne peut pas porter de marques", ES: "un archivo CSV no puede llevar marcas"},
	"strict":    {EN: "the workbook is in the Strict Open XML format", FR: "le classeur est au format Open XML strict", ES: "el libro está en el formato Open XML estricto"},
	"styles":    {EN: "the workbook has no styles that could be extended", FR: "le classeur n'a pas de styles pouvant être complétés", ES: "el libro no tiene estilos que se puedan ampliar"},
	"protected": {EN: "the workbook or the sheet is protected", FR: "le classeur ou la feuille est protégé", ES: "el libro o la hoja están protegidos"},
	"comments":  {EN: "its comments can't be merged with ours", FR: "ses commentaires ne peuvent pas être fusionnés avec les nôtres", ES: "sus comentarios no se pueden combinar con los nuestros"},
	"form":      {EN: "parts of the workbook have an unusual form", FR: "des parties du classeur ont une forme inhabituelle", ES: "partes del libro tienen una forma poco habitual"},
}

var severityTexts = map[problem.Severity]locale.Text{
	problem.Error:    {EN: "Error", FR: "Erreur", ES: "Error"},
	problem.Question: {EN: "Question", FR: "Question", ES: "Pregunta"},
	problem.Warning:  {EN: "Warning", FR: "Avertissement", ES: "Advertencia"},
	problem.Info:     {EN: "Note", FR: "Remarque", ES: "Nota"},
}

// countTexts say how many problems of a severity there are: one, and several.
var countTexts = map[problem.Severity][2]locale.Text{
	problem.Error:    {{EN: "1 error", FR: "1 erreur", ES: "1 error"}, {EN: "{n} errors", FR: "{n} erreurs", ES: "{n} errores"}},
	problem.Question: {{EN: "1 question", FR: "1 question", ES: "1 pregunta"}, {EN: "{n} questions", FR: "{n} questions", ES: "{n} preguntas"}},
	problem.Warning:  {{EN: "1 warning", FR: "1 avertissement", ES: "1 advertencia"}, {EN: "{n} warnings", FR: "{n} avertissements", ES: "{n} advertencias"}},
	problem.Info:     {{EN: "1 note", FR: "1 remarque", ES: "1 nota"}, {EN: "{n} notes", FR: "{n} remarques", ES: "{n} notas"}},
}

func (a *annotation) text(key string) string { return annotateTexts[key].In(a.opts.Lang) }

func (a *annotation) textWith(key, n string) string {
	return strings.ReplaceAll(a.text(key), "{n}", n)
}

// summary counts the problems by severity: "2 errors and 1 warning".
func (a *annotation) summary() string {
	counts := map[problem.Severity]int{}
	for i := range a.marks {
		counts[severity(&a.marks[i])]++
	}
	var parts []string
	for _, s := range []problem.Severity{problem.Error, problem.Question, problem.Warning, problem.Info} {
		switch n := counts[s]; n {
		case 0:
		case 1:
			parts = append(parts, countTexts[s][0].In(a.opts.Lang))
		default:
			number := locale.FormatInt(a.opts.Lang, int64(n))
			parts = append(parts, strings.ReplaceAll(countTexts[s][1].In(a.opts.Lang), "{n}", number))
		}
	}
	if len(parts) == 0 {
		return a.text("none")
	}
	return locale.List(a.opts.Lang, parts) + ". " + a.text("advice")
}

// maxNoteText keeps a note readable where a cell has very many problems.
const maxNoteText = 2000

// noteText is what stands at a cell: each problem with its message, what may be meant, and its code. Those of cells that are
// hidden beneath it say where they belong.
func (a *annotation) noteText(c *shown) string {
	var parts []string
	for _, s := range c.spots {
		where := ""
		if s.row != c.row || s.col != c.col {
			where = CellName(s.col, s.row) + " – "
		}
		for _, m := range s.marks {
			part := where + severityTexts[severity(m)].In(a.opts.Lang) + ": " + m.Message(a.opts.Lang)
			if m.Suggestion != "" {
				part += "\n" + a.text("suggestion") + ": " + m.Suggestion
			}
			parts = append(parts, part+"\n("+string(m.Code)+")")
		}
	}
	return shorten(strings.Join(parts, "\n\n"), maxNoteText)
}

// whereText names the place of a problem as people say it.
func (a *annotation) whereText(m *Mark) string {
	place := ""
	switch {
	case m.Row > 0 && m.Col > 0:
		place = CellName(m.Col, m.Row)
	case m.Row > 0:
		place = a.textWith("row", strconv.Itoa(m.Row))
	case m.Col > 0:
		place = ColumnName(m.Col)
	}
	sheet := a.sheetOf(m)
	switch {
	case sheet == "" && place == "":
		return a.text("file")
	case sheet == "" || place == "":
		return sheet + place
	}
	return sheet + " · " + place
}

// shownValue is a problem's value as a cell shows it.
func shownValue(value any) any {
	switch v := value.(type) {
	case nil, bool, float64, int, int64:
		return v
	case string:
		return shorten(v, 500)
	case map[string]any:
		if raw, ok := v["raw"]; ok {
			return fmt.Sprint(raw)
		}
		return fmt.Sprint(v["error"])
	}
	return shorten(fmt.Sprint(value), 500)
}
