package kinds

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// applicationRow is a filled-in form (R-APP-10).
type applicationRow struct {
	City    string `sheet:"city" validate:"required"`
	Country string `sheet:"country" validate:"required"`
	Website string `sheet:"website"`

	MayorAddress string `sheet:"mayor_address"`
	MayorName    string `sheet:"mayor_name" validate:"required"`
	MayorTitle   string `sheet:"mayor_title"`

	ContactName         string `sheet:"contact_name" validate:"required"`
	ContactTitle        string `sheet:"contact_title"`
	ContactOrganisation string `sheet:"contact_organisation"`
	ContactPostal       string `sheet:"contact_postal_address"`
	ContactPhone        string `sheet:"contact_phone"`
	ContactEmail        string `sheet:"contact_email" validate:"required,email"`
	ContactLanguage     string `sheet:"contact_language"`

	Pledge     bool       `sheet:"pledge"`
	PledgeName string     `sheet:"pledge_name"`
	PledgeDate civil.Date `sheet:"pledge_date"`

	Population     int64  `sheet:"population" validate:"gte=0"`
	PopulationYear int64  `sheet:"population_year" validate:"omitempty,gte=1900,lte=2100"`
	Area           string `sheet:"area_km2"`
	AreaYear       int64  `sheet:"area_year" validate:"omitempty,gte=1900,lte=2100"`
	GDPCity        string `sheet:"gdp_city"`
	GDPCityYear    int64  `sheet:"gdp_city_year" validate:"omitempty,gte=1900,lte=2100"`
	GDPCountry     string `sheet:"gdp_country"`
	GDPCountryYear int64  `sheet:"gdp_country_year" validate:"omitempty,gte=1900,lte=2100"`
	SchoolingWomen string `sheet:"schooling_women"`
	SchoolingMen   string `sheet:"schooling_men"`
	SchoolingYear  int64  `sheet:"schooling_year" validate:"omitempty,gte=1900,lte=2100"`

	Motivation string           `sheet:"motivation" validate:"required"`
	Plans      string           `sheet:"plans" validate:"required"`
	Challenges map[string]int64 `sheet:"challenge_*"` // by the challenge's identifier
	Interests  []string         `sheet:"interests"`
	Expertise  []string         `sheet:"expertise"`
	Features   []string         `sheet:"features"`
	Benefits   []string         `sheet:"benefits"`
	Blocks     []string         `sheet:"building_blocks"`
	Conditions []string         `sheet:"conditions"`
	Partners   string           `sheet:"partners"`
	Committee  string           `sheet:"committee"`
	Stages     string           `sheet:"stages"`

	ReceivedOn civil.Date `sheet:"received_on" validate:"required"`
	Endorsed   *bool      `sheet:"endorsed"`
	EndorsedOn civil.Date `sheet:"endorsed_on"`
	EndorsedBy string     `sheet:"endorsed_by"`
}

// application is the record that the row asks for.
func (row applicationRow) application(p *programme.Edition, c city.City) application.Application {
	return application.Application{
		City: c.Name, Country: c.Country, Website: row.Website,
		Mayor: application.Mayor{Address: row.MayorAddress, Name: row.MayorName, Title: row.MayorTitle},
		Contact: application.Contact{
			Name: row.ContactName, Title: row.ContactTitle, Organisation: row.ContactOrganisation, Postal: row.ContactPostal,
			Phone: row.ContactPhone, Email: row.ContactEmail, Language: row.ContactLanguage,
		},
		Pledge: application.Pledge{Given: row.Pledge, Name: row.PledgeName, On: row.PledgeDate},
		Profile: application.Profile{
			Population:     application.Figure{Value: wholeFigure(row.Population), Year: row.PopulationYear},
			Area:           application.Figure{Value: row.Area, Year: row.AreaYear},
			GDPCity:        application.Figure{Value: row.GDPCity, Year: row.GDPCityYear},
			GDPCountry:     application.Figure{Value: row.GDPCountry, Year: row.GDPCountryYear},
			SchoolingWomen: application.Figure{Value: row.SchoolingWomen, Year: row.SchoolingYear},
			SchoolingMen:   application.Figure{Value: row.SchoolingMen, Year: row.SchoolingYear},
		},
		Motivation: row.Motivation, Plans: row.Plans,
		Challenges: row.ratings(p),
		Interests:  inOrder(row.Interests, topicChoices(p)),
		Expertise:  inOrder(row.Expertise, topicChoices(p)),
		Features:   inOrder(row.Features, choicesOf(p.Features)),
		Benefits:   inOrder(row.Benefits, choicesOf(p.Benefits)),
		Blocks:     inOrder(row.Blocks, choicesOf(p.BuildingBlocks)),
		Conditions: inOrder(row.Conditions, choicesOf(p.Conditions)),
		Partners:   entries(row.Partners), Committee: entries(row.Committee), Stages: entries(row.Stages),
		ReceivedOn: row.ReceivedOn,
	}
}

