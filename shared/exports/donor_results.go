package exports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// results writes what the activities achieved, in the reader's language where it was told in that, with the donor's part in their money.
func (b *donorBook) results() error {
	p, err := b.list(b.r.in(resultsTab), 12, 40, 14, 82, 40, 22)
	if err != nil {
		return err
	}
	p.title(b.r.in(resultsTab), b.subtitle())
	p.titles(words(code), words(activity), words(resultTerm), words(resultWord), words(resultFigures),
		amounts(currencyTitle(yourPart, b.s.Currency)))
	for _, one := range b.s.Results {
		name, part := one.Activity, cell(nil, p.cents)
		if i := slices.IndexFunc(b.s.Spending, func(s statement.Spending) bool { return s.Activity.Code == one.Activity }); i >= 0 {
			name = b.activityName(b.s.Spending[i].Activity)
			part = computed(sheet.Ref(b.r.in(spendingTab), at(spendDonorAll, b.activities.first+i)), b.units(b.s.Spending[i].Donor.Cumulative), p.cents)
		}
		figures := make([]string, len(one.Figures))
		for i, f := range one.Figures {
			figures[i] = b.r.in(f.Label) + ": " + f.Value
		}
		p.Row(cell(one.Activity, p.text), cell(name, p.wrap), cell(strings.ReplaceAll(one.Term, "-", "–"), p.text),
			cell(told(one.Narrative, b.r.Lang), p.wrap), cell(strings.Join(figures, "\n"), p.wrap), part)
	}
	if len(b.s.Results) == 0 {
		p.nothing(noResults, 6)
	}
	return nil
}

// told is a text in a language, or in one in which it was written.
func told(text locale.Text, lang locale.Lang) string {
	return cmp.Or(text.In(lang), text.EN, text.FR, text.ES)
}
