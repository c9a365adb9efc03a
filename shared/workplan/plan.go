// Package workplan is what a cluster sets out to do in a term and what comes of it: activities after the budget's lines with their
// hosts and dates, technical partners, outcomes, and the duties that come round. It knows no sheet and no storage.
package workplan

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// RecordType is the type under which plans are stored, by the cluster; the term's id is the partition.
const RecordType = "work_plan"

// Plan is the work plan of a cluster for one term (R-CLU-8).
type Plan struct {
	Cluster    string     `json:"cluster"`
	Term       string     `json:"term"`
	Objectives string     `json:"objectives"`
	Partners   []Partner  `json:"partners"` // technical partners
	Activities []Activity `json:"activities"`
	Notes      []Note     `json:"notes"`
	AdoptedOn  civil.Date `json:"adoptedOn"` // none while it is a draft
	AdoptedBy  string     `json:"adoptedBy"` // identifier of the coordinating city
}

// Partner is a technical partner of a cluster: a specialised institute, an international or regional organisation, or experts of
// UIL or UNESCO.
type Partner struct {
	Name string `json:"name"`
}

// Activity is one activity of a plan.
type Activity struct {
	ID     string     `json:"id"`   // within the plan
	Line   string     `json:"line"` // code of the budget line that carries it, such as "cluster/2.1"
	Title  string     `json:"title"`
	Host   string     `json:"host"` // identifier of the member city, "" while there is none
	By     string     `json:"by"`   // identifier of the member city that is responsible, "" for UIL or a partner
	On     civil.Date `json:"on"`   // none while it has no date
	Status Status     `json:"status"`
}

// Note says what has come of one of the outcomes that are expected of the cluster (R-CLU-9).
type Note struct {
	Outcome string     `json:"outcome"`
	Member  string     `json:"member"` // identifier of the city whose outcome it is
	Text    string     `json:"text"`
	On      civil.Date `json:"on"`
}

// Draft begins a plan with what the budget provides for: an activity for each line, as many times as the line has a quantity.
func Draft(p *programme.Edition, cluster, term string) Plan {
	plan := Plan{Cluster: cluster, Term: term}
	for _, line := range p.BudgetLines {
		for n := range line.Quantity {
			plan.Activities = append(plan.Activities, Activity{ID: fmt.Sprintf("%s#%d", line.Code, n+1), Line: line.Code, Status: Planned})
		}
	}
	return plan
}

// Uncovered lists the budget lines for which a plan has fewer activities than the budget provides for, cancelled ones aside.
func (plan Plan) Uncovered(p *programme.Edition) []programme.BudgetLine {
	var lines []programme.BudgetLine
	for _, line := range p.BudgetLines {
		n := 0
		for _, a := range plan.Activities {
			if a.Line == line.Code && a.Status != Cancelled {
				n++
			}
		}
		if n < line.Quantity {
			lines = append(lines, line)
		}
	}
	return lines
}

// OutcomeNotes is an expected outcome with what has been noted of it.
type OutcomeNotes struct {
	Outcome programme.Choice
	Notes   []Note
}

// Outcomes lists what is expected of every cluster (R-CLU-9) with the plan's notes of it, in the programme's order; an outcome
// without notes is one that nothing has come of yet.
func (plan Plan) Outcomes(p *programme.Edition) []OutcomeNotes {
	all := make([]OutcomeNotes, len(p.Outcomes))
	for i, outcome := range p.Outcomes {
		all[i].Outcome = outcome
		for _, note := range plan.Notes {
			if note.Outcome == outcome.ID {
				all[i].Notes = append(all[i].Notes, note)
			}
		}
	}
	return all
}
