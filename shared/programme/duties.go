package programme

import "github.com/learning-cities/guildhall/shared/locale"

// Duty is what a cluster does again and again, or once in a term (R-CLU-10).
type Duty struct {
	ID     string
	Label  locale.Text
	Months int    // from one time to the next; 0 is once in a term
	Line   string // code of the budget line that it is an activity of
	Origin
}

// buildDuties wants each duty under a budget line.
func (l *loader) buildDuties(docs []docDuty, e *Edition) []Duty {
	l.notEmpty("duties", len(docs))
	var duties []Duty
	seen := map[string]bool{}
	for i, d := range docs {
		path := at("duties", i, "")
		if _, ok := e.BudgetLine(d.Line); !ok {
			l.fault(path+".line", reasonUnknown(d.Line))
		}
		duties = append(duties, Duty{
			ID:     l.id(path+".id", d.ID, seen),
			Label:  l.text(path+".label", d.Label),
			Months: l.whole(path+".months", d.Months, 0),
			Line:   d.Line,
			Origin: l.origin(path, d.Origin),
		})
	}
	return duties
}

// Duty looks a duty of the clusters up by its ID.
func (e *Edition) Duty(id string) (Duty, bool) {
	return find(e.Duties, func(d Duty) bool { return d.ID == id })
}

// Outcome looks an expected outcome up by its ID.
func (e *Edition) Outcome(id string) (Choice, bool) {
	return find(e.Outcomes, func(c Choice) bool { return c.ID == id })
}
