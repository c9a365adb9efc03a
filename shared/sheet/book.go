// Package sheet is a spreadsheet toolkit: it reads workbooks (.xlsx) and CSV as streams of typed cells, exact to the last
// byte or not at all, matches tables to declared columns and decodes them into structs, and writes styled workbooks. It does
// not know what the tables are about.
package sheet

import (
	"context"

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

// DefaultSheet returns the first visible worksheet in tab order, else the first worksheet.
func (b *Book) DefaultSheet() (SheetInfo, error) { return SheetInfo{}, nil }

// Rows streams the rows of the sheet with exactly that name, whatever its visibility. SHEET_MISSING names the nearest one.
func (b *Book) Rows(ctx context.Context, sheet string) (*Rows, error) { return nil, ctx.Err() }

// Close releases the book. Rows that are still open end with an error.
func (b *Book) Close() error { return nil }
