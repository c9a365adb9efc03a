package city

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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

// Words that begin what tells two cities of one name apart ("Frankfurt am Main", "Boulogne-sur-Mer"); folded.
var qualifiers = []string{"am", "an der", "an", "im", "in", "upon", "on", "sur", "sous", "en", "les", "lez", "la", "le", "de la", "del", "de"}

// alike reports whether two folded names of one country may be the same city written otherwise: with or without article, title
// or qualifier, or in another language.
func alike(country, a, b string) bool {
	a, b = core(a), core(b)
	if sameInSomeLanguage(country, a, b) {
		return true
	}
	bareA, qualifiedA := unqualified(a)
	bareB, qualifiedB := unqualified(b)
	// Two names that both carry a qualifier, a different one, are two cities: Neuilly-sur-Seine and Neuilly-sur-Marne.
	return qualifiedA != qualifiedB && sameInSomeLanguage(country, bareA, bareB)
}

// core is a folded name without title and article, with "saint" spelt out.
func core(folded string) string {
	for _, title := range titles {
		if rest, ok := strings.CutPrefix(folded, title+" "); ok {
			folded = rest
			break
		}
	}
	for _, title := range afterTitles {
		if rest, ok := strings.CutSuffix(folded, " "+title); ok {
			folded = rest
			break
		}
	}
	for _, article := range articles {
		if rest, ok := strings.CutPrefix(folded, article+" "); ok {
			folded = rest
			break
		}
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

func unqualified(name string) (bare string, qualified bool) {
	for _, qualifier := range qualifiers {
		if i := strings.Index(name, " "+qualifier+" "); i > 0 {
			return name[:i], true
		}
	}
	return name, false
}

func sameInSomeLanguage(country, a, b string) bool {
	if a == b {
		return true
	}
	names := otherNames()
	cityOfA, known := names[country+"#"+a]
	return known && cityOfA == names[country+"#"+b]
}

//go:embed exonyms.txt
var exonyms string

// otherNames maps the country and core of a city's name in any language to the line of exonyms.txt that lists it.
var otherNames = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	lines := bufio.NewScanner(strings.NewReader(exonyms))
	for n := 1; lines.Scan(); n++ {
		country, list, found := strings.Cut(lines.Text(), ":")
		if !found || strings.HasPrefix(country, "#") {
			continue
		}
		for name := range strings.SplitSeq(list, "/") {
			names[country+"#"+core(locale.Fold(name))] = n
		}
	}
	return names
})

// similar reports whether two folded names differ by so little that one may be a slip of the other. Short names differ by one
// letter too often to ask about each: Metz and Sens are no slips of Retz and Lens. So do names that begin otherwise, which slips
// hardly ever do: Garoua is not Maroua, nor Nantes Mantes. Names with other digits are other places, such as the districts of one
// city.
func similar(a, b string) bool {
	a, b = core(a), core(b)
	first, _ := utf8.DecodeRuneInString(a)
	if !strings.HasPrefix(b, string(first)) || digits(a) != digits(b) {
		return false
	}
	letters := min(len([]rune(a)), len([]rune(b)))
	allowed := 2
	switch {
	case letters < 5:
		return false
	case letters < 9:
		allowed = 1
	}
	return locale.Distance(a, b, allowed) <= allowed
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
