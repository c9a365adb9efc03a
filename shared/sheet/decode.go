package sheet

import "github.com/learning-cities/guildhall/shared/problem"

// Decoder reads lines of a table into structs of type T.
type Decoder[T any] struct{}

// NewDecoder makes a decoder.
func NewDecoder[T any](schema *Schema) (*Decoder[T], error) { return nil, schema.Check() }

// Decode reads one line.
func (d *Decoder[T]) Decode(t *Table, line *Line, into *T) (problems []problem.Problem, bad map[string]bool) {
	return nil, nil
}
