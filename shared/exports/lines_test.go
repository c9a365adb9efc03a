package exports

import "testing"

func TestWordsThatDoNotFitGoToTheNextLine(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  int
	}{
		{"", 10, 1},
		{"Europe and North America", 28, 1},
		{"Europe and North America", 24, 1},
		{"Europe and North America", 23, 2},
		{"Europe and North America", 10, 2 + 1},
		{"one\ntwo\n\nthree", 10, 4},
		{"ababababababababababababa", 10, 3}, // a word longer than the line
		{"ab ababababababababababababa", 10, 4},
	} {
		if got := lines(c.text, c.width); got != c.want {
			t.Errorf("%q in %d: %d lines, want %d", c.text, c.width, got, c.want)
		}
	}
}
