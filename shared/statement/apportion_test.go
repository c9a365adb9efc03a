package statement

import (
	"math/rand/v2"
	"testing"
)

func TestAPartIsNeverLessWithOneMinorUnitMore(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for range 100 {
		weights := make([]int64, 1+r.IntN(8))
		var whole int64
		for i := range weights {
			weights[i] = r.Int64N(40)
			whole += weights[i]
		}
		if whole == 0 {
			continue
		}
		before := apportion(0, weights)
		for units := range whole + 3 {
			parts := apportion(units, weights)
			var sum int64
			for i, part := range parts {
				sum += part
				if part < before[i] || units == whole && part != weights[i] || weights[i] == 0 && part != 0 {
					t.Fatalf("%d of %v by %v, before %v", units, parts, weights, before)
				}
			}
			if sum != units {
				t.Fatalf("%v sum to %d, want %d", parts, sum, units)
			}
			before = parts
		}
	}
}

func TestTheLargestAmountsAreDividedExactly(t *testing.T) {
	weights := []int64{333_333_333_333_333, 333_333_333_333_334, 333_333_333_333_333}
	parts := apportion(999_999_999_999_999, weights)
	if parts[0]+parts[1]+parts[2] != 999_999_999_999_999 {
		t.Error(parts)
	}
	for i, part := range parts {
		if d := weights[i] - part; d < 0 || d > 1 {
			t.Errorf("%v of %v", parts, weights)
		}
	}
}
