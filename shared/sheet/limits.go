package sheet

// Limits bound what a file may cost. What goes beyond one is refused while streaming with FILE_TOO_LARGE.
type Limits struct {
	Bytes     int64 // of the file as sent
	Inflated  int64 // of all parts together
	Part      int64 // of one part other than a sheet, shared strings or media (styles, workbook, relationships)
	Parts     int   // zip entries
	Ratio     int64 // inflated to compressed, for parts above RatioFrom
	RatioFrom int64
	Strings   int64 // bytes of shared strings
	Held      int64 // bytes of shared strings held in memory; when there are more, all of them go to a temporary file
	Sheets    int
	Rows      int   // the number of the last row
	Columns   int   // the number of the last column
	Cells     int64 // stored in one sheet, blank formatted ones counted
	Token     int   // bytes of one text, tag or comment, and of all texts of one row; bounds the reader's buffers
	Markup    int   // tags, attributes, texts and comments of one part, but for those of cells written in the commonest way
	Depth     int   // of nested elements
}

// DefaultLimits fit a machine with 256 MiB to spare.
func DefaultLimits() Limits {
	return Limits{
		Bytes: 100 << 20, Inflated: 1 << 30, Part: 64 << 20, Parts: 2000, Ratio: 100, RatioFrom: 16 << 20,
		Strings: 1 << 30, Held: 24 << 20, Sheets: 1000, Rows: MaxRows, Columns: MaxColumns, Cells: 1 << 24,
		Token: 16 << 20, Markup: 80_000_000, Depth: 256,
	}
}
