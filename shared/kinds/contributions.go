package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// Contributions is the kind of sheets with money that the fund has received: a bank's lines, named and earmarked (R-FUN-4,
// R-FUN-8). The same line sent twice is one contribution.
func Contributions() imports.Kind {
	return imports.Define(imports.Definition[contributionRow]{
		Name:    "contributions",
		Touches: []string{fund.RecordType},
		Booked:  imports.Booked{Amount: "amount", Date: "received_on"},
		List:    listDonors,
		Schema:  contributionsSchema,
		Begin: func(ctx context.Context, env *imports.Env) (imports.Rules[contributionRow], error) {
			members, err := loadMembers(ctx, env)
			if err != nil {
				return nil, err
			}
			deposits, err := loadDeposits(ctx, env)
			return &contributionRules{
				givers: givers{env, members}, payments: newPayments(env), earmarks: newEarmarks(env.Programme).withAreas(env.Programme), deposits: deposits,
			}, err
		},
	})
}

type contributionRow struct {
	Donor      string     `sheet:"donor"`
	DonorType  string     `sheet:"donor_type"`
	City       string     `sheet:"city"`
	Country    string     `sheet:"country"`
	Amount     string     `sheet:"amount"`
	Currency   string     `sheet:"currency"`
	ReceivedOn civil.Date `sheet:"received_on"`
	Reference  string     `sheet:"reference"`
	Earmark    string     `sheet:"earmark"`
	Agreement  string     `sheet:"agreement"`
	Rate       string     `sheet:"rate"`
	RateDate   civil.Date `sheet:"rate_date"`
	RateSource string     `sheet:"rate_source"`
	Remarks    string     `sheet:"remarks"`
}

// noRefund is why money that was received is not below zero.
var noRefund = text3("it is negative, and a refund is not a contribution", "il est négatif, et un remboursement n'est pas une contribution",
	"es negativo, y un reembolso no es una contribución")

type contributionRules struct {
	givers   givers
	payments payments
	earmarks *earmarks
	deposits *deposits
}

// Judge holds R-FUN-4, R-FUN-6, R-FUN-8, R-FUN-9 and R-FUN-10.
func (r *contributionRules) Judge(ctx context.Context, row contributionRow, at imports.Place) (imports.Judgement, error) {
	var problems findings
	c := fund.Contribution{
		Donor: row.Donor, DonorType: row.DonorType, City: row.City, Country: row.Country,
		ReceivedOn: row.ReceivedOn, Reference: row.Reference, Remarks: row.Remarks,
	}
	var rests []imports.Rest
	if !unreadable(at, "donor", "donor_type", "city", "country", "received_on") {
		g, p := r.givers.find(giver{Donor: row.Donor, Type: row.DonorType, City: row.City, Country: row.Country}, row.ReceivedOn)
		c.Member, c.City, c.Country, rests = g.Member, g.City, g.Country, g.Rests
		if !problems.add(p) && !unreadable(at, "agreement") {
			under, p := r.deposits.agreements.of(c, row.Agreement)
			problems.add(p)
			c.Agreement, c.SupportRate = under.Key, under.SupportRate
			rests = append(rests, under.Rests...)
		}
	}
	money := paid{
		Amount: row.Amount, Currency: row.Currency, On: row.ReceivedOn, Rate: row.Rate, RateDate: row.RateDate, RateSource: row.RateSource,
	}
	c.Amount = r.payments.amount(money, at, noRefund, &problems)
	rated, err := r.payments.rate(ctx, money, at, &problems)
	if err != nil {
		return imports.Judgement{}, err
	}
	c.Rate, c.RateDate, c.RateSource = rated.Rate, rated.Date, rated.Source
	rests = append(rests, rated.Rests...)
	if !unreadable(at, "earmark") {
		code, p := r.earmarks.find(row.Earmark)
		problems.add(p)
		c.Earmark = code
	}
	j := imports.Judgement{Label: row.Donor + ", " + row.Amount + " " + row.Currency, Problems: problems}
	if unreadable(at, "donor", "received_on", "amount", "currency", "reference") || problems.block() {
		return j, nil
	}
	ref := records.Ref{Type: fund.RecordType, Partition: c.Year(), ID: c.ID()}
	j.Key = ref.Partition + "/" + ref.ID
	j.Changes, j.Rests, j.Besides = []imports.Change{{Ref: ref, Body: c}}, rests, nearYears(ref, c, contributionLine)
	if !at.Failed {
		j.Problems = append(j.Problems, r.deposits.judge(c, at.Row)...)
	}
	return j, nil
}

// Finish gives DEPOSIT_EXCEEDS_PLEDGE, which shows only beside all that the donor gave.
func (r *contributionRules) Finish(ctx context.Context) ([]problem.Problem, error) {
	return r.deposits.finish(ctx)
}
