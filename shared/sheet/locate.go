package sheet

import (
	"context"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// TableOptions say how a table is found and read.
type TableOptions struct {
	Sheet   string      // exact name; empty finds the best fitting visible sheet
	Lang    locale.Lang // of the sheet, where its titles don't tell; also of labels in suggestions then
	Answers Answers
	MaxRows int // rows of data beyond which the table is refused with ROWS_LIMIT; 0 is MaxRows of a sheet
}

// Located says where a table stands and which column is which.
type Located struct {
	Schema          *Schema
	Sheet           string
	HeaderRow       int // the row that holds the titles, the last one where they take two
	DataRow         int // the first row below the titles
	Lang            locale.Lang
	Columns         []int // for each column of the schema the sheet's column from 1, or 0
	TemplateVersion int   // of the template that the sheet was made from; 0 when it was made from none
}

// Locate finds the table.
func (b *Book) Locate(ctx context.Context, schemas []Schema, opts TableOptions) (*Located, []problem.Problem, error) {
	return nil, nil, ctx.Err()
}
