package fund

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// RateType is the type under which monthly rates are stored; the year is the partition.
const RateType = "rate"

// MonthRate is a rate that holds for a month, or from the day of it on which it was revised: what money is converted at of which no other
// rate is stated (R-FUN-9).
type MonthRate struct {
	Currency string     `json:"currency"`
	From     civil.Date `json:"from"`   // the first of the month, or the day of a revision
	Rate     money.Rate `json:"rate"`   // as the UN prints it: units of Currency for one unit of the fund's
	Source   string     `json:"source"` // who published it
}

// Year is the partition in which the rate is stored.
func (r MonthRate) Year() string { return strconv.Itoa(r.From.Year) }

// ID identifies a rate within its year: "EUR#2025-03-01".
func (r MonthRate) ID() string { return monthRateID(r.Currency, r.From) }

func monthRateID(currency string, from civil.Date) string { return currency + "#" + from.String() }

// RatesOfMonth are where a currency's rates of a day's month are stored, in the order of their days: the year, and how their identifiers
// begin. The last of them that holds from that day or an earlier one is the rate of the day.
func RatesOfMonth(currency string, on civil.Date) (year, prefix string) {
	return strconv.Itoa(on.Year), currency + "#" + on.String()[:len("2025-03")]
}

// OfMonth identifies the monthly rate that money was converted at, by the rate and date that it keeps: monthly rates divide, and those
// that are stated with a payment multiply. No identifier where it was another rate, or none.
func OfMonth(paid money.Amount, rate money.Rate, from civil.Date) (year, id string) {
	if _, divides := rate.Stated(); !divides {
		return "", ""
	}
	return strconv.Itoa(from.Year), monthRateID(paid.Currency, from)
}

// unRates is the publisher of rates whose sheet names none.
var unRates = locale.Text{
	EN: "UN operational rates of exchange", FR: "Taux de change opérationnels de l’ONU", ES: "Tipos de cambio operacionales de la ONU",
}

// UNRates is the source of monthly rates that name no other, as it is stored.
var UNRates = unRates.EN

// SourceText is the source of a rate for people: that of the UN's rates in their language, every other as it was stated.
func SourceText(source string) locale.Text {
	if source == UNRates {
		return unRates
	}
	return locale.Same(source)
}
