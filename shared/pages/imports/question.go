package imports

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// message is what a problem says on a page, where a question is answered at its field and not on the command line.
func (d desk) message(p *problem.Problem) string {
	if text, own := asking[p.Code]; own {
		return d.filled(text, p)
	}
	return p.Message(d.Lang)
}

// asking are the texts of questions as a page asks them.
var asking = map[problem.Code]locale.Text{
	"DATE_AMBIGUOUS": askDate, "NUMBER_LOCALE_AMBIGUOUS": askNumber, "ROWS_HIDDEN_OR_FILTERED": askHidden, "CSV_DELIMITER_UNSURE": askDelimiter,
	"CITY_NEAR_DUPLICATE": askCity, "CSV_ENCODING_UNSURE": askEncoding,
}

// filled is a text with what a problem says of itself.
func (d desk) filled(text locale.Text, p *problem.Problem) string {
	with := []string{"{value}", cut(fmt.Sprint(p.Value))}
	for _, name := range []string{"count", "first", "second", "candidates", "encoding"} {
		with = append(with, "{"+name+"}", p.Params[name].In(d.Lang))
	}
	return strings.NewReplacer(with...).Replace(d.In(text))
}

// cut keeps a value readable within a sentence.
func cut(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// question is the field of a question.
func (d desk) question(n int, c *intake.Cause, asked *intake.Asked, column string) page.Input {
	p := c.First
	p.Value, p.Suggestion = asked.Value, asked.Suggestion
	in := page.Input{Name: "answer-" + strconv.Itoa(n), Label: locale.Same(d.message(&p))}
	if column != "" {
		in.Label = locale.Same(column + d.In(colon) + d.message(&p))
	}
	answers := asked.Answers
	if p.Code == "CITY_NEAR_DUPLICATE" && asked.Suggestion != "" {
		answers = []string{asked.Suggestion, "new"}
	}
	if len(answers) == 0 {
		in.Value = asked.Suggestion
		return in
	}
	in.Each = true
	for _, answer := range answers {
		in.Options = append(in.Options, page.Option{Value: answer, Name: d.answer(&p, answer)})
	}
	return in
}

// answer is an answer in words.
func (d desk) answer(p *problem.Problem, answer string) string {
	text, own := answers[answer]
	if !own {
		return answer
	}
	means := "first"
	comma := strings.Contains(fmt.Sprint(p.Value), ",") // the first meaning takes the mark that is there for that of decimals
	if answer == "mdy" || answer == "comma" && !comma || answer == "point" && comma {
		means = "second"
	}
	said := d.In(text)
	if read := p.Params[means].In(d.Lang); read != "" {
		said += d.In(colon) + read
	}
	return said
}

// answered is a question that was answered, and its answer, in words.
func (d desk) answered(review *intake.Review, question string) (asked, answer string) {
	field, about, of := strings.Cut(question, ":")
	asked = question
	for i := range review.Columns {
		if review.Columns[i].Field == field {
			asked = d.column(&review.Columns[i])
		}
	}
	if named, own := questions[question]; own {
		asked = d.In(named)
	}
	if of {
		asked += d.In(colon) + about
	}
	answer = review.Answers[question]
	if text, own := answers[answer]; own {
		answer = d.In(text)
	}
	return asked, answer
}

// questions are those that are of no column.
var questions = map[string]locale.Text{
	"csv.delimiter":   {EN: "What separates the columns", FR: "Ce qui sépare les colonnes", ES: "Lo que separa las columnas"},
	"csv.encoding":    {EN: "The text's encoding", FR: "L'encodage du texte", ES: "La codificación del texto"},
	intake.HiddenRows: {EN: "Hidden rows", FR: "Lignes masquées", ES: "Filas ocultas"},
}

// answers are the words for answers that have a meaning of their own.
var answers = map[string]locale.Text{
	"dmy":     {EN: "the day stands first", FR: "le jour vient en premier", ES: "primero va el día"},
	"mdy":     {EN: "the month stands first", FR: "le mois vient en premier", ES: "primero va el mes"},
	"point":   {EN: "a point stands before decimals", FR: "un point précède les décimales", ES: "un punto precede a los decimales"},
	"comma":   {EN: "a comma stands before decimals", FR: "une virgule précède les décimales", ES: "una coma precede a los decimales"},
	"include": {EN: "they are meant to be read", FR: "il faut les lire", ES: "deben leerse"},
	"skip":    {EN: "they are left out", FR: "elles sont à ignorer", ES: "deben omitirse"},
	",":       {EN: "a comma ( , )", FR: "une virgule ( , )", ES: "una coma ( , )"},
	";":       {EN: "a semicolon ( ; )", FR: "un point-virgule ( ; )", ES: "un punto y coma ( ; )"},
	"tab":     {EN: "a tab", FR: "une tabulation", ES: "una tabulación"},
	"|":       {EN: "a vertical bar ( | )", FR: "une barre verticale ( | )", ES: "una barra vertical ( | )"},
	"new":     {EN: "it is another city", FR: "c'est une autre ville", ES: "es otra ciudad"},
}
