// Package donorpaper writes a donor's statement as a paper to read and keep (PDF), and as flat data for other programs (CSV). It computes no
// figure: all come from package statement.
package donorpaper

import (
	"fmt"
	"iter"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/statement"
)

// Input is what a statement is written from.
type Input struct {
	Statement    *statement.Statement
	Transactions iter.Seq2[statement.Transaction, error] // of its donor and period; gone through once
	Programme    *programme.Edition
	Reference    *reference.Data
	Lang         locale.Lang
	City         func(id string) string // a member city's name; nil, or "" for one that is not known: its identifier is shown
}

func (in Input) in(text locale.Text) string { return text.In(in.Lang) }

func (in Input) fill(text locale.Text, args ...any) string {
	return fmt.Sprintf(text.In(in.Lang), args...)
}

func (in Input) day(d civil.Date) string { return in.in(d.Text()) }

func (in Input) span(p statement.Period) string {
	days := in.fill(fromTo, in.day(p.From), in.day(p.To))
	if p.Term == "" {
		return days
	}
	return in.fill(termSpan, p.Term, days)
}

// number is an amount in the fund's currency without it, as tables show it.
func (in Input) number(minor int64) string {
	return in.plain(money.Amount{Minor: minor, Currency: in.Statement.Currency.Code}, in.Statement.Currency)
}

func (in Input) plain(a money.Amount, c money.Currency) string {
	return locale.FormatDecimal(in.Lang, a.Decimal(c))
}

// columns are three amounts as tables show them.
func (in Input) columns(c statement.Columns) []string {
	return []string{in.number(c.Period), in.number(c.Prior), in.number(c.Cumulative)}
}

// donor is the donor's name, or its identifier where none is known.
func (in Input) donor() string {
	if name := in.Statement.Donor.Name; name != "" {
		return name
	}
	return in.Statement.Donor.ID
}

// donorKind is the donor's type and country in words.
func (in Input) donorKind(d fund.Donor) string {
	var words []string
	if kind, ok := in.Programme.DonorType(d.Type); ok {
		words = append(words, in.in(kind.Label))
	}
	if country, ok := in.Reference.Country(d.Country); ok {
		words = append(words, in.in(country.Name))
	}
	return strings.Join(words, ", ")
}

// purpose is an activity or an area of the fund in words: "1.1 Training modules".
func (in Input) purpose(code string) string {
	for _, a := range in.Programme.Fund.Activities {
		if a.Code == code {
			return in.activity(a)
		}
	}
	for _, a := range in.Programme.Fund.Areas {
		if code == fmt.Sprintf("fund/%d", a.Number) {
			return in.area(a)
		}
	}
	return code
}

func (in Input) activity(a programme.Activity) string { return a.Number + " " + in.in(a.Label) }

func (in Input) area(a programme.WorkArea) string {
	return fmt.Sprintf("%d %s", a.Number, in.in(a.Label))
}

// cities names cities that stand in the books as identifiers.
func (in Input) cities(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id
		if in.City == nil {
			continue
		}
		if name := in.City(id); name != "" {
			names[i] = name
		}
	}
	return locale.List(in.Lang, names)
}

// share is a part of a whole as a percentage with one decimal, "–" where there is none to tell.
func (in Input) share(part, whole int64) string {
	if whole <= 0 || part < 0 || part > whole || whole > money.Bound {
		return none
	}
	permille := (part*2000 + whole) / (2 * whole)
	return locale.FormatDecimal(in.Lang, fmt.Sprintf("%d.%d", permille/10, permille%10)) + locale.NoBreakSpace + "%"
}

const none = "–"

// source tells where an entry comes from: the cell of an uploaded file with what stands in it, or the request.
func (in Input) source(e ledger.Entry) string {
	s := e.Source
	parts := []string{in.fill(entryNamed, e.ID)}
	if e.Reverses != "" {
		parts = append(parts, in.fill(takesBack, e.Reverses))
	}
	switch {
	case s.Import == "":
		parts = append(parts, in.fill(requestNamed, s.Request))
	default:
		parts = append(parts, in.fill(importNamed, s.Import))
		if s.Cell != "" {
			parts = append(parts, in.fill(cellNamed, s.Sheet, s.Cell, s.Value))
		}
		if s.File != "" {
			parts = append(parts, in.fill(fileNamed, first(s.File, 16)))
		}
	}
	return locale.OneLine(strings.Join(parts, " · "))
}

func first(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return text[:n] + "…"
}

// rate is the figure of a stated rate, and the currency of which one unit is worth so many of the other.
func (in Input) rate(o ledger.Original) (stated, per string) {
	stated, divides := o.Rate.Stated()
	if divides {
		return stated, in.Statement.Currency.Code
	}
	return stated, o.Amount.Currency
}

// rated is a rate in words: what one unit of a currency is worth, since when, and who says so.
func (in Input) rated(o ledger.Original) string {
	stated, per := in.rate(o)
	other := o.Amount.Currency
	if other == per {
		other = in.Statement.Currency.Code
	}
	return in.fill(rateFrom, per, locale.FormatDecimal(in.Lang, stated), other, in.day(o.RateDate), fund.SourceText(o.RateSource).In(in.Lang))
}

// anyOf is a text in a language, or else in one in which it was written.
func anyOf(lang locale.Lang, text locale.Text) string {
	if shown := text.In(lang); shown != "" {
		return shown
	}
	for _, other := range locale.Langs {
		if shown := text.In(other); shown != "" {
			return shown
		}
	}
	return ""
}
