package attribution

import (
	"maps"
	"math/big"
	"slices"
)

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
		of := b.donors[id]
		shares = append(shares, Share{Donor: id, Received: of.received, Refunded: of.refunded, Lines: map[string]int64{}})
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
