package jsonl_test

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/jsonl"
)

func written(t *testing.T, item *table.Item) string {
	t.Helper()
	var out bytes.Buffer
	if err := jsonl.NewWriter(&out).Write(item); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// items are an item of each shape with its line.
func items() map[string]table.Item {
	return map[string]table.Item{
		`{"partition":"p","sort":"s","attributes":{}}`: {
			Key: table.Key{Partition: "p", Sort: "s"}, Attributes: table.Attributes{}},
		`{"partition":"a<b>&\"\\","sort":"\u0000日","expires":-5,"attributes":{"a":-1,"b":{"x":[true,false,"",[],{}],"y":9223372036854775807},"c":"é\n"}}`: {
			Key: table.Key{Partition: `a<b>&"\`, Sort: "\x00日"}, Expires: time.Unix(-5, 0).UTC(),
			Attributes: table.Attributes{"c": "é\n", "a": int64(-1),
				"b": map[string]any{"y": int64(math.MaxInt64), "x": []any{true, false, "", []any{}, map[string]any{}}}}},
		`{"partition":"p","sort":"s","index":{"first":{"partition":"i","sort":"1"},"second":{"partition":"j","sort":"2"}},"attributes":{"n":1}}`: {
			Key:   table.Key{Partition: "p", Sort: "s"},
			Index: map[string]table.Key{"second": {Partition: "j", Sort: "2"}, "first": {Partition: "i", Sort: "1"}}, Attributes: table.Attributes{"n": int64(1)}},
	}
}

func TestAnItemIsALineThatIsReadBackAsItWas(t *testing.T) {
	for want, item := range items() {
		got := written(t, &item)
		if got != want+"\n" {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		back, err := jsonl.Parse([]byte(got))
		if err != nil || !reflect.DeepEqual(back, item) {
			t.Errorf("%s came back as %#v, %v", want, back, err)
		}
	}
}

func TestTheLineOfAnItemIsNoLongerThanItsBound(t *testing.T) {
	costly := table.Attributes{}
	for a := range byte(' ') {
		costly[string(rune(a))] = ""
		for b := range byte(' ') {
			costly[string([]byte{a, b})] = ""
			for c := range byte(' ') {
				costly[string([]byte{a, b, c})] = ""
			}
		}
	}
	deep := make([]any, 100_000)
	for i := range deep {
		deep[i] = map[string]any{}
	}
	numbers := make([]any, 136_000)
	for i := range numbers {
		numbers[i] = int64(1e18)
	}
	for name, attributes := range map[string]table.Attributes{
		"control characters": {"text": strings.Repeat("\x00", table.MaxItem-100)}, "empty texts": costly, "maps": {"list": deep}, "numbers": {"list": numbers},
	} {
		item := table.Item{Key: table.Key{Partition: "p", Sort: "s"}, Attributes: attributes}
		size, err := table.Size(&item)
		if err != nil || size > table.MaxItem {
			t.Fatalf("%s: %d bytes, %v: no table holds it", name, size, err)
		}
		if line := written(t, &item); len(line) > jsonl.MaxLine || len(line) > 12*size+1<<10 {
			t.Errorf("%s: %d bytes in a table make a line of %d", name, size, len(line))
		}
	}
}

func TestWhatIsNoItemIsRefused(t *testing.T) {
	for _, line := range []string{
		``, `{`, `null`, `[]`, `{"partition":"p","sort":"s"}`, `{"partition":"p","sort":"s","attributes":{"n":1.5}}`,
		`{"partition":"p","sort":"s","attributes":{"n":9223372036854775808}}`, `{"partition":"p","sort":"s","attributes":{"n":[{"m":null}]}}`,
		`{"partition":"p","sort":"s","attributes":{},"more":1}`, `{"partition":"p","sort":"s","attributes":{}} {}`,
		`{"partition":1,"sort":"s","attributes":{}}`, `{"partition":"p","sort":"s","expires":"1","attributes":{}}`,
	} {
		if item, err := jsonl.Parse([]byte(line)); !errors.Is(err, jsonl.ErrLine) {
			t.Errorf("%s was read as %v, %v", line, item, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for line := range items() {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		item, err := jsonl.Parse(line)
		if err != nil {
			return
		}
		again, err := jsonl.Parse([]byte(written(t, &item)))
		if err != nil || !reflect.DeepEqual(again, item) {
			t.Fatalf("%#v came back as %#v, %v", item, again, err)
		}
	})
}
