package records

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"

	"github.com/learning-cities/guildhall/shared/table"
)

// maxDepth ends the encoding of values that contain themselves.
const maxDepth = 64

// Encode turns a struct, or a map with text keys, into attributes by its encoding/json tags and marshallers, as JSON would have
// it, but for numbers and nil: integers become int64, a float anywhere is ErrInvalid even when it is whole (money and counts
// are never floats here), and nil is left out, in a list ErrInvalid. The result shares nothing with v.
func Encode(v any) (table.Attributes, error) {
	encoded, there, err := encodeValue(reflect.ValueOf(v), 0)
	if err != nil {
		return nil, err
	}
	attrs, ok := encoded.(map[string]any)
	if !there || !ok {
		return nil, fmt.Errorf("%w: %T has no attributes", ErrInvalid, v)
	}
	return attrs, nil
}

// encodeValue tells whether there is a value; nil is none.
func encodeValue(v reflect.Value, depth int) (encoded any, there bool, err error) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil, false, nil
		}
		if depth++; depth > maxDepth {
			break
		}
		v = v.Elem()
	}
	if depth > maxDepth {
		return nil, false, fmt.Errorf("%w: nested deeper than %d", ErrInvalid, maxDepth)
	}
	if !v.IsValid() {
		return nil, false, nil
	}
	s := shapeOf(v.Type())
	if encoded, there, done, err := encodeSpecial(v, s); done {
		return encoded, there, err
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true, nil
	case reflect.Bool:
		return v.Bool(), true, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), true, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if v.Uint() > math.MaxInt64 {
			return nil, false, fmt.Errorf("%w: %d exceeds 63 bits", ErrInvalid, v.Uint())
		}
		return int64(v.Uint()), true, nil
	case reflect.Struct:
		return encodeStruct(v, s, depth)
	case reflect.Map:
		return encodeMap(v, depth)
	case reflect.Slice, reflect.Array:
		return encodeList(v, depth)
	}
	return nil, false, fmt.Errorf("%w: a value of type %s", ErrInvalid, v.Type())
}

// encodeSpecial does the types that say themselves what they are as text or JSON; done tells whether v is of one.
func encodeSpecial(v reflect.Value, s *shape) (encoded any, there, done bool, err error) {
	isNil := (v.Kind() == reflect.Map || v.Kind() == reflect.Slice) && v.IsNil()
	switch {
	case s.number:
		n, err := integer(json.Number(v.String()))
		return n, true, true, err
	case isNil && (s.json != byNone || s.text != byNone || s.bytes):
		return nil, false, true, nil
	case s.json.applies(v) && !s.time:
		raw, err := s.json.of(v).(json.Marshaler).MarshalJSON()
		if err != nil {
			return nil, false, true, err
		}
		encoded, there, err := fromJSON(raw)
		return encoded, there, true, err
	case s.text.applies(v):
		text, err := s.text.of(v).(encoding.TextMarshaler).MarshalText()
		return string(text), true, true, err
	case s.bytes:
		return base64.StdEncoding.EncodeToString(v.Bytes()), true, true, nil
	}
	return nil, false, false, nil
}

func fromJSON(raw []byte) (any, bool, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, false, err
	}
	return encodeValue(reflect.ValueOf(v), 0)
}

func integer(n json.Number) (int64, error) {
	if n == "" {
		return 0, nil // as encoding/json writes it
	}
	i, err := strconv.ParseInt(string(n), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w: %q is not an integer of 64 bits", ErrInvalid, n)
	}
	return i, nil
}

func encodeStruct(v reflect.Value, s *shape, depth int) (any, bool, error) {
	if s.unsupportedName != "" {
		return nil, false, fmt.Errorf("%w: %s.%s has the tag option string", ErrInvalid, v.Type(), s.unsupportedName)
	}
	out := make(map[string]any, len(s.fields))
	for i := range s.fields {
		f := &s.fields[i]
		value, err := v.FieldByIndexErr(f.index)
		if err != nil || f.omitEmpty && isEmpty(value) || f.omitZero && isZero(value) {
			continue // an error is a nil embedded pointer
		}
		encoded, there, err := encodeValue(value, depth+1)
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", f.name, err)
		}
		if there {
			out[f.name] = encoded
		}
	}
	return out, true, nil
}

func encodeMap(v reflect.Value, depth int) (any, bool, error) {
	if v.IsNil() {
		return nil, false, nil
	}
	out := make(map[string]any, v.Len())
	for iter := v.MapRange(); iter.Next(); {
		name, err := mapKey(iter.Key())
		if err != nil {
			return nil, false, err
		}
		encoded, there, err := encodeValue(iter.Value(), depth+1)
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", name, err)
		}
		if there {
			out[name] = encoded
		}
	}
	return out, true, nil
}

func mapKey(k reflect.Value) (string, error) {
	if k.Kind() == reflect.String {
		return k.String(), nil
	}
	if text, ok := k.Interface().(encoding.TextMarshaler); ok {
		name, err := text.MarshalText()
		return string(name), err
	}
	return "", fmt.Errorf("%w: a map with keys of type %s", ErrInvalid, k.Type())
}

func encodeList(v reflect.Value, depth int) (any, bool, error) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return nil, false, nil
	}
	out := make([]any, v.Len())
	for i := range out {
		encoded, there, err := encodeValue(v.Index(i), depth+1)
		if err == nil && !there {
			err = fmt.Errorf("%w: nil in a list", ErrInvalid)
		}
		if err != nil {
			return nil, false, fmt.Errorf("[%d]: %w", i, err)
		}
		out[i] = encoded
	}
	return out, true, nil
}
