package sheet

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// choices finds the choice of a column that a text means, by identifier, label or alias.
type choices struct {
	list  []Choice
	names map[string]int // by the folded name
}

func newChoices(list []Choice) *choices {
	c := &choices{list: list, names: map[string]int{}}
	for i := range list {
		for _, name := range list[i].names() {
			if key := locale.Fold(name); key != "" {
				c.names[key] = i
			}
		}
	}
	return c
}

// find gives the identifier of the choice that a text means.
func (c *choices) find(text string) (id string, ok bool) {
	i, ok := c.names[locale.Fold(text)]
	if !ok {
		return "", false
	}
	return c.list[i].ID, true
}

// nearest gives the label, in the sheet's language, of the choice that a text likely misspells.
func (c *choices) nearest(text string, lang locale.Lang) string {
	folded := locale.Fold(text)
	for _, each := range [...]locale.Lang{lang, locale.EN, locale.FR, locale.ES} {
		labels := make([]string, len(c.list))
		for i := range c.list {
			labels[i] = locale.Fold(c.list[i].Label.In(each))
		}
		if i, ok := locale.NearestFolded(folded, labels); ok {
			return c.list[i].Label.In(lang)
		}
	}
	names, owners := []string{}, []int{}
	for i := range c.list {
		for _, name := range append([]string{c.list[i].ID}, c.list[i].Aliases...) {
			names, owners = append(names, locale.Fold(name)), append(owners, i)
		}
	}
	if i, ok := locale.NearestFolded(folded, names); ok {
		return c.list[owners[i]].Label.In(lang)
	}
	return ""
}

// maxJoined is how many pieces of a list can belong to one name that has separators in it.
const maxJoined = 5

// split reads a list of choices. Semicolons, line ends, commas, bars and bullets stand between them, unless they belong to a
// choice's own name: of pieces in a row the longest that is a name is taken. It gives each choice once, and the first piece that is none.
func (c *choices) split(text string, find func(string) (string, bool)) (ids []string, unknown string) {
	pieces, ends := splitList(text)
	seen := map[string]bool{}
	for i := 0; i < len(pieces); {
		id, taken := "", 0
		for j := min(len(pieces), i+maxJoined); j > i && taken == 0; j-- {
			if found, ok := find(text[pieces[i]:ends[j-1]]); ok {
				id, taken = found, j-i
			}
		}
		if taken == 0 {
			piece := strings.TrimSpace(text[pieces[i]:ends[i]])
			if locale.Fold(piece) != "" && unknown == "" {
				unknown = piece
			}
			i++
			continue
		}
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
		i += taken
	}
	return ids, unknown
}

// splitList gives the starts and ends of the pieces of a list.
func splitList(text string) (starts, ends []int) {
	const most = 100 // pieces; what comes behind is one piece that no choice can be
	start := 0
	for i, r := range text {
		if !strings.ContainsRune(";\n,|•、；，", r) || len(starts) >= most {
			continue
		}
		starts, ends = append(starts, start), append(ends, i)
		start = i + len(string(r))
	}
	return append(starts, start), append(ends, len(text))
}
