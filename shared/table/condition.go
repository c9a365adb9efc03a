package table

// Condition is what must hold of the stored item for a write to happen. It is one of the Condition… types below, made by the
// functions next to them; drivers translate them for their engine, or ask Holds.
type Condition interface{ condition() }

type (
	// ConditionAbsent holds when no item is stored under the key.
	ConditionAbsent struct{}
	// ConditionPresent holds when an item is stored under the key.
	ConditionPresent struct{}
	// ConditionEqual holds when an item is stored and its attribute has this value (string, int64 or bool).
	ConditionEqual struct {
		Attribute string
		Value     any
	}
	// ConditionAny holds when one of its conditions holds.
	ConditionAny []Condition
	// ConditionAll holds when all of its conditions hold.
	ConditionAll []Condition
)

func (ConditionAbsent) condition()  {}
func (ConditionPresent) condition() {}
func (ConditionEqual) condition()   {}
func (ConditionAny) condition()     {}
func (ConditionAll) condition()     {}

// Absent holds when no item is stored under the key.
func Absent() Condition { return ConditionAbsent{} }

// Present holds when an item is stored under the key.
func Present() Condition { return ConditionPresent{} }

// Equal holds when an item is stored and its top-level attribute has this value: a string, int64 or bool.
func Equal(attribute string, value any) Condition { return ConditionEqual{attribute, value} }

// AnyOf holds when at least one of the conditions holds.
func AnyOf(conditions ...Condition) Condition { return ConditionAny(conditions) }

// AllOf holds when every one of the conditions holds.
func AllOf(conditions ...Condition) Condition { return ConditionAll(conditions) }

// Holds evaluates a condition against the stored item, nil when there is none or it has expired.
func Holds(c Condition, stored *Item) bool {
	switch c := c.(type) {
	case nil:
		return true
	case ConditionAbsent:
		return stored == nil
	case ConditionPresent:
		return stored != nil
	case ConditionEqual:
		return stored != nil && isScalar(c.Value) && stored.Attributes[c.Attribute] == c.Value
	case ConditionAny:
		for _, one := range c {
			if Holds(one, stored) {
				return true
			}
		}
		return false
	case ConditionAll:
		for _, one := range c {
			if !Holds(one, stored) {
				return false
			}
		}
		return true
	}
	return false
}

func isScalar(v any) bool {
	switch v.(type) {
	case string, int64, bool:
		return true
	}
	return false
}
