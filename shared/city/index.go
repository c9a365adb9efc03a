package city

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Index finds cities among those that are known, by what their names have in common with another one: no name is compared with all
// of them. It belongs to one check and is not safe for concurrent use.
type Index struct {
	byID      map[string]City
	written   map[place][]entry // by spelling: in a country, with its own name
	alsoKnown map[place][]entry // by spelling: with another name
	byFolded  map[string][]entry
	byCore    map[string][]entry // joined
	byBare    map[string][]entry // the qualified ones
	byLine    map[int][]entry    // by the lines of exonyms.txt that list the core
	byBareOn  map[int][]entry    // the qualified ones, by the lines that list the bare name
	byShape   map[shape][]outline
	nearby    map[string][]named // by country; in order where sorted
	sorted    map[string]bool
}

// place is a text in a country.
type place struct{ country, text string }

// entry is a city under one of its names.
type entry struct {
	id, country string
	qualified   bool
}

// outline is a name for which one that differs in a few letters is looked for.
type outline struct {
	parity uint64
	core   string
	id     string
}

// named is a city's own name with what it is compared by.
type named struct{ name, folded string }

// NewIndex makes an index of the cities given.
func NewIndex(known ...City) *Index {
	x := &Index{
		byID: map[string]City{}, written: map[place][]entry{}, alsoKnown: map[place][]entry{}, byFolded: map[string][]entry{},
		byCore: map[string][]entry{}, byBare: map[string][]entry{}, byLine: map[int][]entry{}, byBareOn: map[int][]entry{},
		byShape: map[shape][]outline{}, nearby: map[string][]named{}, sorted: map[string]bool{},
	}
	for _, c := range known {
		x.Add(c)
	}
	return x
}

// Add makes a city known. One that is known already under its identifier keeps its first spelling.
func (x *Index) Add(c City) {
	if _, known := x.byID[c.ID]; known {
		return
	}
	x.byID[c.ID] = c
	l := x.enter(c.ID, c.Country, c.Name)
	at := place{c.Country, spelling(c.Name)}
	x.written[at] = append(x.written[at], entry{id: c.ID, country: c.Country})
	x.nearby[c.Country] = append(x.nearby[c.Country], named{c.Name, l.folded})
	x.sorted[c.Country] = false
}

// AddName makes another name of a known city known, one that a person has said to mean it. It finds the city as its own name does,
// unless that spelling is a city's own name or means several.
func (x *Index) AddName(id, name string) {
	c, known := x.byID[id]
	at := place{c.Country, spelling(name)}
	if !known || slices.ContainsFunc(x.alsoKnown[at], func(e entry) bool { return e.id == id }) {
		return
	}
	x.alsoKnown[at] = append(x.alsoKnown[at], entry{id: id, country: c.Country})
	x.enter(id, c.Country, name)
}

// enter files a name under all that another one may share with it.
func (x *Index) enter(id, country, name string) likeness {
	l := likenessOf(name)
	e := entry{id: id, country: country, qualified: l.qualified}
	x.byFolded[l.folded] = append(x.byFolded[l.folded], e)
	x.byCore[l.joined] = append(x.byCore[l.joined], e)
	for _, line := range l.lines {
		x.byLine[line] = append(x.byLine[line], e)
	}
	if l.qualified {
		x.byBare[l.bare] = append(x.byBare[l.bare], e)
		for _, line := range l.bareLines {
			x.byBareOn[line] = append(x.byBareOn[line], e)
		}
	}
	s := shapeOf(l.core, country)
	x.byShape[s] = append(x.byShape[s], outline{parity(l.core), l.core, id})
	return l
}

// ByID gives the city with an identifier.
func (x *Index) ByID(id string) (City, bool) {
	c, ok := x.byID[id]
	return c, ok
}

// Named gives the cities of any country one of whose names is the same but for accents, hyphens and case, by identifier.
func (x *Index) Named(name string) []City {
	f := finder{index: x}
	f.take(x.byFolded[locale.Fold(name)])
	return f.cities()
}

// Match is what the index has for a name: the city written just so, or else those it may be, each list by identifier and none
// repeating another.
type Match struct {
	Exact   *City
	Other   bool   // Exact is found by another name than its own; see AddName
	Folded  []City // the same but for accents, hyphens and punctuation
	Alike   []City // the same but for article, title, qualifier or language
	Similar []City // near enough for a slip of the pen
}

// Candidates lists every city that the name may mean, the likeliest first.
func (m Match) Candidates() []City {
	if m.Exact != nil {
		return []City{*m.Exact}
	}
	return slices.Concat(m.Folded, m.Alike, m.Similar)
}

