package money

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Decimal is the amount as canonical decimal text with exactly the currency's
// decimals ("50000.00", "-3"), which Parse reads back. c gives the decimals and
// must be the amount's own currency.
func (a Amount) Decimal(c Currency) string { return decimalText(a.Minor, c.Digits) }

func decimalText(scaled int64, digits int) string {
	text, sign := strconv.FormatInt(scaled, 10), ""
	if scaled < 0 {
		text, sign = text[1:], "-"
	}
	if digits <= 0 {
		return sign + text
	}
	if missing := digits + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// The symbols that an English reader of an international paper expects; every
// other currency is written by its code, which nobody can mistake.
var englishSymbols = map[string]string{"USD": "US$", "EUR": "€", "GBP": "£"}

// Format writes the amount for people: "US$50,000.00" in English (other
// currencies "CHF 50,000.00"); "50 000,00 USD" in French and Spanish, which both
// put the currency behind. Spaces are no-break spaces.
func (a Amount) Format(l locale.Lang) string {
	number := locale.FormatDecimal(l, a.Decimal(ISO(a.Currency)))
	if l != locale.EN {
		return number + locale.NoBreakSpace + a.Currency
	}
	sign, unsigned := "", number
	if a.Minor < 0 {
		sign, unsigned = "-", number[1:]
	}
	if symbol, ok := englishSymbols[a.Currency]; ok {
		return sign + symbol + unsigned
	}
	return sign + a.Currency + locale.NoBreakSpace + unsigned
}

// The currencies of ISO 4217 whose minor unit is not a hundredth.
var unusualDigits = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
	"RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// ISO is the currency of a code with the decimals that ISO 4217 gives it. It does
// not tell whether there is such a currency: that is reference data.
func ISO(code string) Currency {
	if digits, ok := unusualDigits[code]; ok {
		return Currency{Code: code, Digits: digits}
	}
	return Currency{Code: code, Digits: 2}
}
