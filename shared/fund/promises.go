package fund

import (
	"cmp"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/money"
)

// Promises are the pledges of all donors, beside which contributions are put. What a donor gave since its first pledge was signed counts
// towards its pledges in that currency, whichever of them it was meant for; other currencies have no rate to be compared at.
type Promises struct {
	byDonor map[string]*promise
	first   map[string]civil.Date // by type of donor: when the first pledge of one was signed
}

type promise struct {
	first       civil.Date
	instalments []Instalment
}

// NewPromises gathers pledges, whose instalments may come in any order.
func NewPromises(instalments []Instalment) *Promises {
	p := &Promises{byDonor: map[string]*promise{}, first: map[string]civil.Date{}}
	for _, i := range instalments {
		key := i.DonorID()
		if p.byDonor[key] == nil {
			p.byDonor[key] = &promise{first: i.SignedOn}
		}
		donor := p.byDonor[key]
		donor.first = earlier(donor.first, i.SignedOn)
		donor.instalments = append(donor.instalments, i)
		if first, known := p.first[i.DonorType]; known {
			i.SignedOn = earlier(first, i.SignedOn)
		}
		p.first[i.DonorType] = i.SignedOn
	}
	for _, donor := range p.byDonor {
		slices.SortFunc(donor.instalments, byDue)
	}
	return p
}

func earlier(a, b civil.Date) civil.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// byDue orders a donor's instalments as its money is put to them: the one due first, and those without a day last.
func byDue(a, b Instalment) int {
	if undated := a.DueOn.IsZero(); undated != b.DueOn.IsZero() {
		if undated {
			return 1
		}
		return -1
	}
	return cmp.Or(a.DueOn.Compare(b.DueOn), cmp.Compare(a.ID(), b.ID()))
}

// None reports whether nobody has pledged.
func (p *Promises) None() bool { return len(p.byDonor) == 0 }

// Counts reports whether a gift counts towards a pledge of its donor.
func (p *Promises) Counts(g Gift) bool {
	donor, ok := p.byDonor[g.Donor]
	return ok && !g.On.Before(donor.first)
}

// Misses reports whether a pledge would be expected of a contribution and there is none: others of its donor's type had signed one by
// the day on which it came. So where no pledges are kept, or none of that type yet, none are missed.
func (p *Promises) Misses(c Contribution) bool {
	first, known := p.first[c.DonorType]
	return known && !c.ReceivedOn.Before(first) && p.byDonor[c.DonorID()] == nil
}

// in are the donor's instalments in a currency, in the order in which its money is put to them.
func (d *promise) in(currency string) []Instalment {
	var all []Instalment
	for _, i := range d.instalments {
		if i.Amount.Currency == currency {
			all = append(all, i)
		}
	}
	return all
}

// Excess is a gift with which its donor has given more than it pledged.
type Excess struct {
	Gift     Gift
	Received money.Amount // of the donor in that currency, with this one
	Pledged  money.Amount // by the donor in that currency
}

// Exceeding gives the gifts with which, by the day on which each came, their donors went beyond what they pledged; it sorts the list. A
// currency in which the donor pledged nothing is not judged.
func (p *Promises) Exceeding(gifts []Gift) []Excess {
	slices.SortFunc(gifts, func(a, b Gift) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID)) })
	received := map[purse]money.Amount{}
	var found []Excess
	for _, g := range gifts {
		if !p.Counts(g) {
			continue
		}
		key := purse{g.Donor, g.Amount.Currency}
		promised := p.byDonor[key.donor].in(key.currency)
		sum, err := g.Amount.Add(money.Amount{Minor: received[key].Minor, Currency: key.currency})
		if err != nil || len(promised) == 0 {
			continue // beyond money.Bound no sum is told
		}
		received[key] = sum
		if pledged := SumOf(promised); sum.Minor > pledged.Minor {
			found = append(found, Excess{Gift: g, Received: sum, Pledged: pledged})
		}
	}
	return found
}

// purse is what a donor gave in one currency.
type purse struct{ donor, currency string }

// Standing is an instalment and how far its donor's money covers it.
type Standing struct {
	Instalment Instalment
	Covered    money.Amount // from nothing to the instalment's amount
}

// Open is what of the instalment is not covered.
func (s Standing) Open() money.Amount {
	return money.Amount{Minor: s.Instalment.Amount.Minor - s.Covered.Minor, Currency: s.Instalment.Amount.Currency}
}

// OverdueOn reports whether the instalment was due before a day and is not covered.
func (s Standing) OverdueOn(day civil.Date) bool {
	due := s.Instalment.DueOn
	return s.Open().Minor > 0 && !due.IsZero() && due.Before(day)
}

// Cover puts money to promises as it stood at the end of a day, gift by gift, so that gifts need not be held.
type Cover struct {
	promises *Promises
	on       civil.Date
	left     map[purse]int64
}

// Cover is for the gifts that had come by the end of a day.
func (p *Promises) Cover(on civil.Date) *Cover {
	return &Cover{promises: p, on: on, left: map[purse]int64{}}
}

// Add puts a gift to its donor's promises; one below zero takes another back.
func (c *Cover) Add(g Gift) {
	if c.promises.Counts(g) && !g.On.After(c.on) {
		from := purse{g.Donor, g.Amount.Currency}
		c.left[from] = min(c.left[from]+g.Amount.Minor, 1<<62) // far more than is ever pledged, and room for one more
	}
}

// Standings are all instalments, those due first in front. Money covers a donor's instalments in the order in which they are due.
func (c *Cover) Standings() []Standing {
	var all []Standing
	left := maps.Clone(c.left)
	for key, donor := range c.promises.byDonor {
		for _, i := range donor.instalments {
			from := purse{key, i.Amount.Currency}
			covered := max(min(i.Amount.Minor, left[from]), 0)
			left[from] -= covered
			all = append(all, Standing{Instalment: i, Covered: money.Amount{Minor: covered, Currency: i.Amount.Currency}})
		}
	}
	slices.SortFunc(all, func(a, b Standing) int { return byDue(a.Instalment, b.Instalment) })
	return all
}

// Overdue is an instalment whose day has passed and that is not, or not fully, covered by what its donor gave.
type Overdue struct {
	Instalment Instalment
	Open       money.Amount // above zero, at most the instalment's amount
}

// OverdueOn gives the instalments that are overdue on a day, the one due first in front: those due before it which the money that had
// come by then does not cover.
func (p *Promises) OverdueOn(on civil.Date, gifts []Gift) []Overdue {
	cover := p.Cover(on)
	for _, g := range gifts {
		cover.Add(g)
	}
	var found []Overdue
	for _, s := range cover.Standings() {
		if s.OverdueOn(on) {
			found = append(found, Overdue{Instalment: s.Instalment, Open: s.Open()})
		}
	}
	return found
}
