package programme

import "github.com/learning-cities/guildhall/shared/civil"

// find gives the first element that matches.
func find[T any](all []T, matches func(T) bool) (T, bool) {
	for _, one := range all {
		if matches(one) {
			return one, true
		}
	}
	var none T
	return none, false
}

func last[T any](all []T) T {
	if len(all) == 0 {
		var none T
		return none
	}
	return all[len(all)-1]
}

// Call looks a call up by its ID.
func (e *Edition) Call(id string) (Call, bool) {
	return find(e.Calls, func(c Call) bool { return c.ID == id })
}

// LatestCall is the call with the latest deadline.
func (e *Edition) LatestCall() Call { return last(e.Calls) }

// Term looks a term up by its ID.
func (e *Edition) Term(id string) (Term, bool) {
	return find(e.Terms, func(t Term) bool { return t.ID == id })
}

// TermAt is the term that a day lies in.
func (e *Edition) TermAt(d civil.Date) (Term, bool) {
	return find(e.Terms, func(t Term) bool { return t.Contains(d) })
}

// TermOf is the term of exactly these days, both included.
func (e *Edition) TermOf(from, to civil.Date) (Term, bool) {
	return find(e.Terms, func(t Term) bool { return t.Start == from && t.End == to })
}

// LatestTerm is the term that starts last.
func (e *Edition) LatestTerm() Term { return last(e.Terms) }

// Survey looks a survey up by its ID.
func (e *Edition) Survey(id string) (Survey, bool) {
	return find(e.Surveys, func(s Survey) bool { return s.ID == id })
}

// LatestSurvey is the survey that opened last.
func (e *Edition) LatestSurvey() Survey { return last(e.Surveys) }

// TopicGroup looks a group of topics up by its ID.
func (e *Edition) TopicGroup(id string) (TopicGroup, bool) {
	return find(e.TopicGroups, func(g TopicGroup) bool { return g.ID == id })
}

// Topic looks a topic up by its ID.
func (e *Edition) Topic(id string) (Topic, bool) {
	return find(e.Topics, func(t Topic) bool { return t.ID == id })
}

// Cluster looks a cluster up by its ID.
func (e *Edition) Cluster(id string) (Cluster, bool) {
	return find(e.Clusters, func(c Cluster) bool { return c.ID == id })
}

// ClusterOf is the cluster that a topic belongs to.
func (e *Edition) ClusterOf(topic string) (Cluster, bool) {
	return find(e.Clusters, func(c Cluster) bool {
		_, ok := find(c.Topics, func(id string) bool { return id == topic })
		return ok
	})
}

// WorkArea looks a work area of the clusters up by its number.
func (e *Edition) WorkArea(number int) (WorkArea, bool) { return area(e.WorkAreas, number) }

// Area looks a work area of the fund up by its number.
func (f Fund) Area(number int) (WorkArea, bool) { return area(f.Areas, number) }

func area(all []WorkArea, number int) (WorkArea, bool) {
	return find(all, func(a WorkArea) bool { return a.Number == number })
}

// BudgetLine looks a budget line up by its namespaced code, "cluster/1.1".
func (e *Edition) BudgetLine(code string) (BudgetLine, bool) {
	return find(e.BudgetLines, func(l BudgetLine) bool { return l.Code == code })
}

// Activity looks an activity of the fund up by its namespaced code, "fund/1.1".
func (e *Edition) Activity(code string) (Activity, bool) {
	return find(e.Fund.Activities, func(a Activity) bool { return a.Code == code })
}

// Schedule looks a schedule up by its ID.
func (e *Edition) Schedule(id string) (Schedule, bool) {
	return find(e.Schedules, func(s Schedule) bool { return s.ID == id })
}

// DonorType looks a type of donor up by its ID.
func (e *Edition) DonorType(id string) (Choice, bool) {
	return find(e.DonorTypes, func(c Choice) bool { return c.ID == id })
}

// ExpenseCategory looks a category of expenditure up by its ID.
func (e *Edition) ExpenseCategory(id string) (Choice, bool) {
	return find(e.ExpenseCategories, func(c Choice) bool { return c.ID == id })
}

// ResultFigure looks up, by its ID, what is counted of an activity's results.
func (e *Edition) ResultFigure(id string) (Choice, bool) {
	return find(e.ResultFigures, func(c Choice) bool { return c.ID == id })
}

// Votes is the published number of votes of a topic.
func (p PrintedSurvey) Votes(topic string) (int, bool) { return votes(p.Topics, topic) }

// ClusterVotes is the published number of votes of a cluster.
func (p PrintedSurvey) ClusterVotes(cluster string) (int, bool) { return votes(p.Clusters, cluster) }

func votes(all []PrintedVotes, id string) (int, bool) {
	v, ok := find(all, func(v PrintedVotes) bool { return v.ID == id })
	return v.Votes, ok
}
