package imports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/intake"
)

// stage takes the rows of a plan that this attempt has not done in this stage: it gives each to add, and has batches of them
// flushed. From time to time, and when it is stopped by Config.Hurry, it notes in the import's record how far it has come.
//
// The position is to be trusted for this: rows count as done only after their flush succeeded, under the lock that the attempt still
// holds (it ends with the lock, and a new one begins at 0); a step of the record is conditional on attempt and stage, so that nobody
// moves the position of another attempt or stage; and it only moves forward.
func (s *Service) stage(
	ctx context.Context, imp *intake.Import, plan keptPlan, stage Stage, progress Progress, flush func() error, add func(PlanRow),
) error {
	before := int(imp.Done)
	done, noted := 0, before
	err := s.eachRow(ctx, plan, func(row PlanRow) error {
		if done++; done <= before {
			return nil
		}
		add(row)
		if done%s.batch != 0 {
			return nil
		}
		if err := flush(); err != nil {
			return err
		}
		progress.tell(stage, done)
		stop := s.hurried(ctx)
		if stop || done-noted >= s.keepEvery {
			if err := s.note(ctx, imp, done); err != nil {
				return err
			}
			noted = done
		}
		if stop {
			return &Unfinished{Import: imp.ID, Stage: stage, Rows: done}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil { // what is left, after the plan has shown to be whole
		return err
	}
	progress.tell(stage, done)
	return nil
}

// note keeps a position in the import's record. errMoved when the import is no longer at this stage of this attempt.
func (s *Service) note(ctx context.Context, imp *intake.Import, done int) error {
	err := s.retry(ctx, func() error { return s.intake.Advance(ctx, imp, int64(done)) })
	return moved(err)
}
