package imports

import (
	"context"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// seenRow is an earlier row, under its key or a record that it writes.
type seenRow struct {
	content [16]byte
	row     int32
}

// identify compares a row with the earlier ones of the sheet: a repetition is skipped, a contradiction fails. A failing row
// is never skipped: its own problems are what the sender has to see.
func (c *checker) identify(row *candidate) {
	repeats, contradicts := c.sameKey(row)
	if repeats == 0 && contradicts == 0 && !row.failed {
		repeats, contradicts = c.sameRecords(row)
	}
	switch {
	case contradicts != 0:
		row.failed = true
		c.raiseRow(row.row, problem.New("ROW_DUPLICATE_IN_FILE").WithInt("other", contradicts))
	case repeats != 0 && !row.failed:
		row.outcome, row.changes = intake.Skip, nil
		c.raiseRow(row.row, problem.New("ROW_DUPLICATE_IN_FILE").WithInt("other", repeats).Rated(problem.Info))
	}
}

// sameKey returns the earlier row with this key, as one that is repeated or one that is contradicted.
func (c *checker) sameKey(row *candidate) (repeats, contradicts int) {
	if !row.keyed {
		return 0, 0
	}
	earlier, ok := c.seen[row.key]
	switch {
	case !ok:
		c.seen[row.key] = seenRow{content: row.content, row: int32(row.row)}
		return 0, 0
	case earlier.content == row.content:
		return int(earlier.row), 0
	default:
		return 0, int(earlier.row)
	}
}

// sameRecords looks for the row's records among those that earlier rows write. A row all of whose records are written by
// earlier rows in the same way repeats them; where a record would be written in two ways, the later row contradicts.
func (c *checker) sameRecords(row *candidate) (repeats, contradicts int) {
	fresh := 0
	for i := range row.changes {
		one := &row.changes[i]
		ref, content := c.identityOf(one)
		earlier, ok := c.seen[ref]
		switch {
		case !ok:
			fresh++
			c.seen[ref] = seenRow{content: content, row: int32(row.row)}
		case int(earlier.row) == row.row:
		case one.KeepExisting || earlier.content == content:
			one.first = int(earlier.row)
			repeats = one.first
		default:
			contradicts = int(earlier.row)
		}
	}
	if contradicts != 0 || fresh > 0 {
		return 0, contradicts
	}
	return repeats, 0
}

func (c *checker) identityOf(one *change) (ref, content [16]byte) {
	c.scratch = append(append(c.scratch[:0], "ref "...), one.Ref.String()...)
	return shortHash(c.scratch), shortHash(one.spelled)
}

// compare compares a batch with the rows before it and with what is stored, and puts it into the plan.
func (c *checker) compare(ctx context.Context, b *batch) error {
	c.raise(b.problems)
	c.refs = c.refs[:0]
	for i := range b.rows {
		row := &b.rows[i]
		for k := range row.changes {
			c.refs = append(c.refs, row.changes[k].Ref)
		}
		for k := range row.besides {
			c.refs = append(c.refs, row.besides[k].Ref)
		}
	}
	stored, err := c.stored(ctx, c.refs)
	if err != nil {
		return err
	}
	for i := range b.rows {
		row := &b.rows[i]
		if row.outcome != "" {
			continue
		}
		if err := c.lookBeside(row, stored); err != nil {
			return err
		}
		c.identify(row)
	}
	if c.books != nil {
		if err := c.books.Load(ctx, slices.Collect(maps.Keys(stored))); err != nil {
			return err
		}
	}
	for i := range b.rows {
		row, err := c.planned(ctx, &b.rows[i], stored)
		if err != nil {
			return err
		}
		if err := c.plan.row(&row); err != nil {
			return err
		}
	}
	c.rows += len(b.rows)
	c.progress.tell(Checking, c.rows)
	return nil
}

// lookBeside fails a row that something on record stands in the way of. Nothing of it is compared with other rows then.
func (c *checker) lookBeside(row *candidate, stored map[records.Ref]records.Record) error {
	for _, one := range row.besides {
		there, ok := stored[one.Ref]
		if row.failed || !ok || there.Gone {
			continue
		}
		refusal, err := one.Refuse(there)
		if err != nil {
			return err
		}
		if refusal != nil {
			row.failed, row.keyed, row.changes = true, false, nil
			p := refusal.At(c.located.Sheet, row.row, columnOf(c.located, refusal.Field))
			c.refusals = append(c.refusals, c.retainer.retain(*p))
		}
	}
	return nil
}

func (c *checker) stored(ctx context.Context, refs []records.Ref) (map[records.Ref]records.Record, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	all, err := c.part.stored(ctx, c.service.records, refs)
	found := make(map[records.Ref]records.Record, len(all))
	for _, one := range all {
		found[one.Ref] = one
	}
	return found, err
}

// planned is the row's line in the plan: what its records need, and from that its outcome.
func (c *checker) planned(ctx context.Context, row *candidate, stored map[records.Ref]records.Record) (PlanRow, error) {
	line := PlanRow{Row: row.row, Label: row.label, Outcome: row.outcome}
	if line.Outcome != "" {
		return line, nil
	}
	failed := row.failed
	for i := range row.changes {
		one := &row.changes[i]
		wanted := wanted{change: one}
		record, ok := stored[one.Ref]
		switch {
		case ok && record.Gone:
			wanted.past = record.Version
		case ok:
			var err error
			if wanted.body, err = c.parser.attributes(one.spelled); err != nil {
				return line, err
			}
			wanted.current = &record
		}
		base, overtaken := c.judged.overtakes(one.Ref, record)
		c.overtaken = c.overtaken || overtaken
		if conflict := wanted.conflict(); conflict != nil {
			failed = true
			c.raiseRow(row.row, conflict)
			continue
		}
		if one.first != 0 && c.orphans[one.Ref.String()] {
			one.first = 0
			delete(c.orphans, one.Ref.String())
		}
		if write, needed := wanted.write(); needed {
			write.Base = base
			if err := c.noteHeld(ctx, &write); err != nil {
				return line, err
			}
			line.Writes = append(line.Writes, write)
		}
	}
	line.Outcome = outcomeOf(line.Writes, len(row.changes))
	if c.books != nil && !failed {
		refused, err := c.judgeBooks(row, &line)
		if err != nil {
			return line, err
		}
		failed = refused
	}
	if failed {
		line.fail(c.orphans)
	}
	if line.Outcome == intake.Create || line.Outcome == intake.Update {
		for _, rest := range row.rests {
			line.Writes = append(line.Writes, rest.unchanged())
		}
	}
	if line.Outcome == intake.Unchanged {
		c.raiseRow(row.row, problem.New("ROW_EXISTS_UNCHANGED"))
	}
	return line, nil
}

// unchanged has the commit confirm the record, as one that need not be written.
func (r Rest) unchanged() PlanWrite {
	return PlanWrite{Op: intake.Unchanged, Type: r.Ref.Type, Partition: r.Ref.Partition, ID: r.Ref.ID, Base: r.Version}
}

// outcomeOf is create when any record is created, else update when any is updated, else unchanged. A row that asks for
// nothing is skipped.
func outcomeOf(writes []PlanWrite, changes int) intake.Outcome {
	outcome := intake.Unchanged
	if changes == 0 {
		outcome = intake.Skip
	}
	for i := range writes {
		switch {
		case !writes[i].effective():
		case writes[i].Op == intake.Create:
			return intake.Create
		default:
			outcome = intake.Update
		}
	}
	return outcome
}

// wanted is a change beside the record that is stored.
type wanted struct {
	*change
	current *records.Record  // nil when there is none
	past    int64            // the last version of one that was removed
	body    table.Attributes // of the change; nil when there is nothing to compare it with
}

// conflict is ROW_UPDATE_CONFLICT when the sheet shows a version of the record that is no longer the stored one, and asks
// for something else than what is stored.
func (w *wanted) conflict() *problem.Problem {
	var version int64
	if w.current != nil {
		version = w.current.Version
	}
	if w.BaseVersion == 0 || w.BaseVersion == version || w.current != nil && records.Same(w.current.Body, w.body) {
		return nil
	}
	return problem.New("ROW_UPDATE_CONFLICT").WithInt("exported", int(w.BaseVersion)).WithInt("stored", int(version))
}

// write is what the change needs; not needed where a record is only wanted if there were none.
func (w *wanted) write() (write PlanWrite, needed bool) {
	write = PlanWrite{Type: w.Ref.Type, Partition: w.Ref.Partition, ID: w.Ref.ID, First: w.first}
	for _, claim := range w.Claims {
		write.Claims = append(write.Claims, PlanClaim{Partition: claim.Partition, ID: claim.ID, Holder: claim.Holder})
	}
	switch {
	case w.current == nil:
		write.Op, write.Base, write.after = intake.Create, w.past, w.spelled
	case w.KeepExisting:
		return write, false
	case records.Same(w.current.Body, w.body):
		write.Op, write.Base, write.Claims = intake.Unchanged, w.current.Version, nil
	default:
		write.Op, write.Base, write.Before, write.After = intake.Update, w.current.Version, w.current.Body, w.body
		write.Fields, write.From = changedFields(w.current.Body, w.body), sourceOf(w.current.Provenance)
	}
	return write, true
}

// noteHeld marks the claims of an update that its holder has already: only the others are given back when the import is undone. A record
// that is created has none.
func (c *checker) noteHeld(ctx context.Context, write *PlanWrite) error {
	if write.Op != intake.Update {
		return nil
	}
	for i := range write.Claims {
		holder, err := c.holders.of(ctx, write.Claims[i].claim())
		if err != nil {
			return err
		}
		write.Claims[i].Held = holder == write.Claims[i].Holder
	}
	return nil
}

// changedFields names the attributes that differ, sorted.
func changedFields(before, after table.Attributes) []string {
	names := maps.Clone(before)
	if names == nil {
		names = table.Attributes{}
	}
	maps.Copy(names, after)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(names)), func(name string) bool {
		b, inBefore := before[name]
		a, inAfter := after[name]
		return inBefore == inAfter && records.Same(table.Attributes{name: b}, table.Attributes{name: a})
	})
}
