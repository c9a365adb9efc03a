package kinds

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The figures of the application form, each with the year that it holds for (R-APP-10).
var (
	labelPopulation     = text3("Population", "Population", "Población")
	labelPopulationYear = text3("Population: year", "Population : année", "Población: año")
	labelArea           = text3("Area (km²)", "Superficie (km²)", "Superficie en km²")
	labelAreaYear       = text3("Area: year", "Superficie : année", "Superficie: año")
	labelGDPCity        = text3("GDP per capita of the city (USD)", "PIB par habitant de la ville (USD)",
		"PIB per cápita de la ciudad (USD)")
	labelGDPCityYear = text3("GDP of the city: year", "PIB de la ville : année", "PIB de la ciudad: año")
	labelGDPCountry  = text3("GDP per capita of the country (USD)", "PIB par habitant du pays (USD)",
		"PIB per cápita del país (USD)")
	labelGDPCountryYear = text3("GDP of the country: year", "PIB du pays : année", "PIB del país: año")
	labelSchoolingWomen = text3("Mean years of schooling, women", "Durée moyenne de scolarisation, femmes",
		"Años medios de escolaridad, mujeres")
	labelSchoolingMen = text3("Mean years of schooling, men", "Durée moyenne de scolarisation, hommes",
		"Años medios de escolaridad, hombres")
	labelSchoolingYear = text3("Mean years of schooling: year", "Durée moyenne de scolarisation : année",
		"Años medios de escolaridad: año")
)

func profileColumns() []sheet.Column {
	return []sheet.Column{
		populationColumn(),
		yearColumn("population_year", labelPopulationYear, "Year of population", "Population year", "Année de la population",
			"Année (population)", "Año de la población", "Año (población)"),
		decimalColumn("area_km2", labelArea, "Area", "Surface area", "Area in km²", "Area (sq km)", "Superficie", "Surface",
			"Surface (km²)", "Superficie en km2", "Extensión", "Área"),
		yearColumn("area_year", labelAreaYear, "Year of area", "Area year", "Année de la superficie", "Año de la superficie"),
		decimalColumn("gdp_city", labelGDPCity, "GDP per capita of city", "City GDP per capita", "GDP per capita (city)",
			"PIB par habitant (ville)", "PIB de la ville par habitant", "PIB per cápita (ciudad)"),
		yearColumn("gdp_city_year", labelGDPCityYear, "Year of city GDP", "City GDP year", "Année du PIB de la ville",
			"Año del PIB de la ciudad"),
		decimalColumn("gdp_country", labelGDPCountry, "GDP per capita of country", "Country GDP per capita",
			"GDP per capita (country)", "PIB par habitant (pays)", "PIB du pays par habitant", "PIB per cápita (país)"),
		yearColumn("gdp_country_year", labelGDPCountryYear, "Year of country GDP", "Country GDP year", "Année du PIB du pays",
			"Año del PIB del país"),
		decimalColumn("schooling_women", labelSchoolingWomen, "Mean years of schooling (women)", "Schooling women",
			"Schooling of women", "Years of schooling, women", "Années de scolarisation, femmes", "Scolarisation des femmes",
			"Escolaridad de las mujeres", "Años de escolaridad, mujeres"),
		decimalColumn("schooling_men", labelSchoolingMen, "Mean years of schooling (men)", "Schooling men", "Schooling of men",
			"Years of schooling, men", "Années de scolarisation, hommes", "Scolarisation des hommes", "Escolaridad de los hombres",
			"Años de escolaridad, hombres"),
		yearColumn("schooling_year", labelSchoolingYear, "Year of schooling", "Schooling year", "Année de la scolarisation",
			"Año de la escolaridad"),
	}
}

// decimalColumn asks for a figure that may have decimals.
func decimalColumn(id string, label locale.Text, aliases ...string) sheet.Column {
	return sheet.Column{ID: id, Type: sheet.TypeDecimal, Width: 16, Label: label, Aliases: aliases}
}

// yearColumn asks for the year that a figure holds for.
func yearColumn(id string, label locale.Text, aliases ...string) sheet.Column {
	return sheet.Column{ID: id, Type: sheet.TypeInteger, Width: 10, Label: label, Aliases: aliases}
}
