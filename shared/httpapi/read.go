package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

var anObject = locale.Text{EN: "an object", FR: "un objet", ES: "un objeto"}

// object reads a field that is an object with these fields and no others; what is the matter with one of them is said of name.field.
type object struct {
	name   string
	fields []field
}

// UnmarshalJSON implements json.Unmarshaler. FIELD_UNKNOWN, FIELD_MISSING, FIELD_INVALID.
func (o *object) UnmarshalJSON(text []byte) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(text, &given); err != nil || given == nil {
		return errors.New("httpapi: not an object")
	}
	err := take(given, o.fields)
	var p *problem.Problem
	if errors.As(err, &p) && p.Field != "" {
		p.In(o.name + "." + p.Field)
	}
	return err
}

// plain reads a text, and normalises it as those of sheets are.
type plain struct{ into *string }

// UnmarshalJSON implements json.Unmarshaler.
func (p *plain) UnmarshalJSON(text []byte) error {
	var given string
	err := json.Unmarshal(text, &given)
	*p.into, _ = locale.Normalise(given)
	return err
}

// plains reads a list of texts likewise, without the empty ones.
type plains struct{ into *[]string }

// UnmarshalJSON implements json.Unmarshaler.
func (p *plains) UnmarshalJSON(text []byte) error {
	var given []*string
	if err := json.Unmarshal(text, &given); err != nil {
		return err
	}
	*p.into = nil
	for _, one := range given {
		if one == nil {
			return errors.New("httpapi: null in a list of texts")
		}
		if clean, _ := locale.Normalise(*one); clean != "" {
			*p.into = append(*p.into, clean)
		}
	}
	return nil
}

// bounded reads a whole number from least to most.
type bounded struct {
	into        *int64
	least, most int64
}

// UnmarshalJSON implements json.Unmarshaler.
func (b *bounded) UnmarshalJSON(text []byte) error {
	err := (&whole{b.into}).UnmarshalJSON(text)
	if err == nil && (*b.into < b.least || *b.into > b.most) {
		err = fmt.Errorf("httpapi: %d is not from %d to %d", *b.into, b.least, b.most)
	}
	return err
}
