package sheet

import (
	"reflect"

	"github.com/learning-cities/guildhall/shared/civil"
)

// direct gives the struct field of the cell's column, when it takes the value as it is: the usual case, which goes without
// what reflection costs.
func (f *fieldReading) direct(kind reflect.Kind) (reflect.Value, bool) {
	if f.plan.key != "" {
		return reflect.Value{}, false
	}
	target := f.into.FieldByIndex(f.plan.field)
	return target, target.Kind() == kind
}

func (f *fieldReading) setText(text string) {
	if target, ok := f.direct(reflect.String); ok {
		target.SetString(text)
		return
	}
	f.set(reflect.ValueOf(text))
}

func (f *fieldReading) setInt(n int64) {
	if target, ok := f.direct(reflect.Int64); ok {
		target.SetInt(n)
		return
	}
	f.set(reflect.ValueOf(n))
}

func (f *fieldReading) setBool(yes bool) {
	if target, ok := f.direct(reflect.Bool); ok {
		target.SetBool(yes)
		return
	}
	f.set(reflect.ValueOf(yes))
}

func (f *fieldReading) setDate(d civil.Date) {
	if target, ok := f.direct(reflect.Struct); ok {
		if date, fits := target.Addr().Interface().(*civil.Date); fits {
			*date = d
			return
		}
	}
	f.set(reflect.ValueOf(d))
}

// set stores a value of any type: behind a pointer, or under the column's key in a field that takes several.
func (f *fieldReading) set(value reflect.Value) {
	target := f.into.FieldByIndex(f.plan.field)
	switch {
	case f.plan.key != "":
		if target.IsNil() {
			target.Set(reflect.MakeMap(target.Type()))
		}
		target.SetMapIndex(reflect.ValueOf(f.plan.key).Convert(target.Type().Key()), value.Convert(target.Type().Elem()))
	case target.Kind() == reflect.Pointer:
		pointed := reflect.New(target.Type().Elem())
		pointed.Elem().Set(value.Convert(target.Type().Elem()))
		target.Set(pointed)
	default:
		target.Set(value.Convert(target.Type()))
	}
}
