package sheet

// Rows streams the rows of a sheet that hold a value, in ascending order. What was read is void when Err is not nil after
// the last Next.
type Rows struct {
	book   *Book
	sheet  string
	source rowSource // nil once the end was reached
	stop   func()
	row    Row
	err    error
}

// rowSource is where rows come from.
type rowSource interface {
	// next fills the row, whose cells may be reused, and returns false at the end.
	next(row *Row) (bool, error)
	// layout is complete after the end.
	layout() Layout
	close()
}

// Next goes to the next row. It returns false at the end of the sheet and after an error.
func (r *Rows) Next() bool {
	if r.source == nil {
		return false
	}
	ok, err := r.source.next(&r.row)
	if ok {
		return true
	}
	if err == nil {
		r.book.keepLayout(r.sheet, r.source.layout())
	} else if r.book.open.Err() != nil {
		err = errClosed
	}
	r.err = err
	r.end()
	return false
}

// Row returns the current row, valid until Next.
func (r *Rows) Row() *Row { return &r.row }

// Err returns why the rows ended early: a *problem.Problem with a FILE_ code, or an error of the source or context.
func (r *Rows) Err() error { return r.err }

// Close stops reading. It returns nil; it may be called more than once.
func (r *Rows) Close() error {
	r.end()
	return nil
}

func (r *Rows) end() {
	if r.source != nil {
		r.stop()
		r.source.close()
		r.source = nil
	}
}
