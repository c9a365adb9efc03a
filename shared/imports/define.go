package imports

import (
	"context"
	"crypto/sha256"
	"fmt"
	"reflect"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Rules judges rows that are decoded into T. It is begun anew for each check and used by one goroutine.
type Rules[T any] interface {
	// Judge is called for each row of data in the sheet's order, also for one whose cells could not all be read (at.Bad).
	Judge(ctx context.Context, row T, at Place) (Judgement, error)
	// Finish gives the problems that only the whole sheet shows; one of a row carries its Row and Field.
	Finish(ctx context.Context) ([]problem.Problem, error)
}

// Definition makes a Kind of a row type: T's fields carry `sheet:"column"` and `validate:"..."` tags.
type Definition[T any] struct {
	Name    string
	Touches []string
	Schema  func(env *Env) sheet.Schema
	Begin   func(ctx context.Context, env *Env) (Rules[T], error)
	// Dependents says what rests on the kind's records (see Supporting); the zero value for nothing.
	Dependents Dependents
	// Booked says where what is booked stands (see Bookable); the zero value for kinds without.
	Booked Booked
	// List keeps lists of the kind's records (see Listing); nil for kinds without.
	List func(ctx context.Context, about Listed) error
}

// Define makes a Kind whose rows are decoded into T before its rules see them.
func Define[T any](d Definition[T]) Kind { return definedKind[T]{d} }

type definedKind[T any] struct{ definition Definition[T] }

func (k definedKind[T]) Name() string                 { return k.definition.Name }
func (k definedKind[T]) Touches() []string            { return k.definition.Touches }
func (k definedKind[T]) Schema(env *Env) sheet.Schema { return k.definition.Schema(env) }

// Booked implements Bookable.
func (k definedKind[T]) Booked() Booked { return k.definition.Booked }

// Dependents implements Supporting.
func (k definedKind[T]) Dependents() Dependents { return k.definition.Dependents }

// List implements Listing.
func (k definedKind[T]) List(ctx context.Context, about Listed) error {
	if k.definition.List == nil {
		return nil
	}
	return k.definition.List(ctx, about)
}

func (k definedKind[T]) Begin(ctx context.Context, env *Env) (Session, error) {
	schema := k.definition.Schema(env)
	decoder, err := sheet.NewDecoder[T](&schema)
	if err != nil {
		return nil, fmt.Errorf("imports: kind %s: %w", k.definition.Name, err)
	}
	rules, err := k.definition.Begin(ctx, env)
	if err != nil {
		return nil, err
	}
	return &definedSession[T]{decoder: decoder, rules: rules, fields: contentFields(reflect.TypeFor[T]())}, nil
}

type definedSession[T any] struct {
	decoder *sheet.Decoder[T]
	rules   Rules[T]
	row     T
	fields  []int // of T, that tell what a row says
	content []byte
}

func (s *definedSession[T]) Row(ctx context.Context, table *sheet.Table, line *sheet.Line, at Place) (Verdict, error) {
	problems, bad := s.decoder.Decode(table, line, &s.row)
	at.Failed, at.Bad = at.Failed || len(bad) > 0 || anyBlocks(problems), bad
	judgement, err := s.rules.Judge(ctx, s.row, at)
	if err != nil {
		return Verdict{}, err
	}
	judgement.Problems = append(problems, judgement.Problems...)
	verdict := Verdict{Judgement: judgement, Failed: at.Failed}
	if verdict.Key != "" {
		verdict.Content = s.hash()
	}
	return verdict, nil
}

// hash is one of all that the row says.
func (s *definedSession[T]) hash() [16]byte {
	row := reflect.ValueOf(&s.row).Elem()
	s.content = s.content[:0]
	for _, field := range s.fields {
		s.content = appendContent(s.content, row.Field(field))
	}
	return shortHash(s.content)
}

func (s *definedSession[T]) Finish(ctx context.Context) ([]problem.Problem, error) {
	return s.rules.Finish(ctx)
}

func anyBlocks(problems []problem.Problem) bool {
	for i := range problems {
		if problems[i].Severity.Blocks() {
			return true
		}
	}
	return false
}

// shortHash is the first half of SHA-256: enough that two of a file's rows never meet by chance, and small enough to keep
// for every row.
func shortHash(b []byte) [16]byte {
	sum := sha256.Sum256(b)
	return [16]byte(sum[:16])
}
