package attribution

import (
	"maps"
	"math/big"
	"slices"
)

// Shares of a pool are counted in units, as those of an investment fund are: a deposit buys units at what one is worth at the time, and
// what is spent or earned changes the worth of all alike. What each unit has paid for is kept as one running index a line, so that an event
// costs the same whatever the number of donors.
//
// A minor unit buys about 2^unitBits units. What is spent makes it buy more of them, what is earned fewer: beyond 2^driftBits times as many
// or as few, all units are counted anew, in larger or smaller ones. An index is an amount of minor units for one unit, times 2^indexBits.
// Units and indices are cut off, never rounded up, so that what is attributed falls short of the truth by less than 2^-80 minor units an
// event, and the whole amounts that Shares gives make up for it.
const (
	unitBits  = 128
	driftBits = 32
	indexBits = 384
)

// pool is money given for one purpose, or for none.
type pool struct {
	unallocated int64            // minor units
	pots        map[string]int64 // allocated to an activity and unspent
	spent       map[string]int64 // on an activity
	units       *big.Int         // of all donors, in the era at hand
	index       map[string]*big.Int
	holdings    map[string]*holding // by donor
	eras        []era               // those that ended
}

// era is a time in which a pool's units stay as large as they are. It ends when nothing is left, so that units are worth nothing from then
// on and the next deposit begins anew, or when units have to be larger or smaller.
type era struct {
	index map[string]*big.Int // at its end
	empty bool                // nothing was left
	scale int                 // else a unit became 2^scale units
}

// carry is what units of the era are in the next one.
func (e era) carry(units *big.Int) {
	switch {
	case e.empty:
		units.SetInt64(0)
	case e.scale < 0:
		units.Rsh(units, uint(-e.scale))
	default:
		units.Lsh(units, uint(e.scale))
	}
}

// holding is what a donor has in a pool.
type holding struct {
	units *big.Int
	era   int
	since map[string]*big.Int // the indices up to which its shares are settled
	paid  map[string]*big.Int // settled shares by line, in minor units times 2^indexBits
}

func newPool() *pool {
	return &pool{
		pots: map[string]int64{}, spent: map[string]int64{}, units: new(big.Int),
		index: map[string]*big.Int{}, holdings: map[string]*holding{},
	}
}

// balance is what is left, allocated or not.
func (p *pool) balance() int64 {
	sum := p.unallocated
	for _, minor := range p.pots {
		sum += minor
	}
	return sum
}

// deposit buys units for money that is not in the balance yet, and puts it there.
func (p *pool) deposit(donor string, minor int64) {
	h := p.settled(donor)
	bought := big.NewInt(minor)
	if balance := p.balance(); balance == 0 {
		bought.Lsh(bought, unitBits)
	} else {
		bought.Mul(bought, p.units).Quo(bought, big.NewInt(balance))
	}
	h.units.Add(h.units, bought)
	p.units.Add(p.units, bought)
	p.unallocated += minor
}

// worth is what a donor's units are worth, in whole minor units: never more than the pool has.
func (p *pool) worth(donor string) int64 {
	h := p.settled(donor)
	if p.units.Sign() == 0 {
		return 0
	}
	worth := new(big.Int).Mul(h.units, big.NewInt(p.balance()))
	// Units were cut off when they were bought: who holds nearly all of a minor unit holds it.
	slack := new(big.Int).Rsh(p.units, unitBits/2)
	return worth.Add(worth, slack).Quo(worth, p.units).Int64()
}

// exactWorth is what a donor's units are worth, in minor units times 2^indexBits.
func (p *pool) exactWorth(donor string) *big.Int {
	units := p.settled(donor).units
	if units.Sign() == 0 {
		return new(big.Int)
	}
	worth := new(big.Int).Mul(units, big.NewInt(p.balance()))
	return worth.Lsh(worth, indexBits).Quo(worth, p.units)
}

// leave gives a donor minor units of the unallocated balance for all its units, and books what the others gain or lose by that to a line.
func (p *pool) leave(donor, line string, minor int64) {
	gain, paid := p.exactWorth(donor), big.NewInt(minor)
	gain.Sub(gain, paid.Lsh(paid, indexBits))
	h := p.settled(donor)
	p.units.Sub(p.units, h.units)
	h.units.SetInt64(0)
	if p.units.Sign() > 0 {
		h.book(line, new(big.Int).Neg(gain))
		p.step(line, gain.Quo(gain, p.units))
	}
	p.unallocated -= minor
	p.endEra()
}

// redeem takes units for money that leaves the unallocated balance for the donor's own sake.
func (p *pool) redeem(donor string, minor int64) {
	h := p.settled(donor)
	sold := big.NewInt(minor)
	sold.Mul(sold, p.units).Quo(sold, big.NewInt(p.balance()))
	if sold.Cmp(h.units) > 0 {
		sold.Set(h.units)
	}
	h.units.Sub(h.units, sold)
	p.units.Sub(p.units, sold)
	p.unallocated -= minor
	p.endEra()
}

