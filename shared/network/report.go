package network

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// Report is how large the network was over the years, and which members owe a report of their progress.
type Report struct {
	On          civil.Date
	Series      []Size // at the end of each year since the first member joined, and on the day of the report
	Published   []Published
	Due         []Due
	ReportYears int
}

// MostYears is how many columns a page can have; the network is a dozen years old.
const MostYears = 60

// Years is how many years a report of a day tells of. Ask for none of more than MostYears.
func (n *Network) Years(day civil.Date) int { return day.Year - n.firstYear(day) + 1 }

// Report tells of the years up to a day, by which the network's events are folded up.
func (n *Network) Report(day civil.Date, region func(country string) string) Report {
	var days []civil.Date
	for year := n.firstYear(day); year < day.Year; year++ {
		days = append(days, civil.Date{Year: year, Month: 12, Day: 31})
	}
	r := Report{On: day, Series: n.Series(append(days, day), region), Due: n.ReportsDue(day), ReportYears: n.ReportYears}
	for _, p := range n.Compare(region) {
		if !p.Printed.Date.After(day) {
			r.Published = append(r.Published, p)
		}
	}
	return r
}

// firstYear is that in which the first member joined, or the day's.
func (n *Network) firstYear(day civil.Date) int {
	year := day.Year
	for _, c := range n.cities {
		for _, t := range c.Times {
			year = min(year, t.JoinedOn.Year)
		}
	}
	return year
}

// Names are how a report calls countries and regions.
type Names struct {
	Country func(iso2 string) locale.Text
	Region  func(id string) locale.Text // "" is that of countries in none
	Regions []string                    // their identifiers, in order
	Of      func(country string) string // the region of a country
}

// Text writes the report in a language.
func (r Report) Text(lang locale.Lang, names Names) string {
	var out strings.Builder
	now := r.Series[len(r.Series)-1]
	fmt.Fprintf(&out, wordTitle.In(lang)+"\n\n", r.On.Text().In(lang))
	r.table(&out, lang, names)
	if len(r.Published) > 0 {
		fmt.Fprintf(&out, "\n%s\n", wordPublished.In(lang))
	}
	for _, p := range r.Published {
		printed := sizeWords(lang, p.Printed.Cities, p.Printed.Countries)
		if p.Printed.AtLeast {
			printed = wordOver.In(lang) + " " + printed
		}
		fmt.Fprintf(&out, "  %s%s%s (%s); %s %s\n", p.Printed.Date.Text().In(lang), wordColon.In(lang), printed, p.Printed.Source,
			wordOnRecord.In(lang), sizeWords(lang, p.Counted.Cities, p.Counted.Countries))
	}
	if r.ReportYears > 0 {
		fmt.Fprintf(&out, "\n"+wordDue.In(lang)+"\n", locale.FormatInt(lang, int64(r.ReportYears)), len(r.Due), now.Cities)
		for _, d := range r.Due {
			fmt.Fprintf(&out, "  %s (%s)%s%s\n", d.City.NameOn(r.On), names.Country(d.City.Country).In(lang), wordColon.In(lang), d.On.Text().In(lang))
		}
	}
	return out.String()
}

// table is the sizes, a line for the whole, for each region, and for each country in it; a column for each year.
func (r Report) table(out *strings.Builder, lang locale.Lang, names Names) {
	type line struct {
		title string
		count func(Size) int
	}
	lines := []line{
		{wordCities.In(lang), func(s Size) int { return s.Cities }},
		{wordCountries.In(lang), func(s Size) int { return s.Countries }},
	}
	for _, region := range append(slices.Clone(names.Regions), "") {
		if !slices.ContainsFunc(r.Series, func(s Size) bool { return s.ByRegion[region] > 0 }) {
			continue
		}
		lines = append(lines, line{names.Region(region).In(lang), func(s Size) int { return s.ByRegion[region] }})
		for _, country := range r.countriesOf(region, lang, names) {
			lines = append(lines, line{"  " + names.Country(country).In(lang), func(s Size) int { return s.ByCountry[country] }})
		}
	}
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l.title))
	}
	out.WriteString(strings.Repeat(" ", width))
	for _, s := range r.Series {
		fmt.Fprintf(out, "  %*d", columnWidth, s.On.Year)
	}
	out.WriteByte('\n')
	for _, l := range lines {
		out.WriteString(l.title + strings.Repeat(" ", width-utf8.RuneCountInString(l.title)))
		for _, s := range r.Series {
			count := strconv.Itoa(l.count(s))
			if count == "0" {
				count = "–"
			}
			fmt.Fprintf(out, "  %*s", columnWidth, count)
		}
		out.WriteByte('\n')
	}
}

const columnWidth = 5

// countriesOf lists the countries of a region that ever had members in the series, by name.
func (r Report) countriesOf(region string, lang locale.Lang, names Names) []string {
	var all []string
	for _, s := range r.Series {
		for country := range s.ByCountry {
			if names.Of(country) == region && !slices.Contains(all, country) {
				all = append(all, country)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		return strings.Compare(locale.Fold(names.Country(a).In(lang)), locale.Fold(names.Country(b).In(lang)))
	})
	return all
}

// sizeWords says "170 cities of 53 countries"; countries 0 is not known.
func sizeWords(lang locale.Lang, cities, countries int) string {
	if countries == 0 {
		return fmt.Sprintf(wordSizeCities.In(lang), cities)
	}
	return fmt.Sprintf(wordSize.In(lang), cities, countries)
}

var (
	wordCities    = locale.Text{EN: "Cities", FR: "Villes", ES: "Ciudades"}
	wordCountries = locale.Text{EN: "Countries", FR: "Pays", ES: "Países"}
	wordTitle     = locale.Text{
		EN: "Members at the end of each year, and on %s",
		FR: "Membres à la fin de chaque année, et à la date suivante : %s",
		ES: "Miembros al final de cada año, y en esta fecha: %s",
	}
	wordColon      = locale.Text{EN: ": ", FR: " : ", ES: ": "}
	wordPublished  = locale.Text{EN: "Published sizes", FR: "Tailles publiées", ES: "Tamaños publicados"}
	wordOver       = locale.Text{EN: "over", FR: "plus de", ES: "más de"}
	wordOnRecord   = locale.Text{EN: "on record:", FR: "enregistré :", ES: "consta:"}
	wordSize       = locale.Text{EN: "%d cities of %d countries", FR: "%d villes de %d pays", ES: "%d ciudades de %d países"}
	wordSizeCities = locale.Text{EN: "%d cities", FR: "%d villes", ES: "%d ciudades"}
	wordDue        = locale.Text{
		EN: "Progress reports due, every %s years (practice): %d of %d cities",
		FR: "Rapports d’avancement attendus, tous les %s ans (pratique) : %d de %d villes",
		ES: "Informes de progreso pendientes, cada %s años (práctica): %d de %d ciudades",
	}
)
