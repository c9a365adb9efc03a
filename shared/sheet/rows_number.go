package sheet

import (
	"math"
	"strconv"
)

// powers of ten that a double holds exactly.
var powers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// parseDouble returns the double nearest to a number as XML Schema spells one. NaN, INF, what is too large for a double and
// anything else are not numbers.
func parseDouble(text []byte) (float64, bool) {
	mantissa, decimals, i := uint64(0), 0, 0
	negative := text[0] == '-'
	if negative || text[0] == '+' {
		i++
	}
	digits, dot := 0, false
	for ; i < len(text); i++ {
		c := text[i]
		if c == '.' && !dot {
			dot = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		digits++
		mantissa = mantissa*10 + uint64(c-'0')
		if dot {
			decimals++
		}
	}
	if digits == 0 {
		return 0, false
	}
	if i < len(text) && !exponent(text[i:]) {
		return 0, false
	}
	// Up to 15 digits and a power of ten are exact, so that their quotient is rounded once: correctly.
	const exactDigits = 15
	if i == len(text) && digits <= exactDigits && decimals < len(powers) {
		f := float64(mantissa) / powers[decimals]
		if negative {
			f = -f
		}
		return f, true
	}
	f, err := strconv.ParseFloat(string(text), 64)
	return f, err == nil && !math.IsInf(f, 0)
}

// exponent reports whether text is e, an optional sign and digits.
func exponent(text []byte) bool {
	if text[0]|0x20 != 'e' {
		return false
	}
	text = text[1:]
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}
