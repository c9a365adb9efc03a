package records

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
)

// shape is what Encode and Decode need to know of a type, found out once.
type shape struct {
	time            bool    // time.Time, whose text is its JSON
	number          bool    // json.Number
	bytes           bool    // []byte, base 64 in JSON
	json, text      marshal // who marshals it, if it does so itself
	ptrJSON         bool    // pointers unmarshal JSON themselves
	ptrText         bool    // pointers unmarshal text themselves
	fields          []field
	spelled         []spelledField // the same by name
	unsupportedName string         // a field whose tag asks for what attributes can't do
}

// marshal says whether a type's values marshal themselves, or only pointers to them.
type marshal int

const (
	byNone marshal = iota
	byValue
	byPointer
)

func marshalOf(t, marshaler reflect.Type) marshal {
	switch {
	case t.Implements(marshaler):
		return byValue
	case reflect.PointerTo(t).Implements(marshaler):
		return byPointer
	}
	return byNone
}

// applies tells whether v can marshal itself: as in encoding/json, a pointer's method counts only where v has an address.
func (m marshal) applies(v reflect.Value) bool { return m == byValue || m == byPointer && v.CanAddr() }

func (m marshal) of(v reflect.Value) any {
	if m == byPointer {
		return v.Addr().Interface()
	}
	return v.Interface()
}

// field is one field of a struct, also one promoted from an embedded struct.
type field struct {
	name      string
	index     []int
	omitEmpty bool
	omitZero  bool
}

var (
	shapes          sync.Map // reflect.Type → *shape
	jsonMarshaler   = reflect.TypeFor[json.Marshaler]()
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	s := &shape{
		time:   t == reflect.TypeFor[time.Time](),
		number: t == reflect.TypeFor[json.Number](),
		bytes:  t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8,
	}
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface {
		pointer := reflect.PointerTo(t)
		s.json, s.text = marshalOf(t, jsonMarshaler), marshalOf(t, textMarshaler)
		s.ptrJSON, s.ptrText = pointer.Implements(jsonUnmarshaler), pointer.Implements(textUnmarshaler)
	}
	if t.Kind() == reflect.Struct {
		s.fields, s.unsupportedName = fieldsOf(t)
		s.spelled = spelledFields(s.fields)
	}
	known, _ := shapes.LoadOrStore(t, s)
	return known.(*shape)
}

// fieldsOf lists a struct's fields under the names of encoding/json: of several with one name, the least deeply embedded
// counts, and none when there are two of those.
func fieldsOf(t reflect.Type) (fields []field, unsupported string) {
	depth := map[string]int{}
	for _, f := range reflect.VisibleFields(t) {
		tag, tagged := f.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		if tag == "-" || !f.IsExported() || f.Anonymous && name == "" && isStruct(f.Type) ||
			underNamedEmbedding(t, f.Index) {
			continue
		}
		if !tagged || name == "" {
			name = f.Name
		}
		opts := strings.Split(options, ",")
		if slices.Contains(opts, "string") {
			return nil, name
		}
		at := len(f.Index)
		switch known, seen := depth[name]; {
		case seen && known < at:
			continue
		case seen && known == at:
			fields = slices.DeleteFunc(fields, func(o field) bool { return o.name == name })
			continue
		case seen:
			fields = slices.DeleteFunc(fields, func(o field) bool { return o.name == name })
		}
		depth[name] = at
		fields = append(fields, field{name, f.Index, slices.Contains(opts, "omitempty"), slices.Contains(opts, "omitzero")})
	}
	return fields, ""
}

func isStruct(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct
}

// underNamedEmbedding tells whether a promoted field lies in an embedded struct that has a name of its own, or is hidden.
func underNamedEmbedding(t reflect.Type, index []int) bool {
	for n := 1; n < len(index); n++ {
		tag := t.FieldByIndex(index[:n]).Tag.Get("json")
		if name, _, _ := strings.Cut(tag, ","); name != "" {
			return true
		}
	}
	return false
}

// isEmpty is what the tag option omitempty means.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// isZero is what the tag option omitzero means.
func isZero(v reflect.Value) bool {
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok {
		return v.Kind() == reflect.Pointer && v.IsNil() || z.IsZero()
	}
	return v.IsZero()
}
