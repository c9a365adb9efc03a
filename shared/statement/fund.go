package statement

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/trust"
)

// ErrPeriod is returned for a period without days.
var ErrPeriod = errors.New("statement: a period ends before it begins")

// ErrReconcile is returned when the donors' figures are not the fund's, or a statement's lines don't sum to its closing balance: the books, or
// the attribution, are not in order, and no statement may go out.
var ErrReconcile = errors.New("statement: the figures do not reconcile")

// ErrDonor is returned for a donor of which neither the ledger nor the pledges know anything.
var ErrDonor = errors.New("statement: no such donor")

// Fund is what one pass over the ledger finds: the fund's figures and those of every donor.
type Fund struct {
	Period   Period
	Prior    Period
	Since    civil.Date // the day of the first entry; zero without any
	AsOf     civil.Date // the period's end, or today while the period isn't over
	Closed   bool       // the books are closed up to the period's end
	Currency money.Currency
	Head     Head

	Total         Figures        // the fund's, from the accounts of its ledger
	Donors        []DonorFigures // ordered by identifier; their sum is Total
	Activities    []Budget       // of the fund, in the programme's order; Donor is 0
	Beneficiaries []Beneficiary  // of the fund, countries in the order of their codes, then what has none; Donor is 0
	Focus         []Focus        // of the fund; Donor is 0
	Categories    []Category     // in the order of their codes

	in         Input
	pass       *pass
	activities []string                   // codes
	standings  map[string][]fund.Standing // by donor
	sum        Figures                    // of all donors
	turns      map[string][3][]turn       // by activity, column and donor
}

// Compute goes over the entries once. It keeps the contributions of the donors that are named, for their statements; beside those, memory
// grows with donors, activities and beneficiaries, not with entries.
//
// ErrPeriod, ErrReconcile, and the errors of the entries and of trust.Follow.
func Compute(in Input, period Period, donors ...string) (*Fund, error) {
	if period.To.Before(period.From) {
		return nil, ErrPeriod
	}
	prior := period.Before(in.Programme)
	p := newPass(in, period, prior, donors)
	if err := p.run(in.Entries); err != nil {
		return nil, err
	}
	f := &Fund{
		Period: period, Prior: prior, Since: p.since, Closed: !in.ClosedTo.Before(period.To), Currency: money.ISO(p.currency),
		Head: Head{in.Head.Link.Number, in.Head.Link.Hash, in.Head.Total},
		AsOf: period.To, in: in, pass: p, standings: map[string][]fund.Standing{},
	}
	if !in.Today.IsZero() && in.Today.Before(period.To) {
		f.AsOf = in.Today
	}
	for _, l := range p.lists {
		l.trim()
	}
	for _, s := range p.cover.Standings() {
		donor := s.Instalment.DonorID()
		f.standings[donor] = append(f.standings[donor], s)
	}
	f.activities = f.codes()
	f.Total = f.total()
	f.Donors = f.donors()
	f.turns = f.taken()
	f.Activities = f.budget(nil)
	f.Beneficiaries = f.beneficiaries(-1)
	f.Focus = focus(f.Beneficiaries)
	f.Categories = f.categories()
	return f, f.reconcile()
}

// codes are those of the programme's activities, in its order, and then of others that the ledger knows.
func (f *Fund) codes() []string {
	var codes []string
	for _, activity := range f.in.Programme.Fund.Activities {
		codes = append(codes, activity.Code)
	}
	for _, account := range f.pass.last.accounts.Accounts() {
		if activity, ok := trust.ActivityOf(account); ok && !slices.Contains(codes, activity) {
			codes = append(codes, activity)
		}
	}
	return codes
}

// moved are the columns of what moves, by what it is at the end of each cut.
func moved(earlier, prior, last int64) Columns { return Columns{last - prior, prior - earlier, last} }

// stands are the columns of what there is at the end of a column's days.
func stands(prior, last int64) Columns { return Columns{last, prior, last} }

// opens are the columns of what there was before a column's days.
func opens(earlier, prior int64) Columns { return Columns{prior, earlier, 0} }

// total are the fund's figures, by its accounts.
func (f *Fund) total() Figures {
	p := f.pass
	of := func(a ledger.Account) (earlier, prior, last int64) {
		return trust.Shown(p.earlier.accounts, a), trust.Shown(p.prev.accounts, a), trust.Shown(p.last.accounts, a)
	}
	total := Figures{ByLine: map[Line]Columns{}, ByActivity: map[string]Columns{}}
	total.ByLine[Received] = moved(of(trust.Contributions))
	total.ByLine[Interest] = moved(of(trust.Interest))
	total.ByLine[Exchange] = moved(of(trust.Exchange))
	total.ByLine[Support] = moved(of(trust.Support)).Negated()
	total.ByLine[Refunded] = moved(of(trust.Refunds)).Negated()
	total.ByLine[Adjusted] = Columns{}
	for _, activity := range f.activities {
		spent := moved(of(trust.SpentOn(activity))).Negated()
		total.ByActivity[activity] = spent
		total.ByLine[Spent] = total.ByLine[Spent].Plus(spent)
		_, prior, last := of(trust.AllocatedTo(activity))
		total.ByLine[Allocated] = total.ByLine[Allocated].Plus(stands(prior, last))
	}
	earlier, prior, last := of(trust.Cash)
	total.ByLine[Opening], total.ByLine[Closing] = opens(earlier, prior), stands(prior, last)
	_, prior, last = of(trust.Unallocated)
	total.ByLine[Unallocated] = stands(prior, last)
	return total
}

