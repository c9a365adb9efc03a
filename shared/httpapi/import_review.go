package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/a1"
	"github.com/learning-cities/guildhall/shared/table"
)

// reviewState is what a check found, without its rows, as it is answered. All keys are always present.
type reviewState struct {
	File      intake.File       `json:"file"`
	Kind      *string           `json:"kind"`
	Sheet     *string           `json:"sheet"`
	HeaderRow *int              `json:"headerRow"`
	Language  *string           `json:"language"`
	Rows      intake.Counts     `json:"rows"`
	Plan      *string           `json:"plan"`
	Answers   map[string]string `json:"answers"`
	Columns   []columnRead      `json:"columns"`
	Problems  []foundState      `json:"problems"` // of no row
	Causes    []causeState      `json:"causes"`
	Edited    int               `json:"edited"`
	Edits     []editState       `json:"edits"`
	Listed    int               `json:"listed"`
	Changed   int               `json:"changed"`
}

// columnRead is a column of the sheet that was read.
type columnRead struct {
	Letter string `json:"letter"`
	Column string `json:"column"` // what it was taken for
	Title  string `json:"title"`  // as the sender wrote it
	Label  string `json:"label"`  // as our templates do
}

// causeState is what several problems have in common.
type causeState struct {
	Key       string         `json:"key"`
	Problems  int            `json:"problems"`
	Rows      int            `json:"rows"`
	First     foundState     `json:"first"`
	Questions []intake.Asked `json:"questions"`
}

// foundState is a problem, with the question that it asks.
type foundState struct {
	intake.PrintedProblem
	Question *string  `json:"question"`
	Answers  []string `json:"answers"`
}

type editState struct {
	Cell   string `json:"cell"`
	Column string `json:"column"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func foundOf(p *problem.Problem, lang locale.Lang) foundState {
	return foundState{PrintedProblem: intake.Print(p, lang), Question: orNull(intake.Question(p)), Answers: some(intake.Answers(p))}
}

func foundAll(problems []problem.Problem, lang locale.Lang) []foundState {
	list := make([]foundState, len(problems))
	for i := range problems {
		list[i] = foundOf(&problems[i], lang)
	}
	return list
}

// review answers what a check found, without its rows.
func (a *api) review(q *asking) (*answer, error) {
	r, err := a.Office.Review(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	got := reviewState{
		File: r.File, Kind: orNull(r.Kind), Sheet: orNull(r.Sheet), HeaderRow: orNull(r.HeaderRow), Language: orNull(string(r.Lang)),
		Rows: r.Rows, Plan: orNull(r.Plan), Answers: r.Answers, Columns: make([]columnRead, len(r.Columns)),
		Problems: foundAll(r.Problems, q.lang), Causes: make([]causeState, len(r.Causes)), Edited: r.Edited,
		Edits: make([]editState, len(r.Edits)), Listed: r.Listed, Changed: r.Changed,
	}
	if got.Answers == nil {
		got.Answers = map[string]string{}
	}
	for i, c := range r.Columns {
		got.Columns[i] = columnRead{Letter: c.Letter, Column: c.Field, Title: c.Title, Label: c.Label.In(q.lang)}
	}
	for i := range r.Causes {
		c := &r.Causes[i]
		got.Causes[i] = causeState{
			Key: c.Key, Problems: c.Problems, Rows: c.Rows, First: foundOf(&c.First, q.lang), Questions: some(c.Questions),
		}
	}
	for i, e := range r.Edits {
		got.Edits[i] = editState{Cell: a1.Cell(e.Col, e.Row), Column: e.Field, Before: e.Before, After: e.After}
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// rowState is a row that has problems or edits.
type rowState struct {
	Row      int                 `json:"row"`
	Outcome  *intake.Outcome     `json:"outcome"` // null of a row that is blank as edited, or that the sheet does not have
	Label    *string             `json:"label"`
	Cells    []intake.ReviewCell `json:"cells"`
	Problems []foundState        `json:"problems"`
}

// severities are those of problems, from the worst.
var severities = []string{string(problem.Error), string(problem.Question), string(problem.Warning), string(problem.Info)}

// reviewRows answers a page of the rows that have problems or edits.
func (a *api) reviewRows(q *asking) (*answer, error) {
	severity, err := q.choice("severity", severities)
	if err != nil {
		return nil, err
	}
	filter := intake.ReviewFilter{Cause: q.URL.Query().Get("cause"), Severity: problem.Severity(severity)}
	read := func(ctx context.Context, after table.Cursor, limit int) ([]intake.ReviewRow, table.Cursor, error) {
		return a.Office.ReviewRows(ctx, q.path("id"), filter, after, limit)
	}
	got, err := storedPage(q, read, func(r *intake.ReviewRow) rowState {
		return rowState{
			Row: r.Row, Outcome: orNull(r.Outcome), Label: orNull(r.Label), Cells: some(r.Cells), Problems: foundAll(r.Problems, q.lang),
		}
	})
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// reviewChanges answers a page of the rows whose commit changes records that are stored.
func (a *api) reviewChanges(q *asking) (*answer, error) {
	read := func(ctx context.Context, after table.Cursor, limit int) ([]intake.ReviewChange, table.Cursor, error) {
		return a.Office.ReviewChanges(ctx, q.path("id"), after, limit)
	}
	got, err := storedPage(q, read, func(c *intake.ReviewChange) intake.ReviewChange { return *c })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// editsInput reads a list of edits of cells.
type editsInput []intake.EditChange

var (
	someEdits = locale.Text{
		EN: `a list of edits such as {"cell": "C2", "value": "12"}`, FR: `une liste de modifications comme {"cell": "C2", "value": "12"}`,
		ES: `una lista de ediciones como {"cell": "C2", "value": "12"}`,
	}
	aCell = locale.Text{EN: "a cell such as C2", FR: "une cellule comme C2", ES: "una celda como C2"}
)

// UnmarshalJSON implements json.Unmarshaler. A value of null, or none, takes the cell's edit back.
func (e *editsInput) UnmarshalJSON(text []byte) error {
	var each []json.RawMessage
	if err := json.Unmarshal(text, &each); err != nil {
		return err
	}
	*e = nil
	for _, one := range each {
		var cell string
		var value *string
		err := (&object{"edits", []field{{"cell", &cell, aCell, true}, {"value", &value, aText, false}}}).UnmarshalJSON(one)
		if err != nil {
			return err
		}
		col, row, ok := a1.ParseCell([]byte(cell))
		if !ok || strings.ToUpper(cell) != cell {
			return invalidText("edits.cell", aCell).Valued(cut(cell))
		}
		change := intake.EditChange{Edit: intake.Edit{Row: row, Col: col}, Undo: value == nil}
		if value != nil {
			change.Value = *value
		}
		*e = append(*e, change)
	}
	return nil
}
