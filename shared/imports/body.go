package imports

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/learning-cities/guildhall/shared/table"
)

// UnmarshalJSON reads a line's record. Numbers of a body are whole (attributes have no others), and are kept exact.
func (w *PlanWrite) UnmarshalJSON(data []byte) error {
	type plain PlanWrite
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode((*plain)(w)); err != nil {
		return err
	}
	if err := wholeNumbers(w.Before); err != nil {
		return err
	}
	return wholeNumbers(w.After)
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
