package exports

import (
	"context"
	"strings"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Where the members stand on their sheet: titles in the first row, as a sheet that is imported has them.
const memberTitles = 1

// memberPlaces says where the columns stand that other sheets count.
type memberPlaces struct {
	tab                   string
	last                  int // row
	country, joined, left int // columns
}

func (m memberPlaces) column(col int) string {
	return sheet.Ref(m.tab, fixed(col, memberTitles+1, m.last))
}

func (b *memberBook) placeMembers() {
	b.schema = kinds.MembersSchema(b.env())
	b.places = memberPlaces{tab: b.r.in(membersTab), last: memberTitles + max(len(b.found.members), 1)}
	for i, c := range b.schema.Columns {
		switch c.ID {
		case "country":
			b.places.country = i + 1
		case "joined_on":
			b.places.joined = i + 1
		case "left_on":
			b.places.left = i + 1
		}
	}
}

// env is what the columns of a kind of sheet are declared with.
func (b *memberBook) env() *imports.Env {
	return &imports.Env{
		Programme: b.r.Programme, Reference: b.r.Reference, Now: b.r.At, Call: b.r.call.ID, Term: b.r.term.ID, Lang: b.r.Lang,
	}
}

// members writes the sheet that imports again as it is: the columns of the kind "members", every member on record.
func (b *memberBook) members(ctx context.Context) error {
	spec := sheet.SheetSpec{
		Name: b.places.tab, FreezeRows: memberTitles, FreezeCols: 1, TitleRows: memberTitles, Landscape: true, FitWidth: true, TabColor: blue,
		Footer: b.places.tab + "\t" + b.r.in(asOf(b.r)) + "\t{page} / {pages}",
	}
	var titles []sheet.OutCell
	for _, c := range b.schema.Columns {
		titles = append(titles, cell(b.r.in(c.Label), b.head))
		spec.Widths = append(spec.Widths, float64(c.Width))
	}
	s, err := b.Sheet(spec)
	if err != nil {
		return err
	}
	p := &page{SheetWriter: s, look: b.look, r: b.r, widths: spec.Widths}
	p.TallRow(max(p.height(titles), 30), titles...)
	for i, c := range b.schema.Columns {
		if note := b.r.in(c.Note); note != "" {
			p.Note(at(i+1, memberTitles), note)
		}
	}
	env := b.env()
	for i, m := range b.found.members {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		values := kinds.MemberCells(env, m.body, m.version)
		row := make([]sheet.OutCell, len(b.schema.Columns))
		for j := range b.schema.Columns {
			row[j] = b.kindCell(&b.schema.Columns[j], values[b.schema.Columns[j].ID])
		}
		p.Row(row...)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: memberTitles, LastCol: len(b.schema.Columns), LastRow: b.places.last})
}

// kindCell writes a value so that the column's reader takes it back as it was: choices by their labels, countries and regions by
// their names in the workbook's language.
func (b *memberBook) kindCell(c *sheet.Column, value any) sheet.OutCell {
	switch v := value.(type) {
	case []string:
		labels := make([]string, len(v))
		for i, id := range v {
			labels[i] = b.label(c, id)
		}
		return cell(strings.Join(labels, "; "), b.wrap)
	case string:
		switch c.ID {
		case "country":
			v = b.r.country(v)
		case "region":
			region, _ := b.r.Reference.Region(v)
			v = b.r.in(region.Name)
		}
		return cell(v, b.wrap)
	case int64:
		return cell(v, b.count)
	case nil:
		return cell(nil, b.text)
	default:
		return cell(v, b.date)
	}
}

func (b *memberBook) label(c *sheet.Column, id string) string {
	for _, choice := range c.Choices {
		if choice.ID == id {
			return b.r.in(choice.Label)
		}
	}
	return id
}
