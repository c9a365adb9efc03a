// Package booking is the seam between those who change records, row by row, and books that take what follows from such records, as a deposit
// follows from a contribution. It knows no sheet, and not what stands in the books.
package booking

import (
	"context"
	"iter"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Books take what follows from records beside themselves: the entries of a commit are one batch, those of an undo another.
type Books interface {
	// Type is the record type whose lock the books are under.
	Type() string
	// Judge begins a batch as the books stand: at a check, and again under the lock.
	Judge(ctx context.Context, batch Batch) (Judge, error)
	// Resume goes on with a batch that was judged under the lock. *records.NotHeldError when it has ended.
	Resume(ctx context.Context, batch Batch) (Writer, error)
}

// Batch is the commit or undo that a batch is of.
type Batch struct {
	Import string // identifier
	Undo   bool
	File   string // SHA-256 of the sheet's file
	Sheet  string // its name; "csv" of a file without sheets
	Person string
	At     time.Time // of the entries
}

// Judge tells whether what follows from rows can be entered.
type Judge interface {
	// Load reads what the books have of records that were stored before: needed before Judge.
	Load(ctx context.Context, refs []records.Ref) error
	// Judge takes in the records of one row, in their order. A problem refuses the row, of which nothing counts then; its field is
	// FieldAmount, FieldDate or none.
	Judge(row []Booking) (*problem.Problem, error)
	// Keep gives the writes of what Resume needs to know.
	Keep() ([]table.Write, error)
}

// Writer enters what was judged.
type Writer interface {
	// Write enters what follows from records; it may be repeated.
	Write(ctx context.Context, bookings []Booking) error
	// End gives the writes that end the batch; they are of the transaction that releases the lock.
	End(ctx context.Context) ([]table.Write, error)
}

// Booking is a record that is written, as the books see it.
type Booking struct {
	Ref         records.Ref
	Body        table.Attributes // nil when it is removed
	New         bool             // never stored before
	Row         int
	Cell, Value string // where the row's money stands, and what stands there; "" in an undo
}

// The fields that a Judge names.
const (
	FieldAmount = "amount"
	FieldDate   = "date"
)

// Rows gives bookings, which are in the order of their rows, row by row.
func Rows(bookings []Booking) iter.Seq[[]Booking] {
	return func(yield func([]Booking) bool) {
		for len(bookings) > 0 {
			n := 1
			for n < len(bookings) && bookings[n].Row == bookings[0].Row {
				n++
			}
			if !yield(bookings[:n]) {
				return
			}
			bookings = bookings[n:]
		}
	}
}

// StoredBefore are the records of bookings that were stored before: those that Judge.Load is for.
func StoredBefore(bookings []Booking) []records.Ref {
	var refs []records.Ref
	for i := range bookings {
		if !bookings[i].New {
			refs = append(refs, bookings[i].Ref)
		}
	}
	return refs
}
