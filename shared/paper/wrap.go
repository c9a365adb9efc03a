package paper

import "strings"

// wrap breaks a text into lines that are at most so wide: at spaces, but not at no-break spaces, and inside words that are wider than a
// line. A line feed in the text ends a line.
func (d *Document) wrap(s style, text string, wide float64) []string {
	if text == "" {
		return nil
	}
	d.use(s)
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, d.wrapLine(d.letters.set(paragraph), wide)...)
	}
	return lines
}

func (d *Document) wrapLine(text string, wide float64) []string {
	var lines []string
	var line string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) {
		if joined := line + " " + word; line != "" && d.pdf.GetStringWidth(joined) <= wide {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for d.pdf.GetStringWidth(word) > wide {
			head := d.fits(word, wide)
			lines = append(lines, head)
			word = word[len(head):]
		}
		line = word
	}
	return append(lines, line)
}

// fits is as much of the beginning of a word as a line takes: one letter at least.
func (d *Document) fits(word string, wide float64) string {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && d.pdf.GetStringWidth(word[:next]) > wide {
			break
		}
		end = next
	}
	return word[:end]
}
