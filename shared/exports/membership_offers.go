package exports

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// The columns of the list of activities with their offers.
const (
	offerCluster = 1 + iota
	offerCode
	offerActivity
	offerItem
	offerCount
	offerBy
	offerPlan
	offerState
)

// matched sets the offers of the term against the work plans' lines (R-QUE-2).
func (b *memberBook) matchOffers() {
	clustersOf := cluster.Of(b.rosters)
	of := func(member string) []string { return clustersOf[member] }
	b.matches = questionnaire.Match(b.r.Programme, b.found.offers, of)
	for _, m := range b.matches {
		for _, line := range m.Lines {
			slices.SortStableFunc(line.Carriers, func(x, y questionnaire.Carrier) int { return b.r.byName(x.Country, x.City, y.Country, y.City) })
		}
	}
	b.unassigned = questionnaire.Unassigned(b.found.offers, of)
}

// lineState says of a line of a cluster's work plan whether somebody carries it.
func (b *memberBook) lineState(cluster programme.Cluster, line questionnaire.LineMatch) locale.Text {
	switch {
	case line.Item == 0:
		return notAsked
	case !line.Gap():
		return offeredState
	case slices.ContainsFunc(b.activities(cluster, line.Line.Code), func(a workplan.Activity) bool { return a.Host != "" }):
		return hostedState
	}
	return noOffer
}

// activities are those of a cluster's work plan for a budget line, without the cancelled ones.
func (b *memberBook) activities(cluster programme.Cluster, code string) []workplan.Activity {
	return slices.DeleteFunc(slices.Clone(b.found.plans[cluster.ID].Activities), func(a workplan.Activity) bool {
		return a.Line != code || a.Status == workplan.Cancelled
	})
}

// planned says in words what a work plan has of a line: hosts, dates and how far each activity has come.
func (b *memberBook) planned(cluster programme.Cluster, code string) string {
	var lines []string
	for _, a := range b.activities(cluster, code) {
		var parts []string
		if a.Title != "" {
			parts = append(parts, a.Title)
		}
		if a.Host != "" {
			parts = append(parts, b.cityName(a.Host))
		}
		if !a.On.IsZero() {
			parts = append(parts, a.On.String())
		}
		lines = append(lines, strings.Join(append(parts, b.r.in(a.Status.Label())), ", "))
	}
	return strings.Join(lines, "\n")
}

// cityName is what a member is called, by its identifier.
func (b *memberBook) cityName(id string) string {
	i := slices.IndexFunc(b.found.members, func(m storedMember) bool { return m.id == id })
	if i < 0 {
		return id
	}
	return b.found.members[i].body.City
}

// offerSheet lists each line of each cluster's work plan with who offers to carry it, what is planned, and what nobody offers.
func (b *memberBook) offerSheet() error {
	p, err := b.list(b.r.in(offersTab), 38, 13, 44, 28, 9, 44, 36, 32)
	if err != nil {
		return err
	}
	p.title(b.r.in(offersTab), b.r.termInWords()+" · "+b.r.in(offersSubtitle))
	p.titles(words(clusterTitle), words(code), words(activity), words(question), counts(offersCount), words(offeredBy), words(planWord), words(stateWord))
	for _, m := range b.matches {
		for _, line := range m.Lines {
			state, look := b.lineState(m.Cluster, line), p.good
			item, offers := cell(nil, p.faint), cell(nil, p.count)
			if line.Item != 0 {
				item, offers = cell(b.r.item(line.Item), p.wrap), cell(len(line.Carriers), p.count)
			}
			switch {
			case state == noOffer:
				look = p.alert
			case line.Item == 0:
				look = p.faint
			}
			p.Row(cell(b.r.clusterName(m.Cluster), p.wrap), cell(line.Line.Code, p.text), cell(b.r.in(line.Line.Activity), p.wrap), item, offers,
				cell(b.r.carriers(line.Carriers), p.wrap), cell(b.planned(m.Cluster, line.Line.Code), p.wrap), cell(b.r.in(state), look))
		}
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: offerState, LastRow: p.NextRow() - 1})
}

// offerColumn names the cells of a column of that list.
func (b *memberBook) offerColumn(col int) string {
	return sheet.Ref(b.r.in(offersTab), fixed(col, headerRow+1, headerRow+len(b.matches)*len(b.r.Programme.BudgetLines)))
}

// gapSheet counts the offers for each activity that cities can carry, cluster by cluster, and what has none; below stand the offers
// that no cluster's budget counts: to the fund, others, and those of cities in no cluster (R-QUE-1, R-QUE-2).
func (b *memberBook) gapSheet() error {
	var asked []programme.BudgetLine
	for _, line := range b.matches[0].Lines {
		if line.Item != 0 {
			asked = append(asked, line.Line)
		}
	}
	widths := []float64{44, 14, 14}
	for range asked {
		widths = append(widths, 24)
	}
	p, err := b.page(b.r.in(gapsTab), headerRow, append(widths, 14, 14)...)
	if err != nil {
		return err
	}
	p.title(b.r.in(gapsTab), b.r.termInWords()+" · "+b.r.in(gapsSubtitle))
	b.gapTable(p, asked)
	fundItem := b.itemCarrying(programme.CarriesFund)
	b.offersWithout(p, offersToFund, b.found.offers, fundItem)
	b.offersWithout(p, otherOffers, b.found.offers, b.itemCarrying(""))
	var cities []string
	for _, o := range b.unassigned {
		cities = append(cities, o.City+" ("+b.r.country(o.Country)+")")
	}
	if len(cities) > 0 {
		p.Skip(1)
		p.wideRemark(b.r.fill(unassignedNote, strings.Join(cities, ", ")), 6)
	}
	return nil
}

