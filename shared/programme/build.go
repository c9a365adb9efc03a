package programme

import (
	"slices"
)

// edition turns a document into an edition, noting every fault on the way.
func (l *loader) edition(d document) *Edition {
	e := &Edition{ID: l.required("id", d.ID)}
	e.Sources = l.buildSources(d.Sources)
	e.Calls = l.buildCalls(d.Calls)
	e.Terms = l.buildTerms(d.Terms)
	e.Limits, e.LimitOrigins = l.buildLimits(d.Limits)
	e.TopicGroups = l.buildTopicGroups(d.TopicGroups)
	e.Topics = l.buildTopics(d.Topics, e)
	e.Clusters = l.buildClusters(d.Clusters, e)
	l.buildBudget(d.Budget, e)
	e.Fund = l.buildFund(d.Fund)
	l.checkBudget(e)
	l.checkFund(e.Fund)
	e.Surveys = l.buildSurveys(d.Surveys, e)
	e.Questionnaire = l.buildQuestionnaire(d.Questionnaire, e)
	e.Coordinators = l.buildCoordinators(d.Coordinators)
	e.Duties = l.buildDuties(d.Duties, e)
	e.Schedules = l.buildSchedules(d.Schedules)
	e.Retention = l.buildRetention(d.Retention)
	for _, list := range []struct {
		path string
		from []docChoice
		into *[]Choice
	}{
		{"outcomes", d.Outcomes, &e.Outcomes},
		{"features", d.Features, &e.Features},
		{"benefits", d.Benefits, &e.Benefits},
		{"buildingBlocks", d.BuildingBlocks, &e.BuildingBlocks},
		{"conditions", d.Conditions, &e.Conditions},
		{"challenges", d.Challenges, &e.Challenges},
		{"donorTypes", d.DonorTypes, &e.DonorTypes},
		{"services", d.Services, &e.Services},
		{"expenseCategories", d.ExpenseCategories, &e.ExpenseCategories},
		{"resultFigures", d.ResultFigures, &e.ResultFigures},
	} {
		*list.into = l.buildChoices(list.path, list.from)
	}
	e.NetworkSizes = l.buildNetworkSizes(d.NetworkSizes)
	e.KnownMembers = l.buildKnownMembers(d.KnownMembers)
	e.Disagreements = l.buildDisagreements(d.Disagreements)
	return e
}

func (l *loader) buildSources(docs []docSource) []Source {
	l.notEmpty("sources", len(docs))
	l.sources = map[string]bool{}
	var sources []Source
	for i, d := range docs {
		sources = append(sources, Source{
			ID:    l.id(at("sources", i, "id"), d.ID, l.sources),
			File:  l.required(at("sources", i, "file"), d.File),
			Title: l.required(at("sources", i, "title"), d.Title),
		})
	}
	return sources
}

func (l *loader) buildCalls(docs []docCall) []Call {
	l.notEmpty("calls", len(docs))
	var calls []Call
	seen := map[string]bool{}
	for i, d := range docs {
		path := at("calls", i, "")
		c := Call{
			ID:                 l.id(path+".id", d.ID, seen),
			Title:              l.text(path+".title", d.Title),
			CityDeadline:       l.date(path+".cityDeadline.value", d.CityDeadline.Value),
			CommissionDeadline: l.date(path+".commissionDeadline.value", d.CommissionDeadline.Value),
			Zone:               l.zone(path+".zone.value", d.Zone.Value),
			Quota:              l.whole(path+".quota.value", d.Quota.Value, 1),
			Origin:             l.origin(path+".quota", d.Quota.Origin),
		}
		l.origin(path+".cityDeadline", d.CityDeadline.Origin)
		l.origin(path+".commissionDeadline", d.CommissionDeadline.Origin)
		l.origin(path+".zone", d.Zone.Origin)
		l.inOrder(path+".commissionDeadline.value", c.CityDeadline, c.CommissionDeadline)
		calls = append(calls, c)
	}
	slices.SortStableFunc(calls, func(a, b Call) int { return a.CityDeadline.Compare(b.CityDeadline) })
	return calls
}

// buildTerms wants the terms in order, none overlapping the one before, each as
// long as it says.
func (l *loader) buildTerms(docs []docTerm) []Term {
	l.notEmpty("terms", len(docs))
	var terms []Term
	seen := map[string]bool{}
	for i, d := range docs {
		path := at("terms", i, "")
		t := Term{
			ID:     l.id(path+".id", d.ID, seen),
			Start:  l.date(path+".start", d.Start),
			End:    l.date(path+".end", d.End),
			Years:  l.whole(path+".years", d.Years, 1),
			Origin: l.origin(path, d.Origin),
		}
		l.checkTerm(path, t, last(terms))
		terms = append(terms, t)
	}
	return terms
}

