package intake

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// stepTries is how often a step of an import is tried that others overtake.
const stepTries = 8

// Create makes the record of an import whose file is awaited in the blob Incoming(id). ANSWERS_TOO_MANY.
func (s *Store) Create(ctx context.Context, r Request) (*Import, error) {
	return s.CreateAs(ctx, s.ids(), r)
}

// CreateAs is Create with an identifier that was made for it. An import that is kept under it already is given as it stands, so that
// CreateAs may be repeated. ANSWERS_TOO_MANY.
func (s *Store) CreateAs(ctx context.Context, id string, r Request) (*Import, error) {
	if err := CheckAnswers(r.Answers); err != nil {
		return nil, err
	}
	r.Name = strings.ToValidUTF8(r.Name, "\uFFFD")
	imp := &Import{
		ID: id, Request: r, File: File{Name: r.Name, Bytes: r.Bytes}, Person: r.Person, AskedAt: s.clock().UTC(),
	}
	imp.Become(Step{State: Awaiting, At: imp.AskedAt, Person: imp.Person})
	write, err := imp.Write(nil)
	if err != nil {
		return nil, err
	}
	err = s.table.Write(ctx, write)
	var there *table.ConditionError
	if errors.As(err, &there) {
		return s.Find(ctx, id)
	}
	return imp, err
}

// Begin notes that the file of an import has come and is being checked, also where its check was given up before; an import that is
// being checked, or was, stays as it is. IMPORT_UNKNOWN.
func (s *Store) Begin(ctx context.Context, id string) (*Import, error) {
	return s.step(ctx, id, func(imp *Import) error {
		if imp.State == Checking || !imp.Unchecked() {
			return errSame
		}
		now := s.clock().UTC()
		imp.Problem = ""
		imp.Become(Step{State: Checking, At: now})
		if imp.BegunAt.IsZero() {
			imp.BegunAt = now
		}
		return nil
	})
}

// Again has an import checked once more for a person ("" for whoever sent it), with further answers and edits: an answer replaces an earlier
// one to its question, an empty one takes it back; an edit replaces an earlier one of its cell (EditChange). The import is then checking, and
// the hash of its earlier plan commits nothing any more; the check itself is for who reads sheets. IMPORT_UNKNOWN; IMPORT_NOT_CHECKED while
// its first check isn't done; RECORD_BUSY while it is being committed or undone; IMPORT_DONE when it is committed, IMPORT_UNDONE when it is
// undone; IMPORT_ERASED when its file is no more; FILE_SIZE_DIFFERS when its file was not taken; ANSWERS_TOO_MANY and EDITS_TOO_MANY with those that it has; FIELD_INVALID and
// TEXT_TOO_LONG of edits.
func (s *Store) Again(ctx context.Context, id, person string, answers map[string]string, changes []EditChange) (*Import, error) {
	changes, err := cleanEdits(changes)
	if err != nil {
		return nil, err
	}
	return s.step(ctx, id, func(imp *Import) error {
		if err := imp.checkable(); err != nil {
			return err
		}
		imp.Problem, imp.Plan, imp.Done = "", "", 0
		imp.Attempt++
		imp.BegunAt, imp.CheckedAt = s.clock().UTC(), time.Time{}
		imp.Become(Step{State: Checking, At: imp.BegunAt, Person: cmp.Or(person, imp.Person)})
		given := maps.Clone(imp.Request.Answers)
		if given == nil {
			given = map[string]string{}
		}
		maps.Copy(given, answers)
		maps.DeleteFunc(given, func(_, answer string) bool { return answer == "" })
		imp.Request.Answers = given
		if err := CheckAnswers(given); err != nil {
			return err
		}
		return s.edit(ctx, imp, changes)
	})
}

// checkable says why an import can't be checked once more, nil when it can.
func (i *Import) checkable() error {
	if err := i.Available(); err != nil {
		return err
	}
	switch i.State {
	case Awaiting, Checking:
		return notChecked(i)
	case Committing, Undoing:
		return problem.New("RECORD_BUSY").With("import", i.ID)
	case Committed:
		return problem.New("IMPORT_DONE").Valued(i.ID)
	case Undone:
		return problem.New("IMPORT_UNDONE").Valued(i.ID)
	}
	if i.Erased() {
		return erased(i)
	}
	if i.Problem == "FILE_SIZE_DIFFERS" {
		return problem.New(i.Problem)
	}
	return nil
}

// TakeUp notes that the commit of a plan, which failed before, was ordered again: the import is checked, as before its first order. One
// whose plan is stale, or which did not fail, stays as it is. IMPORT_UNKNOWN.
func (s *Store) TakeUp(ctx context.Context, id, plan string) (*Import, error) {
	return s.step(ctx, id, func(imp *Import) error {
		if imp.State != Failed || plan == "" || imp.Committable(plan, Valid) != nil {
			return errSame
		}
		imp.State, imp.Problem = Checked, ""
		return nil
	})
}

// Fail notes that what was asked of an import can't be done, and why: its check, which failed too often, when plan is empty; else the
// commit of that plan. An import that has moved on meanwhile stays as it is. A failed import can be checked again, and its plan
// be committed in another mode unless it is stale. IMPORT_UNKNOWN.
func (s *Store) Fail(ctx context.Context, id, plan string, why *problem.Problem) (*Import, error) {
	return s.step(ctx, id, func(imp *Import) error {
		checks := plan == "" && (imp.State == Awaiting || imp.State == Checking)
		commits := plan != "" && imp.State == Checked && imp.Plan == plan
		if !checks && !commits {
			return errSame
		}
		imp.Problem, imp.Blocker = why.Code, why.Params["import"].EN
		imp.Become(Step{State: Failed, At: s.clock().UTC(), Plan: plan, Problem: why.Code})
		return nil
	})
}

// Advance notes how many rows of its stage an import at hand has done, and brings imp up to date. The position only moves
// forward: what another worker of the same attempt has done stays noted. *table.ConditionError when the import is no longer at
// this step of this attempt.
func (s *Store) Advance(ctx context.Context, imp *Import, done int64) error {
	for try := 1; imp.Done < done; try++ {
		next := *imp
		next.Done = done
		write, err := next.Write(imp)
		if err != nil {
			return err
		}
		write.Condition = table.AllOf(write.Condition, table.Equal("done", imp.Done))
		err = s.table.Write(ctx, write)
		var overtaken *table.ConditionError
		if !errors.As(err, &overtaken) {
			if err == nil {
				*imp = next
			}
			return err
		}
		current, findErr := s.Find(ctx, imp.ID)
		if findErr != nil {
			return findErr
		}
		if try == stepTries || current.State != imp.State || current.Attempt != imp.Attempt || current.Confirmed != imp.Confirmed {
			return err
		}
		*imp = *current
	}
	return nil
}

// errSame: a step has nothing to change.
var errSame = errors.New("intake: nothing to change")

// step changes an import as it stands, and again when another changed it meanwhile.
func (s *Store) step(ctx context.Context, id string, change func(*Import) error) (*Import, error) {
	for try := 1; ; try++ {
		before, err := s.Find(ctx, id)
		if err != nil {
			return nil, err
		}
		after := *before
		switch err := change(&after); {
		case errors.Is(err, errSame):
			return before, nil
		case err != nil:
			return nil, err
		}
		write, err := after.Write(before)
		if err != nil {
			return nil, err
		}
		err = s.table.Write(ctx, write)
		if err == nil {
			return &after, nil
		}
		var overtaken *table.ConditionError
		if !errors.As(err, &overtaken) || try == stepTries {
			return nil, err
		}
	}
}
