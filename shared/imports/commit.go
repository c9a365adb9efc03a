package imports

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// phaseWriting is what the lock says of a commit whose plan is confirmed. Before that it says nothing: the plan is being
// confirmed, and nothing has been written.
const phaseWriting = "writing"

// dropWithin bounds the letting go of a lock when the caller's own time is over.
const dropWithin = 5 * time.Second

// Order says which plan is to be committed, and how.
type Order struct {
	Import   string
	Plan     string      // its hash; another than the import's is PLAN_STALE
	Mode     intake.Mode // empty: All
	Person   string      // who has it committed; empty: who asked for the import
	Progress Progress
}

// Commit executes a plan: every row exactly once, however often the same commit is run, at once or again after it was stopped
// anywhere. A commit that is done gives its earlier result.
//
// IMPORT_UNKNOWN; IMPORT_NOT_CHECKED; ROWS_REFUSED in mode All when rows fail; PLAN_STALE when a stored record or claim is no longer as the plan
// has it; RECORD_BUSY when another import is changing these records. After these nothing was written. After any other error
// the commit may stand half done under its lock: Recover, or the same commit again, finishes it; *Unfinished says that it was
// stopped on purpose.
func (s *Service) Commit(ctx context.Context, order Order) (*intake.Result, error) {
	if order.Mode != "" && order.Mode != intake.All && order.Mode != intake.Valid {
		return nil, fmt.Errorf("imports: no such mode: %q", order.Mode)
	}
	leave, err := s.running.enter(ctx, order.Import)
	if err != nil {
		return nil, err
	}
	defer leave()
	result, err := s.commit(ctx, order)
	if s.leftUndone(ctx, err) {
		return s.commit(ctx, order)
	}
	return result, err
}

// commit takes the import from wherever it stands to its end. It begins anew when another process let go of the lock
// meanwhile, which can happen while a plan is being confirmed only.
func (s *Service) commit(ctx context.Context, order Order) (*intake.Result, error) {
	for try := 1; ; try++ {
		imp, err := s.intake.Find(ctx, order.Import)
		if err != nil {
			return nil, err
		}
		if imp.State == intake.Committed && imp.Plan == order.Plan {
			return imp.Result(), nil
		}
		if err := imp.Committable(order.Plan, order.Mode); err != nil {
			return nil, err
		}
		if try > s.tries {
			return nil, busy(imp.ID)
		}
		err = s.lock(ctx, imp, order)
		if err == nil {
			err = s.execute(ctx, imp, order.Progress)
		}
		if err == nil {
			return imp.Result(), nil
		}
		if !errors.Is(err, errMoved) {
			return nil, err
		}
		if err := s.pause(ctx, try); err != nil {
			return nil, err
		}
	}
}

// errMoved: another process took this import a step further, or back, in the meantime.
var errMoved = errors.New("imports: moved on by another process")

// execute does what is left to do under the lock.
func (s *Service) execute(ctx context.Context, imp *intake.Import, progress Progress) error {
	if !imp.Confirmed {
		if err := s.confirm(ctx, imp, progress); err != nil {
			return s.giveUp(ctx, imp, err)
		}
	}
	books, err := s.bookWriter(ctx, imp)
	if err != nil {
		return err
	}
	if err := s.writeRows(ctx, imp, books, progress); err != nil {
		return err
	}
	return s.finish(ctx, imp, books)
}

// lock takes the locks of the import's record types, or finds that the import holds them, and brings imp up to date.
func (s *Service) lock(ctx context.Context, imp *intake.Import, order Order) error {
	return s.retry(ctx, func() error {
		locks, err := s.records.Locks(ctx, imp.Touches)
		if err != nil {
			return err
		}
		switch holders := holdersOf(locks); {
		case len(holders) == 0:
			return s.acquire(ctx, imp, order)
		case holders[0] == imp.ID:
			return s.join(ctx, imp)
		default:
			return busy(holders[0])
		}
	})
}

// join goes on with a commit of this import that was begun before.
func (s *Service) join(ctx context.Context, imp *intake.Import) error {
	current, err := s.intake.Find(ctx, imp.ID)
	if err != nil {
		return err
	}
	if current.State != intake.Committing || current.Plan != imp.Plan {
		return errMoved // the lock was released between the two reads, or taken for a newer plan
	}
	*imp = *current
	return nil
}

