package city

import (
	"bufio"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Words before a name that say no more than that it is a city, in the three languages; folded.
var titles = []string{
	"the city of", "city of", "the town of", "town of", "municipality of", "the municipality of",
	"la ville de", "ville de", "ville d", "la ville d", "commune de", "commune d", "municipalite de",
	"la ciudad de", "ciudad de", "municipio de", "el municipio de", "ayuntamiento de", "municipalidad de",
}

// Words after a name that say no more than that it is a city; folded.
var afterTitles = []string{"city council", "city", "municipality"}

// Articles that are written or left out before a name ("Le Havre", "The Hague", "La Havana"); folded.
var articles = []string{"the", "le", "la", "les", "l", "el", "los", "las", "al"}

// Words that begin what tells two cities of one name apart ("Frankfurt am Main", "Boulogne-sur-Mer"); folded, between spaces.
var qualifiers = []string{
	" am ", " an der ", " an ", " im ", " in ", " upon ", " on ", " sur ", " sous ", " en ", " les ", " lez ", " la ", " le ", " de la ",
	" del ", " de ",
}

// likeness is what of a name tells which others may mean the same city: worked out once for each name.
type likeness struct {
	folded    string
	core      string // without title and article
	joined    string // the core without spaces: Changhua is Chang-hua
	bare      string // the core without what tells cities of one name apart, likewise without spaces
	qualified bool   // bare is not all of the core
	lines     []int  // of exonyms.txt that list the joined core, whatever the country; the same of the bare name
	bareLines []int
}

func likenessOf(name string) likeness {
	l := likeness{folded: locale.Fold(name)}
	l.core = core(l.folded)
	l.joined = joined(l.core)
	l.bare, l.qualified = unqualified(l.core)
	l.bare = joined(l.bare)
	l.lines = otherNames().lines[l.joined]
	l.bareLines = l.lines
	if l.qualified {
		l.bareLines = otherNames().lines[l.bare]
	}
	return l
}

func joined(core string) string { return strings.ReplaceAll(core, " ", "") }

// core is a folded name without titles and articles, with "saint" spelt out. The core of a core is itself.
func core(folded string) string {
	for before := ""; before != folded; {
		before = folded
		for _, title := range titles {
			folded = withoutFirst(folded, title)
		}
		for _, title := range afterTitles {
			if n := len(folded) - len(title); n > 1 && folded[n-1] == ' ' && folded[n:] == title {
				folded = folded[:n-1]
			}
		}
		for _, article := range articles {
			folded = withoutFirst(folded, article)
		}
	}
	if !strings.HasPrefix(folded, "st") && !strings.Contains(folded, " st") {
		return folded
	}
	words := strings.Fields(folded)
	for i, word := range words {
		switch word {
		case "st":
			words[i] = "saint"
		case "ste":
			words[i] = "sainte"
		}
	}
	return strings.Join(words, " ")
}

// withoutFirst is a folded name without words that it begins with; one that is nothing but these words stays.
func withoutFirst(folded, words string) string {
	if len(folded) > len(words)+1 && folded[len(words)] == ' ' && folded[:len(words)] == words {
		return folded[len(words)+1:]
	}
	return folded
}

func unqualified(name string) (bare string, qualified bool) {
	if strings.IndexByte(name, ' ') < 0 {
		return name, false
	}
	for _, qualifier := range qualifiers {
		if i := strings.Index(name, qualifier); i > 0 {
			return name[:i], true
		}
	}
	return name, false
}

//go:embed exonyms.txt
var exonyms string

// names of exonyms.txt: which lines list a joined core, and the country of each line.
type exonymLines struct {
	lines   map[string][]int
	country map[int]string
}

var otherNames = sync.OnceValue(func() exonymLines {
	all := exonymLines{map[string][]int{}, map[int]string{}}
	lines := bufio.NewScanner(strings.NewReader(exonyms))
	for n := 1; lines.Scan(); n++ {
		country, list, found := strings.Cut(lines.Text(), ":")
		if !found || strings.HasPrefix(country, "#") {
			continue
		}
		all.country[n] = country
		for name := range strings.SplitSeq(list, "/") {
			key := joined(core(locale.Fold(name)))
			if !slices.Contains(all.lines[key], n) {
				all.lines[key] = append(all.lines[key], n)
			}
		}
	}
	return all
})
