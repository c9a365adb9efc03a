package attribution

import (
	"maps"
	"math/big"
	"slices"
)

// Unallocated is, by donor, its part of what is neither spent nor allocated, in minor units: of each pool's by its units. It is rounded as
// Shares are, so that the donors add up to all that is unallocated. A donor without a part is left out.
func (b *Book) Unallocated() map[string]int64 {
	donors := slices.Sorted(maps.Keys(b.donors))
	parts := make(map[string]int64, len(donors))
	remainders := make([]*big.Int, len(donors))
	left := b.unallocated()
	for i, donor := range donors {
		exact := b.exactUnallocated(donor)
		whole := new(big.Int).Rsh(exact, indexBits)
		remainders[i] = exact.Sub(exact, new(big.Int).Lsh(whole, indexBits))
		if minor := whole.Int64(); minor != 0 {
			parts[donor] = minor
			left -= minor
		}
	}
	for _, i := range largest(remainders)[:left] {
		parts[donors[i]]++
	}
	return parts
}

// exactUnallocated is a donor's part in minor units times 2^indexBits.
func (b *Book) exactUnallocated(donor string) *big.Int {
	sum := new(big.Int)
	for _, p := range b.pools {
		if p.holdings[donor] == nil || p.units.Sign() == 0 {
			continue
		}
		part := new(big.Int).Mul(p.settled(donor).units, big.NewInt(p.unallocated))
		sum.Add(sum, part.Lsh(part, indexBits).Quo(part, p.units))
	}
	return sum
}
