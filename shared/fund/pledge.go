package fund

import (
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// InstalmentType is the type under which instalments of pledges are stored, all of them in one partition.
const InstalmentType = "instalment"

// Instalment is a part of what a donor pledged. A pledge is a promise and no money: it is shown beside what was received, and is in none
// of its sums (R-FUN-8). Each instalment repeats what its agreement says, so that it is read without the others.
type Instalment struct {
	Agreement string       `json:"agreement"` // the agreement's or letter's number, which its instalments share
	Donor     string       `json:"donor"`
	DonorType string       `json:"donorType"`
	Member    string       `json:"member"`  // identifier of the pledging member city, "" for every other donor
	City      string       `json:"city"`    // as stated; of a member city its own name
	Country   string       `json:"country"` // of the donor, ISO 3166-1 alpha-2; "" only where the donor is no country
	Pledged   money.Amount `json:"pledged"` // all instalments of the agreement together, above zero
	SignedOn  civil.Date   `json:"signedOn"`
	Number    int          `json:"number"`  // 1 to 999
	Amount    money.Amount `json:"amount"`  // of Pledged's currency; zero for one that was dropped since
	DueOn     civil.Date   `json:"dueOn"`   // none where no day was agreed
	Earmark   string       `json:"earmark"` // code of an activity, "fund/1.1", or an area, "fund/1"; "" is unearmarked
	Remarks   string       `json:"remarks"`

	// SupportRate is what the agent may keep of the donor's money for its programme support (R-FUN-10): the same for all instalments of the
	// agreement, 0 where it grants none.
	SupportRate money.Percent `json:"supportRate"`
}

// AgreementKey is the agreement's number however it is spelled; "" where it has neither letters nor digits.
func (i Instalment) AgreementKey() string { return AgreementKey(i.Agreement) }

// AgreementKey is an agreement's number however it is spelled, as its instalments are identified by it.
func AgreementKey(number string) string { return strings.ReplaceAll(locale.Fold(number), " ", "-") }

// ID identifies an instalment: the agreement and the number, which sorts after the one before it.
func (i Instalment) ID() string { return fmt.Sprintf("%s#%03d", i.AgreementKey(), i.Number) }

// SumOf adds up instalments, which are all in one currency; a few thousand fit, whatever their amounts.
func SumOf(instalments []Instalment) money.Amount {
	var sum money.Amount
	for _, i := range instalments {
		sum.Minor, sum.Currency = sum.Minor+i.Amount.Minor, i.Amount.Currency
	}
	return sum
}
