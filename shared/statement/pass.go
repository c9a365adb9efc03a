package statement

import (
	"cmp"
	"iter"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/trust"
)

// cut is what there is at the end of a day.
type cut struct {
	accounts    ledger.Balances
	shares      []attribution.Share
	unallocated map[string]int64 // by donor
}

// spell counts what happened in the days of one column.
type spell struct {
	reached    map[string]*fund.Benefit // by activity
	categories map[string]int64
	earmarked  map[purpose]int64
}

type purpose struct{ donor, activity string }

// pass goes over the entries once.
type pass struct {
	period, prior Period
	term          programme.Term // whose plan the budget is; none when it is zero
	currency      string

	since               civil.Date
	next                civil.Date // of the entry that came last, or behind all
	accounts            ledger.Balances
	earlier, prev, last cut // at the end of the days before the prior period, of the prior period and of the period

	spells [3]spell                   // period, prior, cumulative
	inTerm map[string]int64           // spending by activity
	cities map[string]map[string]bool // named as beneficiaries, by country
	cover  *fund.Cover
	lists  map[string]*list // of the donors that are listed
}

const (
	ofPeriod = iota
	ofPrior
	ofAll
)

// list are the contributions of one donor.
type list struct {
	entries []Contribution
	leftOut int
}

func newPass(in Input, period, prior Period, listed []string) *pass {
	p := &pass{
		period: period, prior: prior, currency: in.Programme.Fund.Currency, accounts: ledger.Balances{},
		inTerm: map[string]int64{}, cities: map[string]map[string]bool{}, lists: map[string]*list{},
		cover: promised(in, period).Cover(period.To),
	}
	for i := range p.spells {
		p.spells[i] = spell{map[string]*fund.Benefit{}, map[string]int64{}, map[purpose]int64{}}
	}
	for _, term := range in.Programme.Terms {
		if !term.Start.After(period.To) {
			p.term = term
		}
	}
	for _, donor := range listed {
		p.lists[donor] = &list{}
	}
	return p
}

// promised are the pledges that were signed by the period's end.
func promised(in Input, period Period) *fund.Promises {
	var signed []fund.Instalment
	for _, i := range in.Pledges {
		if !i.SignedOn.After(period.To) {
			signed = append(signed, i)
		}
	}
	return fund.NewPromises(signed)
}

// run follows the entries up to the period's end.
func (p *pass) run(entries iter.Seq2[ledger.Entry, error]) error {
	book := attribution.New(trust.AreaOf)
	behind := p.period.To.AddDays(1)
	seen := func(yield func(ledger.Entry, error) bool) {
		for entry, err := range entries {
			if err != nil || entry.Date.After(p.period.To) {
				if err != nil {
					yield(entry, err)
				}
				break
			}
			p.next = entry.Date
			if !yield(entry, nil) {
				return
			}
			if err := p.add(entry); err != nil {
				yield(entry, err)
				return
			}
		}
		p.next = behind
	}
	look := func(day civil.Date, book *attribution.Book) error {
		p.cutAt(p.prior.From.AddDays(-1), &p.earlier, day, book)
		p.cutAt(p.prior.To, &p.prev, day, book)
		p.cutAt(p.period.To, &p.last, day, book)
		return nil
	}
	return trust.Follow(book, seen, p.period.To, look)
}

// cutAt keeps what there is at the end of a day, when the day that was followed is the last with entries up to it.
func (p *pass) cutAt(at civil.Date, into *cut, day civil.Date, book *attribution.Book) {
	if !day.After(at) && p.next.After(at) {
		*into = cut{p.accounts.Clone(), book.Shares(), book.Unallocated()}
	}
}

// add counts an entry, whose day has begun.
func (p *pass) add(entry ledger.Entry) error {
	if p.since.IsZero() {
		p.since = entry.Date
	}
	if err := p.accounts.Add(entry); err != nil {
		return err
	}
	event := trust.EventOf(entry, p.currency)
	minor := event.Amount.Minor
	if entry.Reverses != "" {
		minor = -minor
	}
	switch event.Kind {
	case trust.Expenditure:
		p.spend(event, minor)
	case trust.Deposit:
		if event.Earmark != "" {
			p.count(event.Date, func(s *spell) { s.earmarked[purpose{event.Donor, event.Earmark}] += minor })
		}
		p.receive(entry, event, minor)
	}
	return nil
}

// count does something for each column that a day counts in.
func (p *pass) count(day civil.Date, do func(s *spell)) {
	do(&p.spells[ofAll])
	switch p.column(day) {
	case InPeriod:
		do(&p.spells[ofPeriod])
	case InPrior:
		do(&p.spells[ofPrior])
	}
}

func (p *pass) column(day civil.Date) Column {
	switch {
	case p.period.Contains(day):
		return InPeriod
	case p.prior.Contains(day):
		return InPrior
	}
	return Earlier
}

func (p *pass) spend(event trust.Event, minor int64) {
	p.count(event.Date, func(s *spell) {
		if s.reached[event.Activity] == nil {
			s.reached[event.Activity] = &fund.Benefit{}
		}
		s.reached[event.Activity].Add(minor, event.Beneficiary)
		s.categories[event.Category] += minor
	})
	if p.term.Contains(event.Date) {
		p.inTerm[event.Activity] += minor
	}
	for _, beneficiary := range event.Beneficiary {
		country := fund.BeneficiaryCountry(beneficiary)
		if country == beneficiary {
			continue
		}
		if p.cities[country] == nil {
			p.cities[country] = map[string]bool{}
		}
		p.cities[country][beneficiary] = true
	}
}

func (p *pass) receive(entry ledger.Entry, event trust.Event, minor int64) {
	gift := giftOf(entry, event)
	p.cover.Add(gift)
	if l := p.lists[event.Donor]; l != nil {
		l.add(Contribution{
			Entry: entry, Paid: gift.Amount, Amount: minor, Agreement: event.Agreement, Number: event.Instalment, Earmark: event.Earmark,
			Column: p.column(event.Date),
		})
	}
}

// GiftOf is a deposit, or an entry that takes one back, as it is put to pledges: as it was paid, on the bank's day. It is false of other
// entries. The currency is the fund's.
func GiftOf(entry ledger.Entry, currency string) (fund.Gift, bool) {
	event := trust.EventOf(entry, currency)
	if event.Kind != trust.Deposit {
		return fund.Gift{}, false
	}
	return giftOf(entry, event), true
}

func giftOf(entry ledger.Entry, event trust.Event) fund.Gift {
	gift := fund.Gift{Donor: event.Donor, ID: entry.ID, On: cmp.Or(event.ValueDate, event.Date), Amount: event.Amount}
	if event.Original != nil {
		gift.Amount = event.Original.Amount
	}
	if entry.Reverses != "" {
		gift.Amount = gift.Amount.Neg()
	}
	return gift
}

func (l *list) add(c Contribution) {
	for i := range l.entries {
		if c.Entry.Reverses != "" && l.entries[i].Entry.ID == c.Entry.Reverses {
			l.entries[i].TakenBack = true
		}
	}
	if l.entries = append(l.entries, c); len(l.entries) >= 2*MaxContributions {
		l.trim()
	}
}

// trim leaves out the earliest.
func (l *list) trim() {
	if more := len(l.entries) - MaxContributions; more > 0 {
		l.leftOut += more
		l.entries = append([]Contribution(nil), l.entries[more:]...)
	}
}

// columnsOf are the columns of what is summed by their days.
func columnsOf(spells [3]spell, of func(s spell) int64) Columns {
	return Columns{of(spells[ofPeriod]), of(spells[ofPrior]), of(spells[ofAll])}
}
