package records

import (
	"context"
	"errors"
	"fmt"

	"github.com/learning-cities/guildhall/shared/table"
)

var errSoon = errors.New("records: being written")

// Encode turns a struct (or map with text keys) into attributes by its json tags. A float anywhere is an error; nil is left out.
func Encode(v any) (table.Attributes, error) { return nil, errSoon }

// Decode fills the struct that v points to from attributes, by its json tags.
func Decode(body table.Attributes, v any) error { return errSoon }

// Same says whether two bodies are equal.
func Same(a, b table.Attributes) bool { return false }

// Lock is the commit lock of one record type.
type Lock struct {
	Type    string
	Version int64  // grows by one at each release
	Import  string // who holds it; "" when it is free
	Plan    string // the hash of the plan being executed
	Phase   string // how far the holder says it has come; "" after Acquire
}

// BusyError says that another import holds a lock (RECORD_BUSY).
type BusyError struct{ Type, Import string }

// Error implements error.
func (e *BusyError) Error() string {
	return fmt.Sprintf("records: %s is being changed by import %s", e.Type, e.Import)
}

// NotHeldError says that an import doesn't hold a lock (any more).
type NotHeldError struct{ Type, Import string }

// Error implements error.
func (e *NotHeldError) Error() string {
	return fmt.Sprintf("records: import %s doesn't hold the lock of %s", e.Import, e.Type)
}

// Locks returns the locks of the types, in the order of types.
func (s *Store) Locks(ctx context.Context, types []string) ([]Lock, error) { return nil, errSoon }

// Acquire takes the locks of all types, or none.
func (s *Store) Acquire(ctx context.Context, types []string, imp, plan string, also ...table.Write) error {
	return errSoon
}

// Advance notes the phase in the locks that the import holds. *NotHeldError.
func (s *Store) Advance(ctx context.Context, types []string, imp, phase string) error { return errSoon }

// ReleaseWith frees the locks and does the caller's writes in the same transaction. *NotHeldError.
func (s *Store) ReleaseWith(ctx context.Context, types []string, imp string, also ...table.Write) error {
	return errSoon
}

// Guard is what other writers add to their own transactions: the locks of these types are free.
func Guard(types ...string) []table.Write { return nil }

// Busy returns the *BusyError that a failed Guard in a transaction's error means, else the error as it is.
func Busy(err error) error { return err }

// Snapshot calls read so that it sees no commit half done.
func (s *Store) Snapshot(ctx context.Context, types []string, read func(Reader) error) error {
	return errSoon
}

// Claim is a slot or key that only one holder can have.
type Claim struct{ Partition, ID, Holder string }

// Put is one record to write: Ref, Body and Provenance of the embedded record; its version becomes Base + 1.
type Put struct {
	Record
	Base   int64 // the version it replaces; 0 creates
	Claims []Claim
}

// ConflictError says that a record was changed by another than this import since Base.
type ConflictError struct {
	Ref     Ref
	Current *Record // nil when the record is gone
}

// Error implements error.
func (e *ConflictError) Error() string { return "records: changed meanwhile: " + e.Ref.String() }

// ClaimError says that a claim is another's.
type ClaimError struct {
	Claim  Claim
	HeldBy string
}

// Error implements error.
func (e *ClaimError) Error() string {
	return fmt.Sprintf("records: %s %s is held by %s", e.Claim.Partition, e.Claim.ID, e.HeldBy)
}

// PutEach writes the records of an import's plan.
func (s *Store) PutEach(ctx context.Context, imp string, puts []Put) []error { return []error{errSoon} }

// Holders returns the claims of a partition in the order of their ids.
func Holders(ctx context.Context, r Reader, partition string) ([]Claim, error) { return nil, errSoon }
