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

// The states of an application before anything is decided; the decisions are application.Accepted, Deferred and Declined.
const (
	waiting  = "waiting"
	endorsed = "endorsed"
)

var states = []string{waiting, endorsed, application.Accepted, application.Deferred, application.Declined}

// applied is an application of the call with its state.
type applied struct {
	id, city, country                 string
	state                             string
	receivedOn, endorsedOn, decidedOn civil.Date
	endorsed                          bool
	reason                            string
}

// applications joins what is on record of each city in the call, ordered by country and city; an endorsement or decision whose
// application is missing is shown too.
func (b *memberBook) applications() []applied {
	all := map[string]applied{}
	for _, a := range b.found.applications {
		all[a.id] = applied{id: a.id, city: a.body.City, country: a.body.Country, state: waiting, receivedOn: a.body.ReceivedOn}
	}
	for id, e := range b.found.endorsements {
		a := all[id]
		a.id, a.city, a.country = id, cmp.Or(a.city, e.City), cmp.Or(a.country, e.Country)
		a.state, a.endorsed, a.endorsedOn = endorsed, true, e.EndorsedOn
		all[id] = a
	}
	for id, d := range b.found.decisions {
		a := all[id]
		a.id, a.city, a.country = id, cmp.Or(a.city, d.City), cmp.Or(a.country, d.Country)
		a.state, a.decidedOn, a.reason = d.Decision, d.DecidedOn, d.Reason
		all[id] = a
	}
	return slices.SortedFunc(maps.Values(all), func(x, y applied) int {
		return cmp.Or(b.r.byName(x.country, x.city, y.country, y.city), cmp.Compare(x.id, y.id))
	})
}

// countryQuota is how much of a country's quota is used (R-APP-3).
type countryQuota struct {
	country string
	states  map[string]int
	used    int
}

func (b *memberBook) countQuotas() []countryQuota {
	var quotas []countryQuota
	for _, a := range b.applied {
		if len(quotas) == 0 || quotas[len(quotas)-1].country != a.country {
			quotas = append(quotas, countryQuota{country: a.country, states: map[string]int{}})
		}
		q := &quotas[len(quotas)-1]
		q.states[a.state]++
		if a.endorsed {
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
	appSlot
	appDecided
	appReason
)

func (b *memberBook) appRows() (first, last int) {
	return headerRow + 1, headerRow + max(len(b.applied), 1)
}

// applicationSheet lists the applications of the call with their state.
func (b *memberBook) applicationSheet() error {
	p, err := b.list(b.r.in(applicationsTab), 28, 28, 14, 18, 16, 12, 14, 50)
	if err != nil {
		return err
	}
	p.title(b.r.in(applicationsTab), b.r.in(b.r.call.Title)+" · "+b.r.fill(deadlines, b.r.in(b.r.call.CityDeadline.Text()), b.r.in(b.r.call.CommissionDeadline.Text())))
	p.titles(words(countryWord), words(city), counts(applicationReceived), words(stateWord), counts(endorsedOn), counts(slotWord), counts(decidedOn), words(reasonWord))
	for _, a := range b.applied {
		slot := any(nil)
		if a.endorsed {
			slot = 1
		}
		p.Row(cell(b.r.country(a.country), p.wrap), cell(a.city, p.wrap), p.day(a.receivedOn), cell(b.r.in(stateNames[a.state]), b.stateLook(a.state)),
			p.day(a.endorsedOn), cell(slot, p.count), p.day(a.decidedOn), cell(a.reason, p.wrap))
	}
	_, last := b.appRows()
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: appReason, LastRow: last})
}

func (b *memberBook) stateLook(state string) sheet.StyleID {
	switch state {
	case application.Accepted:
		return b.good
	case waiting:
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

// quotaSheet counts each country's applications by state, and the slots of its National Commission that are taken (R-APP-3).
func (b *memberBook) quotaSheet() error {
	tab := b.r.in(quotaTab)
	p, err := b.page(tab, headerRow, 34, 14, 13, 13, 13, 13, 13, 14, 12, 14)
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
			title := sheet.ColumnName(3+i) + "$" + strconv.Itoa(headerRow)
			cells = append(cells, computed("COUNTIFS("+countries+","+by+","+inState+","+title+")", q.states[state], p.count))
			sum += q.states[state]
		}
		left := p.count
		if q.used >= b.r.call.Quota {
			left = p.alertCount
		}
		cells = append(cells, computed("SUMIF("+countries+","+by+","+slots+")", q.used, p.totalCount), cell(b.r.call.Quota, p.count),
			computed(at(9, row)+"-"+at(8, row), b.r.call.Quota-q.used, left))
		p.Row(append([]sheet.OutCell{cell(b.r.country(q.country), p.wrap),
			computed("SUM("+at(3, row)+":"+at(7, row)+")", sum, p.count)}, cells...)...)
		names, used = append(names, b.r.country(q.country)), append(used, sheet.Number(strconv.Itoa(q.used)))
	}
	b.quotaTotal(p)
	if len(names) > 0 {
		p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: 10, LastRow: headerRow + len(names)})
		p.Chart(sheet.ChartSpec{
			Type: sheet.ChartColumn, Title: b.r.in(chartQuota), Anchor: at(1, p.NextRow()+1), Width: 900, Height: 300, NumFmt: "0", Labels: true,
			Series: []sheet.ChartSeries{{
				Name: b.r.in(quotaUsed), CategoriesRef: sheet.Ref(tab, fixed(1, headerRow+1, headerRow+len(names))), Categories: names,
				ValuesRef: sheet.Ref(tab, fixed(8, headerRow+1, headerRow+len(names))), Values: used, Color: blue,
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
	used, byState := 0, map[string]int{}
	for _, q := range b.quotas {
		used += q.used
		for state, n := range q.states {
			byState[state] += n
		}
	}
	cells := []sheet.OutCell{cell(b.r.in(total), p.total), sum(2, len(b.applied))}
	for i, state := range states {
		cells = append(cells, sum(3+i, byState[state]))
	}
	p.Row(append(cells, sum(8, used), cell(nil, p.total), cell(nil, p.total))...)
}
