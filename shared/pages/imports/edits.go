package imports

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// longText is from how many characters on a cell is edited in several lines.
const longText = 80

// edits has an import checked once more with edits: a field "cell.12.3" is what the cell of row 12 and column 3 is to hold, "undo.12.3" takes
// its edit back.
func edits(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	imp, err := o.CheckImport(ctx, v.Values["id"], nil, changesOf(v))
	return after(ctx, o, v, imp, err, "edited")
}

// changesOf are the edits of a form, in the order of their cells.
func changesOf(v page.Visit) (all []intake.EditChange) {
	for name, values := range v.Form {
		what, cell, _ := strings.Cut(name, ".")
		row, col, ok := cellOf(cell)
		if !ok || what != "cell" && what != "undo" {
			continue
		}
		all = append(all, intake.EditChange{Edit: intake.Edit{Row: row, Col: col, Value: values[len(values)-1]}, Undo: what == "undo"})
	}
	slices.SortFunc(all, func(a, b intake.EditChange) int { return 1<<14*(a.Row-b.Row) + a.Col - b.Col })
	return all
}

// cellOf reads what cellName writes.
func cellOf(name string) (row, col int, ok bool) {
	first, second, _ := strings.Cut(name, ".")
	row, err := strconv.Atoi(first)
	col, colErr := strconv.Atoi(second)
	return row, col, err == nil && colErr == nil
}

// rowForm is what the page of a row shows.
type rowForm struct {
	Path   string
	Label  string
	Found  []string // of the row itself
	Inputs []page.Input
	Next   string // the path of the import's page
}

// row shows the form in which a row of an import is edited. Where there is nothing to mend in it any more, the import's page says so.
func row(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d, form, _, err := rowOf(ctx, o, v)
	if err != nil {
		return nil, err
	}
	if form == nil {
		return v.On("imports/"+v.Values["id"], ""), nil
	}
	return v.Written(ctx, rowPage(d.Frame, *form, nil))
}

// editRow has an import checked once more with what a row's form says.
func editRow(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d, form, found, err := rowOf(ctx, o, v)
	if err != nil {
		return nil, err
	}
	changed := changesOf(v)
	if form != nil {
		changed = slices.DeleteFunc(changed, func(c intake.EditChange) bool { return found[c.Col] == c.Value })
	}
	path := "imports/" + v.Values["id"]
	if len(changed) == 0 {
		return v.On(path, ""), nil
	}
	_, err = o.CheckImport(ctx, v.Values["id"], nil, changed)
	if err == nil {
		return v.On(path, "edited"), nil
	}
	var p *problem.Problem
	if errors.As(err, &p) && p.Row > 0 { // it stands at its cell
		p.Field = "cell." + cellName(p.Row, p.Col)
	}
	if form == nil {
		return nil, err
	}
	for i := range form.Inputs {
		form.Inputs[i].Value = v.Form.Get(form.Inputs[i].Name)
	}
	return v.Again(ctx, err, func(r page.Refused) templ.Component { return rowPage(d.Frame, *form, r) })
}

// rowOf is the form of a row, with what its cells hold by their columns; nil where the review has no such row. ROUTE_UNKNOWN, ACCESS_DENIED
// to whoever may not edit, IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, REVIEW_MISSING.
func rowOf(ctx context.Context, o *office.Office, v page.Visit) (desk, *rowForm, map[int]string, error) {
	d := deskOf(ctx, o, v, wordImport)
	number, err := strconv.Atoi(v.Values["row"])
	if err != nil || number < 1 {
		return d, nil, nil, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	}
	imp, _, err := o.Import(ctx, v.Values["id"])
	if err != nil {
		return d, nil, nil, err
	}
	if refusal := access.Decide(d.who, access.ImportAnswer, access.Object{Person: imp.Person}); refusal != nil {
		return d, nil, nil, refusal
	}
	review, found, err := o.ReviewRow(ctx, imp.ID, number)
	if err != nil || found == nil || len(found.Cells) == 0 {
		return d, nil, nil, err
	}
	d.Name, d.At = d.In(wordRowAt)+" "+strconv.Itoa(number), rowPath(imp.ID, number)
	d.Within = []page.Step{{Path: "imports", Name: d.In(wordImports)}, {Path: "imports/" + imp.ID, Name: imp.File.Name}}
	form := &rowForm{Path: d.At, Label: found.Label, Next: "imports/" + imp.ID}
	held := map[int]string{}
	for k := range review.Columns {
		cell := d.gridCell(&review.Columns[k], found, k)
		if cell.Cut {
			continue
		}
		held[review.Columns[k].Col], _ = locale.Normalise(cell.Text)
		form.Inputs = append(form.Inputs, d.input(&review.Columns[k], cell))
	}
	for i := range found.Problems {
		if p := &found.Problems[i]; columnOf(review, p.Col) == nil {
			form.Found = append(form.Found, d.message(p))
		}
	}
	return d, form, held, nil
}

// input is the field of a cell: what was found there is its hint, and what is likely meant may be chosen.
func (d desk) input(column *intake.ReviewColumn, cell gridCell) page.Input {
	in := page.Input{Name: "cell." + cell.Name, Value: cell.Text, Label: locale.Same(column.Letter + d.In(colon) + d.column(column))}
	var hints []string
	if cell.Edited {
		hints = append(hints, d.In(labelBefore)+d.In(colon)+cell.Before)
	}
	for _, one := range cell.Found {
		hints = append(hints, one.Message)
		if one.Suggestion != "" {
			in.Suggestions = append(in.Suggestions, one.Suggestion)
		}
	}
	in.Hint = locale.Same(strings.Join(hints, " "))
	if len(cell.Text) > longText || strings.Contains(cell.Text, "\n") {
		in.Lines, in.Suggestions = 4, nil
	}
	return in
}
