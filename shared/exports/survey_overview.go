package exports

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// overview writes the first sheet: how many were asked and answered, by region, and what became of the answers.
func (b *surveyBook) overview() error {
	p, err := b.poster(b.r.in(overviewTab), 2, 46, 16, 16, 16, 16, 3, 30, 14, 14)
	if err != nil {
		return err
	}
	t := b.tally
	p.title(b.r.fill(surveyTitle, t.Survey.ID), b.r.fill(surveyPeriod, b.r.in(t.Survey.Opens.Text()), b.r.in(t.Survey.Closes.Text()))+" · "+b.r.in(asOf(b.r)))
	p.firstHeading(b.r.in(responseHeading))
	asked := p.NextRow()
	p.Row(cell(b.r.in(membersAsked), p.text), computed("COUNT("+b.askedColumn(askedJoined)+")", b.response.All.Members, p.totalCount))
	p.Row(cell(b.r.in(membersAnswered), p.text), computed(b.answeredFormula(""), b.response.All.Answered, p.totalCount))
	p.Row(cell(b.r.in(responseRate), p.total),
		computed(partOf(at(2, asked+1), at(2, asked)), share(b.response.All.Answered, b.response.All.Members), p.totalPercent))
	b.answerCounts(p, at(2, asked+1))
	b.responseByRegion(p)
	return nil
}

// answeredFormula counts the members asked who answered, under a further condition or none.
func (b *surveyBook) answeredFormula(condition string) string {
	return "COUNTIFS(" + condition + b.askedColumn(askedAnswered) + ",\">0\")"
}

// answerCounts says what became of the answers on record (R-SUR-2).
func (b *surveyBook) answerCounts(p *page, answeredMembers string) {
	t := b.tally
	p.heading(b.r.in(answersTab))
	remarks := b.answerColumn(b.answerRemark())
	row := p.NextRow()
	p.Row(cell(b.r.in(onRecord), p.text), computed("COUNT("+b.answerColumn(answerOn)+")", t.Answers, p.count))
	for _, line := range []struct {
		label locale.Text
		count int
	}{{replacedWord, t.Superseded}, {lateWord, t.Late}} {
		p.Row(cell(b.r.in(line.label), p.text), computed("COUNTIF("+remarks+","+at(1, p.NextRow())+")", line.count, p.count))
	}
	p.Row(cell(b.r.in(countedAnswers), p.total), computed(at(2, row)+"-"+at(2, row+1)+"-"+at(2, row+2), t.Cities, p.totalCount))
	p.Row(cell(b.r.in(notMembersThen), p.text), computed(at(2, row+3)+"-"+answeredMembers, t.Cities-b.response.All.Answered, p.count))
	p.Row(cell(b.r.in(wouldCoordinate), p.text),
		computed("COUNTIFS("+b.answerColumn(answerCounts)+",1,"+b.answerColumn(answerCoordinate)+",1)", t.Coordinate, p.count))
	_, _, first, last := resultRows(t)
	p.Row(cell(b.r.in(votesWord), p.text), computed("SUM("+sheet.Ref(b.r.in(resultTab), fixed(3, first, last))+")", t.Votes, p.count))
}

// responseByRegion sets those asked beside those who answered, with a chart.
func (b *surveyBook) responseByRegion(p *page) {
	p.heading(b.r.in(responseByRegion))
	p.titles(words(region), counts(membersAsked), counts(membersAnswered), amounts(responseRate), counts(wouldCoordinateShort))
	first := p.NextRow()
	last := first + len(b.regions) - 1
	willing := map[string]int{}
	for _, a := range b.counted {
		if a.Coordinate {
			willing[b.regionOf(a)]++
		}
	}
	var names []string
	var asked, answered []sheet.Number
	for _, one := range b.regions {
		row, s, name := p.NextRow(), shareOf(b.response.ByRegion, one.ID), b.r.in(one.Name)
		by := b.askedColumn(askedRegion) + "," + at(1, row)
		p.Row(cell(name, p.text), computed("COUNTIFS("+by+")", s.Members, p.count), computed(b.answeredFormula(by+","), s.Answered, p.count),
			computed(partOf(at(3, row), at(2, row)), share(s.Answered, s.Members), p.percent),
			computed("COUNTIFS("+b.answerColumn(answerRegion)+","+at(1, row)+","+b.answerColumn(answerCounts)+",1,"+
				b.answerColumn(answerCoordinate)+",1)", willing[one.ID], p.count))
		names = append(names, name)
		asked, answered = append(asked, number(s.Members)), append(answered, number(s.Answered))
	}
	row, all := p.NextRow(), b.response.All
	p.Row(cell(b.r.in(total), p.total), computed("SUM("+span(2, first, last)+")", all.Members, p.totalCount),
		computed("SUM("+span(3, first, last)+")", all.Answered, p.totalCount),
		computed(partOf(at(3, row), at(2, row)), share(all.Answered, all.Members), p.totalPercent),
		computed("SUM("+span(5, first, last)+")", b.tally.Coordinate, p.totalCount))
	tab := b.r.in(overviewTab)
	categories := sheet.Ref(tab, fixed(1, first, last))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(responseByRegion), Anchor: at(7, headerRow), Width: 560, Height: 330, NumFmt: "0", Labels: true,
		Series: []sheet.ChartSeries{
			{Name: b.r.in(membersAsked), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(2, first, last)), Values: asked, Color: "B8C7DC"},
			{Name: b.r.in(membersAnswered), CategoriesRef: categories, Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(3, first, last)), Values: answered, Color: blue},
		},
	})
}

func number(n int) sheet.Number { return sheet.Number(strconv.Itoa(n)) }
