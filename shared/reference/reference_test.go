package reference_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/reference"
)

var data = reference.Load()

func TestCountriesAreFoundByTheNamesPeopleWrite(t *testing.T) {
	for iso2, names := range map[string][]string{
		"CI": {"Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast", "Costa de Marfil", "CIV", "ci"},
		"TR": {"Türkiye", "Turkey", "Turquie", "Turquía", "TURKIYE"},
		"VN": {"Viet Nam", "Vietnam", "Viêt Nam", "viet-nam"},
		"KR": {"Republic of Korea", "South Korea", "République de Corée", "Corée du Sud", "Corea del Sur", "Korea (Republic of)", "Korea, Republic of"},
		"GB": {"United Kingdom", "UK", "U.K.", "Royaume-Uni", "Reino Unido", "England", "the United Kingdom"},
		"US": {"USA", "U.S.A.", "United States", "États-Unis", "Etats Unis", "Estados Unidos", "EE.UU.", "EE. UU.", "EEUU", "les États-Unis"},
		"CZ": {"Czechia", "Czech Republic", "République tchèque", "República Checa"},
		"BO": {"Bolivia", "Bolivie", "Bolivia (Plurinational State of)", "Estado Plurinacional de Bolivia"},
		"IR": {"Iran", "Irán", "Iran (Islamic Republic of)"},
		"RU": {"Russia", "Russie", "Rusia", "Russian Federation"},
		"TZ": {"Tanzania", "Tanzanie", "United Republic of Tanzania"},
		"MD": {"Moldova", "Moldavie", "Republic of Moldova"},
		"LA": {"Laos", "Lao PDR", "Lao People's Democratic Republic"},
		"SY": {"Syria", "Syrie", "Siria", "Syrian Arab Republic"},
		"CV": {"Cape Verde", "Cabo Verde", "Cap-Vert"},
		"CD": {"DR Congo", "RDC", "DRC", "Democratic Republic of the Congo", "RD Congo", "Congo-Kinshasa"},
		"CG": {"Republic of the Congo", "Congo-Brazzaville", "République du Congo"},
		"PS": {"Palestine", "State of Palestine", "Palestina"},
		"SZ": {"Eswatini", "Swaziland", "Suazilandia"},
		"MM": {"Myanmar", "Burma", "Birmanie", "Birmania"},
		"MK": {"North Macedonia", "Macedonia", "Macédoine du Nord", "FYROM"},
		"NL": {"Netherlands", "The Netherlands", "Pays-Bas", "Países Bajos", "los Países Bajos", "Holland", "Holanda"},
		"FR": {"France", "Francia", "FRA", "la France"},
		"CH": {"Switzerland", "Suisse", "Suiza"},
		"GM": {"The Gambia", "la Gambie"},
		"ES": {"Spain", "Espagne", "España", "Espana"},
		"SV": {"El Salvador"},
		"GN": {"Guinea", "Guinée"},
		"GW": {"Guinea-Bissau", "Guinée Bissau"},
		"GQ": {"Equatorial Guinea", "Guinea Ecuatorial"},
		"GF": {"Guyane"},
	} {
		for _, name := range names {
			if got, ok := data.Find(name); !ok || got.ISO2 != iso2 {
				t.Errorf("Find(%q) = %q, %v; want %s", name, got.ISO2, ok, iso2)
			}
		}
	}
}

// Unicode's own names are a second, independent list of what people may write.
// Only "Saint Martin" is short of an answer: the island has two halves.
func TestEveryNameOfCLDRIsFound(t *testing.T) {
	for _, c := range data.Countries() {
		region := language.MustParseRegion(c.ISO2)
		for _, tag := range []language.Tag{language.English, language.French, language.Spanish} {
			name := display.Regions(tag).Name(region)
			if suggestion, _ := data.Suggest(name); c.ISO2 == "MF" && strings.Contains(suggestion, c.Name.EN) {
				continue
			}
			if got, ok := data.Find(name); !ok || got.ISO2 != c.ISO2 {
				t.Errorf("%v: Find(%q) = %q, want %s", tag, name, got.ISO2, c.ISO2)
			}
		}
	}
}

func TestEveryCountryIsFoundByItsOwnNamesAndCodes(t *testing.T) {
	countries := data.Countries()
	if len(countries) != 249 {
		t.Fatalf("%d countries", len(countries))
	}
	for i, c := range countries {
		if i > 0 && countries[i-1].ISO2 >= c.ISO2 {
			t.Errorf("%s is out of order", c.ISO2)
		}
		for _, name := range []string{c.ISO2, c.ISO3, c.Name.EN, c.Name.FR, c.Name.ES} {
			if got, ok := data.Find(name); !ok || got != c {
				t.Errorf("Find(%q) = %q", name, got.ISO2)
			}
		}
		if got, ok := data.Country(c.ISO2); !ok || got != c {
			t.Errorf("Country(%q) = %v", c.ISO2, got)
		}
	}
}

