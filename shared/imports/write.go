package imports

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// writeRows writes every record of the plan. Each write may be repeated: it takes effect on the version that the plan was
// confirmed against, or again on what this import wrote.
func (s *Service) writeRows(ctx context.Context, imp *intake.Import, books booking.Writer, progress Progress) error {
	return s.writeStage(ctx, imp, planOf(imp), Writing, books, progress, func(row *PlanRow, puts []records.Put) []records.Put {
		for i := range row.Writes {
			if write := &row.Writes[i]; write.effective() {
				puts = append(puts, putOf(imp, row.Row, write))
			}
		}
		return puts
	})
}

// writeStage writes a plan's rows, batch by batch, and what follows from them in the books. What is left to do in the books then is in one
// piece, for which it asks for time of its own (Config.Hurry).
func (s *Service) writeStage(
	ctx context.Context, imp *intake.Import, plan keptPlan, stage Stage, books booking.Writer, progress Progress,
	add func(row *PlanRow, puts []records.Put) []records.Put,
) error {
	var puts []records.Put
	var bookings []booking.Booking
	rows, before := 0, int(imp.Done)
	flush := func() error {
		err := s.list(ctx, imp, puts)
		if err == nil {
			err = s.put(ctx, imp, puts)
		}
		if err == nil {
			err = s.book(ctx, imp, books, bookings)
		}
		puts, bookings = puts[:0], bookings[:0]
		return err
	}
	err := s.stage(ctx, imp, plan, stage, progress, flush, func(row PlanRow) {
		rows++
		puts = add(&row, puts)
		if books != nil {
			bookings = row.bookings(bookings)
		}
	})
	if err != nil || books == nil || rows == 0 || !s.hurried(ctx) {
		return err
	}
	if err := s.note(ctx, imp, before+rows); err != nil {
		return err
	}
	return &Unfinished{Import: imp.ID, Stage: stage, Rows: before + rows}
}

// list enters a batch into the lists of its kind.
func (s *Service) list(ctx context.Context, imp *intake.Import, puts []records.Put) error {
	at := slices.IndexFunc(s.kinds, func(k Kind) bool { return k.Name() == imp.Kind })
	if at < 0 || len(puts) == 0 {
		return nil
	}
	listing, ok := s.kinds[at].(Listing)
	if !ok {
		return nil
	}
	return s.retry(ctx, func() error {
		return listing.List(ctx, Listed{
			Records: s.records, Programme: s.programme, Now: puts[0].Provenance.At, Import: imp.ID, Puts: puts,
		})
	})
}

func putOf(imp *intake.Import, row int, write *PlanWrite) records.Put {
	return records.Put{
		Record: records.Record{
			Ref: write.ref(), Version: write.Base + 1, Body: write.After,
			Provenance: records.Provenance{
				Import: imp.ID, File: imp.File.Name, FileSHA256: imp.File.SHA256, Sheet: imp.Sheet, Row: row,
				Person: imp.Storer(), At: imp.StartedAt,
			},
		},
		Base: write.Base, Claims: write.claims(),
	}
}

// put writes a batch, and again what failed for the moment.
func (s *Service) put(ctx context.Context, imp *intake.Import, puts []records.Put) error {
	if len(puts) == 0 {
		return nil
	}
	return s.retry(ctx, func() error {
		left, err := failures(puts, s.records.PutEach(ctx, imp.ID, puts))
		puts = left
		return s.refused(ctx, imp, err)
	})
}

// failures returns the puts that failed for the moment, with table.ErrUnavailable; or the first other error.
func failures(puts []records.Put, errs []error) (left []records.Put, err error) {
	for i, one := range errs {
		switch {
		case one == nil:
		case errors.Is(one, table.ErrUnavailable):
			left = append(left, puts[i])
			err = one
		default:
			return puts, one
		}
	}
	return left, err
}

// refused explains a write that found something else than the plan. Under the lock that can't be; so either this is a
// straggler, whose import another process has finished, or something wrote without asking for the lock.
func (s *Service) refused(ctx context.Context, imp *intake.Import, err error) error {
	var conflict *records.ConflictError
	var claim *records.ClaimError
	if !errors.As(err, &conflict) && !errors.As(err, &claim) {
		return err
	}
	current, findErr := s.intake.Find(ctx, imp.ID)
	if findErr != nil {
		return errors.Join(findErr, err)
	}
	if current.State != imp.State || current.Attempt != imp.Attempt {
		return errMoved
	}
	return fmt.Errorf("imports: %s was overtaken by a writer that ignores its lock: %w", imp.ID, err)
}
