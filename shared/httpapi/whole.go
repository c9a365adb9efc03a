package httpapi

import (
	"fmt"
	"math/big"
)

// whole reads a whole number into an int64 in whichever way JSON writes it: 12, 12.0 and 1.2e1 are one number, and some programs have no
// other kind.
type whole struct{ into *int64 }

// UnmarshalJSON implements json.Unmarshaler.
func (w *whole) UnmarshalJSON(text []byte) error {
	const enough = 128 // bits: more than an int64 has, and a bound to what a long text costs
	number, _, err := big.ParseFloat(string(text), 10, enough, big.ToZero)
	if err != nil {
		return err
	}
	value, accuracy := number.Int64()
	if accuracy != big.Exact {
		return fmt.Errorf("httpapi: %.20s is not a whole number", text)
	}
	*w.into = value
	return nil
}
