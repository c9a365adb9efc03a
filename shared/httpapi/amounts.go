package httpapi

import (
	"errors"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/statement"
)

// amount is money as it is answered: exact, and as people read it.
type amount struct {
	Minor    int64  `json:"minor"` // units of the currency's smallest part
	Currency string `json:"currency"`
	Decimal  string `json:"decimal"`
}

func amountOf(a money.Amount) amount {
	return amount{a.Minor, a.Currency, a.Decimal(money.ISO(a.Currency))}
}

func amountsOf(all []money.Amount) []amount {
	list := make([]amount, len(all))
	for i, one := range all {
		list[i] = amountOf(one)
	}
	return list
}

// units are minor units of the fund's currency as an amount.
func (a *api) units(minor int64) amount {
	return amountOf(money.Amount{Minor: minor, Currency: a.Office.Programme.Fund.Currency})
}

// columns are the three amounts of a line of a statement.
type columns struct {
	Period     amount `json:"period"`
	Prior      amount `json:"prior"`
	Cumulative amount `json:"cumulative"`
}

func (a *api) columns(c statement.Columns) columns {
	return columns{a.units(c.Period), a.units(c.Prior), a.units(c.Cumulative)}
}

var anAmount = locale.Text{
	EN: `an amount such as {"minor": 12345, "currency": "USD"}`, FR: `un montant comme {"minor": 12345, "currency": "USD"}`,
	ES: `un importe como {"minor": 12345, "currency": "USD"}`,
}

// exactly reads an amount in whole minor units.
type exactly struct{ into *money.Amount }

// UnmarshalJSON implements json.Unmarshaler.
func (e *exactly) UnmarshalJSON(text []byte) error {
	return (&object{"amount", []field{
		{"minor", &bounded{&e.into.Minor, -money.Bound, money.Bound}, aNumber, true},
		{"currency", &e.into.Currency, aText, true},
	}}).UnmarshalJSON(text)
}

var aRate = locale.Text{
	EN: `a decimal such as "1.0845" above 0`, FR: `un nombre décimal comme "1.0845", supérieur à 0`, ES: `un decimal como "1.0845" mayor que 0`,
}

// stated reads a rate as decimal text.
type stated struct{ into *money.Rate }

// UnmarshalJSON implements json.Unmarshaler.
func (s *stated) UnmarshalJSON(text []byte) error {
	var decimal string
	if err := (&plain{&decimal}).UnmarshalJSON(text); err != nil || decimal == "" {
		return err
	}
	rate, err := money.ParseRate(decimal)
	if err == nil && rate.IsZero() {
		err = errors.New("httpapi: a rate of 0")
	}
	*s.into = rate
	return err
}
