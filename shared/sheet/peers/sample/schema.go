package sample

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Contribution takes a row as the toolkit decodes it, with the checks of its fields.
type Contribution struct {
	Donor       string     `sheet:"donor" validate:"required,max=200"`
	DonorType   string     `sheet:"donor_type" validate:"required"`
	City        string     `sheet:"city" validate:"max=200"`
	Country     string     `sheet:"country" validate:"max=200"`
	Amount      string     `sheet:"amount" validate:"required,above=0"`
	Currency    string     `sheet:"currency" validate:"required"`
	ReceivedOn  civil.Date `sheet:"received_on" validate:"required"`
	Reference   string     `sheet:"reference" validate:"required,max=140"`
	Earmark     string     `sheet:"earmark" validate:"max=200"`
	Rate        string     `sheet:"rate" validate:"above=0"`
	RateDate    civil.Date `sheet:"rate_date"`
	RateSource  string     `sheet:"rate_source" validate:"max=200"`
	Remarks     string     `sheet:"remarks" validate:"max=2000"`
	ReceiptSent bool       `sheet:"receipt_sent"`
}

// Schema describes the columns that Contribution takes.
func Schema() sheet.Schema {
	columns := []sheet.Column{
		{ID: "donor", Type: sheet.TypeText, Required: true},
		{ID: "donor_type", Type: sheet.TypeEnum, Required: true, Choices: choices("member_city", "donor_country", "company", "foundation")},
		{ID: "city", Type: sheet.TypeText},
		{ID: "country", Type: sheet.TypeEnum, Choices: countries()},
		{ID: "amount", Type: sheet.TypeAmount, Required: true, CurrencyColumn: "currency"},
		{ID: "currency", Type: sheet.TypeEnum, Required: true, Choices: choices("USD", "EUR", "GBP", "CHF", "JPY")},
		{ID: "received_on", Type: sheet.TypeDate, Required: true},
		{ID: "reference", Type: sheet.TypeCode, Required: true},
		{ID: "earmark", Type: sheet.TypeCode},
		{ID: "rate", Type: sheet.TypeDecimal},
		{ID: "rate_date", Type: sheet.TypeDate},
		{ID: "rate_source", Type: sheet.TypeText},
		{ID: "remarks", Type: sheet.TypeText},
		{ID: "receipt_sent", Type: sheet.TypeBool},
	}
	for i := range columns {
		columns[i].Label = locale.Same(Titles[i])
	}
	return sheet.Schema{Kind: "sample", Version: 1, Title: locale.Same(Sheet), Columns: columns}
}

func choices(ids ...string) []sheet.Choice {
	list := make([]sheet.Choice, len(ids))
	for i, id := range ids {
		list[i] = sheet.Choice{ID: id, Label: locale.Same(strings.ReplaceAll(id, "_", " "))}
	}
	return list
}

func countries() []sheet.Choice {
	seen, names := map[string]bool{}, []string{}
	for _, place := range places {
		if !seen[place.country] {
			seen[place.country] = true
			names = append(names, place.country)
		}
	}
	return choices(names...)
}
