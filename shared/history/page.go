package history

import (
	"fmt"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// Page is a city's whole story.
type Page struct {
	ID       string // identifier, such as "FR#brest"
	Name     string
	Country  locale.Text
	Region   locale.Text   // UNESCO's; empty for none
	Names    []string      // other spellings on record
	Standing []locale.Text // what the city is and takes part in on the day of the page, a line each
	On       civil.Date
	Lines    []Line // in the order of their days
}

// dayWidth holds the longest day of the three languages: "22 de septiembre de 2025".
const dayWidth = 26

// Text writes the page in a language.
func (p Page) Text(lang locale.Lang) string {
	var out strings.Builder
	about := []string{p.ID}
	if region := p.Region.In(lang); region != "" {
		about = append(about, region)
	}
	if len(p.Names) > 0 {
		about = append(about, alsoWritten.In(lang)+" "+locale.List(lang, p.Names))
	}
	fmt.Fprintf(&out, "%s (%s)\n%s\n", locale.OneLine(p.Name), p.Country.In(lang), locale.OneLine(strings.Join(about, " · ")))
	fmt.Fprintf(&out, "\n%s\n", p.On.Text().In(lang))
	for _, standing := range p.Standing {
		fmt.Fprintf(&out, "  %s\n", locale.OneLine(standing.In(lang)))
	}
	out.WriteByte('\n')
	out.WriteString(Text(p.Lines, lang))
	return out.String()
}

// Text writes lines as plain text in a language: the day, what happened, the reason, and below it where it came from, once for what came
// from one place on one day.
func Text(lines []Line, lang locale.Lang) string {
	var out strings.Builder
	for i, l := range lines {
		day := l.On.Text().In(lang)
		if i > 0 && lines[i-1].On == l.On {
			day = ""
		}
		out.WriteString(day + strings.Repeat(" ", max(dayWidth-len([]rune(day)), 1)) + locale.OneLine(l.Text.In(lang)))
		if l.Reason != "" {
			out.WriteString(" – " + locale.OneLine(l.Reason))
		}
		out.WriteByte('\n')
		if from := l.Origin.Text(lang); from != "" && (i+1 == len(lines) || !l.sameOrigin(lines[i+1])) {
			below(&out, from)
		}
		if l.Ended != nil {
			below(&out, noLonger.In(lang)+" "+l.Ended.Text(lang))
		}
	}
	return out.String()
}

func below(out *strings.Builder, text string) {
	out.WriteString(strings.Repeat(" ", dayWidth+2) + text + "\n")
}

// sameOrigin reports whether where l came from can be said below the next line.
func (l Line) sameOrigin(next Line) bool {
	return l.On == next.On && l.Origin == next.Origin && l.Ended == nil && next.Ended == nil
}

// InOrder sorts lines by their days; those of one day stay in the order given.
func InOrder(lines []Line) []Line {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return a.On.Compare(b.On) })
	return lines
}

var (
	alsoWritten = locale.Text{EN: "also written", FR: "s’écrit aussi", ES: "también escrita"}
	noLonger    = locale.Text{EN: "withdrawn or replaced:", FR: "retiré ou remplacé :", ES: "retirado o sustituido:"}
)
