package sheet

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/currency"

	"github.com/learning-cities/guildhall/shared/locale"
)

// languages is a set of locale.Langs, by bit.
type languages uint8

const allLanguages = languages(1<<len(locale.Langs) - 1)

// titles finds the columns of a schema by what stands above them in a sheet.
type titles struct {
	schema  *Schema
	names   map[string]titleMatch // by the folded title
	words   map[string]titleMatch // by the title's own words in any order; column -1 where several columns share them
	known   map[string]bool       // all own words of titles
	labels  []string              // every label in every language, folded, for near misses
	labelOf []int                 // the column of each of labels
}

// titleMatch is the column that a title means, and the languages in which the title is its label. Aliases and identifiers
// belong to no language.
type titleMatch struct {
	column int
	langs  languages
}

func newTitles(schema *Schema) *titles {
	t := &titles{schema: schema, names: map[string]titleMatch{}, words: map[string]titleMatch{}, known: map[string]bool{}}
	for i := range schema.Columns {
		column := &schema.Columns[i]
		for bit, lang := range locale.Langs {
			label := locale.Fold(column.Label.In(lang))
			t.add(label, i, 1<<bit)
			t.labels, t.labelOf = append(t.labels, label), append(t.labelOf, i)
		}
		t.add(locale.Fold(column.ID), i, 0)
		for _, alias := range column.Aliases {
			t.add(locale.Fold(alias), i, 0)
		}
	}
	return t
}

func (t *titles) add(key string, column int, langs languages) {
	if key == "" {
		return
	}
	known, ok := t.names[key]
	if !ok {
		known.column = column
	}
	known.langs |= langs
	t.names[key] = known
	words := ownWords(key)
	for word := range strings.FieldsSeq(words) {
		t.known[word] = true
	}
	switch shared, ok := t.words[words]; {
	case words == "":
	case !ok:
		t.words[words] = titleMatch{column: column, langs: langs}
	case shared.column != column:
		t.words[words] = titleMatch{column: -1}
	default:
		t.words[words] = titleMatch{column: column, langs: shared.langs | langs}
	}
}

// find tells the column that a title means. Beside the title itself it tries it without what people add: a star, a unit or
// remark in brackets, a currency at the end ("Amount (USD) *", "Montant en EUR"); its parts where a title stands in several
// languages ("City / Ville / Ciudad"); and its words in another order ("Name of the mayor", "Mayor's name").
func (t *titles) find(text string) (titleMatch, bool) {
	key := locale.Fold(text)
	if m, ok := t.names[key]; ok {
		return m, true
	}
	bare := withoutCurrency(withoutBrackets(text))
	if len(bare) != len(text) {
		key = locale.Fold(bare)
		if m, ok := t.names[key]; ok {
			return m, true
		}
	}
	if m, ok := t.findParts(bare); ok {
		return m, true
	}
	return t.findWords(key)
}

// findWords finds a title by its own words. Nearly every text has one that no title has.
func (t *titles) findWords(key string) (titleMatch, bool) {
	for word := range strings.FieldsSeq(key) {
		if !t.known[word] && !joiningWords[word] {
			return titleMatch{}, false
		}
	}
	m, ok := t.words[ownWords(key)]
	return m, ok && m.column >= 0
}

// findParts reads a title in several languages; parts that are known must agree on the column.
func (t *titles) findParts(text string) (titleMatch, bool) {
	const between = "/|\n•"
	if !strings.ContainsAny(text, between) {
		return titleMatch{}, false
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(between, r) })
	found, any := titleMatch{langs: allLanguages}, false
	for _, part := range parts {
		m, ok := t.names[locale.Fold(part)]
		if !ok {
			continue
		}
		if any && m.column != found.column {
			return titleMatch{}, false
		}
		found.column, any = m.column, true
	}
	return found, any
}

// nearest gives the column, among those allowed, whose label a title misspells.
func (t *titles) nearest(text string, allowed func(column int) bool) (int, bool) {
	if len(text) > longestTitle {
		return 0, false
	}
	labels, owners := make([]string, 0, len(t.labels)), make([]int, 0, len(t.labels))
	for i, label := range t.labels {
		if allowed(t.labelOf[i]) {
			labels, owners = append(labels, label), append(owners, t.labelOf[i])
		}
	}
	for _, candidate := range []string{text, withoutCurrency(withoutBrackets(text))} {
		if i, ok := locale.NearestFolded(locale.Fold(candidate), labels); ok {
			return owners[i], true
		}
	}
	return 0, false
}

// withoutBrackets takes out what stands in brackets, nested ones included. Text that is all in brackets stays.
func withoutBrackets(text string) string {
	if !strings.ContainsAny(text, "([{") {
		return text
	}
	var out strings.Builder
	depth := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth = max(0, depth-1)
		case depth == 0:
			out.WriteRune(r)
		}
	}
	if strings.TrimSpace(out.String()) == "" {
		return text
	}
	return out.String()
}

// withoutCurrency takes a currency off the end: "Amount USD", "Amount, EUR", "Montant en €", "Amount in US$".
func withoutCurrency(text string) string {
	trimmed := strings.TrimRight(text, " \t\n*:")
	if at := strings.LastIndexFunc(trimmed, unicode.IsSpace); at < 0 || !isCurrencyWord(strings.TrimSpace(trimmed[at:])) {
		return text
	}
	words := strings.Fields(trimmed)
	if len(words) < 2 {
		return text
	}
	words = words[:len(words)-1]
	if last := words[len(words)-1]; len(words) > 1 && (last == "in" || last == "en") {
		words = words[:len(words)-1]
	}
	return strings.TrimRight(strings.Join(words, " "), " ,;:-–")
}

func isCurrencyWord(word string) bool {
	const longest = 6 // bytes
	if len(word) > longest {
		return false
	}
	if _, ok := currencySigns[word]; ok {
		return true
	}
	if len(word) != 3 || word != strings.ToUpper(word) {
		return false
	}
	_, err := currency.ParseISO(word)
	return err == nil
}

// joiningWords carry no meaning of their own in a title.
var joiningWords = map[string]bool{
	"a": true, "an": true, "the": true, "of": true, "for": true, "by": true, "s": true,
	"le": true, "la": true, "les": true, "l": true, "de": true, "du": true, "des": true, "d": true, "pour": true,
	"el": true, "los": true, "las": true, "del": true, "para": true, "por": true,
}

// ownWords gives the meaningful words of a folded title in alphabetical order; empty unless there are at least two, because a
// single word is too little to go by.
func ownWords(key string) string {
	words := strings.Fields(key)
	words = slices.DeleteFunc(words, func(w string) bool { return joiningWords[w] })
	if len(words) < 2 {
		return ""
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// tellingWords give a title's language away where it is an alias, which belongs to none.
var tellingWords = map[string]languages{
	"of": 1, "the": 1, "and": 1, "name": 1, "by": 1, "on": 1, "number": 1, "amount": 1, "city": 1, "country": 1,
	"le": 2, "du": 2, "des": 2, "et": 2, "nom": 2, "montant": 2, "ville": 2, "pays": 2, "au": 2, "d": 2, "l": 2,
	"el": 4, "del": 4, "y": 4, "nombre": 4, "fecha": 4, "importe": 4, "monto": 4, "ciudad": 4, "pais": 4, "los": 4, "las": 4,
}

// tellLanguages guesses the languages of a title by its small words; none when nothing tells.
func tellLanguages(text string) languages {
	var told languages
	for _, word := range strings.Fields(locale.Fold(text)) {
		told |= tellingWords[word]
	}
	return told
}
