package summaries

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

var chosen = map[string]locale.Text{"chosen": wasChosen, "renewed": wasRenewed}

// choices is what the page of one's own letters shows.
type choices struct {
	version string
	wanted  page.Input // those that may be declined
	owed    []string   // those that are sent in any case
	failing string     // since when letters come back; "" where they don't
}

// letters shows which e-mails somebody is written.
func letters(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	own, err := o.Letters(ctx)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, lettersPage(ctx, v, own)(nil))
}

func lettersPage(ctx context.Context, v page.Visit, own office.Letters) func(page.Refused) templ.Component {
	f := page.Framed(ctx, v, lettersTitle, chosen)
	f.Within = []page.Step{{Path: "account", Name: f.In(accountTitle)}}
	is := choices{
		version: strconv.FormatInt(own.Version, 10), failing: f.Moment(own.Mailbox.FailingSince),
		wanted: page.Input{Name: "wanted", Label: wantedLabel, Several: true},
	}
	for _, one := range own.Choices {
		name := f.In(one.Label)
		if one.Contractual {
			is.owed = append(is.owed, name)
			continue
		}
		is.wanted.Options = append(is.wanted.Options, page.Option{Value: one.ID, Name: name})
		if !one.Declined {
			is.wanted.Values = append(is.wanted.Values, one.ID)
		}
	}
	return func(refused page.Refused) templ.Component { return lettersView(f, is, refused) }
}

// choose keeps which letters are wanted, or that they reach the address again.
func choose(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	if v.Form.Get("act") == "renew" {
		if err := o.RenewMailbox(ctx, v.Request(), page.Who(ctx).Person); err != nil {
			return nil, err
		}
		return v.On(lettersPath, "renewed"), nil
	}
	own, err := o.Letters(ctx)
	if err != nil {
		return nil, err
	}
	declined := []string{}
	for _, one := range own.Choices {
		if !one.Contractual && !slices.Contains(v.Form["wanted"], one.ID) {
			declined = append(declined, one.ID)
		}
	}
	var base int64
	if version := v.Version(); version != nil {
		base = *version
	}
	if _, err := o.DeclineLetters(ctx, v.Request(), base, declined); err != nil {
		return v.Again(ctx, err, lettersPage(ctx, v, own))
	}
	return v.On(lettersPath, "chosen"), nil
}
