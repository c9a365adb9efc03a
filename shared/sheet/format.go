package sheet

// Format is a file format as told by content, not by name.
type Format string

// The formats told apart. Only XLSX and CSV are read.
const (
	XLSX    Format = "xlsx"
	CSV     Format = "csv"
	XLS     Format = "xls"
	XLSB    Format = "xlsb"
	ODS     Format = "ods"
	HTML    Format = "html"
	PDF     Format = "pdf"
	ZIP     Format = "zip"
	Unknown Format = "unknown"
)

// Class says what a number format shows a number as.
type Class uint8

// The classes of number formats.
const (
	ClassGeneral Class = iota
	ClassNumber
	ClassPercent
	ClassCurrency
	ClassDate     // year, month or day
	ClassTime     // time of day only
	ClassDateTime // both
	ClassElapsed  // hours, minutes or seconds that go on counting: [h]:mm
	ClassText
)

// CellStyle is what a cell's style says of its value.
type CellStyle struct {
	Format       string // the format code; for locale-dependent built-in formats the one of English
	Class        Class
	Currency     string // ISO 4217 where the format tells it, else the symbol as written ("$", "kr"); empty when none is shown
	Decimals     int    // digits shown after the decimal point
	LeadingZeros int    // digits that are always shown, when more than one: 5 for 00000; else 0
	QuotePrefix  bool   // the text was typed after an apostrophe
}
