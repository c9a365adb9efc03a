package intake

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Answer is what a sender answered to a question, under the question's canonical name.
type Answer struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// HiddenRows is the question about the rows of one sheet: its answer says nothing of another.
const HiddenRows = "rows.hidden"

// Question names the question that a problem asks, "" when it asks none.
func Question(p *problem.Problem) string {
	switch {
	case p.Code == "CSV_DELIMITER_UNSURE":
		return "csv.delimiter"
	case p.Code == "CSV_ENCODING_UNSURE":
		return "csv.encoding"
	case p.Code == "ROWS_HIDDEN_OR_FILTERED":
		return HiddenRows
	case p.Severity != problem.Question:
		return ""
	case p.Code == "DATE_AMBIGUOUS" || p.Code == "NUMBER_LOCALE_AMBIGUOUS":
		return p.Field
	case p.Field != "" && p.About != "":
		return p.Field + ":" + p.About
	case p.Field == "" || p.Value == nil:
		return ""
	}
	return p.Field + ":" + fmt.Sprint(p.Value)
}

// Answers are all that the question of a problem takes, nil where that is a text or there is no question.
func Answers(p *problem.Problem) []string {
	switch p.Code {
	case "DATE_AMBIGUOUS":
		return []string{"dmy", "mdy"}
	case "NUMBER_LOCALE_AMBIGUOUS":
		return []string{"point", "comma"}
	case "ROWS_HIDDEN_OR_FILTERED":
		return []string{"include", "skip"}
	case "CSV_DELIMITER_UNSURE":
		return []string{",", ";", "tab", "|"}
	}
	return nil
}
