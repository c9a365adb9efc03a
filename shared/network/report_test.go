package network_test

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
)

func names() network.Names {
	data := reference.Load()
	n := network.Names{
		Country: func(iso2 string) locale.Text { c, _ := data.Country(iso2); return c.Name },
		Of:      region,
		Region: func(id string) locale.Text {
			if r, ok := data.Region(id); ok {
				return r.Name
			}
			return locale.Text{EN: "no region", FR: "sans région", ES: "sin región"}
		},
	}
	for _, r := range data.Regions() {
		n.Regions = append(n.Regions, r.ID)
	}
	return n
}

// lived is a small network of some years.
func lived(t *testing.T, years int, on civil.Date) network.Report {
	t.Helper()
	p := *programme.Current()
	p.NetworkSizes = []programme.NetworkSize{
		{Date: day("2019-10-01"), Cities: 3, Countries: 2, Origin: programme.Origin{Source: "003"}},
		{Date: day("2020-09-01"), Cities: 2, AtLeast: true, Origin: programme.Origin{Source: "004"}},
		{Date: day("2030-09-01"), Cities: 9},
	}
	events, refused := add(t, "2018-05-01 FR#brest joined Brest", "2018-05-01 SN#dakar joined Dakar", "2019-06-01 CH#lausanne joined Lausanne",
		"2020-05-01 FR#nanterre joined Nanterre", "2020-06-01 FR#brest reported", "2021-02-01 CH#lausanne left", "2021-03-01 AQ#base joined Base")
	if refused != nil {
		t.Fatal(refused)
	}
	n, _ := network.At(network.Terms{Programme: &p, ReportYears: years}, events, on)
	return n.Report(on, region)
}

func TestR_MEM_1_TheSeriesOfSizesIsWrittenByRegionAndCountry(t *testing.T) {
	for lang, want := range map[locale.Lang]string{
		locale.EN: `Members at the end of each year, and on 1 June 2021

                           2018   2019   2020   2021
Cities                        2      3      4      4
Countries                     2      3      3      3
Africa                        1      1      1      1
  Senegal                     1      1      1      1
Europe and North America      1      2      3      2
  France                      1      1      2      2
  Switzerland                 –      1      1      –
no region                     –      –      –      1
  Antarctica                  –      –      –      1

Published sizes
  1 October 2019: 3 cities of 2 countries (003); on record: 3 cities of 3 countries
  1 September 2020: over 2 cities (004); on record: 4 cities of 3 countries

Progress reports due, every 2 years (practice): 1 of 4 cities
  Dakar (Senegal): 1 May 2020
`,
		locale.FR: `Membres à la fin de chaque année, et à la date suivante : 1er juin 2021

                             2018   2019   2020   2021
Villes                          2      3      4      4
Pays                            2      3      3      3
Afrique                         1      1      1      1
  Sénégal                       1      1      1      1
Europe et Amérique du Nord      1      2      3      2
  France                        1      1      2      2
  Suisse                        –      1      1      –
sans région                     –      –      –      1
  Antarctique                   –      –      –      1

Tailles publiées
  1er octobre 2019 : 3 villes de 2 pays (003); enregistré : 3 villes de 3 pays
  1er septembre 2020 : plus de 2 villes (004); enregistré : 4 villes de 3 pays

Rapports d’avancement attendus, tous les 2 ans (pratique) : 1 de 4 villes
  Dakar (Sénégal) : 1er mai 2020
`,
	} {
		if got := lived(t, 2, day("2021-06-01")).Text(lang, names()); got != want {
			t.Errorf("%s: got\n%s", lang, got)
		}
	}
	got := lived(t, 2, day("2021-06-01")).Text(locale.ES, names())
	for _, says := range []string{"Miembros al final", "Ciudades ", "África ", "Suiza ", "Tamaños publicados", "más de 2 ciudades", "Informes de progreso"} {
		if !strings.Contains(got, says) {
			t.Errorf("%q is not said in\n%s", says, got)
		}
	}
}

func TestAReportWithoutMembersOrDutiesSaysSo(t *testing.T) {
	if got := lived(t, 0, day("2021-06-01")).Text(locale.EN, names()); strings.Contains(got, "Progress") {
		t.Errorf("no reports are asked for:\n%s", got)
	}
	before := lived(t, 2, day("2017-01-01"))
	if got := before.Text(locale.EN, names()); len(before.Series) != 1 || !strings.Contains(got, "Cities         –") ||
		strings.Contains(got, "Published") || !strings.Contains(got, "0 of 0 cities") {
		t.Errorf("before the first member:\n%s", got)
	}
}
