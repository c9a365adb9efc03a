package exports

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/survey"
)

// resultRows says where the votes stand on the sheet of a survey's result: column C of these rows.
func resultRows(t survey.Tally) (clusterFirst, clusterLast, topicFirst, topicLast int) {
	clusterFirst = headerRow + 2
	clusterLast = clusterFirst + len(t.ByCluster) - 1
	topicFirst = clusterLast + 4
	return clusterFirst, clusterLast, topicFirst, topicFirst + len(t.ByTopic) - 1
}

// resultSheet is the survey's result: clusters by votes with the cities behind them, topics by votes, and what a source prints of
// both (R-SUR-2, R-SUR-3, R-SUR-5). The clusters' votes are summed out of the topics'; formula counts a topic's where the workbook
// has the answers, and is "" where it hasn't.
func (b *book) resultSheet(tab string, t survey.Tally, formula func(topic string) string) error {
	p, err := b.poster(tab, 2, 8, 48, 14, 14, 14, 14, 44)
	if err != nil {
		return err
	}
	p.title(b.r.fill(surveyTitle, t.Survey.ID), b.r.fill(surveySubtitle, b.r.in(t.Survey.Closes.Text()), t.Answers, t.Superseded, t.Late))
	clusterFirst, clusterLast, topicFirst, topicLast := resultRows(t)
	p.firstHeading(b.r.in(byCluster))
	p.titles(counts(placeWord), words(clusterTitle), counts(votesWord), counts(citiesBehind), counts(printedVotes), counts(differenceWord))
	var names []string
	var votes []sheet.Number
	for i, c := range t.ByCluster {
		row, name := p.NextRow(), b.r.clusterName(c.Cluster)
		sum := "SUMIF(" + fixed(7, topicFirst, topicLast) + "," + at(2, row) + "," + fixed(3, topicFirst, topicLast) + ")"
		cells := []sheet.OutCell{cell(i+1, p.count), cell(name, p.wrap), computed(sum, c.Votes, p.totalCount), cell(c.Cities, p.count)}
		printed, ok := t.Survey.Printed.ClusterVotes(c.Cluster.ID)
		p.Row(append(cells, p.beside(t, row, c.Votes, printed, ok)...)...)
		names, votes = append(names, name), append(votes, sheet.Number(strconv.Itoa(c.Votes)))
	}
	p.heading(b.r.in(byTopic))
	p.titles(counts(placeWord), words(topicWord), counts(votesWord), counts(citiesBehind), counts(printedVotes), counts(differenceWord), words(clusterTitle))
	for i, v := range t.ByTopic {
		row := p.NextRow()
		cluster, _ := b.r.Programme.ClusterOf(v.Topic.ID)
		cells := []sheet.OutCell{cell(i+1, p.count), cell(strconv.Itoa(v.Topic.Number)+". "+b.r.in(v.Topic.Label), p.wrap),
			computed(formula(v.Topic.ID), v.Votes, p.totalCount), computed(at(3, row), v.Votes, p.count)} // a city names a topic once
		printed, ok := t.Survey.Printed.Votes(v.Topic.ID)
		p.Row(append(append(cells, p.beside(t, row, v.Votes, printed, ok)...), cell(b.r.clusterName(cluster), p.wrap))...)
	}
	b.surveyCounts(p, t)
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(chartSurvey), Anchor: at(7, headerRow), Width: 640, Height: 225, NumFmt: "0", Labels: true,
		Series: []sheet.ChartSeries{{
			Name: b.r.in(votesWord), CategoriesRef: sheet.Ref(tab, fixed(2, clusterFirst, clusterLast)), Categories: names,
			ValuesRef: sheet.Ref(tab, fixed(3, clusterFirst, clusterLast)), Values: votes, Color: blue,
		}},
	})
	return nil
}

// beside is what a source prints of a figure in column C, and the difference; before the first answer there is nothing to compare.
func (p *page) beside(t survey.Tally, row, computedValue, printed int, known bool) []sheet.OutCell {
	if known && t.Answers == 0 {
		return []sheet.OutCell{cell(printed, p.count), cell(nil, p.count)}
	}
	if !known {
		return []sheet.OutCell{cell(nil, p.count), cell(nil, p.count)}
	}
	style := p.count
	if computedValue != printed {
		style = p.alertCount
	}
	return []sheet.OutCell{cell(printed, p.count), computed(at(3, row)+"-"+at(5, row), computedValue-printed, style)}
}

// surveyCounts sets cities, countries, regions and votes beside what is printed.
func (b *book) surveyCounts(p *page, t survey.Tally) {
	p.heading(b.r.in(whoAnswered))
	p.pairs()
	p.titles(words(item), words(locale.Text{}), counts(countedWord), counts(locale.Text{}), counts(printedVotes), counts(differenceWord))
	for _, line := range []struct {
		label            locale.Text
		counted, printed int
	}{
		{answeredCities, t.Cities, t.Survey.Printed.Cities}, {countriesWord, t.Countries, t.Survey.Printed.Countries},
		{regionsWord, t.Regions, t.Survey.Printed.Regions}, {wouldCoordinate, t.Coordinate, 0},
	} {
		row := p.NextRow()
		p.pairs()
		cells := []sheet.OutCell{cell(b.r.in(line.label), p.text), cell(nil, p.text), cell(line.counted, p.totalCount), cell(nil, p.count)}
		p.Row(append(cells, p.beside(t, row, line.counted, line.printed, line.printed > 0)...)...)
	}
}

// pairs merges the first four cells of the next row, two by two: its label and its figure stand below columns that it has no use for.
func (p *page) pairs() {
	row := p.NextRow()
	p.Merge(sheet.Range{FirstCol: 1, FirstRow: row, LastCol: 2, LastRow: row})
	p.Merge(sheet.Range{FirstCol: 3, FirstRow: row, LastCol: 4, LastRow: row})
}
