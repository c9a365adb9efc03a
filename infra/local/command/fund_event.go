package command

import (
	"context"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// typedEvent is an event of the fund as it was typed.
type typedEvent struct {
	flags                                 *pflag.FlagSet
	amount, currency                      string
	rate, rateDate, rateSource            string
	date, valueDate                       string
	donor, agreement, instalment, earmark string
	activity, cluster, line               string
	category, payee, contact              string
	beneficiaries                         []string
}

func declareEvent(flags *pflag.FlagSet) *typedEvent {
	e := &typedEvent{flags: flags}
	flags.StringVar(&e.amount, "amount", "", "such as 1200.50; of an exchange difference below zero for a loss: --amount=-35.20")
	flags.StringVar(&e.currency, "currency", "", "the one that was paid (of a deposit and an expenditure; default: the fund's)")
	flags.StringVar(&e.rate, "rate", "", "units of the fund's currency for one unit paid (default: the month's rate on record)")
	flags.StringVar(&e.rateDate, "rate-date", "", "the rate's day")
	flags.StringVar(&e.rateSource, "rate-source", "", "where the rate is from")
	flags.StringVar(&e.date, "date", "", "the day in whose period it counts (default: today)")
	flags.StringVar(&e.valueDate, "value-date", "", "the bank's day")
	flags.StringVar(&e.donor, "donor", "", "name or identifier (of a deposit, a refund, and support costs of one agreement)")
	flags.StringVar(&e.agreement, "agreement", "", "the number of the donor's agreement")
	flags.StringVar(&e.instalment, "instalment", "", "the instalment's number")
	flags.StringVar(&e.earmark, "earmark", "", "the activity or area that a deposit is for: 1.1 or 1")
	flags.StringVar(&e.activity, "activity", "", "the activity: 1.1")
	flags.StringVar(&e.cluster, "cluster", "", "the thematic cluster that it serves")
	flags.StringVar(&e.line, "line", "", "and the line of that cluster's budget: 1.2")
	flags.StringVar(&e.category, "category", "", "of an expenditure")
	flags.StringVar(&e.payee, "payee", "", "of an expenditure: the name, of which the books keep a digest only")
	flags.StringVar(&e.contact, "contact", "", "of an expenditure: the payee's number among your contacts")
	flags.StringArrayVar(&e.beneficiaries, "beneficiary", nil, "of an expenditure: a country, or a city as CM#bafoussam; repeatable")
	return e
}

// fitting are the options that only some kinds have, with the fields that they are.
var fitting = map[string]string{
	"currency": "original", "rate": "original", "rate-date": "original", "rate-source": "original", "donor": "donor", "agreement": "agreement",
	"instalment": "instalment", "earmark": "earmark", "activity": "activity", "cluster": "cluster", "line": "line", "category": "category",
	"payee": "payee", "contact": "payee", "beneficiary": "beneficiaries",
}

// of is the event that was typed. USAGE, REF_NOT_FOUND, REF_AMBIGUOUS, COUNTRY_UNKNOWN, CITY_UNKNOWN, ENUM_UNKNOWN, FX_RATE_MISSING.
func (t *typedEvent) of(ctx context.Context, f *funding, kind trust.Kind) (trust.Event, error) {
	e := trust.Event{
		Kind: kind, Agreement: fund.Instalment{Agreement: t.agreement}.AgreementKey(), Instalment: t.instalment,
		Earmark: coded("fund", t.earmark), Activity: coded("fund", t.activity), Cluster: t.cluster, Line: coded("cluster", t.line), Category: t.category,
	}
	if err := t.fits(kind); err != nil {
		return e, err
	}
	var err error
	if e.Date, err = f.day("date", t.date, f.today()); err != nil {
		return e, err
	}
	if e.ValueDate, err = f.day("value-date", t.valueDate, civil.Date{}); err != nil {
		return e, err
	}
	if err := t.money(ctx, f, &e); err != nil {
		return e, err
	}
	if t.donor != "" {
		if e.Donor, err = donors.Find(f.names, t.donor, f.app.Reference); err != nil {
			return e, err
		}
	}
	if t.payee != "" || t.contact != "" {
		e.Payee = fund.PayeeID(t.contact, t.payee)
	}
	e.Beneficiary, err = t.reached(ctx, f)
	return e, err
}

// fits refuses options that say nothing of this kind of event: who gives them means something else.
func (t *typedEvent) fits(kind trust.Kind) error {
	var odd error
	t.flags.Visit(func(flag *pflag.Flag) {
		if field, limited := fitting[flag.Name]; limited && !kind.Has(field) {
			odd = usage(locale.Text{
				EN: "%s has no --%s", FR: "%s n'a pas de --%s", ES: "%s no tiene --%s",
			}, kind, flag.Name)
		}
	})
	return odd
}

// coded puts the budget in front of a code without one: "fund/1.1" of "1.1".
func coded(budget, code string) string {
	if code == "" || strings.Contains(code, "/") {
		return code
	}
	return budget + "/" + code
}

// money reads the amount, converted where another currency was paid.
func (t *typedEvent) money(ctx context.Context, f *funding, e *trust.Event) error {
	own := f.currency()
	paid := own
	if t.currency != "" {
		known, ok := f.app.Reference.Currency(strings.ToUpper(t.currency))
		if !ok {
			return problem.New("CURRENCY_UNKNOWN").In("currency").Valued(t.currency)
		}
		paid = known
	}
	if t.amount == "" {
		return missing(t.flags.Name(), needAmount)
	}
	amount, err := money.Parse(t.amount, paid)
	if err != nil {
		return usage(locale.Text{
			EN: "--amount %q is not an amount of %s, such as 1200.50", FR: "--amount %q n'est pas un montant en %s, comme 1200.50",
			ES: "--amount %q no es un importe en %s, como 1200.50",
		}, t.amount, paid.Code)
	}
	if paid.Code == own.Code {
		e.Amount = amount
		if t.rate != "" || t.rateDate != "" || t.rateSource != "" {
			return missing(t.flags.Name()+" --rate", locale.Same("--currency"))
		}
		return nil
	}
	return t.convert(ctx, f, e, amount)
}

func (t *typedEvent) convert(ctx context.Context, f *funding, e *trust.Event, amount money.Amount) error {
	paid := registry.Payment{Amount: amount, RateSource: t.rateSource}
	if t.rate == "" && (t.rateDate != "" || t.rateSource != "") {
		return missing(t.flags.Name(), locale.Same("--rate"))
	}
	if t.rate != "" {
		var err error
		if paid.Rate, err = money.ParseRate(t.rate); err != nil {
			return usage(locale.Text{
				EN: "--rate %q is not a rate such as 1.0845", FR: "--rate %q n'est pas un taux comme 1.0845", ES: "--rate %q no es un tipo de cambio como 1.0845",
			}, t.rate)
		}
		if t.rateSource == "" {
			return missing(t.flags.Name(), locale.Same("--rate-source"))
		}
		if paid.RateDate, err = f.day("rate-date", t.rateDate, e.Date); err != nil {
			return err
		}
	}
	converted, err := f.app.Registry.Paid(ctx, *e, paid)
	*e = converted
	return err
}

// reached are the beneficiaries by their identifiers.
func (t *typedEvent) reached(ctx context.Context, f *funding) ([]string, error) {
	var all []string
	for _, typed := range t.beneficiaries {
		name, city, isCity := strings.Cut(typed, "#")
		country, err := countryOf(f.app.Reference, name)
		if err != nil {
			return nil, err
		}
		id := country.ISO2
		if isCity {
			found, err := f.app.Registry.City(ctx, city, country.ISO2, "")
			if err != nil {
				return nil, err
			}
			id = found.ID
		}
		all = append(all, id)
	}
	return all, nil
}

func declareDate(flags *pflag.FlagSet) *string {
	return flags.String("date", "", "the day in whose period it counts (default: today)")
}

// day reads a day that was typed; none is the default.
func (f *funding) day(option, text string, none civil.Date) (civil.Date, error) {
	if text == "" {
		return none, nil
	}
	day, err := civil.Parse(text)
	if err != nil {
		return day, usage(locale.Text{
			EN: "--%s %q is not a day such as 2025-07-20", FR: "--%s %q n'est pas un jour comme 2025-07-20",
			ES: "--%s %q no es un día como 2025-07-20",
		}, option, text)
	}
	return day, nil
}
