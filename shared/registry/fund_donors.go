package registry

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// Donors names those on record, by identifier, after contributions and pledges: the fund's books hold no names. Of the contributions no more
// is kept. The reader shows fund.RecordType; year is the present one, or that of the moment that is looked at.
func Donors(
	ctx context.Context, from records.Reader, p *programme.Edition, year int, pledges []fund.Instalment,
) (map[string]fund.Donor, error) {
	var failed error
	donors := fund.Donors(func(yield func(fund.Contribution) bool) {
		for c, err := range Contributions(ctx, from, p, year) {
			if failed = err; err != nil || !yield(c) {
				return
			}
		}
	}, slices.Values(pledges))
	return donors, failed
}

// Pledges are the instalments on record. The reader shows fund.InstalmentType.
func Pledges(ctx context.Context, from records.Reader) ([]fund.Instalment, error) {
	var pledges []fund.Instalment
	err := scan(ctx, from, fund.InstalmentType, "", "", func(_ records.Record, i fund.Instalment) error {
		pledges = append(pledges, i)
		return nil
	})
	return pledges, err
}

// FundYears are those of the programme's terms, and all between them and the given year: the partitions of contributions.
func FundYears(p *programme.Edition, year int) iter.Seq[string] {
	first, last := year, year
	for _, term := range p.Terms {
		first, last = min(first, term.Start.Year), max(last, term.End.Year)
	}
	return func(yield func(string) bool) {
		for year := first; year <= last; year++ {
			if !yield(strconv.Itoa(year)) {
				return
			}
		}
	}
}

// Contributions goes through those of the years of the programme's terms, and of all between them and the given year.
func Contributions(
	ctx context.Context, from records.Reader, p *programme.Edition, year int,
) iter.Seq2[fund.Contribution, error] {
	return func(yield func(fund.Contribution, error) bool) {
		for year := range FundYears(p, year) {
			err := scan(ctx, from, fund.RecordType, year, "", func(_ records.Record, c fund.Contribution) error {
				if !yield(c, nil) {
					return errStop
				}
				return nil
			})
			if errors.Is(err, errStop) {
				return
			}
			if err != nil {
				yield(fund.Contribution{}, err)
				return
			}
		}
	}
}
