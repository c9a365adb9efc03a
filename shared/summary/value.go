package summary

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// Number is a count as a value.
func Number(n int) Value {
	v := int64(n)
	return Value{Number: &v}
}

// Money is an amount as a value.
func Money(a money.Amount) Value { return Value{Money: &a} }

// Share is a part of a whole as a value, in basis points of 10,000.
func Share(points int64) Value { return Value{Share: &points} }

// Day is a day as a value; no day is no value.
func Day(d civil.Date) Value { return Value{Day: d} }

// Equal reports whether two values say the same.
func (v Value) Equal(w Value) bool {
	return same(v.Number, w.Number) && same(v.Money, w.Money) && same(v.Share, w.Share) && v.Day == w.Day && v.Text == w.Text
}

func same[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// In writes the value for people, in a language: 1,234; US$50,000.00; 12.5%; 3 April 2025. "" where there is none.
func (v Value) In(l locale.Lang) string {
	switch {
	case v.Number != nil:
		return locale.FormatInt(l, *v.Number)
	case v.Money != nil:
		return v.Money.Format(l)
	case v.Share != nil:
		return percent(l, *v.Share)
	case !v.Day.IsZero():
		return v.Day.Text().In(l)
	}
	return v.Text.In(l)
}

// percent writes basis points as per cent, without zeros at the end: "12.5%", "12,5 %" with a no-break space.
func percent(l locale.Lang, points int64) string {
	sign := ""
	if points < 0 {
		sign, points = "-", -points
	}
	decimal := strconv.FormatInt(points/100, 10)
	if rest := points % 100; rest != 0 {
		decimal += "." + strings.TrimRight(strconv.FormatInt(100+rest, 10)[1:], "0")
	}
	text := sign + locale.FormatDecimal(l, decimal)
	if l == locale.EN {
		return text + "%"
	}
	return text + locale.NoBreakSpace + "%"
}
