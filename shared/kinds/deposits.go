package kinds

import (
	"context"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/giving"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

// deposits puts the contributions of a sheet beside what their donors pledged. It only warns: a contribution is a voluntary one. Where
// nobody has pledged it says nothing and keeps nothing.
type deposits struct {
	env      *imports.Env
	promises *fund.Promises
	inSheet  map[string]sheetGift // by identifier: those that count towards a pledge
	donors   map[string]string    // whose they are: the names by their keys

	agreements agreements
}

// sheetGift is a contribution with its row.
type sheetGift struct {
	fund.Gift
	row int
}

func loadDeposits(ctx context.Context, env *imports.Env) (*deposits, error) {
	onRecord, err := loadEach[fund.Instalment](ctx, env.Records, fund.InstalmentType, "")
	instalments := make([]fund.Instalment, 0, len(onRecord))
	for _, i := range onRecord {
		instalments = append(instalments, i.Body)
	}
	return &deposits{
		env: env, promises: fund.NewPromises(instalments), inSheet: map[string]sheetGift{}, donors: map[string]string{},
		agreements: agreementsOf(onRecord),
	}, err
}

// judge gives DEPOSIT_WITHOUT_PLEDGE for a contribution that stands, where a pledge would be expected, and notes those of donors that
// pledged. Of a line that is repeated the first counts.
func (d *deposits) judge(c fund.Contribution, row int) []problem.Problem {
	if d.promises.None() {
		return nil
	}
	gift := c.Gift()
	switch {
	case d.promises.Misses(c):
		return []problem.Problem{*problem.New("DEPOSIT_WITHOUT_PLEDGE").In("donor").Under("R-FUN-8").With("donor", c.Donor)}
	case d.promises.Counts(gift):
		if _, known := d.inSheet[gift.ID]; !known {
			d.inSheet[gift.ID] = sheetGift{gift, row}
			d.donors[gift.Donor] = c.Donor
		}
	}
	return nil
}

// finish gives DEPOSIT_EXCEEDS_PLEDGE for each row with which its donor has given more than it pledged, by the day on which the money
// came: the same rows whichever sheet comes first, and when a sheet comes again.
func (d *deposits) finish(ctx context.Context) ([]problem.Problem, error) {
	if len(d.inSheet) == 0 {
		return nil, nil
	}
	all, err := d.received(ctx)
	if err != nil {
		return nil, err
	}
	var problems []problem.Problem
	for _, e := range d.promises.Exceeding(all) {
		if told, ok := d.inSheet[e.Gift.ID]; ok {
			p := problem.New("DEPOSIT_EXCEEDS_PLEDGE").In("amount").Under("R-FUN-8").With("donor", d.donors[told.Donor]).
				WithText("received", amountText(e.Received)).WithText("pledged", amountText(e.Pledged))
			p.Row = told.row
			problems = append(problems, *p)
		}
	}
	return problems, nil
}

// received is what the donors of the sheet gave: by the sheet, and on record where the sheet does not say it anew.
func (d *deposits) received(ctx context.Context) ([]fund.Gift, error) {
	var all []fund.Gift
	for _, one := range d.inSheet {
		all = append(all, one.Gift)
	}
	given, err := giving.Gifts(ctx, donorsIn(d.env), slices.Sorted(maps.Keys(d.donors)))
	for _, gift := range given {
		if _, anew := d.inSheet[gift.ID]; !anew {
			all = append(all, gift)
		}
	}
	return all, err
}

// donorsIn is where a check finds what donors gave.
func donorsIn(env *imports.Env) giving.Source {
	return giving.Source{From: env.Records, Programme: env.Programme, Year: env.Now.Year()}
}

// listDonors has what donors gave and pledged found by donor.
func listDonors(ctx context.Context, about imports.Listed) error {
	return giving.List(ctx, about.Records, giving.Source{Programme: about.Programme, Year: about.Now.Year()}, about.Import, about.Puts)
}

func amountText(a money.Amount) locale.Text {
	return text3(a.Format(locale.EN), a.Format(locale.FR), a.Format(locale.ES))
}
