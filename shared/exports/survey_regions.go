package exports

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/survey"
)

// The columns of the sheet of regions before those of the regions.
const (
	voteTopic = 1 + iota
	voteCluster
	voteRegion // the first one
)

// regionSheet counts votes and cities that would coordinate by region, whose balance among the clusters counts (R-REG-1, R-CLU-6).
func (b *surveyBook) regionSheet() error {
	widths := []float64{44, 44}
	for range len(b.regions) + 1 {
		widths = append(widths, 15)
	}
	p, err := b.poster(b.r.in(regionsTab), 2, widths...)
	if err != nil {
		return err
	}
	p.title(b.r.in(regionsTab), b.r.fill(surveyTitle, b.tally.Survey.ID))
	votes := survey.VotesBy(b.counted, b.regionOf)
	topicFirst, topicLast := b.topicsByRegion(p, votes)
	clusterFirst := b.clustersByRegion(p, votes, topicFirst, topicLast)
	b.willingByRegion(p)
	b.regionChart(p, votes, clusterFirst)
	return nil
}

// regionTitles are the titles of a table with a column for each region, and one for all.
func (b *surveyBook) regionTitles(p *page, heading, first, second, all locale.Text) (titleRow int) {
	if p.NextRow() == headerRow {
		p.firstHeading(b.r.in(heading))
	} else {
		p.heading(b.r.in(heading))
	}
	titles := []column{words(first), words(second)}
	for _, one := range b.regions {
		titles = append(titles, counts(one.Name))
	}
	titleRow = p.NextRow()
	p.titles(append(titles, counts(all))...)
	return titleRow
}

// regionTitle is the cell with a region's title, as a formula that is copied downwards names it.
func regionTitle(i, row int) string { return sheet.ColumnName(voteRegion+i) + "$" + strconv.Itoa(row) }

// sumOfRegions ends a row of such a table.
func (b *surveyBook) sumOfRegions(row, sum int, style sheet.StyleID) sheet.OutCell {
	return computed("SUM("+at(voteRegion, row)+":"+at(voteRegion+len(b.regions)-1, row)+")", sum, style)
}

func (b *surveyBook) topicsByRegion(p *page, votes map[string]map[string]int) (first, last int) {
	titleRow := b.regionTitles(p, topicsByRegionHeading, topicWord, clusterTitle, votesWord)
	for _, topic := range b.r.Programme.Topics {
		row, sum := p.NextRow(), 0
		cluster, _ := b.r.Programme.ClusterOf(topic.ID)
		cells := []sheet.OutCell{cell(strconv.Itoa(topic.Number)+". "+b.r.in(topic.Label), p.wrap), cell(b.r.clusterName(cluster), p.wrap)}
		for i, one := range b.regions {
			n := votes[one.ID][topic.ID]
			sum += n
			cells = append(cells, computed("COUNTIFS("+b.namedBy(topic.ID)+","+b.answerColumn(answerRegion)+","+regionTitle(i, titleRow)+")", n, p.count))
		}
		p.Row(append(cells, b.sumOfRegions(row, sum, p.totalCount))...)
	}
	return titleRow + 1, p.NextRow() - 1
}

func (b *surveyBook) clustersByRegion(p *page, votes map[string]map[string]int, topicFirst, topicLast int) (first int) {
	first = b.regionTitles(p, clustersByRegionHeading, clusterTitle, topicsWord, votesWord) + 1
	for _, cluster := range b.r.Programme.Clusters {
		row, sum := p.NextRow(), 0
		cells := []sheet.OutCell{cell(b.r.clusterName(cluster), p.wrap), cell(b.r.topics(cluster), p.wrap)}
		for i, one := range b.regions {
			n := votesFor(votes[one.ID], cluster.Topics)
			sum += n
			formula := "SUMIF(" + fixed(voteCluster, topicFirst, topicLast) + "," + at(1, row) + "," + fixed(voteRegion+i, topicFirst, topicLast) + ")"
			cells = append(cells, computed(formula, n, p.count))
		}
		p.Row(append(cells, b.sumOfRegions(row, sum, p.totalCount))...)
	}
	return first
}

func votesFor(votes map[string]int, topics []string) int {
	sum := 0
	for _, topic := range topics {
		sum += votes[topic]
	}
	return sum
}

