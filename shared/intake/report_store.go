package intake

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// reportFormat is the number of the layout of stored reports.
const reportFormat = 1

// storedReport is the first line of a report's blob; each further line is one problem.
type storedReport struct {
	Format    int               `json:"report"`
	Import    string            `json:"import"`
	File      File              `json:"file"`
	Kind      string            `json:"kind"`
	Sheet     string            `json:"sheet"`
	HeaderRow int               `json:"headerRow"`
	Lang      locale.Lang       `json:"lang"`
	Call      string            `json:"call"`
	Term      string            `json:"term"`
	Answers   map[string]string `json:"answers,omitempty"`
	Rows      Counts            `json:"rows"`
	Plan      string            `json:"plan"`
	Person    string            `json:"person"`
	Problems  int               `json:"problems"` // how many lines follow
}

// storedProblem is problem.Problem with the names under which it is kept.
type storedProblem struct {
	Code       problem.Code           `json:"code"`
	Severity   problem.Severity       `json:"severity"`
	Sheet      string                 `json:"sheet,omitempty"`
	Row        int                    `json:"row,omitempty"`
	Col        int                    `json:"col,omitempty"`
	Field      string                 `json:"field,omitempty"`
	Value      any                    `json:"value,omitempty"`
	Params     map[string]locale.Text `json:"params,omitempty"`
	Suggestion string                 `json:"suggestion,omitempty"`
	About      string                 `json:"about,omitempty"`
	Also       []int                  `json:"also,omitempty"`
	Rule       string                 `json:"rule,omitempty"`
}

// KeepReport keeps the report of a check in its blob.
func (s *Store) KeepReport(ctx context.Context, r *Report) (err error) {
	w, err := s.blobs.Create(ctx, ReportBlob(r.Import, r.Check))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	buffer := bufio.NewWriter(w)
	lines := json.NewEncoder(buffer)
	lines.SetEscapeHTML(false)
	head := storedReport{
		Format: reportFormat, Import: r.Import, File: r.File, Kind: r.Kind, Sheet: r.Sheet, HeaderRow: r.HeaderRow,
		Lang: r.Lang, Call: r.Call, Term: r.Term, Answers: r.Answers, Rows: r.Rows, Plan: r.Plan, Person: r.Person,
		Problems: len(r.Problems),
	}
	if err := lines.Encode(head); err != nil {
		return err
	}
	for i := range r.Problems {
		if err := lines.Encode(storedProblem(r.Problems[i])); err != nil {
			return err
		}
	}
	if err := buffer.Flush(); err != nil {
		return err
	}
	_, err = w.Commit()
	return err
}

// loadReport reads a stored report.
func loadReport(src io.Reader) (*Report, error) {
	lines := json.NewDecoder(bufio.NewReader(src))
	var head storedReport
	if err := lines.Decode(&head); err != nil {
		return nil, fmt.Errorf("intake: damaged report: %w", err)
	}
	if head.Format != reportFormat {
		return nil, fmt.Errorf("intake: report of format %d, this is %d", head.Format, reportFormat)
	}
	r := &Report{
		Import: head.Import, File: head.File, Kind: head.Kind, Sheet: head.Sheet, HeaderRow: head.HeaderRow, Lang: head.Lang,
		Call: head.Call, Term: head.Term, Answers: head.Answers, Rows: head.Rows, Plan: head.Plan, Person: head.Person,
	}
	for range head.Problems {
		var p storedProblem
		if err := lines.Decode(&p); err != nil {
			return nil, fmt.Errorf("intake: damaged report: %w", err)
		}
		r.Problems = append(r.Problems, problem.Problem(p))
	}
	return r, nil
}
