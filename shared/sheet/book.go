package sheet

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Visibility says whether people see a sheet's tab.
type Visibility uint8

// The visibilities of a sheet.
const (
	Visible    Visibility = iota
	Hidden                // can be shown from the menu
	VeryHidden            // can't
)

// SheetInfo is one tab of a workbook.
type SheetInfo struct {
	Name       string
	Visibility Visibility
	Chart      bool // a chart or dialog sheet: it has no rows
}

// Book is an open file. Its methods may be called from several goroutines.
type Book struct {
	format   Format
	sheets   []SheetInfo
	date1904 bool
	notes    []problem.Problem
	workbook *workbook // nil for CSV
	csv      *csvFile  // nil for workbooks

	assumed bool // that no cells are merged, until a sheet was read

	open   context.Context // ends when the book is closed
	cancel context.CancelFunc

	mu       sync.Mutex
	layouts  map[string]Layout
	unmerged map[string]bool // sheets that are known to have no merged cells
}

func newBook(format Format) *Book {
	b := &Book{format: format, layouts: map[string]Layout{}, unmerged: map[string]bool{}}
	b.open, b.cancel = context.WithCancel(context.Background())
	return b
}

// Format returns the format of the file: XLSX or CSV.
func (b *Book) Format() Format { return b.format }

// Sheets returns all tabs in their order. A CSV has one.
func (b *Book) Sheets() []SheetInfo { return b.sheets }

// Date1904 reports whether serial numbers of dates count from 1904.
func (b *Book) Date1904() bool { return b.date1904 }

// Notes returns what opening the file brought up short of a refusal: FILE_EXTERNAL_LINKS, CSV_ENCODING_UNSURE,
// CSV_DELIMITER_UNSURE.
func (b *Book) Notes() []problem.Problem { return b.notes }

// DefaultSheet returns the first visible worksheet in tab order, else the first worksheet. SHEET_MISSING: there are only
// chart sheets.
func (b *Book) DefaultSheet() (SheetInfo, error) {
	first := -1
	for i, s := range b.sheets {
		if s.Chart {
			continue
		}
		if s.Visibility == Visible {
			return s, nil
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return SheetInfo{}, b.missing("")
	}
	return b.sheets[first], nil
}

// Rows streams the rows of the sheet with exactly that name, whatever its visibility. SHEET_MISSING names the nearest one.
// A FILE_ refusal may come here, when the workbook's shared strings are wrong, or from Rows.Err. The caller closes the Rows.
func (b *Book) Rows(ctx context.Context, sheet string) (*Rows, error) {
	return b.rows(ctx, sheet, false)
}

// rows is Rows; ahead reads them on another core while those before are used, where that pays.
func (b *Book) rows(ctx context.Context, sheet string, ahead bool) (*Rows, error) {
	if !b.has(sheet) {
		return nil, b.missing(sheet)
	}
	if err := b.open.Err(); err != nil {
		return nil, errClosed
	}
	ctx, cancel := context.WithCancel(ctx)
	unhook := context.AfterFunc(b.open, cancel)
	r := &Rows{book: b, sheet: sheet, stop: func() { unhook(); cancel() }}
	var err error
	if b.csv != nil {
		r.source, err = b.csv.rows(ctx)
	} else {
		r.source, err = b.workbook.rows(ctx, sheet)
	}
	if err != nil {
		r.stop()
		return nil, err
	}
	if ahead && severalCores() && b.sizeOf(sheet) >= aheadFrom {
		r.source = newAheadRows(ctx, r.source)
	}
	return r, nil
}

// has reports whether there is a worksheet with exactly that name.
func (b *Book) has(sheet string) bool {
	return slices.ContainsFunc(b.sheets, func(s SheetInfo) bool { return s.Name == sheet && !s.Chart })
}

// sizeOf is how many bytes are scanned for the rows of a sheet that exists.
func (b *Book) sizeOf(sheet string) int64 {
	if b.csv != nil {
		return b.csv.size
	}
	return b.workbook.find(sheet).part.Size
}

var errClosed = errors.New("sheet: the book is closed")

func (b *Book) missing(sheet string) error {
	var names []string
	for _, s := range b.sheets {
		if !s.Chart {
			names = append(names, s.Name)
		}
	}
	p := problem.New("SHEET_MISSING").With("sheet", sheet).With("sheets", strings.Join(names, ", "))
	if nearest, ok := locale.Nearest(sheet, names); ok {
		p.Suggest(nearest)
	}
	return p
}

// Close releases the book. Rows that are still open end with an error.
func (b *Book) Close() error {
	b.cancel()
	if b.workbook == nil {
		return nil
	}
	return b.workbook.close()
}

// isRefusal tells a refusal of the file from a failure of its source or a cancelled context.
func isRefusal(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p)
}

// aheadFrom is the size from which inflating on another core pays.
const aheadFrom = 512 << 10

func severalCores() bool { return runtime.GOMAXPROCS(0) > 1 }

// closers closes several in order.
type closers []io.Closer

func (c closers) Close() error {
	var err error
	for _, closer := range c {
		err = errors.Join(err, closer.Close())
	}
	return err
}
