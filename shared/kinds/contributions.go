package kinds

import (
	"context"
	"errors"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// Contributions is the kind of sheets with money that the fund has received: a bank's lines, named and earmarked (R-FUN-4,
// R-FUN-8). The same line sent twice is one contribution.
func Contributions() imports.Kind {
	return imports.Define(imports.Definition[contributionRow]{
		Name:    "contributions",
		Touches: []string{fund.RecordType},
		Schema:  contributionsSchema,
		Begin: func(ctx context.Context, env *imports.Env) (imports.Rules[contributionRow], error) {
			members, err := loadMembers(ctx, env)
			if err != nil {
				return nil, err
			}
			deposits, err := loadDeposits(ctx, env)
			return &contributionRules{
				env: env, givers: givers{env, members}, earmarks: newEarmarks(env.Programme), deposits: deposits,
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
	Rate       string     `sheet:"rate"`
	RateDate   civil.Date `sheet:"rate_date"`
	RateSource string     `sheet:"rate_source"`
	Remarks    string     `sheet:"remarks"`
}

type contributionRules struct {
	env      *imports.Env
	givers   givers
	earmarks *earmarks
	deposits *deposits
}

// Judge holds R-FUN-4, R-FUN-6, R-FUN-8 and R-FUN-9.
func (r *contributionRules) Judge(_ context.Context, row contributionRow, at imports.Place) (imports.Judgement, error) {
	var problems findings
	c := fund.Contribution{
		Donor: row.Donor, DonorType: row.DonorType, City: row.City, Country: row.Country,
		ReceivedOn: row.ReceivedOn, Reference: row.Reference, Remarks: row.Remarks,
	}
	var rests []imports.Rest
	if !unreadable(at, "donor", "donor_type", "city", "country", "received_on") {
		g, p := r.givers.find(giver{Donor: row.Donor, Type: row.DonorType, City: row.City, Country: row.Country}, row.ReceivedOn)
		problems.add(p)
		c.Member, c.City, c.Country, rests = g.Member, g.City, g.Country, g.Rests
	}
	c.Amount = r.amount(row, at, &problems)
	r.rate(&c, row, at, &problems)
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
	j.Changes, j.Rests = []imports.Change{{Ref: ref, Body: c}}, rests
	if !at.Failed {
		j.Problems = append(j.Problems, r.deposits.judge(c, at.Row)...)
	}
	return j, nil
}

// amount reads the money that was paid: CURRENCY_MISSING, and AMOUNT_SCALE for what no payment can be.
func (r *contributionRules) amount(row contributionRow, at imports.Place, problems *findings) money.Amount {
	if row.Currency == "" && !unreadable(at, "currency") {
		problems.add(problem.New("CURRENCY_MISSING").In("currency").Under("R-FUN-9"))
	}
	currency, known := r.env.Reference.Currency(row.Currency)
	if !known || row.Amount == "" || unreadable(at, "amount") {
		return money.Amount{}
	}
	amount, err := money.Parse(row.Amount, currency)
	if reason := unpayable(amount, err, currency); reason != (locale.Text{}) {
		problems.add(problem.New("AMOUNT_SCALE").In("amount").Under("R-FUN-8").WithText("reason", reason))
	}
	return amount
}

// unpayable is why an amount can't have been received; no text when it can.
func unpayable(amount money.Amount, err error, c money.Currency) locale.Text {
	switch {
	case err != nil:
		return noAmount(err, c)
	case amount.Sign() < 0:
		return text3("it is negative, and a refund is not a contribution", "il est négatif, et un remboursement n'est pas une contribution",
			"es negativo, y un reembolso no es una contribución")
	case amount.Sign() == 0:
		return text3("it is zero", "il est nul", "es cero")
	}
	return locale.Text{}
}

// noAmount is why a decimal is no amount of a currency; err is what money.Parse said.
func noAmount(err error, c money.Currency) locale.Text {
	if errors.Is(err, money.ErrScale) {
		return decimalsOf(c)
	}
	return text3("it is too large", "il est trop grand", "es demasiado grande")
}

func decimalsOf(c money.Currency) locale.Text {
	if c.Digits == 0 {
		return text3(c.Code+" has no decimals", c.Code+" n'a pas de décimales", c.Code+" no tiene decimales")
	}
	n := strconv.Itoa(c.Digits)
	return text3(c.Code+" has at most "+n+" decimals", c.Code+" a au plus "+n+" décimales", c.Code+" tiene como máximo "+n+" decimales")
}

// rate is the one that money in another currency is converted at, with its date and source (R-FUN-9). The fund's own currency
// needs none.
func (r *contributionRules) rate(c *fund.Contribution, row contributionRow, at imports.Place, problems *findings) {
	own := r.env.Programme.Fund.Currency
	if row.Currency == "" || unreadable(at, "currency", "rate") {
		return
	}
	if row.Rate == "" {
		if row.Currency != own {
			problems.add(problem.New("FX_RATE_MISSING").In("rate").Under("R-FUN-9").With("currency", row.Currency).With("fund", own))
		}
		return
	}
	rate, err := money.ParseRate(row.Rate)
	switch {
	case err != nil:
		problems.add(rateOutOfRange(text3("above 0, at most ten decimals", "supérieur à 0, dix décimales au plus",
			"mayor que 0, con diez decimales como máximo")))
	case row.Currency != own:
		c.Rate, c.RateDate, c.RateSource = rate, row.RateDate, row.RateSource
		r.rateOrigin(row, at, problems)
	case rate.String() != "1":
		problems.add(rateOutOfRange(text3("1 or blank for "+own, "1 ou vide pour "+own, "1 o en blanco para "+own)))
	}
}

func rateOutOfRange(expected locale.Text) *problem.Problem {
	return problem.New("NUMBER_OUT_OF_RANGE").In("rate").Under("R-FUN-9").WithText("column", rateLabel).WithText("range", expected)
}

// rateOrigin asks where the rate comes from. Without it the contribution is imported all the same, and the gap shown: the bank's
// line may not say.
func (r *contributionRules) rateOrigin(row contributionRow, at imports.Place, problems *findings) {
	if row.RateDate.IsZero() && !unreadable(at, "rate_date") {
		problems.add(missing("rate_date", rateDateLabel, "R-FUN-9").Rated(problem.Warning))
	}
	if row.RateSource == "" && !unreadable(at, "rate_source") {
		problems.add(missing("rate_source", rateSourceLabel, "R-FUN-9").Rated(problem.Warning))
	}
}

// Finish gives DEPOSIT_EXCEEDS_PLEDGE, which shows only beside all that the donor gave.
func (r *contributionRules) Finish(ctx context.Context) ([]problem.Problem, error) {
	return r.deposits.finish(ctx)
}
