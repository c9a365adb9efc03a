package kinds

import (
	"context"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// PledgesKind is the name of the kind of sheet with what donors promise to the fund.
const PledgesKind = "pledges"

// Pledges is the kind of sheets with what donors promise to the fund, an instalment a row. A pledge is a memorandum: nothing of it counts
// as received (R-FUN-8).
func Pledges() imports.Kind {
	return imports.Define(imports.Definition[pledgeRow]{
		Name: PledgesKind, Touches: []string{fund.InstalmentType}, Schema: pledgesSchema, Begin: beginPledges,
		Dependents: restingOn(fund.InstalmentType),
		List:       listDonors,
	})
}

type pledgeRow struct {
	Donor            string     `sheet:"donor"`
	DonorType        string     `sheet:"donor_type"`
	City             string     `sheet:"city"`
	Country          string     `sheet:"country"`
	Agreement        string     `sheet:"agreement"`
	Pledged          string     `sheet:"pledged"`
	Currency         string     `sheet:"currency"`
	SignedOn         civil.Date `sheet:"signed_on"`
	Instalment       *int64     `sheet:"instalment" validate:"omitempty,gte=1,lte=999"`
	InstalmentAmount string     `sheet:"instalment_amount"`
	DueOn            civil.Date `sheet:"due_on"`
	Earmark          string     `sheet:"earmark"`
	SupportRate      string     `sheet:"support_rate"`
	Remarks          string     `sheet:"remarks"`
}

type pledgeRules struct {
	env      *imports.Env
	givers   givers
	earmarks *earmarks
	onRecord map[string][]fund.Instalment   // by agreement
	inSheet  map[string][]pledgedInstalment // by agreement: of rows that stand, in the sheet's order
}

// pledgedInstalment is an instalment with its row, 0 for one on record.
type pledgedInstalment struct {
	fund.Instalment
	row int
}

func beginPledges(ctx context.Context, env *imports.Env) (imports.Rules[pledgeRow], error) {
	members, err := loadMembers(ctx, env)
	if err != nil {
		return nil, err
	}
	r := &pledgeRules{
		env: env, givers: givers{env, members}, earmarks: newEarmarks(env.Programme).withAreas(env.Programme),
		onRecord: map[string][]fund.Instalment{}, inSheet: map[string][]pledgedInstalment{},
	}
	stored, err := loadEach[fund.Instalment](ctx, env.Records, fund.InstalmentType, "")
	for _, id := range slices.Sorted(maps.Keys(stored)) {
		i := stored[id].Body
		r.onRecord[i.AgreementKey()] = append(r.onRecord[i.AgreementKey()], i)
	}
	return r, err
}

// Judge holds R-FUN-4, R-FUN-6, R-FUN-8 and R-FUN-10 for one instalment.
func (r *pledgeRules) Judge(_ context.Context, row pledgeRow, at imports.Place) (imports.Judgement, error) {
	var problems findings
	i := fund.Instalment{
		Agreement: row.Agreement, Donor: row.Donor, DonorType: row.DonorType, City: row.City, Country: row.Country,
		SignedOn: row.SignedOn, Number: 1, DueOn: row.DueOn, Remarks: row.Remarks,
	}
	if row.Instalment != nil {
		i.Number = int(*row.Instalment)
	}
	rests := r.giver(&i, at, &problems)
	r.amounts(&i, row, at, &problems)
	if row.SupportRate != "" && !unreadable(at, "support_rate") {
		rate, err := money.ParsePercent(row.SupportRate)
		if err != nil {
			problems.add(problem.New("NUMBER_OUT_OF_RANGE").In("support_rate").Under("R-FUN-10").WithText("column", supportRateLabel).
				WithText("range", text3("0 to 100, with four decimals at most", "0 à 100, quatre décimales au plus", "0 a 100, con cuatro decimales como máximo")))
		}
		i.SupportRate = rate
	}
	if !unreadable(at, "earmark") {
		code, p := r.earmarks.find(row.Earmark)
		problems.add(p)
		i.Earmark = code
	}
	if !unreadable(at, "agreement") && i.AgreementKey() == "" {
		problems.add(missing("agreement", agreementLabel, "R-FUN-8"))
	}
	if !unreadable(at, "due_on", "signed_on") {
		problems.warn(tooEarly("due_on", i.DueOn, signedOnLabel, i.SignedOn))
	}
	j := imports.Judgement{Label: row.Donor + ", " + row.Agreement, Problems: problems}
	if at.Failed || problems.block() {
		return j, nil
	}
	ref := records.Ref{Type: fund.InstalmentType, ID: i.ID()}
	j.Key = ref.ID
	j.Changes, j.Rests = []imports.Change{{Ref: ref, Body: i}}, rests
	r.note(i, at.Row)
	return j, nil
}

// note keeps an instalment until all of its agreement are known; of a row that is repeated the first counts.
func (r *pledgeRules) note(i fund.Instalment, row int) {
	key := i.AgreementKey()
	if slices.ContainsFunc(r.inSheet[key], func(other pledgedInstalment) bool { return other.Number == i.Number }) {
		return
	}
	r.inSheet[key] = append(r.inSheet[key], pledgedInstalment{i, row})
}

// giver says who pledges. A donor country is named by the country column, by which its contributions are known, where its name does not.
func (r *pledgeRules) giver(i *fund.Instalment, at imports.Place, problems *findings) []imports.Rest {
	if unreadable(at, "donor", "donor_type", "city", "country", "signed_on") {
		return nil
	}
	g, p := r.givers.find(giver{Donor: i.Donor, Type: i.DonorType, City: i.City, Country: i.Country}, i.SignedOn)
	problems.add(p)
	if g.Type == fund.DonorCountry && g.Country == "" {
		problems.add(missing("country", countryColumn(r.env.Reference).Label, "R-FUN-4"))
	}
	i.Member, i.City, i.Country = g.Member, g.City, g.Country
	return g.Rests
}

// amounts reads what is pledged in all and by this instalment, which is all of it where it is the only one and says nothing.
func (r *pledgeRules) amounts(i *fund.Instalment, row pledgeRow, at imports.Place, problems *findings) {
	if row.Currency == "" && !unreadable(at, "currency") {
		problems.add(problem.New("CURRENCY_MISSING").In("currency").Under("R-FUN-8"))
	}
	currency, known := r.env.Reference.Currency(row.Currency)
	if !known {
		return
	}
	if row.Pledged != "" && !unreadable(at, "pledged") {
		i.Pledged = pledgedAmount("pledged", row.Pledged, currency, 1, problems)
	}
	switch {
	case unreadable(at, "instalment_amount", "instalment"):
	case row.InstalmentAmount != "":
		i.Amount = pledgedAmount("instalment_amount", row.InstalmentAmount, currency, 0, problems)
	case i.Number == 1:
		i.Amount = i.Pledged
	default:
		problems.add(missing("instalment_amount", instalmentAmountLabel, "R-FUN-8"))
	}
}

// pledgedAmount reads an amount of at least so many minor units: AMOUNT_SCALE for what no pledge can be.
func pledgedAmount(field, text string, c money.Currency, least int64, problems *findings) money.Amount {
	amount, err := money.Parse(text, c)
	var reason locale.Text
	switch {
	case err != nil:
		reason = noAmount(err, c)
	case amount.Minor < 0:
		reason = text3("it is negative", "il est négatif", "es negativo")
	case amount.Minor < least:
		reason = text3("it is zero", "il est nul", "es cero")
	default:
		return amount
	}
	problems.add(problem.New("AMOUNT_SCALE").In(field).Under("R-FUN-8").WithText("reason", reason))
	return money.Amount{}
}

// Finish holds the instalments of an agreement together, those on record included: PLEDGE_CONTRADICTED where they say different things of
// it, INSTALMENTS_SUM_MISMATCH where they are not the pledge. Either fails every row of the agreement.
func (r *pledgeRules) Finish(context.Context) ([]problem.Problem, error) {
	var problems []problem.Problem
	for _, key := range slices.Sorted(maps.Keys(r.inSheet)) {
		rows := r.inSheet[key]
		p := disagreement(r.together(key))
		for _, row := range rows {
			if p != nil {
				one := *p
				one.Row = row.row
				problems = append(problems, one)
			}
		}
	}
	return problems, nil
}

// together are an agreement's instalments as they would be on record: the sheet's, and the others that are there.
func (r *pledgeRules) together(key string) []fund.Instalment {
	var all []fund.Instalment
	for _, row := range r.inSheet[key] {
		all = append(all, row.Instalment)
	}
	for _, i := range r.onRecord[key] {
		if !slices.ContainsFunc(all, func(other fund.Instalment) bool { return other.Number == i.Number }) {
			all = append(all, i)
		}
	}
	return all
}

// disagreement is what is wrong with the instalments of an agreement, nil when they are one pledge.
func disagreement(all []fund.Instalment) *problem.Problem {
	first := all[0]
	for _, i := range all[1:] {
		field, label, one, other := "", locale.Text{}, locale.Text{}, locale.Text{}
		switch {
		case i.DonorID() != first.DonorID():
			field, label, one, other = "donor", donorLabel, locale.Same(first.Donor), locale.Same(i.Donor)
		case i.Pledged != first.Pledged:
			field, label, one, other = "pledged", pledgedLabel, amountText(first.Pledged), amountText(i.Pledged)
		case i.SignedOn != first.SignedOn:
			field, label, one, other = "signed_on", signedOnLabel, first.SignedOn.Text(), i.SignedOn.Text()
		case i.SupportRate != first.SupportRate:
			field, label, one, other = "support_rate", supportRateLabel, percentText(first.SupportRate), percentText(i.SupportRate)
		default:
			continue
		}
		return problem.New("PLEDGE_CONTRADICTED").In(field).Under("R-FUN-8").With("agreement", first.Agreement).
			WithText("column", label).WithText("one", one).WithText("other", other)
	}
	if sum := fund.SumOf(all); sum != first.Pledged {
		return problem.New("INSTALMENTS_SUM_MISMATCH").In("instalment_amount").Under("R-FUN-8").With("agreement", first.Agreement).
			WithText("sum", amountText(sum)).WithText("pledged", amountText(first.Pledged))
	}
	return nil
}

func percentText(p money.Percent) locale.Text {
	return text3(locale.FormatDecimal(locale.EN, p.String())+"%", locale.FormatDecimal(locale.FR, p.String())+locale.NoBreakSpace+"%",
		locale.FormatDecimal(locale.ES, p.String())+locale.NoBreakSpace+"%")
}
