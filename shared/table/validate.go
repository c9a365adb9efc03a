package table

import (
	"fmt"
	"unicode/utf8"
)

func checkKey(k Key) error {
	if err := checkKeyPart("partition", k.Partition, MaxPartition); err != nil {
		return err
	}
	return checkKeyPart("sort", k.Sort, MaxSort)
}

func checkKeyPart(what, s string, limit int) error {
	switch {
	case s == "":
		return fmt.Errorf("%w: empty %s key", ErrInvalid, what)
	case len(s) > limit:
		return fmt.Errorf("%w: a %s key of %d bytes, at most %d", ErrInvalid, what, len(s), limit)
	case !utf8.ValidString(s):
		return fmt.Errorf("%w: a %s key that isn't UTF-8: %q", ErrInvalid, what, s)
	}
	return nil
}

func (t *checked) checkQuery(q Query) error {
	if q.Index != "" && !t.indexes[q.Index] {
		return fmt.Errorf("%w: no index %q", ErrInvalid, q.Index)
	}
	if q.Limit < 0 {
		return fmt.Errorf("%w: limit %d", ErrInvalid, q.Limit)
	}
	if err := checkKeyPart("partition", q.Partition, MaxPartition); err != nil || q.Prefix == "" {
		return err
	}
	return checkKeyPart("sort", q.Prefix, MaxSort)
}

// checkWrite returns the size that w counts in a transaction.
func (t *checked) checkWrite(w Write) (int, error) {
	if err := checkOperation(w); err != nil {
		return 0, err
	}
	if err := checkKey(w.Key()); err != nil {
		return 0, err
	}
	if err := checkCondition(w.Condition); err != nil {
		return 0, err
	}
	if w.Put == nil {
		return len(w.Key().Partition) + len(w.Key().Sort), nil
	}
	return t.checkItem(w.Put)
}

func checkOperation(w Write) error {
	set := 0
	for _, given := range []bool{w.Put != nil, w.Delete != Key{}, w.Check != Key{}} {
		if given {
			set++
		}
	}
	if set != 1 {
		return fmt.Errorf("%w: a write with %d of put, delete and check", ErrInvalid, set)
	}
	if w.Check != (Key{}) && w.Condition == nil {
		return fmt.Errorf("%w: a check without condition", ErrInvalid)
	}
	return nil
}

func checkCondition(c Condition) error {
	if c == nil {
		return nil
	}
	count, err := conditions(c, 0)
	if err == nil && count > MaxConditions {
		err = fmt.Errorf("%w: a condition of %d comparisons", ErrInvalid, count)
	}
	return err
}

// conditions counts the comparisons of c.
func conditions(c Condition, depth int) (int, error) {
	switch c := c.(type) {
	case ConditionAbsent, ConditionPresent:
		return 1, nil
	case ConditionEqual:
		if !isScalar(c.Value) {
			return 0, fmt.Errorf("%w: comparison of %q with a %T", ErrInvalid, c.Attribute, c.Value)
		}
		return 1, checkTopName(c.Attribute)
	case ConditionAny:
		return conditionsOf(c, depth)
	case ConditionAll:
		return conditionsOf(c, depth)
	}
	return 0, fmt.Errorf("%w: condition %T", ErrInvalid, c)
}

func conditionsOf(cs []Condition, depth int) (int, error) {
	if len(cs) == 0 || depth > 5 {
		return 0, fmt.Errorf("%w: an empty or deeply nested condition", ErrInvalid)
	}
	total := 0
	for _, c := range cs {
		n, err := conditions(c, depth+1)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// checkItem returns the item's size.
func (t *checked) checkItem(item *Item) (int, error) {
	for name, key := range item.Index {
		if !t.indexes[name] {
			return 0, fmt.Errorf("%w: no index %q", ErrInvalid, name)
		}
		if err := checkKey(key); err != nil {
			return 0, fmt.Errorf("index %s: %w", name, err)
		}
	}
	size := sizeOfFrame(item)
	for name, value := range item.Attributes {
		if err := checkTopName(name); err != nil {
			return 0, err
		}
		n, err := sizeOfValue(value, 0)
		if err != nil {
			return 0, fmt.Errorf("attribute %q: %w", name, err)
		}
		size += len(name) + n
	}
	if size > MaxItem {
		return 0, fmt.Errorf("%w: %s has %d bytes, at most %d", ErrTooLarge, item.Key, size, MaxItem)
	}
	return size, nil
}

func checkTopName(name string) error {
	if name != "" && name[0] == '_' {
		return fmt.Errorf("%w: attribute name %q is the drivers'", ErrInvalid, name)
	}
	return checkName(name)
}

func checkName(name string) error {
	if name == "" || len(name) > MaxName || !utf8.ValidString(name) {
		return fmt.Errorf("%w: attribute name %q", ErrInvalid, name)
	}
	return nil
}
