package programme

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
)

func (l *loader) buildTopicGroups(docs []docTopicGroup) []TopicGroup {
	l.notEmpty("topicGroups", len(docs))
	var groups []TopicGroup
	ids, numbers := map[string]bool{}, map[int]bool{}
	for i, d := range docs {
		groups = append(groups, TopicGroup{
			ID:     l.id(at("topicGroups", i, "id"), d.ID, ids),
			Number: l.number(at("topicGroups", i, "number"), d.Number, numbers),
			Title:  l.text(at("topicGroups", i, "title"), d.Title),
		})
	}
	return groups
}

func (l *loader) buildTopics(docs []docTopic, e *Edition) []Topic {
	l.notEmpty("topics", len(docs))
	var topics []Topic
	ids, numbers := map[string]bool{}, map[int]bool{}
	for i, d := range docs {
		path := at("topics", i, "")
		if _, ok := e.TopicGroup(d.Group); !ok {
			l.fault(path+".group", reasonUnknown(d.Group))
		}
		topics = append(topics, Topic{
			ID:     l.id(path+".id", d.ID, ids),
			Number: l.number(path+".number", d.Number, numbers),
			Group:  d.Group,
			Label:  l.text(path+".label", d.Label),
		})
	}
	slices.SortStableFunc(topics, func(a, b Topic) int { return cmp.Compare(a.Number, b.Number) })
	return topics
}

// buildClusters wants every topic in exactly one cluster (R-SUR-4).
func (l *loader) buildClusters(docs []docCluster, e *Edition) []Cluster {
	l.notEmpty("clusters", len(docs))
	var clusters []Cluster
	ids, numbers, home := map[string]bool{}, map[int]bool{}, map[string]string{}
	for i, d := range docs {
		path := at("clusters", i, "")
		c := Cluster{
			ID:     l.id(path+".id", d.ID, ids),
			Number: l.number(path+".number", d.Number, numbers),
			Label:  l.text(path+".label", d.Label),
			Topics: d.Topics,
			Origin: l.origin(path, d.Origin),
		}
		l.notEmpty(path+".topics", len(d.Topics))
		for j, topic := range d.Topics {
			l.claimTopic(at(path+".topics", j, ""), topic, c.ID, home, e)
		}
		clusters = append(clusters, c)
	}
	for i, t := range e.Topics {
		if home[t.ID] == "" {
			l.fault(at("topics", i, "id"), reasonNoCluster(t.ID))
		}
	}
	return clusters
}

func (l *loader) claimTopic(path, topic, cluster string, home map[string]string, e *Edition) {
	if _, ok := e.Topic(topic); !ok {
		l.fault(path, reasonUnknown(topic))
		return
	}
	if first, taken := home[topic]; taken {
		l.fault(path, reasonTwoClusters(topic, first))
		return
	}
	home[topic] = cluster
}

func (l *loader) buildSurveys(docs []docSurvey, e *Edition) []Survey {
	l.notEmpty("surveys", len(docs))
	var surveys []Survey
	seen := map[string]bool{}
	for i, d := range docs {
		path := at("surveys", i, "")
		s := Survey{
			ID:     l.id(path+".id", d.ID, seen),
			Opens:  l.date(path+".opens", d.Opens),
			Closes: l.date(path+".closes", d.Closes),
			Zone:   l.zone(path+".zone", d.Zone),
			Origin: l.origin(path, d.Origin),
		}
		l.inOrder(path+".closes", s.Opens, s.Closes)
		if !unpublished(d) {
			s.Printed = l.buildPrintedSurvey(path+".printed", d, e)
		}
		surveys = append(surveys, s)
	}
	slices.SortStableFunc(surveys, func(a, b Survey) int { return a.Opens.Compare(b.Opens) })
	return surveys
}

// unpublished tells a survey that is still to be held or counted.
func unpublished(d docSurvey) bool {
	return d.Printed.Cities == "" && len(d.Printed.Topics) == 0 && len(d.Printed.Clusters) == 0
}

func (l *loader) buildPrintedSurvey(path string, d docSurvey, e *Edition) PrintedSurvey {
	p := PrintedSurvey{
		Cities:    l.whole(path+".cities", d.Printed.Cities, 1),
		Countries: l.whole(path+".countries", d.Printed.Countries, 1),
		Regions:   l.whole(path+".regions", d.Printed.Regions, 1),
	}
	p.Topics = l.buildVotes(path+".topics", d.Printed.Topics, func(id string) bool { _, ok := e.Topic(id); return ok })
	p.Clusters = l.buildVotes(path+".clusters", d.Printed.Clusters, func(id string) bool { _, ok := e.Cluster(id); return ok })
	l.checkVotes(path, p, e)
	return p
}

func (l *loader) buildVotes(path string, docs []docVotes, known func(id string) bool) []PrintedVotes {
	var all []PrintedVotes
	seen := map[string]bool{}
	for i, d := range docs {
		id := l.id(at(path, i, "id"), d.ID, seen)
		if id != "" && !known(id) {
			l.fault(at(path, i, "id"), reasonUnknown(id))
		}
		all = append(all, PrintedVotes{ID: id, Votes: l.whole(at(path, i, "votes"), d.Votes, 0)})
	}
	return all
}

// checkVotes wants a cluster's printed votes to be the sum of its topics', and no
// more votes than the cities could give (R-SUR-3).
func (l *loader) checkVotes(path string, p PrintedSurvey, e *Edition) {
	total := 0
	for _, t := range p.Topics {
		total += t.Votes
	}
	if most := p.Cities * e.Limits.TopicsPerAnswer; total > most && most > 0 {
		l.fault(path+".topics", reasonTooLarge(total, most))
	}
	for i, printed := range p.Clusters {
		c, ok := e.Cluster(printed.ID)
		if !ok {
			continue
		}
		sum := 0
		for _, topic := range c.Topics {
			votes, _ := p.Votes(topic)
			sum += votes
		}
		if sum != printed.Votes {
			l.mismatch(at(path+".clusters", i, "votes"), votesOf(c), locale.FormatInt(locale.EN, int64(sum)), locale.FormatInt(locale.EN, int64(printed.Votes)), "R-SUR-3")
		}
	}
}

func votesOf(c Cluster) locale.Text {
	return reason("Votes of %q", "Votes de « %s »", "Votos de «%s»", c.ID)
}

func (l *loader) buildQuestionnaire(d docQuestionnaire, e *Edition) Questionnaire {
	const path = "questionnaire"
	l.notEmpty(path+".items", len(d.Items))
	q := Questionnaire{ID: l.id(path+".id", d.ID, map[string]bool{}), Origin: l.origin(path, d.Origin)}
	numbers := map[int]bool{}
	for i, item := range d.Items {
		place := at(path+".items", i, "")
		if _, ok := e.BudgetLine(item.Carries); !ok && item.Carries != "" && item.Carries != CarriesFund {
			l.fault(place+".carries", reasonUnknown(item.Carries))
		}
		q.Items = append(q.Items, Item{
			Number:   l.number(place+".number", item.Number, numbers),
			Question: l.text(place+".question", item.Question),
			Short:    l.text(place+".short", item.Short),
			Carries:  item.Carries,
		})
	}
	return q
}
