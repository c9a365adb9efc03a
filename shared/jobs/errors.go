package jobs

import (
	"errors"
	"fmt"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// poison is a message that can never be done: it becomes a dead letter, and the log has why.
func poison(format string, args ...any) error { return fmt.Errorf("jobs: "+format, args...) }

// passes reports whether an error is of the moment.
func passes(err error) bool {
	var busy *records.BusyError
	return codeOf(err) == "RECORD_BUSY" || errors.As(err, &busy) ||
		errors.Is(err, table.ErrUnavailable) || errors.Is(err, blob.ErrUnavailable) || errors.Is(err, queue.ErrUnavailable)
}

// codeOf is the code of a refusal, empty for other errors.
func codeOf(err error) problem.Code {
	var refusal *problem.Problem
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return ""
}

// why is what the record of a task gets to say when it is given up. An error of ours is referred to by the record's identifier, by
// which the log has it.
func why(cause error, id string) *problem.Problem {
	var refusal *problem.Problem
	if errors.As(cause, &refusal) {
		return refusal
	}
	var busy *records.BusyError
	if errors.As(cause, &busy) {
		return problem.New("RECORD_BUSY").With("import", busy.Import)
	}
	if passes(cause) {
		return problem.New("UNAVAILABLE")
	}
	return problem.New("INTERNAL").With("reference", id)
}

// failureOf is an error as a dead letter carries it.
func failureOf(err error) task.Failure {
	switch code := codeOf(err); {
	case passes(err):
		return task.Failure{Code: task.Waited}
	case code != "":
		return task.Failure{Code: task.Refused, Cause: code}
	}
	return task.Failure{Code: task.Failed}
}

// named refuses a message that names what can't be an identifier.
func named(id string) error {
	if !identity.WellFormed(id) {
		return poison("no identifier: %.80q", id)
	}
	return nil
}
