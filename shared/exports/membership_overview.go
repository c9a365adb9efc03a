package exports

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The columns of the sheet of countries.
const (
	countryRegion = 1 + iota
	countryName
	countryMembers
	countryIncome
	countryContinent
)

func (b *memberBook) countryRows() (first, last int) {
	return headerRow + 1, headerRow + max(len(b.countries), 1)
}

// dayCell is where the overview has the date that everything is counted for.
const dayCell = "$B$4"

// overview writes the first sheet: how many members, where, and how the network has grown.
func (b *memberBook) overview() error {
	p, err := b.poster(b.r.in(overviewTab), 2, 40, 16, 16, 16, 3, 34, 14, 14)
	if err != nil {
		return err
	}
	p.title(b.r.in(membershipTitle), b.r.in(asOf(b.r))+" · "+b.r.termInWords()+" · "+b.r.in(b.r.call.Title))
	p.Row(cell(b.r.in(countedOn), p.text), cell(b.r.day, p.date))
	first, last := b.countryRows()
	members := sheet.Ref(b.r.in(countriesTab), fixed(countryMembers, first, last))
	all, with := b.totals()
	p.Row(cell(b.r.in(memberCities), p.total), computed("SUM("+members+")", all, p.totalCount))
	p.Row(cell(b.r.in(countriesWith), p.total), computed("COUNTIF("+members+",\">0\")", with, p.totalCount))
	b.regionTable(p, all)
	b.sizeTable(p, all, with)
	return nil
}

// totals counts members and the countries that have any.
func (b *memberBook) totals() (members, countries int) {
	for _, c := range b.countries {
		members += c.members
		if c.members > 0 {
			countries++
		}
	}
	return members, countries
}

// regionTable counts members by UNESCO's regions (R-REG-1), with a chart beside it.
func (b *memberBook) regionTable(p *page, all int) {
	top := p.NextRow() + 1
	p.heading(b.r.in(byRegion))
	p.titles(words(region), counts(countriesWord), counts(memberCities), amounts(shareOfAll))
	first, last := b.countryRows()
	tab := b.r.in(countriesTab)
	regions, members := sheet.Ref(tab, fixed(countryRegion, first, last)), sheet.Ref(tab, fixed(countryMembers, first, last))
	firstRow := p.NextRow()
	list := b.regions()
	lastRow := firstRow + len(list) - 1
	var names []string
	var values []sheet.Number
	for _, region := range list {
		row, name := p.NextRow(), b.r.in(region.Name)
		countries, cities := b.inRegion(region.ID)
		by := at(1, row)
		p.Row(cell(name, p.text), computed("COUNTIFS("+regions+","+by+","+members+",\">0\")", countries, p.count),
			computed("SUMIF("+regions+","+by+","+members+")", cities, p.count),
			computed(partOf(at(3, row), at(3, lastRow+1)), share(cities, all), p.percent))
		names, values = append(names, name), append(values, sheet.Number(strconv.Itoa(cities)))
	}
	_, with := b.totals()
	p.Row(cell(b.r.in(total), p.total), computed("SUM("+span(2, firstRow, lastRow)+")", with, p.totalCount),
		computed("SUM("+span(3, firstRow, lastRow)+")", all, p.totalCount), cell(nil, p.totalPercent))
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartBar, Title: b.r.in(byRegion), Anchor: at(6, top), Width: 560, Height: 250, NumFmt: "0", Labels: true,
		Series: []sheet.ChartSeries{{
			Name: b.r.in(memberCities), CategoriesRef: sheet.Ref(b.r.in(overviewTab), fixed(1, firstRow, lastRow)), Categories: names,
			ValuesRef: sheet.Ref(b.r.in(overviewTab), fixed(3, firstRow, lastRow)), Values: values, Color: blue,
		}},
	})
}

// regions are UNESCO's five, and a line for countries of none where members need it.
func (b *memberBook) regions() []reference.Region {
	list := b.r.Reference.Regions()
	for _, c := range b.countries {
		if c.country.Region == "" {
			return append(list, reference.Region{Name: noRegion})
		}
	}
	return list
}

