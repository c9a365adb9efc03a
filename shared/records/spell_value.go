package records

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Encoded appends a struct, or a map with text keys, as Attributes does what Encode makes of it, without making it: most records of
// an import are new, and only their JSON is asked for. Errors are those of Encode; dst is then as it was.
func (s *Speller) Encoded(dst []byte, v any) ([]byte, error) {
	start := len(dst)
	out, there, err := s.encoded(dst, reflect.ValueOf(v), 0)
	if err != nil {
		return dst[:start], err
	}
	if !there || out[start] != '{' {
		return dst[:start], fmt.Errorf("%w: %T has no attributes", ErrInvalid, v)
	}
	return out, nil
}

// encoded is encodeValue, step by step; nothing is appended where there is no value.
func (s *Speller) encoded(dst []byte, v reflect.Value, depth int) (out []byte, there bool, err error) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return dst, false, nil
		}
		if depth++; depth > maxDepth {
			break
		}
		v = v.Elem()
	}
	if depth > maxDepth {
		return dst, false, fmt.Errorf("%w: nested deeper than %d", ErrInvalid, maxDepth)
	}
	if !v.IsValid() {
		return dst, false, nil
	}
	shape := shapeOf(v.Type())
	if out, there, done, err := s.special(dst, v, shape); done {
		return out, there, err
	}
	switch v.Kind() {
	case reflect.String:
		return AppendText(dst, v.String()), true, nil
	case reflect.Bool:
		return strconv.AppendBool(dst, v.Bool()), true, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(dst, v.Int(), 10), true, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if v.Uint() > math.MaxInt64 {
			return dst, false, fmt.Errorf("%w: %d exceeds 63 bits", ErrInvalid, v.Uint())
		}
		return strconv.AppendUint(dst, v.Uint(), 10), true, nil
	case reflect.Struct:
		return s.structure(dst, v, shape, depth)
	case reflect.Slice, reflect.Array:
		return s.list(dst, v, depth)
	}
	return s.made(dst, v, depth) // maps, whose names have to be sorted, and what is refused
}

// made goes by way of the attributes.
func (s *Speller) made(dst []byte, v reflect.Value, depth int) ([]byte, bool, error) {
	encoded, there, err := encodeValue(v, depth)
	if err != nil || !there {
		return dst, false, err
	}
	return s.value(dst, encoded), true, nil
}

// special is encodeSpecial.
func (s *Speller) special(dst []byte, v reflect.Value, shape *shape) (out []byte, there, done bool, err error) {
	isNil := (v.Kind() == reflect.Map || v.Kind() == reflect.Slice) && v.IsNil()
	switch {
	case shape.number:
		n, err := integer(json.Number(v.String()))
		return strconv.AppendInt(dst, n, 10), true, true, err
	case isNil && (shape.json != byNone || shape.text != byNone || shape.bytes):
		return dst, false, true, nil
	case shape.json.applies(v) && !shape.time:
		encoded, there, _, err := encodeSpecial(v, shape)
		if err != nil || !there {
			return dst, false, true, err
		}
		return s.value(dst, encoded), true, true, nil
	case shape.text.applies(v):
		return s.marshalled(dst, shape.text.of(v))
	case shape.bytes:
		return AppendText(dst, base64.StdEncoding.EncodeToString(v.Bytes())), true, true, nil
	}
	return dst, false, false, nil
}

// marshalled appends what a value says of itself as text.
func (s *Speller) marshalled(dst []byte, v any) (out []byte, there, done bool, err error) {
	if appender, ok := v.(encoding.TextAppender); ok {
		s.text, err = appender.AppendText(s.text[:0])
	} else {
		s.text, err = v.(encoding.TextMarshaler).MarshalText()
	}
	return AppendText(dst, string(s.text)), true, true, err
}

func (s *Speller) structure(dst []byte, v reflect.Value, shape *shape, depth int) ([]byte, bool, error) {
	if shape.unsupportedName != "" {
		return dst, false, fmt.Errorf("%w: %s.%s has the tag option string", ErrInvalid, v.Type(), shape.unsupportedName)
	}
	start := len(dst)
	dst = append(dst, '{')
	for i := range shape.spelled {
		f := &shape.spelled[i]
		value, err := f.of(v)
		if err != nil || f.omitEmpty && isEmpty(value) || f.omitZero && isZero(value) {
			continue // an error is a nil embedded pointer
		}
		before := len(dst)
		if before > start+1 {
			dst = append(dst, ',')
		}
		out, there, err := s.encoded(append(dst, f.quoted...), value, depth+1)
		if err != nil {
			return dst, false, fmt.Errorf("%s: %w", f.name, err)
		}
		if dst = out; !there {
			dst = dst[:before]
		}
	}
	return append(dst, '}'), true, nil
}

func (s *Speller) list(dst []byte, v reflect.Value, depth int) ([]byte, bool, error) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return dst, false, nil
	}
	dst = append(dst, '[')
	for i := range v.Len() {
		if i > 0 {
			dst = append(dst, ',')
		}
		out, there, err := s.encoded(dst, v.Index(i), depth+1)
		if err == nil && !there {
			err = fmt.Errorf("%w: nil in a list", ErrInvalid)
		}
		if err != nil {
			return dst, false, fmt.Errorf("[%d]: %w", i, err)
		}
		dst = out
	}
	return append(dst, ']'), true, nil
}

// spelledField is a field of a struct in the order of the names, with its name as it is spelled.
type spelledField struct {
	field
	quoted []byte // "name":
}

func spelledFields(fields []field) []spelledField {
	spelled := make([]spelledField, len(fields))
	for i, f := range fields {
		spelled[i] = spelledField{field: f, quoted: append(AppendText(nil, f.name), ':')}
	}
	slices.SortFunc(spelled, func(a, b spelledField) int { return strings.Compare(a.name, b.name) })
	return spelled
}

func (f *field) of(v reflect.Value) (reflect.Value, error) {
	if len(f.index) == 1 {
		return v.Field(f.index[0]), nil
	}
	return v.FieldByIndexErr(f.index)
}
