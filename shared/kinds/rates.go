package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Rates is the kind of sheets with the rates of a month, as the UN prints them: units of a currency for one unit of the fund's. Money of
// which no other rate is stated is converted at them (R-FUN-9).
func Rates() imports.Kind {
	return imports.Define(imports.Definition[rateRow]{
		Name: "rates", Touches: []string{fund.RateType}, Schema: ratesSchema,
		Begin: func(_ context.Context, env *imports.Env) (imports.Rules[rateRow], error) {
			return &rateRules{env: env, label: monthRateLabel(env), column: currencyColumn(env.Reference, env.Programme.Fund.Currency)}, nil
		},
		Dependents: restingOn(fund.RateType),
	})
}

type rateRow struct {
	Month    civil.Date `sheet:"month"`
	Currency string     `sheet:"currency"`
	Abbr     string     `sheet:"abbreviation"`
	Rate     string     `sheet:"rate"`
	Source   string     `sheet:"source"`
}

type rateRules struct {
	env    *imports.Env
	label  locale.Text  // of the rate
	column sheet.Column // of currencies, which are looked up here
}

// Judge holds R-FUN-9 for one rate.
func (r *rateRules) Judge(_ context.Context, row rateRow, at imports.Place) (imports.Judgement, error) {
	var problems findings
	month := fund.MonthRate{Currency: r.currency(row, at, &problems), From: row.Month, Source: row.Source}
	if month.Source == "" {
		month.Source = fund.UNRates
	}
	own := r.env.Programme.Fund.Currency
	if row.Rate != "" && !unreadable(at, "rate") {
		var err error
		month.Rate, err = money.ParseRate(row.Rate)
		switch {
		case err != nil:
			problems.add(notARate("rate", r.label))
		case month.Currency == own && month.Rate.String() != "1":
			problems.add(rateOutOfRange("rate", r.label, text3("1 for "+own, "1 pour "+own, "1 para "+own)))
		}
	}
	j := imports.Judgement{Label: month.Currency + ", " + row.Month.String(), Problems: problems}
	if at.Failed || problems.block() {
		return j, nil
	}
	ref := records.Ref{Type: fund.RateType, Partition: month.Year(), ID: month.ID()}
	j.Key = ref.ID
	j.Changes = []imports.Change{{Ref: ref, Body: month}}
	return j, nil
}

// currency is the code of the column of abbreviations, where the table has one, else what the column of currencies names: the UN's own
// table has names there, of which not all are known. CURRENCY_UNKNOWN, CELL_REQUIRED.
func (r *rateRules) currency(row rateRow, at imports.Place, problems *findings) string {
	field, text := "abbreviation", row.Abbr
	if text == "" {
		field, text = "currency", row.Currency
	}
	if unreadable(at, field) {
		return ""
	}
	if text == "" {
		problems.add(missing("currency", r.column.Label, "R-FUN-9"))
		return ""
	}
	code, known, suggestion := r.column.Lookup(text)
	if !known {
		problems.add(problem.New(r.column.UnknownCode).In(field).Under("R-FUN-9").Suggest(suggestion))
	}
	return code
}

// Finish has nothing to add: each rate stands alone.
func (r *rateRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }

func monthRateLabel(env *imports.Env) locale.Text {
	own := env.Programme.Fund.Currency
	return text3("Rate (units for 1 "+own+")", "Taux (unités pour 1 "+own+")", "Tipo de cambio (unidades por 1 "+own+")")
}

func ratesSchema(env *imports.Env) sheet.Schema {
	own := env.Programme.Fund.Currency
	currency := currencyColumn(env.Reference, own)
	currency.Type, currency.Lookup, currency.UnknownCode, currency.MaxChars = sheet.TypeText, nil, "", 80
	return sheet.Schema{
		Kind: "rates", Version: 1,
		Title: text3("Monthly exchange rates", "Taux de change mensuels", "Tipos de cambio mensuales"),
		Columns: []sheet.Column{
			under("R-FUN-9", required(noted(text3("The month, such as 2025-03; where a rate was revised within it, the day from which it holds.",
				"Le mois, par exemple 2025-03 ; si un taux y a été révisé, le jour à partir duquel il vaut.",
				"El mes, por ejemplo 2025-03; si un tipo se revisó en él, el día desde el que rige."), monthColumn()))),
			currency,
			under("R-FUN-9", sheet.Column{
				ID: "abbreviation", Type: sheet.TypeText, MaxChars: 80, Width: 10, Spare: true,
				Label:   text3("Currency abbreviation", "Abréviation de la devise", "Abreviatura de la moneda"),
				Aliases: []string{"Abbr", "Abbreviation", "Code", "ISO code", "Abréviation", "Code ISO", "Abreviatura", "Código", "Código ISO"},
			}),
			sheet.Column{
				ID: "country", Type: sheet.TypeText, Derived: true, Width: 20, Label: countryColumn(env.Reference).Label,
				Aliases: countryColumn(env.Reference).Aliases,
			},
			under("R-FUN-9", required(noted(text3(
				"As the UN prints it: units of the currency for one "+own+", with up to ten decimals.",
				"Tel que l'ONU le publie : unités de la devise pour un "+own+", avec dix décimales au plus.",
				"Tal como lo publica la ONU: unidades de la moneda por un "+own+", con hasta diez decimales."),
				sheet.Column{ID: "rate", Type: sheet.TypeDecimal, Label: monthRateLabel(env), Width: 24, Aliases: []string{
					"Rate", "Exchange rate", "UN rate", "UN operational rate", "Operational rate", "Units per " + own, own + " 1 =",
					"Rate of exchange", "Taux", "Taux de change", "Taux opérationnel", "Taux de l'ONU", "Unités pour 1 " + own,
					"Tipo de cambio", "Tipo", "Tasa", "Tasa de cambio", "Tipo operacional", "Unidades por 1 " + own,
				}}))),
			under("R-FUN-9", noted(text3("Who published the rate; blank: the United Nations.", "Qui a publié le taux ; vide : les Nations Unies.",
				"Quién publicó el tipo; en blanco: las Naciones Unidas."),
				textColumn("source", 200, text3("Source", "Source", "Fuente"),
					"Rate source", "Source of rate", "Published by", "Source du taux", "Publié par", "Fuente del tipo de cambio", "Publicado por"))),
		},
	}
}

func monthColumn() sheet.Column {
	c := dateColumn("month", text3("Month", "Mois", "Mes"),
		"Effective date", "Effective from", "Date", "Valid from", "From", "Rate date", "Date d'effet", "Valable à partir du", "Date du taux",
		"Fecha de vigencia", "Vigente desde", "Fecha", "Fecha del tipo de cambio")
	c.Months = true
	return c
}
