package table

import "maps"

// Clone copies an item with everything in it.
func (i Item) Clone() Item {
	i.Attributes = i.Attributes.Clone()
	i.Index = maps.Clone(i.Index)
	return i
}

// Clone copies attributes with everything in them; of nil it makes an empty one.
func (a Attributes) Clone() Attributes {
	return cloneMap(a)
}

func cloneMap(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for name, value := range m {
		out[name] = CloneValue(value)
	}
	return out
}

// CloneValue copies an attribute's value with everything in it.
func CloneValue(value any) any {
	switch v := value.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = CloneValue(v[i])
		}
		return out
	case map[string]any:
		return cloneMap(v)
	}
	return value
}
