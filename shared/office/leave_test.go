package office_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// wholeOffice is an office with everything that it can be asked for, over a table that has nothing.
func wholeOffice(t *testing.T) (*office.Office, *faulty.Table) {
	t.Helper()
	clock := identity.Fixed(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	ids := identity.NewIDs(clock, nil)
	over := faulty.New(memory.New(table.Config{Clock: clock}), faulty.Plan{})
	kept, err := people.New(people.Config{
		Table: over, Clock: clock, IDs: ids, Random: rand.Reader, Key: make([]byte, people.MinKey), Idle: time.Hour, Absolute: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	acts := registry.New(registry.Config{
		Table: over, Programme: programme.Current(), Clock: clock, IDs: ids,
		Country: locale.Same, Region: func(string) string { return "" },
	})
	return office.New(office.Config{
		Registry: acts, Records: records.New(over), People: kept, Programme: programme.Current(), Reference: reference.Load(), Clock: clock, Trail: trailOver(memory.New(table.Config{}), clock),
		Log: slog.New(slog.DiscardHandler),
	}), over
}

// Whoever adds a method has it called here: one that doesn't ask for leave is found though nobody wrote a test for it.
func TestNothingOfTheOfficeIsHadWithoutLeave(t *testing.T) {
	for who, a := range map[string]struct {
		ctx  context.Context
		code problem.Code
	}{
		"nobody":                  {t.Context(), "SIGNIN_NEEDED"},
		"somebody without a role": {access.WithActor(t.Context(), access.Actor{Person: "paul"}), "ACCESS_DENIED"},
		"a city of no country": {
			access.WithActor(t.Context(), access.Actor{Person: "paul", Role: access.City, Scope: "brest"}), "ACCESS_DENIED",
		},
	} {
		kind := reflect.TypeFor[*office.Office]()
		for method := range kind.Methods() {
			for what, fill := range map[string]string{"nothing said": "", "something said": "FR#brest"} {
				t.Run(method.Name+" for "+who+" with "+what, func(t *testing.T) {
					o, over := wholeOffice(t)
					err := call(a.ctx, o, method, fill)
					var p *problem.Problem
					if !errors.As(err, &p) || p.Code != a.code {
						t.Errorf("answers %v, want %s", err, a.code)
					}
					if n := over.Writes(); n > 0 {
						t.Errorf("it has written %d times", n)
					}
				})
			}
		}
	}
}

// call calls a method with arguments whose texts are fill, and gives the error that it answers.
func call(ctx context.Context, o *office.Office, method reflect.Method, fill string) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	arguments := []reflect.Value{reflect.ValueOf(o)}
	for i := 1; i < method.Type.NumIn(); i++ {
		in := method.Type.In(i)
		if in == reflect.TypeFor[context.Context]() {
			arguments = append(arguments, reflect.ValueOf(ctx))
			continue
		}
		arguments = append(arguments, filled(in, fill))
	}
	answers := method.Func.Call(arguments)
	if len(answers) == 0 {
		return errors.New("it answers no error")
	}
	err, _ = answers[len(answers)-1].Interface().(error)
	return err
}

// filled is a value of a type, whose texts are fill, and which has all that it can point to where fill is something.
func filled(of reflect.Type, fill string) reflect.Value {
	value := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.String:
		value.SetString(fill)
	case reflect.Func:
		value.Set(reflect.MakeFunc(of, func([]reflect.Value) []reflect.Value {
			answers := make([]reflect.Value, of.NumOut())
			for i := range answers {
				answers[i] = reflect.Zero(of.Out(i))
			}
			return answers
		}))
	case reflect.Struct:
		for i := range of.NumField() {
			if of.Field(i).IsExported() {
				value.Field(i).Set(filled(of.Field(i).Type, fill))
			}
		}
	case reflect.Pointer:
		if fill != "" {
			value.Set(reflect.New(of.Elem()))
		}
	}
	return value
}