func (b *surveyBook) willingByRegion(p *page) {
	titleRow := b.regionTitles(p, willingByRegionHeading, clusterTitle, seatsWord, answeredCities)
	for _, w := range b.willing {
		row := p.NextRow()
		cells := []sheet.OutCell{cell(b.r.clusterName(w.Cluster), p.wrap), cell(b.r.Programme.Limits.CoordinatorsPerCluster, p.countLeft)}
		for i, one := range b.regions {
			n := 0
			for _, a := range w.Answers {
				if b.regionOf(a) == one.ID {
					n++
				}
			}
			formula := "COUNTIFS(" + b.willingColumn(willingCluster) + "," + at(1, row) + "," +
				b.willingColumn(willingRegion) + "," + regionTitle(i, titleRow) + ")"
			cells = append(cells, computed(formula, n, p.count))
		}
		sum := p.totalCount
		if len(w.Answers) < b.r.Programme.Limits.CoordinatorsPerCluster {
			sum = p.alertCount // not enough for the seats (R-CLU-3)
		}
		p.Row(append(cells, b.sumOfRegions(row, len(w.Answers), sum))...)
	}
}

func (b *surveyBook) regionChart(p *page, votes map[string]map[string]int, first int) {
	tab, last := b.r.in(regionsTab), first+len(b.r.Programme.Clusters)-1
	chart := sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(clustersByRegionHeading), Anchor: at(1, p.NextRow()+1), Width: 1100, Height: 330, Stacked: true, NumFmt: "0",
	}
	var names []string
	for _, cluster := range b.r.Programme.Clusters {
		names = append(names, b.r.clusterName(cluster))
	}
	for i, one := range b.regions {
		series := sheet.ChartSeries{
			Name: b.r.in(one.Name), Categories: names, CategoriesRef: sheet.Ref(tab, fixed(1, first, last)),
			ValuesRef: sheet.Ref(tab, fixed(voteRegion+i, first, last)),
		}
		for _, cluster := range b.r.Programme.Clusters {
			series.Values = append(series.Values, number(votesFor(votes[one.ID], cluster.Topics)))
		}
		chart.Series = append(chart.Series, series)
	}
	p.Chart(chart)
}

// countrySheet shows for every country who was asked, who answered, and the votes for each topic.
func (b *surveyBook) countrySheet() error {
	widths := []float64{32, 34, 14, 14, 14, 14}
	for range b.r.Programme.Topics {
		widths = append(widths, 6)
	}
	p, err := b.list(b.r.in(countriesTab), widths...)
	if err != nil {
		return err
	}
	p.title(b.r.in(countriesTab), b.r.in(topicColumnsRemark))
	titles := []column{words(region), words(countryWord), counts(membersAsked), counts(membersAnswered), amounts(responseRate), counts(countedAnswers)}
	for _, topic := range b.r.Programme.Topics {
		titles = append(titles, counts(locale.Same(strconv.Itoa(topic.Number))))
	}
	p.titles(titles...)
	for i, topic := range b.r.Programme.Topics {
		p.Note(at(len(titles)-len(b.r.Programme.Topics)+i+1, headerRow), b.r.in(topic.Label))
	}
	votes, answers := survey.VotesBy(b.counted, func(a survey.Answer) string { return a.Country }), map[string]int{}
	for _, a := range b.counted {
		answers[a.Country]++
	}
	for _, country := range b.places {
		row, s := p.NextRow(), shareOf(b.response.ByCountry, country)
		asked := b.askedColumn(askedCountry) + "," + at(2, row)
		from := b.answerColumn(answerCountry) + "," + at(2, row)
		cells := []sheet.OutCell{
			cell(b.r.nameOfRegion(b.r.region(country)), p.text), cell(b.r.country(country), p.wrap),
			computed("COUNTIFS("+asked+")", s.Members, p.count), computed(b.answeredFormula(asked+","), s.Answered, p.count),
			computed(partOf(at(4, row), at(3, row)), share(s.Answered, s.Members), p.percent),
			computed("COUNTIFS("+from+","+b.answerColumn(answerCounts)+",1)", answers[country], p.totalCount),
		}
		for _, topic := range b.r.Programme.Topics {
			cells = append(cells, computed("COUNTIFS("+b.namedBy(topic.ID)+","+from+")", votes[country][topic.ID], p.count))
		}
		p.Row(cells...)
	}
	if len(b.places) == 0 {
		p.nothing(noneAsked, 6)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: len(titles), LastRow: headerRow + max(len(b.places), 1)})
}