// acquire takes the locks and marks the import as committing, in one transaction.
func (s *Service) acquire(ctx context.Context, imp *intake.Import, order Order) error {
	next := *imp
	next.Mode, next.Committer, next.Attempt, next.Confirmed = cmp.Or(order.Mode, intake.All), order.Person, imp.Attempt+1, false
	next.StartedAt, next.Done, next.Problem = s.clock().UTC(), 0, ""
	next.Become(intake.Step{State: intake.Committing, At: next.StartedAt, Person: next.Storer(), Mode: next.Mode, Plan: imp.Plan})
	write, err := next.Write(imp)
	if err != nil {
		return err
	}
	err = s.records.Acquire(ctx, imp.Touches, imp.ID, imp.Plan, write)
	var held *records.BusyError // without an import, or with this one, the locks only moved while we looked
	if errors.As(err, &held) && held.Import != "" && held.Import != imp.ID {
		return busy(held.Import)
	}
	if errors.Is(err, records.ErrInvalid) { // it holds the lock for another plan, since it was checked again
		return fmt.Errorf("%w: %w", errMoved, err)
	}
	if err != nil {
		return moved(err)
	}
	*imp = next
	return nil
}

// giveUp lets go of the lock of a plan that could not be confirmed: nothing has been written. A stale plan stays stale; after
// another error the commit may be tried again.
func (s *Service) giveUp(ctx context.Context, imp *intake.Import, cause error) error {
	var unfinished *Unfinished
	if errors.Is(cause, errMoved) || errors.As(cause, &unfinished) {
		return cause
	}
	next := *imp
	next.State = intake.Checked
	var stale *problem.Problem
	if errors.As(cause, &stale) {
		next.Problem = stale.Code
		next.Become(intake.Step{State: intake.Failed, At: s.clock().UTC(), Plan: imp.Plan, Problem: stale.Code})
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropWithin)
	defer cancel()
	if err := s.drop(ctx, imp, &next); err != nil && stale == nil {
		return errors.Join(cause, err)
	} else if err != nil {
		return err // also errMoved: only who lets go of the lock may say that nothing was written
	}
	return cause
}

// drop releases the lock of an import that has written nothing, and leaves it as next, checked or failed.
func (s *Service) drop(ctx context.Context, imp, next *intake.Import) error {
	write, err := next.Write(imp)
	if err != nil {
		return err
	}
	return s.release(ctx, imp, next, write)
}

// finish marks the import committed, remembers its answers and releases the lock, in one transaction.
func (s *Service) finish(ctx context.Context, imp *intake.Import, books booking.Writer) error {
	next := *imp
	next.CommittedAt = s.clock().UTC()
	next.Become(intake.Step{State: intake.Committed, At: next.CommittedAt, Plan: imp.Plan})
	write, err := next.Write(imp)
	if err != nil {
		return err
	}
	found := func(key table.Key) table.Write {
		return table.Write{Put: &table.Item{Key: key, Attributes: intake.FoundBy(imp.ID)}}
	}
	writes := []table.Write{write, found(intake.PlanKey(imp.Plan))}
	if imp.Rows.Create+imp.Rows.Update > 0 { // else the import to name, and to undo, is the one that stored the rows
		writes = append(writes, found(intake.FileKey(imp.File.SHA256, imp.ID)))
	}
	answers, err := s.remember(ctx, imp)
	if err != nil {
		return err
	}
	booked, err := s.endBooks(ctx, imp, books)
	if err != nil {
		return err
	}
	return s.release(ctx, imp, &next, slices.Concat(writes, answers, booked)...)
}

// release frees the lock together with the step from imp to next. A try that took effect although it failed shows in the
// import's record.
func (s *Service) release(ctx context.Context, imp, next *intake.Import, writes ...table.Write) error {
	err := s.retry(ctx, func() error { return s.records.ReleaseWith(ctx, imp.Locks(), imp.ID, writes...) })
	if err != nil && !isMoved(err) {
		return err
	}
	if err != nil {
		current, findErr := s.intake.Find(ctx, imp.ID)
		if findErr != nil {
			return errors.Join(findErr, err)
		}
		if current.State != next.State || current.Attempt != next.Attempt {
			return errMoved
		}
		next = current
	}
	*imp = *next
	return nil
}

// isMoved reports whether a conditional step failed because the import's record or lock is not as it was.
func isMoved(err error) bool {
	var condition *table.ConditionError
	var transaction *table.TransactionError
	var notHeld *records.NotHeldError
	var held *records.BusyError
	return errors.As(err, &condition) || errors.As(err, &transaction) || errors.As(err, &notHeld) || errors.As(err, &held)
}

// moved is errMoved for the errors of isMoved, else the error as it is.
func moved(err error) error {
	if err != nil && isMoved(err) {
		return fmt.Errorf("%w: %w", errMoved, err)
	}
	return err
}

// busy is RECORD_BUSY, naming the import that holds the lock.
func busy(holder string) error { return problem.New("RECORD_BUSY").With("import", holder) }
