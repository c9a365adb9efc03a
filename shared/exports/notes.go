package exports

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// ruleNote says what a figure of the workbook rests on.
type ruleNote struct {
	rules string // identifiers
	text  locale.Text
}

// difference is a computed figure that is not the printed one, in words.
type difference struct{ rule, text string }

// notesPage writes what the other sheets rest on: rules, differences from what is printed, disagreements of the sources, sources.
// Of the disagreements those are shown whose rule begins with one of the prefixes.
func (b *book) notesPage(rules []ruleNote, differences []difference, prefixes ...string) error {
	p, err := b.page(b.r.in(notesTab), 2, 18, 70, 44, 70)
	if err != nil {
		return err
	}
	p.title(b.r.in(notesTab), b.r.fill(editionWords, b.r.Programme.ID)+" · "+b.r.in(asOf(b.r)))
	p.firstHeading(b.r.in(rulesHeading))
	p.titles(words(ruleTitle), words(meaning))
	for _, note := range rules {
		p.Row(cell(note.rules, p.wrap), cell(b.r.in(note.text), p.wrap))
	}
	p.heading(b.r.in(differencesHeading))
	if len(differences) == 0 {
		p.wideRemark(b.r.in(noDifferences), 2)
	}
	for _, d := range differences {
		p.Row(cell(d.rule, p.alert), cell(d.text, p.alert))
	}
	b.disagreements(p, prefixes)
	b.sources(p)
	return nil
}

func (b *book) disagreements(p *page, prefixes []string) {
	p.heading(b.r.in(disagreementsHeading))
	p.titles(words(ruleTitle), words(place), words(printedText), words(decision))
	for _, d := range b.r.Programme.Disagreements {
		if slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(d.Rule, prefix) }) {
			p.Row(cell(d.Rule, p.text), cell(b.r.in(d.Place), p.wrap), cell(d.Printed, p.wrap), cell(b.r.in(d.Decision), p.wrap))
		}
	}
}

// sources names the documents and the reference data; the World Bank's licence asks for its name.
func (b *book) sources(p *page) {
	p.heading(b.r.in(sourcesTitle))
	p.titles(words(code), words(document))
	for _, s := range b.r.Programme.Sources {
		p.Row(cell(s.ID, p.text), cell(s.Title, p.wrap))
	}
	p.Row(cell(b.r.in(derivedWord), p.text), cell(b.r.in(derivedMeans), p.wrap))
	p.Row(cell(b.r.in(practiceWord), p.text), cell(b.r.in(practiceMeans), p.wrap))
	p.Row(cell(b.r.in(worldBankWord), p.text), cell(b.r.fill(worldBank, b.r.incomeYear()), p.wrap))
	p.Row(cell("UNESCO", p.text), cell(b.r.in(unescoRegions), p.wrap))
}

// notes ends the budget workbook.
func (b *budgetBook) notes() error {
	var found []difference
	for _, p := range slices.Concat(b.costs.Differences(), b.plan.Differences()) {
		found = append(found, difference{p.Rule, p.Message(b.r.Lang)})
	}
	return b.notesPage(budgetRules, found, "R-BUD", "R-FUN", "R-QUE", "R-CLU")
}

// incomeYear is the fiscal year of the income groups that are used.
func (r *request) incomeYear() int {
	year := 0
	for _, c := range r.Reference.Countries() {
		year = max(year, c.IncomeYear)
	}
	return year
}
