package sheet

import (
	"reflect"
	"strconv"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
)

// quickRule is a rule of a validate tag that is simple enough to be looked at here. Where all rules of a row hold, the validator
// need not be asked: walking the struct costs it more than the cells cost to be read. Where one may not hold, it decides.
type quickRule struct {
	holds func(value reflect.Value, r *quickRule) bool
	blank bool // it concerns blank cells, too
	omit  bool // those behind it don't concern zero values
	bound string
	limit int64
}

// quickRules are made of rules by name and kind of field. The validator counts characters of text and items of lists.
func newQuickRule(name, bound string, p *plan, t reflect.Type) (quickRule, bool) {
	r := quickRule{bound: bound}
	switch name {
	case "required":
		r.blank, r.holds = true, func(v reflect.Value, _ *quickRule) bool { return !v.IsZero() }
		return r, t.Kind() != reflect.Pointer
	case "omitempty":
		r.omit = true
		return r, t.Kind() != reflect.Pointer && t.Kind() != reflect.Slice
	}
	if p.decimals {
		r.holds = map[string]func(reflect.Value, *quickRule) bool{
			"atleast": func(v reflect.Value, r *quickRule) bool {
				c, ok := compareDecimals(v.String(), r.bound)
				return ok && c >= 0
			},
			"atmost": func(v reflect.Value, r *quickRule) bool {
				c, ok := compareDecimals(v.String(), r.bound)
				return ok && c <= 0
			},
			"above": func(v reflect.Value, r *quickRule) bool {
				c, ok := compareDecimals(v.String(), r.bound)
				return ok && c > 0
			},
			"below": func(v reflect.Value, r *quickRule) bool {
				c, ok := compareDecimals(v.String(), r.bound)
				return ok && c < 0
			},
		}[name]
		return r, r.holds != nil
	}
	var err error
	if r.limit, err = strconv.ParseInt(bound, 10, 64); err != nil {
		return r, false
	}
	switch t.Kind() {
	case reflect.String:
		r.holds = quickTextRules[name]
	case reflect.Int, reflect.Int64:
		r.holds = quickNumberRules[name]
	}
	return r, r.holds != nil
}

var quickTextRules = map[string]func(reflect.Value, *quickRule) bool{
	"max": quickLength, "lte": quickLength,
	"maxwords": func(v reflect.Value, r *quickRule) bool { return int64(locale.Words(v.String())) <= r.limit },
}

func quickLength(v reflect.Value, r *quickRule) bool {
	text := v.String()
	return int64(len(text)) <= r.limit || int64(utf8.RuneCountInString(text)) <= r.limit
}

var quickNumberRules = map[string]func(reflect.Value, *quickRule) bool{
	"min": func(v reflect.Value, r *quickRule) bool { return v.Int() >= r.limit },
	"gte": func(v reflect.Value, r *quickRule) bool { return v.Int() >= r.limit },
	"max": func(v reflect.Value, r *quickRule) bool { return v.Int() <= r.limit },
	"lte": func(v reflect.Value, r *quickRule) bool { return v.Int() <= r.limit },
	"gt":  func(v reflect.Value, r *quickRule) bool { return v.Int() > r.limit },
	"lt":  func(v reflect.Value, r *quickRule) bool { return v.Int() < r.limit },
}

// certain reports whether no rule of the line can be broken. Rules other than required don't concern blank cells, and cells that
// have a problem get no second one.
func (r *reading) certain() bool {
	for i := range r.decoder.plans {
		p := &r.decoder.plans[i]
		if len(p.rules) == 0 || r.bad[p.column.ID] {
			continue
		}
		value, filled := r.into.FieldByIndex(p.field), r.isFilled(i)
		for j := range p.rules {
			rule := &p.rules[j]
			if rule.omit {
				if value.IsZero() {
					break
				}
				continue
			}
			if (filled || rule.blank) && !rule.holds(value, rule) {
				return false
			}
		}
	}
	return true
}
