package fund

import (
	"github.com/learning-cities/guildhall/shared/reference"
)

// Focus counts the cities that the fund is meant for first: those in Africa and those in low-income countries (R-FUN-5).
// Africa is counted in both of its meanings, because the strategy does not say which it means (R-REG-1).
type Focus struct {
	Cities         int // all that were counted
	Region         int // in UNESCO's region Africa
	Continent      int // on the continent
	LowIncome      int // in countries that the World Bank counts as low-income
	RegionOrLow    int // in UNESCO's region or low-income
	ContinentOrLow int // on the continent or low-income
	UnknownCountry int // whose country the reference data does not have
}

// FocusOf counts a city for each country given; a country with two cities stands twice.
func FocusOf(countries []string, data *reference.Data) Focus {
	var f Focus
	for _, iso2 := range countries {
		f.Cities++
		country, ok := data.Country(iso2)
		if !ok {
			f.UnknownCountry++
			continue
		}
		f.count(country)
	}
	return f
}

func (f *Focus) count(c reference.Country) {
	region, continent, low := c.Region == reference.AfricaID, c.Continent == reference.AfricaID, c.LowIncome()
	f.Region += one(region)
	f.Continent += one(continent)
	f.LowIncome += one(low)
	f.RegionOrLow += one(region || low)
	f.ContinentOrLow += one(continent || low)
}

func one(counts bool) int {
	if counts {
		return 1
	}
	return 0
}
