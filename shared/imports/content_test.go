package imports

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
)

// told is a row with a field of each type that rows have.
type told struct {
	A, B    string
	N       int64
	Maybe   *int64
	Yes     *bool
	On      civil.Date
	List    []string
	Ratings map[string]int64
	Version int64 `json:"-"`
}

func contentOf(row told) []byte {
	var content []byte
	for _, field := range contentFields(reflect.TypeFor[told]()) {
		content = appendContent(content, reflect.ValueOf(row).Field(field))
	}
	return content
}

func TestRowsHaveTheSameContentExactlyWhenTheySayTheSame(t *testing.T) {
	zero, one, yes, no := int64(0), int64(1), true, false
	rows := []told{
		{}, {A: "ab"}, {A: "a", B: "b"}, {B: "ab"}, {A: "a"}, {N: 1}, {N: -1}, {N: 256}, {Maybe: &zero}, {Maybe: &one}, {Yes: &yes}, {Yes: &no},
		{On: civil.Date{Year: 2025, Month: 1, Day: 11}}, {On: civil.Date{Year: 2025, Month: 11, Day: 1}}, {List: []string{}}, {List: []string{""}},
		{List: []string{"a", "b"}}, {List: []string{"ab"}}, {List: []string{"b", "a"}}, {Ratings: map[string]int64{}},
		{Ratings: map[string]int64{"a": 1, "b": 2, "c": 3}}, {Ratings: map[string]int64{"a": 2, "b": 1, "c": 3}}, {Ratings: map[string]int64{"a": 1}},
		{Version: 7}, {A: "ab", Version: 7}, {Ratings: map[string]int64{"c": 3, "b": 2, "a": 1}},
	}
	for i := range rows {
		for j := range rows {
			want := string(asJSON(t, rows[i])) == string(asJSON(t, rows[j]))
			if same := bytes.Equal(contentOf(rows[i]), contentOf(rows[j])); same != want {
				t.Errorf("%s and %s: %v", asJSON(t, rows[i]), asJSON(t, rows[j]), same)
			}
		}
	}
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
