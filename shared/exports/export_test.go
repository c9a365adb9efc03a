package exports

// JournalRows has the fund workbook's journal go on in another sheet after so many rows, until the function that it gives is called.
func JournalRows(rows int) (restore func()) {
	before := journalRows
	journalRows = rows
	return func() { journalRows = before }
}
