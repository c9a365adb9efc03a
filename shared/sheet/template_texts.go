package sheet

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// templateTexts are the words of templates.
var templateTexts = map[string]locale.Text{
	"fill": {
		EN: "Fill in one row for each entry, from the row below the titles on. Columns marked * are required.",
		FR: "Remplissez une ligne par entrée, à partir de la ligne sous les titres. Les colonnes marquées * sont obligatoires.",
		ES: "Rellene una fila por cada entrada, a partir de la fila bajo los títulos. Las columnas marcadas con * son obligatorias.",
	},
	"point": {
		EN: "Point at a title to read what its column takes, and choose from the list where a cell offers one. Leave the titles as they are.",
		FR: "Survolez un titre pour lire ce que sa colonne attend, et choisissez dans la liste lorsqu'une cellule en propose une. Laissez les titres tels quels.",
		ES: "Sitúe el cursor sobre un título para leer qué espera su columna, y elija de la lista cuando una celda la ofrezca. Deje los títulos como están.",
	},
	"required": {EN: "Required.", FR: "Obligatoire.", ES: "Obligatorio."},
	"refused":  {EN: "Not accepted", FR: "Non accepté", ES: "No se acepta"},
	"yes":      {EN: "Yes", FR: "Oui", ES: "Sí"},
	"no":       {EN: "No", FR: "Non", ES: "No"},
	"chars":    {EN: "At most {n} characters.", FR: "Au plus {n} caractères.", ES: "Como máximo {n} caracteres."},
	"words":    {EN: "At most {n} words.", FR: "Au plus {n} mots.", ES: "Como máximo {n} palabras."},
	"currency": {
		EN: "The currency goes into \"{n}\".", FR: "La devise va dans « {n} ».", ES: "La moneda va en «{n}».",
	},
}

// typeTexts say what a cell of each type takes.
var typeTexts = map[Type]locale.Text{
	TypeInteger: {EN: "A whole number.", FR: "Un nombre entier.", ES: "Un número entero."},
	TypeDecimal: {EN: "A number.", FR: "Un nombre.", ES: "Un número."},
	TypeAmount: {
		EN: "An amount in digits, for example 50000.25.", FR: "Un montant en chiffres, par exemple 50000,25.",
		ES: "Un importe en cifras, por ejemplo 50000,25.",
	},
	TypeDate: {EN: "A date, for example 2025-06-15.", FR: "Une date, par exemple 2025-06-15.", ES: "Una fecha, por ejemplo 2025-06-15."},
	TypeBool: {EN: "Yes or no.", FR: "Oui ou non.", ES: "Sí o no."},
	TypeEnum: {EN: "One entry of the list.", FR: "Une valeur de la liste.", ES: "Un valor de la lista."},
	TypeEnums: {
		EN: "One or more of these, with semicolons between them:", FR: "Une ou plusieurs de ces valeurs, séparées par des points-virgules :",
		ES: "Uno o varios de estos valores, separados por punto y coma:",
	},
	TypeEmail: {EN: "An e-mail address.", FR: "Une adresse électronique.", ES: "Una dirección de correo electrónico."},
	TypeURL:   {EN: "A web address.", FR: "Une adresse web.", ES: "Una dirección web."},
	TypeCode:  {EN: "A code, exactly as it is written.", FR: "Un code, exactement tel qu'il s'écrit.", ES: "Un código, exactamente como se escribe."},
}

// sentence says what a cell of the column takes.
func (t *template) sentence(c *Column) string {
	words := []string{typeTexts[c.Type].In(t.lang)}
	if c.Type == TypeEnums {
		words = append(words, strings.Join(c.choiceLabels(t.lang), "; "))
	}
	if c.MaxChars > 0 {
		words = append(words, t.with("chars", strconv.Itoa(c.MaxChars)))
	}
	if c.MaxWords > 0 {
		words = append(words, t.with("words", strconv.Itoa(c.MaxWords)))
	}
	if i := t.schema.column(c.CurrencyColumn); c.CurrencyColumn != "" && i >= 0 {
		words = append(words, t.with("currency", t.schema.Columns[i].Label.In(t.lang)))
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// explain is all that a template says of a column.
func (t *template) explain(c *Column) string {
	var lines []string
	if c.Required {
		lines = append(lines, templateTexts["required"].In(t.lang))
	}
	for _, line := range []string{c.Note.In(t.lang), t.sentence(c)} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func (t *template) with(text, n string) string {
	return strings.ReplaceAll(templateTexts[text].In(t.lang), "{n}", n)
}
