package command

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/story"
)

// runShow prints what is on record, as text.
func runShow(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("show", pflag.ContinueOnError)
	var opts common
	var in language
	country := flags.String("country", "", "the city's country, by name or ISO code")
	in.declare(flags)
	opts.declare(flags)
	names, err := parse(s, flags, args, "city", "the city's name")
	if err != nil {
		return NotDone, err
	}
	lang, err := in.lang()
	if err != nil {
		return NotDone, err
	}
	if names[0] != "city" {
		return NotDone, usage(fmt.Sprintf("there is nothing to show of %q: city", names[0]))
	}
	a, err := opts.open(ctx, s, lang)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	page, err := storyOf(ctx, a, names[1], *country)
	if err != nil {
		return NotDone, readable(err)
	}
	_, err = io.WriteString(s.out, page.Text(lang))
	return Done, err
}

// storyOf finds a city and tells its story, from one picture of the records.
func storyOf(ctx context.Context, a *app.App, name, country string) (page history.Page, err error) {
	err = a.Records.Snapshot(ctx, story.Types, func(from records.Reader) error {
		teller := story.Teller{Records: from, Programme: a.Programme, Reference: a.Reference, At: a.Clock()}
		cities, err := teller.Cities(ctx)
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
	return page, err
}
