package command

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/story"
)

// runShow prints what is on record, as text.
func runShow(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("show", pflag.ContinueOnError)
	var opts common
	var in language
	country := flags.String("country", "", "the city's country, by name or ISO code")
	years := flags.Int("reports-every", 2, "after how many years a member reports its progress (practice); 0: never")
	in.declare(flags)
	opts.declare(flags)
	if err := parseOptions(s, flags, args); err != nil {
		return NotDone, err
	}
	wanted := []locale.Text{needShown}
	if flags.Arg(0) == "city" {
		wanted = append(wanted, needCity)
	}
	names, err := expect(flags, wanted...)
	if err != nil {
		return NotDone, err
	}
	lang, err := in.lang()
	if err != nil {
		return NotDone, err
	}
	switch {
	case names[0] != "city" && names[0] != "network":
		return NotDone, usage(locale.Text{
			EN: "there is nothing to show of %q: city or network", FR: "il n'y a rien à montrer de %q : city ou network",
			ES: "no hay nada que mostrar de %q: city o network",
		}, names[0])
	case *years < 0:
		return NotDone, usage(locale.Text{
			EN: "--reports-every is a number of years", FR: "--reports-every est un nombre d'années",
			ES: "--reports-every es un número de años",
		})
	}
	a, err := opts.open(ctx, s, lang)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	var text string
	if names[0] == "city" {
		var page history.Page
		var hindsight bool
		page, hindsight, err = storyOf(ctx, a, names[1], *country, opts.at != "")
		if hindsight && err == nil {
			fmt.Fprint(s.err, textBeforeAll.In(lang))
		}
		text = page.Text(lang)
	} else {
		text, err = sizesOf(ctx, s, a, opts.at != "", *years, lang)
	}
	if err != nil {
		return NotDone, readable(err)
	}
	_, err = io.WriteString(s.out, text)
	return Done, err
}

// storyOf finds a city and tells its story, from one picture of the records; of a moment of the past at which no city was on record, in
// hindsight.
func storyOf(ctx context.Context, a *app.App, name, country string, past bool) (page history.Page, hindsight bool, err error) {
	err = a.Records.Snapshot(ctx, story.Types, func(from records.Reader) error {
		teller := story.Teller{Records: from, Programme: a.Programme, Reference: a.Reference, At: a.Clock()}
		cities, err := teller.Cities(ctx)
		if hindsight = past && err == nil && cities.None(); hindsight {
			teller.Hindsight = true
			cities, err = teller.Cities(ctx)
		}
		if err != nil {
			return err
		}
		found, err := cities.Find(name, country)
		if err != nil {
			return err
		}
		page, err = teller.Tell(ctx, found)
		return err
	})
	return page, hindsight, err
}

// sizesOf tells how large the network was over the years; past is whether by what was on record at the clock's moment.
func sizesOf(ctx context.Context, s *streams, a *app.App, past bool, years int, lang locale.Lang) (string, error) {
	var events []network.Event
	read := func(from records.Reader) (err error) {
		events, err = registry.EventsOf(ctx, from, a.Programme)
		return err
	}
	snapshot := a.Records.Snapshot
	then := a.Records.AsOf(a.Clock()).OrNow()
	if past {
		snapshot = then.Snapshot
	}
	err := snapshot(ctx, registry.MembershipTypes, read)
	if past && err == nil && then.Blank() {
		fmt.Fprint(s.err, textBeforeAll.In(lang))
	}
	if err != nil {
		return "", err
	}
	day := civil.Of(a.Clock(), a.Programme.LatestCall().Location())
	n, _ := network.At(network.Terms{Programme: a.Programme, ReportYears: years}, events, day)
	if told := n.Years(day); told > network.MostYears {
		return "", usage(locale.Text{
			EN: "--at %s would tell of %d years, and a page has room for %d", FR: "--at %s parlerait de %d années, et une page en contient %d au plus",
			ES: "--at %s hablaría de %d años, y en una página caben %d",
		}, day, told, network.MostYears)
	}
	return n.Report(day, func(iso2 string) string { return regionOf(a.Reference, iso2) }).Text(lang, namesOf(a.Reference)), nil
}

func regionOf(data *reference.Data, iso2 string) string {
	country, _ := data.Country(iso2)
	return country.Region
}

// namesOf is how countries and regions are called.
func namesOf(data *reference.Data) network.Names {
	names := network.Names{
		Country: func(iso2 string) locale.Text {
			if country, ok := data.Country(iso2); ok {
				return country.Name
			}
			return locale.Same(iso2)
		},
		Region: func(id string) locale.Text {
			if region, ok := data.Region(id); ok {
				return region.Name
			}
			return textNoRegion
		},
		Of: func(iso2 string) string { return regionOf(data, iso2) },
	}
	for _, region := range data.Regions() {
		names.Regions = append(names.Regions, region.ID)
	}
	return names
}

var textNoRegion = locale.Text{EN: "no region", FR: "sans région", ES: "sin región"}
