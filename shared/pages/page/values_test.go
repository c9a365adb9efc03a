package page

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/table"
)

func TestADayOfAFormIsReadAndWhatIsNoneIsSaidAtItsField(t *testing.T) {
	v := Visit{Form: url.Values{"on": {"2026-11-21"}, "until": {"tomorrow"}}}
	label := locale.Same("Day")
	if got, err := v.Day("on", label); err != nil || got != (civil.Date{Year: 2026, Month: 11, Day: 21}) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := v.Day("from", label); err != nil || !got.IsZero() {
		t.Errorf("%v, %v", got, err)
	}
	_, err := v.Day("until", label)
	if refused := refusedBy(err); len(refused.At("until")) != 1 || refused[0].Code != "FIELD_INVALID" {
		t.Errorf("%v", err)
	}
}

func TestTheVersionOfAFormIsANumberOrNone(t *testing.T) {
	if got := (Visit{Form: url.Values{"version": {"7"}}}).Version(); got == nil || *got != 7 {
		t.Errorf("%v", got)
	}
	for _, text := range []string{"", "x"} {
		if got := (Visit{Form: url.Values{"version": {text}}}).Version(); got != nil {
			t.Errorf("%q: %d", text, *got)
		}
	}
}

func TestThePartsOfAListAreTheListInItsOrder(t *testing.T) {
	for _, length := range []int{0, 1, PartLength, PartLength + 1, 3*PartLength + 7} {
		var all, got []string
		for i := range length {
			all = append(all, fmt.Sprintf("%d", length-i)) // any order
		}
		v := Visit{Query: url.Values{}}
		for range length + 1 {
			part, next := Part(v, all, func(s string) string { return s })
			got = append(got, part...)
			if next == "" {
				break
			}
			v.Query.Set(AfterParameter, next)
		}
		if fmt.Sprint(got) != fmt.Sprint(all) {
			t.Errorf("%d: %v", length, got)
		}
	}
	part, _ := Part(Visit{Query: url.Values{AfterParameter: {"gone"}}}, []string{"a"}, func(s string) string { return s })
	if len(part) != 1 {
		t.Errorf("%v", part)
	}
}

func TestAListOfAStoreBeginsAnewWhereItsCursorIsNone(t *testing.T) {
	read := func(_ context.Context, after table.Cursor, limit int) ([]string, table.Cursor, error) {
		switch after {
		case "":
			return []string{"a"}, "more", nil
		case "more":
			return []string{"b"}, "", nil
		}
		return nil, "", table.ErrCursor
	}
	for after, want := range map[string]string{"": "[a] more", "more": "[b] ", "gone": "[a] more"} {
		part, next, err := Stored(t.Context(), Visit{Query: url.Values{AfterParameter: {after}}}, read)
		if got := fmt.Sprint(part, " ", next); err != nil || got != want {
			t.Errorf("after %q: %s, %v", after, got, err)
		}
	}
}
