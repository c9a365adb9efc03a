package reference

import "github.com/learning-cities/guildhall/shared/locale"

// UNESCO's five regions (R-REG-1), in UNESCO's own alphabetical order.
var regions = []Region{
	{AfricaID, locale.Text{EN: "Africa", FR: "Afrique", ES: "África"}},
	{"arab-states", locale.Text{EN: "Arab States", FR: "États arabes", ES: "Estados Árabes"}},
	{"asia-pacific", locale.Text{EN: "Asia and the Pacific", FR: "Asie et Pacifique", ES: "Asia y el Pacífico"}},
	{"europe-north-america", locale.Text{EN: "Europe and North America", FR: "Europe et Amérique du Nord", ES: "Europa y América del Norte"}},
	{"latin-america-caribbean", locale.Text{EN: "Latin America and the Caribbean", FR: "Amérique latine et Caraïbes", ES: "América Latina y el Caribe"}},
}

var continents = []Region{
	{AfricaID, locale.Text{EN: "Africa (continent)", FR: "Afrique (continent)", ES: "África (continente)"}},
	{"americas", locale.Text{EN: "Americas", FR: "Amériques", ES: "Américas"}},
	{"asia", locale.Text{EN: "Asia", FR: "Asie", ES: "Asia"}},
	{"europe", locale.Text{EN: "Europe", FR: "Europe", ES: "Europa"}},
	{"oceania", locale.Text{EN: "Oceania", FR: "Océanie", ES: "Oceanía"}},
}

var incomeGroups = []IncomeGroup{
	{"low", locale.Text{EN: "Low income", FR: "Faible revenu", ES: "Ingreso bajo"}},
	{"lower-middle", locale.Text{EN: "Lower middle income", FR: "Revenu intermédiaire, tranche inférieure", ES: "Ingreso mediano bajo"}},
	{"upper-middle", locale.Text{EN: "Upper middle income", FR: "Revenu intermédiaire, tranche supérieure", ES: "Ingreso mediano alto"}},
	{"high", locale.Text{EN: "High income", FR: "Revenu élevé", ES: "Ingreso alto"}},
}

// Regions lists UNESCO's five regions.
func (d *Data) Regions() []Region { return append([]Region(nil), regions...) }

// Region looks one of UNESCO's regions up.
func (d *Data) Region(id string) (Region, bool) { return regionOf(regions, id) }

// Continents lists the M49 regions. Africa here is the continent, and its name
// says so, because UNESCO's region of that name has seven countries fewer.
func (d *Data) Continents() []Region { return append([]Region(nil), continents...) }

// IncomeGroups lists the World Bank's groups from low to high.
func (d *Data) IncomeGroups() []IncomeGroup { return append([]IncomeGroup(nil), incomeGroups...) }

func regionOf(all []Region, id string) (Region, bool) {
	for _, r := range all {
		if r.ID == id {
			return r, true
		}
	}
	return Region{}, false
}
