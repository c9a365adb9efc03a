package city_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/city"
)

func TestACityHasOneIdentifierHoweverItIsTyped(t *testing.T) {
	for _, name := range []string{"Évry-Courcouronnes", "EVRY COURCOURONNES", "evry - courcouronnes", "E\u0301vry-Courcouronnes"} {
		if got, want := city.ID(name, "FR"), "FR#evry-courcouronnes"; got != want {
			t.Errorf("ID(%q) = %q, want %q", name, got, want)
		}
	}
	if city.ID("Brest", "FR") == city.ID("Brest", "BY") {
		t.Error("Brest in France and Brest in Belarus have one identifier")
	}
}

func TestTheCountryIsTakenOffAName(t *testing.T) {
	isCountry := func(text string) bool { return text == "France" || text == "Allemagne" }
	for _, c := range []struct{ text, name, country string }{
		{"Évry Courcouronnes (France)", "Évry Courcouronnes", "France"},
		{"Brest, France", "Brest", "France"},
		{"Brest", "Brest", ""},
		{"Frankfurt (Oder)", "Frankfurt (Oder)", ""},
		{"Frankfurt (Oder), Allemagne", "Frankfurt (Oder)", "Allemagne"},
		{"(France)", "(France)", ""},
		{"", "", ""},
	} {
		if name, country := city.Split(c.text, isCountry); name != c.name || country != c.country {
			t.Errorf("Split(%q) = %q, %q; want %q, %q", c.text, name, country, c.name, c.country)
		}
	}
}

func TestLetterCaseAndEncodingAreNoOtherSpelling(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Brest", "BREST", true},
		{"Évry", "E\u0301vry", true},
		{"Clermont\u00A0Ferrand", "Clermont Ferrand", true},
		{"Évry", "Evry", false},
		{"Clermont-Ferrand", "Clermont Ferrand", false},
	} {
		if got := city.SameSpelling(c.a, c.b); got != c.same {
			t.Errorf("SameSpelling(%q, %q) = %v", c.a, c.b, got)
		}
	}
}
