package imports

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/table"
)

// wholeNumbers makes the bodies of a decoded row what they were: attributes have whole numbers only, kept exact.
func (r *PlanRow) wholeNumbers() error {
	for i := range r.Writes {
		if err := wholeNumbers(r.Writes[i].Before); err != nil {
			return fmt.Errorf("%w: row %d: %w", errPlan, r.Row, err)
		}
		if err := wholeNumbers(r.Writes[i].After); err != nil {
			return fmt.Errorf("%w: row %d: %w", errPlan, r.Row, err)
		}
	}
	return nil
}

// wholeNumbers turns the numbers of a decoded body into int64.
func wholeNumbers(body table.Attributes) error {
	for name, value := range body {
		whole, err := wholeNumber(value)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		body[name] = whole
	}
	return nil
}

func wholeNumber(value any) (any, error) {
	switch v := value.(type) {
	case json.Number:
		return v.Int64()
	case map[string]any:
		return v, wholeNumbers(v)
	case []any:
		for i := range v {
			whole, err := wholeNumber(v[i])
			if err != nil {
				return nil, err
			}
			v[i] = whole
		}
	}
	return value, nil
}

// appendBody spells a body so that equal ones, and only they, are spelled alike.
func appendBody(dst []byte, body map[string]any) []byte {
	dst = append(dst, '{')
	for _, name := range slices.Sorted(maps.Keys(body)) {
		dst = appendBodyValue(strconv.AppendQuote(dst, name), body[name])
	}
	return append(dst, '}')
}

func appendBodyValue(dst []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return strconv.AppendQuote(dst, v)
	case int64:
		return append(strconv.AppendInt(dst, v, 10), ',')
	case bool:
		return append(strconv.AppendBool(dst, v), ',')
	case map[string]any:
		return appendBody(dst, v)
	case []any:
		dst = append(dst, '[')
		for _, element := range v {
			dst = appendBodyValue(dst, element)
		}
		return append(dst, ']')
	}
	return dst // attributes have no other values
}
