package applications

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

// pledgeDay is where the day of the pledge stands, the only one of the form.
func pledgeDay(a *form) *civil.Date { return &a.Pledge.On }

// sections are those of the public application form (R-APP-10), in its order.
func sections(p *programme.Edition, lang locale.Lang) []section {
	return []section{
		{Title: cityTitle, Answers: []answer{
			text("website", websiteLabel, func(a *form) *string { return &a.Website }).typed("text", "url").hinted(websiteHint),
		}},
		{Title: mayorTitle, Answers: []answer{
			text("mayor_address", addressLabel, func(a *form) *string { return &a.Mayor.Address }).hinted(addressHint),
			text("mayor_name", nameLabel, func(a *form) *string { return &a.Mayor.Name }).needed(),
			text("mayor_title", titleLabel, func(a *form) *string { return &a.Mayor.Title }).hinted(mayorTitleHint),
		}},
		{Title: contactTitle, Note: contactNote, Answers: []answer{
			text("contact_name", nameLabel, func(a *form) *string { return &a.Contact.Name }).needed(),
			text("contact_title", functionLabel, func(a *form) *string { return &a.Contact.Title }),
			text("contact_organisation", organisationLabel, func(a *form) *string { return &a.Contact.Organisation }),
			text("contact_postal_address", postalLabel, func(a *form) *string { return &a.Contact.Postal }).tall(3),
			text("contact_phone", phoneLabel, func(a *form) *string { return &a.Contact.Phone }).hinted(phoneHint),
			text("contact_email", emailLabel, func(a *form) *string { return &a.Contact.Email }).hinted(emailHint).needed(),
			language(lang),
		}},
		{Title: pledgeTitle, Note: pledgeNote, Answers: []answer{
			tick("pledge", pledgeLabel, func(a *form) *bool { return &a.Pledge.Given }).needed(),
			text("pledge_name", pledgeNameLabel, func(a *form) *string { return &a.Pledge.Name }),
			day("pledge_date", pledgeDateLabel, pledgeDay),
		}},
		{Title: profileTitle, Note: profileNote, Answers: profile()},
		{Title: plansTitle, Answers: []answer{
			text("motivation", motivationLabel, func(a *form) *string { return &a.Motivation }).counted(p.Limits.MotivationWords).
				hinted(motivationHint).needed(),
			text("plans", plansLabel, func(a *form) *string { return &a.Plans }).counted(p.Limits.PlanWords).hinted(plansHint).needed(),
		}},
		{Title: challengesTitle, Note: bounded(challengesNote, p.Limits), Answers: ratings(p)},
		{Title: fieldsTitle, Answers: []answer{
			choices("interests", interestsLabel, topics(p), lang, func(a *form) *[]string { return &a.Interests }).hinted(interestsHint),
			choices("expertise", expertiseLabel, topics(p), lang, func(a *form) *[]string { return &a.Expertise }).hinted(expertiseHint),
		}},
		{Title: frameworkTitle, Note: frameworkNote, Answers: []answer{
			choices("features", featuresLabel, p.Features, lang, func(a *form) *[]string { return &a.Features }),
			choices("benefits", benefitsLabel, p.Benefits, lang, func(a *form) *[]string { return &a.Benefits }),
			choices("building_blocks", blocksLabel, p.BuildingBlocks, lang, func(a *form) *[]string { return &a.Blocks }),
			choices("conditions", conditionsLabel, p.Conditions, lang, func(a *form) *[]string { return &a.Conditions }),
		}},
		{Title: partnersTitle, Answers: []answer{
			lines("partners", partnersLabel, func(a *form) *[]string { return &a.Partners }).hinted(partnersHint),
			lines("committee", committeeLabel, func(a *form) *[]string { return &a.Committee }).hinted(committeeHint),
			lines("stages", stagesLabel, func(a *form) *[]string { return &a.Stages }).hinted(stagesHint),
		}},
	}
}

// profile is the city in figures. The mean years of schooling share one year.
func profile() []answer {
	population := func(a *form) *application.Figure { return &a.Profile.Population }
	area := func(a *form) *application.Figure { return &a.Profile.Area }
	ofCity := func(a *form) *application.Figure { return &a.Profile.GDPCity }
	ofCountry := func(a *form) *application.Figure { return &a.Profile.GDPCountry }
	women := func(a *form) *application.Figure { return &a.Profile.SchoolingWomen }
	men := func(a *form) *application.Figure { return &a.Profile.SchoolingMen }
	return []answer{
		figure("population", populationLabel, population),
		year("population_year", populationYear, population),
		figure("area_km2", areaLabel, area),
		year("area_year", areaYear, area),
		figure("gdp_city", gdpCityLabel, ofCity),
		year("gdp_city_year", gdpCityYear, ofCity),
		figure("gdp_country", gdpCountryLabel, ofCountry),
		year("gdp_country_year", gdpCountryYear, ofCountry),
		figure("schooling_women", schoolingWomen, women),
		figure("schooling_men", schoolingMen, men),
		year("schooling_year", schoolingYear, women, men),
	}
}

// bounded says between which bounds challenges are rated.
func bounded(text locale.Text, limits programme.Limits) locale.Text {
	with := strings.NewReplacer("{lowest}", strconv.Itoa(limits.RatingLowest), "{highest}", strconv.Itoa(limits.RatingHighest))
	return locale.Text{EN: with.Replace(text.EN), FR: with.Replace(text.FR), ES: with.Replace(text.ES)}
}

func ratings(p *programme.Edition) []answer {
	all := make([]answer, len(p.Challenges))
	for i, challenge := range p.Challenges {
		all[i] = rating(challenge, p.Limits)
	}
	return all
}

func topics(p *programme.Edition) []programme.Choice {
	all := make([]programme.Choice, len(p.Topics))
	for i, t := range p.Topics {
		all[i] = programme.Choice{ID: t.ID, Label: t.Label}
	}
	return all
}
