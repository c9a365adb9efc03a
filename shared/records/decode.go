package records

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"github.com/learning-cities/guildhall/shared/table"
)

// Decode fills the struct or map that v points to from attributes, by its encoding/json tags and unmarshallers. What the attributes
// lack stays as it is in v, what v doesn't know is passed over. ErrInvalid when a value doesn't fit its field. v shares nothing
// with body afterwards.
func Decode(body table.Attributes, v any) error {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return fmt.Errorf("%w: decoding into a %T", ErrInvalid, v)
	}
	return decodeValue(map[string]any(body), target.Elem())
}

func decodeValue(value any, into reflect.Value) error {
	for into.Kind() == reflect.Pointer {
		if into.IsNil() {
			into.Set(reflect.New(into.Type().Elem()))
		}
		into = into.Elem()
	}
	s := shapeOf(into.Type())
	if done, err := decodeSpecial(value, into, s); done {
		return err
	}
	switch given := value.(type) {
	case string:
		if into.Kind() == reflect.String {
			into.SetString(given)
			return nil
		}
	case bool:
		if into.Kind() == reflect.Bool {
			into.SetBool(given)
			return nil
		}
	case int64:
		return decodeInt(given, into)
	case []any:
		return decodeList(given, into)
	case map[string]any:
		switch into.Kind() {
		case reflect.Struct:
			return decodeStruct(given, into, s)
		case reflect.Map:
			return decodeMap(given, into)
		}
	}
	return misfit(value, into)
}

func misfit(value any, into reflect.Value) error {
	return fmt.Errorf("%w: a %T doesn't fit a %s", ErrInvalid, value, into.Type())
}

// decodeSpecial does the types that read text or JSON themselves; done tells whether into is of one.
func decodeSpecial(value any, into reflect.Value, s *shape) (done bool, err error) {
	text, isText := value.(string)
	switch {
	case into.Kind() == reflect.Interface && into.NumMethod() == 0:
		into.Set(reflect.ValueOf(table.CloneValue(value)))
		return true, nil
	case s.number:
		n, ok := value.(int64)
		if !ok {
			return true, misfit(value, into)
		}
		into.SetString(strconv.FormatInt(n, 10))
		return true, nil
	case s.ptrText && isText && (s.time || !s.ptrJSON):
		return true, into.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
	case s.ptrJSON:
		raw, err := json.Marshal(value)
		if err == nil {
			err = into.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw)
		}
		return true, err
	case s.bytes && isText:
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return true, misfit(value, into)
		}
		into.SetBytes(raw)
		return true, nil
	}
	return false, nil
}

func decodeInt(n int64, into reflect.Value) error {
	switch {
	case into.CanInt() && !into.OverflowInt(n):
		into.SetInt(n)
	case into.CanUint() && n >= 0 && !into.OverflowUint(uint64(n)):
		into.SetUint(uint64(n))
	default:
		return fmt.Errorf("%w: %d doesn't fit a %s", ErrInvalid, n, into.Type())
	}
	return nil
}

func decodeList(list []any, into reflect.Value) error {
	switch into.Kind() {
	case reflect.Slice:
		into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
	case reflect.Array:
		if into.Len() != len(list) {
			return fmt.Errorf("%w: %d values for a %s", ErrInvalid, len(list), into.Type())
		}
	default:
		return misfit(list, into)
	}
	for i, value := range list {
		if err := decodeValue(value, into.Index(i)); err != nil {
			return fmt.Errorf("[%d]: %w", i, err)
		}
	}
	return nil
}

func decodeStruct(m map[string]any, into reflect.Value, s *shape) error {
	if s.unsupportedName != "" {
		return fmt.Errorf("%w: %s.%s has the tag option string", ErrInvalid, into.Type(), s.unsupportedName)
	}
	for i := range s.fields {
		f := &s.fields[i]
		value, there := m[f.name]
		if !there {
			continue
		}
		target, err := reach(into, f.index)
		if err == nil {
			err = decodeValue(value, target)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// reach is the field at index, making embedded structs that are nil pointers on the way.
func reach(v reflect.Value, index []int) (reflect.Value, error) {
	for n, i := range index {
		if n > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					return v, fmt.Errorf("%w: an embedded pointer to the unexported %s", ErrInvalid, v.Type().Elem())
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, nil
}

func decodeMap(m map[string]any, into reflect.Value) error {
	t := into.Type()
	if into.IsNil() {
		into.Set(reflect.MakeMapWithSize(t, len(m)))
	}
	for name, value := range m {
		element := reflect.New(t.Elem()).Elem()
		if err := decodeValue(value, element); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		key := reflect.New(t.Key())
		if t.Key().Kind() == reflect.String {
			key.Elem().SetString(name)
		} else if text, ok := key.Interface().(encoding.TextUnmarshaler); !ok {
			return misfit(m, into)
		} else if err := text.UnmarshalText([]byte(name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		into.SetMapIndex(key.Elem(), element)
	}
	return nil
}
