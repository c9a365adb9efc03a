package sheet

import (
	"context"

	"github.com/learning-cities/guildhall/shared/problem"
)

// owns reports whether a sheet is one that the toolkit puts into every template. A sheet of problems is told by what stands in it.
func (m *marker) owns(sheet string) bool {
	return sheet == markerSheet || m.Kind != "" && sheet == listSheet
}

// readTemplate reads the marker sheet, if there is one, and keeps only the schema that it names, if that is among those asked
// for.
func (f *finder) readTemplate(ctx context.Context) error {
	mark, err := readMarker(ctx, f.book)
	if err != nil {
		return err
	}
	for i := range f.schemas {
		if f.schemas[i].Kind == mark.Kind {
			f.template, f.schemas = mark, f.schemas[i:i+1]
			return nil
		}
	}
	return nil // a template of another kind of table, or none
}

// nameByTemplate gives titles that are not known the columns which the template has at their places, provided that every
// title that is known stands where the template has it: then the sender changed words, not the order.
func (m *marker) nameByTemplate(h *header, schema *Schema) {
	if len(h.cells) == 0 || len(m.Columns) == 0 {
		return
	}
	first, present := h.cells[0].col, map[int]bool{}
	at := func(cell headerCell) int {
		if i := cell.col - first; i < len(m.Columns) {
			return schema.column(m.Columns[i])
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
func (m *marker) outdated(loc *Located) *problem.Problem {
	if m.Version <= 0 || m.Version >= loc.Schema.Version {
		return nil
	}
	return problem.New("TEMPLATE_VERSION_OLD").At(loc.Sheet, 0, 0).
		WithInt("version", m.Version).WithInt("current", loc.Schema.Version)
}
