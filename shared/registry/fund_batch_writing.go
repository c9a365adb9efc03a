package registry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// fundDay are the sums of a day, with the last batch that is in them: an import's that goes on after an interruption, or late, adds none twice.
type fundDay struct {
	trust.Day
	Batch int64 `json:"batch,omitempty"`
}

// batchWriter enters a batch that was judged.
type batchWriter struct {
	bookedBatch
	days []civil.Date
}

// Resume implements booking.Books. The books stand still under the lock, so that what was judged can be entered.
func (r *Registry) Resume(ctx context.Context, batch booking.Batch) (booking.Writer, error) {
	b, err := r.bookedBatch(ctx, batch)
	if err != nil {
		return nil, err
	}
	kept, err := find[batchRecord](ctx, r.records, batchRef(batch))
	if err != nil && !errors.Is(err, records.ErrNotFound) {
		return nil, err
	}
	if kept.Number != b.number { // the batch has ended meanwhile
		return nil, &records.NotHeldError{Type: fundEntryType, Import: batch.Import}
	}
	return &batchWriter{b, kept.Days}, nil
}

// Write implements booking.Writer.
func (w *batchWriter) Write(ctx context.Context, bookings []booking.Booking) error {
	if err := w.Load(ctx, booking.StoredBefore(bookings)); err != nil {
		return err
	}
	if w.ahead { // others have finished this batch, and what it would find now isn't what it was judged by
		return &records.NotHeldError{Type: fundEntryType, Import: w.batch.Import}
	}
	var puts []records.Put
	for booked := range booking.Rows(bookings) {
		row, err := w.row(booked)
		if err != nil {
			return err
		}
		puts = append(puts, row...)
	}
	if len(puts) == 0 {
		return nil
	}
	return cmp.Or(w.registry.records.PutEach(ctx, w.batch.Import, puts)...)
}

// row gives the puts of a row: its entries, the marks of those that are taken back, and which stand for its records now.
func (w *batchWriter) row(row []booking.Booking) (puts []records.Put, err error) {
	changes, err := w.changes(row)
	if err != nil {
		return nil, err
	}
	put := func(ref records.Ref, base int64, body any) error {
		one, err := w.put(ref, base, body)
		puts = append(puts, one)
		return err
	}
	for _, c := range changes {
		mark := recordEntries{onBooks: c.after, Batch: w.number, Before: c.standing.onBooks}
		for _, entry := range c.entries {
			err = errors.Join(err, put(entryRef(entry.ID), 0, entry))
			if entry.Reverses != "" {
				err = errors.Join(err, put(reversedRef(entry.Reverses), 0, reversedMark{entry.ID, true}))
			} else {
				mark.Now[slices.Index(mark.Now, "")] = entry.ID
			}
		}
		err = errors.Join(err, put(enteredRef(c.ref), c.standing.version, mark))
	}
	return puts, err
}

// End implements booking.Writer: it reads the batch back, day by day, adds it to the sums of its days, and gives the link and the head.
func (w *batchWriter) End(ctx context.Context) ([]table.Write, error) {
	head := w.head
	head.Balances = head.Balances.Clone()
	var rolling ledger.Rolling
	for _, day := range w.days {
		moves := ledger.Balances{}
		prefix := fmt.Sprintf("%s#%012d#", day, w.number)
		err := scan(ctx, w.registry.records, fundEntryType, fmt.Sprint(day.Year), prefix, func(_ records.Record, entry ledger.Entry) error {
			return errors.Join(moves.Add(entry), head.Balances.Add(entry), rolling.Add(entry))
		})
		if err == nil {
			err = w.day(ctx, day, moves)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(w.days) == 0 { // nothing of the books has changed
		return nil, nil
	}
	entries, _ := rolling.Sum()
	head.Link, head.Total = head.Link.Next(batchName(w.batch), rolling), head.Total+int64(entries)
	if first := w.days[0].Year; head.First == 0 || first < head.First {
		head.First = first
	}
	head.Last = max(head.Last, w.days[len(w.days)-1].Year)
	link, err := w.writes(linkRef(head.Link.Number), 0, fundLink{head.Link, w.days})
	if err != nil {
		return nil, err
	}
	moved, err := w.writes(fundHeadRef, w.version, head)
	if err != nil {
		return nil, err
	}
	return w.registry.records.Keeping(ctx, batchProvenance(w.batch), append(link, moved...))
}

// day adds a batch's part of a day to its sums, unless it is in them.
func (w *batchWriter) day(ctx context.Context, date civil.Date, moves ledger.Balances) error {
	ref := fundDayRef(date)
	day := fundDay{Day: trust.Day{Date: date, Moves: ledger.Balances{}}}
	record, err := w.registry.records.Get(ctx, ref)
	if err == nil {
		err = records.Decode(record.Body, &day)
	}
	if err != nil && !errors.Is(err, records.ErrNotFound) || day.Batch >= w.number {
		return err
	}
	day.Batch = w.number
	for account, minor := range moves {
		if day.Moves[account] += minor; day.Moves[account] == 0 {
			delete(day.Moves, account)
		}
	}
	put, err := w.put(ref, record.Version, day)
	if err != nil {
		return err
	}
	return cmp.Or(w.registry.records.PutEach(ctx, w.batch.Import, []records.Put{put})...)
}
