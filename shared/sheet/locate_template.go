package sheet

import (
	"context"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// templateMark is what a template's marker sheet says (see Writer.Identify).
type templateMark struct {
	kind     string
	version  int
	lang     locale.Lang
	problems string   // the sheet of problems that an annotated copy has
	columns  []string // identifiers
}

// owns reports whether a sheet belongs to the toolkit rather than to the sender.
func (t *templateMark) owns(sheet string) bool {
	return sheet == markerSheet || (t.problems != "" && sheet == t.problems) ||
		(t.kind != "" && sheet == listSheet)
}

// readTemplate reads the marker sheet, if there is one, and keeps only the schema that it names, if that is among those asked
// for.
func (f *finder) readTemplate(ctx context.Context) error {
	if !slices.ContainsFunc(f.book.Sheets(), func(s SheetInfo) bool { return s.Name == markerSheet && !s.Chart }) {
		return nil
	}
	rows, err := f.book.Rows(ctx, markerSheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() && rows.Row().Number <= 5 {
		f.template.read(rows.Row())
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for i := range f.schemas {
		if f.schemas[i].Kind == f.template.kind {
			f.schemas = f.schemas[i : i+1]
			return nil
		}
	}
	f.template = templateMark{problems: f.template.problems} // of another kind of table
	return nil
}

func (t *templateMark) read(row *Row) {
	if row.Number == 5 {
		for i := range row.Cells {
			t.columns = append(t.columns, row.Cells[i].Text)
		}
		return
	}
	name, value := row.At(1), row.At(2)
	if name == nil || value == nil {
		return
	}
	switch name.Text {
	case "schema":
		t.kind = value.Text
	case "version":
		t.version = int(value.Number)
		if value.Kind == KindText {
			t.version, _ = strconv.Atoi(value.Text)
		}
	case "lang":
		t.lang, _ = locale.ParseLang(value.Text)
	case "problems":
		t.problems = value.Text
	}
}

// nameByTemplate gives titles that are not known the columns which the template has at their places, provided that every
// title that is known stands where the template has it: then the sender changed words, not the order.
func (t *templateMark) nameByTemplate(h *header, schema *Schema) {
	if len(h.cells) == 0 || len(t.columns) == 0 {
		return
	}
	first, present := h.cells[0].col, map[int]bool{}
	at := func(cell headerCell) int {
		if i := cell.col - first; i < len(t.columns) {
			return schema.column(t.columns[i])
		}
		return -1
	}
	for _, cell := range h.cells {
		if cell.column >= 0 && cell.column != at(cell) {
			return
		}
		present[cell.column] = true
	}
	for i := range h.cells {
		if column := at(h.cells[i]); h.cells[i].column < 0 && column >= 0 && !present[column] {
			h.cells[i].column = column
		}
	}
}

// outdated is the warning that the template is older than the schema.
func (t *templateMark) outdated(loc *Located) *problem.Problem {
	if t.version <= 0 || t.version >= loc.Schema.Version {
		return nil
	}
	return problem.New("TEMPLATE_VERSION_OLD").At(loc.Sheet, 0, 0).
		WithInt("version", t.version).WithInt("current", loc.Schema.Version)
}
