package table

import (
	"errors"
	"strings"
)

var (
	// ErrNotFound: no item is stored under the key.
	ErrNotFound = errors.New("table: item not found")
	// ErrInvalid: the request breaks the seam's rules; a mistake of the calling code.
	ErrInvalid = errors.New("table: invalid request")
	// ErrTooLarge: an item or a transaction exceeds its limit.
	ErrTooLarge = errors.New("table: too large")
	// ErrCursor: the cursor isn't one of this query's.
	ErrCursor = errors.New("table: cursor of another query")
	// ErrBusy: another process holds the store (STORE_BUSY).
	ErrBusy = errors.New("table: store held by another process")
	// ErrUnavailable: the engine could not answer; a write may or may not have taken effect.
	ErrUnavailable = errors.New("table: unavailable")
	// ErrUnsettled: the items changed so often that no snapshot of them could be had.
	ErrUnsettled = errors.New("table: items keep changing")
	// ErrClosed: the table was closed before.
	ErrClosed = errors.New("table: closed")
)

// ConditionError says that a single write did not happen because its condition didn't hold.
type ConditionError struct {
	Label   string
	Key     Key
	Current *Item // the item as stored at that moment; nil when there was none
}

// Error implements error.
func (e *ConditionError) Error() string {
	return "table: condition failed: " + e.name()
}

func (e *ConditionError) name() string {
	if e.Label != "" {
		return e.Label
	}
	return e.Key.String()
}

// Failure is one condition of a transaction that didn't hold.
type Failure struct {
	Index int // of the write in the transaction
	ConditionError
}

// TransactionError says that a transaction did not happen. Failed is not empty and in the order of the writes; an engine may
// leave out further failures beyond the first that it finds.
type TransactionError struct{ Failed []Failure }

// Error implements error.
func (e *TransactionError) Error() string {
	names := make([]string, len(e.Failed))
	for i := range e.Failed {
		names[i] = e.Failed[i].name()
	}
	return "table: transaction failed: " + strings.Join(names, ", ")
}
