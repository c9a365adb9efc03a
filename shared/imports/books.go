package imports

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

// Booked says in which columns of a kind the money and the day of a booking stand.
type Booked struct{ Amount, Date string }

// column is where a field of the books stands in the kind's sheet.
func (b Booked) column(field string) string {
	switch field {
	case booking.FieldAmount:
		return b.Amount
	case booking.FieldDate:
		return b.Date
	}
	return ""
}

// Bookable is implemented by kinds whose records are booked; with the zero value they are not.
type Bookable interface{ Booked() Booked }

// booked tells in which columns a kind has what is booked; false where nothing is.
func (s *Service) booked(kind Kind) (Booked, bool) {
	bookable, ok := kind.(Bookable)
	if !ok || s.books == nil || bookable.Booked() == (Booked{}) {
		return Booked{}, false
	}
	return bookable.Booked(), true
}

// keepsBooks reports whether what an import wrote is booked. Its record says so, whatever has become of its kind.
func (s *Service) keepsBooks(imp *intake.Import) bool {
	return s.books != nil && slices.Contains(imp.Touches, s.books.Type())
}

// bookings are the records that a row writes.
func (r *PlanRow) bookings(to []booking.Booking) []booking.Booking {
	for i := range r.Writes {
		if w := &r.Writes[i]; w.effective() {
			to = append(to, booking.Booking{Ref: w.ref(), Body: w.After, New: w.Base == 0, Row: r.Row, Cell: r.Cell, Value: r.Value})
		}
	}
	return to
}

// bookedSheet is a sheet's name as the books have it. The one of a CSV file is the file's, in which anything can stand, also whose money it
// is: from the books nothing is ever taken out.
func bookedSheet(file intake.File, name string) string {
	if file.Format == string(sheet.CSV) {
		return string(sheet.CSV)
	}
	return name
}

func bookBatch(imp *intake.Import) booking.Batch {
	b := booking.Batch{Import: imp.ID, File: imp.File.SHA256, Sheet: bookedSheet(imp.File, imp.Sheet), Person: imp.Storer(), At: imp.StartedAt}
	if imp.State == intake.Undoing {
		b.Undo, b.Person, b.At = true, imp.Undo.Person, imp.Undo.StartedAt
	}
	return b
}

// judgeBooks judges under the lock what a commit will enter, and gives the writes of the step to writing. PLAN_STALE when the books no
// longer take what they took at the check. It is not interrupted: it reads, and there is nothing half done to keep.
func (s *Service) judgeBooks(ctx context.Context, imp *intake.Import) (also []table.Write, err error) {
	if !s.keepsBooks(imp) {
		return nil, nil
	}
	var judge booking.Judge
	err = s.retry(ctx, func() (err error) {
		judge, err = s.books.Judge(ctx, bookBatch(imp))
		return err
	})
	if err != nil {
		return nil, err
	}
	var batch []booking.Booking
	flush := func() error {
		err := s.judgeBookings(ctx, judge, batch)
		batch = batch[:0]
		return err
	}
	rows := 0
	err = s.eachRow(ctx, planOf(imp), func(row PlanRow) error {
		batch = row.bookings(batch)
		if rows++; rows%s.batch != 0 {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return nil, err
	}
	return judge.Keep()
}

func (s *Service) judgeBookings(ctx context.Context, judge booking.Judge, batch []booking.Booking) error {
	if err := s.retry(ctx, func() error { return judge.Load(ctx, booking.StoredBefore(batch)) }); err != nil {
		return err
	}
	for row := range booking.Rows(batch) {
		refusal, err := judge.Judge(row)
		if err != nil {
			return err
		}
		if refusal != nil {
			return problem.New("PLAN_STALE")
		}
	}
	return nil
}

// bookWriter goes on with an import's batch; nil where nothing is booked.
func (s *Service) bookWriter(ctx context.Context, imp *intake.Import) (w booking.Writer, err error) {
	if !s.keepsBooks(imp) {
		return nil, nil
	}
	err = s.retry(ctx, func() error {
		w, err = s.books.Resume(ctx, bookBatch(imp))
		return err
	})
	return w, moved(err)
}

// book enters what follows from records that were written.
func (s *Service) book(ctx context.Context, imp *intake.Import, w booking.Writer, bookings []booking.Booking) error {
	if w == nil || len(bookings) == 0 {
		return nil
	}
	return moved(s.refused(ctx, imp, s.retry(ctx, func() error { return w.Write(ctx, bookings) })))
}

// endBooks gives the last writes of a batch.
func (s *Service) endBooks(ctx context.Context, imp *intake.Import, w booking.Writer) (last []table.Write, err error) {
	if w == nil {
		return nil, nil
	}
	err = s.retry(ctx, func() error {
		last, err = w.End(ctx)
		return err
	})
	return last, moved(s.refused(ctx, imp, err))
}

// money tells the cell that a line's money stands in, and what stands there.
func (b Booked) money(located *sheet.Located, line *sheet.Line) (name, value string) {
	col := columnOf(located, b.Amount)
	if col == 0 {
		return "", ""
	}
	cell := line.Row.At(col)
	if cell == nil {
		return "", ""
	}
	value = cell.Raw
	if cell.Kind == sheet.KindText || value == "" {
		value = cell.Text
	}
	return sheet.CellName(col, line.Number), value
}

// heldByBooks names, in an undo, what rests on a row whose entry can't be taken back.
var heldByBooks = locale.Text{
	EN: "money of the fund that is set aside or spent", FR: "de l'argent du fonds qui est alloué ou dépensé",
	ES: "dinero del fondo que está asignado o gastado",
}

// openBooks begins to judge what the rows of a check would enter.
func (c *checker) openBooks(ctx context.Context) (err error) {
	booked, ok := c.service.booked(c.kind)
	if !ok {
		return nil
	}
	c.booked = booked
	c.books, err = c.service.books.Judge(ctx, booking.Batch{
		Import: c.report.Import, File: c.report.File.SHA256, Sheet: bookedSheet(c.report.File, c.located.Sheet), Person: c.env.Person,
		At: c.env.Now,
	})
	return err
}

// judgeBooks tells whether the books refuse a row, and notes in the plan's line where its money stands.
func (c *checker) judgeBooks(row *candidate, line *PlanRow) (refused bool, err error) {
	if line.Outcome != intake.Create && line.Outcome != intake.Update {
		return false, nil
	}
	line.Cell, line.Value = row.cell, row.value
	c.bookings = line.bookings(c.bookings[:0])
	rest := c.bookings
	for i := range line.Writes {
		w := &line.Writes[i]
		if !w.effective() {
			continue
		}
		if rest[0].Body == nil { // it is only spelled yet
			if rest[0].Body, err = c.parser.attributes(w.after); err != nil {
				return false, err
			}
		}
		rest = rest[1:]
	}
	refusal, err := c.books.Judge(c.bookings)
	if err != nil || refusal == nil {
		return false, err
	}
	field := c.booked.column(refusal.Field)
	p := refusal.In(field).At(c.located.Sheet, row.row, columnOf(c.located, field))
	c.refusals = append(c.refusals, c.retainer.retain(*p))
	return true, nil
}
