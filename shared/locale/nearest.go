package locale

import (
	"strings"
	"unicode/utf8"
)

// Distance is the optimal string alignment distance over runes (insertions,
// deletions, substitutions and swaps of neighbours, none of them edited twice).
// It stops counting at max and gives max+1 for anything beyond.
func Distance(a, b string, max int) int {
	if len(a)/utf8.UTFMax > len(b)+max || len(b)/utf8.UTFMax > len(a)+max {
		return max + 1 // without a look at every letter of what may be megabytes
	}
	x, y := []rune(a), []rune(b)
	if len(x) < len(y) {
		x, y = y, x
	}
	if len(x)-len(y) > max {
		return max + 1
	}
	older, old, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range old {
		old[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(old[j]+1, row[j-1]+1, old[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
			best = min(best, row[j])
		}
		// A swap can reach back over one row, so both must be beyond the bound.
		if best > max && minOf(old) > max {
			return max + 1
		}
		older, old, row = old, row, older
	}
	return min(old[len(y)], max+1)
}

func minOf(values []int) int {
	least := values[0]
	for _, v := range values[1:] {
		least = min(least, v)
	}
	return least
}

// Nearest finds the candidate that a mistyped word most likely meant, comparing
// folded: at most 1 slip in a word of up to 4 letters, 2 up to 8, 3 beyond, and
// always fewer than half its letters. Of candidates equally near, the first wins,
// so the answer depends on nothing but the arguments.
func Nearest(word string, candidates []string) (string, bool) {
	folded := make([]string, len(candidates))
	for i, candidate := range candidates {
		folded[i] = Fold(candidate)
	}
	i, ok := NearestFolded(Fold(word), folded)
	if !ok {
		return "", false
	}
	return candidates[i], true
}

// NearestFolded is Nearest for texts that are folded already, where the same many
// candidates are asked again and again; it gives the candidate's index.
func NearestFolded(word string, candidates []string) (int, bool) {
	if word == "" {
		return 0, false
	}
	allowed, nearest := slips(word), -1
	for i, candidate := range candidates {
		d := Distance(word, candidate, allowed)
		if d > allowed {
			continue
		}
		nearest = i
		if d == 0 {
			break
		}
		allowed = d - 1 // only something nearer replaces it
	}
	return nearest, nearest >= 0
}

func slips(folded string) int {
	letters := len([]rune(strings.ReplaceAll(folded, " ", "")))
	allowed := 3
	switch {
	case letters <= 4:
		allowed = 1
	case letters <= 8:
		allowed = 2
	}
	return min(allowed, (letters-1)/2)
}
