package imports

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// checker takes the rows of one sheet to their outcomes.
type checker struct {
	service  *Service
	env      *Env
	kind     Kind
	located  *sheet.Located
	layout   sheet.TableOptions
	layer    string // SHA-256 of the edits
	progress Progress
	report   *intake.Report
	blocked  bool // the file or its header is at fault: every row fails

	session   Session
	plan      *planWriter
	raised    raised
	asked     map[string]int       // which of those raised a question of rows is, by code and name
	seen      map[[16]byte]seenRow // by a hash of the row's key, or of a record's ref
	orphans   map[string]bool      // records whose first writer fails: the next row that asks for one writes it
	retainer  retainer
	parser    parser
	refs      []records.Ref // of a batch
	holders   claimHolders
	booked    Booked
	books     booking.Judge     // nil where nothing is booked
	bookings  []booking.Booking // of a row
	refusals  []problem.Problem // of the books and of records beside rows, which fail already
	part      *part
	judged    *judgedBy
	overtaken bool // a record was changed between the rules' look at it and the comparison
	recalled  sheet.Answers
	rows      int
	scratch   []byte
}

func newChecker(s *Service, found *finding, env *Env, opts Options, report *intake.Report) *checker {
	return &checker{
		service: s, env: env, kind: found.kind, located: found.located, progress: opts.Progress, report: report,
		layout: sheet.TableOptions{Sheet: opts.Sheet, Lang: opts.Lang, Answers: env.Answers, Edits: opts.edits},
		layer:  opts.layer,
		blocked: slices.ContainsFunc(found.problems, func(p problem.Problem) bool {
			return blocksAll(&p, found.located.HeaderRow)
		}),
		asked: map[string]int{}, seen: map[[16]byte]seenRow{}, orphans: map[string]bool{}, part: opts.part, recalled: found.recalled.used,
		holders: claimHolders{reader: s.records},
	}
}

// run checks all rows and writes the plan. It returns the table, at its end.
func (c *checker) run(ctx context.Context, book *sheet.Book) (*sheet.Table, error) {
	rows, err := book.Table(ctx, c.located, c.layout)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	c.judged = newJudgedBy(c.service.records, c.kind.Touches())
	c.env.Records = c.judged
	if c.session, err = c.kind.Begin(ctx, c.env); err != nil {
		return nil, err
	}
	if err := c.openBooks(ctx); err != nil {
		return nil, err
	}
	header := c.header()
	if err := c.part.begin(header, c.recalled); err != nil {
		return nil, err
	}
	if c.plan, err = writePlan(ctx, c.service.blobs, c.report.PlanBlob(), header); err != nil {
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
		Call: c.env.Call, Term: c.env.Term, Answers: c.env.Answers, Edits: c.layer,
		Programme: c.env.Programme.ID, Edition: c.service.edition,
	}
}

// readRows takes in what the rules say, batch by batch.
func (c *checker) readRows(ctx context.Context, rows *sheet.Table) error {
	ahead := judgeAhead(ctx, &judging{
		rows: rows, session: c.session, located: c.located, booked: c.booked, blocked: c.blocked, most: c.service.batch,
	})
	defer ahead.close()
	for {
		batch, err := ahead.next()
		if err != nil {
			return err
		}
		if err := c.compare(ctx, batch); err != nil {
			return err
		}
		if batch.last {
			return nil
		}
		ahead.release(batch)
		if err := c.part.pause(ctx, c.rows); err != nil {
			return err
		}
	}
}

// raise adds the problems of rows. A question about a text is asked once, at the first row that has it.
func (c *checker) raise(problems []problem.Problem) {
	for _, p := range problems {
		if p.About == "" || p.Severity != problem.Question {
			c.raised.add(p)
			continue
		}
		name := string(p.Code) + " " + canonicalQuestion(intake.Question(&p))
		if first, asked := c.asked[name]; asked {
			one := c.raised.at(first)
			one.Also = append(one.Also, p.Row)
			continue
		}
		c.asked[name] = c.raised.add(p)
	}
}

// raiseRow adds a problem that the engine itself found with a row.
func (c *checker) raiseRow(row int, p *problem.Problem) {
	c.raised.add(c.retainer.retain(*p.At(c.located.Sheet, row, 0)))
}
