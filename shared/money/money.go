// Package money holds amounts as whole minor units of an ISO 4217 currency.
// Decimal text goes in and comes out; no floating point number is ever involved.
// It knows no rates of its own, no donors and no ledger.
package money

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Bound is the largest number of minor units, of either sign, that an Amount
// holds: 10^15, ten trillion of a currency with two decimals.
const Bound = 1_000_000_000_000_000

// What can be wrong with an amount or a rate; wrapped with the text at hand.
var (
	ErrSyntax   = errors.New("not a decimal number")
	ErrScale    = errors.New("more decimals than allowed")
	ErrRange    = errors.New("out of range")
	ErrCurrency = errors.New("currencies differ")
)

// Currency is an ISO 4217 currency with the number of decimals of its minor unit.
type Currency struct {
	Code   string `json:"code"`   // three capital letters
	Digits int    `json:"digits"` // 0 to 4
}

// Amount is a number of minor units: 5000000 of USD is 50,000.00 dollars.
type Amount struct {
	Minor    int64  `json:"minor"` // within ±Bound
	Currency string `json:"currency"`
}

// Parse reads canonical decimal text such as "-1234.5": digits, at most one
// point, an optional sign, no grouping and no exponent. Trailing zeros beyond
// the currency's decimals are harmless; anything else beyond them is ErrScale.
func Parse(decimal string, c Currency) (Amount, error) {
	minor, err := parseScaled(decimal, c.Digits, Bound)
	if err != nil {
		return Amount{}, fmt.Errorf("money: %q in %s: %w", decimal, c.Code, err)
	}
	return Amount{Minor: minor, Currency: c.Code}, nil
}

// parseScaled gives the decimal times 10^digits when that is a whole number
// within ±bound.
func parseScaled(decimal string, digits int, bound int64) (int64, error) {
	unsigned := strings.TrimPrefix(decimal, "-")
	negative := unsigned != decimal
	if !negative {
		unsigned = strings.TrimPrefix(decimal, "+")
	}
	whole, fraction, point := strings.Cut(unsigned, ".")
	if !isDigits(whole) || (point && !isDigits(fraction)) {
		return 0, ErrSyntax
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > digits {
		return 0, ErrScale
	}
	scaled := strings.TrimLeft(whole+fraction+strings.Repeat("0", digits-len(fraction)), "0")
	if scaled == "" {
		return 0, nil
	}
	value, err := strconv.ParseInt(scaled, 10, 64)
	if err != nil || value > bound { // all digits, so the only error is the range
		return 0, ErrRange
	}
	if negative {
		value = -value
	}
	return value, nil
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Zero is no money of a currency.
func Zero(c Currency) Amount { return Amount{Currency: c.Code} }

// IsZero reports whether there is no money, of whatever currency.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Sign is -1, 0 or +1.
func (a Amount) Sign() int {
	switch {
	case a.Minor < 0:
		return -1
	case a.Minor > 0:
		return +1
	}
	return 0
}

// Add sums two amounts of one currency.
func (a Amount) Add(b Amount) (Amount, error) {
	if err := a.sameCurrency(b); err != nil {
		return Amount{}, err
	}
	return a.with(a.Minor + b.Minor) // neither is beyond Bound, so this cannot overflow
}

// Sub takes b from a.
func (a Amount) Sub(b Amount) (Amount, error) { return a.Add(b.Neg()) }

// Neg is the same amount the other way.
func (a Amount) Neg() Amount { return Amount{Minor: -a.Minor, Currency: a.Currency} }

// Times multiplies by a whole number, as in "50,000 x 2".
func (a Amount) Times(n int) (Amount, error) {
	if n == 0 || a.Minor == 0 {
		return Amount{Currency: a.Currency}, nil
	}
	product := a.Minor * int64(n)
	if product/int64(n) != a.Minor {
		return Amount{}, fmt.Errorf("money: %d times %d: %w", n, a.Minor, ErrRange)
	}
	return a.with(product)
}

// Cmp gives -1, 0 or +1 as a is less than, equal to or more than b.
func (a Amount) Cmp(b Amount) (int, error) {
	difference, err := a.Sub(b)
	return difference.Sign(), err
}

func (a Amount) sameCurrency(b Amount) error {
	if a.Currency != b.Currency {
		return fmt.Errorf("money: %s with %s: %w", a.Currency, b.Currency, ErrCurrency)
	}
	return nil
}

func (a Amount) with(minor int64) (Amount, error) {
	if minor > Bound || minor < -Bound {
		return Amount{}, fmt.Errorf("money: %d minor units of %s: %w", minor, a.Currency, ErrRange)
	}
	return Amount{Minor: minor, Currency: a.Currency}, nil
}
