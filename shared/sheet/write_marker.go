package sheet

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
)

// markerSheet is the very hidden sheet by which a workbook that was made here is recognised, in any language. Each row begins
// with what it says:
//
//	1 schema    kind
//	2 version   number of the template's version
//	3 lang      language of the titles
//	4 problems  name of the sheet that Annotate added; it is known by its titles, not by this name, which people may change
//	5 identifiers of the columns in their order, from A; no title of its own
//	6 fills     what Annotate's marks cover, see annotate_style.go
const markerSheet = "_guildhall"

// marker is what the marker sheet says; what it doesn't say is zero.
type marker struct {
	Kind     string
	Version  int
	Lang     locale.Lang
	Problems string
	Columns  []string
	fills    []string // fill elements of the sender's cells, by the number that is hidden in a mark's colour
}

// Identify adds the hidden sheet that makes the workbook recognisable: its table is one of the schema, in a language, with
// columns of the identifiers given, in that order. Nil columns are all of the schema's.
func (w *Writer) Identify(schema *Schema, lang locale.Lang, columns []string) error {
	if columns == nil {
		for i := range schema.Columns {
			columns = append(columns, schema.Columns[i].ID)
		}
	}
	return w.writeMarker(marker{Kind: schema.Kind, Version: schema.Version, Lang: lang, Columns: columns})
}

func (w *Writer) writeMarker(m marker) error {
	s, err := w.Sheet(SheetSpec{Name: markerSheet, VeryHidden: true})
	if err != nil {
		return err
	}
	version := any(nil)
	if m.Version != 0 {
		version = m.Version
	}
	text := func(list []string) []OutCell {
		cells := make([]OutCell, len(list))
		for i, item := range list {
			cells[i].Value = item
		}
		return cells
	}
	for _, row := range [][]OutCell{
		text([]string{"schema", m.Kind}), {{Value: "version"}, {Value: version}}, text([]string{"lang", string(m.Lang)}),
		text([]string{"problems", m.Problems}), text(m.Columns), append(text([]string{"fills"}), text(m.fills)...),
	} {
		if err := s.Row(row...); err != nil {
			return err
		}
	}
	return nil
}

// readMarker reads the marker sheet of a workbook; it is zero where there is none. What stands there is the sender's by now:
// nothing of it may be trusted further than its types.
func readMarker(ctx context.Context, b *Book) (m marker, err error) {
	if !slices.ContainsFunc(b.Sheets(), func(s SheetInfo) bool { return s.Name == markerSheet && !s.Chart }) {
		return m, nil
	}
	rows, err := b.Rows(ctx, markerSheet)
	if err != nil {
		return m, err
	}
	for rows.Next() && rows.Row().Number <= 6 {
		m.read(rows.Row())
	}
	return m, cmp.Or(rows.Err(), rows.Close())
}

func (m *marker) read(row *Row) {
	second := ""
	if c := row.At(2); c != nil {
		second = c.Text
	}
	switch row.Number {
	case 1:
		m.Kind = second
	case 2:
		if c := row.At(2); c != nil && c.Kind == KindNumber && c.Number >= 1 && c.Number < 1e6 {
			m.Version = int(c.Number)
		} else if n, err := strconv.Atoi(second); err == nil {
			m.Version = n
		}
	case 3:
		if lang, err := locale.ParseLang(second); err == nil {
			m.Lang = lang
		}
	case 4:
		m.Problems = second
	case 5:
		m.Columns = texts(row, 1)
	case 6:
		m.fills = texts(row, 2)
	}
}

// texts gives the text cells of a row from a column on, up to the first that isn't there.
func texts(row *Row, from int) []string {
	var out []string
	for col := from; ; col++ {
		c := row.At(col)
		if c == nil || c.Kind != KindText {
			return out
		}
		out = append(out, c.Text)
	}
}
