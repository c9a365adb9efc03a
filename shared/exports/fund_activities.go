package exports

import (
	"github.com/learning-cities/guildhall/shared/budget"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The columns of the fund's activities.
const (
	actArea = 1 + iota
	actCode
	actActivity
	actPlanned
	actBrought
	actAllocated
	actSpent
	actOpen
	actUnplanned
	actShare
)

// activityPlaces is where the activities stand.
type activityPlaces struct{ first, last, total, unallocated, held int }

func placeActivities(plan budget.Plan) activityPlaces {
	p := activityPlaces{first: headerRow + 1, last: headerRow}
	for _, area := range plan.Areas {
		p.last += len(area.Activities)
	}
	p.total, p.unallocated, p.held = p.last+1, p.last+2, p.last+3
	return p
}

// activityFigures are what an activity's columns show.
type activityFigures struct {
	planned int64
	moved
}

func (b *fundBook) figuresOf(a programme.Activity) activityFigures {
	return activityFigures{planned: a.Planned.Minor, moved: b.sums.activities[a.Code]}
}

// activitiesSheet writes each activity with what is planned, was allocated and spent, and is open (R-FUN-6, R-FUN-7).
func (b *fundBook) activitiesSheet() error {
	p, err := b.poster(b.tabs.activities, headerRow, 32, 11, 44, 17, 19, 17, 17, 19, 19, 12)
	if err != nil {
		return err
	}
	p.title(b.r.in(activitiesTab), b.subtitle())
	p.titles(words(workArea), words(code), words(activity), b.amountsOf(planned), b.amountsOf(broughtForward), b.amountsOf(allocatedTitle),
		b.amountsOf(spentTitle), b.amountsOf(openTitle), b.amountsOf(toAllocate), amounts(spentShare))
	for _, area := range b.plan.Areas {
		for _, a := range area.Activities {
			b.activityRow(p, b.r.areaName(area.WorkArea), a)
		}
	}
	p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: actShare, LastRow: b.rows.activities.last})
	b.activityTotals(p)
	b.activityAreas(p)
	p.Skip(1)
	p.wideRemark(b.r.in(activitiesRemark), actShare)
	b.activityChart(p)
	return nil
}

func (b *fundBook) activityRow(p *page, area string, a programme.Activity) {
	row, f := p.NextRow(), b.figuresOf(a)
	held, spent := trust.AllocatedTo(a.Code), trust.SpentOn(a.Code)
	p.Row(append([]sheet.OutCell{
		cell(area, p.wrap), cell(a.Code, p.text), cell(b.r.in(a.Label), p.wrap), cell(exact(a.Planned), p.cents),
		computed("-"+b.trialCell(held, trialOpening), b.amount(f.brought), p.cents),
		computed(rounded(b.trialCell(held, trialCredits)+"-"+b.trialCell(held, trialDebits)+"+"+at(actSpent, row)), b.amount(f.allocated), p.cents),
		computed(b.trialCell(spent, trialDebits)+"-"+b.trialCell(spent, trialCredits), b.amount(f.spent), p.cents),
	}, b.openCells(p, row, f, p.cents, p.percent)...)...)
}

// openCells are the columns that follow from those before them.
func (b *fundBook) openCells(p *page, row int, f activityFigures, amount, percent sheet.StyleID) []sheet.OutCell {
	unplanned := amount
	if f.allocated > f.planned && amount == p.cents {
		unplanned = p.alertCents
	}
	return []sheet.OutCell{
		computed(rounded(at(actBrought, row)+"+"+at(actAllocated, row)+"-"+at(actSpent, row)), b.amount(f.open()), amount),
		computed(rounded(at(actPlanned, row)+"-"+at(actAllocated, row)), b.amount(f.planned-f.allocated), unplanned),
		computed(at(actSpent, row)+"/"+at(actPlanned, row), ratio(b.of(f.spent), b.of(f.planned)), percent),
	}
}

func (b *fundBook) sumOf(areas ...budget.PlanArea) (sum activityFigures) {
	for _, area := range areas {
		for _, a := range area.Activities {
			f := b.figuresOf(a)
			sum.planned, sum.moved = sum.planned+f.planned, sum.plus(f.moved)
		}
	}
	return sum
}

