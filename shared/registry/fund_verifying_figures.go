package registry

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/trust"
)

// checkpoints follows donors' figures from the first entry on, and compares them with what was kept at each closing.
func (v *verifying) checkpoints(ctx context.Context, closings []civil.Date) error {
	kept := map[civil.Date]fundCheckpoint{}
	err := scan(ctx, v.from, fundCheckpointType, "", "", func(record records.Record, c fundCheckpoint) error {
		if c.Day.After(v.head.ClosedTo) {
			return nil // closed since the head was read
		}
		if record.Ref != checkpointRef(c.Day) {
			return v.figuresOff(c.Day, "kept by its day", record.Ref.ID)
		}
		kept[c.Day] = c
		return nil
	})
	if err != nil {
		return err
	}
	book, since := attribution.New(trust.AreaOf), civil.Date{}
	for _, day := range closings {
		if err := v.follow(ctx, book, since, day); err != nil {
			return err
		}
		text, err := figuresHash(book)
		if err != nil {
			return err
		}
		if kept[day].Text != text {
			return v.figuresOff(day, text, kept[day].Text)
		}
		switch _, err := kept[day].read(ctx, v.from); {
		case errors.Is(err, attribution.ErrKept):
			return v.figuresOff(day, text, err.Error())
		case err != nil:
			return err
		}
		delete(kept, day)
		since = day
	}
	for _, day := range slices.SortedFunc(maps.Keys(kept), civil.Date.Compare) {
		return v.figuresOff(day, "no such closing", kept[day].Text)
	}
	return nil
}

func (v *verifying) follow(ctx context.Context, book *attribution.Book, since, day civil.Date) error {
	err := trust.Follow(book, entriesAfter(ctx, v.from, v.head, since), day, nil)
	if errors.Is(err, attribution.ErrBeyond) || errors.Is(err, attribution.ErrAmount) {
		return v.figuresOff(day, "entries that donors' money covers", err.Error())
	}
	return err
}

func (v *verifying) figuresOff(day civil.Date, want, got string) error {
	return &ledger.Fault{Flaw: ledger.FiguresOff, Link: v.head.Link.Number, Entry: day.String(), Want: want, Got: got}
}
