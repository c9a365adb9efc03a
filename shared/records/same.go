package records

import "github.com/learning-cities/guildhall/shared/table"

// Same says whether two bodies are equal, value by value and in the order of lists. An attribute that is missing isn't the same as
// an empty one.
func Same(a, b table.Attributes) bool { return sameMap(a, b) }

func sameMap(a, b map[string]any) bool {
	if len(a) != len(b) {
		return false
	}
	for name, value := range a {
		other, there := b[name]
		if !there || !sameValue(value, other) {
			return false
		}
	}
	return true
}

func sameValue(a, b any) bool {
	switch a := a.(type) {
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !sameValue(a[i], b[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && sameMap(a, b)
	case string, int64, bool:
		return a == b
	}
	return false
}
