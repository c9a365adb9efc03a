package imports

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// A line of a plan is an error, or is JSON that says what it is read as: it is spelled as it was read, and another reader of JSON finds
// the same in what is spelled.
func FuzzPlanRows(f *testing.F) {
	for _, line := range []string{
		`{"row":7,"outcome":"create","label":"Brest","writes":[{"op":"create","type":"member","partition":"FR","id":"FR#brest","base":0,"after":{"a":{"b":[1,true,"x"]}},"claims":[{"partition":"p","id":"i","holder":"h","held":true}]}]}`,
		`{"row":2,"outcome":"update","cell":"C2","value":"5","writes":[{"op":"update","type":"m","id":"i","base":3,"before":{"a":1},"after":{"a":2},"fields":["a"],"from":{"import":"1","row":4,"at":"2026-01-01T00:00:00Z"},"first":1}]}`,
		`{"rows":{"read":3,"create":1,"update":1,"unchanged":1,"skip":0,"fail":0}}`, `{"row":0}`, `{"row":1.5}`, `{"row":01}`, `{"row":1,"x":{"y":[null]}}`,
		`{"row":1}x`, `{"row":1,"label":"\ud800"}`, `{"row":1,"label":"` + "\xff" + `"}`, `{"row":-}`, "{ \"row\" : 1 }\n", strings.Repeat(`[`, 100),
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var p parser
		row, rows, err := p.row(line)
		if err != nil {
			return
		}
		if !json.Valid(line) {
			t.Fatalf("%q is no JSON and read as %+v", line, row)
		}
		if rows != nil {
			return
		}
		var s speller
		spelled := bytes.Clone(s.row(&row))
		again, rows, err := p.row(spelled)
		if err != nil || rows != nil || !bytes.Equal(spelled, s.row(&again)) {
			t.Fatalf("%q is spelled %q, which is read as %+v (%v)", line, spelled, again, err)
		}
		var theirs, ours any
		decode := func(text []byte, into any) {
			d := json.NewDecoder(bytes.NewReader(text))
			d.UseNumber()
			if err := d.Decode(into); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
		var other PlanRow
		if err := json.Unmarshal(spelled, &other); err != nil {
			t.Fatalf("%q: %v", spelled, err)
		}
		written, err := json.Marshal(other)
		if err != nil {
			t.Fatal(err)
		}
		decode(spelled, &ours)
		decode(written, &theirs)
		if !strings.Contains(string(spelled), "e+") && !reflect.DeepEqual(ours, theirs) && !hasLargeNumber(ours) {
			t.Errorf("%q is spelled %q, another reads %q", line, spelled, written)
		}
	})
}

// hasLargeNumber reports whether a value holds a number that a float, as encoding/json reads one, doesn't hold exactly.
func hasLargeNumber(value any) bool {
	switch v := value.(type) {
	case json.Number:
		n, err := v.Int64()
		return err != nil || n > 1<<53 || n < -1<<53
	case []any:
		for _, one := range v {
			if hasLargeNumber(one) {
				return true
			}
		}
	case map[string]any:
		for _, one := range v {
			if hasLargeNumber(one) {
				return true
			}
		}
	}
	return false
}

// A plan's blob is refused as damaged, or read to its last line.
func FuzzPlans(f *testing.F) {
	const head, end = `{"plan":1,"file":"ab","kind":"members","answers":{"a":"b"}}` + "\n", `{"rows":{"read":1,"create":1}}` + "\n"
	f.Add([]byte(head + `{"row":1,"outcome":"create"}` + "\n" + end))
	f.Add([]byte(head + end))
	f.Add([]byte(head))
	f.Add([]byte(`{"plan":2}` + "\n"))
	f.Add([]byte(head + "\n" + end))
	f.Fuzz(func(t *testing.T, plan []byte) {
		r, err := ReadPlan(bytes.NewReader(plan))
		if err == nil {
			for r.Next() {
				if r.Row().Row < 1 {
					t.Fatalf("row %d", r.Row().Row)
				}
			}
			err = r.Err()
		}
		if err != nil && !errors.Is(err, errPlan) {
			t.Errorf("%q is answered %v", plan, err)
		}
	})
}
