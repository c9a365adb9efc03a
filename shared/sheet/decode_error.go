package sheet

import "strings"

// errorTexts are the errors of spreadsheets as a CSV has them, and cells whose values were pasted: in the language of the
// program, and in capitals.
var errorTexts = setOf(`#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #GETTING_DATA
	#VALEUR! #NOM? #NUL! #NOMBRE! #PROPAGATION! #CALCUL!
	#N/D #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NULO! #¡NUM! #¡DESBORDAMIENTO! #¡CALC!`)

// isErrorText reports whether a text is an error that a spreadsheet showed, and no text that anyone meant.
func isErrorText(text string) bool {
	return text != "" && text[0] == '#' && errorTexts[strings.ToUpper(strings.TrimSpace(text))]
}
