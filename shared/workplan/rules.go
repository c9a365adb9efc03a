package workplan

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Setting is what plans and news of one term are judged by.
type Setting struct {
	Programme *programme.Edition
	Term      programme.Term
	Members   map[string]member.Member // by identifier
	Mandates  []coordinator.Mandate
}

// Check holds a plan's rules (R-CLU-8), each problem with the activity's or note's number in the plan, from 1, as its row:
//   - an activity is of a budget line, a note of an expected outcome (R-CLU-9): REF_NOT_FOUND
//   - it lies within the term: OUTSIDE_TERM
//   - host, responsible city and the city of a note take part in the cluster on that day, or at any time of the term while there is
//     no day: NOT_IN_CLUSTER
func (s Setting) Check(plan Plan) []*problem.Problem {
	var problems []*problem.Problem
	row := 0
	add := func(p *problem.Problem) {
		if p != nil {
			problems = append(problems, p.At("", row, 0))
		}
	}
	for i, a := range plan.Activities {
		row = i + 1
		if _, known := s.Programme.BudgetLine(a.Line); !known {
			add(notFound("line", a.Line, locale.Text{
				EN: "The budget line",
				FR: "La ligne budgétaire",
				ES: "La línea presupuestaria",
			}))
		}
		add(s.within("on", a.On))
		add(s.inCluster("host", a.Host, plan.Cluster, a.On))
		add(s.inCluster("by", a.By, plan.Cluster, a.On))
	}
	for i, note := range plan.Notes {
		row = i + 1
		if _, known := s.Programme.Outcome(note.Outcome); !known {
			add(notFound("outcome", note.Outcome, locale.Text{
				EN: "The expected outcome",
				FR: "Le résultat attendu",
				ES: "El resultado previsto",
			}).Under("R-CLU-9"))
		}
		add(s.inCluster("member", note.Member, plan.Cluster, note.On))
	}
	return problems
}

// Adopt makes a draft the cluster's plan. It keeps all rules of Check, has objectives (CELL_REQUIRED) and a technical partner
// (PARTNER_MISSING), and is put forward by a coordinating city of that day (NOT_A_COORDINATOR).
func (s Setting) Adopt(plan Plan, by string, on civil.Date) (Plan, []*problem.Problem) {
	problems := s.Check(plan)
	if strings.TrimSpace(plan.Objectives) == "" {
		problems = append(problems, required("objectives", locale.Text{EN: "Objectives", FR: "Objectifs", ES: "Objetivos"}))
	}
	if !slices.ContainsFunc(plan.Partners, func(p Partner) bool { return strings.TrimSpace(p.Name) != "" }) {
		problems = append(problems, problem.New("PARTNER_MISSING").In("partners").Under("R-CLU-8").
			WithText("cluster", s.label(plan.Cluster)))
	}
	if p := s.CheckCoordinator(by, plan.Cluster, on); p != nil {
		problems = append(problems, p.Under("R-CLU-8"))
	}
	if len(problems) > 0 {
		return plan, problems
	}
	plan.AdoptedOn, plan.AdoptedBy = on, by
	return plan, nil
}

// CheckCoordinator asks that a city coordinates a cluster on a day: NOT_A_COORDINATOR. Plans (R-CLU-8) and news (R-CLU-10) come from
// coordinating cities.
func (s Setting) CheckCoordinator(id, cluster string, on civil.Date) *problem.Problem {
	for _, m := range s.Mandates {
		if m.Member == id && m.Cluster == cluster && !on.Before(m.From) && !on.After(m.Until) {
			return nil
		}
	}
	return problem.New("NOT_A_COORDINATOR").In("city").Under("R-CLU-10").
		With("city", s.name(id)).WithText("cluster", s.label(cluster)).WithText("date", on.Text())
}

// within asks for a day of the term; none is one that is still open.
func (s Setting) within(field string, on civil.Date) *problem.Problem {
	if on.IsZero() || s.Term.Contains(on) {
		return nil
	}
	return problem.New("OUTSIDE_TERM").In(field).Under("R-CLU-8").Valued(on.String()).
		WithText("start", s.Term.Start.Text()).WithText("end", s.Term.End.Text())
}

// inCluster asks that a city takes part in the cluster on a day; "" is no city.
func (s Setting) inCluster(field, id, cluster string, on civil.Date) *problem.Problem {
	m := s.Members[id]
	inTerm := slices.ContainsFunc(m.Participations, func(p member.Participation) bool {
		return slices.Contains(p.Clusters, cluster) && !p.From.After(s.Term.End) && !p.Until.Before(s.Term.Start)
	})
	if id == "" || slices.Contains(m.ClustersOn(on), cluster) || on.IsZero() && inTerm {
		return nil
	}
	when := on.Text()
	if on.IsZero() {
		when = locale.Same(s.Term.ID)
	}
	return problem.New("NOT_IN_CLUSTER").In(field).Under("R-CLU-8").
		With("city", s.name(id)).WithText("cluster", s.label(cluster)).WithText("when", when)
}

func notFound(field, value string, what locale.Text) *problem.Problem {
	return problem.New("REF_NOT_FOUND").In(field).Under("R-CLU-8").Valued(value).WithText("what", what)
}

func (s Setting) name(id string) string {
	if m, ok := s.Members[id]; ok {
		return m.City
	}
	return id
}

func (s Setting) label(cluster string) locale.Text {
	if c, ok := s.Programme.Cluster(cluster); ok {
		return c.Label
	}
	return locale.Same(cluster)
}
