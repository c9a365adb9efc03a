package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The bounds of a chunk, the part of a review that is read at once.
const (
	chunkRows = 100
	chunkSize = 256 << 10 // bytes from which it ends
)

// ReviewWriter keeps the review of a check: give it the rows and changes in their order, then Commit. It holds one chunk at a time.
type ReviewWriter struct {
	store  *Store
	ctx    context.Context
	review Review
	causes map[string]int // where a cause stands
	rows   chunks
	change chunks
}

// NewReview begins the review of a report, which may be that of a refused file.
func (s *Store) NewReview(ctx context.Context, r *Report, columns []ReviewColumn, edited int) *ReviewWriter {
	w := &ReviewWriter{store: s, ctx: ctx, causes: map[string]int{}, review: Review{
		Import: r.Import, Check: r.Check, File: r.File, Kind: r.Kind, Sheet: r.Sheet, HeaderRow: r.HeaderRow, Lang: r.Lang, Call: r.Call,
		Term: r.Term, Answers: r.Answers, Rows: r.Rows, Plan: r.Plan, Columns: columns, Causes: causesOf(r.Problems), Edited: edited,
	}}
	for i := range w.review.Causes {
		w.causes[w.review.Causes[i].Key] = i
	}
	for i := range r.Problems {
		if p := &r.Problems[i]; !r.OfRow(p) && len(w.review.Problems) < shownProblems {
			w.review.Problems = append(w.review.Problems, *p)
		}
	}
	w.rows = chunks{writer: w, name: ReviewRowsBlob(r.Import, r.Check)}
	w.change = chunks{writer: w, name: ReviewChangesBlob(r.Import, r.Check)}
	return w
}

// OfRow reports whether a problem is of a row of the table, not of the file, a sheet or the titles.
func (r *Report) OfRow(p *problem.Problem) bool {
	return p.Row > r.HeaderRow && p.Sheet == r.Sheet && r.HeaderRow > 0
}

// Row adds a row; rows ascend.
func (w *ReviewWriter) Row(row *ReviewRow) error {
	w.review.Listed++
	stored := storedRow{Row: row.Row, Outcome: row.Outcome, Label: row.Label, Cells: row.Cells}
	var causes []int
	for i := range row.Problems {
		stored.Problems = append(stored.Problems, storedProblem(row.Problems[i]))
		causes = append(causes, w.causes[causeKey(&row.Problems[i])])
	}
	for i, cell := range row.Cells {
		if cell.Before == nil || len(w.review.Edits) == shownEdits {
			continue
		}
		column := w.review.Columns[i]
		w.review.Edits = append(w.review.Edits, Edited{Row: row.Row, Col: column.Col, Field: column.Field, Before: *cell.Before, After: cell.Text})
	}
	return w.rows.add(row.Row, stored, causes)
}

// Change adds a row that changes records; rows ascend.
func (w *ReviewWriter) Change(change *ReviewChange) error {
	w.review.Changed++
	return w.change.add(change.Row, change, nil)
}

// Commit keeps the review.
func (w *ReviewWriter) Commit() error {
	for _, c := range []*chunks{&w.rows, &w.change} {
		if err := c.commit(); err != nil {
			return err
		}
	}
	w.review.rows, w.review.changes = w.rows.index, w.change.index
	text, err := json.Marshal(storedReviewOf(&w.review))
	if err != nil {
		return err
	}
	return w.store.keepBlob(w.ctx, ReviewBlob(w.review.Import, w.review.Check), text)
}

// Abort drops what was not committed.
func (w *ReviewWriter) Abort() error { return errors.Join(w.rows.abort(), w.change.abort()) }

// reviewChunk is where a run of rows stands in its blob.
type reviewChunk struct {
	First  int   `json:"first"`
	Last   int   `json:"last"`
	At     int64 `json:"at"`
	Size   int64 `json:"size"`
	Causes []int `json:"causes,omitempty"` // of its problems, by their place in the Review's
}

// chunks write rows to a blob, which is begun with the first.
type chunks struct {
	writer *ReviewWriter
	name   string
	blob   blob.Writer
	at     int64
	text   bytes.Buffer
	open   reviewChunk
	count  int
	index  []reviewChunk
}

func (c *chunks) add(row int, value any, causes []int) error {
	if c.count == 0 {
		c.open = reviewChunk{First: row, At: c.at}
	}
	lines := json.NewEncoder(&c.text)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(value); err != nil {
		return err
	}
	c.count++
	c.open.Last = row
	c.open.Causes = append(c.open.Causes, causes...)
	if c.count < chunkRows && c.text.Len() < chunkSize {
		return nil
	}
	return c.flush()
}

func (c *chunks) flush() (err error) {
	if c.count == 0 {
		return nil
	}
	if c.blob == nil {
		if c.blob, err = c.writer.store.blobs.Create(c.writer.ctx, c.name); err != nil {
			return err
		}
	}
	slices.Sort(c.open.Causes)
	c.open.Causes = slices.Clip(slices.Compact(c.open.Causes))
	c.open.Size = int64(c.text.Len())
	c.index, c.at, c.count = append(c.index, c.open), c.at+c.open.Size, 0
	_, err = c.blob.Write(c.text.Bytes())
	c.text.Reset()
	return err
}

func (c *chunks) commit() error {
	if err := c.flush(); err != nil || c.blob == nil {
		return err
	}
	_, err := c.blob.Commit()
	return err
}

func (c *chunks) abort() error {
	if c.blob == nil {
		return nil
	}
	return c.blob.Abort()
}
