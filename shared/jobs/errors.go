package jobs

import (
	"errors"
	"fmt"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// poison is a message that can never be done: it becomes a dead letter with this reason.
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

// why is the code that a record gets for what was given up.
func why(cause error) problem.Code {
	if code := codeOf(cause); code != "" {
		return code
	}
	var busy *records.BusyError
	if errors.As(cause, &busy) {
		return "RECORD_BUSY"
	}
	if passes(cause) {
		return "UNAVAILABLE"
	}
	return "INTERNAL"
}
