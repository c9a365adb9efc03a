package command

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/records"
)

// donors are those on record, by identifier: the fund's books hold no names.
func (f *funding) donors(ctx context.Context) (map[string]fund.Donor, error) {
	var donors map[string]fund.Donor
	err := f.app.Records.Snapshot(ctx, []string{fund.RecordType, fund.InstalmentType}, func(from records.Reader) (err error) {
		donors, err = f.donorsIn(ctx, from)
		return err
	})
	return donors, err
}

func (f *funding) donorsIn(ctx context.Context, from records.Reader) (map[string]fund.Donor, error) {
	pledges, err := f.pledges(ctx, from)
	if err != nil {
		return nil, err
	}
	donors := fund.Donors(func(yield func(fund.Contribution) bool) {
		err = f.gifts(ctx, from, yield)
	}, slices.Values(pledges))
	return donors, err
}

func (f *funding) pledges(ctx context.Context, from records.Reader) ([]fund.Instalment, error) {
	var pledges []fund.Instalment
	err := from.Scan(ctx, fund.InstalmentType, "", "", func(r records.Record) error {
		var i fund.Instalment
		err := records.Decode(r.Body, &i)
		pledges = append(pledges, i)
		return err
	})
	return pledges, err
}

var errEnough = errors.New("command: no more is wanted")

// gifts goes through the contributions of all years since the first term.
func (f *funding) gifts(ctx context.Context, from records.Reader, yield func(fund.Contribution) bool) error {
	terms := f.app.Programme.Terms
	for year := terms[0].Start.Year; year <= max(terms[len(terms)-1].End.Year, f.today().Year); year++ {
		err := from.Scan(ctx, fund.RecordType, strconv.Itoa(year), "", func(r records.Record) error {
			var c fund.Contribution
			if err := records.Decode(r.Body, &c); err != nil {
				return err
			}
			if !yield(c) {
				return errEnough
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
