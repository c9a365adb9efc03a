package records_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

type name string

type Contact struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
}

type stamp struct {
	By name
	At time.Time `json:"at,omitzero"`
}

type notes map[name][]string

// colour marshals itself, by a pointer's method.
type colour struct{ hex string }

func (c *colour) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"hex": c.hex, "n": 7})
}
func (c *colour) UnmarshalJSON(raw []byte) error {
	var read struct{ Hex string }
	err := json.Unmarshal(raw, &read)
	c.hex = read.Hex
	return err
}

// membership has a field of every kind that records use.
type membership struct {
	stamp
	*Contact
	City      name                `json:"city"`
	Joined    civil.Date          `json:"joined"`
	Left      *civil.Date         `json:"left,omitempty"`
	Fee       money.Amount        `json:"fee"`
	Title     locale.Text         `json:"title"`
	Clusters  []string            `json:"clusters"`
	Years     [2]int16            `json:"years"`
	Small     uint8               `json:"small"`
	Joint     bool                `json:"joint,omitempty"`
	Award     *bool               `json:"award"`
	Partners  []Contact           `json:"partners,omitempty"`
	ByLang    map[locale.Lang]int `json:"byLang"`
	ByDate    map[civil.Date]bool `json:"byDate,omitempty"`
	Notes     notes               `json:"notes"`
	Any       any                 `json:"any"`
	Count     json.Number         `json:"count"`
	Picture   []byte              `json:"picture"`
	Colour    *colour             `json:"colour"`
	Untagged  string
	Secret    string      `json:"-"`
	Recursive *membership `json:"recursive"`
}

func full() *membership {
	yes := true
	left := civil.Date{Year: 2027, Month: 1, Day: 31}
	return &membership{
		stamp:   stamp{By: "secretariat", At: time.Date(2025, 6, 15, 12, 0, 0, 5, time.UTC)},
		Contact: &Contact{Name: "Ana", Phone: "+33 1"},
		City:    "FR#brest", Joined: civil.Date{Year: 2019, Month: 3, Day: 1}, Left: &left,
		Fee: money.Amount{Minor: math.MaxInt64, Currency: "USD"}, Title: locale.Text{EN: "a", FR: "é", ES: "ñ"},
		Clusters: []string{"esd", ""}, Years: [2]int16{math.MinInt16, 7}, Small: 255, Joint: true, Award: &yes,
		Partners: []Contact{{Name: "Uni"}, {Name: "Lib", Phone: "1"}}, ByLang: map[locale.Lang]int{"fr": -1, "en": 0},
		ByDate: map[civil.Date]bool{left: true}, Notes: notes{"k": {"a"}}, Any: map[string]any{"x": []any{int64(1), "y", true}},
		Count: "12", Picture: []byte{0, 255}, Colour: &colour{"ff0000"}, Untagged: "u",
		Recursive: &membership{City: "inner", Clusters: []string{}},
	}
}

func TestDecodingReversesEncoding(t *testing.T) {
	for _, want := range []*membership{full(), {Award: new(bool), Clusters: []string{}, Count: "0"}} {
		attrs, err := records.Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		var got membership
		if err := records.Decode(attrs, &got); err != nil {
			t.Fatal(err)
		}
		if want.Recursive != nil {
			want.Recursive.Count = "0" // an empty number is zero
		}
		if !reflect.DeepEqual(&got, want) {
			t.Errorf("got  %+v\nwant %+v", &got, want)
		}
	}
}

