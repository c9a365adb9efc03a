package exports

import (
	"cmp"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the list of instalments; sums by currency stand in those of the amounts.
const (
	pledgeAgreement = 1 + iota
	pledgeNumber
	pledgeAmount
	pledgeCovered
	pledgeOpen
	pledgeOverdue
	pledgeCurrency
	pledgeDue
	pledgeDays
	pledgeState
	pledgeDonor
	pledgeType
	pledgeCountry
	pledgeSigned
	pledgeFor
)

// pledgePlaces is where the sums and the instalments stand.
type pledgePlaces struct {
	currencies []string
	firstSum   int
	listPlaces
}

// placePledges orders the instalments: what is overdue first, then what is open, then what is covered; each by the day on which it is due.
func (b *fundBook) placePledges() pledgePlaces {
	p := pledgePlaces{firstSum: headerRow + 2}
	for _, s := range b.standings {
		if !slices.Contains(p.currencies, s.Instalment.Amount.Currency) {
			p.currencies = append(p.currencies, s.Instalment.Amount.Currency)
		}
	}
	if len(p.currencies) == 0 {
		p.currencies = []string{b.plan.Currency.Code}
	}
	slices.Sort(p.currencies)
	slices.SortStableFunc(b.standings, func(x, y fund.Standing) int {
		return cmp.Compare(b.pledgeRank(x), b.pledgeRank(y))
	})
	p.first = p.firstSum + len(p.currencies) + 3 // a blank row, the heading and the titles
	p.last = p.first + max(len(b.standings), 1) - 1
	return p
}

func (b *fundBook) pledgeRank(s fund.Standing) int {
	switch {
	case s.OverdueOn(b.sums.last):
		return 0
	case s.Open().Minor > 0:
		return 1
	}
	return 2
}

// pledgesSheet writes what was pledged and has not come (R-FUN-8): a memorandum, in no other sum of the workbook.
func (b *fundBook) pledgesSheet() error {
	p, err := b.page(b.tabs.pledges, 2, 24, 13, 19, 19, 19, 19, 11, 13, 13, 15, 34, 18, 22, 13, 12)
	if err != nil {
		return err
	}
	p.title(b.r.in(pledgesTab), b.subtitle()+" · "+b.r.in(memorandum))
	b.pledgeSums(p)
	p.heading(b.r.in(instalmentsHeading))
	p.titles(words(agreementTitle), counts(instalmentTitle), amounts(pledgedTitle), amounts(coveredTitle), amounts(openPledge), amounts(overdueTitle),
		words(currencyWord), words(dueOn), counts(daysOverdue), words(stateTitle), words(donor), words(donorType), words(countryWord),
		words(signedOn), words(earmark))
	for _, s := range b.standings {
		b.pledge(p, s)
	}
	if len(b.standings) == 0 {
		p.nothing(noPledges, pledgeFor)
	}
	p.Filter(sheet.Range{FirstCol: 1, FirstRow: b.rows.pledges.first - 1, LastCol: pledgeFor, LastRow: b.rows.pledges.last})
	p.Skip(1)
	p.wideRemark(b.r.in(pledgesRemark), pledgeFor)
	return nil
}

// pledgeSums sums by currency: promises have no rate, so that they are not added up over currencies.
func (b *fundBook) pledgeSums(p *page) {
	p.firstHeading(b.r.in(pledgeSumsHeading))
	p.titles(words(currencyWord), counts(instalmentsCount), amounts(pledgedTitle), amounts(coveredTitle), amounts(openPledge), amounts(overdueTitle))
	list := b.rows.pledges
	column := func(col int) string { return fixed(col, list.first, list.last) }
	for _, code := range b.rows.pledges.currencies {
		row := p.NextRow()
		var count int
		sums := [4]money.Amount{{Currency: code}, {Currency: code}, {Currency: code}, {Currency: code}}
		for _, s := range b.standings {
			if s.Instalment.Amount.Currency != code {
				continue
			}
			count++
			for i, minor := range []int64{s.Instalment.Amount.Minor, s.Covered.Minor, s.Open().Minor, b.overdue(s)} {
				sums[i].Minor += minor
			}
		}
		where := column(pledgeCurrency) + "," + at(1, row)
		cells := []sheet.OutCell{cell(code, p.text), computed("COUNTIF("+where+")", count, p.count)}
		for i, sum := range sums {
			cells = append(cells, computed("SUMIFS("+column(pledgeAmount+i)+","+where+")", exact(sum), p.asPaid(sum)))
		}
		p.Row(cells...)
	}
}

// overdue is what of an instalment is overdue.
func (b *fundBook) overdue(s fund.Standing) int64 {
	if s.OverdueOn(b.sums.last) {
		return s.Open().Minor
	}
	return 0
}

func (b *fundBook) pledge(p *page, s fund.Standing) {
	i := s.Instalment
	var late any
	state, text, count := openState, p.wrap, p.count
	switch {
	case i.Amount.Minor == 0:
		state = droppedState
	case s.Open().Minor == 0:
		state, text = coveredState, p.good
	case s.OverdueOn(b.sums.last):
		state, text, count = overdueState, p.alert, p.alertCount
		late = daysBetween(i.DueOn, b.sums.last)
	}
	row := p.NextRow()
	amount := func(minor int64) sheet.Number { return exact(money.Amount{Minor: minor, Currency: i.Amount.Currency}) }
	paid := p.asPaid(i.Amount)
	p.Row(cell(i.Agreement, p.wrap), cell(i.Number, p.count), cell(exact(i.Amount), paid), cell(exact(s.Covered), paid),
		computed(at(pledgeAmount, row)+"-"+at(pledgeCovered, row), exact(s.Open()), paid),
		computed("IF("+at(pledgeDays, row)+">0,"+at(pledgeOpen, row)+",0)", amount(b.overdue(s)), paid),
		cell(i.Amount.Currency, p.text), cell(dateOrNone(i.DueOn), p.date), cell(late, count), cell(b.r.in(state), text),
		cell(i.Donor, p.wrap), cell(b.typeLabel(fundDonor{Donor: fund.Donor{Type: i.DonorType}}), p.wrap), cell(b.r.country(i.Country), p.wrap),
		cell(dateOrNone(i.SignedOn), p.date), cell(i.Earmark, p.text))
}

// daysBetween counts the days from one to another.
func daysBetween(from, to civil.Date) int {
	at := func(d civil.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
	return int(at(to).Sub(at(from)).Hours() / 24)
}
