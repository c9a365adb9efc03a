package intake

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Undo is what the record of an import says of its undoing.
type Undo struct {
	// Check names the blobs of the undo's plan and report, as that of a check (see PlanBlob); empty until they are made. A refused one has
	// a report only.
	Check  string     `json:"check,omitempty"`
	Plan   string     `json:"plan,omitempty"` // SHA-256 of that plan
	Mode   Mode       `json:"mode"`
	Person string     `json:"person,omitempty"` // who has it undone
	Locks  []string   `json:"locks,omitempty"`  // the record types whose locks it holds
	Rows   UndoCounts `json:"rows"`
	// Problem is why it was refused or given up: the import is committed, as before. Blocker is the import that was in the way, where that
	// is the problem.
	Problem problem.Code `json:"problem,omitempty"`
	Needed  int          `json:"needed,omitempty"` // rows on which others rest, where that is the problem
	Blocker string       `json:"blocker,omitempty"`
	// AskedAt is when it was asked for, where it was not done at once.
	AskedAt time.Time `json:"askedAt,omitzero"`
	// StartedAt is when the undo took the lock: the time of all that it writes, however often it is resumed.
	StartedAt time.Time `json:"startedAt,omitzero"`
	EndedAt   time.Time `json:"endedAt,omitzero"` // also of one that was refused
}

// Waits reports whether the undo was asked for, and has not come to an end.
func (u *Undo) Waits() bool { return u.Mode != "" && u.EndedAt.IsZero() }

// AskUndo notes that a person asked for an import to be undone, which is for who keeps the records; one that is being undone, or is, or
// for which the same was asked before, stays as it is. IMPORT_UNKNOWN; RECORD_BUSY while it is being committed; UNDO_NOTHING_STORED when
// it is not committed.
func (s *Store) AskUndo(ctx context.Context, id, person string, mode Mode) (*Import, error) {
	return s.step(ctx, id, func(imp *Import) error {
		switch {
		case imp.State == Undoing || imp.State == Undone || imp.State == Committed && imp.Undo.Waits() && imp.Undo.Mode == mode:
			return errSame
		case imp.State == Committing:
			return problem.New("RECORD_BUSY").With("import", imp.ID)
		case imp.State != Committed:
			return problem.New("UNDO_NOTHING_STORED").Valued(imp.ID)
		}
		if err := imp.Available(); err != nil {
			return err
		}
		imp.Undo = Undo{Mode: mode, Person: person, AskedAt: s.clock().UTC()}
		return nil
	})
}

// FailUndo notes why an undo that was asked for can't be done. One that is under way, or has ended, stays as it is. IMPORT_UNKNOWN.
func (s *Store) FailUndo(ctx context.Context, id string, why *problem.Problem) (*Import, error) {
	return s.step(ctx, id, func(imp *Import) error {
		if imp.State != Committed || !imp.Undo.Waits() {
			return errSame
		}
		imp.RefuseUndo(s.clock().UTC(), why)
		return nil
	})
}

// RefuseUndo makes the import a committed one whose undo was refused at a moment.
func (i *Import) RefuseUndo(at time.Time, why *problem.Problem) {
	i.Undo.EndedAt, i.Undo.Problem, i.Undo.Blocker = at, why.Code, why.Params["import"].EN
	i.Become(Step{State: Committed, At: at, Mode: i.Undo.Mode, Problem: why.Code})
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
	r := &UndoReport{
		Import: i.ID, File: i.File, Kind: i.Kind, Sheet: i.Sheet, Rows: i.Undo.Rows, Problems: kept, Person: i.Undo.Person,
	}
	if i.State == Undone {
		r.At = i.Undo.EndedAt
	}
	return r
}

// UndoReportOf returns the report of an import at hand that was undone, or whose undo was refused. UNDO_UNASKED; UNDO_NOT_DONE before
// its end.
func (s *Store) UndoReportOf(ctx context.Context, imp *Import) (*UndoReport, error) {
	switch {
	case imp.State == Undoing || imp.State != Undone && imp.Undo.Waits():
		return nil, problem.New("UNDO_NOT_DONE").Valued(imp.ID)
	case imp.Undo.Mode == "":
		return nil, problem.New("UNDO_UNASKED").Valued(imp.ID)
	case imp.Available() != nil:
		return nil, imp.Available()
	case imp.Undo.Check == "":
		return imp.UndoReport([]problem.Problem{*imp.UndoProblem()}), nil
	}
	kept, err := s.keptReport(ctx, imp.ID, imp.Undo.Check)
	if err != nil {
		return nil, err
	}
	return imp.UndoReport(kept.Problems), nil
}

// UndoProblem is why an undo was refused or given up; nil where it was not.
func (i *Import) UndoProblem() *problem.Problem {
	if i.Undo.Problem == "" {
		return nil
	}
	return problem.New(i.Undo.Problem).Valued(i.ID).With("import", i.Undo.Blocker).With("reference", i.ID).WithInt("count", i.Undo.Needed)
}
