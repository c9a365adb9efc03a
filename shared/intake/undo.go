package intake

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Undo is what the record of an import says of its undoing.
type Undo struct {
	// Check names the blobs of the undo's plan and report, as that of a check (see PlanBlob); empty until they are made.
	Check  string     `json:"check,omitempty"`
	Plan   string     `json:"plan,omitempty"` // SHA-256 of that plan
	Mode   Mode       `json:"mode"`
	Person string     `json:"person,omitempty"` // who has it undone
	Locks  []string   `json:"locks"`            // the record types whose locks it holds
	Rows   UndoCounts `json:"rows"`
	// StartedAt is when the undo took the lock: the time of all that it writes, however often it is resumed.
	StartedAt time.Time `json:"startedAt,omitzero"`
	EndedAt   time.Time `json:"endedAt,omitzero"`
}

// UndoCounts are the rows that an import stored, by what becomes of them when it is undone. Stored is the sum of the others.
type UndoCounts struct {
	Stored   int `json:"stored"`
	Reverted int `json:"reverted"` // as before the import
	Kept     int `json:"kept"`     // changed since, or others rest on it
}

// UndoReport is what became of the rows of an import that was undone, or was to be.
type UndoReport struct {
	Import string
	File   File
	Kind   string
	Sheet  string
	Rows   UndoCounts
	// Problems name each row that was kept: UNDO_KEPT_EDITED, UNDO_KEPT_NEEDED. They stand in the order of the rows.
	Problems []problem.Problem
	Person   string    // who has it undone
	At       time.Time // when the undo ended; zero: it was refused, and nothing was undone
}

// Undone reports whether the import was undone.
func (r *UndoReport) Undone() bool { return !r.At.IsZero() }

// UndoReport describes an undo of the import, of which these rows were kept.
func (i *Import) UndoReport(kept []problem.Problem) *UndoReport {
	return &UndoReport{
		Import: i.ID, File: i.File, Kind: i.Kind, Sheet: i.Sheet, Rows: i.Undo.Rows, Problems: kept, Person: i.Undo.Person,
		At: i.Undo.EndedAt,
	}
}

// UndoReportOf returns the report of an import at hand that was undone.
func (s *Store) UndoReportOf(ctx context.Context, imp *Import) (*UndoReport, error) {
	kept, err := s.keptReport(ctx, imp.ID, imp.Undo.Check)
	if err != nil {
		return nil, err
	}
	return imp.UndoReport(kept.Problems), nil
}
