// Package attribution tells whose money paid for what when donors' money is pooled: each donor's share of what is spent, charged and
// earned, pro rata to its part of the pool at the time, earmarked money first for its purpose. It knows no accounts, no dates and not
// who the donors are; amounts are whole minor units of one currency.
package attribution

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// The refusals; nothing is changed then. They come wrapped with what is left.
var (
	// ErrBeyond: more than there is to be allocated, spent, charged or taken back.
	ErrBeyond = errors.New("attribution: more than there is")
	// ErrAmount: zero, or below it where that means nothing.
	ErrAmount = errors.New("attribution: an amount that means nothing")
)

// Adjusted is the line of what one donor was given back beyond its share and the others bear: a refund that was covered when it was made,
// until something of an earlier day became known. It sums to 0.
const Adjusted = "adjusted"

// Nobody is the donor of what belongs to none: interest on a fund without money. It has a share like any other.
const Nobody = ""

// General is the purpose of money that was given without one.
const General = ""

// Book follows the pooled money of a fund from its first event on: what its holder tells it in the order of days. The memory it takes
// grows with donors, purposes and lines, not with events.
type Book struct {
	areaOf func(activity string) string // the area of an activity, as a purpose; "" has none
	pools  map[string]*pool             // by purpose: an activity, an area, or "" for money without one
	totals map[string]int64             // by line: what was attributed to all
	donors map[string]*given
	direct map[string]map[string]int64 // by line and donor: what a donor alone was charged
}

// given is what came from a donor and went to it, in minor units, which needs no attribution.
type given struct {
	received, refunded int64
	charged            int64 // to it alone
}

// New is the book of a fund that has nothing. areaOf tells the area that an activity is of, under the name that is a purpose of
// deposits.
func New(areaOf func(activity string) string) *Book {
	return &Book{
		areaOf: areaOf, pools: map[string]*pool{General: newPool()}, totals: map[string]int64{}, donors: map[string]*given{},
		direct: map[string]map[string]int64{},
	}
}

// Spending is the line of what was spent on an activity. Other lines are the caller's: "interest", "support".
func Spending(activity string) string { return "spent " + activity }

func (b *Book) donor(id string) *given {
	if b.donors[id] == nil {
		b.donors[id] = &given{}
	}
	return b.donors[id]
}

func (b *Book) pool(purpose string) *pool {
	if b.pools[purpose] == nil {
		b.pools[purpose] = newPool()
	}
	return b.pools[purpose]
}

// purposes are those with a pool, the general one first.
func (b *Book) purposes() []string { return slices.Sorted(maps.Keys(b.pools)) }

// Meet makes a donor known that has nothing, as one whose only deposit was taken back on the same day. What it is given back all the same
// is all the others' share.
func (b *Book) Meet(donor string) { b.donor(donor) }

// Deposit takes in a donor's money for a purpose: an activity, an area, or "" for none. ErrAmount.
func (b *Book) Deposit(donor, purpose string, minor int64) error {
	if minor <= 0 {
		return ErrAmount
	}
	b.pool(purpose).deposit(donor, minor)
	b.donor(donor).received += minor
	return nil
}

// Refund gives a donor's money back; below zero it takes a refund back. What is beyond Left, since something of an earlier day became known
// after the refund, is then all the others' share, pro rata to what they have. ErrAmount for zero; ErrBeyond for more than is unallocated,
// or of a donor that is not known.
func (b *Book) Refund(donor string, minor int64) error {
	if err := b.takeOut(donor, General, minor); err != nil {
		return err
	}
	b.donor(donor).refunded += minor
	return nil
}

// Withdraw takes a deposit for a purpose back that should not have been entered: what was received is less by it. What was spent and
// charged of that money meanwhile is all the others' share, as with Refund. ErrAmount, ErrBeyond.
func (b *Book) Withdraw(donor, purpose string, minor int64) error {
	if minor < 0 {
		return ErrAmount
	}
	if err := b.takeOut(donor, purpose, minor); err != nil {
		return err
	}
	b.donor(donor).received -= minor
	return nil
}

// ChargeDonor takes a charge from the money of the donor whose agreement asks for it; below zero it takes a charge back. ErrAmount for
// zero, ErrBeyond.
func (b *Book) ChargeDonor(line, donor string, minor int64) error {
	if err := b.takeOut(donor, General, minor); err != nil {
		return err
	}
	b.alone(line, donor, -minor)
	b.totals[line] -= minor
	b.donor(donor).charged += minor
	return nil
}

// Kept is what was received of a donor and neither given back nor charged to it alone: the most of its deposits that can be taken back.
func (b *Book) Kept(donor string) int64 {
	of := b.donors[donor]
	if of == nil {
		return 0
	}
	return of.received - of.refunded - of.charged
}

// Left is what is a donor's of what is neither spent nor allocated: the most that can be refunded.
func (b *Book) Left(donor string) int64 {
	var worth int64
	for _, p := range b.pools {
		worth += p.worth(donor)
	}
	return min(worth, b.unallocated())
}

func (b *Book) unallocated() int64 {
	var sum int64
	for _, p := range b.pools {
		sum += p.unallocated
	}
	return sum
}

