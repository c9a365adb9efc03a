package history

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// Origin is where something on record came from; what is not known is left out.
type Origin struct {
	File, Sheet string     // of an import, with the row of the sheet; none where it was a person's request
	Row         int        // from 1
	Source      string     // identifier of the import or request
	Person      string     // identifier of who had it recorded
	On          civil.Date // the day on which it was recorded
	Undone      bool       // it came from the undoing of the import that Source names
}

// Text says it in words; "" where nothing is known.
func (o Origin) Text(lang locale.Lang) string {
	words, source := recorded, requestWord
	var parts []string
	if o.File != "" {
		words, source = imported, importWord
		parts = append(parts, o.File)
		if o.Sheet != "" && !strings.HasPrefix(o.File, o.Sheet) { // the one sheet of a CSV file has no name of its own
			parts = append(parts, sheetWord.In(lang)+" "+o.Sheet)
		}
		if o.Row > 0 {
			parts = append(parts, rowWord.In(lang)+" "+strconv.Itoa(o.Row))
		}
	}
	if o.Undone {
		words, source = undone, importWord
	}
	last := ""
	if o.Person != "" {
		last += " " + byWord.In(lang) + " " + o.Person
	}
	if !o.On.IsZero() {
		last += " " + onWord.In(lang) + " " + o.On.Text().In(lang)
	}
	if o.Source != "" {
		last += " (" + source.In(lang) + " " + o.Source + ")"
	}
	if last != "" {
		parts = append(parts, words.In(lang)+last)
	}
	return locale.OneLine(strings.Join(parts, ", "))
}

var (
	sheetWord   = locale.Text{EN: "sheet", FR: "feuille", ES: "hoja"}
	rowWord     = locale.Text{EN: "row", FR: "ligne", ES: "fila"}
	byWord      = locale.Text{EN: "by", FR: "par", ES: "por"}
	onWord      = locale.Text{EN: "on", FR: "le", ES: "el"}
	importWord  = locale.Text{EN: "import", FR: "import", ES: "importación"}
	requestWord = locale.Text{EN: "request", FR: "demande", ES: "solicitud"}
	undone      = locale.Text{EN: "import undone", FR: "import annulé", ES: "importación deshecha"}
	imported    = locale.Text{EN: "imported", FR: "importé", ES: "importado"}
	recorded    = locale.Text{EN: "recorded", FR: "enregistré", ES: "registrado"}
)
