package command

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// runExtend records that a deadline is extended, for all, a country or a city.
func runExtend(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("extend", pflag.ContinueOnError)
	var opts acting
	var e application.Extension
	country := flags.String("country", "", "for this country only, by name or ISO code")
	city := flags.String("city", "", "for this city only, with its country")
	flags.StringVar(&e.Reason, "reason", "", "why")
	opts.declare(flags)
	names, err := parse(s, flags, args, needDeadline, needDay)
	if err != nil {
		return NotDone, err
	}
	e.Deadline = application.Deadline(names[0])
	if e.Deadline != application.CityDeadline && e.Deadline != application.CommissionDeadline {
		return NotDone, usage(locale.Text{
			EN: "there is no deadline %q: city or commission", FR: "il n'y a pas d'échéance %q : city ou commission",
			ES: "no existe el plazo %q: city o commission",
		}, names[0])
	}
	if e.Until, err = civil.Parse(names[1]); err != nil {
		return NotDone, usage(locale.Text{
			EN: "%q is not a day such as 2025-07-20", FR: "%q n'est pas un jour comme 2025-07-20",
			ES: "%q no es un día como 2025-07-20",
		}, names[1])
	}
	a, err := opts.open(ctx, s)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	if err := concerns(ctx, a, &e, *country, *city); err != nil {
		return NotDone, err
	}
	if err := opts.noted(ctx, trailOf(a), access.CallExtend, opts.call); err != nil {
		return NotDone, err
	}
	granted, err := a.Registry.Extend(ctx, opts.origin(), opts.call, application.Actor{Role: application.BySecretariat}, e)
	if err != nil {
		return NotDone, s.refused(err)
	}
	_, err = fmt.Fprintf(s.out, textExtended.In(opts.now), granted.Until.Text().In(opts.now))
	return Done, err
}

// concerns says whom an extension is for.
func concerns(ctx context.Context, a *app.App, e *application.Extension, country, city string) error {
	if country == "" {
		if city != "" {
			return missing("--city", locale.Same("--country"))
		}
		return nil
	}
	found, err := countryOf(a.Reference, country)
	if err != nil {
		return err
	}
	e.Country = found.ISO2
	if city == "" {
		return nil
	}
	one, err := a.Registry.NewCity(ctx, city, found.ISO2, "") // it may not have begun yet
	e.City = one.ID
	return err
}

var textExtended = locale.Text{EN: "extended to %s\n", FR: "prolongé jusqu'au %s\n", ES: "prorrogado hasta el %s\n"}
