package main

import "fmt"

// target is something that a comparison must show.
type target struct {
	what        string
	figure      func([][]run) float64
	unit        string
	least, most float64 // 0: no such bound
}

// verdict says whether a target is met, with the figure.
func (t *target) verdict(results [][]run) string {
	figure := t.figure(results)
	met, bound := figure >= t.least, fmt.Sprintf("at least %g", t.least)
	if t.most > 0 {
		met, bound = figure < t.most, fmt.Sprintf("less than %g", t.most)
	}
	word := "missed"
	if met {
		word = "met"
	}
	return fmt.Sprintf("- %s: %s: %.2f%s (%s)", word, t.what, figure, t.unit, bound)
}

// times is how many times as long one program takes as another, by their places in the comparison.
func times(one, other int) func([][]run) float64 {
	return func(results [][]run) float64 { return median(results[one]) / median(results[other]) }
}

// mebibytes is the most memory that a program had resident in any run.
func mebibytes(program int) func([][]run) float64 {
	return func(results [][]run) float64 { return float64(peakOf(results[program])) / (1 << 20) }
}

func peakOf(runs []run) int64 {
	peak := int64(0)
	for i := range runs {
		peak = max(peak, runs[i].Peak)
	}
	return peak
}