// attribute books minor units, of either sign, to a line for all donors by their units. The balance is the caller's to change.
func (p *pool) attribute(line string, minor int64) {
	exact := big.NewInt(minor)
	p.step(line, exact.Lsh(exact, indexBits).Quo(exact, p.units))
}

// step moves the index of a line.
func (p *pool) step(line string, by *big.Int) {
	if p.index[line] == nil {
		p.index[line] = new(big.Int)
	}
	p.index[line].Add(p.index[line], by)
}

// endEra is called when money came or went other than for units.
func (p *pool) endEra() {
	ended := era{index: p.index}
	if balance := p.balance(); balance == 0 {
		ended.empty = true
	} else {
		ended.scale = unitBits + big.NewInt(balance).BitLen() - p.units.BitLen()
	}
	if !ended.empty && max(ended.scale, -ended.scale) <= driftBits {
		return
	}
	p.eras, p.index = append(p.eras, ended), map[string]*big.Int{}
	ended.carry(p.units)
}

// settled is a donor's holding with its shares up to now.
func (p *pool) settled(donor string) *holding {
	h := p.holdings[donor]
	if h == nil {
		h = &holding{units: new(big.Int), era: len(p.eras), since: map[string]*big.Int{}, paid: map[string]*big.Int{}}
		p.holdings[donor] = h
	}
	for ; h.era < len(p.eras); h.era++ {
		h.settle(p.eras[h.era].index)
		p.eras[h.era].carry(h.units)
		clear(h.since)
	}
	h.settle(p.index)
	return h
}

func (h *holding) settle(index map[string]*big.Int) {
	for line, now := range index {
		since := h.since[line]
		if since == nil {
			since = new(big.Int)
			h.since[line] = since
		}
		if since.Cmp(now) == 0 {
			continue
		}
		if h.units.Sign() != 0 {
			share := new(big.Int).Sub(now, since)
			h.book(line, share.Mul(share, h.units))
		}
		since.Set(now)
	}
}

// restore gives minor units of a line back to those who bore them, each by what it bore, for units at their present worth. What nobody
// here bears any longer is left.
func (p *pool) restore(line string, minor int64) (left int64) {
	donors := slices.Sorted(maps.Keys(p.holdings))
	bore, whole := make([]*big.Int, len(donors)), new(big.Int)
	for i, donor := range donors {
		bore[i] = new(big.Int)
		if paid := p.settled(donor).paid[line]; paid != nil && paid.Sign() < 0 {
			whole.Add(whole, bore[i].Neg(paid))
		}
	}
	back := min(minor, ceil(whole))
	if back == 0 {
		return minor
	}
	for i, part := range handExactly(back, bore) {
		if part > 0 {
			p.deposit(donors[i], part)
			p.holdings[donors[i]].forgive(line, part)
		}
	}
	return minor - back
}

// forgive takes minor units of what a holding bore back.
func (h *holding) forgive(line string, minor int64) {
	back := big.NewInt(minor)
	h.book(line, back.Lsh(back, indexBits))
}

// book adds an exact amount to what a line has settled.
func (h *holding) book(line string, exact *big.Int) {
	if h.paid[line] == nil {
		h.paid[line] = new(big.Int)
	}
	h.paid[line].Add(h.paid[line], exact)
}

// ceil is an exact amount, 0 or above, in minor units, a part of one counted as one.
func ceil(exact *big.Int) int64 {
	return -new(big.Int).Rsh(new(big.Int).Neg(exact), indexBits).Int64()
}

// hand gives out whole minor units by weights, the largest remainders first and of equal ones the earlier; weights are 0 or above,
// and not all 0.
func hand(minor int64, weights []int64) []int64 {
	exact := make([]*big.Int, len(weights))
	for i, w := range weights {
		exact[i] = big.NewInt(w)
	}
	return handExactly(minor, exact)
}

// handExactly is hand by weights of any size.
func handExactly(minor int64, weights []*big.Int) []int64 {
	total := new(big.Int)
	for _, w := range weights {
		total.Add(total, w)
	}
	parts := make([]int64, len(weights))
	remainders := make([]*big.Int, len(weights))
	left := minor
	for i, w := range weights {
		share := new(big.Int).Mul(big.NewInt(minor), w)
		remainders[i] = new(big.Int)
		share.QuoRem(share, total, remainders[i])
		parts[i] = share.Int64()
		left -= parts[i]
	}
	for _, i := range largest(remainders)[:left] {
		parts[i]++
	}
	return parts
}

// largest are the indices of numbers from the largest to the smallest, those of equal ones in their order.
func largest(numbers []*big.Int) []int {
	order := make([]int, len(numbers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return numbers[b].Cmp(numbers[a]) })
	return order
}
