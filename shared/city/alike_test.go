package city

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

// oddNames are names that are near each other in every way that the index knows, and texts that are hardly names.
var oddNames = []string{
	"Évry-Courcouronnes", "Evry Courcouronnes", "EvryCourcouronnes", "Hamburg", "Hambourg", "Hamburgo", "Ville de Hambourg", "Harburg",

	"Frankfurt", "Frankfurt am Main", "Frankfurt an der Oder", "Francfort-sur-le-Main", "Francfort", "La Havre", "Le Havre", "Havre",
	"St Etienne", "Saint-Étienne", "Saint Étienne-du-Rouvray", "Boulogne", "Boulogne-sur-Mer", "Boulogne-Billancourt", "Montpellier",
	"Monptellier", "Montpellier 2", "Montpellier 3", "Budapest II", "Budapest III", "Hangzhou", "Huangzhou", "The City of London",
	"London City", "City", "The", "La La", "", "-", "St", "Saint", "Łódź", "Lodz", "Αθήνα", "北京", "City of City of Brest", "ville d Avray",
}

// related is what the index is to find, said of two names alone.
func related(country, a, b string) string {
	x, y := likenessOf(a), likenessOf(b)
	oneOf := func(x, y []int) bool {
		return slices.ContainsFunc(x, func(line int) bool { return otherNames().country[line] == country && slices.Contains(y, line) })
	}
	s, t := shapeOf(x.core, country), shapeOf(y.core, country)
	allowed := allowedSlips(s.letters, t.letters)
	switch {
	case SameSpelling(a, b):
		return "exact"
	case x.folded == y.folded:
		return "folded"
	case x.joined == y.joined, oneOf(x.lines, y.lines),
		x.qualified != y.qualified && (x.bare == y.bare || oneOf(x.bareLines, y.bareLines)):
		return "alike"
	case s.first == t.first && s.numbers == t.numbers && allowed > 0 && locale.Distance(x.core, y.core, allowed) <= allowed:
		return "similar"
	}
	return ""
}

// found is how an index that knows a alone finds b.
func found(country, a, b string) string {
	m := NewIndex(City{ID: "1", Name: a, Country: country}).Match(b, country)
	switch {
	case m.Exact != nil:
		return "exact"
	case len(m.Folded) > 0:
		return "folded"
	case len(m.Alike) > 0:
		return "alike"
	case len(m.Similar) > 0:
		return "similar"
	}
	return ""
}

// Each name is compared with few others; none of those that are near is missed by that, whichever of the two is on record.
func TestTheIndexFindsWhatComparingEachPairWould(t *testing.T) {
	names := slices.Clone(oddNames)
	seeded := rand.New(rand.NewPCG(3, 11))
	for _, name := range oddNames {
		for range 2 {
			names = append(names, spoilt(seeded, spoilt(seeded, name)))
		}
	}
	for _, country := range []string{"FR", "DE", "CN"} {
		for _, a := range names {
			for _, b := range names {
				want := related(country, a, b)
				if got := found(country, a, b); got != want {
					t.Fatalf("%s: %q finds %q as %q, want %q", country, a, b, got, want)
				}
				if back := found(country, b, a); back != want {
					t.Fatalf("%s: %q finds %q as %q, and the other way as %q", country, a, b, want, back)
				}
			}
		}
	}
}

// spoilt is a name with one slip.
func spoilt(seeded *rand.Rand, name string) string {
	runes := []rune(name)
	if len(runes) < 2 {
		return name
	}
	at := seeded.IntN(len(runes) - 1)
	switch seeded.IntN(4) {
	case 0:
		runes[at], runes[at+1] = runes[at+1], runes[at]
	case 1:
		runes = slices.Delete(runes, at, at+1)
	case 2:
		runes = slices.Insert(runes, at, 'e')
	default:
		runes[at] = 'o'
	}
	return string(runes)
}

func TestNoNameIsAskedAboutAcrossCountries(t *testing.T) {
	for _, name := range oddNames {
		x := NewIndex(City{ID: "1", Name: name, Country: "FR"})
		if m := x.Match(name, "DE"); len(m.Candidates()) > 0 {
			t.Errorf("%q of another country is %+v", name, m)
		}
	}
}

func FuzzTheCoreOfACoreIsItself(f *testing.F) {
	for _, name := range oddNames {
		f.Add(name)
	}
	for _, words := range [][]string{titles, afterTitles, articles} {
		for _, word := range words {
			f.Add(word + " " + word + " x " + word)
		}
	}
	f.Fuzz(func(t *testing.T, name string) {
		once := core(locale.Fold(name))
		if twice := core(once); twice != once {
			t.Errorf("%q is %q, then %q", name, once, twice)
		}
		if locale.Fold(name) != "" && once == "" || strings.TrimSpace(once) != once {
			t.Errorf("%q is %q", name, once)
		}
	})
}

func FuzzANameIsNeverAskedAboutItself(f *testing.F) {
	for _, name := range oddNames {
		f.Add(name, "FR")
	}
	f.Fuzz(func(t *testing.T, name, country string) {
		for _, again := range []string{name, strings.ToUpper(name), name + " ", " " + name} {
			want := "exact"
			if !SameSpelling(name, again) {
				continue // such as ŉ, which has no upper case
			}
			if got := found(country, name, again); got != want {
				t.Errorf("%q finds %q as %q", name, again, got)
			}
		}
	})
}

// However many cities are near, whoever answers is shown some, and the same ones each time.
func TestManyCandidatesAreCutShort(t *testing.T) {
	x := NewIndex()
	for i := range 500 {
		name := "Boulogne-sur-" + strings.Repeat("x", i+1)
		x.Add(City{ID: ID(name, "FR"), Name: name, Country: "FR"})
	}
	first := x.Match("Boulogne", "FR").Candidates()
	if len(first) != mostCandidates || !slices.Equal(first, x.Match("Boulogne", "FR").Candidates()) {
		t.Errorf("%d candidates", len(first))
	}
}
