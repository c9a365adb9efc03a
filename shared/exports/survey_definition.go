package exports

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// definition writes what was asked: the survey's dates, its two questions, and the topics with the clusters that they form (R-SUR-1,
// R-TOP-1, R-SUR-4).
func (b *surveyBook) definition() error {
	p, err := b.poster(b.r.in(definitionTab), 2, 52, 60, 48)
	if err != nil {
		return err
	}
	poll, limit := b.r.poll, b.r.Programme.Limits.TopicsPerAnswer
	p.title(b.r.in(definitionTitle), b.r.fill(surveyTitle, poll.ID))
	p.Row(cell(b.r.in(opensOn), p.text), cell(poll.Opens, p.dateLeft))
	p.Row(cell(b.r.in(closesOn), p.text), cell(poll.Closes, p.dateLeft))
	p.Row(cell(b.r.in(zoneWord), p.text), cell(poll.Zone, p.text))
	p.Row(cell(b.r.in(definitionSource), p.text), cell(b.r.sourceName(poll.Source), p.wrap))
	p.heading(b.r.in(askedWhat))
	concerns := b.r.in(anyConcerns)
	if limit > 0 {
		concerns = b.r.fill(concernsQuestion, limit)
	}
	for i, question := range []string{concerns, b.r.in(willingQuestion)} {
		p.Merge(sheet.Range{FirstCol: 1, FirstRow: p.NextRow(), LastCol: 2, LastRow: p.NextRow()})
		p.Row(cell(strconv.Itoa(i+1)+". "+question, p.text), cell(nil, p.text))
	}
	p.heading(b.r.in(topicList))
	p.titles(words(topicWord), words(topicGroupWord), words(clusterTitle))
	for _, topic := range b.r.Programme.Topics {
		cluster, _ := b.r.Programme.ClusterOf(topic.ID)
		p.Row(cell(strconv.Itoa(topic.Number)+". "+b.r.in(topic.Label), p.wrap), cell(b.r.topicGroup(topic.Group), p.wrap),
			cell(b.r.clusterName(cluster), p.wrap))
	}
	return nil
}

// topicGroup names one of the groups of topics.
func (r *request) topicGroup(id string) string {
	group, _ := r.Programme.TopicGroup(id)
	return r.in(group.Title)
}

// sourceName says where a figure comes from: a document's title, or that no source prints it.
func (r *request) sourceName(source string) string {
	switch source {
	case programme.Practice:
		return r.in(practiceWord) + ": " + r.in(practiceMeans)
	case programme.Derived:
		return r.in(derivedWord) + ": " + r.in(derivedMeans)
	}
	for _, s := range r.Programme.Sources {
		if s.ID == source {
			return s.Title
		}
	}
	return source
}
