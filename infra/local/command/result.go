package command

import (
	"fmt"
	"io"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
)

var (
	textPlan   = locale.Same("plan %s\n")
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
	textTakenBack = locale.Text{
		EN: "the undoing of import %s, which was interrupted, is done\n",
		FR: "l'annulation de l'import %s, qui avait été interrompue, est terminée\n",
		ES: "la anulación de la importación %s, que se había interrumpido, ha terminado\n",
	}
	textPartial = locale.Text{
		EN: "NOT stored: %s rows to be corrected\n",
		FR: "NON enregistrées : %s lignes à corriger\n",
		ES: "NO guardadas: %s filas por corregir\n",
	}
)

// printEnd says what came of the rows: the plan of a check, what an import stored and, never to be overlooked, what it did not.
func (o *outcome) printEnd(out io.Writer, lang locale.Lang) error {
	var end string
	switch {
	case o.refusal != nil:
		end = o.refusal.Message(lang) + "\n"
	case o.result == nil:
		end = fmt.Sprintf(textPlan.In(lang), o.report.Plan)
	default:
		end = resultWords(o.result, lang)
	}
	_, err := fmt.Fprint(out, "\n", end)
	return err
}

func resultWords(result *intake.Result, lang locale.Lang) string {
	number := func(n int) string { return locale.FormatInt(lang, int64(n)) }
	words := textNothing.In(lang)
	if result.Rows.Create+result.Rows.Update > 0 {
		words = fmt.Sprintf(textStored.In(lang), result.Import, number(result.Rows.Create), number(result.Rows.Update))
	}
	if result.Partial() {
		words += fmt.Sprintf(textPartial.In(lang), number(result.Rows.Fail))
	}
	return words
}