func (b *memberBook) inRegion(id string) (countries, cities int) {
	for _, c := range b.countries {
		if c.country.Region == id && c.members > 0 {
			countries++
			cities += c.members
		}
	}
	return countries, cities
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// sizeTable is the network's published sizes with what is counted here beside them, and a chart (R-MEM-1).
func (b *memberBook) sizeTable(p *page, all, with int) {
	p.Skip(3) // clear of the chart above
	top := p.NextRow() + 1
	p.heading(b.r.in(sizesHeading))
	p.titles(words(dateWord), counts(memberCities), counts(countriesWord), words(sourceWord))
	firstRow := p.NextRow()
	var dates []string
	var values []sheet.Number
	for _, size := range b.r.Programme.NetworkSizes {
		countries := any(nil)
		if size.Countries > 0 {
			countries = size.Countries
		}
		written := b.r.in(size.Date.Text())
		source := size.Source
		if size.AtLeast {
			source += " (" + b.r.in(printedOver) + ")"
		}
		p.Row(cell(written, p.text), cell(size.Cities, p.count), cell(countries, p.count), cell(source, p.text))
		dates, values = append(dates, written), append(values, sheet.Number(strconv.Itoa(size.Cities)))
	}
	row := p.NextRow()
	p.Row(cell(b.r.in(b.r.day.Text()), p.total), computed(at(2, memberRow), all, p.totalCount),
		computed(at(2, memberRow+1), with, p.totalCount), cell(b.r.in(countedHere), p.total))
	dates, values = append(dates, b.r.in(b.r.day.Text())), append(values, sheet.Number(strconv.Itoa(all)))
	p.wideRemark(b.r.in(sizesRemark), 4)
	p.Chart(sheet.ChartSpec{
		Type: sheet.ChartColumn, Title: b.r.in(sizesHeading), Anchor: at(6, top), Width: 560, Height: 250, NumFmt: "0", Labels: true,
		Series: []sheet.ChartSeries{{
			Name: b.r.in(memberCities), CategoriesRef: sheet.Ref(b.r.in(overviewTab), fixed(1, firstRow, row)), Categories: dates,
			ValuesRef: sheet.Ref(b.r.in(overviewTab), fixed(2, firstRow, row)), Values: values, Color: blue,
		}},
	})
}

// memberRow is where the overview has the number of members; the number of countries stands below.
const memberRow = headerRow + 1

// countrySheet lists the countries with their members, counted out of the sheet of members.
func (b *memberBook) countrySheet() error {
	p, err := b.list(b.r.in(countriesTab), 34, 36, 16, 34, 26)
	if err != nil {
		return err
	}
	p.title(b.r.in(countriesTab), b.r.in(asOf(b.r)))
	p.titles(words(region), words(countryWord), counts(memberCities), words(incomeGroup), words(continentWord))
	day := sheet.Ref(b.r.in(overviewTab), dayCell)
	countries, joined, left := b.places.column(b.places.country), b.places.column(b.places.joined), b.places.column(b.places.left)
	for _, c := range b.countries {
		by := at(countryName, p.NextRow())
		formula := "COUNTIFS(" + countries + "," + by + "," + joined + ",\"<=\"&" + day + ")" +
			"-COUNTIFS(" + countries + "," + by + "," + left + ",\"<\"&" + day + ")"
		p.Row(cell(b.r.nameOfRegion(c.country.Region), p.text), cell(b.r.in(c.country.Name), p.wrap),
			computed(formula, c.members, p.count), cell(b.r.in(b.income(c.country)), p.text), cell(b.r.in(b.continent(c.country)), p.text))
	}
	if len(b.countries) == 0 {
		p.nothing(noMembers, countryContinent)
	}
	_, last := b.countryRows()
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: countryContinent, LastRow: last})
}

func (r *request) nameOfRegion(id string) string {
	if region, ok := r.Reference.Region(id); ok {
		return r.in(region.Name)
	}
	return r.in(noRegion)
}

func (b *memberBook) income(c reference.Country) locale.Text {
	for _, group := range b.r.Reference.IncomeGroups() {
		if group.ID == c.IncomeGroup {
			return group.Name
		}
	}
	return unclassified
}

func (b *memberBook) continent(c reference.Country) locale.Text {
	for _, continent := range b.r.Reference.Continents() {
		if continent.ID == c.Continent {
			return continent.Name
		}
	}
	return locale.Text{}
}
