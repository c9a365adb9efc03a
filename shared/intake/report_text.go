package intake

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// WriteText lists so many messages of one code, and so many places of one message: the others look alike, and the JSON has
// them all.
const (
	shownPerCode    = 10
	shownPerMessage = 10
)

// The words of the report for people. Rows are counted as the counts of the plan name them.
var (
	textSheet    = locale.Text{EN: "sheet \"%s\", titles in row %d", FR: "feuille « %s », titres en ligne %d", ES: "hoja «%s», títulos en la fila %d"}
	textRead     = locale.Text{EN: "rows read: %s", FR: "lignes lues : %s", ES: "filas leídas: %s"}
	textAt       = locale.Text{EN: "%s: %s", FR: "%s : %s", ES: "%s: %s"}
	textMore     = locale.Text{EN: "… and %s more", FR: "… et %s de plus", ES: "… y %s más"}
	textRow      = locale.Text{EN: "row %d", FR: "ligne %d", ES: "fila %d"}
	textColumn   = locale.Text{EN: "column %s", FR: "colonne %s", ES: "columna %s"}
	textMeant    = locale.Text{EN: "Meant: %s?", FR: "Vouliez-vous dire : %s ?", ES: "¿Quiso decir: %s?"}
	textClean    = locale.Text{EN: "No problem was found.", FR: "Aucun problème trouvé.", ES: "No se encontró ningún problema."}
	textOutcomes = []struct {
		count     func(Counts) int
		one, more locale.Text
	}{
		{
			func(c Counts) int { return c.Create },
			locale.Text{EN: "new", FR: "nouvelle", ES: "nueva"}, locale.Text{EN: "new", FR: "nouvelles", ES: "nuevas"},
		},
		{
			func(c Counts) int { return c.Update },
			locale.Text{EN: "changed", FR: "modifiée", ES: "modificada"}, locale.Text{EN: "changed", FR: "modifiées", ES: "modificadas"},
		},
		{
			func(c Counts) int { return c.Unchanged },
			locale.Text{EN: "unchanged", FR: "inchangée", ES: "sin cambios"}, locale.Text{EN: "unchanged", FR: "inchangées", ES: "sin cambios"},
		},
		{
			func(c Counts) int { return c.Skip },
			locale.Text{EN: "skipped", FR: "ignorée", ES: "omitida"}, locale.Text{EN: "skipped", FR: "ignorées", ES: "omitidas"},
		},
		{
			func(c Counts) int { return c.Fail },
			locale.Text{EN: "to be corrected", FR: "à corriger", ES: "por corregir"}, locale.Text{EN: "to be corrected", FR: "à corriger", ES: "por corregir"},
		},
	}
	textSeverities = []struct {
		severity problem.Severity
		title    locale.Text
	}{
		{problem.Error, locale.Text{EN: "Errors", FR: "Erreurs", ES: "Errores"}},
		{problem.Question, locale.Text{EN: "Questions", FR: "Questions", ES: "Preguntas"}},
		{problem.Warning, locale.Text{EN: "Warnings", FR: "Avertissements", ES: "Advertencias"}},
		{problem.Info, locale.Text{EN: "For information", FR: "Pour information", ES: "Para su información"}},
	}
)

// WriteText writes the report for people to read: the counts, then the problems from the worst, those of one code together.
func (r *Report) WriteText(dst io.Writer, lang locale.Lang) error {
	out := bufio.NewWriter(dst)
	fmt.Fprint(out, locale.OneLine(r.File.Name))
	if !r.Refused() {
		fmt.Fprintf(out, ": %s, "+textSheet.In(lang)+"\n", r.Kind, locale.OneLine(r.Sheet), r.HeaderRow)
		fmt.Fprint(out, r.Rows.Text(lang))
	}
	fmt.Fprintln(out)
	for _, group := range textSeverities {
		r.writeSeverity(out, group.severity, group.title.In(lang), lang)
	}
	if len(r.Problems) == 0 {
		fmt.Fprintln(out, textClean.In(lang))
	}
	return out.Flush()
}

