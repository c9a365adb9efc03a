package reference

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

//go:embed data/*.csv
var files embed.FS

func parse(source fs.FS) (*Data, error) {
	d := &Data{
		byISO2:    map[string]int{},
		names:     map[string]int{},
		ambiguous: map[string][]int{},
		byCode:    map[string]int{},
		money:     map[string]string{},
	}
	for _, file := range []struct {
		name string
		add  func(record) error
	}{
		{"currencies", d.addCurrency},
		{"currency_variants", d.addCurrencyVariant},
		{"countries", d.addCountry},
		{"country_variants", d.addVariant},
		{"country_ambiguous", d.addAmbiguous},
	} {
		if err := eachRecord(source, file.name, file.add); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// record is one line of a file by its header's names.
type record map[string]string

func eachRecord(source fs.FS, name string, add func(record) error) error {
	file, err := source.Open("data/" + name + ".csv")
	if err != nil {
		return fmt.Errorf("reference: %w", err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("reference: %s: %w", name, err)
	}
	for n, line := range lines[1:] {
		r := record{}
		for i, column := range lines[0] {
			r[column] = line[i]
		}
		if err := add(r); err != nil {
			return fmt.Errorf("reference: %s line %d: %w", name, n+2, err)
		}
	}
	return nil
}

func (d *Data) addCountry(r record) error {
	year, err := yearOf(r["income_year"])
	if err != nil {
		return err
	}
	c := Country{
		ISO2: r["iso2"], ISO3: r["iso3"], M49: r["m49"],
		Name:   locale.Text{EN: r["name_en"], FR: r["name_fr"], ES: r["name_es"]},
		Region: r["unesco_region"], RegionSource: r["unesco_region_source"], Continent: r["continent"],
		IncomeGroup: r["income_group"], IncomeYear: year, Currency: r["currency"],
	}
	if err := d.checked(c); err != nil {
		return err
	}
	index := len(d.countries)
	d.countries = append(d.countries, c)
	d.byISO2[c.ISO2] = index
	for _, code := range []string{c.ISO2, c.ISO3} {
		if err := d.name(code, index); err != nil {
			return err
		}
	}
	for _, name := range []string{c.Name.EN, c.Name.FR, c.Name.ES} {
		if err := d.spelling(name, index); err != nil {
			return err
		}
	}
	return nil
}

func yearOf(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	return strconv.Atoi(s)
}

func (d *Data) checked(c Country) error {
	if n := len(d.countries); n > 0 && d.countries[n-1].ISO2 >= c.ISO2 {
		return fmt.Errorf("%s is not in the order of its code", c.ISO2)
	}
	if missing := c.Name.Missing(); len(missing) > 0 {
		return fmt.Errorf("%s has no name in %v", c.ISO2, missing)
	}
	if _, ok := regionOf(regions, c.Region); c.Region != "" && !ok {
		return fmt.Errorf("%s has an unknown region %q", c.ISO2, c.Region)
	}
	if _, ok := regionOf(continents, c.Continent); c.Continent != "" && !ok {
		return fmt.Errorf("%s has an unknown continent %q", c.ISO2, c.Continent)
	}
	if _, ok := d.Currency(c.Currency); c.Currency != "" && !ok {
		return fmt.Errorf("%s has an unknown currency %q", c.ISO2, c.Currency)
	}
	return nil
}

// spelling adds a name that may be suggested as well as found.
func (d *Data) spelling(name string, index int) error {
	if err := d.name(name, index); err != nil {
		return err
	}
	d.spellings = append(d.spellings, name)
	d.folded = append(d.folded, locale.Fold(name))
	return nil
}

func (d *Data) name(name string, index int) error {
	folded := locale.Fold(name)
	if other, taken := d.names[folded]; taken && other != index {
		return fmt.Errorf("%q is also %s", name, d.countries[other].ISO2)
	}
	d.names[folded] = index
	return nil
}

func (d *Data) addVariant(r record) error {
	index, ok := d.byISO2[r["iso2"]]
	if !ok {
		return fmt.Errorf("%q names an unknown country", r["name"])
	}
	return d.spelling(r["name"], index)
}

func (d *Data) addAmbiguous(r record) error {
	folded := locale.Fold(r["name"])
	if _, taken := d.names[folded]; taken {
		return fmt.Errorf("%q is a country's name as well", r["name"])
	}
	for _, iso2 := range strings.Fields(r["iso2"]) {
		index, ok := d.byISO2[iso2]
		if !ok {
			return fmt.Errorf("%q names an unknown country", r["name"])
		}
		d.ambiguous[folded] = append(d.ambiguous[folded], index)
	}
	return nil
}

func (d *Data) addCurrency(r record) error {
	digits, err := strconv.Atoi(r["digits"])
	if err != nil {
		return err
	}
	c := money.Currency{Code: r["code"], Digits: digits}
	if n := len(d.currencies); n > 0 && d.currencies[n-1].Code >= c.Code {
		return fmt.Errorf("%s is not in the order of its code", c.Code)
	}
	d.byCode[c.Code] = len(d.currencies)
	d.currencies = append(d.currencies, c)
	return d.currencyName(c.Code, c.Code)
}

func (d *Data) addCurrencyVariant(r record) error {
	if _, ok := d.Currency(r["code"]); !ok {
		return fmt.Errorf("%q names an unknown currency", r["name"])
	}
	return d.currencyName(r["name"], r["code"])
}

func (d *Data) currencyName(name, code string) error {
	folded := locale.Fold(name)
	if other, taken := d.money[folded]; taken && other != code {
		return fmt.Errorf("%q is also %s", name, other)
	}
	d.money[folded] = code
	return nil
}
