package imports

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

func TestProblemsInTheSameWordsShareThem(t *testing.T) {
	var r retainer
	choices := locale.Text{EN: "small and large", FR: "petite et grande", ES: "pequeña y grande"}
	unknown := func(offered locale.Text) problem.Problem {
		return r.retain(*problem.New("ENUM_UNKNOWN").With("column", "size").WithText("choices", offered))
	}
	a, b, c := unknown(choices), unknown(choices), unknown(locale.Same("small and large"))
	same := func(x, y problem.Problem) bool {
		return reflect.ValueOf(x.Params).Pointer() == reflect.ValueOf(y.Params).Pointer()
	}
	if !same(a, b) || same(a, c) {
		t.Errorf("shared by equals: %t, by others: %t", same(a, b), same(a, c))
	}
	if a.Params["choices"] != choices || c.Params["choices"].FR != "small and large" || a.Params["column"].ES != "size" {
		t.Errorf("params %v and %v", a.Params, c.Params)
	}
	for i := range 3 * maxShared {
		p := r.retain(*problem.New("ROW_DUPLICATE_IN_FILE").WithInt("other", i))
		if p.Params["other"].EN != fmt.Sprint(i) {
			t.Fatalf("row %d is said to repeat %v", i, p.Params)
		}
	}
	if len(r.params) > maxShared {
		t.Errorf("%d params are looked out for", len(r.params))
	}
}

// Cells' texts stand in blocks: one problem must not keep the texts of hundreds of other cells.
func TestAProblemHoldsOnToNothingButItself(t *testing.T) {
	block := strings.Repeat("text of other cells ", 800)
	within := func(s string) bool {
		at, from := uintptr(unsafe.Pointer(unsafe.StringData(s))), uintptr(unsafe.Pointer(unsafe.StringData(block)))
		return from <= at && at < from+uintptr(len(block))
	}
	var r retainer
	p := r.retain(*problem.New("ENUM_UNKNOWN").Valued(block[:4]).With("column", block[5:7]).
		WithText("choices", locale.Text{EN: block[:2], FR: block[2:4], ES: block[4:6]}))
	for _, text := range []string{p.Value.(string), p.Params["column"].EN, p.Params["choices"].EN, p.Params["choices"].FR, p.Params["choices"].ES} {
		if within(text) {
			t.Errorf("%q is still part of the block", text)
		}
	}
}
