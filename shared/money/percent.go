package money

import (
	"fmt"
	"math/big"
	"strings"
)

// Percent is an exact part of a hundred: 0 to 100, with at most four decimals. The zero Percent is 0.
type Percent struct{ scaled int64 } // times 10^percentDigits

const (
	percentDigits = 4
	percentBound  = 100
)

// ParsePercent reads canonical decimal text such as "7.5". ErrSyntax, ErrScale (more than four decimals), ErrRange.
func ParsePercent(decimal string) (Percent, error) {
	scaled, err := parseScaled(decimal, percentDigits, percentBound*powerOfTen(percentDigits))
	if err == nil && scaled < 0 {
		err = ErrRange
	}
	if err != nil {
		return Percent{}, fmt.Errorf("money: percentage %q: %w", decimal, err)
	}
	return Percent{scaled: scaled}, nil
}

// IsZero reports whether it is nothing of anything.
func (p Percent) IsZero() bool { return p.scaled == 0 }

// Of is so much of an amount, exactly, and rounded the one time to the minor unit, halves away from zero.
func (p Percent) Of(a Amount) Amount {
	part := new(big.Int).Mul(big.NewInt(a.Minor), big.NewInt(p.scaled))
	part = divideHalfAway(part, big.NewInt(percentBound*powerOfTen(percentDigits)))
	return Amount{Minor: part.Int64(), Currency: a.Currency} // at most the amount itself
}

// String is the decimal without trailing zeros, "7.5", which ParsePercent reads back.
func (p Percent) String() string {
	return strings.TrimSuffix(strings.TrimRight(decimalText(p.scaled, percentDigits), "0"), ".")
}

// MarshalText gives the decimal text.
func (p Percent) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote; no text is 0.
func (p *Percent) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Percent{}
		return nil
	}
	parsed, err := ParsePercent(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}
