package dynamo

import (
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// expression is a condition in the service's language. Names and values are placeholders throughout: so no attribute's name can
// be one of the reserved words, and no value is ever part of the text.
type expression struct {
	text   *string // nil: no condition
	names  map[string]string
	values attributes
}

// condition translates c as of a moment. The service deletes expired items when it likes, so the expression says itself when an
// item counts as absent. Of an item that is absent, stored or not, c has one constant answer; of one that is there, what is left
// of c when Absent and Present are known are comparisons. Put together, an expression stays far below 4 KB and 300 operators
// with as many comparisons as a condition may have.
func condition(c table.Condition, now time.Time) expression {
	if c == nil {
		return expression{}
	}
	e := &expression{names: map[string]string{}, values: attributes{}}
	rest, holds := ofPresent(c)
	absent := table.Holds(c, nil)
	var text string
	switch {
	case rest == nil && holds && absent:
		return expression{}
	case rest == nil && holds:
		text = e.exists() + " AND " + e.unexpired(now)
	case rest == nil && absent:
		text = e.gone(now)
	case rest == nil:
		text = e.exists() + " AND NOT " + e.exists()
	case absent:
		text = e.gone(now) + " OR " + e.comparisons(rest)
	default:
		text = e.comparisons(rest) + " AND " + e.unexpired(now) // a comparison is false of what isn't stored
	}
	e.text = &text
	if len(e.values) == 0 {
		e.values = nil // the service refuses an empty map
	}
	return *e
}

// ofPresent is what c comes down to for an item that is there: a condition of comparisons only or, when rest is nil, holds.
func ofPresent(c table.Condition) (rest table.Condition, holds bool) {
	switch c := c.(type) {
	case table.ConditionPresent:
		return nil, true
	case table.ConditionEqual:
		return c, false
	case table.ConditionAny:
		parts, holds := ofPresentEach(c, true)
		return joined(parts, holds, func() table.Condition { return table.ConditionAny(parts) })
	case table.ConditionAll:
		parts, holds := ofPresentEach(c, false)
		return joined(parts, holds, func() table.Condition { return table.ConditionAll(parts) })
	}
	return nil, false
}

// ofPresentEach does it for conditions of which one that is constantly deciding decides for all.
func ofPresentEach(cs []table.Condition, deciding bool) (parts []table.Condition, holds bool) {
	for _, c := range cs {
		rest, holds := ofPresent(c)
		if rest != nil {
			parts = append(parts, rest)
		} else if holds == deciding {
			return nil, deciding
		}
	}
	return parts, !deciding
}

func joined(parts []table.Condition, holds bool, join func() table.Condition) (table.Condition, bool) {
	switch len(parts) {
	case 0:
		return nil, holds
	case 1:
		return parts[0], false
	}
	return join(), false
}

// comparisons spells a condition of comparisons only, in parentheses where it has several: the service refuses them doubled.
func (e *expression) comparisons(c table.Condition) string {
	var parts []table.Condition
	operator := " AND "
	switch c := c.(type) {
	case table.ConditionEqual:
		return e.name(c.Attribute) + " = " + e.value(c.Value)
	case table.ConditionAny:
		parts, operator = c, " OR "
	case table.ConditionAll:
		parts = c
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = e.comparisons(part)
	}
	return "(" + strings.Join(texts, operator) + ")"
}

func (e *expression) exists() string {
	return "attribute_exists(" + e.name(table.AttributePartition) + ")"
}

func (e *expression) unexpired(now time.Time) string {
	expires := e.name(table.AttributeExpires)
	return "(attribute_not_exists(" + expires + ") OR " + expires + " > " + e.value(now.Unix()) + ")"
}

func (e *expression) gone(now time.Time) string {
	return "(attribute_not_exists(" + e.name(table.AttributePartition) + ") OR " +
		e.name(table.AttributeExpires) + " <= " + e.value(now.Unix()) + ")"
}

func (e *expression) name(attribute string) string {
	for placeholder, name := range e.names {
		if name == attribute {
			return placeholder
		}
	}
	placeholder := "#n" + strconv.Itoa(len(e.names))
	e.names[placeholder] = attribute
	return placeholder
}

func (e *expression) value(v any) string {
	placeholder := ":v" + strconv.Itoa(len(e.values))
	e.values[placeholder] = encodeValue(v)
	return placeholder
}
