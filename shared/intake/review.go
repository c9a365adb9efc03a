package intake

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Review is what a page shows of a check at first: all that is not of one row. Its rows and changes are read in parts (ReviewRows,
// ReviewChanges), so that no page waits for a whole report.
type Review struct {
	Import    string
	Check     string
	File      File
	Kind      string
	Sheet     string
	HeaderRow int
	Lang      locale.Lang
	Call      string
	Term      string
	Answers   map[string]string // as a Report has them
	Rows      Counts
	Plan      string // empty when the file was refused
	Columns   []ReviewColumn
	// Problems are those of no row of data: of the file, its sheets and titles; the first shownProblems of them.
	Problems []problem.Problem
	Causes   []Cause // of all problems: errors first, then by how many rows have them
	Edited   int     // how many edits there are; also those that change nothing (EDIT_MISPLACED)
	Edits    []Edited
	Listed   int // how many rows ReviewRows gives
	Changed  int // how many rows ReviewChanges gives

	rows, changes []reviewChunk
}

// Refused reports whether the file could not be checked at all.
func (r *Review) Refused() bool { return r.Plan == "" }

// ReviewColumn is a column that was read.
type ReviewColumn struct {
	Col    int         `json:"col"`    // from 1
	Letter string      `json:"letter"` // "A"
	Field  string      `json:"field"`  // what it was taken for, such as "amount"
	Title  string      `json:"title"`  // as the sender wrote it
	Label  locale.Text `json:"label"`  // as our templates do
}

// Edited is an edit that was applied, with the text that the sender's cell has; texts of more than MaxEdit characters are cut.
type Edited struct {
	Row    int    `json:"row"`
	Col    int    `json:"col"`
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// The bounds of what a Review itself holds.
const (
	shownProblems  = 200
	shownEdits     = 200 // the others are with their rows, whose cause is CELL_EDITED
	shownQuestions = 50  // of a cause
)

// Cause is what several problems have in common: code, field and severity.
type Cause struct {
	Key       string // names it to ReviewRows
	Problems  int
	Rows      int             // how many rows have it, or wait for its answer
	First     problem.Problem // the first of them, for its value, its message and its rule
	Questions []Asked         // that its problems ask: one where it is of a column, else one for each text; the first shownQuestions
}

// Asked is a question with all that it takes to answer it.
type Asked struct {
	Question   string   `json:"question"` // as answers name it
	Value      any      `json:"value,omitempty"`
	Suggestion string   `json:"suggestion,omitempty"` // the likely answer
	Answers    []string `json:"answers,omitempty"`    // all that it takes; none where that is a text
	Rows       int      `json:"rows"`                 // that wait for it
}

// ReviewRow is a row of the sheet that has problems or edits.
type ReviewRow struct {
	Row      int
	Outcome  Outcome // empty of a row that edits have made blank, or that the sheet does not have, where one was meant to be
	Label    string
	Cells    []ReviewCell // for each of the Review's columns what stands there now; none of a row that the sheet does not have
	Problems []problem.Problem
}

// ReviewCell is what stands in a cell, edits applied.
type ReviewCell struct {
	Text   string  `json:"text"`
	Cut    bool    `json:"cut,omitempty"`    // it is longer than MaxEdit, and Text only its beginning
	Before *string `json:"before,omitempty"` // what was sent, where the cell was edited
}

// ReviewFilter chooses rows: those that have a problem of that cause and severity; empty ones are any.
type ReviewFilter struct {
	Cause    string // a Cause's Key
	Severity problem.Severity
}

// ReviewChange is a row whose commit changes records that are stored.
type ReviewChange struct {
	Row    int            `json:"row"`
	Label  string         `json:"label"`
	Fields []ChangedField `json:"fields"`
}

// ChangedField is what differs between a record as it is stored and as it will be; texts of more than MaxEdit characters are cut.
type ChangedField struct {
	Record string `json:"record"` // its type, such as "member"
	Name   string `json:"name"`
	Before string `json:"before"` // empty where there was nothing
	After  string `json:"after"`
}

// CutText is a text as a review has it, and whether it is only its beginning.
func CutText(text string) (string, bool) {
	if len(text) <= MaxEdit {
		return text, false
	}
	n := 0
	for at := range text {
		if n++; n > MaxEdit {
			return text[:at], true
		}
	}
	return text, false
}