// donors are the figures of all, by their shares at the three cuts.
func (f *Fund) donors() []DonorFigures {
	p := f.pass
	earlier, prior, last := byDonor(p.earlier), byDonor(p.prev), byDonor(p.last)
	free := [2]map[string]int64{fitted(p.prev), fitted(p.last)}
	all := make([]DonorFigures, 0, len(last))
	for _, donor := range slices.Sorted(maps.Keys(last)) {
		a, b, c := earlier[donor], prior[donor], last[donor]
		line := func(of func(s attribution.Share) int64) Columns { return moved(of(a), of(b), of(c)) }
		named := func(name string) Columns { return line(func(s attribution.Share) int64 { return s.Lines[name] }) }
		figures := Figures{ByActivity: make(map[string]Columns, len(f.activities)), ByLine: map[Line]Columns{
			Opening:  opens(a.Closing(), b.Closing()),
			Received: line(func(s attribution.Share) int64 { return s.Received }),
			Interest: named(trust.LineInterest),
			Exchange: named(trust.LineExchange),
			Support:  named(trust.LineSupport),
			Refunded: line(func(s attribution.Share) int64 { return -s.Refunded }),
			Adjusted: named(attribution.Adjusted),
			Closing:  stands(b.Closing(), c.Closing()),
		}}
		var spent Columns
		for _, activity := range f.activities {
			figures.ByActivity[activity] = named(attribution.Spending(activity))
			spent = spent.Plus(figures.ByActivity[activity])
		}
		unallocated := stands(free[0][donor], free[1][donor])
		figures.ByLine[Spent], figures.ByLine[Unallocated] = spent, unallocated
		figures.ByLine[Allocated] = figures.ByLine[Closing].Less(unallocated)
		all = append(all, DonorFigures{donor, figures})
	}
	return all
}

func byDonor(c cut) map[string]attribution.Share {
	shares := make(map[string]attribution.Share, len(c.shares))
	for _, share := range c.shares {
		shares[share.Donor] = share
	}
	return shares
}

// fitted are the donors' unallocated parts, none beyond what is left of the donor's money: both were rounded by themselves. What is beyond it
// is the part of those with room, in the order of donors.
func fitted(c cut) map[string]int64 {
	parts := make(map[string]int64, len(c.shares))
	var over int64
	for _, share := range c.shares {
		part := c.unallocated[share.Donor]
		parts[share.Donor] = min(part, max(share.Closing(), 0))
		over += part - parts[share.Donor]
	}
	for _, share := range c.shares {
		room := min(over, max(share.Closing(), 0)-parts[share.Donor])
		parts[share.Donor] += room
		over -= room
	}
	return parts
}

// reconcile proves that every donor's lines sum to its closing balance, and all donors' to the fund's.
func (f *Fund) reconcile() error {
	for _, donor := range append(slices.Clone(f.Donors), DonorFigures{Figures: f.Total}) {
		if err := donor.Figures.balances(); err != nil {
			return fmt.Errorf("%w of donor %q", err, donor.Donor)
		}
	}
	sum := Figures{ByLine: map[Line]Columns{}, ByActivity: map[string]Columns{}}
	for _, donor := range f.Donors {
		for line, columns := range donor.Figures.ByLine {
			sum.ByLine[line] = sum.ByLine[line].Plus(columns)
		}
		for activity, columns := range donor.Figures.ByActivity {
			sum.ByActivity[activity] = sum.ByActivity[activity].Plus(columns)
		}
	}
	for _, line := range Lines {
		if sum.Of(line) != f.Total.Of(line) {
			return fmt.Errorf("%w: %s of all donors is %v, of the fund %v", ErrReconcile, line, sum.Of(line), f.Total.Of(line))
		}
	}
	for activity, columns := range f.Total.ByActivity {
		if sum.SpentOn(activity) != columns {
			return fmt.Errorf("%w: spending of all donors on %s is %v, of the fund %v", ErrReconcile, activity, sum.SpentOn(activity), columns)
		}
	}
	f.sum = sum
	return nil
}

// balances returns ErrReconcile unless the opening balance and all moves are the closing one, and that is allocated or unallocated.
func (f Figures) balances() error {
	var sum Columns
	for _, line := range append([]Line{Opening}, Moves...) {
		sum = sum.Plus(f.Of(line))
	}
	if closing := f.Of(Closing); sum != closing || f.Of(Unallocated).Plus(f.Of(Allocated)) != closing {
		return fmt.Errorf("%w: the lines sum to %v, the closing balance is %v", ErrReconcile, sum, closing)
	}
	return nil
}
