package command

import (
	"fmt"
	"io"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
)

var (
	textStored = locale.Text{
		EN: "stored by import %s: %s new, %s changed\n",
		FR: "enregistré par l'import %s : %s nouvelles, %s modifiées\n",
		ES: "guardado por la importación %s: %s nuevas, %s modificadas\n",
	}
	textPartial = locale.Text{
		EN: "NOT stored: %s rows to be corrected\n",
		FR: "NON enregistrées : %s lignes à corriger\n",
		ES: "NO guardadas: %s filas por corregir\n",
	}
)

// printResult says what an import stored and, never to be overlooked, what it did not.
func printResult(out io.Writer, result *imports.Result, lang locale.Lang) {
	number := func(n int) string { return locale.FormatInt(lang, int64(n)) }
	fmt.Fprintf(out, "\n"+textStored.In(lang), result.Import, number(result.Rows.Create), number(result.Rows.Update))
	if result.Partial() {
		fmt.Fprintf(out, textPartial.In(lang), number(result.Rows.Fail))
	}
}
