package registry_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Whatever a person can send to the books is entered, or refused with a code that says why.
func TestWhatTheBooksCannotHoldIsRefusedWithACode(t *testing.T) {
	w := newWorld(t)
	w.post(deposit("d1", money.Bound, may(2)))
	anna := registry.Origin{Person: "anna"}
	post := func(e trust.Event, reason string) func() error {
		return func() error {
			_, err := w.registry.Post(t.Context(), anna, e, reason)
			return err
		}
	}
	strange := deposit("d1", 1, may(3))
	strange.Kind = "gift"
	rate, err := money.ParseRate("1.1")
	if err != nil {
		t.Fatal(err)
	}
	unlike, unrated := deposit("d2", 100, may(3)), deposit("d2", 90, may(3))
	unlike.Original = &ledger.Original{Amount: money.Amount{Minor: 90, Currency: "EUR"}, Rate: rate}
	unrated.Original = &ledger.Original{Amount: money.Amount{Minor: 90, Currency: "EUR"}}
	for name, c := range map[string]struct {
		do   func() error
		code string
	}{
		"more than all can be":      {post(deposit("d1", 1, may(3)), ""), "NUMBER_OUT_OF_RANGE"},
		"more than a day can be":    {post(deposit("d1", 1, may(2)), ""), "NUMBER_OUT_OF_RANGE"},
		"the least number":          {post(deposit("d1", math.MinInt64, may(3)), ""), "NUMBER_OUT_OF_RANGE"},
		"a kind that there isn't":   {post(strange, ""), "ENUM_UNKNOWN"},
		"a year of two digits":      {post(deposit("d1", 1, civil.Date{Year: 25, Month: 5, Day: 3}), ""), "DATE_ORDER"},
		"a day that there isn't":    {post(deposit("d1", 1, civil.Date{Year: 2025, Month: 2, Day: 30}), ""), "DATE_INVALID"},
		"a reason beyond measure":   {post(deposit("d1", 1, may(3)), strings.Repeat("é", 2001)), "TEXT_TOO_LONG"},
		"closing on no day":         {func() error { return w.closed(civil.Date{}) }, "CELL_REQUIRED"},
		"approving nothing":         {func() error { _, err := w.registry.Approve(t.Context(), anna, ""); return err }, "REF_NOT_FOUND"},
		"approving what isn't text": {func() error { _, err := w.registry.Approve(t.Context(), anna, "\xff"); return err }, "REF_NOT_FOUND"},
		"taking back what isn't text": {func() error {
			_, err := w.registry.Reverse(t.Context(), anna, "2025-05-02#000000000001#000000\xff", may(3), "typo")
			return err
		}, "REF_NOT_FOUND"},
		"money that isn't worth the amount": {post(unlike, ""), "NUMBER_OUT_OF_RANGE"},
		"money without a rate":              {post(unrated, ""), "NUMBER_OUT_OF_RANGE"},
		"taking back beyond measure": {func() error {
			_, err := w.registry.Reverse(t.Context(), anna, "2025-05-02#000000000001#0000001"+strings.Repeat("0", 5000), may(3), "typo")
			return err
		}, "REF_NOT_FOUND"},
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, c.do(), c.code) })
	}
	w.verified()
}

// What is hashed is what is read back, whatever the engine makes of texts and numbers.
func TestAnEntryIsReadBackAsItWasHashed(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		rate, err := money.ParseRate("99999999.0123456789")
		if err != nil {
			t.Fatal(err)
		}
		for n, text := range []string{"", " ", "<é & \"e\u0301\">", "\u2028\u2029\x00\x7f\ufffd", "😀 \\u0041", "1e400", "null"} {
			e := deposit("d"+text, 1+int64(n), may(2))
			e.Agreement, e.Instalment, e.ValueDate = text, text, may(1)
			if n%2 == 0 {
				e.Original = &ledger.Original{Amount: money.Amount{Minor: 1 + int64(n), Currency: "EUR"}, Rate: rate, RateDate: may(1), RateSource: text}
				if e.Amount, err = e.Original.Worth(money.ISO("USD")); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := w.registry.Post(t.Context(), registry.Origin{Person: "anna", Request: fmt.Sprint("r", text, n)}, e, text); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
		w.verified()
	})
}
