package exports

import (
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/survey"
)

// The columns of the list of answers; one for each topic follows, then the remark and where the answer came from.
const (
	answerCity = 1 + iota
	answerCountry
	answerRegion
	answerOn
	answerCounts
	answerCoordinate
	answerTopic
)

func (b *surveyBook) answerRemark() int { return answerTopic + len(b.r.Programme.Topics) }

// answerColumn names the cells of a column of the list of answers.
func (b *surveyBook) answerColumn(col int) string {
	return sheet.Ref(b.r.in(answersTab), fixed(col, headerRow+1, headerRow+max(len(b.answers), 1)))
}

// namedBy is the condition of COUNTIFS that an answer counts and names a topic.
func (b *surveyBook) namedBy(topic string) string {
	i := slices.IndexFunc(b.r.Programme.Topics, func(t programme.Topic) bool { return t.ID == topic })
	return b.answerColumn(answerCounts) + ",1," + b.answerColumn(answerTopic+i) + ",1"
}

// answerSheet lists every answer on record: a 1 under each topic that it names, whether it counts (R-SUR-2), and its row.
func (b *surveyBook) answerSheet() error {
	widths := []float64{30, 26, 30, 13, 10, 14}
	for range b.r.Programme.Topics {
		widths = append(widths, 5)
	}
	p, err := b.list(b.r.in(answersTab), append(widths, 28, 48)...)
	if err != nil {
		return err
	}
	p.title(b.r.in(answersTab), b.r.fill(surveySubtitle, b.r.in(b.tally.Survey.Closes.Text()), b.tally.Answers, b.tally.Superseded, b.tally.Late))
	titles := []column{words(city), words(countryWord), words(region), counts(answeredOn), counts(countsWord), counts(coordinateWord)}
	for _, topic := range b.r.Programme.Topics {
		titles = append(titles, counts(locale.Same(strconv.Itoa(topic.Number))))
	}
	p.titles(append(titles, words(remarkWord), words(originWord))...)
	for i, topic := range b.r.Programme.Topics {
		p.Note(at(answerTopic+i, headerRow), b.r.in(topic.Label))
	}
	for _, a := range b.answers {
		p.Row(b.answerCells(p, a, b.counts[a.body.ID()])...)
	}
	if len(b.answers) == 0 {
		p.nothing(noAnswers, answerRegion)
	}
	last := headerRow + max(len(b.answers), 1)
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: b.answerRemark() + 1, LastRow: last})
}

func (b *surveyBook) answerCells(p *page, a stored[survey.Answer], counts bool) []sheet.OutCell {
	cells := []sheet.OutCell{
		cell(a.body.City, p.wrap), cell(b.r.country(a.body.Country), p.wrap), cell(b.r.nameOfRegion(b.r.region(a.body.Country)), p.wrap),
		cell(a.body.AnsweredOn, p.date), cell(mark(counts), p.count), cell(mark(a.body.Coordinate), p.count),
	}
	for _, topic := range b.r.Programme.Topics {
		cells = append(cells, cell(mark(slices.Contains(a.body.Topics, topic.ID)), p.count))
	}
	remark := cell(nil, p.text)
	if !counts {
		remark = cell(b.r.in(b.whyNot(a.body)), p.alert)
	}
	return append(cells, remark, cell(b.r.rowOf(a.from), p.wrap))
}

// whyNot says why an answer counts nowhere (R-SUR-2).
func (b *surveyBook) whyNot(a survey.Answer) locale.Text {
	if survey.InTime(b.tally.Survey, a.AnsweredOn) {
		return replacedWord
	}
	return lateWord
}

// uncountedSheet lists the answers that count nowhere, with the reason, the answer that counts instead, and the row that each came
// from, so that a city which asks can be told (R-SUR-2).
func (b *surveyBook) uncountedSheet() error {
	p, err := b.list(b.r.in(uncountedTab), 28, 24, 14, 30, 16, 46, 56)
	if err != nil {
		return err
	}
	p.title(b.r.in(uncountedTab), b.r.in(uncountedSubtitle))
	p.titles(words(city), words(countryWord), counts(answeredOn), words(reasonWord), counts(countsInstead), words(topicsWord), words(originWord))
	instead := map[string]civil.Date{}
	for _, a := range b.counted {
		instead[a.Member] = a.AnsweredOn
	}
	for _, a := range b.answers {
		if !b.counts[a.body.ID()] {
			p.Row(cell(a.body.City, p.wrap), cell(b.r.country(a.body.Country), p.wrap), cell(a.body.AnsweredOn, p.date),
				cell(b.r.in(b.whyNot(a.body)), p.alert), p.day(instead[a.body.Member]), cell(b.r.topicNames(a.body.Topics), p.wrap),
				cell(b.r.origin(a.from), p.wrap))
		}
	}
	if p.NextRow() == headerRow+1 {
		p.nothing(allCount, 7)
		return nil
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: 7, LastRow: p.NextRow() - 1})
}

