// Package reference is the embedded reference data: countries, UNESCO's regions,
// continents, World Bank income groups and currencies, with the many ways in
// which people write their names. It knows nothing of cities, sheets or rules;
// where each file comes from stands in its README.
package reference

import (
	"sort"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// Where a country's UNESCO region comes from.
const (
	RegionFromList = "whc-2019" // named in UNESCO's World Heritage list of 2019
	RegionFromRule = "m49-rule" // follows from its M49 region; to be verified by the secretariat
)

// AfricaID is the identifier of Africa in both of its meanings: UNESCO's region
// (53 entries) in Country.Region, the continent (60) in Country.Continent (R-REG-1).
const AfricaID = "africa"

// Country is an entry of ISO 3166-1. Blank means that the sources say nothing.
type Country struct {
	ISO2, ISO3   string
	M49          string // three digits
	Name         locale.Text
	Region       string // UNESCO's region: an ID of Regions
	RegionSource string // RegionFromList or RegionFromRule
	Continent    string // M49 region: an ID of Continents
	IncomeGroup  string // World Bank: an ID of IncomeGroups, "" when not classified
	IncomeYear   int    // the fiscal year of the group, 0 without one
	Currency     string // ISO 4217
}

// LowIncome reports whether the World Bank counts the country as low-income (R-FUN-5).
func (c Country) LowIncome() bool { return c.IncomeGroup == "low" }

// Region is a group of countries: one of UNESCO's regions or a continent.
type Region struct {
	ID   string
	Name locale.Text
}

// IncomeGroup is one of the World Bank's four groups.
type IncomeGroup struct {
	ID   string
	Name locale.Text
}

// Data is all reference data, immutable and safe for use by several goroutines.
type Data struct {
	countries  []Country // by ISO2
	byISO2     map[string]int
	names      map[string]int   // folded name or code → index of countries
	ambiguous  map[string][]int // folded name → the countries that it can mean
	spellings  []string         // names to suggest, official ones first
	folded     []string         // spellings, folded
	currencies []money.Currency // by code
	byCode     map[string]int
	money      map[string]string // folded name → code
}

// Load gives the embedded data, parsed at the first call.
func Load() *Data { return load() }

// A fault in the embedded files is a mistake of the build, which every test of
// this package would meet first.
var load = sync.OnceValue(func() *Data {
	data, err := parse(files)
	if err != nil {
		panic(err)
	}
	return data
})

// Country looks a country up by its ISO 3166-1 alpha-2 code, in capitals.
func (d *Data) Country(iso2 string) (Country, bool) {
	i, ok := d.byISO2[iso2]
	if !ok {
		return Country{}, false
	}
	return d.countries[i], true
}

// Countries lists all of them by ISO2.
func (d *Data) Countries() []Country { return append([]Country(nil), d.countries...) }

// Find recognises a country by its name in any of the three languages, by a
// common variant, or by its alpha-2 or alpha-3 code, whatever the accents, case
// and punctuation. A name that means several countries ("Congo") finds none.
func (d *Data) Find(name string) (Country, bool) {
	folded := locale.Fold(name)
	if _, several := d.ambiguous[folded]; several {
		return Country{}, false
	}
	for _, candidate := range []string{folded, withoutArticle(folded)} {
		if i, ok := d.names[candidate]; ok {
			return d.countries[i], true
		}
	}
	return Country{}, false
}

// Suggest proposes what an unrecognised name may have meant: the nearest name in
// the sender's own spelling of it, or, for a name of several countries, all of
// them ("Democratic Republic of the Congo / Republic of the Congo").
func (d *Data) Suggest(name string) (string, bool) {
	folded := locale.Fold(name)
	if several, ok := d.ambiguous[folded]; ok {
		return d.namesOf(several), true
	}
	i, ok := locale.NearestFolded(folded, d.folded)
	if !ok {
		return "", false
	}
	return d.spellings[i], true
}

func (d *Data) namesOf(indexes []int) string {
	names := make([]string, len(indexes))
	for i, index := range indexes {
		names[i] = d.countries[index].Name.EN
	}
	sort.Strings(names)
	return strings.Join(names, " / ")
}

// withoutArticle drops what the three languages put before some countries' names.
func withoutArticle(folded string) string {
	first, rest, found := strings.Cut(folded, " ")
	if !found {
		return folded
	}
	switch first {
	case "the", "la", "le", "les", "l", "el", "los", "las":
		return rest
	}
	return folded
}

// Currency looks a currency up by its ISO 4217 code, in capitals.
func (d *Data) Currency(code string) (money.Currency, bool) {
	i, ok := d.byCode[code]
	if !ok {
		return money.Currency{}, false
	}
	return d.currencies[i], true
}

// Currencies lists all of them by code.
func (d *Data) Currencies() []money.Currency {
	return append([]money.Currency(nil), d.currencies...)
}

// FindCurrency recognises a currency by code, symbol or common name in the three
// languages. "$", "dollar", "peso" or "franc" alone mean several and find none.
func (d *Data) FindCurrency(text string) (money.Currency, bool) {
	code, ok := d.money[locale.Fold(text)]
	if !ok {
		return money.Currency{}, false
	}
	return d.Currency(code)
}
