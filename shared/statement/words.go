package statement

import "github.com/learning-cities/guildhall/shared/locale"

// Text names a line.
func (l Line) Text() locale.Text { return lineTexts[l] }

var lineTexts = map[Line]locale.Text{
	Opening:     {EN: "Opening balance", FR: "Solde d’ouverture", ES: "Saldo inicial"},
	Received:    {EN: "Contributions received", FR: "Contributions reçues", ES: "Contribuciones recibidas"},
	Interest:    {EN: "Share of interest", FR: "Part des intérêts", ES: "Parte de los intereses"},
	Exchange:    {EN: "Share of exchange differences", FR: "Part des différences de change", ES: "Parte de las diferencias de cambio"},
	Spent:       {EN: "Spent on activities", FR: "Dépensé pour les activités", ES: "Gastado en actividades"},
	Support:     {EN: "Programme support costs", FR: "Dépenses d’appui au programme", ES: "Gastos de apoyo al programa"},
	Refunded:    {EN: "Refunded", FR: "Remboursé", ES: "Reembolsado"},
	Adjusted:    {EN: "Adjusted", FR: "Ajustements", ES: "Ajustes"},
	Closing:     {EN: "Closing balance", FR: "Solde de clôture", ES: "Saldo final"},
	Unallocated: {EN: "of which unallocated", FR: "dont non alloué", ES: "de ello, sin asignar"},
	Allocated:   {EN: "of which allocated and unspent", FR: "dont alloué et non dépensé", ES: "de ello, asignado y no gastado"},
}

// Text names a status.
func (s Status) Text() locale.Text {
	if s == Final {
		return locale.Text{EN: "Final", FR: "Définitif", ES: "Definitivo"}
	}
	return locale.Text{EN: "Provisional", FR: "Provisoire", ES: "Provisional"}
}

// Text names a column; Earlier counts in the cumulative one.
func (c Column) Text() locale.Text {
	switch c {
	case InPeriod:
		return locale.Text{EN: "Period", FR: "Période", ES: "Periodo"}
	case InPrior:
		return locale.Text{EN: "Prior period", FR: "Période précédente", ES: "Periodo anterior"}
	}
	return locale.Text{EN: "Earlier", FR: "Antérieur", ES: "Anterior"}
}

// CumulativeText heads the column of all time up to the period's end.
var CumulativeText = locale.Text{EN: "Cumulative", FR: "Cumulé", ES: "Acumulado"}

// MethodText names the method of attribution, for the cover.
var MethodText = locale.Text{
	EN: "Pooled money: spending is attributed pro rata to each donor’s part of the fund at the time, earmarked money first to its purpose.",
	FR: "Fonds commun : les dépenses sont attribuées au prorata de la part de chaque donateur dans le fonds au moment considéré, les contributions affectées d’abord à leur objet.",
	ES: "Fondo común: los gastos se atribuyen a prorrata de la parte de cada donante en el fondo en cada momento, y el dinero preasignado primero a su finalidad.",
}

// Text names a measure.
func (m Measure) Text() locale.Text { return measureTexts[m] }

var measureTexts = map[Measure]locale.Text{
	AfricaRegion:    {EN: "Africa (UNESCO region)", FR: "Afrique (région de l’UNESCO)", ES: "África (región de la UNESCO)"},
	AfricaContinent: {EN: "Africa (continent)", FR: "Afrique (continent)", ES: "África (continente)"},
	LowIncome:       {EN: "Low-income countries", FR: "Pays à faible revenu", ES: "Países de ingreso bajo"},
	RegionOrLowIncome: {
		EN: "Africa (UNESCO region) or low-income", FR: "Afrique (région de l’UNESCO) ou faible revenu", ES: "África (región de la UNESCO) o ingreso bajo",
	},
	AnyOfThem: {EN: "Africa (continent) or low-income", FR: "Afrique (continent) ou faible revenu", ES: "África (continente) o ingreso bajo"},
}

// Measures are all, in the order in which they are shown.
var Measures = []Measure{AfricaRegion, AfricaContinent, LowIncome, RegionOrLowIncome, AnyOfThem}

// Text names a kind of beneficiary rows.
func (r Reach) Text() locale.Text {
	switch r {
	case ReachCountry:
		return locale.Text{EN: "Country", FR: "Pays", ES: "País"}
	case ReachUnnamed:
		return locale.Text{EN: "No beneficiary named", FR: "Aucun bénéficiaire indiqué", ES: "Sin beneficiario indicado"}
	}
	return locale.Text{EN: "Corrections of earlier spending", FR: "Corrections de dépenses antérieures", ES: "Correcciones de gastos anteriores"}
}

// NobodyText names the donor of what belongs to none.
var NobodyText = locale.Text{
	EN: "Nobody (what came to a fund without money)", FR: "Personne (ce qui est arrivé dans un fonds vide)", ES: "Nadie (lo que llegó a un fondo sin dinero)",
}
