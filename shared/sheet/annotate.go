package sheet

import (
	"context"
	"errors"
	"io"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Mark is a problem to be shown at its cell.
type Mark = problem.Problem

// AnnotateOptions say how marks are shown.
type AnnotateOptions struct {
	Lang      locale.Lang
	Sheet     string   // of marks that name none; empty is the workbook's default sheet
	HeaderRow int      // where marks of a whole column go; 0 when it is not known
	Open      []Option // the options with which the file was read
}

// Annotated says what kind of copy was written.
type Annotated struct {
	Fresh      bool        // a new workbook with the same values, because a faithful copy was not safe
	Reason     locale.Text // why; empty unless Fresh
	Signatures []string    // digital signatures that were dropped, by part name: a changed workbook can't keep them
	Noted      int         // cells that carry the text of their problems
	Marked     int         // cells that are coloured; more than Noted where there are too many for notes
}

// Annotate writes the sender's own workbook with marks at its cells: a colour by severity, the messages as a note, and a sheet
// that lists all problems with links to their cells. Everything else stays as it is, to the byte where a part needs no change.
// Marks, notes and list of an earlier annotation are replaced. Where such a copy isn't safe, and for CSV, a new workbook with
// the same values is marked instead, and the result says so. A file that Open or Rows refuse gets none: the refusal, a
// *problem.Problem, is returned. Nothing is written to dst before the copy is complete.
func Annotate(ctx context.Context, dst io.Writer, src io.ReaderAt, size int64, name string, marks []Mark, opts AnnotateOptions) (Annotated, error) {
	book, err := Open(ctx, src, size, name, opts.Open...)
	if err != nil {
		return Annotated{}, err
	}
	defer func() { _ = book.Close() }()
	a, err := newAnnotation(ctx, book, name, marks, opts)
	if err != nil {
		return Annotated{}, err
	}
	if err := a.settle(); err != nil {
		return Annotated{}, err
	}
	var unsafe *unsafeError
	if book.Format() != XLSX {
		unsafe = &unsafeError{annotateTexts["csv"]}
	} else if err := a.copy(dst, src, size); err == nil {
		return a.result, nil
	} else if !errors.As(err, &unsafe) {
		return Annotated{}, err
	}
	a.left, a.result = maxNotes, Annotated{Fresh: true, Reason: unsafe.reason}
	if err := a.fresh(dst); err != nil {
		return Annotated{}, err
	}
	return a.result, nil
}

// unsafeError is why a faithful copy can't be made.
type unsafeError struct{ reason locale.Text }

func (e *unsafeError) Error() string { return "sheet: no faithful copy: " + e.reason.EN }

var (
	unsafeForm   = &unsafeError{annotateTexts["form"]}
	unsafeStyles = &unsafeError{annotateTexts["styles"]}
)

// annotation is one call of Annotate.
type annotation struct {
	ctx    context.Context
	book   *Book
	name   string
	opts   AnnotateOptions
	marks  []Mark
	marker marker
	old    string             // the sheet of problems that an earlier annotation added, or empty
	spots  map[string][]*spot // by sheet, ascending by row and column
	at     []*spot            // by mark; nil where it has no place in a sheet
	skip   int                // severities up to this level get no note, because there are too many cells
	left   int                // notes that may still be written
	result Annotated
}

// maxNotes is how many notes a workbook gets: programs draw a box for each of them when they open it.
const maxNotes = 5000

func newAnnotation(ctx context.Context, book *Book, name string, marks []Mark, opts AnnotateOptions) (*annotation, error) {
	a := &annotation{ctx: ctx, book: book, name: name, opts: opts, marks: marks, spots: map[string][]*spot{}, left: maxNotes}
	m, err := readMarker(ctx, book)
	if err != nil {
		return nil, err
	}
	a.marker = m
	if a.opts.Sheet == "" {
		if info, err := book.DefaultSheet(); err == nil {
			a.opts.Sheet = info.Name
		}
	}
	a.place()
	a.old = a.findOld()
	return a, nil
}

func (a *annotation) sheetOf(m *Mark) string {
	if m.Sheet == "" && (m.Row > 0 || m.Col > 0) {
		return a.opts.Sheet
	}
	return m.Sheet
}

// noteAt is the text at a cell of the copy, and whether it gets one.
func (a *annotation) noteAt(c *shown) (string, bool) {
	a.result.Marked++
	if !a.noted(c) {
		return "", false
	}
	a.left--
	a.result.Noted++
	return a.noteText(c), true
}

// noted reports whether the next cell gets a note.
func (a *annotation) noted(c *shown) bool { return a.left > 0 && c.level > a.skip }
