package imports

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// review keeps what a page shows of a check, by going through the sheet and the plan once more for the rows that have something to be
// shown. Nothing is kept of a check but what its report and plan say.
func (s *Service) review(ctx context.Context, found *finding, opts Options, env *Env, report *intake.Report) (err error) {
	r := &reviewer{report: report, located: found.located, marks: rowMarks(report)}
	w := s.intake.NewReview(ctx, report, r.columns(), len(opts.edits))
	defer func() { err = errors.Join(err, w.Abort()) }()
	if err := r.readPlan(ctx, s, w); err != nil {
		return err
	}
	options := sheet.TableOptions{Sheet: opts.Sheet, Lang: opts.Lang, Answers: env.Answers, Edits: opts.edits}
	if err := r.readSheet(ctx, found.book, options, w); err != nil {
		return err
	}
	return w.Commit()
}

// reviewRefused is review for a file that can't be checked.
func (s *Service) reviewRefused(ctx context.Context, report *intake.Report) (err error) {
	w := s.intake.NewReview(ctx, report, nil, 0)
	defer func() { err = errors.Join(err, w.Abort()) }()
	return w.Commit()
}

// reviewer goes through the rows of a check that are shown.
type reviewer struct {
	report  *intake.Report
	located *sheet.Located
	read    []intake.ReviewColumn
	marks   []rowMark
	rows    []shownRow // one for each row among the marks
}

// rowMark is a problem at one of its rows.
type rowMark struct{ row, problem int32 }

// shownRow is what the plan says of a row among the marks.
type shownRow struct {
	outcome intake.Outcome
	label   string
}

// rowMarks are the problems of rows that are shown, each also at the further rows that wait for its answer, by row. A row of which only is
// said what needs nobody's attention is left out.
func rowMarks(report *intake.Report) []rowMark {
	var marks []rowMark
	shown := map[int32]bool{}
	for i := range report.Problems {
		p := &report.Problems[i]
		if !report.OfRow(p) {
			continue
		}
		for _, row := range append([]int{p.Row}, p.Also...) {
			marks = append(marks, rowMark{row: int32(row), problem: int32(i)})
			if p.Severity != problem.Info || p.Code == "CELL_EDITED" {
				shown[int32(row)] = true
			}
		}
	}
	marks = slices.DeleteFunc(marks, func(m rowMark) bool { return !shown[m.row] })
	slices.SortStableFunc(marks, func(a, b rowMark) int { return cmp.Compare(a.row, b.row) })
	return marks
}

// columns are those that were read, from left to right.
func (r *reviewer) columns() []intake.ReviewColumn {
	for i, col := range r.located.Columns {
		if column := &r.located.Schema.Columns[i]; col > 0 && !column.Derived {
			r.read = append(r.read, intake.ReviewColumn{
				Col: col, Letter: sheet.ColumnName(col), Field: column.ID, Title: r.located.Title(col), Label: column.Label,
			})
		}
	}
	slices.SortFunc(r.read, func(a, b intake.ReviewColumn) int { return cmp.Compare(a.Col, b.Col) })
	return r.read
}

// next takes the marks of the next row off.
func (r *reviewer) next() (row int, marks []rowMark) {
	row = int(r.marks[0].row)
	n := slices.IndexFunc(r.marks, func(m rowMark) bool { return int(m.row) != row })
	if n < 0 {
		n = len(r.marks)
	}
	marks, r.marks = r.marks[:n], r.marks[n:]
	return row, marks
}

// readPlan keeps the rows that change records, and notes what becomes of those that are shown.
func (r *reviewer) readPlan(ctx context.Context, s *Service, w *intake.ReviewWriter) error {
	if len(r.marks) == 0 && r.report.Rows.Update+r.report.Rows.Create == 0 {
		return nil
	}
	src, err := s.blobs.Open(ctx, r.report.PlanBlob())
	if err != nil {
		return err
	}
	defer src.Close()
	plan, err := ReadPlan(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		return err
	}
	all := r.marks
	defer func() { r.marks = all }()
	wanted := r.wanted()
	for plan.Next() {
		row := plan.Row()
		for len(wanted) > 0 && wanted[0] < row.Row {
			wanted, r.rows = wanted[1:], append(r.rows, shownRow{})
		}
		if len(wanted) > 0 && wanted[0] == row.Row {
			wanted, r.rows = wanted[1:], append(r.rows, shownRow{row.Outcome, row.Label})
		}
		if change := changeOf(&row); change != nil {
			if err := w.Change(change); err != nil {
				return err
			}
		}
	}
	for range wanted {
		r.rows = append(r.rows, shownRow{})
	}
	return plan.Err()
}

// wanted are the rows among the marks.
func (r *reviewer) wanted() []int {
	var rows []int
	for _, m := range r.marks {
		if n := len(rows); n == 0 || rows[n-1] != int(m.row) {
			rows = append(rows, int(m.row))
		}
	}
	return rows
}

// readSheet keeps the rows that are shown, with what stands in their cells.
func (r *reviewer) readSheet(ctx context.Context, book *sheet.Book, opts sheet.TableOptions, w *intake.ReviewWriter) error {
	if len(r.marks) == 0 {
		return nil
	}
	rows, err := book.Table(ctx, r.located, opts)
	if err != nil {
		return err
	}
	defer rows.Close()
	for len(r.marks) > 0 && rows.Next() {
		line := rows.Line()
		for len(r.marks) > 0 && int(r.marks[0].row) < line.Number { // of a row that the sheet does not have
			if err := r.keep(w, nil); err != nil {
				return err
			}
		}
		if len(r.marks) > 0 && int(r.marks[0].row) == line.Number {
			if err := r.keep(w, line); err != nil {
				return err
			}
		}
	}
	for rows.Err() == nil && len(r.marks) > 0 {
		if err := r.keep(w, nil); err != nil {
			return err
		}
	}
	return rows.Err()
}

// keep keeps the next row that is shown; a nil line where the sheet does not have it.
func (r *reviewer) keep(w *intake.ReviewWriter, line *sheet.Line) error {
	number, marks := r.next()
	row := intake.ReviewRow{Row: number, Outcome: r.rows[0].outcome, Label: r.rows[0].label}
	r.rows = r.rows[1:]
	if line != nil {
		row.Cells = r.cells(line)
	}
	for _, m := range marks {
		p := r.report.Problems[m.problem].AtRow(number)
		if number != r.report.Problems[m.problem].Row && line != nil { // the same question, of what stands in this row
			p.Value = line.Row.At(p.Col).Value()
		}
		row.Problems = append(row.Problems, p)
	}
	return w.Row(&row)
}

func (r *reviewer) cells(line *sheet.Line) []intake.ReviewCell {
	cells := make([]intake.ReviewCell, len(r.read))
	for i := range r.read {
		cells[i].Text, cells[i].Cut = intake.CutText(line.Row.At(r.read[i].Col).Shown())
	}
	for _, edit := range line.Edits {
		i := slices.IndexFunc(r.read, func(c intake.ReviewColumn) bool { return c.Col == edit.Col })
		before, _ := intake.CutText(edit.Before)
		cells[i].Before = &before
	}
	return cells
}
