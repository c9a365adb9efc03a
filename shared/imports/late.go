package imports

import (
	"context"
	"io"
	"slices"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// finish takes in what only the whole sheet shows. When that fails rows which are in the plan already, the plan is written
// anew with them failing.
func (c *checker) finish(ctx context.Context, book *sheet.Book, rows *sheet.Table) error {
	late, err := c.session.Finish(ctx)
	if err != nil {
		return err
	}
	failing := map[int]bool{}
	for i := range late {
		p := &late[i]
		if p.Sheet == "" {
			p.Sheet = c.located.Sheet
		}
		if p.Col == 0 {
			p.Col = columnOf(c.located, p.Field)
		}
		if p.Row > c.located.HeaderRow && p.Severity.Blocks() {
			failing[p.Row] = true
		}
	}
	late = append(late, c.refusals...)
	if err := c.lateValues(ctx, book, late); err != nil {
		return err
	}
	late = append(late, rows.Problems()...)
	all := slices.ContainsFunc(late, func(p problem.Problem) bool { return blocksAll(&p, c.located.HeaderRow) })
	c.report.Problems = c.raised.between(c.report.Problems, late)
	if !all && len(failing) == 0 {
		return nil
	}
	return c.rewrite(ctx, func(row int) bool { return all || failing[row] })
}

// lateValues fills in the cells' values of problems that were found when their rows had gone by, by reading the sheet again.
func (c *checker) lateValues(ctx context.Context, book *sheet.Book, late []problem.Problem) error {
	wanted := map[int][]*problem.Problem{}
	for i := range late {
		if p := &late[i]; p.Row != 0 && p.Col != 0 && p.Value == nil && p.Sheet == c.located.Sheet {
			wanted[p.Row] = append(wanted[p.Row], p)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	rows, err := book.Table(ctx, c.located, c.layout)
	if err != nil {
		return err
	}
	defer rows.Close()
	for len(wanted) > 0 && rows.Next() {
		row := rows.Line().Row
		for _, p := range wanted[row.Number] {
			p.Value = row.At(p.Col).Value()
		}
		delete(wanted, row.Number)
	}
	return rows.Err()
}

// rewrite replaces the plan by one in which some rows fail.
func (c *checker) rewrite(ctx context.Context, fails func(row int) bool) error {
	name := c.report.PlanBlob()
	src, err := c.service.blobs.Open(ctx, name)
	if err != nil {
		return err
	}
	defer src.Close()
	old, err := ReadPlan(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		return err
	}
	plan, err := writePlan(ctx, c.service.blobs, name, old.Header)
	if err != nil {
		return err
	}
	defer plan.abort()
	orphans := map[string]bool{} // records whose first writer fails
	failed := map[int]bool{}
	for old.Next() {
		row := old.Row()
		if fails(row.Row) {
			failed[row.Row] = true
			row.fail(orphans)
		} else {
			row.adopt(orphans)
		}
		if err := plan.row(&row); err != nil {
			return err
		}
	}
	if err := old.Err(); err != nil {
		return err
	}
	if c.report.Plan, err = plan.commit(); err != nil {
		return err
	}
	c.report.Rows = plan.counts
	c.report.Problems = slices.DeleteFunc(c.report.Problems, func(p problem.Problem) bool {
		return p.Code == "ROW_EXISTS_UNCHANGED" && failed[p.Row]
	})
	return nil
}

// fail makes a planned row a failing one, and notes the records that it would have been the first to write.
func (r *PlanRow) fail(orphans map[string]bool) {
	for i := range r.Writes {
		if w := &r.Writes[i]; w.effective() {
			orphans[w.ref().String()] = true
		}
	}
	r.Outcome, r.Writes, r.Cell, r.Value = intake.Fail, nil, "", ""
}

// adopt lets a row write a record whose earlier writer fails.
func (r *PlanRow) adopt(orphans map[string]bool) {
	for i := range r.Writes {
		w := &r.Writes[i]
		if ref := w.ref().String(); w.First != 0 && orphans[ref] {
			w.First = 0
			delete(orphans, ref)
			r.Outcome = outcomeOf(r.Writes, len(r.Writes))
		}
	}
}
