package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/a1"
)

// printed is the object of `guildhall check --format json`, a stable contract, up to its problems and plan. All keys are always
// present.
type printed struct {
	File      File    `json:"file"`
	Kind      *string `json:"kind"`
	Sheet     *string `json:"sheet"`
	HeaderRow *int    `json:"headerRow"`
	Language  *string `json:"language"`
	Rows      Counts  `json:"rows"`
}

// PrintedProblem is a problem as `guildhall check --format json` prints it, a stable contract. All keys are always present.
type PrintedProblem struct {
	Code       problem.Code     `json:"code"`
	Severity   problem.Severity `json:"severity"`
	Sheet      *string          `json:"sheet"`
	Row        *int             `json:"row"`
	Column     *string          `json:"column"`
	Cell       *string          `json:"cell"`
	Value      any              `json:"value"`
	Message    string           `json:"message"`
	Suggestion *string          `json:"suggestion"`
	Rule       *string          `json:"rule"`
}

// WriteJSON writes the report as one JSON object and a line end, with messages in a language. Problems are written one by one:
// there may be as many as rows.
func (r *Report) WriteJSON(dst io.Writer, lang locale.Lang) error {
	out := bufio.NewWriter(dst)
	head, err := compact(printed{
		File: r.File, Kind: orNull(r.Kind), Sheet: orNull(r.Sheet), HeaderRow: orNull(r.HeaderRow),
		Language: orNull(string(r.Lang)), Rows: r.Rows,
	})
	if err != nil {
		return err
	}
	out.Write(bytes.TrimSuffix(head, []byte("}")))
	out.WriteString(`,"problems":[`)
	for i := range r.Problems {
		if i > 0 {
			out.WriteByte(',')
		}
		line, err := compact(Print(&r.Problems[i], lang))
		if err != nil {
			return err
		}
		out.Write(line)
	}
	plan, err := compact(orNull(r.Plan))
	if err != nil {
		return err
	}
	out.WriteString(`],"plan":`)
	out.Write(plan)
	out.WriteString("}\n")
	return out.Flush() // gives the first error of the writes above
}

// compact is JSON without escapes for HTML.
func compact(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), err
}

// Print is a problem as it is printed, with its message in a language.
func Print(p *problem.Problem, lang locale.Lang) PrintedProblem {
	return PrintedProblem{
		Code:       p.Code,
		Severity:   p.Severity,
		Sheet:      orNull(p.Sheet),
		Row:        orNull(p.Row),
		Column:     orNull(p.Field),
		Cell:       orNull(cellOf(p)),
		Value:      p.Value,
		Message:    p.Message(lang),
		Suggestion: orNull(p.Suggestion),
		Rule:       orNull(p.Rule),
	}
}

// cellOf is the cell's name without its sheet; empty for a problem of a row, column, sheet or file.
func cellOf(p *problem.Problem) string {
	if p.Row == 0 || p.Col == 0 {
		return ""
	}
	return a1.Cell(p.Col, p.Row)
}

// orNull is nil, which JSON prints as null, for what is not known.
func orNull[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}