// activityTotals ends the first table: the activities, what is allocated to none, and what is held in trust.
func (b *fundBook) activityTotals(p *page) {
	rows, f := b.rows.activities, b.sumOf(b.plan.Areas...)
	row := p.NextRow()
	cells := []sheet.OutCell{}
	for i, minor := range []int64{f.planned, f.brought, f.allocated, f.spent} {
		cells = append(cells, computed("SUM("+span(actPlanned+i, rows.first, rows.last)+")", b.amount(minor), p.totalCents))
	}
	p.wideRow(b.r.in(allActivities), p.total, append(cells, b.openCells(p, row, f, p.totalCents, p.totalPercent)...)...)
	before, now := -b.sums.opening(trust.Unallocated), -b.sums.closing(trust.Unallocated)
	blank := cell(nil, p.totalCents)
	p.wideRow(b.r.in(unallocatedLine), p.total, blank, computed("-"+b.trialCell(trust.Unallocated, trialOpening), b.amount(before), p.totalCents), blank, blank,
		computed("-"+b.trialCell(trust.Unallocated, trialClosing), b.amount(now), p.totalCents), blank, cell(nil, p.totalPercent))
	sum := func(col int) string { return at(col, rows.total) + "+" + at(col, rows.unallocated) }
	p.wideRow(b.r.in(heldLine), p.total, blank, computed(sum(actBrought), b.amount(f.brought+before), p.totalCents), blank, blank,
		computed(sum(actOpen), b.amount(f.open()+now), p.totalCents), blank, cell(nil, p.totalPercent))
}

// activityAreas sums by the fund's own areas.
func (b *fundBook) activityAreas(p *page) {
	p.heading(b.r.in(areaSums))
	p.wideTitles(workArea, b.amountsOf(planned), b.amountsOf(broughtForward), b.amountsOf(allocatedTitle), b.amountsOf(spentTitle),
		b.amountsOf(openTitle), b.amountsOf(toAllocate), amounts(spentShare))
	rows := b.rows.activities
	for _, area := range b.plan.Areas {
		row, f := p.NextRow(), b.sumOf(area)
		var cells []sheet.OutCell
		for i, minor := range []int64{f.planned, f.brought, f.allocated, f.spent} {
			sum := "SUMIF(" + fixed(actArea, rows.first, rows.last) + "," + at(actArea, row) + "," + fixed(actPlanned+i, rows.first, rows.last) + ")"
			cells = append(cells, computed(sum, b.amount(minor), p.cents))
		}
		p.wideRow(b.r.areaName(area.WorkArea), p.text, append(cells, b.openCells(p, row, f, p.cents, p.percent)...)...)
	}
}

// activityChart draws what is planned, was allocated and was spent, by activity.
func (b *fundBook) activityChart(p *page) { p.Chart(b.activityChartAt(at(1, p.NextRow()+1), 1150)) }

func (b *fundBook) activityChartAt(anchor string, width int) sheet.ChartSpec {
	var codes []string
	var values [3][]sheet.Number
	for _, area := range b.plan.Areas {
		for _, a := range area.Activities {
			f := b.figuresOf(a)
			codes = append(codes, a.Code)
			for i, minor := range []int64{f.planned, f.allocated, f.spent} {
				values[i] = append(values[i], b.amount(minor))
			}
		}
	}
	rows := b.rows.activities
	chart := sheet.ChartSpec{
		Type: sheet.ChartColumn, Title: b.r.in(chartActivities), Anchor: anchor, Width: width, Height: 290, AxisTitle: b.plan.Currency.Code, NumFmt: "#,##0",
	}
	for i, s := range []struct {
		name  string
		col   int
		color string
	}{{b.r.in(planned), actPlanned, "B8C7DC"}, {b.r.in(allocatedTitle), actAllocated, blue}, {b.r.in(spentTitle), actSpent, orange}} {
		chart.Series = append(chart.Series, sheet.ChartSeries{
			Name: s.name, CategoriesRef: sheet.Ref(b.tabs.activities, fixed(actCode, rows.first, rows.last)), Categories: codes,
			ValuesRef: sheet.Ref(b.tabs.activities, fixed(s.col, rows.first, rows.last)), Values: values[i], Color: s.color,
		})
	}
	return chart
}
