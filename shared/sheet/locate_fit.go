package sheet

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// How far the best kind of table must be ahead of the next, and what its name on the sheet's tab or in a title counts.
const (
	kindMargin = 0.04
	nameBonus  = 0.15
)

// ranked is the fit of one schema among several.
type ranked struct {
	fit
	named bool
	rank  float64 // the score, with the bonus of a name: it tells kinds apart, not sheets
}

// fit finds the schema that a sheet's header fits best. It is an error (KIND_UNKNOWN) when that can't be told from another.
func (f *finder) fit(sheet string, top *scanned) (fit, bool, error) {
	var fits []ranked
	for _, t := range f.titles {
		h, ok := t.findHeader(top)
		if !ok {
			continue
		}
		one := ranked{fit: fit{sheet: sheet, titles: t, header: h, data: hasDataBelow(&h, top), score: t.score(&h)}}
		one.rank, one.named = one.score, t.namedBy(sheet, &h, top)
		if one.named {
			one.rank += nameBonus
		}
		fits = append(fits, one)
	}
	if len(fits) == 0 {
		return fit{}, false, nil
	}
	slices.SortStableFunc(fits, func(a, b ranked) int { return cmp.Compare(b.rank, a.rank) })
	best := &fits[0]
	for i := range fits[1:] {
		if other := &fits[1+i]; best.rank-other.rank < kindMargin || best.explainedBy(other) {
			kinds := []string{best.titles.schema.Kind, other.titles.schema.Kind}
			return fit{}, false, problem.New("KIND_UNKNOWN").WithText("kinds", listed(kinds)).At(sheet, best.header.last, 0)
		}
	}
	if len(f.titles) > 1 && best.score < 0.5 {
		return fit{}, false, nil // a few common titles don't make a kind
	}
	return best.fit, true, nil
}

// explainedBy reports whether nothing speaks for a kind rather than for another: it lacks required columns, no name says it, and
// every title that it knows the other knows too.
func (r *ranked) explainedBy(other *ranked) bool {
	if r.named || len(r.titles.lacking(&r.header)) == 0 {
		return false
	}
	return !slices.ContainsFunc(r.header.cells, func(c headerCell) bool {
		theirs := other.header.at(c.col)
		return c.column >= 0 && (theirs == nil || theirs.column < 0)
	})
}

// lacking lists the required columns that a header does not have.
func (t *titles) lacking(h *header) []int {
	var lacking []int
	for i := range t.schema.Columns {
		if t.schema.Columns[i].Required && !slices.ContainsFunc(h.cells, func(c headerCell) bool { return c.column == i }) {
			lacking = append(lacking, i)
		}
	}
	return lacking
}

// score weighs how much of the header the schema explains, how many of its required columns are there, and how many of all.
func (t *titles) score(h *header) float64 {
	required := 0
	for i := range t.schema.Columns {
		if t.schema.Columns[i].Required {
			required++
		}
	}
	found := required - len(t.lacking(h))
	if required == 0 {
		required, found = len(t.schema.Columns), h.matched
	}
	known := float64(h.matched) + float64(h.near)/2
	return 0.5*known/float64(len(h.cells)) + 0.4*float64(found)/float64(required) + 0.1*known/float64(len(t.schema.Columns))
}

// namedBy reports whether the sheet's tab or a text above the header is the name of the kind of table.
func (t *titles) namedBy(sheet string, h *header, top *scanned) bool {
	names := []string{locale.Fold(t.schema.Kind)}
	for _, lang := range locale.Langs {
		names = append(names, locale.Fold(t.schema.Title.In(lang)))
	}
	named := func(text string) bool {
		if len(text) > longestTitle {
			return false
		}
		key := locale.Fold(text)
		return key != "" && slices.Contains(names, key)
	}
	if named(sheet) {
		return true
	}
	for _, row := range top.rows {
		if row.number >= h.first {
			break
		}
		if slices.ContainsFunc(row.cells, func(c scannedCell) bool { return named(c.text) }) {
			return true
		}
	}
	return false
}

// hasDataBelow reports whether anything stands below a header, under one of its known titles as far as was looked.
func hasDataBelow(h *header, top *scanned) bool {
	for _, row := range top.rows {
		if row.number < h.next {
			continue
		}
		if slices.ContainsFunc(row.cells, func(c scannedCell) bool { return h.columnAt(c.col) >= 0 }) {
			return true
		}
	}
	return top.more
}
