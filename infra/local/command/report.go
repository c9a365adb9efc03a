package command

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// words are what the command says of a report, in the reader's language.
type words struct {
	read, rows, problems, more, suggestion locale.Text
}

var said = words{
	read: locale.Text{
		EN: "%s: sheet \"%s\", read as %s, titles in row %d\n",
		FR: "%s : feuille « %s », lue comme %s, titres en ligne %d\n",
		ES: "%s: hoja «%s», leída como %s, títulos en la fila %d\n",
	},
	rows: locale.Text{
		EN: "%d rows: %d new, %d changed, %d as stored, %d skipped, %d to correct\n",
		FR: "%d lignes : %d nouvelles, %d modifiées, %d déjà enregistrées, %d ignorées, %d à corriger\n",
		ES: "%d filas: %d nuevas, %d modificadas, %d ya guardadas, %d omitidas, %d por corregir\n",
	},
	suggestion: locale.Text{EN: "suggestion: ", FR: "suggestion : ", ES: "sugerencia: "},
}

// printReport writes a report as text for people: what was read, then one problem a line under its place.
func printReport(out io.Writer, r *imports.Report, lang locale.Lang) error {
	w := bufio.NewWriter(out)
	if !r.Refused() {
		fmt.Fprintf(w, said.read.In(lang), r.File.Name, r.Sheet, r.Kind, r.HeaderRow)
		n := r.Rows
		fmt.Fprintf(w, said.rows.In(lang), n.Read, n.Create, n.Update, n.Unchanged, n.Skip, n.Fail)
	}
	for i := range r.Problems {
		p := &r.Problems[i]
		fmt.Fprintf(w, "%-9s %-8s %s %s\n", place(p), p.Severity, p.Code, p.Message(lang))
		if p.Suggestion != "" {
			fmt.Fprintf(w, "%18s %s%s\n", "", said.suggestion.In(lang), p.Suggestion)
		}
	}
	return w.Flush()
}

// place is a cell, a row, or a dash for the whole sheet or file.
func place(p *problem.Problem) string {
	switch {
	case p.Row == 0:
		return "-"
	case p.Col == 0:
		return fmt.Sprint(p.Row)
	default:
		return sheet.CellName(p.Col, p.Row)
	}
}

// printResult says what an import stored.
func printResult(out io.Writer, result *imports.Result, lang locale.Lang) {
	text := locale.Text{
		EN: "stored by import %s: %d new, %d changed%s\n",
		FR: "enregistré par l'import %s : %d nouvelles, %d modifiées%s\n",
		ES: "guardado por la importación %s: %d nuevas, %d modificadas%s\n",
	}
	partial := ""
	if result.Partial() {
		partial = fmt.Sprintf(locale.Text{
			EN: "; NOT stored: %d rows to correct", FR: " ; NON enregistrées : %d lignes à corriger",
			ES: "; NO guardadas: %d filas por corregir",
		}.In(lang), result.Rows.Fail)
	}
	fmt.Fprintf(out, text.In(lang), result.Import, result.Rows.Create, result.Rows.Update, strings.TrimRight(partial, "\n"))
}
