package exports

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// states are those that an application can be shown in, in the order in which it comes to them.
var states = slices.DeleteFunc(slices.Clone(application.States), func(s application.State) bool { return s == application.None })

// applied is an application of the call with its state.
type applied struct {
	id, city, country                 string
	state                             application.State
	receivedOn, endorsedOn, decidedOn civil.Date
	counts                            bool // towards its country's quota (R-APP-3)
	endorsedBy, reason                string
}

// applications joins what is on record of each city in the call, ordered by country and city: the state that its acts and the sheets
// led to, with the days that the records have. An endorsement or decision whose application is missing is shown too.
func (b *memberBook) applications() []applied {
	all := map[string]applied{}
	for _, a := range b.found.applications {
		all[a.id] = applied{id: a.id, city: a.body.City, country: a.body.Country, state: application.Sent, receivedOn: a.body.ReceivedOn}
	}
	for id, e := range b.found.endorsements {
		a := all[id]
		a.id, a.city, a.country = id, cmp.Or(a.city, e.City), cmp.Or(a.country, e.Country)
		a.state, a.counts, a.endorsedOn, a.endorsedBy = application.Submitted, true, e.EndorsedOn, e.EndorsedBy
		all[id] = a
	}
	for id, d := range b.found.decisions {
		a := all[id]
		a.id, a.city, a.country = id, cmp.Or(a.city, d.City), cmp.Or(a.country, d.Country)
		a.state, a.decidedOn, a.reason = application.State(d.Decision), d.DecidedOn, d.Reason
		all[id] = a
	}
	for _, c := range b.ofCall().cases {
		if c.State == application.None {
			continue
		}
		a := all[c.City]
		a.id, a.city, a.country = c.City, cmp.Or(a.city, c.Name), cmp.Or(a.country, c.Country)
		a.state, a.counts = c.State, c.Counts
		if a.receivedOn.IsZero() {
			a.receivedOn = c.Form.ReceivedOn
		}
		all[c.City] = a
	}
	return slices.SortedFunc(maps.Values(all), func(x, y applied) int {
		return cmp.Or(b.r.byName(x.country, x.city, y.country, y.city), cmp.Compare(x.id, y.id))
	})
}

// ofCall is what is on record of the workbook's call.
func (b *memberBook) ofCall() callRecords {
	i := slices.IndexFunc(b.found.calls, func(c callRecords) bool { return c.call.ID == b.r.call.ID })
	if i < 0 {
		return callRecords{call: b.r.call}
	}
	return b.found.calls[i]
}

// countryQuota is how much of a country's quota is used (R-APP-3).
type countryQuota struct {
	country string
	states  map[application.State]int
	used    int
}

func (b *memberBook) countQuotas() []countryQuota {
	var quotas []countryQuota
	for _, a := range b.applied {
		if len(quotas) == 0 || quotas[len(quotas)-1].country != a.country {
			quotas = append(quotas, countryQuota{country: a.country, states: map[application.State]int{}})
		}
		q := &quotas[len(quotas)-1]
		q.states[a.state]++
		if a.counts {
			q.used++
		}
	}
	return quotas
}

// The columns of the list of applications.
const (
	appCountry = 1 + iota
	appCity
	appReceived
	appState
	appEndorsed
	appEndorsedBy
	appSlot
	appDecided
	appReason
)

func (b *memberBook) appRows() (first, last int) {
	return headerRow + 1, headerRow + max(len(b.applied), 1)
}

// applicationSheet lists the applications of the call with their state.
func (b *memberBook) applicationSheet() error {
	p, err := b.list(b.r.in(applicationsTab), 26, 28, 14, 26, 14, 32, 14, 14, 44)
	if err != nil {
		return err
	}
	p.title(b.r.in(applicationsTab), b.r.in(b.r.call.Title)+" · "+b.r.fill(deadlines, b.r.in(b.r.call.CityDeadline.Text()), b.r.in(b.r.call.CommissionDeadline.Text())))
	p.titles(words(countryWord), words(city), counts(applicationReceived), words(stateWord), counts(endorsedOn), words(endorsedBy), counts(slotWord), counts(decidedOn), words(reasonWord))
	for _, a := range b.applied {
		slot := any(nil)
		if a.counts {
			slot = 1
		}
		p.Row(cell(b.r.country(a.country), p.wrap), cell(a.city, p.wrap), p.day(a.receivedOn), cell(b.r.in(stateNames[a.state]), b.stateLook(a.state)),
			p.day(a.endorsedOn), cell(a.endorsedBy, p.wrap), cell(slot, p.count), p.day(a.decidedOn), cell(a.reason, p.wrap))
	}
	if len(b.applied) == 0 {
		p.nothing(noApplications, appReason)
	}
	_, last := b.appRows()
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: appReason, LastRow: last})
}

