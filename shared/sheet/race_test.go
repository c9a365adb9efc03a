//go:build race

package sheet

// The race detector makes everything ten times as slow and large: it looks at a share of the mutated files, and at no memory.
const (
	raceEnabled = true
	shareOfRuns = 10
)
