package table_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

func TestSizeCountsAsDynamoDBDoes(t *testing.T) {
	frame := len("_partition") + 1 + len("_sort") + 1
	for name, c := range map[string]struct {
		item table.Item
		want int
	}{
		"keys only":            {table.Item{}, 0},
		"text in UTF-8 bytes":  {attrs("n", "é日"), 1 + 5},
		"empty text":           {attrs("n", ""), 1},
		"boolean":              {attrs("n", true), 1 + 1},
		"zero":                 {attrs("n", int64(0)), 1 + 2},
		"two digits a byte":    {attrs("n", int64(123)), 1 + 3},
		"no trailing zeros":    {attrs("n", int64(1_230_000)), 1 + 3},
		"pairs of the decimal": {attrs("n", int64(12_340)), 1 + 4}, // 1, 23, 40
		"a negative pair":      {attrs("n", int64(-12_340)), 1 + 5},
		"ten is one pair":      {attrs("n", int64(10)), 1 + 2},
		"a sign is a byte":     {attrs("n", int64(-123)), 1 + 4},
		"the least number":     {attrs("n", int64(math.MinInt64)), 1 + 12},
		"list":                 {attrs("n", []any{"ab", int64(1)}), 1 + 3 + 2 + 2 + 2},
		"map":                  {attrs("n", map[string]any{"k": "ab"}), 1 + 3 + 1 + 1 + 2},
		"empty list and map":   {attrs("n", []any{map[string]any{}}), 1 + 3 + 1 + 3},
		"expiry":               {table.Item{Expires: time.Unix(1_750_000_001, 0)}, len("_expires") + 6},
		"key in an index":      {table.Item{Index: map[string]table.Key{"i": {Partition: "ab", Sort: "c"}}}, len("_i_partition_i_sort") + 3},
		"attribute name in it": {attrs(strings.Repeat("é", 10), "x"), 20 + 1},
	} {
		c.item.Key = table.Key{Partition: "p", Sort: "s"}
		got, err := table.Size(&c.item)
		if err != nil || got != frame+c.want {
			t.Errorf("%s: got %d, %v, want %d", name, got-frame, err, c.want)
		}
	}
}

func attrs(name string, value any) table.Item {
	return table.Item{Attributes: table.Attributes{name: value}}
}