// Match looks a name up among the cities of one country.
func (x *Index) Match(name, country string) Match {
	at := place{country, spelling(name)}
	if own := x.written[at]; len(own) > 0 {
		c := x.byID[own[0].id]
		return Match{Exact: &c}
	}
	if also := x.alsoKnown[at]; len(also) == 1 {
		c := x.byID[also[0].id]
		return Match{Exact: &c, Other: true}
	}
	return x.candidates(name, country)
}

// candidates are the cities that a name may mean which is not on record.
func (x *Index) candidates(name, country string) Match {
	l := likenessOf(name)
	f := finder{index: x, country: country}
	var m Match
	f.take(x.byFolded[l.folded])
	m.Folded = f.cities()
	f.alike(l)
	m.Alike = f.cities()
	f.similar(l.core)
	m.Similar = f.cities()
	return m
}

// mostCandidates bounds how many cities a name may mean of each likeness: whoever has to choose reads no more.
const mostCandidates = 50

// finder gathers cities of a country, or of any, each once.
type finder struct {
	index   *Index
	country string // "" is any
	found   []string
	before  []string // identifiers that were given
}

func (f *finder) take(entries []entry) {
	for _, e := range entries {
		if f.add(e); len(f.found) == mostCandidates {
			return
		}
	}
}

func (f *finder) add(e entry) {
	if len(f.found) == mostCandidates || f.country != "" && e.country != f.country {
		return
	}
	if !slices.Contains(f.before, e.id) && !slices.Contains(f.found, e.id) {
		f.found = append(f.found, e.id)
	}
}

// cities gives what was found since the last time, by identifier.
func (f *finder) cities() []City {
	if len(f.found) == 0 {
		return nil
	}
	slices.Sort(f.found)
	all := make([]City, len(f.found))
	for i, id := range f.found {
		all[i] = f.index.byID[id]
	}
	f.before, f.found = append(f.before, f.found...), nil
	return all
}

// alike finds the names that may be the same written otherwise: with or without article, title or qualifier, or in another language.
func (f *finder) alike(l likeness) {
	x := f.index
	f.take(x.byCore[l.joined])
	f.listed(x.byLine, l.lines, false)
	if !l.qualified {
		f.take(x.byBare[l.joined])
		f.listed(x.byBareOn, l.lines, false)
		return
	}
	// Two names that both carry a qualifier, a different one, are two cities: Neuilly-sur-Seine and Neuilly-sur-Marne.
	for _, e := range x.byCore[l.bare] {
		if !e.qualified {
			f.add(e)
		}
	}
	f.listed(x.byLine, l.bareLines, true)
}

// listed takes the names of the same lines of exonyms.txt, each of which is about its country.
func (f *finder) listed(by map[int][]entry, lines []int, unqualified bool) {
	for _, line := range lines {
		country := otherNames().country[line]
		for _, e := range by[line] {
			if e.country == country && !(unqualified && e.qualified) {
				f.add(e)
			}
		}
	}
}

// similar finds the names that differ by a slip of the pen.
func (f *finder) similar(core string) {
	s, p := shapeOf(core, f.country), parity(core)
	letters := s.letters
	for s.letters = max(letters-2, 0); s.letters <= letters+2; s.letters++ {
		allowed := allowedSlips(letters, s.letters)
		if allowed == 0 || s.letters-letters > allowed || letters-s.letters > allowed {
			continue
		}
		for _, o := range f.index.byShape[s] {
			if bits.OnesCount64(o.parity^p) <= 2*allowed && locale.Distance(o.core, core, allowed) <= allowed {
				f.add(entry{id: o.id, country: f.country})
			}
		}
	}
}

// Nearest gives the known name of a country that a mistyped one most likely meant.
func (x *Index) Nearest(name, country string) (string, bool) {
	all := x.nearby[country]
	if !x.sorted[country] {
		slices.SortFunc(all, func(a, b named) int { return strings.Compare(a.name, b.name) })
		x.sorted[country] = true
	}
	folded := make([]string, len(all))
	for i := range all {
		folded[i] = all[i].folded
	}
	i, ok := locale.NearestFolded(locale.Fold(name), folded)
	if !ok {
		return "", false
	}
	return all[i].name, true
}

// freeID is the identifier for a city that is said to be new although its name folds to one that is known: the next free number
// is put behind it.
func (x *Index) freeID(name, country string) string {
	id := ID(name, country)
	for n := 2; ; n++ {
		if _, taken := x.byID[id]; !taken {
			return id
		}
		id = ID(name, country) + "-" + strconv.Itoa(n)
	}
}