// endorsed reports whether the row brings the National Commission's endorsement: it says so, or says nothing and has a day of it.
func (row applicationRow) endorsed() bool {
	if row.Endorsed != nil {
		return *row.Endorsed
	}
	return !row.EndorsedOn.IsZero()
}

// ratings lists the challenges that are rated, in the programme's order.
func (row applicationRow) ratings(p *programme.Edition) []application.Rating {
	var ratings []application.Rating
	for _, challenge := range p.Challenges {
		if rating := row.Challenges[challenge.ID]; rating != 0 {
			ratings = append(ratings, application.Rating{Challenge: challenge.ID, Rating: rating})
		}
	}
	return ratings
}

// wholeFigure is a whole number as decimal text; a blank cell reads as 0 and is no figure.
func wholeFigure(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// entries divides a cell that lists several things, one a line or separated by semicolons.
func entries(cell string) []string {
	var list []string
	for _, entry := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' }) {
		if entry = strings.TrimSpace(entry); entry != "" {
			list = append(list, entry)
		}
	}
	return list
}

// formRules holds what the form itself asks for (R-APP-10): the pledge, ratings within their range, and figures that are not
// negative and have their year. A figure without its year is a warning: it is kept, and the city asked.
func formRules(
	p *programme.Edition, named locale.Text, row applicationRow, at imports.Place, problems *findings,
) {
	if !at.Bad["pledge"] {
		problems.add(application.CheckPledge(named, row.Pledge))
	}
	for _, challenge := range p.Challenges {
		field := challengeField(challenge.ID)
		if rating, given := row.Challenges[challenge.ID]; given && !at.Bad[field] {
			problems.add(application.CheckRating(field, challenge.Label, rating, p.Limits))
		}
	}
	asked := map[string]bool{} // two figures share the year of schooling
	for _, figure := range row.figures() {
		if at.Bad[figure.field] {
			continue
		}
		problems.add(application.CheckFigure(figure.field, figure.label, figure.value))
		if figure.value != "" && figure.year == 0 && !at.Bad[figure.yearField] && !asked[figure.yearField] {
			asked[figure.yearField] = true
			problems.add(missing(figure.yearField, figure.yearLabel, "R-APP-10").Rated(problem.Warning))
		}
	}
}

// profileFigure is a figure of the form with its year, and the columns of both.
type profileFigure struct {
	field, yearField string
	label, yearLabel locale.Text
	value            string
	year             int64
}

func (row applicationRow) figures() []profileFigure {
	return []profileFigure{
		{"population", "population_year", labelPopulation, labelPopulationYear, wholeFigure(row.Population), row.PopulationYear},
		{"area_km2", "area_year", labelArea, labelAreaYear, row.Area, row.AreaYear},
		{"gdp_city", "gdp_city_year", labelGDPCity, labelGDPCityYear, row.GDPCity, row.GDPCityYear},
		{"gdp_country", "gdp_country_year", labelGDPCountry, labelGDPCountryYear, row.GDPCountry, row.GDPCountryYear},
		{"schooling_women", "schooling_year", labelSchoolingWomen, labelSchoolingYear, row.SchoolingWomen, row.SchoolingYear},
		{"schooling_men", "schooling_year", labelSchoolingMen, labelSchoolingYear, row.SchoolingMen, row.SchoolingYear},
	}
}