func TestAttributesAreWhatJSONHasWithoutNull(t *testing.T) {
	for _, value := range []*membership{full(), {}} {
		attrs, err := records.Encode(value)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := plain(t, attrs), withoutNull(decodeJSON(t, raw)); !reflect.DeepEqual(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	}
}

func plain(t *testing.T, v any) any {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return decodeJSON(t, raw)
}

func decodeJSON(t *testing.T, raw []byte) (v any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func withoutNull(v any) any {
	m, ok := v.(map[string]any)
	for name, value := range m {
		if value == nil {
			delete(m, name)
		} else {
			m[name] = withoutNull(value)
		}
	}
	if ok {
		return m
	}
	return v
}

func TestEncodingYieldsOnlyWhatATableTakes(t *testing.T) {
	attrs, err := records.Encode(full())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := table.Size(&table.Item{Attributes: attrs}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatAttributesCannotHoldIsRefused(t *testing.T) {
	type loop struct{ Next *loop }
	circle := &loop{}
	circle.Next = circle
	for name, v := range map[string]any{
		"a float":                map[string]any{"f": 1.5},
		"a whole float":          map[string]any{"f": 2.0},
		"a float's field":        struct{ F float32 }{},
		"a float as number":      map[string]any{"f": json.Number("1.0")},
		"a number with exponent": map[string]any{"f": json.Number("1e3")},
		"a number too large":     map[string]any{"n": uint64(math.MaxUint64)},
		"a float a marshaler says": map[string]any{
			"f": json.RawMessage(`{"deep":[1,2.5]}`)},
		"nil in a list":   map[string]any{"l": []any{"a", nil}},
		"nil":             nil,
		"a nil pointer":   (*membership)(nil),
		"a text":          "text",
		"a list":          []any{"a"},
		"a channel":       struct{ C chan int }{make(chan int)},
		"a function":      map[string]any{"f": func() {}},
		"numbers as keys": map[int]string{1: "a"},
		"the string option": struct {
			N int `json:",string"`
		}{},
		"itself": circle,
	} {
		if attrs, err := records.Encode(v); !errors.Is(err, records.ErrInvalid) {
			t.Errorf("%s: got %v, %v, want ErrInvalid", name, attrs, err)
		}
		if spelled, err := new(records.Speller).Encoded([]byte("before"), v); !errors.Is(err, records.ErrInvalid) || string(spelled) != "before" {
			t.Errorf("%s: spelled %s, %v, want ErrInvalid", name, spelled, err)
		}
	}
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	for name, body := range map[string]table.Attributes{
		"text for a number":     {"small": "1"},
		"number for a text":     {"city": int64(1)},
		"too large a number":    {"small": int64(256)},
		"negative for unsigned": {"small": int64(-1)},
		"list for a text":       {"city": []any{"a"}},
		"text for a list":       {"clusters": "a"},
		"wrong element":         {"clusters": []any{"a", int64(1)}},
		"wrong length":          {"years": []any{int64(1)}},
		"map for a list":        {"clusters": map[string]any{}},
		"text for a map":        {"notes": "a"},
		"wrong value in a map":  {"byLang": map[string]any{"fr": "a"}},
		"boolean for a struct":  {"fee": true},
		"text for json.Number":  {"count": "1"},
		"not base 64":           {"picture": "!"},
	} {
		if err := records.Decode(body, &membership{}); !errors.Is(err, records.ErrInvalid) {
			t.Errorf("%s: got %v, want ErrInvalid", name, err)
		}
	}
	if err := records.Decode(table.Attributes{"joined": "2025-02-31"}, &membership{}); err == nil {
		t.Error("a date that there isn't was decoded")
	}
	for _, target := range []any{membership{}, nil, (*membership)(nil)} {
		if err := records.Decode(table.Attributes{}, target); !errors.Is(err, records.ErrInvalid) {
			t.Errorf("into a %T: %v", target, err)
		}
	}
}

func TestDecodingPassesOverWhatItDoesNotKnow(t *testing.T) {
	got := membership{City: "kept"}
	if err := records.Decode(table.Attributes{"later": "v", "small": int64(3), "Secret": "s"}, &got); err != nil {
		t.Fatal(err)
	}
	if want := (membership{City: "kept", Small: 3}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestDecodingSharesNothing(t *testing.T) {
	body := table.Attributes{"any": map[string]any{"l": []any{"a"}}}
	var got membership
	if err := records.Decode(body, &got); err != nil {
		t.Fatal(err)
	}
	got.Any.(map[string]any)["l"].([]any)[0] = "spoiled"
	if !records.Same(body, table.Attributes{"any": map[string]any{"l": []any{"a"}}}) {
		t.Errorf("the body became %v", body)
	}
}

func TestEncodingSharesNothing(t *testing.T) {
	given := map[string]any{"l": []any{"a"}}
	attrs, err := records.Encode(map[string]any{"any": given})
	if err != nil {
		t.Fatal(err)
	}
	given["l"].([]any)[0] = "spoiled"
	if !records.Same(attrs, table.Attributes{"any": map[string]any{"l": []any{"a"}}}) {
		t.Errorf("the attributes became %v", attrs)
	}
}

func TestSameComparesByValue(t *testing.T) {
	one := func() table.Attributes {
		return table.Attributes{"t": "x", "n": int64(1), "b": true, "l": []any{"a", map[string]any{"k": []any{}}}}
	}
	if !records.Same(one(), one()) || !records.Same(nil, table.Attributes{}) {
		t.Error("equal bodies differ")
	}
	for name, change := range map[string]func(table.Attributes){
		"another text":     func(a table.Attributes) { a["t"] = "y" },
		"another type":     func(a table.Attributes) { a["n"] = "1" },
		"one more":         func(a table.Attributes) { a["more"] = "" },
		"one less":         func(a table.Attributes) { delete(a, "b") },
		"another name":     func(a table.Attributes) { delete(a, "b"); a["c"] = true },
		"another order":    func(a table.Attributes) { a["l"] = []any{map[string]any{"k": []any{}}, "a"} },
		"deep in it":       func(a table.Attributes) { a["l"].([]any)[1].(map[string]any)["k"] = []any{"x"} },
		"a map for a list": func(a table.Attributes) { a["l"].([]any)[1].(map[string]any)["k"] = map[string]any{} },
	} {
		other := one()
		change(other)
		if records.Same(one(), other) || records.Same(other, one()) {
			t.Errorf("%s makes no difference", name)
		}
	}
}

func BenchmarkCodec(b *testing.B) {
	value := full()
	value.Colour = nil
	attrs, err := records.Encode(value)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			records.Encode(value)
		}
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			var into membership
			records.Decode(attrs, &into)
		}
	})
}
