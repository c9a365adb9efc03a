// Package attribution tells whose money paid for what when donors' money is pooled: each donor's share of what is spent, charged and
// earned, pro rata to its part of the pool at the time, earmarked money first for its purpose. It knows no accounts, no dates and not
// who the donors are; amounts are whole minor units of one currency.
package attribution

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
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
	donors map[string]*Share            // received and refunded, which need no attribution
	direct map[string]map[string]int64  // by line and donor: what a donor alone was charged
}

// New is the book of a fund that has nothing. areaOf tells the area that an activity is of, under the name that is a purpose of
// deposits.
func New(areaOf func(activity string) string) *Book {
	return &Book{
		areaOf: areaOf, pools: map[string]*pool{General: newPool()}, totals: map[string]int64{}, donors: map[string]*Share{},
		direct: map[string]map[string]int64{},
	}
}

// Spending is the line of what was spent on an activity. Other lines are the caller's: "interest", "support".
func Spending(activity string) string { return "spent " + activity }

func (b *Book) donor(id string) *Share {
	if b.donors[id] == nil {
		b.donors[id] = &Share{Donor: id}
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

// Deposit takes in a donor's money for a purpose: an activity, an area, or "" for none. ErrAmount.
func (b *Book) Deposit(donor, purpose string, minor int64) error {
	if minor <= 0 {
		return ErrAmount
	}
	b.pool(purpose).deposit(donor, minor)
	b.donor(donor).Received += minor
	return nil
}

// Refund gives a donor's money back; below zero it takes a refund back. What is beyond Left, since something of an earlier day became known
// after the refund, is then all the others' share, pro rata to what they have. ErrAmount for zero; ErrBeyond for more than is unallocated,
// or of a donor that never gave.
func (b *Book) Refund(donor string, minor int64) error {
	if err := b.takeOut(donor, General, minor); err != nil {
		return err
	}
	b.donor(donor).Refunded += minor
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
	b.donor(donor).Received -= minor
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
	return nil
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

// takeOut takes unallocated money away for one donor: of what it has first, money for the given purpose before other, then of what was
// used of its money, which becomes the others' use, and what is left of the others' money. Below zero it puts money in, without a purpose.
func (b *Book) takeOut(donor, purpose string, minor int64) error {
	switch most := b.unallocated(); {
	case minor == 0:
		return ErrAmount
	case minor < 0:
		b.donor(donor)
		b.pools[General].deposit(donor, -minor)
		return nil
	case b.donors[donor] == nil:
		return fmt.Errorf("%w: nothing was given", ErrBeyond)
	case minor > most:
		return fmt.Errorf("%w: %d of %d", ErrBeyond, minor, most)
	}
	purposes := b.purposes()
	if at := slices.Index(purposes, purpose); at > 0 {
		purposes = slices.Insert(slices.Delete(purposes, at, at+1), 0, purpose)
	}
	minor = b.takeWhole(donor, purposes, minor)
	if minor > 0 {
		minor = b.takeFractions(donor, purposes, minor)
	}
	lines, used := b.used(donor)
	if part := min(minor, used); part > 0 {
		weights := make([]int64, len(lines))
		for i, line := range lines {
			weights[i] = line.minor
		}
		for i, part := range hand(part, weights) {
			b.shift(lines[i].line, donor, part)
		}
		minor -= part
	}
	if minor > 0 {
		b.totals[Adjusted] += 0
		b.shift(Adjusted, donor, minor)
	}
	return nil
}

// takeWhole takes whole minor units of what a donor has, and tells how many are still to be taken.
func (b *Book) takeWhole(donor string, purposes []string, minor int64) (left int64) {
	for _, purpose := range purposes {
		p := b.pools[purpose]
		if part := min(minor, p.worth(donor)); part > 0 {
			b.free(p, part)
			p.redeem(donor, part)
			minor -= part
		}
	}
	return minor
}

// takeFractions takes the whole minor units that the fractions in several pools make together, and leaves the rest of them to the others.
func (b *Book) takeFractions(donor string, purposes []string, minor int64) (left int64) {
	sum := new(big.Int).Lsh(big.NewInt(1), unitBits/2) // as in worth
	for _, purpose := range purposes {
		sum.Add(sum, b.pools[purpose].fraction(donor))
	}
	whole := min(minor, sum.Rsh(sum, unitBits).Int64())
	for _, purpose := range purposes {
		p := b.pools[purpose]
		if p.fraction(donor).Sign() == 0 {
			continue
		}
		if whole > 0 {
			b.free(p, 1)
			p.redeem(donor, 1)
			whole, minor = whole-1, minor-1
		}
		p.forfeit(donor)
	}
	return minor
}

// free has a pool change what is allocated of its money for what others have unallocated, so that it has as much of that itself. All
// together have it.
func (b *Book) free(p *pool, minor int64) {
	for _, purpose := range b.purposes() {
		other := b.pools[purpose]
		for _, activity := range slices.Sorted(maps.Keys(p.pots)) {
			part := min(minor-p.unallocated, other.unallocated, p.pots[activity])
			if other == p || part <= 0 {
				continue
			}
			p.pots[activity], other.pots[activity] = p.pots[activity]-part, other.pots[activity]+part
			p.unallocated, other.unallocated = p.unallocated+part, other.unallocated-part
		}
	}
}

// use is what was taken of a donor's money, 1 minor unit or more.
type use struct {
	line  string
	minor int64
}

// used are a donor's uses in the order of their lines, a part of a minor unit counted as one, and their sum.
func (b *Book) used(donor string) (lines []use, sum int64) {
	for _, line := range slices.Sorted(maps.Keys(b.totals)) {
		if exact := b.exact(line, donor); exact.Sign() < 0 {
			whole := ceil(exact.Neg(exact))
			lines = append(lines, use{line, whole})
			sum += whole
		}
	}
	return lines, sum
}

// shift makes a donor's use of money all others'.
func (b *Book) shift(line, donor string, minor int64) {
	if minor == 0 {
		return
	}
	b.forgive(line, donor, minor)
	purposes := b.purposes()
	weights := make([]int64, len(purposes))
	for i, purpose := range purposes {
		weights[i] = b.pools[purpose].unallocated
	}
	for i, part := range hand(minor, weights) {
		if p := b.pools[purposes[i]]; part > 0 {
			p.attribute(line, -part)
			p.unallocated -= part
			p.endEra()
		}
	}
}

// forgive takes minor units of a line from a donor: where its money bore them, so that they are not given back to it (Unspend), and what
// is beyond that by itself.
func (b *Book) forgive(line, donor string, minor int64) {
	for _, purpose := range b.purposes() {
		h := b.pools[purpose].settled(donor)
		if paid := h.paid[line]; paid != nil && paid.Sign() < 0 {
			part := min(minor, ceil(new(big.Int).Neg(paid)))
			h.forgive(line, part)
			minor -= part
		}
	}
	b.alone(line, donor, minor)
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

// Share is one donor's part of everything from the beginning, in minor units.
type Share struct {
	Donor    string
	Received int64
	Refunded int64            // 0 or above
	Lines    map[string]int64 // what was spent and charged is below zero, what was earned above; lines at 0 are left out
}

// Closing is what is left of the donor's money: received, less refunded, with all lines.
func (s Share) Closing() int64 {
	left := s.Received - s.Refunded
	for _, minor := range s.Lines {
		left += minor
	}
	return left
}

// Shares are those of all donors, ordered by identifier. The exact shares of a line are cut to whole minor units and the rest handed out
// by the largest remainders (of equal ones to the donor who comes first), so that the donors' figures add up to the fund's. They are
// cumulative: a period's figure is the difference of two, taken at its end and before its beginning.
func (b *Book) Shares() []Share {
	shares := make([]Share, 0, len(b.donors))
	for _, id := range slices.Sorted(maps.Keys(b.donors)) {
		share := *b.donors[id]
		share.Lines = map[string]int64{}
		shares = append(shares, share)
	}
	for line, total := range b.totals {
		b.round(line, total, shares)
	}
	return shares
}

// exact is a donor's share of a line, in minor units times 2^indexBits.
func (b *Book) exact(line, donor string) *big.Int {
	exact := big.NewInt(b.direct[line][donor])
	exact.Lsh(exact, indexBits)
	for _, p := range b.pools {
		if p.holdings[donor] == nil {
			continue
		}
		if paid := p.settled(donor).paid[line]; paid != nil {
			exact.Add(exact, paid)
		}
	}
	return exact
}

func (b *Book) round(line string, total int64, shares []Share) {
	remainders := make([]*big.Int, len(shares))
	for i, share := range shares {
		exact := b.exact(line, share.Donor)
		whole := new(big.Int).Rsh(exact, indexBits) // towards -∞
		remainders[i] = exact.Sub(exact, new(big.Int).Lsh(whole, indexBits))
		if minor := whole.Int64(); minor != 0 {
			share.Lines[line] = minor
			total -= minor
		}
	}
	for _, i := range largest(remainders)[:total] {
		if shares[i].Lines[line]++; shares[i].Lines[line] == 0 {
			delete(shares[i].Lines, line)
		}
	}
}

// Totals are what was attributed to all, by line.
func (b *Book) Totals() map[string]int64 { return maps.Clone(b.totals) }
