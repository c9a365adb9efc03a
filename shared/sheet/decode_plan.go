package sheet

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
)

// plan is how one column is read into one struct field; it is made once for a decoder.
type plan struct {
	column   *Column
	field    []int  // index path of the struct field
	key      string // of the column in a field that takes several; else empty
	path     string // of the field as the validator names it
	read     func(*fieldReading)
	choices  *choices
	currency int // of a TypeAmount the plan of its currency column, or -1
	limits   string
	rules    []quickRule // of the field's tag
	slow     bool        // the tag has other rules, too
	decimals bool        // the field holds a number as text
}

var dateType = reflect.TypeFor[civil.Date]()

func newRowDecoder(schema *Schema, t reflect.Type) (*rowDecoder, error) {
	d := &rowDecoder{schema: schema, quick: true}
	fields := map[string]*taggedField{}
	faults := collectFields(t, nil, t.Name(), fields)
	for i := range schema.Columns {
		column := &schema.Columns[i]
		field, ok := takeField(fields, column.ID)
		switch {
		case column.Derived && ok:
			faults = append(faults, fmt.Errorf("sheet: the column %s is derived: no field can take it", column.ID))
		case column.Derived:
		case !ok:
			faults = append(faults, fmt.Errorf("sheet: %s has no field for the column %s", t, column.ID))
		default:
			p, err := newPlan(column, field)
			faults = append(faults, err)
			d.plans = append(d.plans, p)
			d.rules = d.rules || field.rules != ""
			d.quick = d.quick && !p.slow
		}
	}
	for id, field := range fields {
		if !field.taken {
			faults = append(faults, fmt.Errorf("sheet: %s: there is no column %s", field.path, id))
		}
	}
	d.pairCurrencies()
	return d, errors.Join(faults...)
}

// takeField finds the field of a column: its own, or one for all columns that begin alike.
func takeField(fields map[string]*taggedField, id string) (*taggedField, bool) {
	field, ok := fields[id]
	for tag, several := range fields {
		if prefix, star := strings.CutSuffix(tag, "*"); star && !ok && strings.HasPrefix(id, prefix) {
			several.taken = true
			one := *several
			one.key, one.typ = id[len(prefix):], several.typ.Elem()
			return &one, true
		}
	}
	if ok {
		field.taken = true
	}
	return field, ok
}

// pairCurrencies finds the column that states the currency of each amount.
func (d *rowDecoder) pairCurrencies() {
	for i := range d.plans {
		d.plans[i].currency = -1
		for j := range d.plans {
			if id := d.plans[i].column.CurrencyColumn; id != "" && d.plans[j].column.ID == id && d.plans[j].key == "" {
				d.plans[i].currency = j
			}
		}
	}
}

// taggedField is a struct field with a sheet tag.
type taggedField struct {
	index []int
	path  string
	key   string // of one column in a field that takes several
	typ   reflect.Type
	rules string
	taken bool
}

// collectFields finds the tagged fields, those of embedded structs included.
func collectFields(t reflect.Type, index []int, path string, into map[string]*taggedField) []error {
	var faults []error
	for i := range t.NumField() {
		field := t.Field(i)
		at := append(index[:len(index):len(index)], i)
		id, tagged := field.Tag.Lookup("sheet")
		switch {
		case !tagged && field.Anonymous && field.Type.Kind() == reflect.Struct:
			faults = append(faults, collectFields(field.Type, at, path+"."+field.Name, into)...)
		case !tagged || id == "-":
		case !field.IsExported():
			faults = append(faults, fmt.Errorf("sheet: %s.%s has a tag but is not exported", path, field.Name))
		default:
			if several := strings.HasSuffix(id, "*"); several && (field.Type.Kind() != reflect.Map || field.Type.Key().Kind() != reflect.String) {
				faults = append(faults, fmt.Errorf("sheet: %s.%s takes several columns and is no map", path, field.Name))
				continue
			}
			if other, taken := into[id]; taken {
				faults = append(faults, fmt.Errorf("sheet: %s and %s.%s take the same column %s", other.path, path, field.Name, id))
			}
			into[id] = &taggedField{index: at, path: path + "." + field.Name, typ: field.Type, rules: field.Tag.Get("validate")}
		}
	}
	return faults
}

