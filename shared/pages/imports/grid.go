package imports

import (
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// grid is rows of the sheet with what was found at their cells: of the columns in which something was.
type grid struct {
	Columns []string // letter and title
	Rows    []gridRow
	Next    string
}

// gridRow is a row of the grid.
type gridRow struct {
	Row     int
	Label   string
	Outcome string
	Cells   []gridCell
	Found   []found // of the row itself, or of what isn't among the columns
}

// gridCell is a cell of the grid.
type gridCell struct {
	Name   string // of the field that edits it: "12.3"; "" where it can't be edited
	Place  string // as spreadsheets name it
	Text   string
	Cut    bool // it is only the beginning of a long text, and can't be edited here
	Edited bool
	Before string // what was sent, where it was edited
	Found  []found
}

// class is how the worst that was found in a cell is told apart, "" where nothing was.
func (c gridCell) class() string {
	if len(c.Found) == 0 {
		return ""
	}
	return "found " + string(c.Found[0].Tone)
}

// found is a problem in the grid.
type found struct {
	Message    string
	Tone       page.Tone
	Suggestion string // what one button puts into the cell; "" for none
}

// grid is a part of a review's rows.
func (d desk) grid(review *intake.Review, rows []intake.ReviewRow) grid {
	shown := make([]bool, len(review.Columns))
	for i := range rows {
		for k := range rows[i].Problems {
			if at := slices.IndexFunc(review.Columns, func(c intake.ReviewColumn) bool { return c.Col == rows[i].Problems[k].Col }); at >= 0 {
				shown[at] = true
			}
		}
		for k := range rows[i].Cells {
			shown[k] = shown[k] || rows[i].Cells[k].Before != nil
		}
	}
	var g grid
	for k := range review.Columns {
		if shown[k] {
			g.Columns = append(g.Columns, review.Columns[k].Letter+d.In(colon)+d.column(&review.Columns[k]))
		}
	}
	for i := range rows {
		g.Rows = append(g.Rows, d.gridRow(review, &rows[i], shown))
	}
	return g
}

func (d desk) gridRow(review *intake.Review, row *intake.ReviewRow, shown []bool) gridRow {
	out := gridRow{Row: row.Row, Label: row.Label, Outcome: d.In(outcomes[row.Outcome])}
	for k := range review.Columns {
		if shown[k] {
			out.Cells = append(out.Cells, d.gridCell(&review.Columns[k], row, k))
		}
	}
	for i := range row.Problems {
		if p := &row.Problems[i]; columnOf(review, p.Col) == nil || len(row.Cells) == 0 {
			out.Found = append(out.Found, found{Message: d.message(p), Tone: tones[p.Severity]})
		}
	}
	return out
}

// gridCell is a row's cell in the column of a number among the review's.
func (d desk) gridCell(column *intake.ReviewColumn, row *intake.ReviewRow, k int) gridCell {
	if k >= len(row.Cells) {
		return gridCell{}
	}
	cell := row.Cells[k]
	out := gridCell{Name: cellName(row.Row, column.Col), Place: d.cell(column, row.Row), Text: cell.Text, Cut: cell.Cut}
	if cell.Before != nil {
		out.Edited, out.Before = true, *cell.Before
	}
	for i := range row.Problems {
		p := &row.Problems[i]
		if p.Col != column.Col || p.Code == "CELL_EDITED" { // which the cell shows itself
			continue
		}
		one := found{Message: d.message(p), Tone: tones[p.Severity]}
		if p.Severity != problem.Question && p.Suggestion != cell.Text {
			one.Suggestion = p.Suggestion
		}
		out.Found = append(out.Found, one)
	}
	return out
}

// rowPath is the path of the page on which a row is edited.
func rowPath(id string, row int) string { return "imports/" + id + "/rows/" + strconv.Itoa(row) }
