package money

import (
	"fmt"
	"math/big"
	"strings"
)

// Rate is an exact rate between two currencies (R-FUN-9), kept as it is stated, in one of two ways: how many units of the target currency
// one unit of the source currency buys, or, as the UN prints its rates, how many units of the source currency one unit of the target
// currency costs. Either is a positive decimal of at most ten fraction digits; what divides is never rounded to a decimal of its own. Where
// a rate comes from and of which date is its holder's to say. The zero Rate is no rate.
type Rate struct {
	scaled  int64 // times 10^rateDigits
	divides bool  // units of the source currency for one of the target currency
}

const (
	rateDigits = 10
	rateBound  = 100_000_000 // units
	oneOver    = "1/"        // stands before a rate that divides
)

// ParseRate reads canonical decimal text such as "0.9235", above 0 and at most
// 100 million. ErrSyntax, ErrScale (more than ten decimals), ErrRange.
func ParseRate(decimal string) (Rate, error) {
	scaled, err := parseScaled(decimal, rateDigits, rateBound*powerOfTen(rateDigits))
	if err == nil && scaled <= 0 {
		err = ErrRange
	}
	if err != nil {
		return Rate{}, fmt.Errorf("money: rate %q: %w", decimal, err)
	}
	return Rate{scaled: scaled}, nil
}

// IsZero reports whether there is no rate.
func (r Rate) IsZero() bool { return r.scaled == 0 }

// Inverse is the same rate for money that goes the other way, exactly: the stated figure stays. The inverse of no rate is none.
func (r Rate) Inverse() Rate {
	if r.IsZero() {
		return Rate{}
	}
	return Rate{scaled: r.scaled, divides: !r.divides}
}

// Stated is the figure as it was stated, without trailing zeros, and whether amounts are divided by it.
func (r Rate) Stated() (decimal string, divides bool) {
	return strings.TrimSuffix(strings.TrimRight(decimalText(r.scaled, rateDigits), "0"), "."), r.divides
}

// String is the stated figure, "0.9235", after "1/" where amounts are divided by it: "1/1186.68".
func (r Rate) String() string {
	decimal, divides := r.Stated()
	if divides {
		return oneOver + decimal
	}
	return decimal
}

// MarshalText gives the rate as String does, and no text for no rate.
func (r Rate) MarshalText() ([]byte, error) {
	if r.IsZero() {
		return nil, nil
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (r *Rate) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Rate{}
		return nil
	}
	decimal, divides := strings.CutPrefix(string(text), oneOver)
	parsed, err := ParseRate(decimal)
	if err != nil {
		return err
	}
	parsed.divides = divides
	*r = parsed
	return nil
}

// Convert turns an amount into another currency at a rate, whichever way it is stated: exactly, and rounded the one time to the target's
// minor unit, halves away from zero. ErrCurrency when the amount is not of the source currency, ErrRange for no rate or a result beyond
// Bound.
func Convert(a Amount, from Currency, r Rate, to Currency) (Amount, error) {
	if a.Currency != from.Code {
		return Amount{}, fmt.Errorf("money: %s converted as %s: %w", a.Currency, from.Code, ErrCurrency)
	}
	if r.IsZero() {
		return Amount{}, fmt.Errorf("money: no rate from %s to %s: %w", from.Code, to.Code, ErrRange)
	}
	units, ones := big.NewInt(r.scaled), big.NewInt(powerOfTen(rateDigits))
	if r.divides {
		units, ones = ones, units
	}
	numerator := units.Mul(units, big.NewInt(a.Minor))
	numerator.Mul(numerator, big.NewInt(powerOfTen(to.Digits)))
	denominator := ones.Mul(ones, big.NewInt(powerOfTen(from.Digits)))
	minor := divideHalfAway(numerator, denominator)
	if !minor.IsInt64() {
		return Amount{}, fmt.Errorf("money: converted to %s: %w", to.Code, ErrRange)
	}
	return Zero(to).with(minor.Int64())
}

// divideHalfAway divides by a positive denominator, rounding halves away from 0:
// (2|n| + d) / 2d with the sign put back.
func divideHalfAway(numerator, denominator *big.Int) *big.Int {
	doubled := new(big.Int).Abs(numerator)
	doubled.Lsh(doubled, 1).Add(doubled, denominator)
	quotient := doubled.Quo(doubled, new(big.Int).Lsh(denominator, 1))
	if numerator.Sign() < 0 {
		quotient.Neg(quotient)
	}
	return quotient
}

func powerOfTen(n int) int64 {
	power := int64(1)
	for range n {
		power *= 10
	}
	return power
}
