package imports

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// Recover brings every commit and undo that was stopped in the middle to its end: a commit whose plan was confirmed is finished, one
// that had written nothing lets go of its lock and can be committed again; an undo is finished. Those that run in this process are
// left alone. It returns the results of those it finished. Call it when a process that owns the store starts, and before reads of the
// whole picture.
func (s *Service) Recover(ctx context.Context) ([]*intake.Result, error) {
	locks, err := s.records.Locks(ctx, s.lockable())
	if err != nil {
		return nil, err
	}
	var finished []*intake.Result
	var failed []error
	for _, holder := range holdersOf(locks) {
		result, err := s.recoverOne(ctx, holder)
		if err != nil {
			failed = append(failed, err)
		}
		if result != nil {
			finished = append(finished, result)
		}
	}
	return finished, errors.Join(failed...)
}

// LeftBehind lists the imports whose commit or undo took its lock before a moment and holds it still: their messages may be lost or among
// the dead letters. To have one done again is harmless also where it is under way. With an error they are those that could be found out.
func (s *Service) LeftBehind(ctx context.Context, before time.Time) ([]*intake.Import, error) {
	locks, err := s.records.Locks(ctx, s.lockable())
	if err != nil {
		return nil, err
	}
	var left []*intake.Import
	var failed []error
	for _, holder := range holdersOf(locks) {
		imp, err := s.intake.Find(ctx, holder)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		commits := imp.State == intake.Committing && imp.StartedAt.Before(before)
		if commits || imp.State == intake.Undoing && imp.Undo.StartedAt.Before(before) {
			left = append(left, imp)
		}
	}
	return left, errors.Join(failed...)
}

// lockable lists the record types that have commit locks.
func (s *Service) lockable() []string {
	var types []string
	for _, kind := range s.kinds {
		types = append(types, s.touched(kind)...)
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// holdersOf names the imports that hold locks, each once.
func holdersOf(locks []records.Lock) []string {
	var holders []string
	for _, lock := range locks {
		if lock.Import != "" && !slices.Contains(holders, lock.Import) {
			holders = append(holders, lock.Import)
		}
	}
	return holders
}

// recoverOne finishes or drops one import; the result is nil unless it was finished here.
func (s *Service) recoverOne(ctx context.Context, id string) (*intake.Result, error) {
	leave, free := s.running.tryEnter(id)
	if !free {
		return nil, nil
	}
	defer leave()
	imp, err := s.intake.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	switch {
	case imp.State == intake.Undoing:
		return s.recoverUndo(ctx, imp)
	case imp.State != intake.Committing:
		return nil, nil // released since the locks were read
	case imp.Confirmed:
		err = s.execute(ctx, imp, nil)
	default:
		next := *imp
		next.State = intake.Checked
		err = s.drop(ctx, imp, &next)
	}
	if err != nil && !errors.Is(err, errMoved) {
		return nil, err
	}
	if imp.State != intake.Committed {
		return nil, nil
	}
	return imp.Result(), nil
}

// recoverUndo finishes an undo; the result is nil when it had to be refused.
func (s *Service) recoverUndo(ctx context.Context, imp *intake.Import) (*intake.Result, error) {
	_, err := s.executeUndo(ctx, imp, nil)
	var refusal *problem.Problem
	if err != nil && !errors.As(err, &refusal) && !errors.Is(err, errMoved) {
		return nil, err
	}
	if imp.State != intake.Undone {
		return nil, nil
	}
	return imp.Result(), nil
}

// leftUndone tries to finish what an earlier commit of this process left under its lock, and reports whether the lock may be
// free now.
func (s *Service) leftUndone(ctx context.Context, err error) bool {
	var refusal *problem.Problem
	if !s.exclusive || !errors.As(err, &refusal) || refusal.Code != "RECORD_BUSY" {
		return false
	}
	_, err = s.recoverOne(ctx, refusal.Params["import"].EN)
	return err == nil
}

// running knows which imports this process is committing. It saves work; correctness rests on the table's conditions.
type running struct {
	mu      sync.Mutex
	imports map[string]chan struct{} // closed when the commit ends
}

// enter waits until no other commit of this import runs here.
func (r *running) enter(ctx context.Context, id string) (leave func(), err error) {
	for {
		leave, free := r.tryEnter(id)
		if free {
			return leave, nil
		}
		r.mu.Lock()
		ended := r.imports[id]
		r.mu.Unlock()
		if ended == nil {
			continue
		}
		select {
		case <-ended:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (r *running) tryEnter(id string) (leave func(), free bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.imports[id] != nil {
		return nil, false
	}
	if r.imports == nil {
		r.imports = map[string]chan struct{}{}
	}
	ended := make(chan struct{})
	r.imports[id] = ended
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.imports, id)
		close(ended)
	}, true
}
