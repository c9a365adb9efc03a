package sheet

import (
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// hiddenRowsAnswer names the question whether hidden rows are meant.
const hiddenRowsAnswer = "rows.hidden"

// tableAnswers are the sender's answers, as far as they concern one table.
type tableAnswers struct {
	hidden  hiddenRows
	columns []columnAnswers // for each column of the schema
}

type hiddenRows uint8

const (
	hiddenOpen hiddenRows = iota
	hiddenInclude
	hiddenSkip
)

type columnAnswers struct {
	order       dateOrder
	mark        byte              // what stands before decimals
	corrections map[string]string // what a text of the column means, by the folded text
}

// parseAnswers reads the answers that belong to columns of the schema and to its rows; others are left to whoever asked.
// ANSWER_INVALID for a value that no question offers.
func parseAnswers(given Answers, schema *Schema) (tableAnswers, error) {
	answers := tableAnswers{columns: make([]columnAnswers, len(schema.Columns))}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if known, ok := answers.take(schema, name, given[name]); known && !ok {
			return tableAnswers{}, problem.New("ANSWER_INVALID").With("answer", name+"="+given[name])
		}
	}
	return answers, nil
}

// take reads one answer. It is not known when it belongs to no column of the schema and not to its rows; ok tells that its value is
// one that the question offers.
func (a *tableAnswers) take(schema *Schema, name, value string) (known, ok bool) {
	if name == hiddenRowsAnswer {
		a.hidden, ok = parseHidden(value)
		return true, ok
	}
	if i := schema.column(name); i >= 0 {
		return true, a.columns[i].settle(&schema.Columns[i], value)
	}
	id, text, cut := strings.Cut(name, ":")
	if i := schema.column(id); cut && i >= 0 {
		return true, a.columns[i].correct(&schema.Columns[i], text, value)
	}
	return false, false
}

// Takes reports whether a sheet of this kind can raise a question of that name, and the answer is one that settles it: of the file
// (csv.delimiter, csv.encoding), of its rows (rows.hidden), of a column (COLUMN) or of one text in it (COLUMN:TEXT).
func (s *Schema) Takes(question, answer string) bool {
	switch question {
	case "csv.delimiter":
		return delimiterNamed(answer) != 0
	case "csv.encoding":
		return encodingNamed(answer)
	}
	answers := tableAnswers{columns: make([]columnAnswers, len(s.Columns))}
	_, ok := answers.take(s, question, answer)
	return ok
}

func parseHidden(value string) (hiddenRows, bool) {
	switch locale.Fold(value) {
	case "include":
		return hiddenInclude, true
	case "skip":
		return hiddenSkip, true
	}
	return hiddenOpen, false
}

// settle takes the answer to a column's question.
func (a *columnAnswers) settle(column *Column, value string) bool {
	answer := locale.Fold(value)
	switch column.Type {
	case TypeDate:
		a.order = map[string]dateOrder{"dmy": dayFirst, "mdy": monthFirst}[answer]
		return a.order != orderUnknown
	case TypeInteger, TypeDecimal, TypeAmount:
		a.mark = map[string]byte{"point": '.', "comma": ','}[answer]
		return a.mark != 0
	}
	return false // the column has no question
}

// correct remembers what one text of a column means; the meaning must be one that the column knows.
func (a *columnAnswers) correct(column *Column, text, value string) bool {
	meaning, known := value, true
	switch column.Type {
	case TypeEnum, TypeEnums:
		meaning, known = newChoices(column.Choices).find(value)
	case TypeLookup:
		meaning, known, _ = column.Lookup(value)
	default:
		return true // the kind of table may know what is meant
	}
	if !known {
		return false
	}
	if a.corrections == nil {
		a.corrections = map[string]string{}
	}
	a.corrections[locale.Fold(text)] = meaning
	return true
}
