// Package city is the identity of a city: how its name and country become one identifier, and when two spellings may mean the
// same place. It knows neither members nor applications, and reads no storage: whoever asks brings the cities that are known.
package city

import (
	"strings"

	"golang.org/x/text/cases"

	"github.com/learning-cities/guildhall/shared/locale"
)

// City is one city as the network knows it.
type City struct {
	ID      string // such as "FR#brest"; stays the same when the name's spelling is corrected
	Name    string // as the city itself writes it
	Country string // ISO 3166-1 alpha-2
}

// ID is the identifier of a city's first registration: the country's ISO code, "#", and the folded name with hyphens, so that
// "Évry-Courcouronnes" and "EVRY COURCOURONNES" come to the same one.
func ID(name, country string) string { return country + "#" + slug(name) }

func slug(name string) string { return strings.ReplaceAll(locale.Fold(name), " ", "-") }

// Split takes the country off a name that carries it: "Évry Courcouronnes (France)" and "Brest, France". isCountry tells which
// texts name a country, so "Frankfurt (Oder)" stays whole. Without a country, the second result is empty.
func Split(text string, isCountry func(string) bool) (name, country string) {
	text = strings.TrimSpace(text)
	if rest, found := strings.CutSuffix(text, ")"); found {
		if i := strings.LastIndexByte(rest, '('); i > 0 {
			if inner := strings.TrimSpace(rest[i+1:]); isCountry(inner) {
				return strings.TrimSpace(rest[:i]), inner
			}
		}
	}
	if i := strings.LastIndexByte(text, ','); i > 0 {
		if last := strings.TrimSpace(text[i+1:]); isCountry(last) {
			return strings.TrimSpace(text[:i]), last
		}
	}
	return text, ""
}

var caseFolder = cases.Fold() // stateless: safe to share

// spelling is what two writings of a name share that need no question: characters composed alike, single spaces, letter case
// folded. Accents and hyphens still count.
func spelling(name string) string {
	clean, _ := locale.Normalise(name)
	return caseFolder.String(strings.Join(strings.Fields(clean), " "))
}

// SameSpelling reports whether two names differ in nothing but letter case and the encoding of their characters.
func SameSpelling(a, b string) bool { return spelling(a) == spelling(b) }
