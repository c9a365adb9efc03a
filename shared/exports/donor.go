package exports

import (
	"context"
	"io"

	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/statement"
)

// Donor writes the statement of one donor: what was received of it, what became of it, and the proof that this donor and all others are the
// fund. TERM_UNKNOWN, DATE_ORDER, and those of donors.Find; a store that stays busy is a *records.BusyError.
func Donor(ctx context.Context, dst io.Writer, in Input) error {
	r, s, found, err := computeDonor(ctx, in)
	if err != nil {
		return err
	}
	listed, err := listTransactions(found.Entries, s)
	if err != nil {
		return err
	}
	return writeStatement(ctx, dst, r, s, listed, found.cities)
}

// computeDonor computes the statement that is asked for, whatever is made of it.
func computeDonor(ctx context.Context, in Input) (*request, *statement.Statement, statementRecords, error) {
	none := statementRecords{}
	r, err := in.resolve()
	if err != nil {
		return nil, nil, none, err
	}
	period, err := statementPeriod(in)
	if err != nil {
		return nil, nil, none, err
	}
	found, err := readStatements(ctx, in)
	if err != nil {
		return nil, nil, none, err
	}
	donor := in.Donor
	if _, known := found.Donors[donor]; in.ByID && !known {
		return nil, nil, none, problem.New("DONOR_UNKNOWN").Valued(donor)
	}
	if donor, err = donors.Find(found.Donors, donor, in.Reference); err != nil {
		return nil, nil, none, err
	}
	all, err := statement.Compute(found.Input, period, donor)
	if err != nil {
		return nil, nil, none, err
	}
	s, err := donors.Standing(all, donor, found.finals, in.Programme.LatestCall().Location())
	return r, s, found, err
}

func writeStatement(
	ctx context.Context, dst io.Writer, r *request, s *statement.Statement, listed transactions, cities map[string]string,
) error {
	w := sheet.NewWriter(dst, r.workbook(r.fill(statementTitle, nameOf(s))))
	b := &donorBook{book: book{Writer: w, look: newLook(w), r: r}, s: s, listed: listed, cities: cities}
	b.d = newDonorLook(w, b.look, r)
	defer b.Discard()
	b.place()
	for _, write := range []func() error{
		b.cover, b.summary, b.instalments, func() error { return b.contributions(ctx) }, b.spending, b.budget, b.beneficiaries, b.results,
		func() error { return b.transactions(ctx) }, b.proof, b.definitions,
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return b.Close()
}

// donorBook is the statement's workbook. Places of sheets that others refer to are fixed beforehand.
type donorBook struct {
	book
	d      *donorLook
	s      *statement.Statement
	listed transactions
	cities map[string]string // names by identifier

	gifts, entries, reach, activities listPlaces
}

func (b *donorBook) place() {
	b.gifts, b.entries = placeList(len(b.s.Contributions)), placeList(len(b.listed.shown))
	b.reach, b.activities = placeList(len(b.s.Beneficiaries)), placeList(len(b.s.Spending))
}

// nameOf is the donor as it is named on record, or its identifier.
func nameOf(s *statement.Statement) string {
	if s.Donor.Name != "" {
		return s.Donor.Name
	}
	return s.Donor.ID
}

// units are minor units of the fund's currency as a cell shows them.
func (b *donorBook) units(minor int64) sheet.Number {
	return exact(money.Amount{Minor: minor, Currency: b.s.Currency.Code})
}

// span is a period in words.
func (b *donorBook) span(p statement.Period) string {
	return b.r.fill(spanWords, b.r.in(p.From.Text()), b.r.in(p.To.Text()))
}

// subtitle is what stands below the title of every sheet.
func (b *donorBook) subtitle() string {
	return nameOf(b.s) + " · " + b.span(b.s.Period) + " · " + b.s.Currency.Code + " · " + b.r.in(b.s.Status.Text())
}