func (b *memberBook) stateLook(state application.State) sheet.StyleID {
	switch state {
	case application.Accepted:
		return b.good
	case application.Sent, application.Endorsed: // the National Commission's to act on
		return b.alert
	}
	return b.wrap
}

// day is a date, or a blank cell for none.
func (p *page) day(d civil.Date) sheet.OutCell {
	if d.IsZero() {
		return cell(nil, p.date)
	}
	return cell(d, p.date)
}

// The columns of the sheet of quotas: the first of the states, and the slots used.
const quotaStates = 3

var quotaUsedAt = quotaStates + len(states)

// quotaSheet counts each country's applications by state, and the slots of its National Commission that are taken (R-APP-3).
func (b *memberBook) quotaSheet() error {
	tab := b.r.in(quotaTab)
	widths := []float64{32, 14}
	for range states {
		widths = append(widths, 13)
	}
	p, err := b.page(tab, headerRow, append(widths, 12, 9, 9)...)
	if err != nil {
		return err
	}
	p.title(tab, b.r.in(b.r.call.Title)+" · "+b.r.fill(quotaWords, b.r.call.Quota))
	titles := []column{words(countryWord), counts(applicationsTab)}
	for _, state := range states {
		titles = append(titles, counts(stateNames[state]))
	}
	p.titles(append(titles, counts(quotaUsed), counts(quotaWord), counts(quotaLeft))...)
	first, last := b.appRows()
	list := b.r.in(applicationsTab)
	countries, inState, slots := sheet.Ref(list, fixed(appCountry, first, last)), sheet.Ref(list, fixed(appState, first, last)), sheet.Ref(list, fixed(appSlot, first, last))
	var names []string
	var used []sheet.Number
	for _, q := range b.quotas {
		row, sum := p.NextRow(), 0
		by := at(1, row)
		var cells []sheet.OutCell
		for i, state := range states {
			title := sheet.ColumnName(quotaStates+i) + "$" + strconv.Itoa(headerRow)
			cells = append(cells, computed("COUNTIFS("+countries+","+by+","+inState+","+title+")", q.states[state], p.count))
			sum += q.states[state]
		}
		left := p.count
		if q.used >= b.r.call.Quota {
			left = p.alertCount
		}
		cells = append(cells, computed("SUMIF("+countries+","+by+","+slots+")", q.used, p.totalCount), cell(b.r.call.Quota, p.count),
			computed(at(quotaUsedAt+1, row)+"-"+at(quotaUsedAt, row), b.r.call.Quota-q.used, left))
		p.Row(append([]sheet.OutCell{cell(b.r.country(q.country), p.wrap),
			computed("SUM("+at(quotaStates, row)+":"+at(quotaUsedAt-1, row)+")", sum, p.count)}, cells...)...)
		names, used = append(names, b.r.country(q.country)), append(used, sheet.Number(strconv.Itoa(q.used)))
	}
	if len(names) == 0 {
		p.nothing(noApplications, 9)
	}
	b.quotaTotal(p)
	if len(names) > 0 {
		p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: quotaUsedAt + 2, LastRow: headerRow + len(names)})
		p.Chart(sheet.ChartSpec{
			Type: sheet.ChartColumn, Title: b.r.in(chartQuota), Anchor: at(1, p.NextRow()+1), Width: 900, Height: 300, NumFmt: "0", Labels: true,
			Series: []sheet.ChartSeries{{
				Name: b.r.in(quotaUsed), CategoriesRef: sheet.Ref(tab, fixed(1, headerRow+1, headerRow+len(names))), Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(quotaUsedAt, headerRow+1, headerRow+len(names))), Values: used, Color: blue,
			}},
		})
	}
	return nil
}

func (b *memberBook) quotaTotal(p *page) {
	last := p.NextRow() - 1
	sum := func(col, result int) sheet.OutCell {
		if last <= headerRow {
			return cell(0, p.totalCount)
		}
		return computed("SUM("+span(col, headerRow+1, last)+")", result, p.totalCount)
	}
	used, byState := 0, map[application.State]int{}
	for _, q := range b.quotas {
		used += q.used
		for state, n := range q.states {
			byState[state] += n
		}
	}
	cells := []sheet.OutCell{cell(b.r.in(total), p.total), sum(2, len(b.applied))}
	for i, state := range states {
		cells = append(cells, sum(quotaStates+i, byState[state]))
	}
	p.Row(append(cells, sum(quotaUsedAt, used), cell(nil, p.total), cell(nil, p.total))...)
}
