package money

import (
	"fmt"
	"math/big"
	"strings"
)

// Rate is an exact positive decimal of at most ten fraction digits: how many
// units of the target currency one unit of the source currency buys (R-FUN-9).
// Where it comes from and of which date is its holder's to say. The zero Rate is
// no rate.
type Rate struct{ scaled int64 } // times 10^rateDigits

const (
	rateDigits = 10
	rateBound  = 100_000_000 // units
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

// String is the rate without trailing zeros, which ParseRate reads back.
func (r Rate) String() string {
	return strings.TrimSuffix(strings.TrimRight(decimalText(r.scaled, rateDigits), "0"), ".")
}

// MarshalText gives the rate's decimal text, and no text for no rate.
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
	parsed, err := ParseRate(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// Convert turns an amount into another currency at a rate, rounding the one time
// to the target's minor unit, halves away from zero. ErrCurrency when the amount
// is not of the source currency, ErrRange for no rate or a result beyond Bound.
func Convert(a Amount, from Currency, r Rate, to Currency) (Amount, error) {
	if a.Currency != from.Code {
		return Amount{}, fmt.Errorf("money: %s converted as %s: %w", a.Currency, from.Code, ErrCurrency)
	}
	if r.IsZero() {
		return Amount{}, fmt.Errorf("money: no rate from %s to %s: %w", from.Code, to.Code, ErrRange)
	}
	numerator := new(big.Int).Mul(big.NewInt(a.Minor), big.NewInt(r.scaled))
	numerator.Mul(numerator, big.NewInt(powerOfTen(to.Digits)))
	denominator := new(big.Int).Mul(big.NewInt(powerOfTen(rateDigits)), big.NewInt(powerOfTen(from.Digits)))
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
