package registry

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// batchJudge judges the entries of a batch, each on top of those before it.
type batchJudge struct {
	bookedBatch
	period trust.Period
	// most and least are what accounts come to by what debits them alone, and by what credits them: rows are judged in the sheet's order
	// and entered in the order of their days, and no account may be out of range in either.
	most, least ledger.Balances
	today       civil.Date
	days        map[civil.Date]bool
	kept        int64 // version of the batch's record of an earlier attempt
}

// Judge implements booking.Books. RECORD_BUSY.
func (r *Registry) Judge(ctx context.Context, batch booking.Batch) (booking.Judge, error) {
	for try := 1; ; try++ {
		j, err := r.judge(ctx, batch)
		if err == nil || !errors.Is(err, errBooksMoved) || try == tries {
			return j, busy(err)
		}
		if err := r.Pause(ctx, try); err != nil {
			return nil, err
		}
	}
}

// errBooksMoved: something was appended while the days were read.
var errBooksMoved = fmt.Errorf("%w: the fund's books moved", table.ErrUnavailable)

func (r *Registry) judge(ctx context.Context, batch booking.Batch) (*batchJudge, error) {
	b, err := r.books(ctx, r.records, Origin{}, batch.At)
	if err != nil {
		return nil, err
	}
	j := &batchJudge{today: r.today(batch.At), days: map[civil.Date]bool{}, most: b.head.Balances.Clone(), least: b.head.Balances.Clone()}
	if j.period, _, err = b.period(ctx); err != nil {
		return nil, err
	}
	if j.bookedBatch, err = r.bookedBatch(ctx, batch); err != nil {
		return nil, err
	}
	if j.version != b.version {
		return nil, errBooksMoved
	}
	switch record, err := r.records.Get(ctx, batchRef(batch)); {
	case err == nil:
		j.kept = record.Version
	case !errors.Is(err, records.ErrNotFound):
		return nil, err
	}
	return j, nil
}

// Judge implements booking.Judge. Problems: DATE_AHEAD, NUMBER_OUT_OF_RANGE and those of trust.Event.Check and
// trust.Period.CheckEntry.
func (j *batchJudge) Judge(row []booking.Booking) (*problem.Problem, error) {
	changes, err := j.changes(row)
	var no *Refused
	if errors.As(err, &no) {
		return no.Problems[0], nil
	}
	if err != nil {
		return nil, err
	}
	var taken []ledger.Entry
	for _, c := range changes {
		for _, entry := range c.entries {
			refusal, err := j.take(entry)
			if refusal != nil || err != nil {
				return refusal, errors.Join(err, j.takeBack(taken))
			}
			taken = append(taken, entry)
		}
	}
	for _, entry := range taken {
		j.days[entry.Date] = true
	}
	return nil, nil
}

// take enters an entry on top of those before it, or says why not.
func (j *batchJudge) take(entry ledger.Entry) (*problem.Problem, error) {
	if entry.Reverses == "" {
		if problems := trust.EventOf(entry, j.registry.currency().Code).Check(j.registry.Programme); len(problems) > 0 {
			return problems[0], nil
		}
	}
	if entry.Date.After(j.today) {
		return problem.New("DATE_AHEAD").In(booking.FieldDate).Valued(entry.Date).WithText("today", j.today.Text()), nil
	}
	if p := j.period.CheckEntry(entry, j.registry.currency()); p != nil {
		return p, nil
	}
	if err := entry.Check(); err != nil {
		return nil, err
	}
	err := j.period.Add(entry)
	if err == nil {
		debits, credits := sides(entry)
		if err = j.most.Add(debits); err == nil {
			if err = j.least.Add(credits); err != nil {
				err = errors.Join(err, j.most.Add(negated(debits)))
			}
		}
		if err != nil {
			err = errors.Join(err, j.period.Add(negated(entry)))
		}
	}
	if errors.Is(err, ledger.ErrRange) {
		return trust.OutOfRange(trust.EventOf(entry, j.registry.currency().Code).Amount, j.registry.currency()), nil
	}
	return nil, err
}

func (j *batchJudge) takeBack(taken []ledger.Entry) error {
	for _, entry := range slices.Backward(taken) {
		debits, credits := sides(entry)
		err := errors.Join(j.period.Add(negated(entry)), j.most.Add(negated(debits)), j.least.Add(negated(credits)))
		if err != nil {
			return err
		}
	}
	return nil
}

// sides are an entry's debits and its credits.
func sides(entry ledger.Entry) (debits, credits ledger.Entry) {
	debits, credits = entry, entry
	debits.Postings, credits.Postings = nil, nil
	for _, posting := range entry.Postings {
		if posting.Minor > 0 {
			debits.Postings = append(debits.Postings, posting)
		} else {
			credits.Postings = append(credits.Postings, posting)
		}
	}
	return debits, credits
}

// negated is an entry of the same day that moves everything back.
func negated(entry ledger.Entry) ledger.Entry {
	back := entry.Reversal()
	back.Date = entry.Date
	return back
}

// Keep implements booking.Judge.
func (j *batchJudge) Keep() ([]table.Write, error) {
	days := slices.SortedFunc(maps.Keys(j.days), civil.Date.Compare)
	return j.writes(batchRef(j.batch), j.kept, batchRecord{j.number, days})
}
