package fund

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// ExpenditureType is the type under which expenditures are stored; the year of their day is the partition.
const ExpenditureType = "expenditure"

// Expenditure is money of the fund that was spent on one of its activities (R-FUN-5, R-FUN-7).
type Expenditure struct {
	Date          civil.Date   `json:"date"`     // on which it was paid, and in whose period it counts
	Activity      string       `json:"activity"` // code, "fund/1.1"
	Amount        money.Amount `json:"amount"`   // above zero, in the currency that was paid
	Rate          money.Rate   `json:"rate"`     // units of the fund's currency for one unit paid; none in the fund's own
	RateDate      civil.Date   `json:"rateDate"`
	RateSource    string       `json:"rateSource"`
	Category      string       `json:"category"`      // identifier among programme.Edition.ExpenseCategories
	Payee         string       `json:"payee"`         // the name as stated, which may be a person's: it stays in this record
	PayeeID       string       `json:"payeeID"`       // see PayeeID: what the fund's books have instead of the name
	Beneficiaries []string     `json:"beneficiaries"` // identifiers of member cities, then codes of countries, each once and sorted; none: the whole network
	Cluster       string       `json:"cluster"`       // identifier of the cluster that it serves; may be ""
	Line          string       `json:"line"`          // which line of that cluster's budget, "cluster/1.2"; may be ""
	Reference     string       `json:"reference"`     // the voucher's or the bank's; may be ""
	Remarks       string       `json:"remarks"`
}

// Year is the partition in which the expenditure is stored.
func (e Expenditure) Year() string { return strconv.Itoa(e.Date.Year) }

// ID identifies an expenditure within its year, so that the same line sent twice is one expenditure: the reference, folded, or, where
// none is given, a digest of day, activity, payee, category, amount and currency.
func (e Expenditure) ID() string {
	if reference := locale.Fold(e.Reference); reference != "" {
		return "ref-" + strings.ReplaceAll(reference, " ", "-")
	}
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%s\n%d\n%s",
		e.Date, e.Activity, locale.Fold(e.Payee), e.Category, e.Amount.Minor, e.Amount.Currency))
	return "sum-" + hex.EncodeToString(digest[:12])
}

// Worth is the expenditure in the fund's currency, at the rate stated with it (R-FUN-9). In the fund's own currency it is the amount
// itself. ErrNoRate, or an error of package money.
func (e Expenditure) Worth(fund money.Currency) (money.Amount, error) {
	return worth(e.Amount, e.Rate, fund)
}

// PayeeID tells payees apart without naming them, for the fund's books, from which nothing is ever taken out: "contact#" and the number
// under which the office keeps the contact, folded, or, where it gives none, twelve hexadecimal digits of the SHA-256 of the folded name.
func PayeeID(number, name string) string {
	if folded := locale.Fold(number); folded != "" {
		return "contact#" + strings.ReplaceAll(folded, " ", "-")
	}
	digest := sha256.Sum256([]byte(locale.Fold(name)))
	return "contact#" + hex.EncodeToString(digest[:6])
}

// BeneficiaryCountry is the country of a beneficiary, ISO 3166-1 alpha-2: of the city "CM#bafoussam", and of the country "CM", it is "CM".
func BeneficiaryCountry(beneficiary string) string {
	country, _, _ := strings.Cut(beneficiary, "#")
	return country
}
