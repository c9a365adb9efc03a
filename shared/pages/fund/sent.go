package fund

import (
	"errors"
	"regexp"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// sent reads what was sent with a form, and collects what can't be read.
type sent struct {
	desk
	problems []error
}

func (d desk) sent() *sent { return &sent{desk: d} }

// wrong are the problems that there were; nil for none.
func (s *sent) wrong() error { return errors.Join(s.problems...) }

func (s *sent) text(field string) string { return strings.TrimSpace(s.Form.Get(field)) }

func (s *sent) invalid(field string, label, expected locale.Text) {
	s.problems = append(s.problems, problem.New("FIELD_INVALID").In(field).Valued(s.text(field)).WithText("field", label).WithText("expected", expected))
}

// day is a date, zero where none was given.
func (s *sent) day(field string, label locale.Text) civil.Date {
	day, err := s.Day(field, label)
	if err != nil {
		s.problems = append(s.problems, err)
	}
	return day
}

// amount is money as people write it in their language; no money where none was given.
func (s *sent) amount(field string, label locale.Text, currency money.Currency) money.Amount {
	text := s.text(field)
	if text == "" {
		return money.Zero(currency)
	}
	amount, err := money.Parse(canonical(s.Lang, text), currency)
	if err != nil {
		s.invalid(field, label, anAmount)
	}
	return amount
}

// rate is a rate as people write it, none where none was given.
func (s *sent) rate(field string, label locale.Text) money.Rate {
	text := s.text(field)
	if text == "" {
		return money.Rate{}
	}
	rate, err := money.ParseRate(canonical(s.Lang, text))
	if err != nil {
		s.invalid(field, label, aRate)
	}
	return rate
}

// list are the parts of a text that commas, semicolons or lines separate.
func (s *sent) list(field string) (parts []string) {
	for _, one := range strings.FieldsFunc(s.text(field), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if one = strings.TrimSpace(one); one != "" {
			parts = append(parts, one)
		}
	}
	return parts
}

// How numbers are written: with a point and commas between thousands in English; in French and Spanish with a comma, and spaces or points between
// thousands. A single point there stands before decimals, unless three digits follow: then nobody knows what was meant.
var (
	withPoint  = regexp.MustCompile(`^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$`)
	withComma  = regexp.MustCompile(`^-?(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d+(,\d+)?)$`)
	plainPoint = regexp.MustCompile(`^-?\d+\.(\d{1,2}|\d{4,})$`)
	spaces     = regexp.MustCompile(`(\d)[ \x{00A0}\x{202F}](\d{3})`)
)

// canonical is a number as money reads it; "" of what is none, or could be two.
func canonical(lang locale.Lang, text string) string {
	text = strings.Replace(text, "−", "-", 1)
	switch {
	case lang == locale.EN && withPoint.MatchString(text):
		return strings.ReplaceAll(text, ",", "")
	case lang == locale.EN:
		return ""
	}
	text = spaces.ReplaceAllString(spaces.ReplaceAllString(text, "$1$2"), "$1$2")
	switch {
	case withComma.MatchString(text):
		return strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	case plainPoint.MatchString(text):
		return text
	}
	return ""
}
