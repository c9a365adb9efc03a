package intake

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
)

// printedUndo is the object of `guildhall undo --format json`, a stable contract. All keys are always present.
type printedUndo struct {
	Import   string           `json:"import"`
	File     File             `json:"file"`
	Kind     *string          `json:"kind"`
	Sheet    *string          `json:"sheet"`
	Undone   bool             `json:"undone"`
	UndoneAt *time.Time       `json:"undoneAt"`
	UndoneBy *string          `json:"undoneBy"`
	Rows     UndoCounts       `json:"rows"`
	Problems []PrintedProblem `json:"problems"`
}

// WriteJSON writes the report as one JSON object and a line end, with messages in a language.
func (r *UndoReport) WriteJSON(dst io.Writer, lang locale.Lang) error {
	out := printedUndo{
		Import: r.Import, File: r.File, Kind: orNull(r.Kind), Sheet: orNull(r.Sheet), Undone: r.Undone(), Rows: r.Rows,
		Problems: []PrintedProblem{},
	}
	if r.Undone() {
		out.UndoneAt, out.UndoneBy = &r.At, orNull(r.Person)
	}
	for i := range r.Problems {
		out.Problems = append(out.Problems, Print(&r.Problems[i], lang))
	}
	encoder := json.NewEncoder(dst)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

var (
	textUndone = locale.Text{
		EN: "undone: %s of %s rows are as before the import",
		FR: "annulé : %s lignes sur %s sont comme avant l'import",
		ES: "deshecha: %s de %s filas están como antes de la importación",
	}
	textNotUndone = locale.Text{
		EN: "NOT undone: %s of %s rows could be as before the import",
		FR: "NON annulé : %s lignes sur %s pourraient être comme avant l'import",
		ES: "NO deshecha: %s de %s filas podrían estar como antes de la importación",
	}
)

// WriteText writes the report for people to read: what became of the rows, then those that were kept, each with the reason.
func (r *UndoReport) WriteText(dst io.Writer, lang locale.Lang) error {
	out := bufio.NewWriter(dst)
	words := textUndone
	if !r.Undone() {
		words = textNotUndone
	}
	number := func(n int) string { return locale.FormatInt(lang, int64(n)) }
	done := fmt.Sprintf(words.In(lang), number(r.Rows.Reverted), number(r.Rows.Stored))
	fmt.Fprintf(out, "%s, %s: %s\n", r.Import, r.File.Name, done)
	kept := Report{Sheet: r.Sheet, Problems: r.Problems}
	for _, group := range textSeverities {
		kept.writeSeverity(out, group.severity, group.title.In(lang), lang)
	}
	return out.Flush()
}
