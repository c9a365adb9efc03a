package imports

import (
	"encoding/json"
	"fmt"

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
