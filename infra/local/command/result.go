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
		EN: "stored by import %s: %s, %s\n",
		FR: "enregistré par l'import %s : %s, %s\n",
		ES: "guardado por la importación %s: %s, %s\n",
	}
	textNew = counted{
		locale.Text{EN: "%s new", FR: "%s nouvelle", ES: "%s nueva"}, locale.Text{EN: "%s new", FR: "%s nouvelles", ES: "%s nuevas"},
	}
	textChanged = counted{
		locale.Text{EN: "%s changed", FR: "%s modifiée", ES: "%s modificada"},
		locale.Text{EN: "%s changed", FR: "%s modifiées", ES: "%s modificadas"},
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
	textPartial = counted{
		locale.Text{
			EN: "NOT stored: %s row to be corrected\n", FR: "NON enregistrée : %s ligne à corriger\n", ES: "NO guardada: %s fila por corregir\n",
		},
		locale.Text{
			EN: "NOT stored: %s rows to be corrected\n", FR: "NON enregistrées : %s lignes à corriger\n", ES: "NO guardadas: %s filas por corregir\n",
		},
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
	words := textNothing.In(lang)
	if result.Rows.Create+result.Rows.Update > 0 {
		words = fmt.Sprintf(textStored.In(lang), result.Import,
			plural(lang, int64(result.Rows.Create), textNew), plural(lang, int64(result.Rows.Update), textChanged))
	}
	if result.Partial() {
		words += plural(lang, int64(result.Rows.Fail), textPartial)
	}
	return words
}
