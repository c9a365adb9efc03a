package imports

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// change is a Change with its body as attributes.
type change struct {
	Change
	body  table.Attributes
	first int // the earlier row of the sheet that writes the same record the same way
}

func encodeChanges(changes []Change) ([]change, error) {
	encoded := make([]change, len(changes))
	for i, one := range changes {
		body, err := records.Encode(one.Body)
		if err != nil {
			return nil, fmt.Errorf("imports: %s: %w", one.Ref, err)
		}
		encoded[i] = change{Change: one, body: body}
	}
	return encoded, nil
}

// seenRow is an earlier row, under its key or a record that it writes.
type seenRow struct {
	content [16]byte
	row     int32
}

// identify compares a row with the earlier ones of the sheet: a repetition is skipped, a contradiction fails. A failing row
// is never skipped: its own problems are what the sender has to see.
func (c *checker) identify(row *candidate, verdict *Verdict) {
	repeats, contradicts := c.sameKey(row, verdict)
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
func (c *checker) sameKey(row *candidate, verdict *Verdict) (repeats, contradicts int) {
	if verdict.Key == "" {
		return 0, 0
	}
	key := shortHash([]byte("key " + verdict.Key))
	earlier, ok := c.seen[key]
	switch {
	case !ok:
		c.seen[key] = seenRow{content: verdict.Content, row: int32(row.row)}
		return 0, 0
	case earlier.content == verdict.Content:
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
	ref = shortHash(c.scratch)
	c.scratch = c.speller.appendBody(c.scratch[:0], one.body)
	return ref, shortHash(c.scratch)
}

// flush compares the pending rows with what is stored and puts them into the plan.
func (c *checker) flush(ctx context.Context) error {
	var refs []records.Ref
	for _, row := range c.pending {
		for i := range row.changes {
			refs = append(refs, row.changes[i].Ref)
		}
	}
	stored, err := c.stored(ctx, refs)
	if err != nil {
		return err
	}
	for i := range c.pending {
		row := c.planned(&c.pending[i], stored)
		if err := c.plan.row(&row); err != nil {
			return err
		}
	}
	c.rows += len(c.pending)
	c.pending = c.pending[:0]
	c.progress.tell(Checking, c.rows)
	return nil
}

func (c *checker) stored(ctx context.Context, refs []records.Ref) (map[records.Ref]records.Record, error) {
	found := make(map[records.Ref]records.Record, len(refs))
	if len(refs) == 0 {
		return found, nil
	}
	all, err := c.service.records.GetEach(ctx, refs)
	for _, one := range all {
		found[one.Ref] = one
	}
	return found, err
}

// planned is the row's line in the plan: what its records need, and from that its outcome.
func (c *checker) planned(row *candidate, stored map[records.Ref]records.Record) PlanRow {
	line := PlanRow{Row: row.row, Label: row.label, Outcome: row.outcome}
	if line.Outcome != "" {
		return line
	}
	failed := row.failed
	for i := range row.changes {
		one := &row.changes[i]
		var current *records.Record
		if record, ok := stored[one.Ref]; ok {
			current = &record
		}
		if conflict := conflictOf(one, current); conflict != nil {
			failed = true
			c.raiseRow(row.row, conflict)
			continue
		}
		if one.first != 0 && c.orphans[one.Ref.String()] {
			one.first = 0
			delete(c.orphans, one.Ref.String())
		}
		if write, needed := writeOf(one, current); needed {
			line.Writes = append(line.Writes, write)
		}
	}
	line.Outcome = outcomeOf(line.Writes, len(row.changes))
	if failed {
		line.fail(c.orphans)
	}
	if line.Outcome == intake.Unchanged {
		c.raiseRow(row.row, problem.New("ROW_EXISTS_UNCHANGED"))
	}
	return line
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

// conflictOf is ROW_UPDATE_CONFLICT when the sheet shows a version of the record that is no longer the stored one, and asks
// for something else than what is stored.
func conflictOf(one *change, current *records.Record) *problem.Problem {
	var version int64
	if current != nil {
		version = current.Version
	}
	if one.BaseVersion == 0 || one.BaseVersion == version || current != nil && records.Same(current.Body, one.body) {
		return nil
	}
	return problem.New("ROW_UPDATE_CONFLICT").WithInt("exported", int(one.BaseVersion)).WithInt("stored", int(version))
}

// writeOf is what a change needs; not needed where a record is only wanted if there were none.
func writeOf(one *change, current *records.Record) (write PlanWrite, needed bool) {
	write = PlanWrite{Type: one.Ref.Type, Partition: one.Ref.Partition, ID: one.Ref.ID, First: one.first}
	for _, claim := range one.Claims {
		write.Claims = append(write.Claims, PlanClaim(claim))
	}
	switch {
	case current == nil:
		write.Op, write.After = intake.Create, one.body
	case one.KeepExisting:
		return write, false
	case records.Same(current.Body, one.body):
		write.Op, write.Base, write.Claims = intake.Unchanged, current.Version, nil
	default:
		write.Op, write.Base, write.Before, write.After = intake.Update, current.Version, current.Body, one.body
		write.Fields = changedFields(current.Body, one.body)
	}
	return write, true
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
