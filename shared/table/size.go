package table

import (
	"fmt"
	"unicode/utf8"
)

// The attributes in which drivers keep what isn't among an item's own; part of the layout and so of an item's size.
const (
	AttributePartition = "_partition"
	AttributeSort      = "_sort"
	AttributeExpires   = "_expires" // seconds since 1970
)

// IndexAttributes are the attributes in which drivers keep an item's key in a secondary index.
func IndexAttributes(index string) (partition, sort string) {
	return "_" + index + "_partition", "_" + index + "_sort"
}

// Size counts an item's bytes as DynamoDB does: names and texts by their UTF-8 bytes, a number one byte for two significant
// digits and one more, a boolean one, a list or map three and one more for each element. ErrInvalid for a value that no
// attribute may have.
func Size(item *Item) (int, error) {
	size := sizeOfFrame(item)
	for name, value := range item.Attributes {
		n, err := sizeOfValue(value, 0)
		if err != nil {
			return 0, fmt.Errorf("attribute %q: %w", name, err)
		}
		size += len(name) + n
	}
	return size, nil
}

// sizeOfFrame counts keys, index keys and expiry.
func sizeOfFrame(item *Item) int {
	size := len(AttributePartition) + len(item.Key.Partition) + len(AttributeSort) + len(item.Key.Sort)
	for index, key := range item.Index {
		partition, sort := IndexAttributes(index)
		size += len(partition) + len(key.Partition) + len(sort) + len(key.Sort)
	}
	if !item.Expires.IsZero() {
		size += len(AttributeExpires) + sizeOfNumber(item.Expires.Unix())
	}
	return size
}

func sizeOfValue(value any, depth int) (int, error) {
	switch v := value.(type) {
	case string:
		if !utf8.ValidString(v) {
			return 0, fmt.Errorf("%w: a text that isn't UTF-8", ErrInvalid)
		}
		return len(v), nil
	case int64:
		return sizeOfNumber(v), nil
	case bool:
		return 1, nil
	case []any:
		return sizeOfList(v, depth+1)
	case map[string]any:
		return sizeOfMap(v, depth+1)
	}
	return 0, fmt.Errorf("%w: a value of type %T", ErrInvalid, value)
}

func sizeOfList(list []any, depth int) (int, error) {
	if depth > MaxDepth {
		return 0, fmt.Errorf("%w: nested deeper than %d", ErrInvalid, MaxDepth)
	}
	size := 3 + len(list)
	for _, value := range list {
		n, err := sizeOfValue(value, depth)
		if err != nil {
			return 0, err
		}
		size += n
	}
	return size, nil
}

func sizeOfMap(m map[string]any, depth int) (int, error) {
	if depth > MaxDepth {
		return 0, fmt.Errorf("%w: nested deeper than %d", ErrInvalid, MaxDepth)
	}
	size := 3 + len(m)
	for name, value := range m {
		if err := checkName(name); err != nil {
			return 0, err
		}
		n, err := sizeOfValue(value, depth)
		if err != nil {
			return 0, err
		}
		size += len(name) + n
	}
	return size, nil
}

// sizeOfNumber counts the pairs of digits from the decimal point on, as the service keeps them, without trailing pairs of zeros; a sign
// counts one byte more.
func sizeOfNumber(n int64) int {
	size := 1
	if n < 0 {
		size++
	}
	for n != 0 && n%100 == 0 {
		n /= 100
	}
	pairs := 1
	for n /= 100; n != 0; n /= 100 {
		pairs++
	}
	return size + pairs
}

// What a condition adds to a transaction's bytes at most. Its names and values count, and so does its text, of which these are bounds.
const (
	sizeOfExpression = 160
	sizeOfComparison = 60
)

// sizeOfCondition is a bound of what a condition adds to the bytes of a transaction.
func sizeOfCondition(c Condition) int {
	if c == nil {
		return 0
	}
	return sizeOfExpression + sizeOfComparisons(c)
}

func sizeOfComparisons(c Condition) int {
	switch c := c.(type) {
	case ConditionEqual:
		size, _ := sizeOfValue(c.Value, 0) // checked before
		return sizeOfComparison + len(c.Attribute) + size
	case ConditionAny:
		return sizeOfEach(c)
	case ConditionAll:
		return sizeOfEach(c)
	}
	return sizeOfComparison
}

func sizeOfEach(cs []Condition) int {
	size := 0
	for _, c := range cs {
		size += sizeOfComparisons(c)
	}
	return size
}
