package budget

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Differences reports every computed total that is not the printed one, each as
// BUDGET_SUM_MISMATCH with both figures (R-BUD-3).
func (b Budget) Differences() []problem.Problem {
	var d differences
	for _, a := range b.Areas {
		d.compare(a.PerCluster, each("Area %d of a cluster", "Le champ %d d’un pôle", "El área %d de un grupo", a.Number))
		d.compare(a.All, each("Area %d of all clusters", "Le champ %d de tous les pôles", "El área %d de todos los grupos", a.Number))
	}
	d.compare(b.PerCluster, locale.Text{EN: "A cluster", FR: "Un pôle", ES: "Un grupo"})
	d.compare(b.All, locale.Text{EN: "All clusters", FR: "Tous les pôles", ES: "Todos los grupos"})
	return d.found
}

// Differences reports what Budget.Differences does, of the fund. Where support
// costs are set, the activities and they can take more than the target, for which
// the sources leave nothing: that is a warning (R-FUN-10).
func (p Plan) Differences() []problem.Problem {
	var d differences
	for _, a := range p.Areas {
		d.compare(a.Planned, each("Area %d of the fund", "Le champ %d du fonds", "El área %d del fondo", a.Number))
	}
	d.compare(p.Activities, locale.Text{EN: "The fund’s activities", FR: "Les activités du fonds", ES: "Las actividades del fondo"})
	d.compare(p.Target, locale.Text{EN: "The fund’s target", FR: "L’objectif du fonds", ES: "El objetivo del fondo"})
	d.supportCosts(p)
	return d.found
}

type differences struct{ found []problem.Problem }

func (d *differences) compare(t Total, what locale.Text) {
	if !t.Agrees() {
		d.add(what, t.Computed, t.Printed.Amount, t.Printed.Rule)
	}
}

func (d *differences) supportCosts(p Plan) {
	needed, err := p.Needed()
	if err != nil || p.SupportCosts.IsZero() || needed.Minor <= p.Target.Computed.Minor {
		return
	}
	what := locale.Text{
		EN: "The fund’s activities with support costs of " + locale.FormatDecimal(locale.EN, p.Percent) + "%",
		FR: "Les activités du fonds avec des frais d’appui de " + locale.FormatDecimal(locale.FR, p.Percent) + locale.NoBreakSpace + "%",
		ES: "Las actividades del fondo con gastos de apoyo del " + locale.FormatDecimal(locale.ES, p.Percent) + locale.NoBreakSpace + "%",
	}
	d.add(what, needed, p.Target.Computed, "R-FUN-10")
	last := &d.found[len(d.found)-1]
	last.Rated(problem.Warning)
}

func (d *differences) add(what locale.Text, computed, printed money.Amount, rule string) {
	p := problem.New("BUDGET_SUM_MISMATCH").Under(rule)
	d.found = append(d.found, *p.WithText("what", what).WithText("computed", written(computed)).WithText("printed", written(printed)))
}

func written(a money.Amount) locale.Text {
	return locale.Text{EN: a.Format(locale.EN), FR: a.Format(locale.FR), ES: a.Format(locale.ES)}
}

func each(en, fr, es string, number int) locale.Text {
	return locale.Text{EN: fmt.Sprintf(en, number), FR: fmt.Sprintf(fr, number), ES: fmt.Sprintf(es, number)}
}