// Text counts the rows in words: "rows read: 12 (10 new, 2 unchanged)".
func (c Counts) Text(lang locale.Lang) string {
	text := fmt.Sprintf(textRead.In(lang), locale.FormatInt(lang, int64(c.Read)))
	var parts []string
	for _, outcome := range textOutcomes {
		if n := outcome.count(c); n > 0 {
			parts = append(parts, locale.FormatInt(lang, int64(n))+" "+locale.Plural(lang, int64(n), outcome.one, outcome.more))
		}
	}
	if len(parts) > 0 {
		text += " (" + strings.Join(parts, ", ") + ")"
	}
	return text
}

func (r *Report) writeSeverity(out io.Writer, severity problem.Severity, title string, lang locale.Lang) {
	byCode := map[problem.Code][]*problem.Problem{}
	var codes []problem.Code
	for i := range r.Problems {
		p := &r.Problems[i]
		if p.Severity != severity {
			continue
		}
		if byCode[p.Code] == nil {
			codes = append(codes, p.Code)
		}
		byCode[p.Code] = append(byCode[p.Code], p)
	}
	if len(codes) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, code := range codes {
		r.writeCode(out, code, byCode[code], lang)
	}
}

// writeCode lists the problems of one code; those with the same words stand in one line.
func (r *Report) writeCode(out io.Writer, code problem.Code, problems []*problem.Problem, lang locale.Lang) {
	fmt.Fprintf(out, "  %s (%s)\n", code, locale.FormatInt(lang, int64(len(problems))))
	places := map[string][]string{}
	var messages []string
	for _, p := range problems {
		message := p.Message(lang) + advice(p, lang)
		if places[message] == nil {
			messages = append(messages, message)
		}
		places[message] = append(places[message], r.where(p, lang))
	}
	for i, message := range messages {
		if i == shownPerCode {
			fmt.Fprintf(out, "    %s\n", more(len(messages)-i, lang))
			return
		}
		if where := places[message]; where[0] != "" {
			message = fmt.Sprintf(textAt.In(lang), shortened(where, lang), message)
		}
		fmt.Fprintf(out, "    %s\n", message)
	}
}

// advice follows the message: how a question is answered, or what was likely meant.
func advice(p *problem.Problem, lang locale.Lang) string {
	if p.Code == "CITY_NEAR_DUPLICATE" { // its message says how it is answered, either way
		return ""
	}
	if question := Question(p); question != "" {
		answer := question + "=" + cmp.Or(p.Suggestion, "…")
		if strings.Contains(answer, " ") {
			answer = strconv.Quote(answer)
		}
		return " (--answer " + answer + ")"
	}
	if p.Suggestion != "" {
		return " " + fmt.Sprintf(textMeant.In(lang), p.Suggestion)
	}
	return ""
}

// shortened joins places, the first of them when there are many.
func shortened(places []string, lang locale.Lang) string {
	if left := len(places) - shownPerMessage; left > 0 {
		return strings.Join(places[:shownPerMessage], ", ") + " " + more(left, lang)
	}
	return strings.Join(places, ", ")
}

func more(n int, lang locale.Lang) string {
	return fmt.Sprintf(textMore.In(lang), locale.FormatInt(lang, int64(n)))
}

// where is the cell, or what else is known of the place.
func (r *Report) where(p *problem.Problem, lang locale.Lang) string {
	var where string
	switch {
	case cellOf(p) != "":
		where = cellOf(p)
	case p.Row != 0:
		where = fmt.Sprintf(textRow.In(lang), p.Row)
	case p.Field != "":
		where = fmt.Sprintf(textColumn.In(lang), p.Field)
	}
	if p.Sheet != "" && p.Sheet != r.Sheet {
		where = strings.TrimSuffix(p.Sheet+"!"+where, "!")
	}
	return where
}
