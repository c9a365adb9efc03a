package request_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestExportsAreListedFromTheLatestOnAllOrThoseOfAPerson(t *testing.T) {
	s := request.New(memory.New(table.Config{}), identity.Fixed(at))
	for i, id := range []string{"a", "d", "b", "e", "c", "c"} { // the last one is asked for twice
		person := []string{"anna", "bruno"}[min(i%2, 5-i)]
		if _, err := s.Create(t.Context(), id, request.Wish{Kind: request.Budget, Person: person}); err != nil {
			t.Fatal(err)
		}
	}
	of := func(person string) func(context.Context, table.Cursor, int) ([]request.Export, table.Cursor, error) {
		return func(ctx context.Context, after table.Cursor, limit int) ([]request.Export, table.Cursor, error) {
			return s.ListOf(ctx, person, after, limit)
		}
	}
	for want, list := range map[string]func(context.Context, table.Cursor, int) ([]request.Export, table.Cursor, error){
		"edcba": s.List, "cba": of("anna"), "ed": of("bruno"), "": of("claire"),
	} {
		var got []string
		var after table.Cursor
		for range 9 {
			page, next, err := list(t.Context(), after, 2)
			if err != nil || len(page) > 2 {
				t.Fatalf("%d exports, %v", len(page), err)
			}
			for i := range page {
				got = append(got, page[i].ID)
			}
			if after = next; next == "" {
				break
			}
		}
		if strings.Join(got, "") != want {
			t.Errorf("listed %v, want %s", got, want)
		}
		if _, _, err := list(t.Context(), "nonsense", 2); !errors.Is(err, table.ErrCursor) {
			t.Errorf("a cursor that was never given: %v", err)
		}
	}
}
