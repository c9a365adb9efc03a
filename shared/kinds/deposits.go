package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// deposits puts the contributions of a sheet beside what their donors pledged. It only warns: a contribution is a voluntary one. Where
// nobody has pledged it says nothing and keeps nothing.
type deposits struct {
	env      *imports.Env
	promises *fund.Promises
	inSheet  map[records.Ref]deposit // of donors that have pledged
	donors   map[string]bool         // theirs
}

// deposit is a contribution with its row.
type deposit struct {
	fund.Contribution
	row int
}

func loadDeposits(ctx context.Context, env *imports.Env) (*deposits, error) {
	onRecord, err := loadEach[fund.Instalment](ctx, env.Records, fund.InstalmentType, "")
	instalments := make([]fund.Instalment, 0, len(onRecord))
	for _, i := range onRecord {
		instalments = append(instalments, i.Body)
	}
	return &deposits{
		env: env, promises: fund.NewPromises(instalments), inSheet: map[records.Ref]deposit{}, donors: map[string]bool{},
	}, err
}

// judge gives DEPOSIT_WITHOUT_PLEDGE for a contribution that stands, where a pledge would be expected, and notes those of donors that
// pledged. Of a line that is repeated the first counts.
func (d *deposits) judge(c fund.Contribution, ref records.Ref, row int) []problem.Problem {
	switch {
	case d.promises.None():
	case d.promises.Misses(c):
		return []problem.Problem{*problem.New("DEPOSIT_WITHOUT_PLEDGE").In("donor").Under("R-FUN-8").With("donor", c.Donor)}
	case d.promises.Has(c):
		if _, known := d.inSheet[ref]; !known {
			d.inSheet[ref] = deposit{c, row}
			d.donors[c.DonorKey()] = true
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
		ref := records.Ref{Type: fund.RecordType, Partition: e.Contribution.Year(), ID: e.Contribution.ID()}
		if told, ok := d.inSheet[ref]; ok {
			p := problem.New("DEPOSIT_EXCEEDS_PLEDGE").In("amount").Under("R-FUN-8").With("donor", told.Donor).
				WithText("received", amountText(e.Received)).WithText("pledged", amountText(e.Pledged))
			p.Row = told.row
			problems = append(problems, *p)
		}
	}
	return problems, nil
}

// received is what the donors of the sheet gave: by the sheet, and on record where the sheet does not say it anew.
func (d *deposits) received(ctx context.Context) ([]fund.Contribution, error) {
	var all []fund.Contribution
	for _, c := range d.inSheet {
		all = append(all, c.Contribution)
	}
	for _, year := range years(d.env) {
		err := d.env.Records.Scan(ctx, fund.RecordType, year, "", func(r records.Record) error {
			var c fund.Contribution
			if err := records.Decode(r.Body, &c); err != nil {
				return err
			}
			if _, anew := d.inSheet[r.Ref]; !anew && d.donors[c.DonorKey()] {
				all = append(all, c)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func amountText(a money.Amount) locale.Text {
	return text3(a.Format(locale.EN), a.Format(locale.FR), a.Format(locale.ES))
}
