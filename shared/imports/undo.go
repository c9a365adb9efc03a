package imports

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// undoPlan is what a lock says in place of a plan's hash while its import is being undone.
const undoPlan = "undo"

// UndoOrder says which import is to be undone, by whom, and how.
type UndoOrder struct {
	Import string
	Person string // who has it undone
	// Mode says what is done when other records rest on some of its rows. Empty is All: nothing is undone.
	Mode     intake.Mode
	Progress Progress
}

// Undo takes back what an import stored, row by row: a record that it created is removed, one that it changed gets back the body and
// provenance that it had, and claims that came with either are given back. A row that was changed since, or, in mode Valid, on which
// others rest, is kept and named in the report. Imports that are undone in the reverse order of their commits leave the records as they
// were before them, but for their versions.
//
// However often it is run, at once or again after it was stopped anywhere, each row is taken back once; an undo that is done gives its
// earlier report. The import's file can then be imported as if it had not been.
//
// IMPORT_UNKNOWN; UNDO_NOTHING_STORED when it is not committed; RECORD_BUSY when another import is changing these records, or this one
// is being committed or undone here; UNDO_REFUSED, with a report, when others rest on rows of it, in mode All. After these nothing was
// undone. After any other error the undo may stand half done under its lock: Recover, or the same undo again, finishes it;
// *Unfinished says that it was stopped on purpose.
func (s *Service) Undo(ctx context.Context, order UndoOrder) (*intake.UndoReport, error) {
	if order.Mode == "" {
		order.Mode = intake.All
	}
	if order.Mode != intake.All && order.Mode != intake.Valid {
		return nil, fmt.Errorf("imports: no such mode: %q", order.Mode)
	}
	leave, free := s.running.tryEnter(order.Import)
	if !free {
		return nil, busy(order.Import)
	}
	defer leave()
	report, err := s.undo(ctx, order)
	if s.leftUndone(ctx, err) {
		return s.undo(ctx, order)
	}
	return report, err
}

// undo takes the import from wherever it stands to its end.
func (s *Service) undo(ctx context.Context, order UndoOrder) (*intake.UndoReport, error) {
	for try := 1; ; try++ {
		imp, err := s.intake.Find(ctx, order.Import)
		if err != nil {
			return nil, err
		}
		switch imp.State {
		case intake.Undone: // perhaps by one that was ended before it had swept
			return s.undone(ctx, imp)
		case intake.Committed, intake.Undoing:
		case intake.Committing:
			return nil, busy(imp.ID)
		default:
			return nil, problem.New("UNDO_NOTHING_STORED").Valued(imp.ID)
		}
		if try > s.tries {
			return nil, busy(imp.ID)
		}
		report, err := s.undoOnce(ctx, imp, order)
		if !errors.Is(err, errMoved) {
			return report, err
		}
		if err := s.pause(ctx, try); err != nil {
			return nil, err
		}
	}
}

func (s *Service) undoOnce(ctx context.Context, imp *intake.Import, order UndoOrder) (*intake.UndoReport, error) {
	if err := s.lockUndo(ctx, imp, order); err != nil {
		return nil, err
	}
	return s.executeUndo(ctx, imp, order.Progress)
}

// lockUndo takes the locks of what the import touches and of what may rest on it, or finds that the import holds them.
func (s *Service) lockUndo(ctx context.Context, imp *intake.Import, order UndoOrder) error {
	types := slices.Concat(imp.Touches, s.dependents(imp).Types)
	slices.Sort(types)
	types = slices.Compact(types)
	return s.retry(ctx, func() error {
		locks, err := s.records.Locks(ctx, types)
		if err != nil {
			return err
		}
		switch holders := holdersOf(locks); {
		case len(holders) == 0:
			return s.acquireUndo(ctx, imp, types, order)
		case slices.Contains(holders, imp.ID):
			return s.joinUndo(ctx, imp)
		default:
			return busy(holders[0])
		}
	})
}

// joinUndo goes on with an undo that was begun before.
func (s *Service) joinUndo(ctx context.Context, imp *intake.Import) error {
	current, err := s.intake.Find(ctx, imp.ID)
	if err != nil {
		return err
	}
	if current.State != intake.Undoing {
		return errMoved // the lock was released between the two reads
	}
	*imp = *current
	return nil
}

// acquireUndo takes the locks and marks the import as being undone, in one transaction.
func (s *Service) acquireUndo(ctx context.Context, imp *intake.Import, types []string, order UndoOrder) error {
	if imp.State != intake.Committed {
		return errMoved
	}
	next := *imp
	next.Attempt, next.Confirmed, next.Done = imp.Attempt+1, false, 0
	next.Undo = intake.Undo{
		Mode: order.Mode, Person: order.Person, Locks: types, AskedAt: imp.Undo.AskedAt, StartedAt: s.clock().UTC(),
	}
	next.Become(intake.Step{State: intake.Undoing, At: next.Undo.StartedAt, Person: order.Person, Mode: order.Mode})
	write, err := next.Write(imp)
	if err != nil {
		return err
	}
	err = s.records.Acquire(ctx, types, imp.ID, undoPlan, write)
	var held *records.BusyError
	if errors.As(err, &held) && held.Import != "" && held.Import != imp.ID {
		return busy(held.Import)
	}
	if err != nil {
		return moved(err)
	}
	*imp = next
	return nil
}