func TestAnUnclearNameIsNotFoundButSuggested(t *testing.T) {
	for name, want := range map[string]string{
		"Congo":          "Democratic Republic of the Congo / Republic of the Congo",
		"Corée":          "Democratic People's Republic of Korea / Republic of Korea",
		"Virgin Islands": "British Virgin Islands / United States Virgin Islands",
		"Frnace":         "France",
		"Colmbia":        "Colombia",
		"Allemange":      "Allemagne",
		"Reino Undio":    "Reino Unido",
		"Switserland":    "Switzerland",
		"Atlantis":       "",
		"X":              "",
		"":               "",
	} {
		if got, ok := data.Find(name); ok {
			t.Errorf("Find(%q) = %s", name, got.ISO2)
		}
		if got, ok := data.Suggest(name); got != want || ok != (want != "") {
			t.Errorf("Suggest(%q) = %q, want %q", name, got, want)
		}
	}
}

// R-REG-1: "Africa" is 60 entries as a continent and 53 as UNESCO's region.
func TestAfricaHasTwoMeanings(t *testing.T) {
	continent, region := 0, 0
	var arab []string
	for _, c := range data.Countries() {
		if c.Continent == reference.AfricaID {
			continent++
		}
		if c.Region == reference.AfricaID {
			region++
		}
		if c.Continent == reference.AfricaID && c.Region == "arab-states" {
			arab = append(arab, c.ISO2)
		}
	}
	if continent != 60 || region != 53 {
		t.Errorf("continent %d, region %d", continent, region)
	}
	if len(arab) != 7 {
		t.Errorf("on the continent and in the Arab States: %v", arab)
	}
}

func TestEveryCountryButAntarcticaHasOneOfFiveRegions(t *testing.T) {
	if n := len(data.Regions()); n != 5 {
		t.Fatalf("%d regions", n)
	}
	for _, r := range append(data.Regions(), data.Continents()...) {
		if missing := r.Name.Missing(); len(missing) > 0 {
			t.Errorf("%s has no name in %v", r.ID, missing)
		}
	}
	for _, c := range data.Countries() {
		_, ok := data.Region(c.Region)
		known := c.RegionSource == reference.RegionFromList || c.RegionSource == reference.RegionFromRule
		if antarctica := c.ISO2 == "AQ"; ok == antarctica || known == antarctica {
			t.Errorf("%s: region %q from %q", c.ISO2, c.Region, c.RegionSource)
		}
	}
}

func TestIncomeGroupsStandWithTheirFiscalYear(t *testing.T) {
	counts := map[string]int{}
	for _, c := range data.Countries() {
		counts[c.IncomeGroup]++
		if (c.IncomeGroup == "") != (c.IncomeYear == 0) || (c.IncomeYear != 0 && c.IncomeYear != 2026) {
			t.Errorf("%s: %q of %d", c.ISO2, c.IncomeGroup, c.IncomeYear)
		}
		if c.LowIncome() != (c.IncomeGroup == "low") {
			t.Errorf("%s: low income %v", c.ISO2, c.LowIncome())
		}
	}
	for _, g := range data.IncomeGroups() {
		if counts[g.ID] == 0 || len(g.Name.Missing()) > 0 {
			t.Errorf("%s: %d countries, named %v", g.ID, counts[g.ID], g.Name)
		}
	}
	if counts["low"] != 25 || counts["lower-middle"] != 50 || counts["upper-middle"] != 53 || counts["high"] != 85 || counts[""] != 36 {
		t.Errorf("%v", counts)
	}
}

func TestCurrenciesHaveTheirMinorUnits(t *testing.T) {
	for code, digits := range map[string]int{"USD": 2, "EUR": 2, "JPY": 0, "XOF": 0, "TND": 3, "KWD": 3, "UYW": 4, "TRY": 2} {
		if got, ok := data.Currency(code); !ok || got.Digits != digits {
			t.Errorf("%s: %v, %v", code, got, ok)
		}
	}
	for _, c := range data.Currencies() {
		if money.ISO(c.Code) != c {
			t.Errorf("money writes %s with %d decimals, the reference has %d", c.Code, money.ISO(c.Code).Digits, c.Digits)
		}
	}
	if _, ok := data.Currency("XXX"); ok {
		t.Error("XXX is no currency")
	}
}

func TestCurrenciesAreFoundByNameAndSymbolUnlessSeveralShareIt(t *testing.T) {
	for text, want := range map[string]string{
		"usd": "USD", "US$": "USD", "dólares estadounidenses": "USD", "€": "EUR", "Euros": "EUR", "francs suisses": "CHF",
		"livre sterling": "GBP", "$": "", "dollar": "", "peso": "", "franc CFA": "", "": "",
	} {
		if got, ok := data.FindCurrency(text); got.Code != want || ok != (want != "") {
			t.Errorf("FindCurrency(%q) = %q, want %q", text, got.Code, want)
		}
	}
}

func TestListsAreCopies(t *testing.T) {
	data.Countries()[0].ISO2 = "ZZ"
	data.Regions()[0].ID = "nowhere"
	data.Currencies()[0].Code = "ZZZ"
	if data.Countries()[0].ISO2 == "ZZ" || data.Regions()[0].ID == "nowhere" || data.Currencies()[0].Code == "ZZZ" {
		t.Error("a caller changed the reference data")
	}
}
