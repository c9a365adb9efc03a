package attribution

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
)

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
		return fmt.Errorf("%w: no such donor", ErrBeyond)
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

// takeFractions takes the whole minor units that the fractions in several pools make together. The fractions are the others' then, pool by
// pool, and what they gain or lose by that is their share of what was used of the donor's money.
func (b *Book) takeFractions(donor string, purposes []string, minor int64) (left int64) {
	line := Adjusted
	if lines, _ := b.used(donor); len(lines) > 0 {
		line = lines[0].line
	}
	sum := new(big.Int).Lsh(big.NewInt(1), indexBits-unitBits/2) // as in worth
	for _, purpose := range purposes {
		sum.Add(sum, b.pools[purpose].exactWorth(donor))
	}
	whole := min(minor, sum.Rsh(sum, indexBits).Int64())
	for _, purpose := range purposes {
		p := b.pools[purpose]
		if p.exactWorth(donor).Sign() == 0 {
			continue
		}
		part := min(whole, 1)
		b.free(p, part)
		p.leave(donor, line, part)
		b.totals[line] += 0
		whole, minor = whole-part, minor-part
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