// executeUndo does what is left to do under the lock.
func (s *Service) executeUndo(ctx context.Context, imp *intake.Import, progress Progress) (*intake.UndoReport, error) {
	if !imp.Confirmed {
		if report, err := s.weigh(ctx, imp, progress); err != nil {
			return report, s.giveUpUndo(ctx, imp, report, err)
		}
	}
	books, err := s.bookWriter(ctx, imp)
	if err != nil {
		return nil, err
	}
	if err := s.writeUndo(ctx, imp, books, progress); err != nil {
		return nil, err
	}
	if err := s.finishUndo(ctx, imp, books); err != nil {
		return nil, err
	}
	return s.undone(ctx, imp)
}

// undone gives the report of an undo that is done, and takes away the blobs of those that were ended before they counted.
func (s *Service) undone(ctx context.Context, imp *intake.Import) (*intake.UndoReport, error) {
	report, err := s.intake.UndoReportOf(ctx, imp)
	if err != nil {
		return nil, err
	}
	return report, s.sweep(ctx, imp.ID)
}

// giveUpUndo lets go of the lock of an undo that has written nothing: the import is committed, as before. Its record says that the undo
// was refused, and the report why; after another error it waits to be done.
func (s *Service) giveUpUndo(ctx context.Context, imp *intake.Import, report *intake.UndoReport, cause error) error {
	if errors.Is(cause, errMoved) {
		return cause
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropWithin)
	defer cancel()
	next := *imp
	next.Confirmed, next.Done = true, 0
	next.State, next.Undo = intake.Committed, intake.Undo{}
	if !imp.Undo.AskedAt.IsZero() {
		next.Undo = intake.Undo{Mode: imp.Undo.Mode, Person: imp.Undo.Person, AskedAt: imp.Undo.AskedAt}
	}
	var refusal *problem.Problem
	if errors.As(cause, &refusal) {
		next.Undo = intake.Undo{
			Mode: imp.Undo.Mode, Person: imp.Undo.Person, AskedAt: imp.Undo.AskedAt, StartedAt: imp.Undo.StartedAt,
		}
		if err := s.keepRefused(ctx, &next, report); err != nil {
			return errors.Join(err, s.drop(ctx, imp, &next))
		}
		next.RefuseUndo(s.clock().UTC(), refusal)
	}
	err := s.drop(ctx, imp, &next)
	if err != nil && refusal != nil {
		return err // also errMoved: only who lets go of the lock may say that nothing was undone
	}
	if refusal != nil {
		err = s.sweep(ctx, imp.ID)
	}
	return errors.Join(cause, err)
}

// keepRefused keeps the report of an undo that is refused, where there is one.
func (s *Service) keepRefused(ctx context.Context, next *intake.Import, report *intake.UndoReport) error {
	if report == nil {
		return nil
	}
	next.Undo.Check, next.Undo.Rows = s.ids(), report.Rows
	for i := range report.Problems {
		if report.Problems[i].Code == "UNDO_KEPT_NEEDED" {
			next.Undo.Needed++
		}
	}
	return s.intake.KeepReport(ctx, &intake.Report{
		Import: next.ID, Check: next.Undo.Check, File: next.File, Kind: next.Kind, Sheet: next.Sheet, Person: next.Undo.Person,
		Problems: report.Problems,
	})
}

// writeUndo writes every record of the undo's plan. Each write may be repeated: it takes effect on the version that was weighed under
// the lock, or again on what this undo wrote.
func (s *Service) writeUndo(ctx context.Context, imp *intake.Import, books booking.Writer, progress Progress) error {
	plan := keptPlan{intake.PlanBlob(imp.ID, imp.Undo.Check), imp.Undo.Plan}
	return s.writeStage(ctx, imp, plan, Undoing, books, progress, func(row *PlanRow, puts []records.Put) []records.Put {
		for i := range row.Writes {
			puts = append(puts, reversal(imp, &row.Writes[i]))
		}
		return puts
	})
}

// reversal is the write that takes one of the import's back.
func reversal(imp *intake.Import, write *PlanWrite) records.Put {
	put := records.Put{
		Record: records.Record{Ref: write.ref(), Body: write.After, Gone: write.Op == intake.Remove, Provenance: write.From.provenance()},
		Base:   write.Base, Releases: write.claims(),
	}
	put.Provenance.Undo, put.Provenance.At = imp.ID, imp.Undo.StartedAt
	if put.Gone {
		put.Provenance.Person = imp.Undo.Person
	}
	return put
}

// finishUndo marks the import undone, so that its file counts as not imported, and releases the lock, in one transaction.
func (s *Service) finishUndo(ctx context.Context, imp *intake.Import, books booking.Writer) error {
	next := *imp
	next.Undo.EndedAt = s.clock().UTC()
	next.Become(intake.Step{State: intake.Undone, At: next.Undo.EndedAt})
	write, err := next.Write(imp)
	if err != nil {
		return err
	}
	booked, err := s.endBooks(ctx, imp, books)
	if err != nil {
		return err
	}
	return s.release(ctx, imp, &next, append(booked, write, table.Write{Delete: intake.FileKey(imp.File.SHA256, imp.ID)})...)
}
