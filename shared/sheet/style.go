package sheet

// Style is how a cell looks. The zero Style is the workbook's plain cell. Equal styles are stored once.
type Style struct {
	Bold, Italic bool
	Underline    bool
	Wrap         bool   // break long text into lines
	Size         int    // points; 0 is the usual size
	Fill         string // background as RRGGBB; empty for none
	Color        string // text as RRGGBB; empty for black
	Border       bool   // a thin line on all four sides
	Align        string // left, center, right; empty follows the value's kind
	VAlign       string // top, center, bottom; empty is bottom
	Indent       int    // steps of about three spaces between the text and the edge that Align names; left where it names none
	NumFmt       string // a number format such as "#,##0.00" or "yyyy-mm-dd"; empty is General, "@" is text
	QuotePrefix  bool   // the cell is text even where it looks like a formula
	Unlocked     bool   // may be edited when the sheet is protected
}

// StyleID is a style of one Writer; 0 is the plain cell.
type StyleID int
