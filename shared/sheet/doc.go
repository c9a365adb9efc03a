// Package sheet is a spreadsheet toolkit: it reads workbooks (.xlsx) and CSV as streams of typed cells, exact to the last
// byte or not at all, matches tables to declared columns and decodes them into structs, and writes styled workbooks. It does
// not know what the tables are about.
//
// # Reading
//
// [Open] tells a file by its content. [Book.Rows] streams the cells of a sheet with what their sender saw of them: the kind
// of value, the number format, leading zeros, whether a formula is behind it. Whatever is damaged, hostile or of another
// format is refused with a code; nothing is repaired by guessing.
//
// # Tables
//
// A [Schema] declares the columns of a table: what their titles are in three languages, what their cells mean, which ones are
// needed. [Book.Locate] finds the sheet and the row of titles, below logos and notes and wherever on the sheet it stands.
// [Book.Table] streams its lines and tells data from blank, total and hidden rows and from titles that stand there again. A
// [Decoder] reads lines of data into a struct by tags and holds them against rules.
//
//	loc, problems, err := book.Locate(ctx, []sheet.Schema{schema}, sheet.TableOptions{})
//	table, err := book.Table(ctx, loc, sheet.TableOptions{})
//	decoder, err := sheet.NewDecoder[Gift](loc.Schema)
//	for table.Next() {
//		if line := table.Line(); line.Class == sheet.LineData {
//			var gift Gift
//			problems, bad := decoder.Decode(table, line, &gift)
//		}
//	}
//
// All problems are found in one pass, each with a stable code, its cell, the value as it was read and, where one is likely, a
// suggestion. Package problem has their messages.
//
// # Questions
//
// What can be read in two ways is not guessed: 03/04/2025, 1.234, a hidden row. It is one question for the column or sheet, with
// severity "question", and the rows concerned fail until TableOptions.Answers settles it:
//
//	given_on=dmy or mdy             which of day and month stands first in ambiguous dates of the column given_on
//	amount=point or comma           what stands before decimals in ambiguous numbers of the column amount
//	rows.hidden=include or skip     whether hidden and filtered rows are meant
//	country:Bretagne=France         what one text of a choice or look-up means
//
// Open has questions of its own about a CSV (csv.delimiter, csv.encoding).
//
// # Edits
//
// TableOptions.Edits are texts to be read in place of cells, which the file keeps. Each that changes a cell is said (CELL_EDITED), and so is
// one that no cell takes (EDIT_MISPLACED). An edit is read as a cell of a CSV is, by the language of the titles and the sender's answers.
//
// # How cells are read
//
// Numbers are kept as decimal text, never as floats. A number cell is the shortest decimal that reads back as the stored
// double, with the 15 digits that spreadsheets show at most. A text such as "$ 50 000", "50.000,00", "(500)" or "12 %" is read
// and noted (NUMBER_AS_TEXT; not for plain digits of a CSV, where every cell is text). A comma before exactly three digits
// groups them in a sheet with English titles and behind a dollar sign; elsewhere it is a question, and so is a point. Whole
// numbers have no decimals to take it for. Digits of any script are read (٥٠٬٠٠٠), but not of two in one number.
//
// Dates lose their time of day. A date as text is read where it has only one reading; the other cells of the column turn a
// question's suggestion, not its answer. Two-digit years are refused with the likely date as suggestion (DATE_INVALID), and years
// that another calendar counts (1447, 2568) without one.
//
// Texts come in Unicode's composed form without invisible characters and outer white space (TEXT_NORMALISED where that changed
// something to be seen). A text that looks like a formula stays text.
//
// # Writing
//
// [NewWriter] streams styled workbooks whose bytes depend on their content only. [WriteTemplate] writes an empty table of a
// schema that Locate recognises in any language. [Annotate] marks problems in a copy of the sender's own workbook.
package sheet
