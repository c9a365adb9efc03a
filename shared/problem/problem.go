// Package problem is the one way to say that something is wrong: a stable code, how bad it is, where it is, and a message in
// three languages from a catalogue. It does not know who raises a problem or how one is shown.
package problem

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Code identifies what is wrong. Codes are part of the public contract; docs/codes.md lists them.
type Code string

// Severity says what a problem means for the row or file that has it.
type Severity string

// The severities, from the worst: a row with an error or an open question is not imported.
const (
	Error    Severity = "error"
	Question Severity = "question" // one answer settles it
	Warning  Severity = "warning"  // imported, and shown
	Info     Severity = "info"
)

func (s Severity) valid() bool { return s == Error || s == Question || s == Warning || s == Info }

// Blocks reports whether a row with a problem of this severity is kept from being imported.
func (s Severity) Blocks() bool { return s == Error || s == Question }

// Problem is one thing that is wrong, at one place. The zero Row, Col and Field mean that the problem belongs to the whole
// file, sheet or row.
type Problem struct {
	Code     Code
	Severity Severity
	Sheet    string
	Row      int    // the sheet's own number, from 1
	Col      int    // from 1 (A)
	Field    string // the column's or field's identifier, such as "amount"
	// Value is the cell's value as `guildhall read` prints it: string, float64, bool, nil or an error object.
	Value      any
	Params     map[string]locale.Text
	Suggestion string
	// About is the text that a question is about as answers to it name it, such as "Hambourg (DE)"; empty where that is the value.
	About string
	Also  []int  // further rows of the sheet that wait for the same answer
	Rule  string // such as R-APP-3; empty where no rule of the network asks for it
}

// New starts a problem with the catalogue's severity. A code that the catalogue does not have is a mistake of the program:
// it becomes an error without a message, and a test of the raising package fails.
func New(code Code) *Problem {
	entry, ok := Lookup(code)
	if !ok {
		return &Problem{Code: code, Severity: Error}
	}
	return &Problem{Code: code, Severity: entry.Severity}
}

// At says in which sheet, row and column the problem is; row and col count from 1, 0 leaves one out.
func (p *Problem) At(sheet string, row, col int) *Problem {
	p.Sheet, p.Row, p.Col = sheet, row, col
	return p
}

// In names the field.
func (p *Problem) In(field string) *Problem { p.Field = field; return p }

// Valued keeps the value as it was read.
func (p *Problem) Valued(value any) *Problem { p.Value = value; return p }

// Suggest says what is likely meant.
func (p *Problem) Suggest(suggestion string) *Problem { p.Suggestion = suggestion; return p }

// Under names the rule of the network that asks for it.
func (p *Problem) Under(rule string) *Problem { p.Rule = rule; return p }

// Rated changes the severity from the catalogue's.
func (p *Problem) Rated(severity Severity) *Problem { p.Severity = severity; return p }

// AtRow is the same question at another of its rows.
func (p *Problem) AtRow(row int) Problem {
	another := *p
	another.Row, another.Also = row, nil
	for _, one := range append([]int{p.Row}, p.Also[:min(len(p.Also), shownRows)]...) {
		if one != row {
			another.Also = append(another.Also, one)
		}
	}
	return another
}

// Asking names the text that a question is about.
func (p *Problem) Asking(text string) *Problem { p.About = text; return p }

// With gives a param that reads the same in every language.
func (p *Problem) With(name, text string) *Problem { return p.WithText(name, locale.Same(text)) }

// WithInt gives a whole number as a param.
func (p *Problem) WithInt(name string, n int) *Problem { return p.With(name, strconv.Itoa(n)) }

// WithText gives a param that has its own words in each language.
func (p *Problem) WithText(name string, text locale.Text) *Problem {
	if p.Params == nil {
		p.Params = map[string]locale.Text{}
	}
	p.Params[name] = text
	return p
}

// Message is what the sender reads: what is wrong and what to do.
func (p *Problem) Message(lang locale.Lang) string {
	entry, ok := Lookup(p.Code)
	if !ok {
		return string(p.Code)
	}
	return render(entry.Message.In(lang), lang, p)
}

// Error makes a problem that refuses a whole file or command an error. Its text is the code and the English message.
func (p *Problem) Error() string { return string(p.Code) + " " + p.Message(locale.EN) }

func (p *Problem) param(name string, lang locale.Lang) string {
	if text, ok := p.Params[name]; ok {
		return text.In(lang)
	}
	switch name {
	case "value":
		return p.shownValue()
	case "question":
		return p.Field + ":" + p.About
	case "suggestion":
		return p.Suggestion
	case "rows":
		return p.rows(lang)
	}
	return ""
}

// Own names the placeholders that a message may have without a param: they follow from the problem itself.
var Own = []string{"value", "question", "suggestion", "rows"}

var textRows = locale.Text{EN: " (rows %s)", FR: " (lignes %s)", ES: " (filas %s)"}

// shownRows is how many rows a message lists.
const shownRows = 20

// rows lists the rows that wait for one answer, nothing where there is one row.
func (p *Problem) rows(lang locale.Lang) string {
	if len(p.Also) == 0 {
		return ""
	}
	all := append([]int{p.Row}, p.Also[:min(len(p.Also), shownRows)]...)
	slices.Sort(all)
	var shown []string
	for i, row := range all {
		if i == shownRows {
			shown = append(shown, "…")
			break
		}
		shown = append(shown, strconv.Itoa(row))
	}
	return fmt.Sprintf(textRows.In(lang), locale.List(lang, shown))
}

// shownValue is the value in a message: error objects by what they say, long texts cut.
func (p *Problem) shownValue() string {
	const most = 80 // characters: a message stays readable in a cell's comment
	switch v := p.Value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case map[string]any:
		if raw, ok := v["raw"]; ok {
			return fmt.Sprint(raw)
		}
		return fmt.Sprint(v["error"])
	default:
		runes := []rune(fmt.Sprint(v))
		if len(runes) > most {
			return string(runes[:most]) + "…"
		}
		return string(runes)
	}
}
