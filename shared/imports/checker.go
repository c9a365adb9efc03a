package imports

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// checker takes the rows of one sheet to their outcomes.
type checker struct {
	service  *Service
	env      *Env
	kind     Kind
	located  *sheet.Located
	layout   sheet.TableOptions
	progress Progress
	report   *intake.Report
	blocked  bool // the file or its header is at fault: every row fails

	session  Session
	plan     *planWriter
	seen     map[[16]byte]seenRow // by a hash of the row's key, or of a record's ref
	orphans  map[string]bool      // records whose first writer fails: the next row that asks for one writes it
	pending  []candidate          // rows not yet compared with what is stored
	retainer retainer
	rows     int
	scratch  []byte
	speller  speller
}

// candidate is a row on its way to its outcome.
type candidate struct {
	row     int
	label   string
	outcome intake.Outcome // set for rows that aren't compared
	failed  bool
	changes []change
}

func newChecker(s *Service, found *finding, env *Env, opts Options, report *intake.Report) *checker {
	return &checker{
		service: s, env: env, kind: found.kind, located: found.located, progress: opts.Progress, report: report,
		layout: sheet.TableOptions{Sheet: opts.Sheet, Lang: opts.Lang, Answers: env.Answers},
		blocked: slices.ContainsFunc(found.problems, func(p problem.Problem) bool {
			return blocksAll(&p, found.located.HeaderRow)
		}),
		seen: map[[16]byte]seenRow{}, orphans: map[string]bool{},
	}
}

// run checks all rows and writes the plan. It returns the table, at its end.
func (c *checker) run(ctx context.Context, book *sheet.Book) (*sheet.Table, error) {
	rows, err := book.Table(ctx, c.located, c.layout)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if c.session, err = c.kind.Begin(ctx, c.env); err != nil {
		return nil, err
	}
	if c.plan, err = writePlan(ctx, c.service.blobs, c.report.PlanBlob(), c.header()); err != nil {
		return nil, err
	}
	defer c.plan.abort()
	if err := c.readRows(ctx, rows); err != nil {
		return nil, err
	}
	if c.report.Plan, err = c.plan.commit(); err != nil {
		return nil, err
	}
	c.report.Rows = c.plan.counts
	return rows, c.finish(ctx, book, rows)
}

func (c *checker) header() PlanHeader {
	return PlanHeader{
		Format: planFormat, File: c.report.File.SHA256, Kind: c.kind.Name(), Sheet: c.located.Sheet, Lang: string(c.env.Lang),
		Call: c.env.Call, Term: c.env.Term, Answers: c.env.Answers,
		Programme: c.env.Programme.ID, Edition: c.service.edition,
	}
}

// readRows judges every line and compares them in batches.
func (c *checker) readRows(ctx context.Context, rows *sheet.Table) error {
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.line(ctx, rows, rows.Line()); err != nil {
			return err
		}
		if len(c.pending) >= c.service.batch {
			if err := c.flush(ctx); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return c.flush(ctx)
}

// line takes one line of the sheet in; blank ones are no rows.
func (c *checker) line(ctx context.Context, rows *sheet.Table, line *sheet.Line) error {
	c.raise(line, line.Problems)
	switch {
	case line.Class == sheet.LineBlank:
		return nil
	case line.Class != sheet.LineData:
		c.pending = append(c.pending, candidate{row: line.Number, outcome: c.unread(line)})
		return nil
	}
	at := Place{Sheet: c.located.Sheet, Row: line.Number, Failed: c.blocked || line.Open || anyBlocks(line.Problems)}
	verdict, err := c.session.Row(ctx, rows, line, at)
	if err != nil {
		return err
	}
	c.raise(line, verdict.Problems)
	row := candidate{
		row: line.Number, label: verdict.Label,
		failed: at.Failed || verdict.Failed || anyBlocks(verdict.Problems),
	}
	if row.changes, err = encodeChanges(verdict.Changes); err != nil {
		return err
	}
	c.identify(&row, &verdict)
	c.pending = append(c.pending, row)
	return nil
}

// unread is the outcome of a line that isn't data: skip, unless a question about it is open.
func (c *checker) unread(line *sheet.Line) intake.Outcome {
	if c.blocked || anyBlocks(line.Problems) {
		return intake.Fail
	}
	return intake.Skip
}

// raise adds a row's problems to the report, with their place and value filled in.
func (c *checker) raise(line *sheet.Line, problems []problem.Problem) {
	for _, p := range problems {
		p.Sheet = c.located.Sheet
		if p.Row == 0 {
			p.Row = line.Number
		}
		if p.Col == 0 {
			p.Col = c.column(p.Field)
		}
		if p.Value == nil && p.Col != 0 && p.Row == line.Number {
			p.Value = line.Row.At(p.Col).Value()
		}
		c.report.Problems = append(c.report.Problems, c.retainer.retain(p))
	}
}

// raiseRow adds a problem that the engine itself found with a row.
func (c *checker) raiseRow(row int, p *problem.Problem) {
	c.report.Problems = append(c.report.Problems, c.retainer.retain(*p.At(c.located.Sheet, row, 0)))
}

// column is where a field stands in the sheet, 0 when it doesn't.
func (c *checker) column(field string) int {
	if field == "" {
		return 0
	}
	at := slices.IndexFunc(c.located.Schema.Columns, func(col sheet.Column) bool { return col.ID == field })
	if at < 0 {
		return 0
	}
	return c.located.Columns[at]
}
