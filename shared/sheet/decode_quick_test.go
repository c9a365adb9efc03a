package sheet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/go-playground/validator/v10"

	"github.com/learning-cities/guildhall/shared/civil"
)

type ruledGift struct {
	City     string     `sheet:"city" validate:"required,max=6"`
	Country  string     `sheet:"country" validate:"required"`
	Amount   string     `sheet:"amount" validate:"above=0,atmost=1000.5"`
	GivenOn  civil.Date `sheet:"given_on" validate:"required"`
	People   int64      `sheet:"people" validate:"omitempty,gte=10,lte=20"`
	Share    string     `sheet:"share" validate:"atleast=0,below=1"`
	Remarks  string     `sheet:"remarks" validate:"maxwords=3,lte=12"`
	Rating   int64      `sheet:"rating_food" validate:"min=1,max=5"`
	Agreed   bool       `sheet:"agreed" validate:"required"`
	Quantity int64      `sheet:"rating_room" validate:"gt=0,lt=6"`
}

// TestQuickRulesAreTheValidatorsRules: what the quick look lets pass, the validator lets pass.
func TestQuickRulesAreTheValidatorsRules(t *testing.T) {
	schema := giftSchema()
	kept := schema.Columns[:0]
	var titles []any
	for _, c := range schema.Columns {
		switch c.ID {
		case "city", "country", "amount", "given_on", "people", "share", "remarks", "rating_food", "agreed", "rating_room":
			c.Required, c.MaxChars, c.MaxWords, c.CurrencyColumn = false, 0, 0, ""
			if c.ID == "country" {
				c.Type, c.Lookup = TypeText, nil
			}
			kept = append(kept, c)
			titles = append(titles, c.Label.EN)
		}
	}
	schema.Columns = kept
	rnd := rand.New(rand.NewPCG(3, 4))
	pick := func(fine any, others ...any) any { // usually the first, so that some rows are without fault
		if rnd.IntN(4) > 0 {
			return fine
		}
		return others[rnd.IntN(len(others))]
	}
	value := map[string]func() any{
		"city":        func() any { return pick("Évry", nil, "Brest", "Nantes", "Toulouse") },
		"country":     func() any { return pick("France", nil) },
		"amount":      func() any { return pick(1, nil, 0, 1000.5, 1000.51, -3) },
		"given_on":    func() any { return pick("2025-04-25", nil) },
		"people":      func() any { return pick(10, nil, 0, 9, 20, 21) },
		"share":       func() any { return pick(0, nil, 0.5, 1, -0.1) },
		"remarks":     func() any { return pick("a b c", nil, "a b c d", "longer than twelve", "été été été") },
		"rating_food": func() any { return pick(1, nil, 0, 5, 6) },
		"agreed":      func() any { return pick("yes", nil, "no") },
		"rating_room": func() any { return pick(1, nil, 0, 5, 6) },
	}
	var rows strings.Builder
	rows.WriteString(xmlRow(1, titles...))
	for n := range 3000 {
		cells := make([]any, len(kept))
		for i, c := range kept {
			cells[i] = value[c.ID]()
		}
		rows.WriteString(xmlRow(n+2, cells...))
	}
	ctx, book := context.Background(), openXLSX(t, styledBook(rows.String()))
	loc, _, err := book.Locate(ctx, []Schema{schema}, TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := book.Table(ctx, loc, TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	quick, err := NewDecoder[ruledGift](loc.Schema)
	if err != nil {
		t.Fatal(err)
	}
	if !quick.rows.quick {
		t.Error("a rule is not looked at")
	}
	slow, _ := NewDecoder[ruledGift](loc.Schema)
	slow.rows.quick = false
	passed, failed := 0, 0
	for table.Next() {
		var one, other ruledGift
		got, bad := quick.Decode(table, table.Line(), &one)
		want, worse := slow.Decode(table, table.Line(), &other)
		if fmt.Sprint(got, bad) != fmt.Sprint(want, worse) {
			t.Fatalf("row %d: got %v, want %v of %+v", table.Line().Number, got, want, one)
		}
		var broken validator.ValidationErrors
		if err := rules().Struct(&one); err == nil {
			passed++
		} else if errors.As(err, &broken) {
			failed++
		}
	}
	if passed < 50 || failed < 50 {
		t.Errorf("one-sided: %d passed, %d failed", passed, failed)
	}
}
