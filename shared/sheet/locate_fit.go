package sheet

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// How far the best kind of table must be ahead of the next, and what its name on the sheet's tab or in a title counts.
const (
	kindMargin = 0.04
	nameBonus  = 0.15
)

// fit finds the schema that a sheet's header fits best. It is an error (KIND_UNKNOWN) when two fit alike.
func (f *finder) fit(sheet string, top *scanned) (fit, bool, error) {
	type ranked struct {
		fit
		rank float64 // the score, with the bonus of a name: it tells kinds apart, not sheets
	}
	var fits []ranked
	for _, t := range f.titles {
		h, ok := t.findHeader(top)
		if !ok {
			continue
		}
		one := ranked{fit: fit{sheet: sheet, titles: t, header: h, data: hasDataBelow(&h, top), score: t.score(&h)}}
		one.rank = one.score
		if t.namedBy(sheet, &h, top) {
			one.rank += nameBonus
		}
		fits = append(fits, one)
	}
	if len(fits) == 0 {
		return fit{}, false, nil
	}
	slices.SortStableFunc(fits, func(a, b ranked) int {
		switch {
		case a.rank > b.rank:
			return -1
		case a.rank < b.rank:
			return 1
		}
		return 0
	})
	best := fits[0]
	if len(fits) > 1 && best.rank-fits[1].rank < kindMargin {
		kinds := []string{best.titles.schema.Kind, fits[1].titles.schema.Kind}
		return fit{}, false, problem.New("KIND_UNKNOWN").WithText("kinds", listed(kinds)).At(sheet, best.header.last, 0)
	}
	if len(f.titles) > 1 && best.score < 0.5 {
		return fit{}, false, nil // a few common titles don't make a kind
	}
	return best.fit, true, nil
}

// score weighs how much of the header the schema explains, how many of its required columns are there, and how many of all.
func (t *titles) score(h *header) float64 {
	present := map[int]bool{}
	for _, cell := range h.cells {
		present[cell.column] = true
	}
	required, found := 0, 0
	for i := range t.schema.Columns {
		if t.schema.Columns[i].Required {
			required++
			if present[i] {
				found++
			}
		}
	}
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