func newPlan(column *Column, field *taggedField) (plan, error) {
	p := plan{column: column, field: field.index, key: field.key, path: field.path, read: readers[column.Type]}
	p.decimals = column.Type == TypeDecimal || column.Type == TypeAmount
	if p.read == nil || !fitsType(column.Type, field.typ) {
		return p, fmt.Errorf("sheet: %s can't take the column %s: a %s is no %s", field.path, column.ID, field.typ, typeNames[column.Type])
	}
	if column.Type == TypeEnum || column.Type == TypeEnums {
		p.choices = newChoices(column.Choices)
	}
	return p, p.checkRules(field)
}

// fitsType reports whether a Go type takes the values of a column type.
func fitsType(typ Type, t reflect.Type) bool {
	switch typ {
	case TypeInteger:
		return t.Kind() == reflect.Int64 || t.Kind() == reflect.Int || t == reflect.TypeFor[*int64]()
	case TypeDate:
		return t == dateType
	case TypeBool:
		return t.Kind() == reflect.Bool || t == reflect.TypeFor[*bool]()
	case TypeEnums:
		return t == reflect.TypeFor[[]string]()
	}
	return t.Kind() == reflect.String
}

var typeNames = map[Type]string{
	TypeText: "text", TypeInteger: "whole number", TypeDecimal: "decimal", TypeAmount: "amount", TypeDate: "date", TypeBool: "yes or no",
	TypeEnum: "choice", TypeEnums: "list of choices", TypeEmail: "e-mail address", TypeURL: "web address", TypeLookup: "look-up",
	TypeCode: "code",
}

// readers convert a cell by the column's type.
var readers = map[Type]func(*fieldReading){
	TypeText: (*fieldReading).readText, TypeInteger: (*fieldReading).readInteger, TypeDecimal: (*fieldReading).readDecimal,
	TypeAmount: (*fieldReading).readAmount, TypeDate: (*fieldReading).readDate, TypeBool: (*fieldReading).readBool,
	TypeEnum: (*fieldReading).readEnum, TypeEnums: (*fieldReading).readEnums, TypeEmail: (*fieldReading).readEmail,
	TypeURL: (*fieldReading).readURL, TypeLookup: (*fieldReading).readLookup, TypeCode: (*fieldReading).readCode,
}

// checkRules refuses rules that no code exists for, and notes the limits that a message names and the rules themselves.
func (p *plan) checkRules(field *taggedField) error {
	if field.rules == "" {
		return nil
	}
	var limits []string
	for _, rule := range strings.Split(field.rules, ",") {
		name, param, _ := strings.Cut(rule, "=")
		if p.key != "" || !p.hasCode(name, field.typ) {
			return fmt.Errorf("sheet: %s: there is no problem code for the rule %q here", field.path, rule)
		}
		if sign, ok := limitSigns[name]; ok && name != "len" {
			limits = append(limits, sign+" "+param)
		}
		quick, ok := newQuickRule(name, param, p, field.typ)
		p.rules, p.slow = append(p.rules, quick), p.slow || !ok
	}
	p.limits = strings.Join(limits, ", ")
	return nil
}

// limitSigns are the rules that bound a value, with how a message writes them.
var limitSigns = map[string]string{
	"min": "≥", "gte": "≥", "atleast": "≥", "max": "≤", "lte": "≤", "atmost": "≤", "gt": ">", "above": ">", "lt": "<", "below": "<",
	"eq": "=", "ne": "≠", "len": "=",
}

func (p *plan) hasCode(rule string, t reflect.Type) bool {
	_, bounds := limitSigns[rule]
	exact := rule == "atleast" || rule == "atmost" || rule == "above" || rule == "below"
	switch {
	case rule == "omitempty" || rule == "omitnil" || rule == "omitzero" || strings.HasPrefix(rule, "required"):
		return true
	case exact:
		return p.decimals
	case t == dateType || t.Kind() == reflect.Bool || t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Bool:
		return false
	case t.Kind() == reflect.Slice:
		return rule == "min" || rule == "gt" || rule == "gte"
	case t.Kind() == reflect.String && p.decimals:
		return false // the validator would count characters
	case t.Kind() == reflect.String:
		return rule == "max" || rule == "lte" || rule == "maxwords" || rule == "oneof" || rule == "email" || rule == "url" || rule == "http_url"
	}
	return bounds || rule == "oneof"
}
