package sheet

import (
	"cmp"
	"errors"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// rules is the validator with the rules of this package. Registering can only fail for names that are no rule's, which the
// package's tests rule out.
var rules = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterCustomTypeFunc(func(field reflect.Value) any {
		d, _ := field.Interface().(civil.Date)
		return d.String()
	}, civil.Date{})
	for name, holds := range map[string]func(value, bound string) bool{
		"maxwords": func(value, bound string) bool {
			n, err := strconv.Atoi(bound)
			return err == nil && locale.Words(value) <= n
		},
		"atleast": func(value, bound string) bool { c, ok := compareDecimals(value, bound); return ok && c >= 0 },
		"atmost":  func(value, bound string) bool { c, ok := compareDecimals(value, bound); return ok && c <= 0 },
		"above":   func(value, bound string) bool { c, ok := compareDecimals(value, bound); return ok && c > 0 },
		"below":   func(value, bound string) bool { c, ok := compareDecimals(value, bound); return ok && c < 0 },
	} {
		if err := v.RegisterValidation(name, func(f validator.FieldLevel) bool {
			return holds(f.Field().String(), f.Param())
		}); err != nil {
			panic("sheet: " + err.Error())
		}
	}
	return v
})

func compareDecimals(a, b string) (int, bool) {
	if x, ok := billionths(a); ok {
		if y, ok := billionths(b); ok {
			return cmp.Compare(x, y), true
		}
	}
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		return 0, false
	}
	return x.Cmp(y), true
}

// billionths reads a plain decimal of at most nine digits on either side of its point exactly; ok is false for any other text.
// Nearly all numbers of a sheet are such, and comparing them so spares a tenth of decoding.
func billionths(decimal string) (n int64, ok bool) {
	digits, minus := strings.CutPrefix(decimal, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if len(whole) < 1 || len(whole) > 9 || len(fraction) > 9 || point && fraction == "" {
		return 0, false
	}
	for i := range whole {
		if whole[i] < '0' || whole[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(whole[i]-'0')
	}
	for i := range 9 {
		n *= 10
		if i >= len(fraction) {
			continue
		}
		if fraction[i] < '0' || fraction[i] > '9' {
			return 0, false
		}
		n += int64(fraction[i] - '0')
	}
	if minus {
		n = -n
	}
	return n, true
}

// validate holds the struct against its tags. A field that has a problem already gets no second one.
func (r *reading) validate(pointer any) {
	if r.decoder.quick && r.certain() {
		return
	}
	err := rules().Struct(pointer)
	var failures validator.ValidationErrors
	if err == nil || !errors.As(err, &failures) {
		return
	}
	for _, failure := range failures {
		for i := range r.decoder.plans {
			if p := &r.decoder.plans[i]; p.path == failure.StructNamespace() {
				r.broken(p, i, failure)
			}
		}
	}
}

// isFilled reports whether the cell of a plan holds something.
func (r *reading) isFilled(i int) bool { return i >= 64 || r.filled&(1<<i) != 0 }

// broken raises the code of a rule that does not hold.
func (r *reading) broken(p *plan, i int, failure validator.FieldError) {
	required := strings.HasPrefix(failure.ActualTag(), "required")
	if r.bad[p.column.ID] || !required && !r.isFilled(i) {
		return
	}
	at := &r.decoder.cells[i]
	field := fieldReading{reading: r, plan: p, place: at, cell: r.line.Row.At(at.col)}
	field.fail(p.ruleProblem(failure))
}

func (p *plan) ruleProblem(failure validator.FieldError) *problem.Problem {
	value, isText := failure.Value().(string)
	limit, _ := strconv.Atoi(failure.Param())
	switch tag := failure.ActualTag(); {
	case strings.HasPrefix(tag, "required"), failure.Kind() == reflect.Slice:
		return problem.New("CELL_REQUIRED").WithText("column", p.column.Label)
	case tag == "email":
		return problem.New("EMAIL_INVALID")
	case tag == "url", tag == "http_url":
		return problem.New("URL_INVALID")
	case tag == "oneof":
		return problem.New("ENUM_UNKNOWN").WithText("column", p.column.Label).
			WithText("choices", listed(strings.Fields(failure.Param())))
	case tag == "maxwords":
		return tooLong(locale.Words(value), limit, unitWords)
	case isText && !p.decimals:
		return tooLong(utf8.RuneCountInString(value), limit, unitChars)
	}
	return problem.New("NUMBER_OUT_OF_RANGE").WithText("column", p.column.Label).With("range", p.limits)
}

// What a text's length is counted in.
var (
	unitChars = locale.Text{EN: "characters", FR: "caractères", ES: "caracteres"}
	unitWords = locale.Text{EN: "words", FR: "mots", ES: "palabras"}
)

func tooLong(count, limit int, unit locale.Text) *problem.Problem {
	return problem.New("TEXT_TOO_LONG").WithInt("count", count).WithInt("limit", limit).WithText("unit", unit)
}