// mark is 1 for what is so, and nothing for what isn't, so that people see it and formulas count it.
func mark(so bool) any {
	if so {
		return 1
	}
	return nil
}

// The columns of the list of members asked.
const (
	askedCity = 1 + iota
	askedCountry
	askedRegion
	askedJoined
	askedAnswered
)

func (b *surveyBook) askedColumn(col int) string {
	return sheet.Ref(b.r.in(askedTab), fixed(col, headerRow+1, headerRow+max(len(b.asked), 1)))
}

// askedSheet lists the cities that were members on the closing date, with the day of the answer that counts: whom to remind.
func (b *surveyBook) askedSheet() error {
	p, err := b.list(b.r.in(askedTab), 38, 32, 34, 16, 22)
	if err != nil {
		return err
	}
	p.title(b.r.in(askedTab), b.r.fill(askedSubtitle, b.r.in(b.tally.Survey.Closes.Text())))
	p.titles(words(city), words(countryWord), words(region), counts(memberSince), counts(answeredOn))
	for _, m := range b.asked {
		answered := cell(nil, p.alertCount)
		if m.answer != nil {
			answered = cell(m.answer.AnsweredOn, p.date)
		}
		p.Row(cell(m.City, p.wrap), cell(b.r.country(m.Country), p.wrap), cell(b.r.nameOfRegion(b.r.region(m.Country)), p.wrap),
			cell(m.JoinedOn, p.date), answered)
	}
	if len(b.asked) == 0 {
		p.nothing(noneAsked, askedAnswered)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: askedAnswered, LastRow: headerRow + max(len(b.asked), 1)})
}

// The columns of the list of cities that would coordinate.
const (
	willingCluster = 1 + iota
	willingCity
	willingCountry
	willingRegion
	willingTopics
	willingOn
	willingMember
)

func (b *surveyBook) willingRows() int {
	n := 0
	for _, w := range b.willing {
		n += len(w.Answers)
	}
	return max(n, 1)
}

func (b *surveyBook) willingColumn(col int) string {
	return sheet.Ref(b.r.in(willingTab), fixed(col, headerRow+1, headerRow+b.willingRows()))
}

// willingSheet lists, cluster by cluster, the cities that would coordinate it: whom the secretariat asks to stand (R-SUR-1). Only a
// member can (R-CLU-3), so it says who still is one.
func (b *surveyBook) willingSheet() error {
	p, err := b.list(b.r.in(willingTab), 44, 28, 26, 30, 44, 14, 22)
	if err != nil {
		return err
	}
	p.title(b.r.in(willingTab), b.r.in(willingSubtitle))
	p.titles(words(clusterTitle), words(city), words(countryWord), words(region), words(topicsWord), counts(answeredOn), words(stateWord))
	for _, w := range b.willing {
		for _, a := range w.Answers {
			state := cell(b.r.in(isMemberWord), p.good)
			if m, known := b.members[a.Member]; !known || !m.On(b.r.day) {
				state = cell(b.r.in(noMemberWord), p.alert)
			}
			p.Row(cell(b.r.clusterName(w.Cluster), p.wrap), cell(a.City, p.wrap), cell(b.r.country(a.Country), p.wrap),
				cell(b.r.nameOfRegion(b.r.region(a.Country)), p.wrap), cell(b.topicsOf(w.Cluster, a), p.wrap), cell(a.AnsweredOn, p.date), state)
		}
	}
	if p.NextRow() == headerRow+1 {
		p.nothing(noneWilling, willingMember)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: willingMember, LastRow: headerRow + b.willingRows()})
}

// topicsOf names the topics of a cluster that an answer names.
func (b *surveyBook) topicsOf(c programme.Cluster, a survey.Answer) string {
	return b.r.topicNames(slices.DeleteFunc(slices.Clone(a.Topics), func(id string) bool { return !slices.Contains(c.Topics, id) }))
}

// rowOf names the row that an answer came from; where few answers are listed, origin names the file's hash too.
func (r *request) rowOf(o origin) string {
	if o.file == "" {
		return ""
	}
	return r.fill(rowWords, o.file, o.sheet, o.row)
}
