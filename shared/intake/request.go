package intake

import (
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

// Create makes the record of an import whose file is awaited in the blob Incoming(id).
func (s *Store) Create(ctx context.Context, r Request) (*Import, error) {
	return s.CreateAs(ctx, s.ids(), r)
}

// CreateAs is Create with an identifier that was made for it. An import that is kept under it already is given as it stands, so that
// CreateAs may be repeated.
func (s *Store) CreateAs(ctx context.Context, id string, r Request) (*Import, error) {
	r.Name = strings.ToValidUTF8(r.Name, "\uFFFD")
	imp := &Import{
		ID: id, State: Awaiting, Request: r, File: File{Name: r.Name, Bytes: r.Bytes}, Person: r.Person, AskedAt: s.clock().UTC(),
	}
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

// Again has an import checked once more, with further answers: an answer replaces an earlier one to its question, an empty one takes
// it back. The import is then checking, and the hash of its earlier plan commits nothing any more; the check itself is for who reads
// sheets. IMPORT_UNKNOWN; IMPORT_NOT_CHECKED while its first check isn't done; RECORD_BUSY while it is being committed; IMPORT_DONE
// when it is committed; FILE_SIZE_DIFFERS when its file was not taken.
func (s *Store) Again(ctx context.Context, id string, answers map[string]string) (*Import, error) {
	return s.step(ctx, id, func(imp *Import) error {
		switch imp.State {
		case Awaiting, Checking:
			return notChecked(imp)
		case Committing:
			return problem.New("RECORD_BUSY").With("import", imp.ID)
		case Committed:
			return problem.New("IMPORT_DONE").Valued(imp.ID)
		}
		if imp.Problem == "FILE_SIZE_DIFFERS" {
			return problem.New(imp.Problem)
		}
		imp.State, imp.Problem, imp.Plan, imp.Done = Checking, "", "", 0
		imp.Attempt++
		imp.BegunAt, imp.CheckedAt = s.clock().UTC(), time.Time{}
		given := maps.Clone(imp.Request.Answers)
		if given == nil {
			given = map[string]string{}
		}
		maps.Copy(given, answers)
		maps.DeleteFunc(given, func(_, answer string) bool { return answer == "" })
		imp.Request.Answers = given
		return nil
	})
}

// Fail notes that what was asked of an import can't be done, and why: a commit that is refused for good, or work that failed too
// often. It is for awaiting, checking and checked imports; others stay as they are. IMPORT_UNKNOWN.
func (s *Store) Fail(ctx context.Context, id string, why problem.Code) (*Import, error) {
	return s.step(ctx, id, func(imp *Import) error {
		switch imp.State {
		case Awaiting, Checking, Checked:
			imp.State, imp.Problem = Failed, why
			return nil
		}
		return errSame
	})
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