func (l *loader) checkTerm(path string, t, previous Term) {
	if t.Start.IsZero() || t.End.IsZero() {
		return
	}
	if t.Years > 0 {
		if expected := t.Start.AddYears(t.Years).AddDays(-1); t.End != expected {
			l.fault(path+".end", reasonTermLength(t.End, t.Years, expected))
		}
	}
	if previous.ID != "" && !t.Start.After(previous.End) {
		l.fault(path+".start", reasonOverlap(t.Start, previous.ID))
	}
}

func (l *loader) buildLimits(docs map[string]docRule) (Limits, []LimitOrigin) {
	var limits Limits
	var origins []LimitOrigin
	known := map[string]bool{}
	for _, limit := range []struct {
		name string
		into *int
	}{
		{"clustersPerCity", &limits.ClustersPerCity},
		{"coordinatorsPerCluster", &limits.CoordinatorsPerCluster},
		{"participationYears", &limits.ParticipationYears},
		{"topicsPerAnswer", &limits.TopicsPerAnswer},
		{"motivationWords", &limits.MotivationWords},
		{"planWords", &limits.PlanWords},
		{"ratingLowest", &limits.RatingLowest},
		{"ratingHighest", &limits.RatingHighest},
	} {
		known[limit.name] = true
		path := "limits." + limit.name
		d, ok := docs[limit.name]
		if !ok {
			l.fault(path, reasonMissing())
			continue
		}
		*limit.into = l.whole(path+".value", d.Value, 1)
		origins = append(origins, LimitOrigin{Name: limit.name, Value: *limit.into, Origin: l.origin(path, d.Origin)})
	}
	for name := range docs {
		if !known[name] {
			l.fault("limits."+name, reasonUnknown(name))
		}
	}
	if limits.RatingHighest > 0 && limits.RatingHighest < limits.RatingLowest {
		l.fault("limits.ratingHighest.value", reasonTooSmall(limits.RatingHighest, limits.RatingLowest))
	}
	return limits, origins
}

func (l *loader) buildChoices(path string, docs []docChoice) []Choice {
	l.notEmpty(path, len(docs))
	var choices []Choice
	seen := map[string]bool{}
	for i, d := range docs {
		choices = append(choices, Choice{
			ID:    l.id(at(path, i, "id"), d.ID, seen),
			Label: l.text(at(path, i, "label"), d.Label),
		})
	}
	return choices
}

func (l *loader) buildNetworkSizes(docs []docNetworkSize) []NetworkSize {
	var sizes []NetworkSize
	for i, d := range docs {
		path := at("networkSizes", i, "")
		size := NetworkSize{
			Date:    l.date(path+".date", d.Date),
			Cities:  l.whole(path+".cities", d.Cities, 1),
			AtLeast: d.AtLeast,
			Origin:  l.origin(path, d.Origin),
		}
		if d.Countries != "" {
			size.Countries = l.whole(path+".countries", d.Countries, 1)
		}
		sizes = append(sizes, size)
	}
	slices.SortStableFunc(sizes, func(a, b NetworkSize) int { return a.Date.Compare(b.Date) })
	return sizes
}

func (l *loader) buildKnownMembers(docs []docKnownMember) []KnownMember {
	var members []KnownMember
	for i, d := range docs {
		path := at("knownMembers", i, "")
		members = append(members, KnownMember{
			Name:    l.required(path+".name", d.Name),
			Country: l.country(path+".country", d.Country),
			Date:    l.date(path+".date", d.Date),
			Origin:  l.origin(path, d.Origin),
		})
	}
	return members
}

func (l *loader) buildDisagreements(docs []docDisagreement) []Disagreement {
	l.notEmpty("disagreements", len(docs))
	var all []Disagreement
	seen := map[string]bool{}
	for i, d := range docs {
		path := at("disagreements", i, "")
		all = append(all, Disagreement{
			ID:       l.id(path+".id", d.ID, seen),
			Place:    l.text(path+".place", d.Place),
			Printed:  l.required(path+".printed", d.Printed),
			Decision: l.text(path+".decision", d.Decision),
			Origin:   l.origin(path, d.Origin),
		})
	}
	return all
}