// itemCarrying is the number of the item whose offers carry something, 0 when none does.
func (b *memberBook) itemCarrying(what string) int {
	for _, item := range b.r.Programme.Questionnaire.Items {
		if item.Carries == what {
			return item.Number
		}
	}
	return 0
}

func (b *memberBook) gapTable(p *page, asked []programme.BudgetLine) {
	titles := []column{words(clusterTitle), counts(memberCities), counts(citiesAnswer)}
	for _, line := range asked {
		item := b.r.in(line.Activity)
		titles = append(titles, counts(locale.Same(line.Code+"\n"+item)))
	}
	p.titles(append(titles, counts(linesOffered), counts(gapsWord))...)
	first := p.NextRow()
	clusters, codes := b.offerColumn(offerCluster), b.offerColumn(offerCode)
	for i, m := range b.matches {
		row, open := p.NextRow(), 0
		cells := []sheet.OutCell{cell(b.r.clusterName(m.Cluster), p.wrap), cell(len(b.rosters[i].Cities), p.count), cell(m.Cities, p.count)}
		for _, line := range asked {
			match := lineMatch(m, line.Code)
			style := p.goodCount
			if b.lineState(m.Cluster, match) == noOffer {
				open++
				style = p.alertCount
			}
			formula := "SUMIFS(" + b.offerColumn(offerCount) + "," + clusters + "," + at(1, row) + "," + codes + ",\"" + line.Code + "\")"
			cells = append(cells, computed(formula, len(match.Carriers), style))
		}
		covered := "COUNTIFS(" + clusters + "," + at(1, row) + "," + b.offerColumn(offerCount) + ",\">0\")"
		gaps := "COUNTIFS(" + clusters + "," + at(1, row) + "," + b.offerColumn(offerState) + ",\"" + b.r.in(noOffer) + "\")"
		style := p.totalCount
		if open > 0 {
			style = p.alertCount
		}
		p.Row(append(cells, computed(covered, len(asked)-m.Gaps(), p.totalCount), computed(gaps, open, style))...)
	}
	b.gapTotal(p, asked, first)
}

func (b *memberBook) gapTotal(p *page, asked []programme.BudgetLine, first int) {
	last := p.NextRow() - 1
	cells := []sheet.OutCell{cell(b.r.in(total), p.total), cell(nil, p.total), cell(nil, p.total)}
	offered, open := 0, 0
	for i, line := range asked {
		n := 0
		for _, m := range b.matches {
			match := lineMatch(m, line.Code)
			n += len(match.Carriers)
			if !match.Gap() {
				offered++
			}
			if b.lineState(m.Cluster, match) == noOffer {
				open++
			}
		}
		cells = append(cells, computed("SUM("+span(4+i, first, last)+")", n, p.totalCount))
	}
	col := 4 + len(asked)
	p.Row(append(cells, computed("SUM("+span(col, first, last)+")", offered, p.totalCount),
		computed("SUM("+span(col+1, first, last)+")", open, p.totalCount))...)
}

// offersWithout lists what cities offer under an item that no activity of a cluster answers to.
func (b *memberBook) offersWithout(p *page, heading locale.Text, offers []questionnaire.Offer, item int) {
	if item == 0 {
		return
	}
	p.heading(b.r.in(heading))
	titled := false
	for _, o := range offers {
		if !o.Offers(item) {
			continue
		}
		row := p.NextRow()
		if !titled {
			p.Merge(sheet.Range{FirstCol: 4, FirstRow: row, LastCol: 7, LastRow: row})
			p.Merge(sheet.Range{FirstCol: 2, FirstRow: row, LastCol: 3, LastRow: row})
			p.titles(words(city), words(countryWord), words(locale.Text{}), words(offerText), words(locale.Text{}), words(locale.Text{}), words(locale.Text{}))
			titled, row = true, p.NextRow()
		}
		p.Merge(sheet.Range{FirstCol: 4, FirstRow: row, LastCol: 7, LastRow: row})
		p.Merge(sheet.Range{FirstCol: 2, FirstRow: row, LastCol: 3, LastRow: row})
		text, wide := o.Item(item), 0.0
		for _, w := range p.widths[3:7] {
			wide += w
		}
		p.TallRow(heightOf(lines(text, int(wide*perWidthUnit))), cell(o.City, p.wrap), cell(b.r.country(o.Country), p.wrap), cell(nil, p.wrap),
			cell(text, p.wrap), cell(nil, p.wrap), cell(nil, p.wrap), cell(nil, p.wrap))
	}
	if !titled {
		p.wideRemark(b.r.in(noSuchOffer), 6)
	}
}
