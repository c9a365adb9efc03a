package sheet

import (
	"reflect"
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// readDecimal reads a number into text, exactly.
func (f *fieldReading) readDecimal() {
	if decimal, ok := f.decimal(false); ok {
		f.setText(decimal)
	}
}

// readAmount reads a number and notes the currency that its cell shows.
func (f *fieldReading) readAmount() {
	decimal, ok := f.decimal(false)
	if !ok {
		return
	}
	f.setText(decimal)
	if f.cell.Kind == KindNumber && f.cell.Style != nil && f.cell.Style.Currency != "" {
		f.showsCurrency(f.cell.Style.Currency)
	}
}

// readInteger reads a whole number.
func (f *fieldReading) readInteger() {
	decimal, ok := f.decimal(true)
	if !ok {
		return
	}
	n, err := strconv.ParseInt(decimal, 10, 64)
	if err != nil {
		f.fail(problem.New("NUMBER_INVALID"))
		return
	}
	f.setInt(n)
}

// decimal reads the cell as a canonical decimal.
func (f *fieldReading) decimal(whole bool) (string, bool) {
	switch f.cell.Kind {
	case KindNumber:
		decimal, exact := numberDecimal(f.cell)
		if !exact {
			f.fail(problem.New("NUMBER_PRECISION_LOST"))
		}
		return decimal, exact
	case KindText:
		return f.typedNumber(whole)
	}
	f.fail(problem.New("NUMBER_INVALID"))
	return "", false
}

// typedNumber reads a number that is stored as text.
func (f *fieldReading) typedNumber(whole bool) (string, bool) {
	english := f.table.loc.Lang == locale.EN
	n := understandNumber(f.text(), numberHint{mark: f.place.answer.mark, english: english, whole: whole})
	switch n.mark {
	case '.':
		f.place.state.proves[0]++
	case ',':
		f.place.state.proves[1]++
	}
	switch n.reading {
	case numberRead:
		if _, err := strconv.ParseInt(n.decimal, 10, 64); whole && err != nil {
			f.fail(problem.New("NUMBER_INVALID"))
			return "", false
		}
		if !n.plain || !f.table.csv && !f.cell.edited {
			f.raise(problem.New("NUMBER_AS_TEXT").WithText("number", shownDecimal(n.decimal)))
		}
		if n.currency != "" && f.plan.currency >= 0 {
			f.showsCurrency(n.currency)
		}
		return n.decimal, true
	case numberAmbiguous:
		f.ask(func() *problem.Problem {
			return problem.New("NUMBER_LOCALE_AMBIGUOUS").
				WithText("first", shownDecimal(n.decimal)).WithText("second", shownDecimal(n.other))
		}, "point", "comma")
	case numberMalformed:
		f.fail(problem.New("NUMBER_MALFORMED_GROUPING").Suggest(n.suggestion))
	case numberExpression:
		f.fail(problem.New("AMOUNT_EXPRESSION").WithText("result", shownDecimal(n.decimal)).Suggest(n.suggestion))
	case numberImprecise:
		f.fail(problem.New("NUMBER_PRECISION_LOST").Suggest(n.suggestion))
	default:
		f.fail(problem.New("NUMBER_INVALID"))
	}
	return "", false
}

// shownCurrency is a currency that an amount's cell shows.
type shownCurrency struct {
	field    fieldReading
	currency string
}

// showsCurrency notes a currency, to be compared when the whole line is read: the column that states it may come later.
func (f *fieldReading) showsCurrency(currency string) {
	if f.plan.currency >= 0 {
		f.shown = append(f.shown, shownCurrency{*f, currency})
	}
}

// compareCurrencies finds amounts shown in another currency than their row states. A row that states none takes the one that its
// amount shows, where that can be no other: "10 000 €" is in euros, "$50,000" in one of many dollars.
func (r *reading) compareCurrencies() {
	for i := range r.shown {
		s := &r.shown[i]
		stated := &r.decoder.plans[s.field.plan.currency]
		target := r.into.FieldByIndex(stated.field)
		if r.bad[stated.column.ID] || target.Kind() != reflect.String {
			continue
		}
		switch code := target.String(); {
		case code == "":
			if only, ok := onlyCurrency(s.currency, stated.column); ok {
				target.SetString(only)
			}
		case contradicts(s.currency, code):
			s.field.fail(problem.New("CURRENCY_MISMATCH").With("shown", s.currency).With("stated", code))
		}
	}
}

// onlyCurrency is the one currency that a sign can stand for, as a column writes it.
func onlyCurrency(sign string, c *Column) (string, bool) {
	codes, ok := currenciesOf(sign)
	if !ok || len(codes) != 1 {
		return "", false
	}
	if c.Lookup == nil {
		return codes[0], true
	}
	value, ok, _ := c.Lookup(codes[0])
	return value, ok
}