// alone books to a line for one donor.
func (b *Book) alone(line, donor string, minor int64) {
	if b.direct[line] == nil {
		b.direct[line] = map[string]int64{}
	}
	b.direct[line][donor] += minor
}

// Spread books what comes to all or goes from all to a line: above zero interest and gains, below zero charges and losses. Gains are
// each pool's by what it has, charges by what it has unallocated. What comes to a fund without money is Nobody's. ErrAmount for zero,
// ErrBeyond.
func (b *Book) Spread(line string, minor int64) error {
	if minor == 0 {
		return ErrAmount
	}
	purposes := b.purposes()
	weights := make([]int64, len(purposes))
	var whole int64
	for i, purpose := range purposes {
		p := b.pools[purpose]
		weights[i] = p.unallocated
		if minor > 0 {
			weights[i] = p.balance()
		}
		whole += weights[i]
	}
	switch {
	case minor < 0 && -minor > whole:
		return fmt.Errorf("%w: %d of %d", ErrBeyond, -minor, whole)
	case whole == 0:
		general := b.pools[General]
		b.donor(Nobody)
		general.deposit(Nobody, minor)
		general.attribute(line, minor)
	default:
		for i, part := range hand(max(minor, -minor), weights) {
			if p := b.pools[purposes[i]]; part > 0 {
				if minor < 0 {
					part = -part
				}
				p.attribute(line, part)
				p.unallocated += part
				p.endEra()
			}
		}
	}
	b.totals[line] += minor
	return nil
}

// order are the purposes whose money an activity uses, in turn: its own, its area's, what has none, then what was given for others.
func (b *Book) order(activity string) (own, others []string) {
	own = []string{activity}
	if area := b.areaOf(activity); area != "" {
		own = append(own, area)
	}
	own = append(own, General)
	for _, purpose := range b.purposes() {
		if !slices.Contains(own, purpose) {
			others = append(others, purpose)
		}
	}
	return own, others
}

// Allocate sets money aside for an activity, and says how much of it donors had wished to see elsewhere. ErrAmount, ErrBeyond.
func (b *Book) Allocate(activity string, minor int64) (elsewhere int64, err error) {
	own, others := b.order(activity)
	err = b.draw(append(own, others...), minor, func(p *pool) int64 { return p.unallocated }, func(purpose string, p *pool, part int64) {
		p.unallocated -= part
		p.pots[activity] += part
		if slices.Contains(others, purpose) {
			elsewhere += part
		}
	})
	return elsewhere, err
}

// Deallocate frees what an activity has left, the money that it got last in the order of purposes first. ErrAmount, ErrBeyond.
func (b *Book) Deallocate(activity string, minor int64) error {
	return b.draw(b.backwards(activity), minor, func(p *pool) int64 { return p.pots[activity] }, func(_ string, p *pool, part int64) {
		p.pots[activity] -= part
		p.unallocated += part
	})
}

// Spend books spending on an activity from what is allocated to it, the money given for it first. ErrAmount, ErrBeyond.
func (b *Book) Spend(activity string, minor int64) error {
	own, others := b.order(activity)
	return b.draw(append(own, others...), minor, func(p *pool) int64 { return p.pots[activity] }, func(_ string, p *pool, part int64) {
		p.attribute(Spending(activity), -part)
		p.pots[activity] -= part
		p.spent[activity] += part
		b.totals[Spending(activity)] -= part
		p.endEra()
	})
}

// Unspend takes spending back that should not have been entered; the money is allocated as before, and theirs again who bore it. What
// nobody bears any longer, since its donor's deposit was taken back, is shared by all, or Nobody's when there are none. It costs by the
// number of donors. ErrAmount, ErrBeyond.
func (b *Book) Unspend(activity string, minor int64) error {
	line := Spending(activity)
	return b.draw(b.backwards(activity), minor, func(p *pool) int64 { return p.spent[activity] }, func(_ string, p *pool, part int64) {
		p.spent[activity] -= part
		b.totals[line] += part
		left := p.restore(line, part)
		if left > 0 && p.units.Sign() == 0 {
			b.donor(Nobody)
			p.deposit(Nobody, left)
			p.unallocated -= left
		}
		if left > 0 {
			p.attribute(line, left)
		}
		p.unallocated -= part - left
		p.pots[activity] += part
		p.endEra()
	})
}

func (b *Book) backwards(activity string) []string {
	own, others := b.order(activity)
	all := append(own, others...)
	slices.Reverse(all)
	return all
}

// draw takes an amount from pools in turn, as much as each has. Nothing is taken unless all is there.
func (b *Book) draw(
	purposes []string, minor int64, has func(*pool) int64, take func(purpose string, p *pool, part int64),
) error {
	if minor <= 0 {
		return ErrAmount
	}
	var whole int64
	for _, purpose := range purposes {
		if p := b.pools[purpose]; p != nil {
			whole += has(p)
		}
	}
	if minor > whole {
		return fmt.Errorf("%w: %d of %d", ErrBeyond, minor, whole)
	}
	for _, purpose := range purposes {
		if p := b.pools[purpose]; p != nil {
			if part := min(minor, has(p)); part > 0 {
				take(purpose, p, part)
				minor -= part
			}
		}
	}
	return nil
}

// Totals are what was attributed to all, by line.
func (b *Book) Totals() map[string]int64 { return maps.Clone(b.totals) }
