package sheet

// Rows streams the stored rows of a sheet in ascending order. Rows without a stored cell may be left out. What was read is
// void when Err is not nil after the last Next.
type Rows struct {
	row Row
	err error
}

// Next goes to the next row. It returns false at the end of the sheet and after an error.
func (r *Rows) Next() bool { return false }

// Row returns the current row, valid until Next.
func (r *Rows) Row() *Row { return &r.row }

// Err returns why the rows ended early: a *problem.Problem with a FILE_ code, or an error of the source or context.
func (r *Rows) Err() error { return r.err }

// Close stops reading. It returns nil; it may be called at any time and more than once.
func (r *Rows) Close() error { return nil }
