package exports

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// callSheet lists the calls with their deadlines and what came of them, then the extensions that were granted (R-APP-1, R-APP-2).
// The workbook's own call is counted out of its list of applications.
func (b *memberBook) callSheet() error {
	p, err := b.page(b.r.in(callsTab), headerRow, 34, 18, 26, 18, 16, 26, 14, 14, 14, 40)
	if err != nil {
		return err
	}
	p.title(b.r.in(callsTab), b.r.in(asOf(b.r)))
	p.titles(words(callWord), counts(cityDeadlineWord), counts(commissionDeadline), words(zoneWord), counts(slotsByCountry), words(callState),
		counts(applicationsTab), counts(submittedCities), counts(acceptedCities), words(sourceWord))
	for _, c := range b.found.calls {
		b.callRow(p, c)
	}
	p.heading(b.r.in(extensionsHeading))
	first := p.NextRow()
	for _, c := range b.found.calls {
		for _, e := range c.extensions {
			if p.NextRow() == first {
				p.titles(words(callWord), words(deadlineWord), words(forWhom), counts(extendedUntil), counts(grantedOn), words(reasonWord))
			}
			b.extensionRow(p, c, e)
		}
	}
	if p.NextRow() == first {
		p.wideRemark(b.r.in(noExtensions), 4)
	}
	return nil
}

func (b *memberBook) callRow(p *page, c callRecords) {
	all, submitted, accepted := len(c.cases), 0, 0
	count := func(counts bool, state application.State) {
		if counts {
			submitted++
		}
		if state == application.Accepted {
			accepted++
		}
	}
	var formulas [3]string
	if c.call.ID == b.r.call.ID {
		all = len(b.applied)
		for _, a := range b.applied {
			count(a.counts, a.state)
		}
		formulas = [3]string{
			"COUNTA(" + b.appColumn(appCity) + ")", "SUM(" + b.appColumn(appSlot) + ")",
			"COUNTIF(" + b.appColumn(appState) + ",\"" + b.r.in(stateNames[application.Accepted]) + "\")",
		}
		if all == 0 {
			formulas[0] = "" // the list has a remark instead of rows
		}
	} else {
		for _, one := range c.cases {
			count(one.Counts, one.State)
		}
	}
	p.Row(cell(b.r.in(c.call.Title), p.wrap), cell(c.call.CityDeadline, p.date), cell(c.call.CommissionDeadline, p.date), cell(c.call.Zone, p.text),
		cell(c.call.Quota, p.count), b.callStateCell(p, c), computed(formulas[0], all, p.totalCount), computed(formulas[1], submitted, p.count),
		computed(formulas[2], accepted, p.count), cell(b.r.sourceName(c.call.Source), p.wrap))
}

// appColumn names the cells of a column of the list of applications.
func (b *memberBook) appColumn(col int) string {
	first, last := b.appRows()
	return sheet.Ref(b.r.in(applicationsTab), fixed(col, first, last))
}

// callStateCell says for whom a call is open on the workbook's day, by the deadlines that hold for everybody.
func (b *memberBook) callStateCell(p *page, c callRecords) sheet.OutCell {
	today := civil.Of(b.r.At, c.call.Location())
	within := func(d application.Deadline) bool {
		return !today.After(application.LastDay(c.call, c.extensions, d, "", "", b.r.At))
	}
	switch {
	case within(application.CityDeadline):
		return cell(b.r.in(openForCities), p.good)
	case within(application.CommissionDeadline):
		return cell(b.r.in(openForCommissions), p.good)
	}
	return cell(b.r.in(closedCall), p.faint)
}

func (b *memberBook) extensionRow(p *page, c callRecords, e application.Extension) {
	deadline := ofCities
	if e.Deadline == application.CommissionDeadline {
		deadline = ofCommissions
	}
	p.Row(cell(b.r.in(c.call.Title), p.wrap), cell(b.r.in(deadline), p.wrap), cell(b.extensionFor(c, e), p.wrap), cell(e.Until, p.date),
		cell(civil.Of(e.GrantedAt, c.call.Location()), p.date), cell(e.Reason, p.wrap))
}

func (b *memberBook) extensionFor(c callRecords, e application.Extension) string {
	switch {
	case e.City != "":
		i := slices.IndexFunc(c.cases, func(one application.Case) bool { return one.City == e.City })
		if i < 0 {
			return e.City
		}
		return c.cases[i].Name
	case e.Country != "":
		return b.r.country(e.Country)
	}
	return b.r.in(everybody)
}
