package exports

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the list of participations.
const (
	partCluster = 1 + iota
	partCity
	partCountry
	partRegion
	partFrom
	partUntil
	partState
)

func (b *memberBook) partRows() (first, last int) {
	n := 0
	for _, r := range b.rosters {
		n += len(r.Cities)
	}
	return headerRow + 1, headerRow + max(n, 1)
}

func (r *request) clusterName(c programme.Cluster) string {
	return strconv.Itoa(c.Number) + ". " + r.in(c.Label)
}

// clusterSpread is the column of the first region on the sheet of clusters.
const clusterSpread = 5

// coordinatorCell names who coordinates a cluster, marked where a seat is vacant.
func (b *memberBook) coordinatorCell(p *page, c programme.Cluster) sheet.OutCell {
	names := b.coordinatorsOf(c)
	switch {
	case len(names) == 0:
		return cell(b.r.in(vacantWord), p.alert)
	case len(names) < b.r.Programme.Limits.CoordinatorsPerCluster:
		return cell(strings.Join(append(names, b.r.in(vacantWord)), "\n"), p.alert)
	}
	return cell(strings.Join(names, "\n"), p.wrap)
}

// clusterSheet counts the members of each cluster by region, out of the list of participations (R-CLU-6 asks for the balance).
func (b *memberBook) clusterSheet() error {
	p, err := b.poster(b.r.in(clustersTab), headerRow, 44, 48, 36, 12, 14, 14, 14, 14, 14)
	if err != nil {
		return err
	}
	p.title(b.r.in(clustersTab), b.r.termInWords()+" · "+b.r.in(oneCityThree))
	regions := b.r.Reference.Regions()
	titles := []column{words(clusterTitle), words(topicsWord), words(coordinatorsTab), counts(memberCities)}
	for _, region := range regions {
		titles = append(titles, counts(region.Name))
	}
	p.titles(titles...)
	first, last := b.partRows()
	tab := b.r.in(participationTab)
	clusters, inRegions := sheet.Ref(tab, fixed(partCluster, first, last)), sheet.Ref(tab, fixed(partRegion, first, last))
	var names []string
	bars := make([][]sheet.Number, len(regions))
	for _, roster := range b.rosters {
		row, spread := p.NextRow(), roster.Spread(b.r.region)
		name := b.r.clusterName(roster.Cluster)
		names = append(names, name)
		cells := []sheet.OutCell{cell(name, p.wrap), cell(b.r.topics(roster.Cluster), p.wrap),
			b.coordinatorCell(p, roster.Cluster), computed("COUNTIF("+clusters+","+at(1, row)+")", len(roster.Cities), p.totalCount)}
		for i, region := range regions {
			title := sheet.ColumnName(clusterSpread+i) + "$" + strconv.Itoa(headerRow)
			cells = append(cells, computed("COUNTIFS("+clusters+","+at(1, row)+","+inRegions+","+title+")", spread[region.ID], p.count))
			bars[i] = append(bars[i], sheet.Number(strconv.Itoa(spread[region.ID])))
		}
		p.Row(cells...)
	}
	b.seatsByRegion(p)
	chart := sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(chartClusters), Anchor: at(1, p.NextRow()+1), Width: 1100, Height: 380, Stacked: true, NumFmt: "0",
	}
	for i, region := range regions {
		chart.Series = append(chart.Series, sheet.ChartSeries{
			Name: b.r.in(region.Name), Categories: names, Values: bars[i],
			CategoriesRef: sheet.Ref(b.r.in(clustersTab), fixed(1, headerRow+1, headerRow+len(names))),
			ValuesRef:     sheet.Ref(b.r.in(clustersTab), fixed(clusterSpread+i, headerRow+1, headerRow+len(names))),
		})
	}
	p.Chart(chart)
	return nil
}

// participationSheet lists who takes part in which cluster, with the period (R-CLU-2).
func (b *memberBook) participationSheet() error {
	p, err := b.list(b.r.in(participationTab), 46, 28, 28, 32, 13, 13, 20)
	if err != nil {
		return err
	}
	p.title(b.r.in(participationTab), b.r.termInWords())
	p.titles(words(clusterTitle), words(city), words(countryWord), words(region), counts(fromWord), counts(untilWord), words(stateWord))
	for _, roster := range b.rosters {
		for _, c := range roster.Cities {
			state := cell(b.r.in(takesPart), p.good)
			switch {
			case c.Until.Before(b.r.day):
				state = cell(b.r.in(hasLapsed), p.faint)
			case c.From.After(b.r.day):
				state = cell(b.r.in(notBegun), p.faint)
			}
			p.Row(cell(b.r.clusterName(roster.Cluster), p.wrap), cell(c.City, p.wrap), cell(b.r.country(c.Country), p.wrap),
				cell(b.r.nameOfRegion(b.r.region(c.Country)), p.wrap), cell(c.From, p.date), cell(c.Until, p.date), state)
		}
	}
	if p.NextRow() == headerRow+1 {
		p.nothing(noParticipants, partState)
	}
	_, last := b.partRows()
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: partState, LastRow: last})
}
