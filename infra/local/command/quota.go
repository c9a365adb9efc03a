package command

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/reference"
)

// runQuota prints what a National Commission sees of its quota (R-APP-3).
func runQuota(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("quota", pflag.ContinueOnError)
	var opts acting
	opts.declare(flags)
	names, err := parse(s, flags, args, needCountry)
	if err != nil {
		return NotDone, err
	}
	if opts.now, err = opts.lang(); err != nil {
		return NotDone, err
	}
	country, err := countryOf(reference.Load(), names[0])
	if err != nil {
		return NotDone, err
	}
	opts.there = true
	a, err := opts.open(ctx, s)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	var moment time.Time // zero: as it stands now
	if opts.at != "" {
		moment = a.Clock()
	}
	round, err := a.Registry.Round(ctx, opts.call, moment)
	if err != nil {
		return NotDone, err
	}
	closes := application.LastDay(round.Call, round.Extensions, application.CommissionDeadline, "", country.ISO2, a.Clock())
	_, err = fmt.Fprint(s.out, quotaText(country.Name, round.Call.Title, round.Quota(country.ISO2), closes, opts.now))
	return Done, err
}

var (
	textQuota = locale.Text{
		EN: "%s, %s: %d of %d submitted, %d left, until %s\n",
		FR: "%s, %s : %d présentées sur %d, il en reste %d, jusqu'au %s\n",
		ES: "%s, %s: %d de %d presentadas, quedan %d, hasta el %s\n",
	}
	textBy     = locale.Text{EN: "submitted", FR: "présentées", ES: "presentadas"}
	textChoice = locale.Text{
		EN: "endorsed, to choose from", FR: "avalisées, parmi lesquelles choisir", ES: "avaladas, entre las que elegir",
	}
	textWaiting = locale.Text{
		EN: "sent, to be endorsed or returned", FR: "envoyées, à avaliser ou à renvoyer", ES: "enviadas, por avalar o devolver",
	}
)

func quotaText(country, call locale.Text, v application.QuotaView, closes civil.Date, lang locale.Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, textQuota.In(lang), country.In(lang), call.In(lang), v.Used, v.Limit, v.Left, closes.Text().In(lang))
	for _, part := range []struct {
		title locale.Text
		cases []application.Case
	}{{textBy, v.By}, {textChoice, v.Choice}, {textWaiting, v.Waiting}} {
		if len(part.cases) == 0 {
			continue
		}
		fmt.Fprintf(&b, "  %s\n", part.title.In(lang))
		for _, c := range part.cases {
			fmt.Fprintf(&b, "    %s (%s)\n", c.Name, c.State.Label().In(lang))
		}
	}
	return b.String()
}
