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
	textNothing = locale.Text{
		EN: "nothing to store: no row is new or changed\n",
		FR: "rien à enregistrer : aucune ligne n'est nouvelle ni modifiée\n",
		ES: "nada que guardar: ninguna fila es nueva ni ha cambiado\n",
	}
	textRecovered = locale.Text{
		EN: "import %s, which was interrupted, is now stored\n",
		FR: "l'import %s, qui avait été interrompu, est maintenant enregistré\n",
		ES: "la importación %s, que se había interrumpido, ya está guardada\n",
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
	fmt.Fprintln(out)
	if result.Rows.Create+result.Rows.Update == 0 {
		fmt.Fprint(out, textNothing.In(lang))
	} else {
		fmt.Fprintf(out, textStored.In(lang), result.Import, number(result.Rows.Create), number(result.Rows.Update))
	}
	if result.Partial() {
		fmt.Fprintf(out, textPartial.In(lang), number(result.Rows.Fail))
	}
}
