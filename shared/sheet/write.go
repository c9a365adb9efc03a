package sheet

import (
	"io"

	"github.com/learning-cities/guildhall/shared/locale"
)

// WriterOptions are the properties of a workbook. No time of generation is ever stored: the same calls give the same bytes.
type WriterOptions struct {
	Title   string
	Creator string
	Lang    locale.Lang
}

// Number is an exact decimal written as a number cell without passing through a float: "-1234.50".
type Number string

// OutCell is one cell to write. Value is nil, string, bool, int, int64, float64, Number, civil.Date or time.Time (its wall
// clock). With a Formula, Value is its cached result.
type OutCell struct {
	Value   any
	Style   StyleID
	Formula string // without the equals sign
}

// SheetSpec is what must be known of a sheet before its first row.
type SheetSpec struct {
	Name               string // at most 31 characters, none of []:*?/\
	Hidden, VeryHidden bool
	Widths             []float64 // of columns from A, in characters; 0 is the usual width
	ColumnStyles       []StyleID // of the cells from column A that are not written
	FreezeRows         int
	FreezeCols         int
	TitleRows          int // rows from the top that are repeated on every printed page
	Landscape          bool
	FitWidth           bool   // print all columns on one page's width
	Header, Footer     string // printed; {page} and {pages} are numbers, tabs separate left, middle and right
	TabColor           string // RRGGBB
	RightToLeft        bool
	HideGrid           bool
}

// Writer writes one .xlsx workbook, sheet after sheet and row after row, in memory that doesn't grow with its rows.
type Writer struct{ dst io.Writer }
