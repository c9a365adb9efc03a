package exports

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// fundRecords is what the fund workbook shows of the books and the records. The journal is read from the books once more, entry by entry.
type fundRecords struct {
	books     *registry.FundBooks
	sums      *fundSums
	places    journalPlaces
	entries   int // of the days
	donors    []fundDonor
	standings []fund.Standing
}

// fundDonor is a donor with what it gave.
type fundDonor struct {
	fund.Donor
	given
}

// fundDays are the term's, as far as they lie before the end of the workbook's day.
func (r *request) fundDays() days {
	d := days{first: r.term.Start, last: r.term.End}
	if r.day.Before(d.last) {
		d.last = r.day
	}
	return d
}

func (r *request) readFund(ctx context.Context) (fundRecords, error) {
	var found fundRecords
	types := append(registry.FundTypes(), fund.RecordType, fund.InstalmentType)
	err := r.Records.Snapshot(ctx, types, func(from records.Reader) (err error) {
		found = fundRecords{sums: newFundSums(r.fundDays())} // the snapshot may be taken again
		if found.books, err = registry.ReadFundBooks(ctx, from); err != nil {
			return err
		}
		instalments, err := registry.Pledges(ctx, from)
		if err != nil {
			return err
		}
		cover := fund.NewPromises(instalments).Cover(found.sums.last)
		for entry, err := range found.books.Entries(ctx) {
			if err != nil {
				return err
			}
			if err := found.add(entry, cover, r.Programme.Fund.Currency); err != nil {
				return err
			}
		}
		found.standings = slices.DeleteFunc(cover.Standings(), func(s fund.Standing) bool { return s.Instalment.SignedOn.After(found.sums.last) })
		known, err := registry.Donors(ctx, from, r.Programme, r.At.Year(), instalments)
		found.donors = r.givers(found.sums, known)
		return err
	})
	return found, err
}

func (f *fundRecords) add(e ledger.Entry, cover *fund.Cover, currency string) error {
	if err := f.sums.add(e); err != nil {
		return err
	}
	switch {
	case e.Date.After(f.sums.last):
		return nil
	case !e.Date.Before(f.sums.first):
		f.places.take(len(e.Postings))
		f.entries++
	}
	if gift, ok := statement.GiftOf(e, currency); ok {
		cover.Add(gift)
	}
	return nil
}

// givers puts names to those that gave; the books hold only their identifiers.
func (r *request) givers(sums *fundSums, known map[string]fund.Donor) []fundDonor {
	var donors []fundDonor
	for id, given := range sums.donors {
		one, named := known[id]
		if !named {
			one = unnamedDonor(id)
		}
		donors = append(donors, fundDonor{one, *given})
	}
	slices.SortFunc(donors, func(a, b fundDonor) int {
		return cmp.Or(cmp.Compare(r.donorType(a.Type), r.donorType(b.Type)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return donors
}

// unnamedDonor is as much of a donor as its identifier tells.
func unnamedDonor(id string) fund.Donor {
	d := fund.Donor{ID: id, Name: id}
	kind, rest, _ := strings.Cut(id, "#")
	d.Type = kind
	switch kind {
	case fund.MemberCity:
		if country, _, isCity := strings.Cut(rest, "#"); isCity {
			d.Member, d.Country = rest, country
		}
	case fund.DonorCountry:
		if len(rest) == 2 {
			d.Country = rest
		}
	}
	return d
}

// donorType is the place of a type of donor in the programme's order; unknown ones come last.
func (r *request) donorType(id string) int {
	for i, choice := range r.Programme.DonorTypes {
		if choice.ID == id {
			return i
		}
	}
	return len(r.Programme.DonorTypes)
}

// journalEntries are those of the days, in the order of their days.
func (f *fundRecords) journalEntries(ctx context.Context) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for entry, err := range f.books.Entries(ctx) {
			switch {
			case err == nil && entry.Date.Before(f.sums.first):
				continue
			case err == nil && entry.Date.After(f.sums.last):
				return
			case !yield(entry, err):
				return
			}
		}
	}
}
