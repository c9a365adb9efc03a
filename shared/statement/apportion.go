package statement

import "math/bits"

// apportion divides so many minor units among classes in proportion to their weights, by the method of Webster and Sainte-Laguë: each next
// unit goes to the class with the highest weight/(2×units+1), of equal ones to the first. So with one unit more no class has less, and with
// as many units as all weights together each class has its weight. Weights are 0 or above, and not all 0; units are 0 or above.
func apportion(units int64, weights []int64) []int64 {
	var whole int64
	for _, w := range weights {
		whole += w
	}
	parts, left := make([]int64, len(weights)), units
	for i, w := range weights {
		high, low := bits.Mul64(uint64(units), uint64(w))
		part, rest := bits.Div64(high, low, uint64(whole))
		if rest >= uint64(whole)-rest {
			part++
		}
		parts[i] = int64(part)
		left -= parts[i]
	}
	for ; left > 0; left-- {
		next := 0
		for i := range weights {
			if before(weights[i], 2*parts[i]+1, weights[next], 2*parts[next]+1) {
				next = i
			}
		}
		parts[next]++
	}
	for ; left < 0; left++ {
		last := -1
		for i := range weights {
			if parts[i] > 0 && (last < 0 || !before(weights[i], 2*parts[i]-1, weights[last], 2*parts[last]-1)) {
				last = i
			}
		}
		parts[last]--
	}
	return parts
}

// before reports whether a/b is more than c/d.
func before(a, b, c, d int64) bool {
	high1, low1 := bits.Mul64(uint64(a), uint64(d))
	high2, low2 := bits.Mul64(uint64(c), uint64(b))
	return high1 > high2 || high1 == high2 && low1 > low2
}
