package kinds

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/kinds/area"
)

func TestEveryKindIsOfTheAreaOfTheRecordsThatItTouches(t *testing.T) {
	ofFund := []string{fund.RecordType, fund.ExpenditureType, fund.InstalmentType, fund.RateType, fund.ResultType}
	var names []string
	for _, kind := range All() {
		names = append(names, kind.Name())
		want := area.Network
		if slices.ContainsFunc(kind.Touches(), func(touched string) bool { return slices.Contains(ofFund, touched) }) {
			want = area.Fund
		}
		for _, touched := range kind.Touches() {
			if slices.Contains(ofFund, touched) != (want == area.Fund) {
				t.Errorf("%s touches records of both areas: %v", kind.Name(), kind.Touches())
			}
		}
		if got, known := area.Of(kind.Name()); got != want || !known {
			t.Errorf("%s is of %q, its records of %q", kind.Name(), got, want)
		}
	}
	if !slices.Equal(area.Kinds(), names) {
		t.Errorf("the areas have %v, registered are %v", area.Kinds(), names)
	}
	if got, known := area.Of("stones"); known {
		t.Errorf("a kind that is not registered is of %q", got)
	}
}

func TestEveryKindIsCalledAsItsTemplateIs(t *testing.T) {
	w := newWorld(t)
	for _, kind := range All() {
		if got, want := area.Title(kind.Name()), kind.Schema(w.env).Title; got != want {
			t.Errorf("%s is called %+v, its template %+v", kind.Name(), got, want)
		}
	}
	if got := area.Title("stones"); !got.IsZero() {
		t.Errorf("a kind that is not registered is called %+v", got)
	}
}
