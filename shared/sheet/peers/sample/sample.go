// Package sample makes the workbooks that are measured: contributions to the fund in 14 typed columns, the same rows each time
// and at any number. It does not know what is measured.
package sample

import (
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
)

// Sheet is the name of the only sheet, Columns how many it has.
const (
	Sheet   = "Contributions"
	Columns = 14
)

// Titles stand in the first row. The kind contributions knows all but the last.
var Titles = [Columns]string{
	"Donor", "Type of donor", "City", "Country", "Amount", "Currency", "Received on", "Bank reference", "Earmarked for",
	"Exchange rate", "Rate date", "Rate source", "Remarks", "Receipt sent",
}

// Row is one contribution. Amount and Rate are decimals.
type Row struct {
	Donor, DonorType, City, Country, Amount, Currency string
	ReceivedOn                                        civil.Date
	Reference, Earmark, Rate                          string
	RateDate                                          civil.Date
	RateSource, Remarks                               string
	ReceiptSent                                       bool
}

var (
	places = [...]struct{ city, country string }{
		{"Évreux", "France"}, {"Málaga", "Spain"}, {"Nairobi", "Kenya"}, {"Köln", "Germany"},
		{"Medellín", "Colombia"}, {"Kraków", "Poland"}, {"Dakar", "Senegal"}, {"Gdańsk", "Poland"},
	}
	earmarks = [...]string{"fund/1.1", "fund/1.2"}
)

// At is the row with a number from 0. Of its nine texts, reference and remarks are each row's own, donors repeat after 4,000
// rows and the others after a few.
func At(n int) Row {
	place := places[n%len(places)]
	day := firstDay.AddDate(0, 0, n%700)
	date := civil.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}
	r := Row{
		Donor: "Company & Sons " + strconv.Itoa(n%4000), DonorType: "company", City: place.city, Country: place.country,
		Amount: strconv.Itoa(100+n*7919%900_000) + cents(n), Currency: "USD", ReceivedOn: date,
		Reference: "BANK-" + strconv.Itoa(1_000_000+n), Earmark: earmarks[n%len(earmarks)], Rate: "1", RateDate: date,
		RateSource: "ECB", Remarks: "transfer number " + strconv.Itoa(n), ReceiptSent: n%2 == 0,
	}
	if n%3 == 0 {
		r.DonorType = "foundation"
	}
	if n%5 == 0 {
		r.Currency, r.Rate = "EUR", "1.1234"
	}
	return r
}

// firstDay is that of the first term: the fund's books take nothing from before it.
var firstDay = time.Date(2019, 10, 1, 0, 0, 0, 0, time.UTC)

func cents(n int) string {
	c := n % 100
	return string([]byte{'.', byte('0' + c/10), byte('0' + c%10)})
}

// FlawEvery is the distance of the rows that a flawed workbook has a fault in.
const FlawEvery = 97

// Flaw spoils the rows of a flawed workbook that are to be spoiled, each in one of four ways that any check of fields finds: no
// donor, an amount below zero, an unknown currency, a date that no calendar has. It returns the text that stands instead of
// the date, or "".
func Flaw(n int, r *Row) (date string) {
	if n%FlawEvery != 0 {
		return ""
	}
	switch n / FlawEvery % 4 {
	case 0:
		r.Donor = ""
	case 1:
		r.Amount = "-" + r.Amount
	case 2:
		r.Currency = "ZZZ"
	case 3:
		return "2020-02-31"
	}
	return ""
}
