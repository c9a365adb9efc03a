package records_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/records"
)

// A stored body doesn't fit its record, or it is encoded as it was decoded.
func FuzzBodies(f *testing.F) {
	whole, err := records.Encode(full())
	if err != nil {
		f.Fatal(err)
	}
	raw, err := json.Marshal(whole)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	for _, body := range []string{
		`{}`, `{"joined":"2025-02-30"}`, `{"fee":{"minor":1}}`, `{"small":256}`, `{"years":[1]}`, `{"byDate":{"x":true}}`, `{"picture":"?"}`,
		`{"count":"x"}`, `{"colour":7}`, `{"at":"yesterday"}`, `{"recursive":{"recursive":{}}}`, `{"any":[1,"a",{"b":true}]}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var given map[string]any
		if json.Unmarshal(text, &given) != nil {
			return
		}
		body, ok := stored(given).(map[string]any)
		if !ok {
			return
		}
		var read membership
		if err := records.Decode(body, &read); err != nil {
			return
		}
		first, err := records.Encode(&read)
		if err != nil {
			if !errors.Is(err, records.ErrInvalid) {
				t.Errorf("%s is read as %+v, which is answered %v", text, read, err)
			}
			return
		}
		var again membership
		if err := records.Decode(first, &again); err != nil {
			t.Fatalf("%s is encoded as %v, which is answered %v", text, first, err)
		}
		if second, err := records.Encode(&again); err != nil || !reflect.DeepEqual(first, second) {
			t.Errorf("%s is encoded as %v, then %v (%v)", text, first, second, err)
		}
	})
}

// stored turns what JSON has into what a table has: whole numbers, and no null.
func stored(value any) any {
	switch v := value.(type) {
	case float64:
		return int64(v)
	case []any:
		list := []any{}
		for _, one := range v {
			if one != nil {
				list = append(list, stored(one))
			}
		}
		return list
	case map[string]any:
		body := map[string]any{}
		for name, one := range v {
			if one != nil {
				body[name] = stored(one)
			}
		}
		return body
	}
	return value
}
